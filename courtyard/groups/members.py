"""Reading who is in a group."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from courtyard.accounts import service as accounts
from courtyard.accounts.models import User
from courtyard.core.cursors import after_name, name_cursor
from courtyard.groups.models import Member, MemberRole
from courtyard.groups.schemas import MemberOut, Members


async def page(db: AsyncSession, group_id: UUID, after: str | None, limit: int) -> Members:
    """The members by name, `limit` at a time. Raises Invalid for a cursor that is none."""
    query = (
        select(Member, User)
        .join(User, User.id == Member.user_id)
        .where(Member.group_id == group_id, User.status != "deactivated")
    )
    total = await db.scalar(select(func.count()).select_from(query.subquery())) or 0
    key = tuple_(func.lower(User.name), User.id)
    if after:
        query = query.where(key > after_name(after))
    rows = (await db.execute(query.order_by(*key.clauses).limit(limit + 1))).all()
    roles = await _roles_of(db, group_id, [user.id for _, user in rows])
    members = [
        MemberOut(user=accounts.to_out(user), role_ids=roles[user.id], joined_at=member.joined_at)
        for member, user in rows[:limit]
    ]
    more = len(rows) > limit
    return Members(
        members=members, next=name_cursor(rows[limit - 1].User) if more else None, total=total
    )


async def _roles_of(db: AsyncSession, group_id: UUID, users: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = await db.execute(
        select(MemberRole.user_id, MemberRole.role_id).where(
            MemberRole.group_id == group_id, MemberRole.user_id.in_(users)
        )
    )
    for user_id, role_id in rows:
        found[user_id].append(role_id)
    return found


async def sharing(
    db: AsyncSession, readers: Collection[UUID], users: Collection[UUID]
) -> dict[UUID, set[UUID]]:
    """Per reader, those of `users` who share a group with them, and oneself."""
    theirs, mine = aliased(Member), aliased(Member)
    rows = await db.execute(
        select(mine.user_id, theirs.user_id)
        .join(theirs, mine.group_id == theirs.group_id)
        .where(mine.user_id.in_(readers), theirs.user_id.in_(users))
        .distinct()
    )
    found = {reader: {reader} & set(users) for reader in readers}
    for reader, user_id in rows:
        found[reader].add(user_id)
    return found
