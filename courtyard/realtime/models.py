"""Tickets that open a socket once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base


class SocketTicket(Base):
    """A row, not a token: single use needs a place that remembers. Stored as a hash."""

    __tablename__ = "socket_ticket"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"))
    expires_at: Mapped[datetime] = mapped_column(DateTime(True))
