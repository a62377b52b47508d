"""Who can read a place, and what opens it to them."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service as accounts
from courtyard.accounts.models import User
from courtyard.channels.access import audience
from courtyard.channels.models import Channel, Override
from courtyard.channels.schemas import Reader, Readers
from courtyard.core.cursors import after_name, name_cursor
from courtyard.groups.models import MemberRole, Role
from courtyard.groups.permissions import Permission

VIEW = int(Permission.VIEW)
# kind and id of whom a rule is for → the bits it allows and denies
Rules = dict[tuple[str, UUID], tuple[int, int]]


async def page(db: AsyncSession, channel: Channel, after: str | None, limit: int) -> Readers:
    """Who can read a place, by name, and why: `explicit` are those let in by a rule of their own,
    `through` names the roles that open it to them."""
    channel_id = channel.id
    let_in = select(Override.subject_id).where(
        Override.channel_id == channel_id,
        Override.subject_kind == "user",
        Override.allow.bitwise_and(VIEW) != 0,
    )
    # Named twice, so it is worked out once: the rule is asked about everybody a single time.
    reading = audience(channel_id).cte("reading")
    all_of_them = select(User.id).join(reading, reading.c.user_id == User.id)
    total = select(func.count()).select_from(
        all_of_them.where(User.status != "deactivated").subquery()
    )
    key = tuple_(func.lower(User.name), User.id)
    query = (
        select(User, User.id.in_(let_in).label("explicit"), total.scalar_subquery().label("total"))
        .join(reading, reading.c.user_id == User.id)
        .where(User.status != "deactivated")
        .order_by(*key.clauses)
        .limit(limit + 1)
    )
    if after:
        query = query.where(key > after_name(after))
    rows = (await db.execute(query)).all()
    through = await _through(db, channel, [row.User.id for row in rows[:limit]])
    return Readers(
        members=[
            Reader(user=accounts.to_out(user), explicit=explicit, through=through[user.id])
            for user, explicit, _ in rows[:limit]
        ],
        next=name_cursor(rows[limit - 1].User) if len(rows) > limit else None,
        total=rows[0].total if rows else 0,
    )


async def _through(
    db: AsyncSession, channel: Channel, users: Sequence[UUID]
) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = await db.execute(
        select(MemberRole.user_id, MemberRole.role_id)
        .join(Role, Role.id == MemberRole.role_id)
        .where(
            MemberRole.group_id == channel.group_id,
            MemberRole.user_id.in_(users),
            MemberRole.role_id.in_(await openers(db, channel)),
        )
        .order_by(Role.position.desc())
    )
    for user_id, role_id in rows:
        found[user_id].append(role_id)
    return found


async def openers(db: AsyncSession, channel: Channel) -> set[UUID]:
    """The roles that open a place to whoever has one of them."""
    rules = await stored(db, channel.id)
    closed = rules.get(("everyone", channel.id), (0, 0))[1] & VIEW
    found = set()
    for role in await db.scalars(select(Role).where(Role.group_id == channel.group_id)):
        allow, deny = rules.get(("role", role.id), (0, 0))
        if allow & VIEW or (role.permissions & VIEW and not (closed or deny & VIEW)):
            found.add(role.id)
    return found


async def stored(db: AsyncSession, channel_id: UUID) -> Rules:
    """The rules of a place, without those that say nothing."""
    rows = await db.scalars(select(Override).where(Override.channel_id == channel_id))
    return {
        (row.subject_kind, row.subject_id): (row.allow, row.deny)
        for row in rows
        if row.allow or row.deny
    }
