"""The one table in which what people say stands."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base
from courtyard.core.ids import new_id


class Message(Base):
    """A message. `position` orders it; `text` is an envelope; a deleted one stays as a tombstone
    without text, so that its client id is never used twice."""

    __tablename__ = "message"
    __table_args__ = (
        # Every page of history walks this index; a test looks at the plan.
        Index("ix_message_history", "channel_id", "position", "id"),
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
