"""The fan-out of this process: stream → connections, in order, encoded once.

Subscribing comes before reading heads, so nothing falls between. A hint that comes early is held
for 100 ms, then the hub fills the gap from the database, once for all its sockets. What Redis
loses is found by the watch (see `watch`).
"""

import asyncio
import time
from collections import Counter
from collections.abc import Collection, Coroutine, Iterable
from uuid import UUID

import orjson
import structlog

from courtyard.core.bus import NUDGE, Bus, Frame
from courtyard.core.database import Database
from courtyard.realtime import catchup
from courtyard.realtime.connection import Connection
from courtyard.realtime.sockets import encode
from courtyard.realtime.stream import LiveStream
from courtyard.realtime.watchers import Watchers

log = structlog.get_logger()

HOLD = 0.1
GATHER = 0.02
HEADS_EVERY = 1.0
KEEP_IDLE = 120.0
FILL_LIMIT = 500
CROWD = 200


class Hub:
    """All connections of this process and the streams they listen to."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self.database = database
        self.connections: set[Connection] = set()
        self.tabs: Counter[UUID] = Counter()
        self.streams: dict[UUID, LiveStream] = {}
        self.watchers = Watchers()
        self.nudged = asyncio.Event()
        self._dirty: set[LiveStream] = set()
        self._heads_timer: asyncio.TimerHandle | None = None
        self._heads_at = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._bus = bus
        bus.listen(self._hear)

    def announce_typing(self, channel_id: UUID, user_id: UUID, seconds: int) -> None:
        """Tells the readers of a channel, on every process, that somebody writes. Not a crowd: it
        would hear of little else, and somebody always writes."""
        stream = self.streams.get(channel_id)
        if stream and len(stream.readers) > CROWD:
            return
        body = {"type": "typing", "user_id": str(user_id), "expires_in": seconds}
        self._bus.publish(Frame(channel_id, 0, orjson.dumps(body)))

    def _hear(self, frame: Frame) -> None:
        if frame == NUDGE:
            self.nudged.set()
            return
        stream = self.streams.get(frame.stream_id)
        if stream is None:
            return
        if frame.seq == 0:
            self.whisper(stream, frame.body)
        elif frame.seq > 0:
            if not stream.accept(frame):
                self.look_again(stream)
            self.moved(stream)

    def moved(self, stream: LiveStream) -> None:
        """Sends what became deliverable: at once when the stream is calm, else gathered."""
        if stream.followers:
            self._dirty.add(stream)
            self._arm_heads()
        if not stream.ready or stream.flushing:
            return
        wait = stream.flushed_at + GATHER - time.monotonic()
        if wait <= 0:
            self._flush(stream)
        else:
            stream.flushing = True
            asyncio.get_running_loop().call_later(wait, self._flush, stream)

    def _flush(self, stream: LiveStream) -> None:
        stream.flushing = False
        data = stream.take_ready()
        if data:
            for connection in stream.readers:
                connection.send(data)

    def whisper(self, stream: LiveStream, body: bytes) -> None:
        """Sends an ephemeral fact to the readers of a stream."""
        data = encode(b'{"s":"%s","x":[%s]}' % (str(stream.id).encode(), body))
        for connection in stream.readers:
            connection.send(data)

    # Joining and leaving

    async def listen(self, ids: Collection[UUID]) -> None:
        """Makes sure these streams are heard and their heads known."""
        for stream_id in ids:
            stream = self.streams.setdefault(stream_id, LiveStream(stream_id))
            stream.idle_since = time.monotonic()  # not forgotten before somebody reads it
        unknown = [i for i in ids if (s := self.streams.get(i)) and s.head is None]
        if unknown:
            for stream_id, head in (await catchup.heads(self.database, unknown)).items():
                if known := self.streams.get(stream_id):
                    known.start_at(head)
                    self.moved(known)

    def read(self, connection: Connection, ids: Iterable[UUID]) -> dict[UUID, int]:
        """Gives a connection full frames of these streams, which are listened to and allowed.
        Returns the heads from which on every event is delivered."""
        heads = {}
        for stream_id in ids:
            stream = self.streams.get(stream_id)
            if stream and stream.head is not None:
                stream.readers.add(connection)
                heads[stream_id] = stream.head
        return heads

    def stop_reading(self, connection: Connection, ids: Iterable[UUID]) -> None:
        """Takes full frames away."""
        for stream_id in ids:
            if stream := self.streams.get(stream_id):
                stream.readers.discard(connection)
                self._rest(stream)

    def follow(self, connection: Connection, ids: set[UUID]) -> None:
        """Gives a connection the coalesced heads of exactly these streams."""
        for stream_id in connection.followed - ids:
            if stream := self.streams.get(stream_id):
                stream.followers.discard(connection)
                self._rest(stream)
        for stream_id in ids:
            if stream := self.streams.get(stream_id):
                stream.followers.add(connection)
        connection.followed = ids

    def join(self, connection: Connection) -> None:
        """Counts a connection in."""
        self.connections.add(connection)
        self.tabs[connection.user_id] += 1

    def leave(self, connection: Connection) -> None:
        """Forgets a connection; that it was forgotten already is fine."""
        if connection in self.connections:
            self.connections.discard(connection)
            self.tabs[connection.user_id] -= 1
            self.tabs += Counter()  # drops those at zero
        self.stop_reading(connection, connection.open | connection.always)
        self.follow(connection, set())
        self.watchers.look_at(connection, set())

    def _rest(self, stream: LiveStream) -> None:
        if not stream.readers and not stream.followers:
            stream.idle_since = time.monotonic()

    def forget_idle(self) -> None:
        """Lets go of streams that nobody listened to for two minutes; until then their recent
        past serves those whose line broke."""
        limit = time.monotonic() - KEEP_IDLE
        for stream in list(self.streams.values()):
            if not stream.readers and not stream.followers and stream.idle_since < limit:
                del self.streams[stream.id]

    # Order restored

    def look_again(self, stream: LiveStream, head: int = 0) -> None:
        """Waits a moment for hints on their way, then fills what is still missing: frames that
        came early, or everything up to `head`."""
        stream.behind = max(stream.behind, head)
        if not stream.looking:
            stream.looking = True
            self._spawn(self._look(stream))

    async def _look(self, stream: LiveStream) -> None:
        """One at a time per stream, however many frames came early."""
        try:
            while stream.early or (stream.head or 0) < stream.behind:
                known = stream.head
                await asyncio.sleep(HOLD)
                if stream.head == known:
                    await self.fill(stream)
                    return
        finally:
            stream.looking = False

    async def fill(self, stream: LiveStream) -> None:
        """Reads what is missing from the database and delivers it in order."""
        known = stream.head or 0
        if stream.readers:
            missed = await catchup.missed(self.database, stream.id, known, FILL_LIMIT)
            if missed.complete:
                stream.fill(missed.events, missed.head)
            else:
                self._send_back(stream, missed.head)
        else:
            heads = await catchup.heads(self.database, [stream.id])
            if stream.readers:  # somebody came meanwhile, and is owed the events themselves
                await self.fill(stream)
                return
            stream.jump(heads.get(stream.id, known))
        self.moved(stream)

    def _send_back(self, stream: LiveStream, head: int) -> None:
        """Too much was missed to pass on: the readers ask for themselves."""
        stream.jump(head)
        data = encode(orjson.dumps({"opened": {str(stream.id): head}}))
        for connection in stream.readers:
            connection.send(data)

    # Heads of what is in the sidebar but not on screen

    def _arm_heads(self) -> None:
        if self._heads_timer is None:
            wait = max(GATHER, self._heads_at + HEADS_EVERY - time.monotonic())
            self._heads_timer = asyncio.get_running_loop().call_later(wait, self._heads_due)

    def _heads_due(self) -> None:
        self._heads_timer = None
        self._heads_at = time.monotonic()
        self._spawn(self._send_heads())

    async def _send_heads(self) -> None:
        dirty = {stream for stream in self._dirty if stream.followers - stream.readers}
        self._dirty = set()
        if not dirty:
            return
        try:
            found = await catchup.positions(self.database, [stream.id for stream in dirty])
        except Exception:
            self._dirty |= dirty
            self._arm_heads()
            raise
        lines: dict[Connection, list[dict[str, object]]] = {}
        for stream in dirty:
            if stream.id not in found:
                continue
            head, position = found[stream.id]
            line = {"s": str(stream.id), "seq": head, "position": position}
            for connection in stream.followers - stream.readers:
                lines.setdefault(connection, []).append(line)
        for connection, heads in lines.items():
            connection.say({"heads": heads})

    # Small machinery

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            # Heads are kept for the next try; gaps are found again by the watch.
            log.warning("hub_task_failed", kind=type(task.exception()).__name__)
