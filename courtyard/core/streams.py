"""Streams and events: the order in which everything lasting happened.

Every lasting change appends one event, without content, to the stream of its place. `seq` is
gapless and in commit order: the streams are locked in the order of their ids as the last act
before the commit (architecture: streams).
"""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, func, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base
from courtyard.core.wire import all_required


class Stream(Base):
    """The unit of order and of permission. Its id is the id of the place that owns it.

    The migration gives it a fillfactor of 50, so that moving the head stays within one page.
    """

    __tablename__ = "stream"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    head: Mapped[int] = mapped_column(BigInteger, server_default="0")
    pruned_to: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # Here, not on the channel, so that a post locks one row: the position last given, and that of
    # the newest message which stands in the place itself and not only in a thread.
    position: Mapped[int] = mapped_column(BigInteger, server_default="0")
    latest: Mapped[int] = mapped_column(BigInteger, server_default="0")


class EventRow(Base):
    """One fact of a stream. Content stands only in the object's own table."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_created_at", "created_at", postgresql_using="brin"),)

    stream_id: Mapped[UUID] = mapped_column(ForeignKey("stream.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    type: Mapped[str]
    object_id: Mapped[UUID]
    actor_id: Mapped[UUID | None]
    cause: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())


class OutboxRow(Base):
    """An event that the reactors have not yet seen."""

    __tablename__ = "outbox"

    stream_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class LogEpoch(Base):
    """One row: changed by a restore, so that clients do not trust heads that went back."""

    __tablename__ = "log_epoch"

    epoch: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())


class Event(BaseModel):
    """An event on the wire: the fact, and the present whole state of its object.

    Subclasses fix `type` with a Literal and add the payload. `seq`, `actor_id` and `cause` are
    filled in when the unit of work commits; of a `late` one everything is: its payload, such as a
    number, is read by its hydrator while the streams are locked, because who changes the same
    number at the same time would else tell one that is wrong.
    """

    model_config = ConfigDict(json_schema_extra=all_required)

    type_name: ClassVar[str]
    late: ClassVar[bool] = False
    seq: int = 0
    actor_id: UUID | None = None
    cause: UUID | None = None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.type_name = cls.model_fields["type"].default
        EVENT_TYPES[cls.type_name] = cls


EVENT_TYPES: dict[str, type[Event]] = {}

_APPEND = text(
    """
    WITH wanted AS (
        SELECT * FROM unnest(
            CAST(:streams AS uuid[]), CAST(:types AS text[]), CAST(:objects AS uuid[])
        ) WITH ORDINALITY AS w(stream_id, type, object_id, n)
    ), counted AS (
        SELECT *, row_number() OVER (PARTITION BY stream_id ORDER BY n) AS k FROM wanted
    ), locked AS (
        SELECT id, head FROM stream
        WHERE id IN (SELECT stream_id FROM wanted) ORDER BY id FOR NO KEY UPDATE
    ), moved AS (
        UPDATE stream s SET head = s.head + c.total
        FROM (SELECT stream_id, count(*) AS total FROM wanted GROUP BY 1) c, locked l
        WHERE s.id = c.stream_id AND l.id = s.id
        RETURNING s.id, s.head - c.total AS base
    ), logged AS (
        INSERT INTO event (stream_id, seq, type, object_id, actor_id, cause)
        SELECT stream_id, base + k, type, object_id, CAST(:actor AS uuid), CAST(:cause AS uuid)
        FROM counted JOIN moved ON moved.id = counted.stream_id
        RETURNING stream_id, seq
    ), queued AS (
        INSERT INTO outbox (stream_id, seq) SELECT stream_id, seq FROM logged
    )
    SELECT n, base + k FROM counted JOIN moved ON moved.id = counted.stream_id ORDER BY n
    """
)


async def append(
    connection: AsyncConnection,
    events: list[tuple[UUID, Event, UUID]],
    *,
    actor_id: UUID | None,
    cause: UUID | None,
) -> None:
    """Locks the streams, gives the events their seqs and stores them: one statement.

    Takes `(stream id, event, object id)` in the order they were emitted and fills `seq`,
    `actor_id` and `cause` of each event. Must be the last that is written before the commit.
    """
    rows = await connection.execute(
        _APPEND,
        {
            "streams": [stream for stream, _, _ in events],
            "types": [event.type_name for _, event, _ in events],
            "objects": [object_id for _, _, object_id in events],
            "actor": actor_id,
            "cause": cause,
        },
    )
    seqs = [seq for _, seq in rows]
    if len(seqs) != len(events):
        raise LookupError("an event was emitted into a stream that does not exist")
    for (_, event, _), seq in zip(events, seqs, strict=True):
        event.seq, event.actor_id, event.cause = seq, actor_id, cause
