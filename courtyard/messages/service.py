"""The other verbs of messages: read one, edit, delete, import."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.audit.service import record
from courtyard.channels.access import OpenChannel, open_channel, require
from courtyard.core.clock import now, to_position
from courtyard.core.crypto import KeyRing, plain
from courtyard.core.errors import Conflict, Forbidden, NotFound
from courtyard.core.ids import new_id
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event, Stream
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups.permissions import Permission
from courtyard.messages.history import open_text
from courtyard.messages.models import Message
from courtyard.messages.schemas import (
    HistoryChanged,
    MessageDeleted,
    MessageEdited,
    MessageOut,
    MessagePosted,
)


@dataclass(slots=True, frozen=True)
class OpenMessage:
    """A message whose reader was checked, and its place."""

    message: Message
    place: OpenChannel


async def open_message(db: AsyncSession, user_id: UUID, message_id: UUID) -> OpenMessage:
    """The message, when this person may read its place. Raises NotFound."""
    message = await db.get(Message, message_id)
    if message is None:
        raise NotFound
    return OpenMessage(message, await open_channel(db, user_id, message.channel_id))


async def edit(
    uow: UnitOfWork, ring: KeyRing, opened: OpenMessage, actor_id: UUID, text: str
) -> MessageOut:
    """Changes the text of one's own message. Raises Forbidden for another's, or where one may no
    longer write, Conflict for a deleted one."""
    message = await _locked(uow, opened)
    if message.author_id != actor_id:
        raise Forbidden("Only its author can change a message.")
    require(opened.place, Permission.POST)
    if message.deleted_at:
        raise Conflict("This message was deleted meanwhile.")
    message.text = plain(text)
    message.edited_at = now()
    out = to_out(message, ring)
    uow.emit(message.channel_id, MessageEdited(message=out), message.id)
    return out


async def _locked(uow: UnitOfWork, opened: OpenMessage) -> Message:
    """The message as it stands now, held until the commit: an edit and a deletion at once must
    not undo each other."""
    await uow.db.refresh(opened.message, with_for_update={"key_share": True})
    return opened.message


async def remove(uow: UnitOfWork, ring: KeyRing, opened: OpenMessage, actor_id: UUID) -> None:
    """Deletes one's own message, or another's for who looks after the place. Deleting twice is
    fine. Raises Forbidden."""
    message = await _locked(uow, opened)
    own = message.author_id == actor_id
    require(opened.place, Permission.POST if own else Permission.MANAGE_MESSAGES)
    if message.deleted_at:
        return
    message.deleted_at = now()
    message.text = plain("")
    uow.emit(message.channel_id, MessageDeleted(message=to_out(message, ring)), message.id)
    if not own:
        record(uow, "message.deleted", message.id, channel=str(message.channel_id))


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
    rows = [
        {
            "id": new_id(),
            "channel_id": channel_id,
            "position": to_position(item.at),
            "author_id": item.author_id,
            "client_id": item.client_id,
            "text": plain(item.text),
            "created_at": item.at,
            "edited_at": item.edited_at,
        }
        for item in batch
        if item.client_id not in known
    ]
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
            .values(position=func.greatest(Stream.position, max(positions)))
        )
        uow.emit(channel_id, HistoryChanged(), channel_id)
    return len(positions)


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


def to_out(message: Message, ring: KeyRing) -> MessageOut:
    """A message on the wire."""
    return MessageOut(
        id=message.id,
        channel_id=message.channel_id,
        author_id=message.author_id,
        client_id=message.client_id,
        position=message.position,
        created_at=message.created_at,
        text=open_text(ring, message.text, message.id),
        edited_at=message.edited_at,
        deleted=message.deleted_at is not None,
    )


def register(ring: KeyRing) -> None:
    """Teaches catch-up to give messages their present state; needs the key ring to open them."""

    @hydrates(MessagePosted, MessageEdited, MessageDeleted)
    async def _messages(
        db: AsyncSession, event: type[Event], keys: Sequence[Key]
    ) -> dict[Key, Event]:
        rows = await db.scalars(select(Message).where(Message.id.in_([key[1] for key in keys])))
        return {
            (row.channel_id, row.id): event.model_validate({"message": to_out(row, ring)})
            for row in rows
        }
