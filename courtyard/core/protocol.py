"""Uvicorn's HTTP protocol with one addition: whoever opens a connection must also ask."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 15.0


class HttpProtocol(HttpToolsProtocol):
    """Cuts connections whose first request's head does not arrive in time (slowloris, Q04)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Starts the clock."""
        super().connection_made(transport)
        self._late = self.loop.call_later(HEAD_SECONDS, transport.abort)

    def on_headers_complete(self) -> None:
        """Stops the clock."""
        self._stop()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the clock."""
        self._stop()
        super().connection_lost(exc)

    def _stop(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None
