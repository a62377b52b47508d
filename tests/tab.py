"""A browser tab of a test: a real socket, whose every frame is kept and recorded."""

import asyncio
import json
from typing import Any, Self
from uuid import UUID

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.patience import PATIENCE, until
from tests.tap import TAP

PROTOCOL = "courtyard.1"
_open: set["Tab"] = set()


class Tab:
    """Reads in the background; tests look at what came, or wait for it."""

    def __init__(self, name: str, socket: ClientConnection) -> None:
        self.name = name
        self.socket = socket
        self.frames: list[dict[str, Any]] = []
        self.code: int | None = None
        self._reader = asyncio.create_task(self._read())
        _open.add(self)

    @classmethod
    async def open(cls, name: str, port: int, ticket: str, **options: Any) -> Self:
        """A socket that said hello."""
        options.setdefault("subprotocols", [PROTOCOL, f"ticket.{ticket}"])
        options.setdefault("origin", f"http://127.0.0.1:{port}")
        socket = await connect(
            f"ws://127.0.0.1:{port}/api/socket", compression=None, max_size=None, **options
        )
        tab = cls(name, socket)
        await tab.frame("hello")
        return tab

    async def _read(self) -> None:
        try:
            async for text in self.socket:
                TAP.record(self.name, "a frame", text)
                self.frames.append(json.loads(text))
        except ConnectionClosed:
            pass
        self.code = self.socket.close_code or 1006

    async def close(self) -> None:
        """Closes the tab."""
        _open.discard(self)
        await self.socket.close()
        await self._reader

    # Saying

    async def send(self, operation: Any) -> None:
        """One operation, as JSON unless it is text or bytes already."""
        raw = isinstance(operation, str | bytes)
        await self.socket.send(operation if raw else json.dumps(operation, default=str))

    async def show(self, *streams: UUID) -> dict[str, int]:
        """Puts exactly these channels on screen; returns the heads of those it may read."""
        known = len(self.frames)
        await self.send({"op": "open", "streams": streams})
        opened: dict[str, int] = (await self.frame("opened", after=known))["opened"]
        return opened

    async def settle(self) -> None:
        """Returns when everything the server sent before now has arrived."""
        known = len(self.frames)
        await self.send({"op": "watch", "users": []})
        await until(lambda: {"presence": {}} in self.frames[known:], "the answer to watch")

    # Hearing

    async def frame(self, key: str, after: int = 0, timeout: float = PATIENCE) -> dict[str, Any]:
        """The first frame of a kind, from a point on."""
        found = lambda: next((f for f in self.frames[after:] if key in f), None)  # noqa: E731
        frame: dict[str, Any] = await until(
            lambda: found() or self._unless_closed(key), f"a frame {key} for {self.name}", timeout
        )
        return frame

    def _unless_closed(self, key: str) -> None:
        assert self.code is None, f"closed with {self.code} before {key}; heard {self.frames}"

    def events(self, stream: UUID | None = None, kind: str = "e") -> list[dict[str, Any]]:
        """All events of a stream (or of all), in the order in which they came."""
        return [
            event
            for frame in self.frames
            if kind in frame and (stream is None or frame["s"] == str(stream))
            for event in frame[kind]
        ]

    def whispers(self, stream: UUID | None = None) -> list[dict[str, Any]]:
        """What was said without being stored."""
        return self.events(stream, "x")

    async def event(
        self, name: str, stream: UUID | None = None, timeout: float = PATIENCE, **having: Any
    ) -> dict[str, Any]:
        """The first event of a type, with these values."""

        def found() -> dict[str, Any] | None:
            for event in [*self.events(stream), *self.whispers(stream)]:
                if event["type"] == name and having.items() <= event.items():
                    return event
            return None

        event: dict[str, Any] = await until(found, f"{name} for {self.name}", timeout)
        return event

    async def message(self, message_id: str, timeout: float = PATIENCE) -> dict[str, Any]:
        """The first event about a message."""
        event: dict[str, Any] = await until(
            lambda: next((e for e in self.events() if _about(e, message_id)), None),
            f"message {message_id} for {self.name}",
            timeout,
        )
        return event

    def knows(self, message_id: str) -> bool:
        """Whether any event told of a message."""
        return any(_about(event, message_id) for event in self.events())

    async def head(self, channel: UUID, seq: int, timeout: float = PATIENCE) -> dict[str, Any]:
        """The first coalesced head of a channel that is at least at `seq`."""
        head: dict[str, Any] = await until(
            lambda: next((h for h in self.heads(channel) if h["seq"] >= seq), None),
            f"the head {seq} for {self.name}",
            timeout,
        )
        return head

    def heads(self, channel: UUID | None = None) -> list[dict[str, Any]]:
        """The coalesced heads that came."""
        lines = [line for frame in self.frames for line in frame.get("heads", ())]
        return [line for line in lines if channel is None or line["s"] == str(channel)]

    async def ended(self, timeout: float = PATIENCE) -> int:
        """The code with which the socket was closed."""
        code: int = await until(lambda: self.code, f"the end of {self.name}'s tab", timeout)
        return code


def _about(event: dict[str, Any], message_id: str) -> bool:
    return event.get("message", {}).get("id") == message_id


async def close_all() -> None:
    """Closes what a test left open."""
    for tab in list(_open):
        await tab.close()
