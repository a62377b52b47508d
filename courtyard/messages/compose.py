"""Saying something with more to it than words: in a thread, with files, as an answer, forwarded.

The ordinary way of a unit of work. The stream is locked first, for the message's position; all
else of the place waits behind it, so threads and counts need no locks of their own.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, cast, extract, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.access import actor_of
from courtyard.accounts.tokens import Claim
from courtyard.channels.access import audience, open_channel, require
from courtyard.core.bus import Bus
from courtyard.core.crypto import KeyRing, plain
from courtyard.core.database import Database
from courtyard.core.errors import NotFound
from courtyard.core.ids import new_id
from courtyard.core.streams import Stream
from courtyard.core.unit_of_work import UnitOfWork, work
from courtyard.files import service as files
from courtyard.files.schemas import FileOut
from courtyard.groups.permissions import Permission
from courtyard.messages import threads, whole
from courtyard.messages.models import Message
from courtyard.messages.post import Draft, stored
from courtyard.messages.schemas import MessagePosted, NewMessage, Posted


async def compose(
    database: Database, bus: Bus, ring: KeyRing, claim: Claim, draft: Draft
) -> Posted:
    """Stores a message and all that goes with it. Idempotent by client id. Raises Unauthenticated,
    NotFound (also for a message it points at which the author may not read), Forbidden, Invalid,
    Conflict or Unavailable."""
    try:
        async with work(database, bus, draft.cause) as uow:
            actor = await actor_of(uow.db, claim)
            uow.actor_id = actor.id
            event = await _compose(uow, ring, actor.id, draft)
    except IntegrityError:  # an earlier try of the same request
        async with database.session() as db:
            return await stored(db, ring, claim.user_id, draft)
    return Posted(**event.message.model_dump(), seq=event.seq)


async def _compose(uow: UnitOfWork, ring: KeyRing, actor_id: UUID, draft: Draft) -> MessagePosted:
    said = draft.said
    opened = await open_channel(uow.db, actor_id, draft.channel_id)
    require(opened, Permission.POST)
    source = await _source(uow, actor_id, said)
    await _require_same_place(uow, draft)
    position = await _next_position(uow, opened.id, main=said.root_id is None or said.also)
    message = Message(
        id=new_id(),
        channel_id=opened.id,
        position=position,
        author_id=actor_id,
        client_id=said.client_id,
        text=plain(said.text),
        also=said.also and said.root_id is not None,
        reply_to=said.reply_to,
    )
    if source:
        message.forwarded, words = _forwarded(source, ring)
        message.forwarded_text = plain(words)
    if said.root_id:
        message.thread_id = await threads.answered(uow, opened.id, said.root_id, actor_id, position)
    uow.db.add(message)
    await uow.db.flush()
    await _attach(uow, message, said, source)
    return await _tell(uow, ring, message)


async def _tell(uow: UnitOfWork, ring: KeyRing, message: Message) -> MessagePosted:
    await uow.db.refresh(message)
    event = MessagePosted(message=await whole.out(uow.db, ring, message))
    uow.emit(message.channel_id, event, message.id)
    if message.thread_id:
        await threads.tell(uow, message.thread_id)
    return event


async def _next_position(uow: UnitOfWork, channel_id: UUID, *, main: bool) -> int:
    """Locks the stream until the commit and gives the next position in it."""
    now = cast(extract("epoch", func.clock_timestamp()) * 1_000_000, BigInteger)
    position = func.greatest(now, Stream.position + 1)
    moved = await uow.db.execute(
        update(Stream)
        .where(Stream.id == channel_id)
        .values(position=position)
        .returning(Stream.position)
    )
    given: int = moved.scalar_one()
    if main:
        await uow.db.execute(update(Stream).where(Stream.id == channel_id).values(latest=given))
    return given


async def _source(uow: UnitOfWork, actor_id: UUID, said: NewMessage) -> Message | None:
    """The message that is forwarded, when its forwarder may read it. Raises NotFound."""
    if said.forward_of is None:
        return None
    message = await uow.db.get(Message, said.forward_of)
    if message is None or message.deleted_at:
        raise NotFound
    await open_channel(uow.db, actor_id, message.channel_id)
    return message


async def new_readers(db: AsyncSession, source: Message, channel_id: UUID) -> int:
    """How many people of a place would read this message only by its being forwarded there; the
    caller has checked that the asker may read both."""
    others = audience(channel_id).except_(audience(source.channel_id)).subquery()
    return await db.scalar(select(func.count()).select_from(others)) or 0


def _forwarded(source: Message, ring: KeyRing) -> tuple[dict[str, Any], str]:
    """Whose words these are, and the words. What was forwarded before keeps its first author."""
    words = whole.open_text(ring, source.text, source.id)
    if source.forwarded and not words:
        envelope = source.forwarded_text or b"\x00"
        return source.forwarded, whole.open_text(ring, envelope, source.id, "forwarded_text")
    return {
        "message_id": str(source.id),
        "channel_id": str(source.channel_id),
        "author_id": str(source.author_id),
        "created_at": source.created_at.isoformat(),
    }, words


async def _require_same_place(uow: UnitOfWork, draft: Draft) -> None:
    """What a message answers stands in the same place (A05). Raises NotFound."""
    pointed = [one for one in (draft.said.reply_to, draft.said.root_id) if one]
    if not pointed:
        return
    here = await uow.db.scalars(
        select(Message.id).where(
            Message.id.in_(pointed),
            Message.channel_id == draft.channel_id,
            Message.deleted_at.is_(None),
        )
    )
    if set(here) != set(pointed):
        raise NotFound


async def _attach(
    uow: UnitOfWork, message: Message, said: NewMessage, source: Message | None
) -> list[FileOut]:
    place, kind = message.channel_id, whole.KIND
    attached = await files.attach(uow, message.author_id, place, kind, message.id, said.file_ids)
    if source and source.has_files:
        originals = (await files.of(uow.db, kind, [source.id])).get(source.id, [])
        ids = [file.id for file in originals]
        attached += await files.copy(uow, message.author_id, ids, place, kind, message.id)
    message.has_files = bool(attached)
    await uow.db.flush()
    return attached
