"""The other verbs of messages: read one, edit, delete, pin, import."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service as accounts
from courtyard.audit.service import record
from courtyard.channels.access import OpenChannel, open_channel, require
from courtyard.core.clock import now
from courtyard.core.crypto import KeyRing, plain
from courtyard.core.errors import Conflict, Forbidden, NotFound
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.files import service as files
from courtyard.groups.permissions import Permission
from courtyard.messages import threads, versions, whole
from courtyard.messages.models import Message, Reaction
from courtyard.messages.schemas import (
    MessageDeleted,
    MessageEdited,
    MessageOut,
    MessagePinned,
    MessagePosted,
    Messages,
)

PINS_LIMIT = 50


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
    """Changes the text of one's own message and keeps what it said before. Raises Forbidden for
    another's, or where one may no longer write, Conflict for a deleted one."""
    message = await locked(uow, opened)
    if message.author_id != actor_id:
        raise Forbidden("Only its author can change a message.")
    require(opened.place, Permission.POST)
    if message.deleted_at:
        raise Conflict("This message was deleted meanwhile.")
    await versions.keep(uow, ring, message)
    message.text = plain(text)
    message.edited_at = now()
    await uow.db.flush()
    found = await whole.out(uow.db, ring, message)
    uow.emit(message.channel_id, MessageEdited(message=found), message.id)
    return await whole.out(uow.db, ring, message, actor_id)


async def locked(uow: UnitOfWork, opened: OpenMessage) -> Message:
    """The message as it stands now, held until the commit: an edit and a deletion at once must
    not undo each other."""
    await uow.db.refresh(opened.message, with_for_update={"key_share": True})
    return opened.message


async def remove(uow: UnitOfWork, ring: KeyRing, opened: OpenMessage, actor_id: UUID) -> None:
    """Deletes one's own message, or another's for who looks after the place, with all that hangs
    on it. Deleting twice is fine. Raises Forbidden."""
    message = await locked(uow, opened)
    own = message.author_id == actor_id
    require(opened.place, Permission.POST if own else Permission.MANAGE_MESSAGES)
    if message.deleted_at:
        return
    await _empty(uow, message)
    uow.emit(
        message.channel_id,
        MessageDeleted(message=await whole.out(uow.db, ring, message)),
        message.id,
    )
    if message.thread_id:
        await threads.unsaid(uow, message.thread_id)
    if not own:
        record(uow, "message.deleted", message.id, channel=str(message.channel_id))


async def _empty(uow: UnitOfWork, message: Message) -> None:
    """Leaves the tombstone; everything the message said, in any table, is gone."""
    message.deleted_at = now()
    message.text = plain("")
    message.forwarded = message.forwarded_text = message.pinned_at = None
    await versions.forget(uow, message.id)
    await uow.db.execute(delete(Reaction).where(Reaction.message_id == message.id))
    await files.remove(uow, whole.KIND, message.id)
    message.has_reactions = message.has_files = False
    await uow.db.flush()


async def pin(uow: UnitOfWork, ring: KeyRing, opened: OpenMessage, *, pinned: bool) -> None:
    """Pins a message to its place, or takes the pin out. Raises Forbidden where one may not write,
    Conflict for a deleted message or when fifty are pinned."""
    require(opened.place, Permission.POST)
    message = await locked(uow, opened)
    if (message.pinned_at is not None) == pinned:
        return
    if message.deleted_at:
        raise Conflict("This message was deleted meanwhile.")
    if pinned and await _pins(uow.db, message.channel_id) >= PINS_LIMIT:
        raise Conflict("Fifty messages are pinned here. Take one out first.", code="too_many_pins")
    message.pinned_at = now() if pinned else None
    await uow.db.flush()
    event = MessagePinned(message=await whole.out(uow.db, ring, message))
    uow.emit(message.channel_id, event, message.id)
    record(uow, "message.pinned" if pinned else "message.unpinned", message.id)


async def _pins(db: AsyncSession, channel_id: UUID) -> int:
    counted = await db.scalar(
        select(func.count()).where(Message.channel_id == channel_id, Message.pinned_at.is_not(None))
    )
    return counted or 0


async def pinned(db: AsyncSession, ring: KeyRing, user_id: UUID, channel_id: UUID) -> Messages:
    """The pinned messages of a place whose reader was checked, last pinned first."""
    rows = await db.scalars(
        select(Message)
        .where(Message.channel_id == channel_id, Message.pinned_at.is_not(None))
        .order_by(Message.pinned_at.desc())
    )
    found = await whole.outs(db, ring, rows, user_id)
    authors = {message.author_id for message in found}
    return Messages(messages=found, users=await accounts.public(db, list(authors)))


def register(ring: KeyRing) -> None:
    """Teaches catch-up to give messages their present state; needs the key ring to open them."""

    @hydrates(MessagePosted, MessageEdited, MessageDeleted, MessagePinned)
    async def _messages(
        db: AsyncSession, event: type[Event], keys: Sequence[Key]
    ) -> dict[Key, Event]:
        rows = await db.scalars(select(Message).where(Message.id.in_([key[1] for key in keys])))
        found = await whole.outs(db, ring, rows)
        return {
            (message.channel_id, message.id): event.model_validate({"message": message})
            for message in found
        }
