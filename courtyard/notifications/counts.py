"""Numbers: how much that a person was told of is unread, thread by thread and place by place."""

from collections.abc import Iterable, Sequence
from typing import LiteralString
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.channels import moments
from courtyard.channels.models import Channel
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.notifications.models import Notification
from courtyard.notifications.schemas import CountsChanged

# Of a place that a person may not read any more nothing counts.
_NUMBERS: LiteralString = """
    SELECT k.user_id, k.object_id, place.id,
           CASE WHEN place.id IS NULL OR EXISTS (
               SELECT FROM place_right p
               WHERE p.channel_id = place.id AND p.user_id = k.user_id AND p.permissions & 1 <> 0
           ) THEN (
               SELECT count(*) FROM notification n
               WHERE n.user_id = k.user_id AND n.counted_in = k.object_id
                 AND n.counts AND n.read_at IS NULL
           ) ELSE 0 END
    FROM unnest(CAST(:users AS uuid[]), CAST(:objects AS uuid[])) AS k(user_id, object_id)
    CROSS JOIN LATERAL (
        SELECT coalesce(
            (SELECT id FROM channel WHERE id = k.object_id),
            (SELECT place_id FROM notification n
             WHERE n.user_id = k.user_id AND n.thread_id = k.object_id ORDER BY n.id DESC LIMIT 1)
        ) AS id
    ) place
"""


def in_place(user_id: UUID) -> ColumnElement[int]:
    """How much counts for a person in the channel of the row at hand, outside its threads."""
    return (
        select(func.count())
        .where(
            Notification.user_id == user_id,
            Notification.counted_in == Channel.id,
            Notification.counts,
            Notification.read_at.is_(None),
        )
        .correlate(Channel)
        .scalar_subquery()
    )


async def of_threads(
    db: AsyncSession, user_id: UUID, thread_ids: Sequence[UUID]
) -> dict[UUID, int]:
    """How much counts for a person in each of these threads; those with nothing are left out."""
    rows = await db.execute(
        select(Notification.thread_id, func.count())
        .where(
            Notification.user_id == user_id,
            Notification.counted_in.in_(thread_ids),
            Notification.counts,
            Notification.read_at.is_(None),
        )
        .group_by(Notification.thread_id)
    )
    return {thread_id: number for thread_id, number in rows if thread_id}


def tell(uow: UnitOfWork, changed: Iterable[Key]) -> None:
    """Emits the numbers of these `(user id, counted in)`: one for each, however often it changes
    in this work."""
    told = {
        (stream_id, place)
        for stream_id, event, place in uow.events
        if isinstance(event, CountsChanged)
    }
    for user_id, counted_in in dict.fromkeys(changed):
        if (user_id, counted_in) not in told:
            uow.emit(user_id, CountsChanged(), counted_in)


@hydrates(CountsChanged)
async def _numbers(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    values = {"users": [user for user, _ in keys], "objects": [object_id for _, object_id in keys]}
    found: dict[Key, Event] = {}
    for user_id, object_id, place_id, number in await db.execute(text(_NUMBERS), values):
        thread_id = None if object_id in (place_id, user_id) else object_id
        found[user_id, object_id] = CountsChanged(
            place_id=place_id, thread_id=thread_id, mentions=number
        )
    return found


moments.calls.append(in_place)
