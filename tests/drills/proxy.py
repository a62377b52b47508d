"""A slow line: a TCP proxy on loopback that hands every byte on a little later, in order."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from .record import now


@asynccontextmanager
async def slow_line(port: int, delay: float, jitter: float) -> AsyncIterator[str]:
    """The address at which `port` is reached with `delay` ± `jitter` seconds, each way."""
    lines: set[asyncio.Task[None]] = set()

    async def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        lines.add(task)
        task.add_done_callback(lines.discard)
        await asyncio.sleep(_some(delay, jitter))  # the handshake's own way
        with suppress(OSError):
            there = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(
                _carry(reader, there[1], delay, jitter), _carry(there[0], writer, delay, jitter)
            )

    server = await asyncio.start_server(taken, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in list(lines):
            task.cancel()
        await asyncio.gather(*lines, return_exceptions=True)


def _some(delay: float, jitter: float) -> float:
    return delay + random.uniform(-jitter, jitter)


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float, jitter: float
) -> None:
    """Hands on what comes, each piece when it is due and none before the one before it."""
    pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def read() -> None:
        while True:
            data = await reader.read(65_536)
            await pieces.put((now() + _some(delay, jitter), data))
            if not data:
                return

    reading = asyncio.create_task(read())
    try:
        while True:
            due, data = await pieces.get()
            await asyncio.sleep(due - now())
            if not data:
                return
            writer.write(data)
            await writer.drain()
    finally:
        reading.cancel()
        writer.close()
