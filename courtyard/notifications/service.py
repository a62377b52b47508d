"""The verbs of notifications. The only writer of their table.

Slices of content call them: `notify` when something was meant for somebody, `read_thread` when a
thread was read, `forget` when an object is gone. Whom to tell is theirs to decide; who may be
told, and with what noise, is decided here.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update

from courtyard.channels import moments
from courtyard.core.registries import Key
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.notifications import counts
from courtyard.notifications.delivery import Notice, deliver
from courtyard.notifications.inbox import to_out
from courtyard.notifications.models import Notification
from courtyard.notifications.schemas import (
    NotificationAdded,
    NotificationRead,
    NotificationRemoved,
)


async def notify(uow: UnitOfWork, notices: Sequence[Notice]) -> None:
    """Tells people of something: stored once however often it is delivered, for those only who
    may read the place now, never for the one who did it, for bots or for accounts not in use."""
    rows = await deliver(uow.db, notices)
    for row in rows:
        uow.emit(row.user_id, NotificationAdded(notification=to_out(row)), row.id)
    counts.tell(uow, _counting(rows))


async def read_place(uow: UnitOfWork, user_id: UUID, place_id: UUID, up_to: int) -> None:
    """What a person was told of a place, outside its threads, is read up to this position."""
    await _read(uow, user_id, _up_to(place_id, up_to))


async def read_thread(uow: UnitOfWork, user_id: UUID, thread_id: UUID, up_to: int) -> None:
    """What a person was told of a thread is read up to this position."""
    await _read(uow, user_id, _up_to(thread_id, up_to))


async def read_some(uow: UnitOfWork, user_id: UUID, ids: Sequence[UUID]) -> None:
    """These are read; those that are not this person's are passed over."""
    await _read(uow, user_id, Notification.id.in_(ids))


async def read_all(uow: UnitOfWork, user_id: UUID) -> None:
    """Everything a person was told of is read."""
    await _read(uow, user_id)


async def forget(uow: UnitOfWork, object_kind: str, object_ids: Sequence[UUID]) -> None:
    """Objects were deleted: who was told of them is told that they are gone."""
    doomed = _locked(
        Notification.object_kind == object_kind, Notification.object_id.in_(object_ids)
    )
    gone = await uow.db.execute(
        delete(Notification)
        .where(Notification.id.in_(doomed))
        .returning(
            Notification.id,
            Notification.user_id,
            Notification.counts,
            Notification.counted_in,
            Notification.read_at,
        )
        .execution_options(synchronize_session=False)
    )
    rows = gone.all()
    for row in rows:
        uow.emit(row.user_id, NotificationRemoved(id=row.id), row.id)
    counts.tell(uow, _counting(rows))


def _counting(rows: Iterable[Any]) -> list[Key]:
    """Where the unread among these rows count, and for whom."""
    return [(row.user_id, row.counted_in) for row in rows if row.counts and not row.read_at]


def _up_to(counted_in: UUID, position: int) -> ColumnElement[bool]:
    return (Notification.counted_in == counted_in) & (Notification.position <= position)


async def _read(uow: UnitOfWork, user_id: UUID, *which: ColumnElement[bool]) -> None:
    unread = _locked(Notification.user_id == user_id, Notification.read_at.is_(None), *which)
    marked = await uow.db.execute(
        update(Notification)
        .where(Notification.id.in_(unread))
        .values(read_at=func.now())
        .returning(Notification.counted_in, Notification.counts)
        .execution_options(synchronize_session=False)
    )
    rows = marked.all()
    if rows:
        uow.emit(user_id, NotificationRead(), user_id)
    counts.tell(uow, [(user_id, row.counted_in) for row in rows if row.counts])


def _locked(*which: ColumnElement[bool]) -> Any:
    """The ids of these rows, locked in one order, so that two devices do not wait for each
    other."""
    return select(Notification.id).where(*which).order_by(Notification.id).with_for_update()


moments.read.append(read_place)
