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
POLICY = 1008
FRAMES_PER_SECOND = 200
PIECE = 4096
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
        self._seen = 0
        self._seen_since = 0.0
        self._flooded = False

    def handle_connect(self, event: Any) -> None:
        """Adds the socket to the scope that the application sees a moment later."""
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: Any = self.scope["extensions"]
            extensions[EXTENSION] = self

    def data_received(self, data: bytes) -> None:
        """Reads in small pieces, so that a flood is noticed before much of it was parsed."""
        for start in range(0, len(data), PIECE):
            if self._flooded:
                return
            super().data_received(data[start : start + PIECE])

    def handle_events(self) -> None:
        """Counts frames of every kind, also those no application ever sees (W08)."""
        if self.handshake_complete and self._too_many(len(self.conn.events)):
            self._flooded = True
            self.close(POLICY)
            self.transport.pause_reading()
            return
        super().handle_events()

    def _too_many(self, frames: int) -> bool:
        now = time.monotonic()
        if now - self._seen_since > 1:
            self._seen, self._seen_since = 0, now
        self._seen += frames
        return self._seen > FRAMES_PER_SECOND

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
