"""The verbs of groups. The only writer of groups, roles and members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service as accounts
from courtyard.accounts.models import User
from courtyard.audit.service import record
from courtyard.core.clock import now
from courtyard.core.errors import Conflict, Forbidden, NotFound
from courtyard.core.ids import new_id
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event, Stream
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import moments
from courtyard.groups.access import OpenGroup, my_permissions, open_group
from courtyard.groups.models import Group, Member, MemberRole, Role
from courtyard.groups.permissions import SHIPPED_ROLES, Permission, effective, names
from courtyard.groups.schemas import (
    GroupChange,
    GroupCore,
    GroupOut,
    GroupUpdated,
    MemberJoined,
    MemberLeft,
    NewGroup,
)


async def found(uow: UnitOfWork, actor_id: UUID, body: NewGroup) -> Group:
    """Makes a group with its shipped roles and its founder as owner. Idempotent by client id."""
    group = Group(
        id=new_id(),
        name=body.name,
        description=body.description,
        created_by=actor_id,
        client_id=body.client_id,
    )
    try:
        async with uow.db.begin_nested():
            uow.db.add(group)
    except IntegrityError:
        return (
            await uow.db.execute(
                select(Group).where(Group.created_by == actor_id, Group.client_id == body.client_id)
            )
        ).scalar_one()
    uow.db.add(Stream(id=group.id, kind="group"))
    roles = _ship_roles(uow, group.id)
    await uow.db.flush()
    await join(uow, group.id, actor_id, roles["owner"].id)
    await moments.tell(moments.founded, uow, group.id, actor_id)
    record(uow, "group.founded", group.id)
    return group


def _ship_roles(uow: UnitOfWork, group_id: UUID) -> dict[str, Role]:
    roles = {
        kind: Role(
            id=new_id(),
            group_id=group_id,
            name=kind.capitalize(),
            kind=kind,
            position=len(SHIPPED_ROLES) - index,
            permissions=int(bits),
        )
        for index, (kind, bits) in enumerate(SHIPPED_ROLES.items())
    }
    uow.db.add_all(roles.values())
    return roles


async def join(uow: UnitOfWork, group_id: UUID, user_id: UUID, role_id: UUID) -> bool:
    """Puts a person into a group with one role. Returns False when they were in it already."""
    position = await uow.db.scalar(
        select(func.coalesce(func.max(Member.position) + 1, 0)).where(Member.user_id == user_id)
    )
    # Two links of one group used at once: one of them puts the person in.
    added = await uow.db.execute(
        insert(Member)
        .values(group_id=group_id, user_id=user_id, position=position)
        .on_conflict_do_nothing()
        .returning(Member.user_id)
    )
    if added.first() is None:
        return False
    uow.db.add(MemberRole(group_id=group_id, user_id=user_id, role_id=role_id))
    await uow.db.flush()
    await moments.tell(moments.joined, uow, group_id, user_id)
    uow.emit(group_id, MemberJoined(user_id=user_id), user_id)
    await accounts.bump_access(uow, await accounts.get(uow.db, user_id))
    record(uow, "member.joined", user_id, group=str(group_id))
    return True


async def remove(uow: UnitOfWork, opened: OpenGroup, actor_id: UUID, user_id: UUID) -> None:
    """Takes a person out of the group, or lets them leave.

    Raises Forbidden for who may not remove others or stands below them, NotFound for who is no
    member, Conflict for the last owner.
    """
    await bump_access(uow, opened.id)  # which locks the group: of two who remove one, one does
    member = await uow.db.get(Member, (opened.id, user_id))
    if member is None:
        raise NotFound
    if user_id != actor_id:
        await _require_above(uow.db, opened, actor_id, user_id)
    await require_owner_left(uow.db, opened.id, without=user_id)
    await uow.db.delete(member)
    await uow.db.flush()
    await moments.tell(moments.left, uow, opened.id, user_id)
    uow.emit(opened.id, MemberLeft(user_id=user_id), user_id)
    await accounts.bump_access(uow, await accounts.get(uow.db, user_id))
    record(uow, "member.left", user_id, group=str(opened.id), removed=user_id != actor_id)


async def _require_above(
    db: AsyncSession, opened: OpenGroup, actor_id: UUID, user_id: UUID
) -> None:
    if not opened.permissions & Permission.MANAGE_MEMBERS:
        raise Forbidden
    if await rank(db, opened.id, actor_id) <= await rank(db, opened.id, user_id):
        raise Forbidden("This person stands above or beside you in this group.")


async def rank(db: AsyncSession, group_id: UUID, user_id: UUID) -> int:
    """The position of the highest role a person has in a group."""
    return (
        await db.scalar(
            select(func.max(Role.position))
            .join(MemberRole, MemberRole.role_id == Role.id)
            .where(MemberRole.group_id == group_id, MemberRole.user_id == user_id)
        )
    ) or 0


async def require_owner_left(db: AsyncSession, group_id: UUID, *, without: UUID) -> None:
    """Raises Conflict when nobody but this person owns the group. Locks the group row, so that
    two owners who leave at once cannot both be the last but one (R06)."""
    await db.execute(select(Group.id).where(Group.id == group_id).with_for_update())
    owners = set(
        await db.scalars(
            select(MemberRole.user_id)
            .join(Role, Role.id == MemberRole.role_id)
            .join(User, User.id == MemberRole.user_id)
            .where(MemberRole.group_id == group_id, Role.kind == "owner", User.status == "active")
        )
    )
    if owners == {without}:
        raise Conflict("You are the only owner. Make somebody else owner first.", code="last_owner")


async def change(uow: UnitOfWork, opened: OpenGroup, body: GroupChange) -> None:
    """Renames or describes the group anew."""
    await uow.db.refresh(opened.group, with_for_update={"key_share": True})
    opened.group.name = body.name or opened.group.name
    if body.description is not None:
        opened.group.description = body.description
    record(uow, "group.changed", opened.id)
    uow.emit(opened.id, GroupUpdated(group=core(opened.group)), opened.id)


async def archive(uow: UnitOfWork, opened: OpenGroup, *, archived: bool) -> None:
    """Archives the group, which makes its places read-only, or takes it back into use."""
    opened.group.archived_at = now() if archived else None
    record(uow, "group.archived" if archived else "group.restored", opened.id)
    await bump_access(uow, opened.id)
    uow.emit(opened.id, GroupUpdated(group=core(opened.group)), opened.id)


async def bump_access(uow: UnitOfWork, group_id: UUID) -> None:
    """Makes every process look anew at who may read what in this group."""
    uow.rights_changed = True
    await uow.db.execute(
        update(Group).where(Group.id == group_id).values(access_version=Group.access_version + 1)
    )


async def arrange(uow: UnitOfWork, user_id: UUID, ids: Sequence[UUID]) -> None:
    """Orders the groups in a person's rail; ids that are not theirs are passed over."""
    for position, group_id in sorted(enumerate(ids), key=lambda place: place[1]):
        await uow.db.execute(
            update(Member)
            .where(Member.user_id == user_id, Member.group_id == group_id)
            .values(position=position)
        )


