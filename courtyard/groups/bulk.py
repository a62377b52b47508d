"""Members by the hundred, for importers: one event for all, not one for each."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import bulk as accounts
from courtyard.accounts import service as accounts_service
from courtyard.audit.service import record
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import service
from courtyard.groups.models import Group, Member, MemberRole, Role
from courtyard.groups.schemas import MemberJoined


async def by_client_id(db: AsyncSession, client_id: UUID) -> Group | None:
    """The group an importer made under this client id, whoever ran it."""
    return await db.scalar(select(Group).where(Group.client_id == client_id))


async def named(db: AsyncSession, name: str) -> list[Group]:
    """The groups of this name, compared without case."""
    rows = await db.scalars(select(Group).where(func.lower(Group.name) == name.strip().lower()))
    return list(rows)


async def join_many(
    uow: UnitOfWork, group_id: UUID, user_ids: Sequence[UUID], role: str
) -> list[UUID]:
    """Puts people into a group with its role of this kind; returns those who were not in it.

    The group hears of it once. The default channels are followed by the caller, together.
    """
    role_id = await uow.db.scalar(
        select(Role.id).where(Role.group_id == group_id, Role.kind == role)
    )
    positions = await _next_positions(uow.db, user_ids)
    new = await _store(uow, group_id, {user: positions.get(user, 0) for user in user_ids})
    if not new:
        return []
    uow.db.add_all(MemberRole(group_id=group_id, user_id=one, role_id=role_id) for one in new)
    await uow.db.flush()
    await service.bump_access(uow, group_id)
    for user_id in await accounts.active(uow.db, new):
        await accounts_service.bump_access(uow, await accounts_service.get(uow.db, user_id))
    # Clients load the list of members anew, whoever it names.
    uow.emit(group_id, MemberJoined(user_id=new[-1]), new[-1])
    record(uow, "members.imported", group_id, count=len(new), role=role)
    return new


async def rights_changed(uow: UnitOfWork, group_id: UUID) -> None:
    """Makes every process look anew at who may read what, after many were let in."""
    await service.bump_access(uow, group_id)


async def _store(uow: UnitOfWork, group_id: UUID, positions: dict[UUID, int]) -> list[UUID]:
    if not positions:
        return []
    rows = [
        {"group_id": group_id, "user_id": user_id, "position": position}
        for user_id, position in positions.items()
    ]
    stored = await uow.db.scalars(
        insert(Member).values(rows).on_conflict_do_nothing().returning(Member.user_id)
    )
    return list(stored)


async def _next_positions(db: AsyncSession, user_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Where a further group stands in each person's rail."""
    rows = await db.execute(
        select(Member.user_id, func.max(Member.position) + 1)
        .where(Member.user_id.in_(user_ids))
        .group_by(Member.user_id)
    )
    return {user_id: position for user_id, position in rows}  # noqa: C416 - rows are no pairs to mypy
