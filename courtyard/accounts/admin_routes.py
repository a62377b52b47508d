"""HTTP of looking after everybody's accounts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from courtyard.accounts import administration
from courtyard.accounts.access import WorkspaceAdmin
from courtyard.accounts.schemas import AccountOut, Accounts, Active, NewRole, Standing
from courtyard.core.unit_of_work import Work

router = APIRouter(prefix="/api/accounts", tags=["administration"])
Words = Annotated[str, Query(max_length=100)]


@router.get("")
async def get_accounts(
    _: WorkspaceAdmin,
    uow: Work,
    words: Words = "",
    standing: Standing | None = None,
    after: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Accounts:
    return await administration.page(uow.db, words.strip(), standing, after, limit)


@router.put("/{user_id}/active")
async def set_account_active(
    user_id: UUID, body: Active, actor: WorkspaceAdmin, uow: Work
) -> AccountOut:
    act = administration.restore if body.active else administration.deactivate
    await act(uow, actor, user_id)
    await uow.db.flush()
    return await administration.one(uow.db, user_id)


@router.put("/{user_id}/role")
async def set_account_role(
    user_id: UUID, body: NewRole, actor: WorkspaceAdmin, uow: Work
) -> AccountOut:
    await administration.set_role(uow, actor, user_id, body.role)
    await uow.db.flush()
    return await administration.one(uow.db, user_id)


@router.delete("/{user_id}/sessions", status_code=204)
async def end_account_sessions(user_id: UUID, actor: WorkspaceAdmin, uow: Work) -> None:
    await administration.end_sessions(uow, actor, user_id)
