"""Users, their sessions, and whom they block."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base
from courtyard.core.ids import new_id


class User(Base):
    """A person's account, or a bot. Its id is also the id of the person's own stream."""

    __tablename__ = "user"
    __table_args__ = (
        Index("uq_user_email", text("lower(email)"), unique=True),
        CheckConstraint("status in ('invited', 'active', 'deactivated')", name="status"),
        CheckConstraint(
            "workspace_role in ('owner', 'admin', 'member', 'guest')", name="workspace_role"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(server_default="human")
    email: Mapped[str | None]
    name: Mapped[str]
    title: Mapped[str] = mapped_column(server_default="")
    avatar_id: Mapped[UUID | None]
    password_hash: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="active")
    workspace_role: Mapped[str] = mapped_column(server_default="member")
    access_version: Mapped[int] = mapped_column(BigInteger, server_default="0")
    first_signed_in_at: Mapped[datetime | None] = mapped_column(DateTime(True))
    status_emoji: Mapped[str | None]
    status_text: Mapped[str] = mapped_column(server_default="")
    status_until: Mapped[datetime | None] = mapped_column(DateTime(True))
    dnd_until: Mapped[datetime | None] = mapped_column(DateTime(True))
    # As QuietHours has it on the wire.
    quiet_hours: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    # What others were last told, so that the clock's own changes are told once.
    dnd_told: Mapped[bool] = mapped_column(server_default="false")
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())


class Session(Base):
    """One signed-in device. `generation` numbers the refresh tokens issued so far."""

    __tablename__ = "session"
    __table_args__ = (Index(None, "user_id"), Index(None, "expires_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    generation: Mapped[int] = mapped_column(BigInteger, server_default="1")
    rotated_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
    # How often the forerunner of the present token was shown again, and at which generation last.
    repeats: Mapped[int] = mapped_column(server_default="0")
    repeated_at_generation: Mapped[int] = mapped_column(BigInteger, server_default="0")
    remember: Mapped[bool]
    user_agent: Mapped[str]
    address: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
    last_used_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(True))
    ended_why: Mapped[str | None]


class Block(Base):
    """Somebody who wants nothing to do with another. Only the one who blocks knows of it."""

    __tablename__ = "block"
    __table_args__ = (Index(None, "blocked_id"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    blocked_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
