"""The wire of a socket behind a small interface, so that a leaner layer can take its place.

Uvicorn's ASGI `send` costs a coroutine and a frame encoding per socket. Server frames carry no
mask and no compression here, so their bytes are the same for every socket: they are encoded once
and handed to the transports directly.
"""

import time
from typing import Any, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

EXTENSION = "courtyard.socket"
PINGS_PER_SECOND = 10
CLOSE_SECONDS = 2.0


class Socket(Protocol):
    """What the hub needs of a socket."""

    def send_frame(self, data: bytes) -> None:
        """Queues encoded frame bytes; does nothing on a socket that is closing."""

    def buffered(self) -> int:
        """How many bytes wait for a slow reader."""

    def close(self, code: int) -> None:
        """Begins to close; nothing is sent after it."""


def encode(text: bytes) -> bytes:
    """The bytes of a text frame from server to client (RFC 6455 §5.2)."""
    return Frame(Opcode.TEXT, text).serialize(mask=False)


class SocketProtocol(WebSocketsSansIOProtocol):
    """Uvicorn's protocol, which offers itself to the gateway as a Socket."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pings = 0
        self._pings_since = 0.0

    def handle_connect(self, event: Any) -> None:
        """Adds the socket to the scope that the application sees a moment later."""
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: Any = self.scope["extensions"]
            extensions[EXTENSION] = self

    def handle_ping(self) -> None:
        """Answers pings, but not a flood of them (W08)."""
        now = time.monotonic()
        if now - self._pings_since > 1:
            self._pings, self._pings_since = 0, now
        self._pings += 1
        if self._pings > PINGS_PER_SECOND:
            self.close(1008)
            return
        super().handle_ping()

    def send_frame(self, data: bytes) -> None:
        """Hands encoded bytes to the transport."""
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(data)

    def buffered(self) -> int:
        """How many bytes wait for a slow reader."""
        return self.transport.get_write_buffer_size()

    def close(self, code: int) -> None:
        """Says goodbye with this code; a peer that does not answer is cut off."""
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)
