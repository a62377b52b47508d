"""Posting plain words in a place: the hottest path, one statement for all who post at the moment.

The statement checks session, account and rule, moves the stream, and stores message, event and
outbox row; being alone in autocommit it is its own transaction. In company it waits for no
stream. Whom it leaves out goes alone: waits if the stream was busy, hears why if it was the right.
A duplicate breaks the unique key and rolls everything back; the stored row is then read, after the
right was checked. What goes with files or into a thread takes the ordinary way (see `compose`).
"""

import asyncio
from collections.abc import Sequence
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
from courtyard.core.batches import Batches
from courtyard.core.bus import Bus, Frame
from courtyard.core.crypto import KeyRing, plain
from courtyard.core.database import STATEMENT_MS, Database, PoolTimeout
from courtyard.core.errors import Conflict, Forbidden, NotFound, Unauthenticated
from courtyard.core.ids import new_id
from courtyard.core.streams import EventRow
from courtyard.core.unit_of_work import database_trouble
from courtyard.messages import whole
from courtyard.messages.models import Message
from courtyard.messages.schemas import NewMessage, Posted

USED = "This draft was sent to another place already. Write it anew."
GIVE_UP_SECONDS = STATEMENT_MS / 1000 + 1
JSON_OPTIONS = orjson.OPT_UTC_Z

_LIVING: LiteralString = "u.status = 'active' AND s.ended_at IS NULL AND s.expires_at > now()"
LIVING_AUTHOR: LiteralString = f"""
    author AS (
        SELECT u.id FROM session s JOIN "user" u ON u.id = s.user_id
        WHERE s.id = %(session)s AND u.id = %(user)s AND {_LIVING}
    )
"""

# OFFSET 0 asks the rule for each draft by itself, with the plan that one question has.
_POST: LiteralString = f"""
    WITH draft AS (
        SELECT *, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS at FROM unnest(
            %(session)s::uuid[], %(user)s::uuid[], %(channel)s::uuid[], %(id)s::uuid[],
            %(client_id)s::uuid[], %(text)s::bytea[], %(cause)s::uuid[]
        ) WITH ORDINALITY AS d (session_id, user_id, channel_id, id, client_id, text, cause, nth)
    ), allowed AS (
        SELECT d.*, row_number() OVER (PARTITION BY d.channel_id ORDER BY nth) AS place_nth
        FROM draft d
        JOIN session s ON s.id = d.session_id AND s.user_id = d.user_id
        JOIN "user" u ON u.id = s.user_id
        CROSS JOIN LATERAL (
            SELECT permissions FROM place_right p
            WHERE p.user_id = d.user_id AND p.channel_id = d.channel_id OFFSET 0
        ) r
        WHERE r.permissions & 2 <> 0 AND {_LIVING}
    ), place AS (
        SELECT id, many, at FROM stream JOIN (
            SELECT channel_id, max(place_nth) AS many, max(at) AS at FROM allowed GROUP BY 1
        ) a ON stream.id = a.channel_id
        FOR NO KEY UPDATE OF stream SKIP LOCKED
    ), moved AS (
        UPDATE stream SET
            head = head + many,
            position = greatest(at, position + 1) + many - 1,
            latest = greatest(at, position + 1) + many - 1
        FROM place WHERE stream.id = place.id
        RETURNING stream.id AS channel_id, head - many AS head, position - many AS position
    ), placed AS (
        SELECT allowed.*, head + place_nth AS seq, position + place_nth AS position
        FROM allowed JOIN moved USING (channel_id)
    ), posted AS (
        INSERT INTO message (id, channel_id, position, author_id, client_id, text, created_at)
        SELECT id, channel_id, position, user_id, client_id, text, now() FROM placed
    ), logged AS (
        INSERT INTO event (stream_id, seq, type, object_id, actor_id, cause)
        SELECT channel_id, seq, 'message.posted', id, user_id, cause FROM placed
    ), queued AS (
        INSERT INTO outbox (stream_id, seq) SELECT channel_id, seq FROM placed
    )
    SELECT nth, seq, position, now() FROM placed
"""

_WHY: LiteralString = f"""
    WITH {LIVING_AUTHOR}
    SELECT r.permissions FROM author LEFT JOIN place_right r
      ON r.user_id = author.id AND r.channel_id = %(channel)s
"""


Values = dict[str, Any]
Stored = tuple[int, int, datetime]  # seq, position, time


@dataclass(slots=True, frozen=True)
class Draft:
    """What somebody wants to say, where, and under which name of their own."""

    channel_id: UUID
    said: NewMessage
    cause: UUID | None


class Poster:
    """Stores plain messages and tells the bus."""

    def __init__(self, database: Database, bus: Bus, ring: KeyRing) -> None:
        self._database = database
        self._bus = bus
        self._ring = ring
        self._batches = Batches[Values, Stored](self._together)

    async def post(self, claim: Claim, draft: Draft) -> bytes:
        """The JSON of a Posted. Idempotent by client id. Raises Unauthenticated, NotFound,
        Forbidden, Conflict or Unavailable."""
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
            row = await self._batches.put(values) or await self._alone(values)
        except psycopg.errors.UniqueViolation:
            async with self._database.session() as db:
                again = await stored(db, self._ring, claim.user_id, draft)
            return again.model_dump_json().encode()
        except (psycopg.OperationalError, PoolTimeout, OSError) as error:
            raise database_trouble(error) from error
        seq, position, created_at = row
        message = _message(values, position, created_at, draft.said.text)
        event = _event(seq, claim.user_id, draft.cause, message)
        self._bus.publish(Frame(draft.channel_id, seq, event))
        return orjson.dumps({**message, "seq": seq}, option=JSON_OPTIONS)

    async def _together(self, drafts: Sequence[Values]) -> list[Stored | None]:
        """Where each came to stand; None for whom goes alone."""
        found: list[Stored | None] = [None] * len(drafts)
        try:
            # The database ends a statement by itself, unless it is frozen or out of reach.
            async with asyncio.timeout(GIVE_UP_SECONDS), self._database.raw() as connection:
                rows = await _execute(connection, _POST, drafts)
        except psycopg.IntegrityError:
            return found  # one of them is the reason, and hears so when it is alone
        for nth, *where in rows:
            found[nth - 1] = tuple(where)
        return found

    async def _alone(self, values: Values) -> Stored:
        async with self._database.raw() as connection:
            waits = _POST.replace(" SKIP LOCKED", "")
            for _, *where in await _execute(connection, waits, [values]):
                return tuple(where)
            raise await why_not(connection, values)


async def _execute(
    connection: psycopg.AsyncConnection[Any], statement: LiteralString, drafts: Sequence[Values]
) -> list[Any]:
    columns = {name: [draft[name] for draft in drafts] for name in drafts[0]}
    return await (await connection.execute(statement, columns)).fetchall()


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
