"""The bus carries hints between processes: frames of events, ephemeral frames, nudges.

In one process it is a plain call. Between processes it is Redis publish and subscribe, which
only makes things faster: a lost hint is repaired by the hub's poll of the database.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()

RETRY_SECONDS = 1.0
# Each process says now and then that it is here. Who has heard nobody for a while is alone and
# publishes nothing to nobody: one server of one process is how most people run Courtyard.
BEAT = 15.0
COMPANY = 3 * BEAT
QUEUE = 4096


@dataclass(slots=True, frozen=True)
class Frame:
    """One hint. `seq` > 0: a stored event; 0: ephemeral; -1: a nudge to look again at once."""

    stream_id: UUID
    seq: int
    body: bytes

    def pack(self, origin: bytes) -> bytes:
        """The frame as bytes: origin (8), stream (16), seq (8, signed), body."""
        return origin + self.stream_id.bytes + self.seq.to_bytes(8, "big", signed=True) + self.body

    @classmethod
    def unpack(cls, data: bytes) -> tuple[bytes, "Frame"]:
        """The origin and the frame. Raises ValueError when the bytes are no frame."""
        if len(data) < 32:
            raise ValueError("too short for a frame")
        seq = int.from_bytes(data[24:32], "big", signed=True)
        return data[:8], cls(UUID(bytes=data[8:24]), seq, data[32:])


# Rights or sessions changed: every process looks at the database now instead of at its next poll.
NUDGE = Frame(UUID(int=0), -1, b"")

# Between the buses themselves: is anybody here, and yes.
_ASK, _HERE = Frame(UUID(int=0), -2, b"?"), Frame(UUID(int=0), -2, b"!")

Listener = Callable[[Frame], None]


class Bus:
    """Publishes frames to this process at once and to the others through Redis."""

    def __init__(self, redis_url: str | None, channel: bytes = b"courtyard") -> None:
        """`channel` parts workspaces that share one Redis."""
        self._url = redis_url
        self._channel = channel
        self._origin = os.urandom(8)
        self._listeners: list[Listener] = []
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(QUEUE)
        self._tasks: list[asyncio.Task[None]] = []
        self._working: set[str] = set()
        self._heard_at = -COMPANY

    @property
    def alive(self) -> bool:
        """Whether frames go out to the other processes and come in from them."""
        return len(self._working) == 2

    @property
    def company(self) -> bool:
        """Whether another process was heard of lately."""
        return time.monotonic() - self._heard_at < COMPANY

    def listen(self, listener: Listener) -> None:
        """Calls `listener` with every frame, own and foreign. It must not block or raise."""
        self._listeners.append(listener)

    def publish(self, frame: Frame) -> None:
        """Hands the frame to the local listeners and queues it for the other processes."""
        for listener in self._listeners:
            listener(frame)
        if self._url and self.alive and self.company:
            self._put(frame)

    def _put(self, frame: Frame) -> None:
        if not self._queue.full():
            self._queue.put_nowait(frame.pack(self._origin))

    async def start(self) -> None:
        """Begins to exchange frames with the other processes; returns at once."""
        if self._url:
            self._tasks = [
                asyncio.create_task(self._forever(self._send)),
                asyncio.create_task(self._forever(self._receive)),
            ]

    async def stop(self) -> None:
        """Ends the exchange."""
        waiting = set(self._tasks)
        while waiting:
            for task in waiting:
                task.cancel()
            # Again until they are gone: a client in the midst of sending can swallow one.
            _, waiting = await asyncio.wait(waiting, timeout=0.5)

    async def ping(self) -> bool:
        """Whether Redis answers now."""
        if not self._url:
            return False
        try:
            async with self._client() as client:
                return bool(await client.ping())
        except (RedisError, OSError, TimeoutError):
            return False

    def _client(self) -> Redis:
        assert self._url
        return Redis.from_url(
            self._url, socket_connect_timeout=2, socket_timeout=10, health_check_interval=15
        )

    async def _forever(self, step: Callable[[Redis], Awaitable[None]]) -> None:
        while True:
            try:
                async with self._client() as client:
                    await step(client)
            except Exception as error:
                if self.alive:
                    log.warning("bus_lost", kind=type(error).__name__)
            finally:
                self._working.discard(step.__name__)
            await asyncio.sleep(RETRY_SECONDS)

    async def _send(self, client: Redis) -> None:
        # Each way says by itself that it works again: after a long pause of Redis one of the two
        # may have been cut and not the other.
        await client.ping()
        while not self._queue.empty():
            self._queue.get_nowait()  # hints of before; the poll has repaired them
        self._working.add("_send")
        while True:
            try:
                batch = [await asyncio.wait_for(self._queue.get(), BEAT)]
            except TimeoutError:
                batch = [_HERE.pack(self._origin)]
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            async with client.pipeline(transaction=False) as pipe:
                for data in batch:
                    pipe.publish(self._channel, data)
                await pipe.execute()

    async def _receive(self, client: Redis) -> None:
        async with client.pubsub(ignore_subscribe_messages=True) as pubsub:
            await pubsub.subscribe(self._channel)
            self._working.add("_receive")
            await client.publish(self._channel, _ASK.pack(self._origin))
            while True:
                message = await pubsub.get_message(timeout=5)
                if message:
                    self._deliver(message["data"])

    def _deliver(self, data: bytes) -> None:
        try:
            origin, frame = Frame.unpack(data)
        except ValueError:
            return  # not ours; the poll repairs what it may have been
        if origin == self._origin:
            return
        self._heard_at = time.monotonic()
        if frame.seq == _ASK.seq:
            if frame == _ASK:
                self._put(_HERE)
            return
        for listener in self._listeners:
            try:
                listener(frame)
            except Exception as error:  # another release's words must not end our hearing
                log.warning("frame_not_understood", kind=type(error).__name__)
