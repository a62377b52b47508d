"""Uvicorn's HTTP protocol with one addition: whoever opens a connection must also ask, soon and
briefly."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 15.0
HEAD_BYTES = 32_768


class HttpProtocol(HttpToolsProtocol):
    """Cuts connections whose request's head does not arrive in time (slowloris) or does not end
    (Q04)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late: asyncio.TimerHandle | None = None
        self._head_bytes = 0
        self._in_head = True

    def connection_made(self, transport: Any) -> None:
        """Starts the clock."""
        super().connection_made(transport)
        self._start()

    def data_received(self, data: bytes) -> None:
        """Counts what arrives before a head is complete, in pieces no longer than a head may be,
        so that nothing endless is ever parsed."""
        for start in range(0, len(data), HEAD_BYTES):
            piece = data[start : start + HEAD_BYTES]
            if self._in_head:
                self._head_bytes += len(piece)
                if self._head_bytes > 2 * HEAD_BYTES:
                    self.transport.abort()
                    return
            super().data_received(piece)
            now_served_by: Any = self.transport.get_protocol()
            if now_served_by is not self and len(data) > start + HEAD_BYTES:
                now_served_by.data_received(data[start + HEAD_BYTES :])  # a socket by now
                return

    def on_message_begin(self) -> None:
        """A further request of the same connection has begun."""
        self._start()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Stops the clock."""
        self._stop()
        self._in_head, self._head_bytes = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What comes next is a head again."""
        self._in_head = True
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the clock."""
        self._stop()
        super().connection_lost(exc)

    def _start(self) -> None:
        self._stop()
        self._late = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _stop(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None
