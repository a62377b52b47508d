"""The verbs of roles: make, change, order, remove, give and take.

Whoever changes roles stays below themselves: they change and give only roles under their highest,
and only permissions they have (R05). An owner may make another person owner.
"""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service as accounts
from courtyard.audit.service import record
from courtyard.core.clock import now
from courtyard.core.errors import Conflict, Forbidden, Invalid, NotFound
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import moments, service
from courtyard.groups.access import OpenGroup
from courtyard.groups.models import Invite, Member, MemberRole, Role
from courtyard.groups.permissions import Permission, bits, effective, names
from courtyard.groups.schemas import MemberChanged, NewRole, RoleChange, RoleOut, RolesChanged

MOST_ROLES = 50


async def of_group(db: AsyncSession, group_id: UUID) -> list[RoleOut]:
    """The roles of a group, highest first, with how many people have each."""
    people = (
        select(func.count())
        .select_from(MemberRole)
        .where(MemberRole.role_id == Role.id)
        .correlate(Role)
        .scalar_subquery()
    )
    rows = await db.execute(
        select(Role, people).where(Role.group_id == group_id).order_by(Role.position.desc())
    )
    return [_out(role, members) for role, members in rows]


def _out(role: Role, members: int) -> RoleOut:
    return RoleOut(
        id=role.id,
        name=role.name,
        kind=role.kind,
        position=role.position,
        permissions=names(role.permissions),
        members=members,
    )


async def create(uow: UnitOfWork, opened: OpenGroup, actor_id: UUID, body: NewRole) -> RoleOut:
    """A new role right above "member". Idempotent by client id.

    Raises Forbidden for permissions its maker does not have, Conflict when there are too many.
    """
    hand = await _hand(uow, opened, actor_id)
    if known := await uow.db.get(Role, body.client_id):
        if known.group_id != opened.id:
            raise Conflict
        return await _one(uow.db, known)
    if len(hand.roles) >= MOST_ROLES:
        raise Conflict(f"A group has at most {MOST_ROLES} roles.", code="too_many_roles")
    wanted = bits(body.permissions)
    hand.require_given(wanted)
    above = next(role.position for role in hand.roles if role.kind == "member") + 1
    if above > hand.rank:
        raise Forbidden("A new role would stand above your own.")
    for role in hand.roles:
        role.position += role.position >= above
    role = Role(
        id=body.client_id,
        group_id=opened.id,
        name=body.name,
        kind="custom",
        position=above,
        permissions=int(wanted),
    )
    uow.db.add(role)
    record(uow, "role.created", role.id, group=str(opened.id))
    _changed(uow, opened.id)
    return await _one(uow.db, role)


async def change(
    uow: UnitOfWork, opened: OpenGroup, actor_id: UUID, role_id: UUID, body: RoleChange
) -> RoleOut:
    """Renames a role or sets what it allows. The shipped ones keep their names, the owner's keeps
    all of its permissions.

    Raises NotFound for a role of another group, Forbidden for one that stands not below the actor
    and for permissions the actor does not have.
    """
    hand = await _hand(uow, opened, actor_id)
    role = hand.below(role_id)
    if body.name is not None and body.name != role.name:
        if role.kind != "custom":
            raise Forbidden("This role is part of every group and keeps its name.")
        role.name = body.name
    if body.permissions is not None:
        wanted = bits(body.permissions)
        hand.require_given(wanted ^ Permission(role.permissions))
        role.permissions = int(wanted)
    record(uow, "role.changed", role.id, group=str(opened.id))
    _changed(uow, opened.id)
    return await _one(uow.db, role)


async def remove(uow: UnitOfWork, opened: OpenGroup, actor_id: UUID, role_id: UUID) -> None:
    """Removes a role of the group's own; who had nothing else becomes a member. Links that led to
    it are revoked.

    Raises NotFound and Forbidden as `change`, Forbidden for a shipped one.
    """
    hand = await _hand(uow, opened, actor_id)
    role = hand.below(role_id)
    if role.kind != "custom":
        raise Forbidden("This role is part of every group and stays.")
    holders = list(
        await uow.db.scalars(select(MemberRole.user_id).where(MemberRole.role_id == role.id))
    )
    await uow.db.execute(delete(MemberRole).where(MemberRole.role_id == role.id))
    await _members_without_role(uow, opened.id, holders, hand.kind("member").id)
    for invite in await uow.db.scalars(select(Invite).where(Invite.role_id == role.id)):
        invite.role_id = None
        invite.revoked_at = invite.revoked_at or now()
    await moments.tell(moments.role_removed, uow, opened.id, role.id)
    await uow.db.delete(role)
    record(uow, "role.removed", role.id, group=str(opened.id), people=len(holders))
    _changed(uow, opened.id)


async def _members_without_role(
    uow: UnitOfWork, group_id: UUID, users: Collection[UUID], member: UUID
) -> None:
    left = set(
        await uow.db.scalars(
            select(MemberRole.user_id).where(
                MemberRole.group_id == group_id, MemberRole.user_id.in_(users)
            )
        )
    )
    uow.db.add_all(
        MemberRole(group_id=group_id, user_id=user_id, role_id=member)
        for user_id in users
        if user_id not in left
    )


