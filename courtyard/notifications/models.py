"""What people were told of. Ids, flags and times; the words stand where they were said."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
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
from courtyard.notifications.reasons import REASONS


class Notification(Base):
    """One thing a person was told of, once.

    `position` is that of the object in its place, 0 if it has none. `counts`: whether it counts
    into a number while it is unread. `counted_in` is where: the thread, else the place, else the
    person.
    """

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("user_id", "why", "object_kind", "object_id", "actor_id"),
        CheckConstraint(f"why in ({', '.join(map(repr, REASONS))})", name="why"),
        Index(
            "ix_notification_unread",
            "user_id",
            "counted_in",
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("ix_notification_inbox", "user_id", "id"),
        Index(None, "object_id"),
        Index("ix_notification_created_at", "created_at", postgresql_using="brin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    why: Mapped[str]
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("channel.id"))
    thread_id: Mapped[UUID | None]
    object_kind: Mapped[str]
    object_id: Mapped[UUID]
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    position: Mapped[int] = mapped_column(BigInteger, server_default="0")
    counts: Mapped[bool]
    counted_in: Mapped[UUID] = mapped_column(
        Computed("coalesce(thread_id, place_id, user_id)", persisted=True)
    )
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
    read_at: Mapped[datetime | None] = mapped_column(DateTime(True))
