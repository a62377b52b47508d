"""Tickets: made over HTTP, used once at the socket's door, so that no token stands in a URL."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal, LiteralString
from uuid import UUID

from courtyard.accounts.tokens import Claim
from courtyard.core.database import Database
from courtyard.core.errors import Unauthenticated

SECONDS: Literal[30] = 30


@dataclass(slots=True, frozen=True)
class Holder:
    """Who came with a ticket, and the epoch of the log they are told."""

    user_id: UUID
    session_id: UUID
    epoch: UUID


# By the database's clock, which judges it later: ours may be on another machine.
_ISSUE: LiteralString = f"""
    INSERT INTO socket_ticket (token_hash, session_id, expires_at)
    SELECT %(hash)s, s.id, now() + interval '{SECONDS} seconds'
    FROM session s JOIN "user" u ON u.id = s.user_id
    WHERE s.id = %(session)s AND u.id = %(user)s AND u.status = 'active'
      AND s.ended_at IS NULL AND s.expires_at > now()
"""
_USE: LiteralString = """
    WITH used AS (
        DELETE FROM socket_ticket WHERE token_hash = %s RETURNING session_id, expires_at
    )
    SELECT u.id, s.id, (SELECT epoch FROM log_epoch) FROM used
    JOIN session s ON s.id = used.session_id JOIN "user" u ON u.id = s.user_id
    WHERE used.expires_at > now() AND s.ended_at IS NULL AND s.expires_at > now()
      AND u.status = 'active'
"""


async def issue(database: Database, claim: Claim) -> str:
    """A new ticket for a living session, good once within 30 seconds. Raises Unauthenticated."""
    ticket = secrets.token_urlsafe(24)
    values = {"hash": _hash(ticket), "session": claim.session_id, "user": claim.user_id}
    async with database.raw() as connection:
        made = await connection.execute(_ISSUE, values)
    if not made.rowcount:
        raise Unauthenticated
    return ticket


async def use(database: Database, ticket: str) -> Holder | None:
    """Whom a good ticket, which is gone afterwards, lets in; None otherwise."""
    async with database.raw() as connection:
        row = await (await connection.execute(_USE, (_hash(ticket),))).fetchone()
    return Holder(*row) if row else None


def _hash(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()
