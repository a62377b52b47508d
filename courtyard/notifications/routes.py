"""HTTP of one's inbox."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from courtyard.accounts.access import SignedInActor
from courtyard.core.unit_of_work import Work
from courtyard.notifications import inbox, service
from courtyard.notifications.schemas import Activity, ActivityRead, Filter

router = APIRouter(prefix="/api", tags=["notifications"])
Limit = Annotated[int, Query(ge=1, le=100)]
Kind = Annotated[Filter, Query(alias="filter")]


@router.get("/activity")
async def get_activity(
    actor: SignedInActor,
    uow: Work,
    kind: Kind = "all",
    before: UUID | None = None,
    limit: Limit = 50,
    *,
    unread: bool = False,
) -> Activity:
    return await inbox.page(uow.db, actor.user, kind, before, limit, unread=unread)


@router.post("/activity/read", status_code=204)
async def mark_activity_read(body: ActivityRead, actor: SignedInActor, uow: Work) -> None:
    if body.all:
        await service.read_all(uow, actor.id)
    else:
        await service.read_some(uow, actor.id, body.ids)
