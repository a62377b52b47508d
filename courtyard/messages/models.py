"""What people say, and what hangs on it: threads, reactions, earlier wordings, saved messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base
from courtyard.core.ids import new_id

# What stands in the place itself and not only in a thread.
MAIN = "(thread_id IS NULL OR also)"


class Message(Base):
    """A message. `position` orders it; `text` is an envelope; a deleted one stays as a tombstone
    without text, so that its client id is never used twice.

    `thread_id` is the thread it stands in; `also` shows it in the place too. The marks
    (`has_files`, `has_reactions`, `starts_thread`) spare a page of history the questions whose
    answer is nothing.
    """

    __tablename__ = "message"
    __table_args__ = (
        # Every page of history walks one of these; a test looks at the plan.
        Index("ix_message_history", "channel_id", "position", "id", postgresql_where=text(MAIN)),
        Index(
            "ix_message_thread",
            "thread_id",
            "position",
            "id",
            postgresql_where=text("thread_id IS NOT NULL"),
        ),
        Index(
            "ix_message_pinned",
            "channel_id",
            "pinned_at",
            postgresql_where=text("pinned_at IS NOT NULL"),
        ),
        UniqueConstraint("author_id", "client_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channel.id"))
    position: Mapped[int] = mapped_column(BigInteger)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    client_id: Mapped[UUID]
    text: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
    edited_at: Mapped[datetime | None] = mapped_column(DateTime(True))
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(True))
    thread_id: Mapped[UUID | None] = mapped_column(ForeignKey("thread.id"))
    also: Mapped[bool] = mapped_column(server_default="false")
    reply_to: Mapped[UUID | None]
    forwarded: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Of whom and when the forwarded words are: ids and a time, no content."""
    forwarded_text: Mapped[bytes | None]
    has_files: Mapped[bool] = mapped_column(server_default="false")
    has_reactions: Mapped[bool] = mapped_column(server_default="false")
    starts_thread: Mapped[bool] = mapped_column(server_default="false")
    pinned_at: Mapped[datetime | None] = mapped_column(DateTime(True))


class MessageVersion(Base):
    """An earlier wording of a message, an envelope like the text itself."""

    __tablename__ = "message_version"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[bytes]
    written_at: Mapped[datetime] = mapped_column(DateTime(True))


class Reaction(Base):
    """One person's emoji on a message."""

    __tablename__ = "reaction"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id"), primary_key=True)
    emoji: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())


class Thread(Base):
    """The talk that hangs on an object: a message today. It lives in the stream of the object's
    place, whose readers are its readers."""

    __tablename__ = "thread"
    __table_args__ = (UniqueConstraint("root_kind", "root_id"), Index(None, "channel_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channel.id"))
    root_kind: Mapped[str]
    root_id: Mapped[UUID]
    replies: Mapped[int] = mapped_column(server_default="0")
    last_position: Mapped[int] = mapped_column(BigInteger, server_default="0")
    people: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    """Who wrote last, newest first, a few."""
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())


class ThreadFollow(Base):
    """What a person has of a thread: whether they are told of it, and how far they have read."""

    __tablename__ = "thread_follow"
    __table_args__ = (Index(None, "user_id", postgresql_where=text("following")),)

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    following: Mapped[bool] = mapped_column(server_default="true")
    position: Mapped[int] = mapped_column(BigInteger, server_default="0")


class Saved(Base):
    """A message a person keeps for later."""

    __tablename__ = "saved"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())


class Draft(Base):
    """What a person has begun to write in a place or a thread (`root_id`; the channel itself when
    in none), an envelope."""

    __tablename__ = "draft"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channel.id"), primary_key=True)
    root_id: Mapped[UUID] = mapped_column(primary_key=True)
    text: Mapped[bytes]
    changed_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
