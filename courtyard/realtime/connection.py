"""One tab's socket: who it speaks for and what it has open."""

import time
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from courtyard.core.ids import new_id
from courtyard.realtime.sockets import Socket, encode

BUFFER_LIMIT = 1_000_000
TOO_SLOW = 4008
TYPING_SECONDS = 6
TYPING_MOST = 4


@dataclass(eq=False, slots=True)
class Connection:
    """A living socket of a signed-in person."""

    socket: Socket
    user_id: UUID
    session_id: UUID
    id: UUID = field(default_factory=new_id)
    always: set[UUID] = field(default_factory=set)
    """Workspace, person and groups: always open."""
    open: set[UUID] = field(default_factory=set)
    """Channels on screen: full frames."""
    places: set[UUID] | None = None
    """Every channel this person may read, as last computed; None before that."""
    followed: set[UUID] = field(default_factory=set)
    """Channels in the sidebar: coalesced heads."""
    watching: set[UUID] = field(default_factory=set)
    """People on screen: their presence."""
    seen: set[UUID] = field(default_factory=set)
    """People whom this one was found to know, and not to be parted from; a new set whenever what
    decides it may have changed."""
    fingerprint: tuple[int, int] | None = None
    """The versions of what decided what is open here; None makes the watch ask again."""
    typed: list[float] = field(default_factory=list)
    """When this tab lately told that its person writes."""

    def typed_enough(self) -> bool:
        """Whether writing was told often enough for now; notes it when not. A client tells it
        every three seconds, and anew after each message."""
        now = time.monotonic()
        self.typed = [at for at in self.typed if now - at < TYPING_SECONDS]
        if len(self.typed) >= TYPING_MOST:
            return True
        self.typed.append(now)
        return False

    def send(self, data: bytes) -> None:
        """Sends encoded bytes; a reader who lets a megabyte pile up is let go and catches up."""
        if self.socket.buffered() + len(data) > BUFFER_LIMIT:
            self.socket.close(TOO_SLOW)
            return
        self.socket.send_frame(data)

    def say(self, message: object) -> None:
        """Sends one JSON message to this tab only."""
        self.send(encode(orjson.dumps(message, option=orjson.OPT_NON_STR_KEYS)))

    def refuse(self, op: str, code: str, message: str) -> None:
        """Answers an operation that cannot be done; the socket stays."""
        self.say({"error": {"op": op, "code": code, "message": message}})
