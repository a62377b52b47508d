"""Reactions to events: `@on(Type)` handlers, fed in batches after the commit.

One dispatcher per worker takes rows of the outbox with SKIP LOCKED, woken by the bus, and at the
latest every two seconds. A handler must be idempotent by `(stream_id, seq)`: a killed worker leads
to a second delivery. What fails is kept per handler, repeated with backoff, and parked after five
tries, so that one poisonous event never holds up the others.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import structlog
from sqlalchemy import BigInteger, DateTime, Integer, func, text
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.bus import Bus, Frame
from courtyard.core.database import Base, Database
from courtyard.core.errors import Unavailable
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork, work

log = structlog.get_logger()

BATCH = 500
TRIES = 5
GATHER = 1.0
CALM = 2.0


class FailedReaction(Base):
    """An event that a handler could not digest. Parked when `tries` reaches five."""

    __tablename__ = "failed_reaction"

    stream_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    handler: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int] = mapped_column(Integer, server_default="1")
    error: Mapped[str]  # the kind of the error, never its text: texts can hold content
    next_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())


@dataclass(slots=True, frozen=True)
class Fact:
    """A stored event as handlers see it."""

    stream_id: UUID
    seq: int
    type: str
    object_id: UUID
    actor_id: UUID | None


Handler = Callable[[UnitOfWork, Sequence[Fact]], Awaitable[None]]
Feed = Callable[[UnitOfWork, Handler, Sequence[Fact]], Awaitable[None]]
_handlers: dict[str, list[Handler]] = defaultdict(list)


def on(*types: type[Event]) -> Callable[[Handler], Handler]:
    """Registers a batch handler for events of these types. It runs in a unit of its own."""
    return on_name(*(event_type.type_name for event_type in types))


def on_name(*names: str) -> Callable[[Handler], Handler]:
    """The same for events of slices further up, which may not be imported: by the names they have
    on the wire. A name is as lasting as the log."""

    def register(handler: Handler) -> Handler:
        for name in names:
            _handlers[name].append(handler)
        return handler

    return register


_TAKE = text(
    """
    WITH taken AS (
        DELETE FROM outbox WHERE (stream_id, seq) IN (
            SELECT stream_id, seq FROM outbox LIMIT :batch FOR UPDATE SKIP LOCKED
        ) RETURNING stream_id, seq
    )
    SELECT e.stream_id, e.seq, e.type, e.object_id, e.actor_id
    FROM taken JOIN event e USING (stream_id, seq) ORDER BY e.stream_id, e.seq
    """
)
_WAITING: LiteralString = """
    SELECT EXISTS (SELECT FROM outbox),
           EXISTS (SELECT FROM failed_reaction WHERE tries < %(tries)s AND next_at <= now())
