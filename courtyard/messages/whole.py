"""Messages in their present whole state: with files and reactions, as they go over the wire."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.core.crypto import KeyRing, Unreadable
from courtyard.files import service as files
from courtyard.files.schemas import FileOut
from courtyard.messages.models import Message, Thread
from courtyard.messages.schemas import Forwarded, MessageOut, ReactionOut, ThreadOut

KIND = "message"
UNREADABLE = "This message cannot be read: its key is missing."
NOBODY = UUID(int=0)

_REACTIONS = text(
    """
    SELECT message_id, emoji, count(*),
           (array_agg(user_id ORDER BY (user_id = :reader) DESC, created_at))[1:30]
    FROM reaction WHERE message_id = ANY(:ids)
    GROUP BY message_id, emoji ORDER BY message_id, min(created_at), emoji
    """
)


@dataclass(slots=True)
class Extras:
    """What stands in other tables: files and reactions by message, roots by thread."""

    files: dict[UUID, list[FileOut]] = field(default_factory=dict)
    reactions: dict[UUID, list[ReactionOut]] = field(default_factory=dict)
    roots: dict[UUID, UUID] = field(default_factory=dict)


async def reactions_of(
    db: AsyncSession, ids: Sequence[UUID], reader: UUID = NOBODY
) -> dict[UUID, list[ReactionOut]]:
    """The reactions on these messages, first given first; `reader` stands first among the people
    of each, so that an answer to them says which are theirs."""
    found: dict[UUID, list[ReactionOut]] = defaultdict(list)
    rows = await db.execute(_REACTIONS, {"ids": list(ids), "reader": reader})
    for message_id, emoji, count, users in rows:
        found[message_id].append(ReactionOut(emoji=emoji, count=count, users=users))
    return found


async def extras(
    db: AsyncSession,
    with_files: Sequence[UUID],
    with_reactions: Sequence[UUID],
    inside: Collection[UUID],
    reader: UUID = NOBODY,
) -> Extras:
    """Files and reactions of those messages whose marks say that they have some, and the roots of
    the threads some stand in."""
    return Extras(
        await files.of(db, KIND, with_files) if with_files else {},
        await reactions_of(db, with_reactions, reader) if with_reactions else {},
        await _roots_of(db, inside) if inside else {},
    )


async def _roots_of(db: AsyncSession, threads: Collection[UUID]) -> dict[UUID, UUID]:
    rows = await db.execute(select(Thread.id, Thread.root_id).where(Thread.id.in_(threads)))
    return {row.id: row.root_id for row in rows}


async def outs(
    db: AsyncSession, ring: KeyRing, messages: Iterable[Message], reader: UUID = NOBODY
) -> list[MessageOut]:
    """These messages on the wire, in their order."""
    messages = list(messages)
    found = await extras(
        db,
        [message.id for message in messages if message.has_files],
        [message.id for message in messages if message.has_reactions],
        {message.thread_id for message in messages if message.thread_id},
        reader,
    )
    return [_out(message, ring, found) for message in messages]


async def out(
    db: AsyncSession, ring: KeyRing, message: Message, reader: UUID = NOBODY
) -> MessageOut:
    """One message on the wire."""
    [whole] = await outs(db, ring, [message], reader)
    return whole


def _out(message: Message, ring: KeyRing, found: Extras) -> MessageOut:
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
        thread_id=message.thread_id,
        root_id=found.roots.get(message.thread_id) if message.thread_id else None,
        also=message.also,
        reply_to=message.reply_to,
        forwarded=forwarded(ring, message.forwarded, message.forwarded_text, message.id),
        pinned=message.pinned_at is not None,
        files=found.files.get(message.id, []),
        reactions=found.reactions.get(message.id, []),
    )


def forwarded(
    ring: KeyRing, source: dict[str, Any] | None, envelope: bytes | None, message_id: UUID
) -> Forwarded | None:
    """The forwarded words of a message and whose they were."""
    if source is None:
        return None
    words = open_text(ring, envelope or b"\x00", message_id, "forwarded_text")
    return Forwarded.model_validate({**source, "text": words})


def open_text(ring: KeyRing, envelope: bytes, message_id: UUID, column: str = "text") -> str:
    """The text of a message; one that cannot be opened says so and leaves the page whole."""
    try:
        return ring.open(bytes(envelope), "message", column, message_id)
    except Unreadable:
        return UNREADABLE


async def threads_of(db: AsyncSession, roots: Sequence[UUID]) -> list[ThreadOut]:
    """The threads that hang on these messages."""
    if not roots:
        return []
    rows = await db.scalars(
        select(Thread).where(Thread.root_kind == KIND, Thread.root_id.in_(roots))
    )
    return [thread_out(thread) for thread in rows]


def thread_out(thread: Thread) -> ThreadOut:
    """A thread on the wire."""
    return ThreadOut.model_validate(thread, from_attributes=True)
