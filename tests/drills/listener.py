"""Listeners: real sockets that come back by themselves and keep a replica of what they hear."""

import asyncio
import json
import random
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from .people import Person, Unsettled
from .record import Record, now
from .replica import Replica

OPEN_AGAIN = 1.0
Broken = (*Unsettled, WebSocketException, OSError, TimeoutError)


async def open_socket(person: Person) -> ClientConnection:
    """A socket that said hello. Raises one of `Broken`."""
    answer = await person.ask("POST", "/api/socket/ticket")
    if answer.status_code != 200:
        raise httpx.RemoteProtocolError(f"ticket answered {answer.status_code}")
    address = person.url.replace("http", "ws", 1) + "/api/socket"
    protocols: Any = ["courtyard.1", f"ticket.{answer.json()['ticket']}"]
    socket = await connect(
        address,
        origin=person.url,  # type: ignore[arg-type] - the library wants its own str
        subprotocols=protocols,
        compression=None,
        proxy=None,
        open_timeout=10,
        close_timeout=1,
        max_size=None,
    )
    async with asyncio.timeout(10):
        while "hello" not in json.loads(await socket.recv()):
            pass  # heads may come before it
    return socket


class Listener:
    """One tab: a socket with some channels open."""

    def __init__(self, person: Person, channels: Iterable[UUID]) -> None:
        self.person = person
        self.replica = Replica(person, map(str, channels))
        self.close_code: int | None = None
        self.socket: ClientConnection | None = None
        self.online = asyncio.Event()
        self._broke_at = 0.0

    async def run(self) -> None:
        """Stays connected until cancelled, or until the server ends the session."""
        working = asyncio.create_task(self.replica.work())
        try:
            attempt = 0
            while self.close_code != 4001:
                try:
                    await self._connected()
                except Broken:
                    attempt = 0 if self.online.is_set() else attempt + 1
                    self.online.clear()
                await asyncio.sleep(random.random() * min(2.0, 0.25 * 2**attempt))
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    async def _connected(self) -> None:
        await self.person.fresh()
        await self.replica.load()
        socket = await open_socket(self.person)
        self.socket = socket
        if self._broke_at:
            self.person.record.resumed.append(now() - self._broke_at)
        try:
            await self._open(socket)
            self.replica.catch_up()
            self.online.set()
            async for data in socket:
                await self._heard(socket, json.loads(data))
        finally:
            self._broke_at, self.close_code = now(), socket.close_code
            with suppress(*Broken):
                await socket.close()

    async def _open(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps({"op": "open", "streams": self.replica.channels}))

    async def _heard(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        self.replica.hear(frame)
        if frame.get("error", {}).get("code") == "unavailable":
            # The database was away for a moment: the set is asked for again.
            await asyncio.sleep(OPEN_AGAIN * random.random())
            await self._open(socket)
            self.replica.catch_up()


class Outsider:
    """Somebody without rights who keeps trying to read all the same (I7)."""

    def __init__(self, person: Person, channels: Iterable[UUID], record: Record) -> None:
        self.person, self.record = person, record
        self._channels = [str(channel) for channel in channels]
        self.tries = 0

    async def run(self) -> None:
        """Knocks at every door until cancelled."""
        while True:
            with suppress(*Broken):
                await self._knock()
            await asyncio.sleep(0.5)

    async def _knock(self) -> None:
        await self.person.fresh()
        await self._history()
        await self._sync()
        socket = await open_socket(self.person)
        try:
            await socket.send(json.dumps({"op": "open", "streams": self._channels}))
            with suppress(TimeoutError):
                async with asyncio.timeout(1.5):
                    async for data in socket:
                        self._judge(json.loads(data))
        finally:
            await socket.close()
        self.tries += 1

    async def _history(self) -> None:
        for channel in self._channels:
            answer = await self.person.ask("GET", f"/api/channels/{channel}/messages")
            if answer.status_code not in (401, 404, 503):
                self.record.violation(f"I7: an outsider's read answered {answer.status_code}")

    async def _sync(self) -> None:
        asked = {"open": dict.fromkeys(self._channels, 0)}
        answer = await self.person.ask("POST", "/api/sync", asked)
        states = {part["state"] for part in answer.json().get("streams", {}).values()}
        if states - {"gone"}:
            self.record.violation(f"I7: an outsider's catch-up answered {states}")

    def _judge(self, frame: dict[str, Any]) -> None:
        named = {frame.get("s"), *frame.get("opened", {})}
        named |= {line["s"] for line in frame.get("heads", ())}
        if named & set(self._channels):
            self.record.violation("I7: an outsider's socket heard of a place it may not read")
