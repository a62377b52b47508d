"""A drill: writers and listeners at work while something breaks, then quiet, then the check."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from . import invariants
from .invariants import Findings, Rights
from .killer import healthy
from .listener import Listener, Outsider
from .people import Scene, set_up
from .record import Record, now
from .serving import Serve
from .writer import Writer

QUIET_WITHIN = 40.0
DRAIN_WITHIN = 45.0
# A removed person's socket is deaf at the latest after this (W02 allows 2 s; the rest is leeway
# for a server that is being killed meanwhile).
DEAF_WITHIN = 6.0


@dataclass
class Drill:
    """Everybody who takes part."""

    server: Serve
    scene: Scene
    record: Record
    writers: list[Writer]
    listeners: list[Listener]
    outsider: Outsider
    rights_before: Rights
    leaver: Listener | None = None
    left_at: float = 0.0
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _writing: list[asyncio.Task[None]] = field(default_factory=list)
    _listening: list[asyncio.Task[None]] = field(default_factory=list)

    def begin(self) -> None:
        """Everybody starts."""
        ears = [*self.listeners, self.outsider, *([self.leaver] if self.leaver else [])]
        self._listening = [asyncio.create_task(one.run()) for one in ears]
        self._writing = [asyncio.create_task(one.run(self._stop)) for one in self.writers]

    def delays(self, since: float, until: float) -> list[float]:
        """Seconds from the acknowledgement of a message to each listener that heard of it live,
        for messages acknowledged in that time; a message that was never heard counts as endless."""
        return [
            one.replica.seen.get(str(sent.id), float("inf")) - sent.at
            for one in self.listeners
            for sent in self.record.acknowledged()
            if since < sent.at < until
        ]

    async def all_online(self, timeout: float = 20.0) -> None:
        """Waits until every listener has a socket."""
        async with asyncio.timeout(timeout):
            await asyncio.gather(*(one.online.wait() for one in self.listeners))

    async def remove_leaver(self) -> None:
        """The owner takes a member out of the group; from then on it must hear nothing."""
        assert self.leaver
        owner, person = self.scene.owner, self.leaver.person
        path = f"/api/groups/{self.scene.group}/members/{person.id}"
        if await owner.settle("DELETE", path, None, {204, 404}):
            self.left_at = now()

    async def finish(self, quiet_within: float = QUIET_WITHIN) -> Findings:
        """Writers end what they began, everybody hears everything, then the invariants."""
        self._stop.set()
        _, unfinished = await asyncio.wait(self._writing, timeout=DRAIN_WITHIN)
        if unfinished:
            self.record.violation(f"I1: {len(unfinished)} writers could not end their last words")
        await self._quiet(quiet_within)
        await self.stop()
        self._judge_leaver()
        return await asyncio.to_thread(
            invariants.check,
            self.record,
            self.server.database_url,
            self.scene.channels,
            [one.replica for one in self.listeners],
            self.rights_before,
        )

    async def stop(self) -> None:
        """Ends every task."""
        tasks = [*self._writing, *self._listening]
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                self.record.violation(f"a client failed: {error!r}")
        self._writing, self._listening = [], []

    async def _quiet(self, patience: float) -> None:
        """Waits until every listener has heard of every event, without a word from us."""
        url, channels = self.server.database_url, self.scene.channels
        wanted = await asyncio.to_thread(invariants.heads, url, channels)
        deadline = now() + patience
        while now() < deadline:
            if all(one.replica.seqs == wanted for one in self.listeners):
                return
            await asyncio.sleep(0.1)
        behind = [one.person.name for one in self.listeners if one.replica.seqs != wanted]
        self.record.violation(f"I4: {patience:g} s after quiet {behind} are behind")

    def _judge_leaver(self) -> None:
        if not self.leaver or not self.left_at:
            return
        heard = max(self.leaver.replica.seen.values(), default=0.0)
        if heard > self.left_at + DEAF_WITHIN:
            late = heard - self.left_at
            self.record.violation(f"I7: a removed person heard messages {late:.1f} s later")


@asynccontextmanager
async def drill(
    server: Serve,
    *,
    writers: int,
    channels: int,
    listeners: int,
    pause: float = 0.02,
    via: str | None = None,
) -> AsyncIterator[Drill]:
    """A drill on a fresh workspace, everybody at work. One listener more is there to leave.

    With `via` people reach the server at another address, such as a proxy's.
    """
    record = Record()
    scene = await set_up(server.url, record, writers + listeners + 1, channels)
    if via:
        await scene.move(via)
    writing = scene.people[:writers]
    ears = [Listener(person, scene.channels) for person in scene.people[writers:]]
    made = Drill(
        server,
        scene,
        record,
        [
            Writer(person, scene.channels[number % channels], record, pause, number)
            for number, person in enumerate(writing)
        ],
        ears[:-1],
        Outsider(scene.outsider, scene.channels, record),
        invariants.rights_of(server.database_url),
        ears[-1],
    )
    try:
        made.begin()
        await made.all_online()
        yield made
    finally:
        await made.stop()
        await scene.close()


async def wait_healthy(url: str, timeout: float = 60.0) -> float:
    """Seconds until the server says that all is well."""
    began = time.monotonic()
    while not await healthy(url):
        if time.monotonic() - began > timeout:
            raise TimeoutError(f"not healthy in {timeout:g} s")
        await asyncio.sleep(0.1)
    return time.monotonic() - began
