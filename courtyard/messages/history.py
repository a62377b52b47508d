"""Pages of history, in both directions around an anchor: the second hot path, in plain SQL."""

from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import orjson
import psycopg

from courtyard.accounts import faces
from courtyard.accounts.faces import Face
from courtyard.accounts.tokens import Claim
from courtyard.core.clock import now
from courtyard.core.crypto import KeyRing, Unreadable
from courtyard.core.cursors import at_position, position_cursor
from courtyard.core.database import Database, PoolTimeout
from courtyard.core.errors import NotFound
from courtyard.core.unit_of_work import database_trouble
from courtyard.messages.post import JSON_OPTIONS, LIVING_AUTHOR, why_not
from courtyard.messages.schemas import PageQuery

LAST = (2**62, UUID(int=2**128 - 1))
FIRST = (-(2**62), UUID(int=0))
UNREADABLE = "This message cannot be read: its key is missing."

_PLACE: LiteralString = f"""
    WITH {LIVING_AUTHOR}, place AS (
        SELECT r.channel_id, s.head FROM place_right r
        JOIN author ON author.id = r.user_id JOIN stream s ON s.id = r.channel_id
        WHERE r.channel_id = %(channel)s AND r.permissions & 1 <> 0
    )
"""
_COLUMNS: LiteralString = f"""
    SELECT place.head, m.id, m.author_id, m.client_id, m.position, m.created_at, m.text,
           m.edited_at, m.deleted_at,
           {faces.COLUMNS}
    FROM place
"""
_AUTHOR: LiteralString = """ LEFT JOIN "user" u ON u.id = m.author_id """

_OLDER: LiteralString = f"""{_PLACE} {_COLUMNS}
    LEFT JOIN LATERAL (
        SELECT * FROM message WHERE channel_id = %(channel)s
        AND (position, id) < (%(position)s, %(message)s)
        ORDER BY position DESC, id DESC LIMIT %(limit)s
    ) m ON true {_AUTHOR} ORDER BY m.position, m.id
"""
_NEWER: LiteralString = f"""{_PLACE} {_COLUMNS}
    LEFT JOIN LATERAL (
        SELECT * FROM message WHERE channel_id = %(channel)s
        AND (position, id) > (%(position)s, %(message)s)
        ORDER BY position, id LIMIT %(limit)s
    ) m ON true {_AUTHOR} ORDER BY m.position, m.id
"""
_ANCHOR: LiteralString = "SELECT position FROM message WHERE id = %s AND channel_id = %s"


@dataclass(slots=True)
class _Half:
    """One side of a page: rows in order, and whether there is more beyond them."""

    rows: list[Any]
    more: bool
    head: int


async def page(
    database: Database, ring: KeyRing, claim: Claim, channel_id: UUID, query: PageQuery
) -> bytes:
    """The JSON of a MessagePage. Raises Unauthenticated, NotFound, Invalid or Unavailable."""
    values = {"session": claim.session_id, "user": claim.user_id, "channel": channel_id}
    try:
        async with database.raw() as connection:
            older, newer = await _halves(connection, values, query)
    except (psycopg.OperationalError, PoolTimeout, OSError) as error:
        raise database_trouble(error) from error
    rows = older.rows + newer.rows
    body = {
        "messages": [_message(row, channel_id, ring) for row in rows],
        "users": [_user(row) for row in {row[2]: row for row in rows}.values()],
        "head": min(older.head, newer.head),
        "before": position_cursor(rows[0][4], rows[0][1]) if rows and older.more else None,
        "after": position_cursor(rows[-1][4], rows[-1][1]) if rows and newer.more else None,
    }
    return orjson.dumps(body, option=JSON_OPTIONS)


async def _halves(
    connection: psycopg.AsyncConnection[Any], values: dict[str, Any], query: PageQuery
) -> tuple[_Half, _Half]:
    """What stands before the anchor and what stands after it."""
    limit = query.limit
    if query.around or query.around_position is not None:
        at = await _position(connection, values["channel"], query)
        older = await _half(connection, _OLDER, values, at, limit // 2)
        newer = await _half(connection, _NEWER, values, (at[0], FIRST[1]), limit - limit // 2)
        return older, newer
    if query.after:
        newer = await _half(connection, _NEWER, values, at_position(query.after), limit)
        return _Half([], True, newer.head), newer
    at = at_position(query.before) if query.before else LAST
    older = await _half(connection, _OLDER, values, at, limit)
    return older, _Half([], query.before is not None, older.head)


async def _position(
    connection: psycopg.AsyncConnection[Any], channel_id: UUID, query: PageQuery
) -> tuple[int, UUID]:
    if query.around_position is not None:
        return query.around_position, FIRST[1]
    row = await (await connection.execute(_ANCHOR, (query.around, channel_id))).fetchone()
    if row is None:
        raise NotFound
    return row[0], FIRST[1]


async def _half(
    connection: psycopg.AsyncConnection[Any],
    statement: LiteralString,
    values: dict[str, Any],
    at: tuple[int, UUID],
    limit: int,
) -> _Half:
    found = await connection.execute(
        statement, {**values, "position": at[0], "message": at[1], "limit": limit + 1}
    )
    rows = await found.fetchall()
    if not rows:
        raise await why_not(connection, values)
    head = rows[0][0]
    rows = [row for row in rows if row[1] is not None]
    more = len(rows) > limit
    if more:
        rows = rows[1:] if statement is _OLDER else rows[:-1]
    return _Half(rows, more, head)


def _message(row: Any, channel_id: UUID, ring: KeyRing) -> dict[str, Any]:
    _, message_id, author_id, client_id, position, created_at, text, edited_at, deleted_at = row[:9]
    return {
        "id": message_id,
        "channel_id": channel_id,
        "author_id": author_id,
        "client_id": client_id,
        "position": position,
        "created_at": created_at,
        "text": open_text(ring, bytes(text), message_id),
        "edited_at": edited_at,
        "deleted": deleted_at is not None,
    }


def open_text(ring: KeyRing, envelope: bytes, message_id: UUID) -> str:
    """The text of a message; one that cannot be opened says so and leaves the page whole."""
    try:
        return ring.open(envelope, "message", "text", message_id)
    except Unreadable:
        return UNREADABLE


def _user(row: Any) -> dict[str, Any]:
    return Face(row[2], *row[9:]).public(now())
