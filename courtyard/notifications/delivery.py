"""Putting notifications into people's inboxes: one statement for up to 500 of them."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.core.ids import new_id
from courtyard.notifications.levels import LISTENS, MUTED
from courtyard.notifications.reasons import BY_NAME, SILENT, Why

AT_ONCE = 500


@dataclass(slots=True, frozen=True, order=True)
class Notice:
    """Somebody shall be told of an object. `position` is the object's in its place, 0 if it has
    none. What concerns no place has no `place_id`; a thread stands in a place."""

    user_id: UUID
    why: Why
    object_kind: str
    object_id: UUID
    actor_id: UUID
    place_id: UUID | None = None
    thread_id: UUID | None = None
    position: int = 0


# Nobody is told of what they did themselves, of what they may not read at this moment, or, having
# muted it, of what does not name them. What a person has read before they could be told of it is
# read; a reaction comes to words long read, so of it the mark says nothing. The order is that of
# all who insert here, so that two who tell the same people do not wait for each other.
_DELIVER: LiteralString = f"""
    INSERT INTO notification
        (id, user_id, why, object_kind, object_id, actor_id, place_id, thread_id, position,
         counts, read_at)
    SELECT n.id, n.user_id, n.why, n.object_kind, n.object_id, n.actor_id, n.place_id, n.thread_id,
           n.position, n.why <> ALL(:silent) AND NOT {MUTED},
           CASE WHEN n.thread_id IS NULL AND n.why <> ALL(:silent)
                 AND n.position > 0 AND n.position <= mark.position THEN now() END
    FROM unnest(
        CAST(:id AS uuid[]), CAST(:user_id AS uuid[]), CAST(:why AS text[]),
        CAST(:object_kind AS text[]), CAST(:object_id AS uuid[]), CAST(:actor_id AS uuid[]),
        CAST(:place_id AS uuid[]), CAST(:thread_id AS uuid[]), CAST(:position AS bigint[])
    ) WITH ORDINALITY AS n(id, user_id, why, object_kind, object_id, actor_id, place_id, thread_id,
                           position, turn)
    JOIN "user" u ON u.id = n.user_id
    LEFT JOIN channel c ON c.id = n.place_id
    LEFT JOIN follow f ON f.channel_id = n.place_id AND f.user_id = n.user_id
    LEFT JOIN member m ON m.group_id = c.group_id AND m.user_id = n.user_id
    LEFT JOIN read_mark mark ON mark.channel_id = n.place_id AND mark.user_id = n.user_id
    WHERE n.user_id <> n.actor_id AND {LISTENS}
      AND (NOT {MUTED} OR n.why = ANY(:by_name))
      AND (n.place_id IS NULL OR EXISTS (
          SELECT FROM place_right p
          WHERE p.channel_id = n.place_id AND p.user_id = n.user_id AND p.permissions & 1 <> 0))
    ORDER BY n.turn
    ON CONFLICT (user_id, why, object_kind, object_id, actor_id) DO NOTHING
    RETURNING id, user_id, why, place_id, thread_id, object_kind, object_id, actor_id, position,
              counts, counted_in, created_at, read_at
"""
_COLUMNS = tuple(Notice.__dataclass_fields__)


async def deliver(db: AsyncSession, notices: Sequence[Notice]) -> list[Row[Any]]:
    """Stores those of these notices that are to be told and were not told before; returns their
    rows."""
    ordered = sorted(
        notices,
        key=lambda one: (one.user_id, one.why, one.object_kind, one.object_id, one.actor_id),
    )
    stored: list[Row[Any]] = []
    for start in range(0, len(ordered), AT_ONCE):
        chunk = ordered[start : start + AT_ONCE]
        columns = dict(zip(_COLUMNS, zip(*map(astuple, chunk), strict=True), strict=True))
        values = {name: list(column) for name, column in columns.items()}
        values |= {
            "id": [new_id() for _ in chunk],
            "silent": list(SILENT),
            "by_name": list(BY_NAME),
        }
        stored += await db.execute(text(_DELIVER), values)
    return stored
