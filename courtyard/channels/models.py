"""Channels, categories, overrides, follows and read marks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base
from courtyard.core.ids import new_id


class Category(Base):
    """A heading in the list of a group's channels."""

    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("group_id", "client_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id"))
    client_id: Mapped[UUID]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(server_default="0")


class Channel(Base):
    """A place. Its id is also the id of its stream. Without a group it is a conversation."""

    __tablename__ = "channel"
    __table_args__ = (
        Index("ix_channel_name", "group_id", text("lower(name)")),
        Index(None, "category_id"),
        UniqueConstraint("created_by", "client_id"),
        UniqueConstraint("people_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("group.id"))
    # Of a conversation: the set of its people as one value, so that there is one of each.
    people_key: Mapped[bytes | None]
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("category.id", ondelete="SET NULL"))
    kind: Mapped[str]
    name: Mapped[str]
    topic: Mapped[str] = mapped_column(server_default="")
    position: Mapped[int] = mapped_column(server_default="0")
    is_default: Mapped[bool] = mapped_column(server_default="false")
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    client_id: Mapped[UUID | None]
    archived_at: Mapped[datetime | None] = mapped_column(DateTime(True))
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())


class Override(Base):
    """What a channel allows or denies beyond the roles: for everyone, a role, or a person.

    `subject_id` is the channel itself for everyone, so that the key needs no null.
    """

    __tablename__ = "override"
    __table_args__ = (
        CheckConstraint("subject_kind in ('everyone', 'role', 'user')", name="subject_kind"),
        Index(None, "subject_id"),
    )

    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channel.id"), primary_key=True)
    subject_kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    allow: Mapped[int] = mapped_column(BigInteger, server_default="0")
    deny: Mapped[int] = mapped_column(BigInteger, server_default="0")


class Follow(Base):
    """A channel a person has in the sidebar, and what they are told of it: `level` is None for
    what they hear of its group."""

    __tablename__ = "follow"
    __table_args__ = (
        CheckConstraint("level in ('all', 'mentions', 'nothing')", name="level"),
        Index(None, "channel_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channel.id"), primary_key=True)
    level: Mapped[str | None]
    muted_until: Mapped[datetime | None] = mapped_column(DateTime(True))


class ReadMark(Base):
    """How far a person has read a channel. A table, not events: only their own devices care."""

    __tablename__ = "read_mark"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channel.id"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
