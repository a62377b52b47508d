"""What people want to be told of a place. Who mutes it is told of nothing there but what names
them, and of that without a number.

Quiet is decided when something happens, not when it is looked at: what came while a person had
muted a place stays without a number when the mute ends, so that no clock has to tell anybody, and
what was counted before it stays counted.
"""

from typing import LiteralString
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.groups.schemas import Level

# Of a row with a person's follow `f` and membership `m`, where there are such.
MUTED: LiteralString = "coalesce(greatest(f.muted_until, m.muted_until) > now(), false)"
# Bots are told of nothing; neither are those who are not, or no longer, there to be told.
LISTENS: LiteralString = "u.status = 'active' AND u.kind = 'human'"

_LISTENERS: LiteralString = f"""
    SELECT f.user_id, coalesce(f.level, m.level, 'mentions')
    FROM follow f
    JOIN place_right r ON r.channel_id = f.channel_id AND r.user_id = f.user_id
    JOIN "user" u ON u.id = f.user_id
    LEFT JOIN member m ON m.group_id = r.group_id AND m.user_id = f.user_id
    WHERE r.channel_id = :place AND r.permissions & 1 <> 0 AND {LISTENS} AND NOT {MUTED}
"""


async def listeners(db: AsyncSession, place_id: UUID) -> dict[UUID, Level]:
    """What the people who follow a place and may read it want to be told of: what they chose for
    it, else for its group, else mentions. Who muted either is not among them; mentions of them
    are passed to `notify` all the same."""
    rows = await db.execute(text(_LISTENERS), {"place": place_id})
    return {user_id: level for user_id, level in rows}  # noqa: C416 - rows are no pairs to mypy
