"""Files and uploads. The bytes stand in the blob store."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base
from courtyard.core.ids import new_id


class File(Base):
    """A file in one place, or its uploader's alone until it is attached to something there.

    Several files may share a blob: forwarding makes a new file. A deleted one stays until a job
    has taken its bytes away.
    """

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint(
            "kind in ('image', 'video', 'audio', 'pdf', 'text', 'code', 'archive', 'other')",
            name="kind",
        ),
        # The Files view of a place walks this one backwards.
        Index("ix_file_place", "place_id", "created_at", "id"),
        Index(None, "object_id"),
        Index(None, "blob_id"),
        Index("ix_file_loose", "created_at", postgresql_where=text("place_id IS NULL")),
        Index("ix_file_deleted", "deleted_at", postgresql_where=text("deleted_at IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    blob_id: Mapped[UUID]
    uploader_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("channel.id"))
    object_kind: Mapped[str | None]
    object_id: Mapped[UUID | None]
    # The order within its object.
    position: Mapped[int] = mapped_column(server_default="0")
    name: Mapped[str]
    type: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None]
    height: Mapped[int | None]
    has_preview: Mapped[bool] = mapped_column(server_default="false")
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(True))


class Upload(Base):
    """A file on its way. Its id is also the id of the blob it becomes, so that whatever is left
    of an upload can be found from this row.

    `chunks` are the blobs of `upload/<id>` that count, in order: two requests at once may both
    store a piece, and one of them is taken.
    """

    __tablename__ = "upload"
    __table_args__ = (
        UniqueConstraint("user_id", "client_id"),
        Index(None, "touched_at"),
        Index(None, "file_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    client_id: Mapped[UUID]
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, server_default="0")
    chunks: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
    touched_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
