"""Groups, their members and roles, and invites."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base
from courtyard.core.ids import new_id


class Group(Base):
    """A group. Its id is also the id of its stream."""

    __tablename__ = "group"
    __table_args__ = (UniqueConstraint("created_by", "client_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    client_id: Mapped[UUID | None]
    access_version: Mapped[int] = mapped_column(BigInteger, server_default="0")
    archived_at: Mapped[datetime | None] = mapped_column(DateTime(True))
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())


class Role(Base):
    """A named set of permissions inside a group; a higher position stands above a lower one."""

    __tablename__ = "role"
    __table_args__ = (
        Index(None, "group_id"),
        CheckConstraint("kind in ('owner', 'admin', 'member', 'guest', 'custom')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id"))
    name: Mapped[str]
    kind: Mapped[str]
    position: Mapped[int]
    permissions: Mapped[int] = mapped_column(BigInteger)


class Member(Base):
    """A person in a group. `position` is the group's place in that person's rail; `level` what
    they are told of its channels, None for what is usual."""

    __tablename__ = "member"
    __table_args__ = (
        Index(None, "user_id"),
        CheckConstraint("level in ('all', 'mentions', 'nothing')", name="level"),
    )

    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    position: Mapped[int] = mapped_column(server_default="0")
    level: Mapped[str | None]
    muted_until: Mapped[datetime | None] = mapped_column(DateTime(True))
    joined_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())


class MemberRole(Base):
    """A role a member has. Everybody has at least one."""

    __tablename__ = "member_role"
    __table_args__ = (
        ForeignKeyConstraint(
            ["group_id", "user_id"], ["member.group_id", "member.user_id"], ondelete="CASCADE"
        ),
        Index(None, "role_id"),
    )

    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    role_id: Mapped[UUID] = mapped_column(ForeignKey("role.id"), primary_key=True)


class Invite(Base):
    """A link that lets people in. Only its hash is stored. With `user_id`, it lets that imported
    person claim the account instead."""

    __tablename__ = "invite"
    __table_args__ = (Index(None, "group_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("group.id"))
    role_id: Mapped[UUID | None] = mapped_column(ForeignKey("role.id"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(True))
    max_uses: Mapped[int | None]
    uses: Mapped[int] = mapped_column(server_default="0")
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(True))
