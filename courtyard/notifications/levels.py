"""What people want to be told of a place. Who mutes it is told of nothing there but what names
them, and of that without a number.

Quiet is decided when something happens, not when it is looked at: what came while a person had
muted a place stays without a number when the mute ends, so that no clock has to tell anybody, and
what was counted before it stays counted.
"""

from collections.abc import Collection
from typing import LiteralString
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.groups.schemas import Level

# Of a row with a person's follow `f` and membership `m`, where there are such.
MUTED: LiteralString = "coalesce(greatest(f.muted_until, m.muted_until) > now(), false)"
# Bots are told of nothing; neither are those who are not, or no longer, there to be told.
LISTENS: LiteralString = "u.status = 'active' AND u.kind = 'human'"

# Asked first and of few tables: in most places nobody wants to be told of everything, and then the
# dear question, who of them may read, need not be asked at all.
_WISHES: LiteralString = f"""
    SELECT f.user_id, coalesce(f.level, m.level, 'mentions')
    FROM follow f
    JOIN channel c ON c.id = f.channel_id
    LEFT JOIN member m ON m.group_id = c.group_id AND m.user_id = f.user_id
    WHERE f.channel_id = :place AND coalesce(f.level, m.level, 'mentions') = ANY(:levels)
      AND NOT {MUTED}
"""
_PRESENT: LiteralString = f"""
    SELECT r.user_id FROM place_right r JOIN "user" u ON u.id = r.user_id
    WHERE r.channel_id = :place AND r.user_id = ANY(:users) AND r.permissions & 1 <> 0
      AND {LISTENS}
"""


async def listeners(
    db: AsyncSession, place_id: UUID, levels: Collection[Level]
) -> dict[UUID, Level]:
    """The people who follow a place, may read it and want to be told of it at one of these levels:
    what they chose for it, else for its group, else mentions. Who muted either is not among them;
    mentions of them are passed to `notify` all the same."""
    rows = await db.execute(text(_WISHES), {"place": place_id, "levels": list(levels)})
    wishes: dict[UUID, Level] = {user_id: level for user_id, level in rows}  # noqa: C416 - rows are no pairs to mypy
    if not wishes:
        return wishes
    present = await db.scalars(text(_PRESENT), {"place": place_id, "users": list(wishes)})
    return {user_id: wishes[user_id] for user_id in present}