async def order(
    uow: UnitOfWork, opened: OpenGroup, actor_id: UUID, ids: Sequence[UUID]
) -> list[RoleOut]:
    """Orders all roles, highest first; those not below the actor keep their places.

    Raises Invalid when the list is not all roles once, Forbidden when one not below the actor
    would move.
    """
    hand = await _hand(uow, opened, actor_id)
    known = {role.id: role for role in hand.roles}
    if sorted(ids) != sorted(known):
        raise Invalid("The roles changed meanwhile. Look at them again.")
    fixed = [role.id for role in hand.roles if role.position >= hand.rank]
    if list(ids[: len(fixed)]) != fixed:
        raise Forbidden("Only roles below your own can be moved.")
    for place, role_id in enumerate(reversed(ids), start=1):
        known[role_id].position = place
    record(uow, "roles.ordered", opened.id)
    _changed(uow, opened.id)
    await uow.db.flush()
    return await of_group(uow.db, opened.id)


async def give(
    uow: UnitOfWork, opened: OpenGroup, actor_id: UUID, user_id: UUID, ids: Collection[UUID]
) -> None:
    """Sets the roles of a member, at least one.

    Raises NotFound for who is no member and for a role of another group, Forbidden for a role
    or a person not below the actor, Conflict when nobody would own the group any more.
    """
    hand = await _hand(uow, opened, actor_id)
    if await uow.db.get(Member, (opened.id, user_id)) is None:
        raise NotFound
    has = {role.id for role in await _roles_of(uow.db, opened.id, user_id)}
    wanted = set(ids)
    if not wanted:
        raise Invalid("Everybody in a group has at least one role.")
    owner = hand.kind("owner").id
    for role_id in has ^ wanted:
        if role_id != owner or not hand.owns:
            hand.below(role_id)
    theirs = await service.rank(uow.db, opened.id, user_id)
    if user_id != actor_id and theirs >= hand.rank and not hand.owns:
        raise Forbidden("This person stands above or beside you in this group.")
    if owner in has - wanted:
        await service.require_owner_left(uow.db, opened.id, without=user_id)
    await uow.db.execute(
        delete(MemberRole).where(
            MemberRole.group_id == opened.id,
            MemberRole.user_id == user_id,
            MemberRole.role_id.in_(has - wanted),
        )
    )
    uow.db.add_all(
        MemberRole(group_id=opened.id, user_id=user_id, role_id=role_id) for role_id in wanted - has
    )
    await accounts.bump_access(uow, await accounts.get(uow.db, user_id))
    record(uow, "member.roles", user_id, group=str(opened.id), roles=len(wanted))
    uow.emit(opened.id, MemberChanged(user_id=user_id), user_id)


class _Hand:
    """What somebody who changes roles may touch. The group is locked."""

    def __init__(self, roles: Sequence[Role], mine: Sequence[Role], held: Permission) -> None:
        self.roles = roles
        self.rank = max(role.position for role in mine)
        self.owns = any(role.kind == "owner" for role in mine)
        self._held = held

    def below(self, role_id: UUID) -> Role:
        """A role below the actor. Raises NotFound, Forbidden."""
        role = next((role for role in self.roles if role.id == role_id), None)
        if role is None:
            raise NotFound
        if role.position >= self.rank:
            raise Forbidden("This role stands above or beside your own.")
        return role

    def kind(self, kind: str) -> Role:
        """One of the shipped roles."""
        return next(role for role in self.roles if role.kind == kind)

    def require_given(self, touched: Permission) -> None:
        """Raises Forbidden unless the actor has all of these permissions."""
        if touched & ~self._held:
            raise Forbidden("You cannot give or take what you may not do yourself.")


async def _hand(uow: UnitOfWork, opened: OpenGroup, actor_id: UUID) -> _Hand:
    """Locks the group, so that of two who change roles at once the second sees the first. Raises
    Forbidden for who lost their roles meanwhile."""
    await service.bump_access(uow, opened.id)
    roles = list(
        await uow.db.scalars(
            select(Role).where(Role.group_id == opened.id).order_by(Role.position.desc())
        )
    )
    mine = await _roles_of(uow.db, opened.id, actor_id)
    held = effective(reduce(or_, (role.permissions for role in mine), 0))
    if not held & Permission.MANAGE_ROLES:
        raise Forbidden
    return _Hand(roles, mine, held)


async def _roles_of(db: AsyncSession, group_id: UUID, user_id: UUID) -> list[Role]:
    rows = await db.scalars(
        select(Role)
        .join(MemberRole, MemberRole.role_id == Role.id)
        .where(MemberRole.group_id == group_id, MemberRole.user_id == user_id)
    )
    return list(rows)


async def _one(db: AsyncSession, role: Role) -> RoleOut:
    await db.flush()
    members = await db.scalar(
        select(func.count()).select_from(MemberRole).where(MemberRole.role_id == role.id)
    )
    return _out(role, members or 0)


def _changed(uow: UnitOfWork, group_id: UUID) -> None:
    uow.emit(group_id, RolesChanged(), group_id)


@hydrates(RolesChanged)
async def _roles(_: AsyncSession, __: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    return {key: RolesChanged() for key in keys}


@hydrates(MemberChanged)
async def _members(_: AsyncSession, __: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    return {key: MemberChanged(user_id=key[1]) for key in keys}
