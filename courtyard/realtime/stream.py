"""One stream as this process hears it: the order restored, the recent past kept."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from courtyard.core.bus import Frame
from courtyard.realtime.connection import Connection
from courtyard.realtime.sockets import encode

RING = 256
RING_BYTES = 1_000_000
HELD = 512


@dataclass(eq=False, slots=True)
class LiveStream:
    """A stream somebody here listens to.

    `head` is the seq up to which everything was delivered here, None until it was read from the
    database. Frames that come early wait in `early`.
    """

    id: UUID
    head: int | None = None
    readers: set[Connection] = field(default_factory=set)
    followers: set[Connection] = field(default_factory=set)
    early: dict[int, bytes] = field(default_factory=dict)
    ready: list[bytes] = field(default_factory=list)
    """Events that wait for the next flush."""
    flushed_at: float = 0.0
    flushing: bool = False
    ring: OrderedDict[int, bytes | None] = field(default_factory=OrderedDict)
    """The last events by seq; None where a later event of the same object took over."""
    ring_bytes: int = 0
    looking: bool = False
    """Whether somebody waits to fill a gap here."""
    behind: int = 0
    """The highest head the database is known to have."""
    idle_since: float = field(default_factory=time.monotonic)

    def accept(self, frame: Frame) -> bool:
        """Takes a hint. Returns False when something before it is missing.

        Duplicates are dropped; what comes early is held (a bounded number of frames).
        """
        if self.head is not None and frame.seq <= self.head:
            return True
        if len(self.early) < HELD:
            self.early[frame.seq] = frame.body
        self.drain()
        return not self.early

    def drain(self) -> None:
        """Moves what is next in order from `early` to `ready`."""
        if self.head is None:
            return
        while (body := self.early.pop(self.head + 1, None)) is not None:
            self.head += 1
            self._keep(self.head, body)
            if self.readers:
                self.ready.append(body)

    def start_at(self, head: int) -> None:
        """Learns the head from the database; what is older than it was delivered by others."""
        if self.head is None:
            self.head = head
            self._settle()

    def fill(self, events: list[tuple[int, bytes]], head: int) -> None:
        """Takes what the database knew behind our head: the last event per object, up to `head`."""
        for seq, body in events:
            if seq > (self.head or 0):
                self._keep(seq, body)
                if self.readers:
                    self.ready.append(body)
        self.head = max(head, self.head or 0)
        self._settle()

    def jump(self, head: int) -> None:
        """Gives up on order up to `head`: the readers are told to catch up by themselves."""
        self.head = max(head, self.head or 0)
        self.ring.clear()
        self.ring_bytes = 0
        self._settle()

    def _settle(self) -> None:
        head = self.head or 0
        self.early = {seq: body for seq, body in self.early.items() if seq > head}
        self.drain()

    def take_ready(self) -> bytes | None:
        """The frame with all events that wait, encoded once for every socket."""
        if not self.ready:
            return None
        data = encode(b'{"s":"%s","e":[%s]}' % (str(self.id).encode(), b",".join(self.ready)))
        self.ready.clear()
        self.flushed_at = time.monotonic()
        return data

    def since(self, seq: int) -> list[bytes] | None:
        """The events after `seq`, from memory; None when memory does not reach back that far."""
        if self.head is None or seq > self.head:
            return None
        if seq < self.head and (not self.ring or next(iter(self.ring)) > seq + 1):
            return None
        return [body for at, body in self.ring.items() if at > seq and body is not None]

    def _keep(self, seq: int, body: bytes) -> None:
        """Remembers an event. Edits and deletions make older words of the same object unsayable."""
        if b'"type":"message.edited"' in body or b'"type":"message.deleted"' in body:
            self._forget(body)
        self.ring[seq] = body
        self.ring_bytes += len(body)
        while len(self.ring) > RING or self.ring_bytes > RING_BYTES:
            _, oldest = self.ring.popitem(last=False)
            self.ring_bytes -= len(oldest or b"")

    def _forget(self, body: bytes) -> None:
        message_id = orjson.loads(body)["message"]["id"].encode()
        for seq, older in self.ring.items():
            if older and message_id in older:
                self.ring_bytes -= len(older)
                self.ring[seq] = None
