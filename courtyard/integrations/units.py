"""Many transactions in a row, for work that is too long for one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from courtyard.core.bus import Bus
from courtyard.core.database import Database
from courtyard.core.errors import Unavailable
from courtyard.core.unit_of_work import UnitOfWork, work

T = TypeVar("T")

TRIES = 6


class Units:
    """Runs units of work as one actor."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self.database = database
        self.actor_id: UUID | None = None
        self._bus = bus

    async def run(self, act: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Runs `act` in a transaction; again when the database was away or busy, so it must be
        idempotent. Raises Unavailable after about ten seconds of that."""
        attempt = 0
        while True:
            try:
                async with work(self.database, self._bus) as uow:
                    uow.actor_id = self.actor_id
                    return await act(uow)
            except Unavailable:
                attempt += 1
                if attempt == TRIES:
                    raise
                await asyncio.sleep(0.2 * 2**attempt)
