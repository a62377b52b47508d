"""The second door: what a person may do in a group."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.access import SignedInActor
from courtyard.core.errors import Forbidden, NotFound
from courtyard.core.policies import policy
from courtyard.core.unit_of_work import Work
from courtyard.groups.models import Group, Member, MemberRole, Role
from courtyard.groups.permissions import Permission, effective


@dataclass(slots=True, frozen=True)
class OpenGroup:
    """A group whose reader was checked, with what that reader may do in it."""

    group: Group
    permissions: Permission

    @property
    def id(self) -> UUID:
        return self.group.id


def my_permissions(user_id: UUID) -> Select[UUID, int]:
    """`(group id, permission bits)` for every group this person is in; composable."""
    return (
        select(Member.group_id, func.coalesce(func.bit_or(Role.permissions), 0).label("bits"))
        .join(
            MemberRole,
            (MemberRole.group_id == Member.group_id) & (MemberRole.user_id == Member.user_id),
        )
        .join(Role, Role.id == MemberRole.role_id)
        .where(Member.user_id == user_id)
        .group_by(Member.group_id)
    )


async def open_group(db: AsyncSession, user_id: UUID, group_id: UUID) -> OpenGroup:
    """The group, when this person is in it. Raises NotFound."""
    mine = my_permissions(user_id).where(Member.group_id == group_id).subquery()
    row = (
        await db.execute(select(Group, mine.c.bits).join(mine, mine.c.group_id == Group.id))
    ).one_or_none()
    if row is None:
        raise NotFound
    return OpenGroup(row.Group, effective(row.bits))


def _needs(permission: Permission | None, name: str) -> Callable[..., Awaitable[OpenGroup]]:
    @policy(f"group: {name}")
    async def check(group_id: UUID, actor: SignedInActor, uow: Work) -> OpenGroup:
        opened = await open_group(uow.db, actor.id, group_id)
        if permission and not opened.permissions & permission:
            raise Forbidden
        return opened

    return check


ReadableGroup = Annotated[OpenGroup, Depends(_needs(None, "member"))]
InvitingGroup = Annotated[OpenGroup, Depends(_needs(Permission.CREATE_INVITES, "create invites"))]
ManagedGroup = Annotated[OpenGroup, Depends(_needs(Permission.MANAGE_GROUP, "manage group"))]
ArrangedGroup = Annotated[OpenGroup, Depends(_needs(Permission.MANAGE_CHANNELS, "manage channels"))]
RoledGroup = Annotated[OpenGroup, Depends(_needs(Permission.MANAGE_ROLES, "manage roles"))]
