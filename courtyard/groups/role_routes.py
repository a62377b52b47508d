"""HTTP of roles."""

from uuid import UUID

from fastapi import APIRouter, Request

from courtyard.accounts.access import SignedInActor
from courtyard.core.unit_of_work import Work
from courtyard.groups import roles
from courtyard.groups.access import ReadableGroup, RoledGroup
from courtyard.groups.schemas import MemberRoles, NewRole, Order, RoleChange, RoleOut

router = APIRouter(prefix="/api/groups/{group_id}", tags=["groups"])


@router.get("/roles")
async def get_roles(group: ReadableGroup, uow: Work) -> list[RoleOut]:
    return await roles.of_group(uow.db, group.id)


@router.post("/roles", status_code=201)
async def create_role(
    body: NewRole, group: RoledGroup, actor: SignedInActor, request: Request, uow: Work
) -> RoleOut:
    await request.app.state.limiter.hit("create", str(actor.id))
    return await roles.create(uow, group, actor.id, body)


@router.put("/role-order")
async def order_roles(
    body: Order, group: RoledGroup, actor: SignedInActor, uow: Work
) -> list[RoleOut]:
    return await roles.order(uow, group, actor.id, body.ids)


@router.patch("/roles/{role_id}")
async def change_role(
    role_id: UUID, body: RoleChange, group: RoledGroup, actor: SignedInActor, uow: Work
) -> RoleOut:
    return await roles.change(uow, group, actor.id, role_id, body)


@router.delete("/roles/{role_id}", status_code=204)
async def remove_role(role_id: UUID, group: RoledGroup, actor: SignedInActor, uow: Work) -> None:
    await roles.remove(uow, group, actor.id, role_id)


@router.put("/members/{user_id}/roles", status_code=204)
async def give_roles(
    user_id: UUID, body: MemberRoles, group: RoledGroup, actor: SignedInActor, uow: Work
) -> None:
    await roles.give(uow, group, actor.id, user_id, body.role_ids)
