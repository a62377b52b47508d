"""HTTP of groups, their members and invites."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from courtyard.accounts import cookies, sessions
from courtyard.accounts.access import FullMember, SignedInActor
from courtyard.accounts.schemas import SignedIn
from courtyard.core.policies import Public
from courtyard.core.unit_of_work import Work
from courtyard.groups import hearing, invites, members, service
from courtyard.groups.access import InvitingGroup, ManagedGroup, ReadableGroup
from courtyard.groups.schemas import (
    Archived,
    GroupChange,
    GroupOut,
    Hearing,
    InviteLook,
    InviteOut,
    InviteToken,
    Join,
    Members,
    NewGroup,
    NewInvite,
    Order,
)

router = APIRouter(prefix="/api", tags=["groups"])
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str | None, Query(max_length=1000)]


@router.post("/groups", status_code=201)
async def found_group(body: NewGroup, actor: FullMember, request: Request, uow: Work) -> GroupOut:
    await request.app.state.limiter.hit("create", str(actor.id))
    group = await service.found(uow, actor.id, body)
    return await service.one(uow.db, actor.id, group.id)


@router.patch("/groups/{group_id}")
async def change_group(
    body: GroupChange, group: ManagedGroup, actor: SignedInActor, uow: Work
) -> GroupOut:
    await service.change(uow, group, body)
    return await service.one(uow.db, actor.id, group.id)


@router.put("/groups/{group_id}/archived")
async def archive_group(
    body: Archived, group: ManagedGroup, actor: SignedInActor, uow: Work
) -> GroupOut:
    await service.archive(uow, group, archived=body.archived)
    return await service.one(uow.db, actor.id, group.id)


@router.put("/groups/{group_id}/notifications")
async def hear_of_group(
    body: Hearing, group: ReadableGroup, actor: SignedInActor, uow: Work
) -> GroupOut:
    await hearing.hear(uow, actor.id, group.id, body)
    return await service.one(uow.db, actor.id, group.id)


@router.put("/me/group-order", status_code=204)
async def arrange_groups(body: Order, actor: SignedInActor, uow: Work) -> None:
    await service.arrange(uow, actor.id, body.ids)


@router.get("/groups/{group_id}/members")
async def get_members(
    group: ReadableGroup, uow: Work, after: After = None, limit: Limit = 100
) -> Members:
    return await members.page(uow.db, group.id, after, limit)


@router.delete("/groups/{group_id}/members/{user_id}", status_code=204)
async def remove_member(
    user_id: UUID, group: ReadableGroup, actor: SignedInActor, uow: Work
) -> None:
    await service.remove(uow, group, actor.id, user_id)


@router.post("/groups/{group_id}/invites", status_code=201)
async def create_invite(
    body: NewInvite, group: InvitingGroup, actor: SignedInActor, request: Request, uow: Work
) -> InviteOut:
    await request.app.state.limiter.hit("create", str(actor.id))
    return await invites.create(uow, group, actor.id, body)


@router.get("/groups/{group_id}/invites")
async def get_invites(group: InvitingGroup, uow: Work) -> list[InviteOut]:
    return await invites.of_group(uow.db, group.id)


@router.delete("/invites/{invite_id}", status_code=204)
async def revoke_invite(invite_id: UUID, actor: SignedInActor, uow: Work) -> None:
    await invites.revoke(uow, actor.id, invite_id)


@router.post("/invites/look", dependencies=[Public])
async def look_at_invite(body: InviteToken, request: Request, uow: Work) -> InviteLook:
    await request.app.state.limiter.hit("invite.look", cookies.address(request))
    return await invites.look(uow.db, body.token)


@router.post("/invites/join", dependencies=[Public])
async def join_by_invite(body: Join, request: Request, response: Response, uow: Work) -> SignedIn:
    await request.app.state.limiter.hit("invite.join", cookies.address(request))
    user = await invites.join(uow, body)
    session = await sessions.begin(uow, user, cookies.device(request), remember=True)
    return await cookies.answer(uow.db, request, response, user, session)


@router.post("/invites/accept")
async def accept_invite(body: InviteToken, actor: SignedInActor, uow: Work) -> GroupOut:
    group_id = await invites.accept(uow, actor.user, body.token)
    return await service.one(uow.db, actor.id, group_id)
