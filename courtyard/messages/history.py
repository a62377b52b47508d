"""Pages of history, in both directions around an anchor: the second hot path, in plain SQL.

A page is one of a place or one of a thread. Files, reactions and threads are asked for only when
a row's marks say that there are some.
"""

from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import orjson
import psycopg
from psycopg.rows import namedtuple_row

from courtyard.accounts import faces
from courtyard.accounts.faces import Face
from courtyard.accounts.tokens import Claim
from courtyard.core.clock import now
from courtyard.core.crypto import KeyRing
from courtyard.core.cursors import at_position, position_cursor
from courtyard.core.database import Database, PoolTimeout
from courtyard.core.errors import NotFound
from courtyard.core.unit_of_work import database_trouble
from courtyard.messages import whole
from courtyard.messages.post import JSON_OPTIONS, LIVING_AUTHOR, why_not
from courtyard.messages.schemas import PageQuery
from courtyard.messages.whole import Extras

LAST = (2**62, UUID(int=2**128 - 1))
FIRST = (-(2**62), UUID(int=0))

_PLACE: LiteralString = f"""
    WITH {LIVING_AUTHOR}, place AS (
        SELECT r.channel_id, s.head FROM place_right r
        JOIN author ON author.id = r.user_id JOIN stream s ON s.id = r.channel_id
        WHERE r.channel_id = %(channel)s AND r.permissions & 1 <> 0
    )
    SELECT place.head, m.id, m.author_id, m.client_id, m.position, m.created_at, m.text,
           m.edited_at, m.deleted_at, m.thread_id, m.also, m.reply_to, m.forwarded,
           m.forwarded_text, m.pinned_at, m.has_files, m.has_reactions, m.starts_thread,
           {faces.COLUMNS}
    FROM place LEFT JOIN LATERAL (
"""
_AUTHOR: LiteralString = """
    ) m ON true LEFT JOIN "user" u ON u.id = m.author_id ORDER BY m.position, m.id
"""
_BEFORE: LiteralString = """
        AND (position, id) < (%(position)s, %(message)s)
        ORDER BY position DESC, id DESC LIMIT %(limit)s
"""
_AFTER: LiteralString = """
        AND (position, id) > (%(position)s, %(message)s) ORDER BY position, id LIMIT %(limit)s
"""
_IN_PLACE: LiteralString = """
        SELECT * FROM message WHERE channel_id = %(channel)s AND (thread_id IS NULL OR also)
"""
_IN_THREAD: LiteralString = "SELECT * FROM message WHERE thread_id = %(thread)s"
_OLDER: LiteralString = _PLACE + _IN_PLACE + _BEFORE + _AUTHOR
_NEWER: LiteralString = _PLACE + _IN_PLACE + _AFTER + _AUTHOR
_REPLIES: tuple[LiteralString, LiteralString] = (
    _PLACE + _IN_THREAD + _BEFORE + _AUTHOR,
    _PLACE + _IN_THREAD + _AFTER + _AUTHOR,
)
_ANCHOR: LiteralString = """
    SELECT position FROM message WHERE id = %(id)s AND channel_id = %(channel)s
"""


@dataclass(slots=True)
class _Half:
    """One side of a page: rows in order, and whether there is more beyond them."""

    rows: list[Any]
    more: bool
    head: int


