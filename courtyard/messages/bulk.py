"""Messages by the hundred, for importers: at their historical positions, told once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.core.clock import to_position
from courtyard.core.crypto import plain
from courtyard.core.ids import new_id
from courtyard.core.streams import Stream
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.messages import threads
from courtyard.messages.models import Message
from courtyard.messages.schemas import HistoryChanged


@dataclass(slots=True, frozen=True)
class Imported:
    """A message of another system: who, when, what, and its lasting name there."""

    client_id: UUID
    author_id: UUID
    at: datetime
    text: str
    edited_at: datetime | None = None
    root: UUID | None = None
    """The name of the message in whose thread it stands; that one was stored by a batch before."""


async def import_batch(uow: UnitOfWork, channel_id: UUID, batch: Sequence[Imported]) -> int:
    """Stores messages at their historical positions; those that were stored before are passed
    over. Returns how many are new. Readers are told by one `history.changed`.

    The stream is locked first, so that its newest position never runs behind a live message.
    """
    await uow.db.execute(
        select(Stream.id).where(Stream.id == channel_id).with_for_update(key_share=True)
    )
    known = await _stored_before(uow, channel_id, batch)
    new = [item for item in batch if item.client_id not in known]
    if not new:
        return 0
    inside = await _answer(uow, channel_id, new)
    stored = await uow.db.execute(
        insert(Message).on_conflict_do_nothing().returning(Message.position, Message.thread_id),
        [_row(channel_id, item, inside.get(item.client_id)) for item in new],
    )
    found = stored.all()
    if found:
        last = max(position for position, _ in found)
        latest = max((position for position, thread in found if thread is None), default=0)
        await uow.db.execute(
            update(Stream)
            .where(Stream.id == channel_id)
            .values(
                position=func.greatest(Stream.position, last),
                latest=func.greatest(Stream.latest, latest),
            )
        )
        uow.emit(channel_id, HistoryChanged(), channel_id)
    return len(found)


async def _answer(uow: UnitOfWork, channel_id: UUID, items: Sequence[Imported]) -> dict[UUID, UUID]:
    """Notes replies in their threads; returns the thread of each by its name."""
    replies = [(item, item.root) for item in items if item.root]
    roots = await by_name(uow.db, channel_id, {root for _, root in replies})
    return {
        item.client_id: await threads.answered(
            uow, channel_id, roots[root].id, item.author_id, to_position(item.at)
        )
        for item, root in replies
    }


async def by_name(
    db: AsyncSession, channel_id: UUID, names: Collection[UUID]
) -> dict[UUID, Message]:
    """The messages of a channel that were imported under these names."""
    found = select(Message).where(Message.channel_id == channel_id, Message.client_id.in_(names))
    return {message.client_id: message for message in await db.scalars(found)} if names else {}


def _row(channel_id: UUID, item: Imported, thread_id: UUID | None) -> dict[str, object]:
    return {
        "id": new_id(),
        "channel_id": channel_id,
        "position": to_position(item.at),
        "author_id": item.author_id,
        "client_id": item.client_id,
        "text": plain(item.text),
        "created_at": item.at,
        "edited_at": item.edited_at,
        "thread_id": thread_id,
    }


async def _stored_before(uow: UnitOfWork, channel_id: UUID, batch: Sequence[Imported]) -> set[UUID]:
    """Those of a batch that stand in the channel already, whoever is their author here: a person
    may have been matched to another account when they were imported first."""
    positions = [to_position(item.at) for item in batch]
    rows = await uow.db.scalars(
        select(Message.client_id).where(
            Message.channel_id == channel_id,
            Message.position.between(min(positions, default=0), max(positions, default=0)),
            Message.client_id.in_([item.client_id for item in batch]),
        )
    )
    return set(rows)
