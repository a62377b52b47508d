"""Messages by the hundred, for importers: at their historical positions, told once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from courtyard.core.clock import to_position
from courtyard.core.crypto import plain
from courtyard.core.ids import new_id
from courtyard.core.streams import Stream
from courtyard.core.unit_of_work import UnitOfWork
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


async def import_batch(uow: UnitOfWork, channel_id: UUID, batch: Sequence[Imported]) -> int:
    """Stores messages at their historical positions; those that were stored before are passed
    over. Returns how many are new. Readers are told by one `history.changed`.

    The stream is locked first, so that its newest position never runs behind a live message.
    """
    await uow.db.execute(
        select(Stream.id).where(Stream.id == channel_id).with_for_update(key_share=True)
    )
    known = await _stored_before(uow, channel_id, batch)
    rows = [_row(channel_id, item) for item in batch if item.client_id not in known]
    if not rows:
        return 0
    stored = await uow.db.execute(
        insert(Message).on_conflict_do_nothing().returning(Message.position), rows
    )
    positions = list(stored.scalars())
    if positions:
        await uow.db.execute(
            update(Stream)
            .where(Stream.id == channel_id)
            .values(
                position=func.greatest(Stream.position, max(positions)),
                latest=func.greatest(Stream.latest, max(positions)),
            )
        )
        uow.emit(channel_id, HistoryChanged(), channel_id)
    return len(positions)


def _row(channel_id: UUID, item: Imported) -> dict[str, object]:
    return {
        "id": new_id(),
        "channel_id": channel_id,
        "position": to_position(item.at),
        "author_id": item.author_id,
        "client_id": item.client_id,
        "text": plain(item.text),
        "created_at": item.at,
        "edited_at": item.edited_at,
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