async def mine(db: AsyncSession, user_id: UUID) -> list[GroupOut]:
    """The groups of a person, in the order of the rail."""
    bits = my_permissions(user_id).subquery()
    rows = await db.execute(
        select(Group, bits.c.bits, Member)
        .join(bits, bits.c.group_id == Group.id)
        .join(Member, (Member.group_id == Group.id) & (Member.user_id == user_id))
        .order_by(Member.position, Group.id)
    )
    return [_out(group, bits, member) for group, bits, member in rows]


async def one(db: AsyncSession, user_id: UUID, group_id: UUID) -> GroupOut:
    """A group as this member sees it. Raises NotFound."""
    opened = await open_group(db, user_id, group_id)
    member = await db.get_one(Member, (group_id, user_id))
    return _out(opened.group, int(opened.permissions), member)


def core(group: Group) -> GroupCore:
    """What every member may know of a group."""
    return GroupCore(
        id=group.id,
        name=group.name,
        description=group.description,
        archived=group.archived_at is not None,
    )


def _out(group: Group, bits: int, member: Member) -> GroupOut:
    return GroupOut(
        **core(group).model_dump(),
        permissions=names(effective(bits)),
        position=member.position,
        level=member.level,
        muted_until=member.muted_until,
    )


@hydrates(GroupUpdated)
async def _groups(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    rows = await db.scalars(select(Group).where(Group.id.in_([group_id for _, group_id in keys])))
    return {(group.id, group.id): GroupUpdated(group=core(group)) for group in rows}


@hydrates(MemberJoined)
async def _joined(_: AsyncSession, __: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    return {key: MemberJoined(user_id=key[1]) for key in keys}


@hydrates(MemberLeft)
async def _left(_: AsyncSession, __: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    return {key: MemberLeft(user_id=key[1]) for key in keys}