@dataclass(slots=True, frozen=True)
class _Asked:
    """Who asks for which stretch of what."""

    connection: psycopg.AsyncConnection[Any]
    values: dict[str, Any]
    query: PageQuery

    async def halves(self) -> tuple[_Half, _Half]:
        """What stands before the anchor and what stands after it."""
        query, limit = self.query, self.query.limit
        if query.around or query.around_position is not None:
            at = await self._position()
            older = await self._half(at, limit // 2, newer=False)
            return older, await self._half(at, limit - limit // 2, newer=True)
        if query.after:
            newer = await self._half(at_position(query.after), limit, newer=True)
            return _Half([], True, newer.head), newer
        at = at_position(query.before) if query.before else LAST
        older = await self._half(at, limit, newer=False)
        return older, _Half([], query.before is not None, older.head)

    async def _position(self) -> tuple[int, UUID]:
        if self.query.around_position is not None:
            return self.query.around_position, FIRST[1]
        wanted = {"id": self.query.around, "channel": self.values["channel"]}
        row = await (await self.connection.execute(_ANCHOR, wanted)).fetchone()
        if row is None:
            raise NotFound
        return row[0], FIRST[1]

    async def _half(self, at: tuple[int, UUID], limit: int, *, newer: bool) -> _Half:
        both = (_OLDER, _NEWER) if self.values["thread"] is None else _REPLIES
        values = {**self.values, "position": at[0], "message": at[1], "limit": limit + 1}
        async with self.connection.cursor(row_factory=namedtuple_row) as cursor:
            rows: list[Any] = await (await cursor.execute(both[newer], values)).fetchall()
        if not rows:
            raise await why_not(self.connection, self.values)
        head = rows[0].head
        rows = [row for row in rows if row.id is not None]
        more = len(rows) > limit
        if more:
            rows = rows[:-1] if newer else rows[1:]
        return _Half(rows, more, head)


async def page(
    database: Database,
    ring: KeyRing,
    claim: Claim,
    channel_id: UUID,
    query: PageQuery,
    thread_id: UUID | None = None,
) -> bytes:
    """The JSON of a MessagePage, of a place or of one thread in it. Raises Unauthenticated,
    NotFound, Invalid or Unavailable."""
    values = {
        "session": claim.session_id,
        "user": claim.user_id,
        "channel": channel_id,
        "thread": thread_id,
    }
    try:
        async with database.raw() as connection:
            older, newer = await _Asked(connection, values, query).halves()
    except (psycopg.OperationalError, PoolTimeout, OSError) as error:
        raise database_trouble(error) from error
    rows = older.rows + newer.rows
    found, threads = await _beside(database, rows, claim.user_id)
    body = {
        "messages": [_message(row, channel_id, ring, found) for row in rows],
        "threads": threads,
        "users": [_user(row) for row in {row.author_id: row for row in rows}.values()],
        "head": min(older.head, newer.head),
        "before": position_cursor(rows[0].position, rows[0].id) if rows and older.more else None,
        "after": position_cursor(rows[-1].position, rows[-1].id) if rows and newer.more else None,
    }
    return orjson.dumps(body, option=JSON_OPTIONS)


async def _beside(
    database: Database, rows: list[Any], reader: UUID
) -> tuple[Extras, list[dict[str, Any]]]:
    """What other tables hold about these rows."""
    with_files = [row.id for row in rows if row.has_files]
    with_reactions = [row.id for row in rows if row.has_reactions]
    starting = [row.id for row in rows if row.starts_thread]
    inside = {row.thread_id for row in rows if row.thread_id}
    if not (with_files or with_reactions or starting or inside):
        return Extras(), []
    async with database.session() as db:
        found = await whole.extras(db, with_files, with_reactions, inside, reader)
        threads = await whole.threads_of(db, starting)
    return found, [thread.model_dump() for thread in threads]


def _message(row: Any, channel_id: UUID, ring: KeyRing, found: Extras) -> dict[str, Any]:
    source = whole.forwarded(ring, row.forwarded, row.forwarded_text, row.id)
    return {
        "id": row.id,
        "channel_id": channel_id,
        "author_id": row.author_id,
        "client_id": row.client_id,
        "position": row.position,
        "created_at": row.created_at,
        "text": whole.open_text(ring, row.text, row.id),
        "edited_at": row.edited_at,
        "deleted": row.deleted_at is not None,
        "thread_id": row.thread_id,
        "root_id": found.roots.get(row.thread_id),
        "also": row.also,
        "reply_to": row.reply_to,
        "forwarded": source.model_dump() if source else None,
        "pinned": row.pinned_at is not None,
        "files": [file.model_dump() for file in found.files.get(row.id, ())],
        "reactions": [given.model_dump() for given in found.reactions.get(row.id, ())],
    }


def _user(row: Any) -> dict[str, Any]:
    return Face(row.author_id, *row[-len(Face._fields) + 1 :]).public(now())
