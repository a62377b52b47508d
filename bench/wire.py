"""A client light enough not to be what is measured: HTTP/1.1 and WebSocket by hand on protocols.

It speaks what the two servers answer and nothing more (lengths instead of chunks, unfragmented
frames), and masks with zeros: the point of a mask is browsers.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

HOST = "127.0.0.1"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
CONNECT_SECONDS = 20


class Broken(Exception):
    """The server closed, or said what this client does not expect."""


class Http(asyncio.Protocol):
    """One keep-alive connection, one request at a time."""

    def __init__(self) -> None:
        self._buffer = b""
        self._end = -1
        self._status = 0
        self._waiter: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: Any) -> None:
        """Remembers the transport."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Collects until the answer is whole."""
        self._buffer = self._buffer + data if self._buffer else data
        if self._end < 0:
            self._read_head()
        if 0 <= self._end <= len(self._buffer):
            body = self._buffer[self._start : self._end]
            self._buffer, self._end = self._buffer[self._end :], -1
            waiter, self._waiter = self._waiter, None
            if waiter and not waiter.done():
                waiter.set_result((self._status, body))

    def _read_head(self) -> None:
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        self._status = int(self._buffer[9:12])
        at = self._buffer.lower().find(b"content-length:", 0, head)
        length = int(self._buffer[at + 15 : self._buffer.find(b"\r\n", at)]) if at > 0 else 0
        self._start, self._end = head + 4, head + 4 + length

    def connection_lost(self, _error: Exception | None) -> None:
        """Ends whoever waits."""
        if self._waiter and not self._waiter.done():
            self._waiter.set_exception(Broken("the connection was closed"))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Sends a whole request; returns status and body."""
        if self._transport.is_closing():
            raise Broken("the connection was closed")
        self._waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiter

    def close(self) -> None:
        """Closes without a word."""
        self._transport.abort()


async def http(port: int) -> Http:
    """A new connection."""
    _, protocol = await asyncio.get_running_loop().create_connection(Http, HOST, port)
    return protocol


def request(method: str, path: str, body: bytes = b"", token: str | None = None) -> bytes:
    """The bytes of a request."""
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n"
    if token:
        head += f"Authorization: Bearer {token}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


class Socket(asyncio.Protocol):
    """One WebSocket; every message goes to `heard` with the time of its arrival (ns)."""

    def __init__(self, heard: Callable[[bytes, int], None]) -> None:
        self.heard = heard
        self._buffer = b""
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost = asyncio.Event()

    def connection_made(self, transport: Any) -> None:
        """Remembers the transport."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Cuts frames."""
        now = time.perf_counter_ns()
        data = self._buffer + data if self._buffer else data
        at = 0
        if not self._ready.done():
            at = data.find(b"\r\n\r\n") + 4
            if at < 4:
                self._buffer = data
                return
            self._shake(data)
        while (frame := _frame(data, at)) is not None:
            opcode, start, at = frame
            if opcode in (TEXT, 2):
                self.heard(data[start:at], now)
            elif opcode == PING:
                self._transport.write(_masked(PONG, data[start:at]))
            elif opcode == CLOSE:
                self._transport.abort()
        self._buffer = data[at:]

    def _shake(self, data: bytes) -> None:
        if data[9:12] == b"101":
            self._ready.set_result(None)
        else:
            self._ready.set_exception(Broken(data[:40].decode("latin-1")))
            self._transport.abort()

    def connection_lost(self, _error: Exception | None) -> None:
        """A handshake that never ends is an error."""
        self.lost.set()
        if not self._ready.done():
            self._ready.set_exception(Broken("closed during the handshake"))

    async def open(self, path: str, protocols: str | None) -> None:
        """Does the handshake."""
        head = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\n"
        head += "Upgrade: websocket\r\n"
        head += "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        head += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        head += f"Sec-WebSocket-Protocol: {protocols}\r\n" if protocols else ""
        self._transport.write(head.encode() + b"\r\n")
        await asyncio.wait_for(self._ready, CONNECT_SECONDS)

    def say(self, text: bytes) -> None:
        """Sends a text message."""
        if self._transport.is_closing():
            raise Broken("the socket was closed")
        self._transport.write(_masked(TEXT, text))

    def close(self) -> None:
        """Closes without a word, as a broken line does."""
        self._transport.abort()


async def socket(
    port: int, path: str, heard: Callable[[bytes, int], None], protocols: str | None = None
) -> Socket:
    """A new WebSocket, open."""
    loop = asyncio.get_running_loop()
    _, protocol = await loop.create_connection(lambda: Socket(heard), HOST, port)
    await protocol.open(path, protocols)
    return protocol


def _frame(data: bytes, at: int) -> tuple[int, int, int] | None:
    """`(opcode, start, end)` of the payload of the frame at `at`, None when it is not whole."""
    size = len(data)
    if size < at + 2:
        return None
    length, start = data[at + 1] & 127, at + 2
    if length > 125:
        wide = 2 if length == 126 else 8
        length = int.from_bytes(data[start : start + wide], "big")
        start += wide
    return (data[at] & 15, start, start + length) if size >= start + length else None


def _masked(opcode: int, payload: bytes) -> bytes:
    size = len(payload)
    length = bytes([128 | size]) if size < 126 else bytes([254]) + size.to_bytes(2, "big")
    return bytes([128 | opcode]) + length + bytes(4) + payload
