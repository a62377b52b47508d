"""The killer: kill -9 in turn, waiting for health in between."""

import asyncio
import os
import signal
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress

import httpx

from .people import line
from .record import Fault, Record, now
from .serving import Serve

HEALTH_PATIENCE = 60.0
# A process that was just started imports for a while; only then it counts as back.
APP_START = 3.0


class Killer:
    """Kills parts of a running server by their process ids."""

    def __init__(self, server: Serve, record: Record, good: Collection[str] = ("ok",)) -> None:
        self.server, self.record, self.good = server, record, good
        self._app = 0
        self.kinds: dict[str, Callable[[], None]] = {
            "app": self._one_app,
            "apps": self._all_apps,
            "postmaster": lambda: _kill([server.pid("postgres")]),
            "postgres": lambda: _kill(server.postgres_pids()),
            "valkey": lambda: _kill([server.pid("valkey")]),
        }

    async def kill(self, kind: str) -> Fault:
        """One kill; returns when the server is healthy again, or is not after a minute."""
        before = {name: self.server.starts(name) for name in self.server.started}
        fault = Fault(kind, now())
        self.record.faults.append(fault)
        self.kinds[kind]()
        while now() - fault.at < HEALTH_PATIENCE:
            if self._back(kind, before) and await healthy(self.server.url, self.good):
                fault.healthy_after = now() - fault.at
                break
            await asyncio.sleep(0.05)
        return fault

    async def settled(self) -> None:
        """Waits until every process of the application has had the time to start."""
        while any(
            now() - self.server.started[name][-1][0] < APP_START for name in self.server.apps()
        ):
            await asyncio.sleep(0.1)

    def _back(self, kind: str, before: dict[str, int]) -> bool:
        """Whether what was killed was started again; else health still speaks of the dead."""
        apps = self.server.apps()
        names = {"app": apps, "apps": apps, "postmaster": ["postgres"]}.get(kind, [kind])
        again = [self.server.starts(name) > before[name] for name in names]
        return any(again) if kind == "app" else all(again)

    def _one_app(self) -> None:
        names = self.server.apps()
        _kill([self.server.pid(names[self._app % len(names)])])
        self._app += 1

    def _all_apps(self) -> None:
        _kill([self.server.pid(name) for name in self.server.apps()])


def _kill(pids: Iterable[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


async def healthy(url: str, good: Collection[str] = ("ok",)) -> bool:
    """Whether a new connection is told that all is well."""
    try:
        async with line(url, 3) as http:
            answer = await http.get("/api/health")
            return answer.status_code == 200 and answer.json()["status"] in good
    except (httpx.HTTPError, OSError):
        return False
