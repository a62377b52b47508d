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
    SELECT f.channel_id, f.user_id, coalesce(f.level, m.level, 'mentions')
    FROM follow f
    JOIN channel c ON c.id = f.channel_id
    LEFT JOIN member m ON m.group_id = c.group_id AND m.user_id = f.user_id
    WHERE f.channel_id = ANY(:places) AND coalesce(f.level, m.level, 'mentions') = ANY(:levels)
      AND NOT {MUTED}
"""
_PRESENT: LiteralString = f"""
    SELECT r.channel_id, r.user_id FROM place_right r JOIN "user" u ON u.id = r.user_id
    WHERE r.channel_id = ANY(:places) AND r.user_id = ANY(:users) AND r.permissions & 1 <> 0
      AND {LISTENS}
"""


async def listeners(
    db: AsyncSession, places: Collection[UUID], levels: Collection[Level]
) -> dict[UUID, dict[UUID, Level]]:
    """By place, the people who follow it, may read it and want to be told of it at one of these
    levels: what they chose for it, else for its group, else mentions. Who muted either is not
    among them; mentions of them are passed to `notify` all the same."""
    values = {"places": list(places), "levels": list(levels)}
    wishes: dict[tuple[UUID, UUID], Level] = {
        (place_id, user_id): level
        for place_id, user_id, level in await db.execute(text(_WISHES), values)
    }
    found: dict[UUID, dict[UUID, Level]] = {place_id: {} for place_id in places}
    if wishes:
        values = {"places": list(places), "users": list({user_id for _, user_id in wishes})}
        for place_id, user_id in await db.execute(text(_PRESENT), values):
            if level := wishes.get((place_id, user_id)):
                found[place_id][user_id] = level
    return found