"""
_REMEMBER = text(
    """
    INSERT INTO failed_reaction (stream_id, seq, handler, error)
    VALUES (:stream_id, :seq, :handler, :error)
    ON CONFLICT (stream_id, seq, handler) DO UPDATE
    SET tries = failed_reaction.tries + 1, error = excluded.error,
        next_at = now() + interval '2 seconds' * power(4, failed_reaction.tries)
    """
)
_DUE = text(
    """
    SELECT f.handler, e.stream_id, e.seq, e.type, e.object_id, e.actor_id
    FROM failed_reaction f JOIN event e USING (stream_id, seq)
    WHERE f.tries < :tries AND f.next_at <= now() ORDER BY f.next_at LIMIT :batch
    FOR UPDATE OF f SKIP LOCKED
    """
)
_FORGET = text(
    "DELETE FROM failed_reaction WHERE stream_id = :stream_id AND seq = :seq AND handler = :handler"
)


def _name(handler: Handler) -> str:
    return f"{handler.__module__}.{handler.__qualname__}"


async def _straight(uow: UnitOfWork, handler: Handler, batch: Sequence[Fact]) -> None:
    await handler(uow, batch)


class Dispatcher:
    """Feeds the handlers of this process."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus
        self._wake = asyncio.Event()
        self._looked = -CALM
        bus.listen(self._heard)

    def _heard(self, frame: Frame) -> None:
        if frame.seq > 0:
            self._wake.set()

    async def run(self) -> None:
        """Works until cancelled; a database that is away is waited for."""
        worked = -GATHER
        while True:
            try:
                while moved := await self._next():
                    worked = time.monotonic()
                    if moved < BATCH:
                        break
            except Exception as error:
                log.warning("dispatcher_waits", kind=type(error).__name__)
                await asyncio.sleep(1)
            try:
                await asyncio.wait_for(self._wake.wait(), CALM)
                # The first of a calm moment goes at once, a burst gathers into batches.
                await asyncio.sleep(max(0.05, worked + GATHER - time.monotonic()))
            except TimeoutError:
                continue

    async def _next(self) -> int:
        """One batch when somebody said that there is one; else, and now and then all the same,
        a look at what nobody told of."""
        woken = self._wake.is_set()
        self._wake.clear()
        if woken and time.monotonic() < self._looked + CALM:
            return await self._digest()
        self._looked = time.monotonic()
        return await self.once()

    async def once(self) -> int:
        """Digests one batch of new events and what is due again. Returns how many rows moved."""
        fresh, due = await self._waiting()
        return (await self._digest() if fresh else 0) + (await self._repeat() if due else 0)

    async def _waiting(self) -> tuple[bool, bool]:
        """Whether there are new events, and failed ones that are due; the cheap question of a
        calm moment."""
        async with self._database.raw() as connection:
            row = await (await connection.execute(_WAITING, {"tries": TRIES})).fetchone()
        return bool(row and row[0]), bool(row and row[1])

    async def _digest(self) -> int:
        """One batch. Nearly always nothing fails; if something does, nothing has happened, and
        the batch is gone through again with care."""
        try:
            return await self._batch(_straight)
        except Unavailable:
            raise
        except Exception:
            return await self._batch(self._feed)

    async def _batch(self, feed: Feed) -> int:
        async with work(self._database, self._bus) as uow:
            rows = await uow.db.execute(_TAKE, {"batch": BATCH})
            facts = [Fact(*row) for row in rows]
            for handler, batch in self._by_handler(facts):
                await feed(uow, handler, batch)
        return len(facts)

    def _by_handler(self, facts: Sequence[Fact]) -> list[tuple[Handler, list[Fact]]]:
        batches: dict[str, tuple[Handler, list[Fact]]] = {}
        for fact in facts:
            for handler in _handlers.get(fact.type, ()):
                batches.setdefault(_name(handler), (handler, []))[1].append(fact)
        return list(batches.values())

    async def _feed(self, uow: UnitOfWork, handler: Handler, batch: Sequence[Fact]) -> None:
        """The whole batch; when that fails, one by one, so that only the bad one is kept."""
        if await self._try(uow, handler, batch):
            return
        for fact in batch:
            if not await self._try(uow, handler, [fact]):
                await self._keep(uow, handler, fact)

    async def _try(self, uow: UnitOfWork, handler: Handler, batch: Sequence[Fact]) -> bool:
        before = len(uow.events)
        try:
            async with uow.db.begin_nested():
                await handler(uow, batch)
        except Exception as error:
            del uow.events[before:]
            self._error = type(error).__name__
            return False
        return True

    async def _keep(self, uow: UnitOfWork, handler: Handler, fact: Fact) -> None:
        log.warning("reaction_failed", handler=_name(handler), seq=fact.seq, kind=self._error)
        await uow.db.execute(
            _REMEMBER,
            {
                "stream_id": fact.stream_id,
                "seq": fact.seq,
                "handler": _name(handler),
                "error": self._error,
            },
        )

    async def _repeat(self) -> int:
        moved = 0
        async with work(self._database, self._bus) as uow:
            due = (await uow.db.execute(_DUE, {"batch": BATCH, "tries": TRIES})).all()
            for name, *rest in due:
                fact = Fact(*rest)
                handler = next((h for h in _handlers[fact.type] if _name(h) == name), None)
                if handler and not await self._try(uow, handler, [fact]):
                    await self._keep(uow, handler, fact)
                    continue
                moved += 1
                await uow.db.execute(
                    _FORGET, {"stream_id": fact.stream_id, "seq": fact.seq, "handler": name}
                )
        return moved
