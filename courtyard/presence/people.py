"""Whose presence a person may see: those who share a group with them (A14)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from courtyard.groups.models import Member


async def seen_by(db: AsyncSession, user_id: UUID, users: Sequence[UUID]) -> set[UUID]:
    """Those of `users` who share a group with `user_id`, and oneself."""
    theirs, mine = aliased(Member), aliased(Member)
    shared = await db.scalars(
        select(theirs.user_id)
        .join(mine, mine.group_id == theirs.group_id)
        .where(mine.user_id == user_id, theirs.user_id.in_(users))
    )
    return {*shared, *({user_id} & set(users))}
