"""HTTP of who may what in a place: its readers, its rules, and how others see a group."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from courtyard.accounts.access import SignedInActor
from courtyard.channels import eyes, readers, rules, service
from courtyard.channels.access import ManagedChannel, ReadableChannel
from courtyard.channels.schemas import Reach, Readers, Rule, Rules, SeenPlace
from courtyard.core.unit_of_work import Work
from courtyard.groups.access import RoledGroup

router = APIRouter(prefix="/api", tags=["channels"])
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str | None, Query(max_length=1000)]


@router.get("/channels/{channel_id}/people")
async def get_readers(
    channel: ReadableChannel, uow: Work, after: After = None, limit: Limit = 100
) -> Readers:
    return await readers.page(uow.db, channel.channel, after, limit)


@router.put("/channels/{channel_id}/people/{user_id}", status_code=204)
async def let_in(user_id: UUID, channel: ManagedChannel, uow: Work) -> None:
    await service.let_in(uow, channel, user_id)


@router.delete("/channels/{channel_id}/people/{user_id}", status_code=204)
async def take_out(user_id: UUID, channel: ManagedChannel, uow: Work) -> None:
    await service.take_out(uow, channel, user_id)


@router.get("/channels/{channel_id}/rules")
async def get_rules(channel: ManagedChannel, uow: Work) -> list[Rule]:
    return await rules.of_channel(uow.db, channel.id)


@router.put("/channels/{channel_id}/rules")
async def set_rules(
    body: Rules, channel: ManagedChannel, actor: SignedInActor, uow: Work
) -> list[Rule]:
    await rules.set_rules(uow, channel, actor.id, body.rules)
    return await rules.of_channel(uow.db, channel.id)


@router.post("/channels/{channel_id}/rules/reach")
async def reach_of_rules(
    body: Rules, channel: ManagedChannel, actor: SignedInActor, uow: Work
) -> Reach:
    return await rules.reach(uow, channel, actor.id, body.rules)


@router.get("/groups/{group_id}/seen-by-roles")
async def seen_by_roles(
    role_ids: Annotated[list[UUID], Query(alias="role", max_length=50)],
    group: RoledGroup,
    actor: SignedInActor,
    uow: Work,
) -> list[SeenPlace]:
    return await eyes.of_roles(uow.db, actor.id, group.id, role_ids)


@router.get("/groups/{group_id}/seen-by/{user_id}")
async def seen_by_member(
    user_id: UUID, group: RoledGroup, actor: SignedInActor, uow: Work
) -> list[SeenPlace]:
    return await eyes.of_member(uow.db, actor.id, group.id, user_id)
