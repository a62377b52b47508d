"""What the measures share: a pool of connections, percentiles, and books of CPU time."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.sides import Side
from bench.wire import Broken, Http, http


class Links:
    """Keep-alive connections; whoever asks takes one that is free."""

    def __init__(self, links: Sequence[Http]) -> None:
        self._all = links
        # In turns, not the last used first: the server cuts connections that never ask.
        self._free: asyncio.Queue[Http] = asyncio.Queue()
        for link in links:
            self._free.put_nowait(link)

    async def ask(self, request: bytes) -> bytes:
        """The body of a good answer."""
        link = await self._free.get()
        try:
            status, body = await link.ask(request)
        finally:
            self._free.put_nowait(link)
        if status >= 300:
            raise Broken(f"{status} {body[:200]!r}")
        return body

    def close(self) -> None:
        """Closes them all."""
        for link in self._all:
            link.close()


async def links(side: Side, many: int) -> Links:
    """`many` connections to a server."""
    return Links([await http(side.server.port) for _ in range(many)])


@dataclass(slots=True)
class Books:
    """CPU seconds of a stretch of time, and the generator's share of a core."""

    application: float = 0
    database: float = 0
    generator: float = 0
    wall: float = 0

    @property
    def generator_share(self) -> float:
        """Which part of a core the generator took."""
        return self.generator / self.wall


@contextmanager
def books(side: Side) -> Iterator[Books]:
    """Counts while the block runs."""
    kept = Books(-side.server.application_seconds(), -side.server.database_seconds())
    kept.generator, kept.wall = -time.process_time(), -time.perf_counter()
    yield kept
    kept.generator += time.process_time()
    kept.wall += time.perf_counter()
    kept.application += side.server.application_seconds()
    kept.database += side.server.database_seconds()


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which this part of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]
