"""One request is one transaction: opened here, committed here, nowhere else.

Verbs collect events with `emit`; the last act before COMMIT gives them their places in their
streams, the first act after COMMIT tells those who listen.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any
from uuid import UUID

import psycopg
import structlog
from fastapi import Depends
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolEmpty
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from courtyard.core import streams
from courtyard.core.bus import NUDGE, Bus, Frame
from courtyard.core.database import Database, PoolTimeout
from courtyard.core.errors import CourtyardError, DiskFull, Unavailable
from courtyard.core.registries import Key, hydrate
from courtyard.core.streams import Event

log = structlog.get_logger()

# What passes when one waits. The timeout of an idle transaction is filed by the driver elsewhere.
WAITABLE = (
    psycopg.OperationalError,
    psycopg.errors.IdleInTransactionSessionTimeout,
    PoolTimeout,
    OSError,
)


class UnitOfWork:
    """One transaction: the session, who acts, and the events collected so far."""

    def __init__(self, db: AsyncSession, cause: UUID | None = None) -> None:
        self.db = db
        self.actor_id: UUID | None = None
        self.cause = cause
        self.events: list[tuple[UUID, Event, UUID]] = []
        self.after_commit: list[Callable[[], object]] = []
        self.keep_on_error = False
        self.rights_changed = False

    def emit(self, stream_id: UUID, event: Event, object_id: UUID) -> None:
        """Notes that `event` happened to `object_id`; it is stored when the work commits."""
        self.events.append((stream_id, event, object_id))

    async def commit(self, bus: Bus) -> None:
        """Stores the events, commits, and only then publishes and runs what waits for it."""
        if self.events:
            await self.log()
        await self.db.commit()
        for stream_id, event, _ in self.events:
            bus.publish(Frame(stream_id, event.seq, event.model_dump_json().encode()))
        if self.rights_changed:
            bus.publish(NUDGE)
        for act in self.after_commit:
            act()

    async def log(self) -> None:
        """Stores the events collected, whose streams are locked from here on; then reads what
        late ones tell."""
        await self.db.flush()
        await streams.append(
            await self.db.connection(), self.events, actor_id=self.actor_id, cause=self.cause
        )
        late: dict[str, list[Key]] = defaultdict(list)
        for stream_id, event, object_id in self.events:
            if event.late:
                late[event.type_name].append((stream_id, object_id))
        for name, keys in late.items():
            self._fill(name, await hydrate(self.db, name, keys))

    def _fill(self, name: str, present: dict[Key, Event]) -> None:
        for place, (stream_id, event, object_id) in enumerate(self.events):
            found = present.get((stream_id, object_id))
            if found and event.type_name == name:
                stamp = {"seq": event.seq, "actor_id": event.actor_id, "cause": event.cause}
                self.events[place] = (stream_id, found.model_copy(update=stamp), object_id)


@asynccontextmanager
async def work(
    database: Database, bus: Bus, cause: UUID | None = None
) -> AsyncIterator[UnitOfWork]:
    """Opens a unit of work; commits when the block ends well, rolls back when it raises.

    Raises Unavailable when the database is away, slow or full; the outcome is then unknown
    and the caller may repeat the same request.
    """
    try:
        async with database.session() as session:
            uow = UnitOfWork(session, cause)
            try:
                yield uow
            except CourtyardError:
                if uow.keep_on_error:  # a refusal that must be remembered, e.g. a reused token
                    await uow.commit(bus)
                raise
            await uow.commit(bus)
    except (DBAPIError, PoolEmpty, psycopg.Error, PoolTimeout, OSError) as error:
        raise database_trouble(error) from error


def database_trouble(error: BaseException) -> Exception:
    """Translates what a driver raised: Unavailable when waiting helps, else the error itself."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, WAITABLE) or isinstance(error, PoolEmpty):
        log.warning("database_unavailable", kind=type(cause).__name__)
        if isinstance(cause, psycopg.errors.DiskFull):
            return DiskFull(retry_after=5)
        return Unavailable(retry_after=1)
    if isinstance(error, Exception):
        return error
    raise error


async def _request_work(connection: HTTPConnection) -> AsyncIterator[UnitOfWork]:
    state: Any = connection.app.state
    async with work(state.database, state.bus, cause_of(connection)) as uow:
        yield uow


def cause_of(connection: HTTPConnection) -> UUID | None:
    """The client's name for this request; nonsense in the header is no cause at all."""
    try:
        return UUID(connection.headers.get("x-cause", ""))
    except ValueError:
        return None


# scope="function": the commit happens before the response. With the default scope a failing
# commit would still answer 200.
Work = Annotated[UnitOfWork, Depends(_request_work, scope="function")]
