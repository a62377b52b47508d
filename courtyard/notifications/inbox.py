"""Reading an inbox: pages of it, and how its whole stands. What happened in a place that its
owner may not read any more is not in it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.models import User
from courtyard.channels import people
from courtyard.channels.access import place_right, readable_streams
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event, Stream
from courtyard.notifications.models import Notification
from courtyard.notifications.reasons import Why
from courtyard.notifications.schemas import (
    Activity,
    Filter,
    NotificationAdded,
    NotificationOut,
    NotificationRead,
    NotificationRemoved,
    Unread,
)

UNREAD_LISTED = 100
REASON: dict[Filter, Why] = {"mentions": "mention", "replies": "reply", "reactions": "reaction"}


def _mine(user_id: UUID) -> ColumnElement[bool]:
    """The notifications of a person whose place they may read now."""
    readable = readable_streams(user_id).with_only_columns(place_right.c.channel_id)
    place = Notification.place_id
    return (Notification.user_id == user_id) & (place.is_(None) | place.in_(readable))


async def page(
    db: AsyncSession, reader: User, kind: Filter, before: UUID | None, limit: int, *, unread: bool
) -> Activity:
    """What a person was told of, newest first, from behind the cursor on."""
    head = await db.scalar(select(Stream.head).where(Stream.id == reader.id))
    query = select(Notification).where(_mine(reader.id))
    if kind != "all":
        query = query.where(Notification.why == REASON[kind])
    if unread:
        query = query.where(Notification.read_at.is_(None))
    if before:
        query = query.where(Notification.id < before)
    rows = list(await db.scalars(query.order_by(Notification.id.desc()).limit(limit + 1)))
    shown = rows[:limit]
    return Activity(
        head=head or 0,
        notifications=[to_out(row) for row in shown],
        users=await people.faces(db, reader, list({row.actor_id for row in shown})),
        before=shown[-1].id if len(rows) > limit else None,
        unread=Unread(counting=await _counting(db, reader.id)),
    )


async def _counting(db: AsyncSession, user_id: UUID) -> int:
    return (
        await db.scalar(
            select(func.count()).where(
                _mine(user_id), Notification.counts, Notification.read_at.is_(None)
            )
        )
    ) or 0


def to_out(row: Notification | Row[Any]) -> NotificationOut:
    """A notification on the wire."""
    return NotificationOut(**{name: getattr(row, name) for name in NotificationOut.model_fields})


@hydrates(NotificationAdded)
async def _added(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    found: dict[Key, Event] = {}
    for user_id in {user_id for user_id, _ in keys}:
        ids = [object_id for owner, object_id in keys if owner == user_id]
        rows = await db.scalars(
            select(Notification).where(_mine(user_id), Notification.id.in_(ids))
        )
        for row in rows:
            found[user_id, row.id] = NotificationAdded(notification=to_out(row))
    return found


@hydrates(NotificationRemoved)
async def _removed(_: AsyncSession, __: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    return {key: NotificationRemoved(id=key[1]) for key in keys}


@hydrates(NotificationRead)
async def _read(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    return {key: await _standing(db, key[0]) for key in keys}


async def _standing(db: AsyncSession, user_id: UUID) -> NotificationRead:
    """The whole of an inbox: what is unread in it, the newest of that by name."""
    ids = list(
        await db.scalars(
            select(Notification.id)
            .where(_mine(user_id), Notification.read_at.is_(None))
            .order_by(Notification.id.desc())
            .limit(UNREAD_LISTED + 1)
        )
    )
    return NotificationRead(
        unread=ids[:UNREAD_LISTED],
        more=len(ids) > UNREAD_LISTED,
        counting=await _counting(db, user_id),
    )
