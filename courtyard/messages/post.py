"""Posting plain words in a place: the hottest path, one statement and one round trip.

The statement checks session, account and rule, moves the stream, and stores message, event and
outbox row; being alone in autocommit it is its own transaction. Zero rows means: ask why. A
duplicate breaks the unique key and rolls everything back; the stored row is then read, after the
right was checked. What goes with files or into a thread takes the ordinary way (see `compose`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import orjson
import psycopg
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.tokens import Claim
from courtyard.channels.access import open_channel
from courtyard.core.bus import Bus, Frame
from courtyard.core.crypto import KeyRing, plain
from courtyard.core.database import Database, PoolTimeout
from courtyard.core.errors import Conflict, Forbidden, NotFound, Unauthenticated
from courtyard.core.ids import new_id
from courtyard.core.streams import EventRow
from courtyard.core.unit_of_work import database_trouble
from courtyard.messages import whole
from courtyard.messages.models import Message
from courtyard.messages.schemas import NewMessage, Posted

USED = "This draft was sent to another place already. Write it anew."
JSON_OPTIONS = orjson.OPT_UTC_Z

LIVING_AUTHOR: LiteralString = """
    author AS (
        SELECT u.id FROM session s JOIN "user" u ON u.id = s.user_id
        WHERE s.id = %(session)s AND u.id = %(user)s AND u.status = 'active'
          AND s.ended_at IS NULL AND s.expires_at > now()
    )
"""

_POST: LiteralString = f"""
    WITH {LIVING_AUTHOR}, place AS (
        SELECT r.channel_id, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS at
        FROM place_right r JOIN author ON author.id = r.user_id
        WHERE r.channel_id = %(channel)s AND r.permissions & 2 <> 0
    ), moved AS (
        UPDATE stream SET
            head = head + 1,
            position = greatest(at, position + 1),
            latest = greatest(at, position + 1)
        FROM place WHERE stream.id = place.channel_id
        RETURNING stream.id, head, position
    ), posted AS (
        INSERT INTO message (id, channel_id, position, author_id, client_id, text)
        SELECT %(id)s, id, position, %(user)s, %(client_id)s, %(text)s FROM moved
        RETURNING created_at
    ), logged AS (
        INSERT INTO event (stream_id, seq, type, object_id, actor_id, cause)
        SELECT id, head, 'message.posted', %(id)s, %(user)s, %(cause)s FROM moved
    ), queued AS (
        INSERT INTO outbox (stream_id, seq) SELECT id, head FROM moved
    )
    SELECT moved.head, moved.position, posted.created_at FROM moved, posted
"""

_WHY: LiteralString = f"""
    WITH {LIVING_AUTHOR}
    SELECT r.permissions FROM author LEFT JOIN place_right r
      ON r.user_id = author.id AND r.channel_id = %(channel)s
"""


@dataclass(slots=True, frozen=True)
class Draft:
    """What somebody wants to say, where, and under which name of their own."""

    channel_id: UUID
    said: NewMessage
    cause: UUID | None


async def post(database: Database, bus: Bus, ring: KeyRing, claim: Claim, draft: Draft) -> bytes:
    """Stores a plain message and tells the bus; returns the JSON of a Posted. Idempotent by client
    id. Raises Unauthenticated, NotFound, Forbidden, Conflict or Unavailable."""
    values = {
        "session": claim.session_id,
        "user": claim.user_id,
        "channel": draft.channel_id,
        "id": new_id(),
        "client_id": draft.said.client_id,
        "text": plain(draft.said.text),
        "cause": draft.cause,
    }
    try:
        async with database.raw() as connection:
            try:
                row = await (await connection.execute(_POST, values)).fetchone()
                if row is None:
                    raise await why_not(connection, values)
            except psycopg.errors.UniqueViolation:
                row = None
    except (psycopg.OperationalError, PoolTimeout, OSError) as error:
        raise database_trouble(error) from error
    if row is None:
        async with database.session() as db:
            again = await stored(db, ring, claim.user_id, draft)
        return again.model_dump_json().encode()
    seq, position, created_at = row
    message = _message(values, position, created_at, draft.said.text)
    bus.publish(Frame(draft.channel_id, seq, _event(seq, claim.user_id, draft.cause, message)))
    return orjson.dumps({**message, "seq": seq}, option=JSON_OPTIONS)


async def stored(db: AsyncSession, ring: KeyRing, user_id: UUID, draft: Draft) -> Posted:
    """The message an earlier try of the same request stored, for who may still read it. Raises
    NotFound, or Conflict when the name was used in another place."""
    await open_channel(db, user_id, draft.channel_id)
    message = await db.scalar(
        select(Message).where(
            Message.author_id == user_id,
            Message.client_id == draft.said.client_id,
            Message.channel_id == draft.channel_id,
        )
    )
    if message is None:
        raise Conflict(USED, code="client_id_used")
    seq = await db.scalar(
        select(func.max(EventRow.seq)).where(
            EventRow.stream_id == message.channel_id, EventRow.object_id == message.id
        )
    )
    found = await whole.out(db, ring, message, user_id)
    return Posted(**found.model_dump(), seq=seq or 0)


async def why_not(connection: psycopg.AsyncConnection[Any], values: dict[str, Any]) -> Exception:
    """Why a statement that carries its own check found nothing."""
    row = await (await connection.execute(_WHY, values)).fetchone()
    if row is None:
        return Unauthenticated()
    return Forbidden() if row[0] else NotFound()


def _message(
    values: dict[str, Any], position: int, created_at: datetime, text: str
) -> dict[str, Any]:
    return {
        "id": values["id"],
        "channel_id": values["channel"],
        "author_id": values["user"],
        "client_id": values["client_id"],
        "position": position,
        "created_at": created_at,
        "text": text,
        **BARE,
    }


# What a message has that was posted this way, just now.
BARE: dict[str, Any] = {
    "edited_at": None,
    "deleted": False,
    "thread_id": None,
    "root_id": None,
    "also": False,
    "reply_to": None,
    "forwarded": None,
    "pinned": False,
    "files": (),
    "reactions": (),
}


def _event(seq: int, actor: UUID, cause: UUID | None, message: dict[str, Any]) -> bytes:
    """The frame of MessagePosted, written directly; a test holds it against the schema."""
    event = {"seq": seq, "actor_id": actor, "cause": cause}
    return orjson.dumps(
        {**event, "type": "message.posted", "message": message}, option=JSON_OPTIONS
    )
