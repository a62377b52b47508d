"""Tickets: made over HTTP, used once at the socket's door, so that no token stands in a URL."""

import hashlib
import secrets
from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from sqlalchemy import func

from courtyard.accounts.access import Actor
from courtyard.core.database import Database
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.realtime.models import SocketTicket

SECONDS = 30

_USE: LiteralString = """
    WITH used AS (
        DELETE FROM socket_ticket WHERE token_hash = %s RETURNING session_id, expires_at
    )
    SELECT u.id, s.id FROM used
    JOIN session s ON s.id = used.session_id JOIN "user" u ON u.id = s.user_id
    WHERE used.expires_at > now() AND s.ended_at IS NULL AND s.expires_at > now()
      AND u.status = 'active'
"""


def issue(uow: UnitOfWork, actor: Actor) -> str:
    """A new ticket for this session, good once within 30 seconds."""
    ticket = secrets.token_urlsafe(24)
    uow.db.add(
        SocketTicket(
            token_hash=_hash(ticket),
            session_id=actor.session_id,
            # By the database's clock, which judges it: ours may be on another machine.
            expires_at=func.now() + timedelta(seconds=SECONDS),
        )
    )
    return ticket


async def use(database: Database, ticket: str) -> tuple[UUID, UUID] | None:
    """`(user id, session id)` of a good ticket, which is gone afterwards; None otherwise."""
    async with database.raw() as connection:
        row = await (await connection.execute(_USE, (_hash(ticket),))).fetchone()
    return (row[0], row[1]) if row else None


def _hash(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()
