"""What a drill remembers, to be held against the database afterwards."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

Say = Callable[[str], None]


@dataclass(slots=True)
class Sent:
    """A message somebody wanted to say. `acknowledged` is the first answer that named it."""

    client_id: UUID
    author: UUID
    channel: UUID
    number: int
    text: str
    id: UUID | None = None
    position: int = 0
    seq: int = 0
    at: float = 0.0
    wanted: set[str] = field(default_factory=set)
    """Texts that may stand there: the last acknowledged one, and those whose fate is unknown."""
    deletion: str = "no"
    """`no`, `asked` or `acknowledged`."""


@dataclass(slots=True)
class Fault:
    """Something that was broken on purpose."""

    kind: str
    at: float
    healthy_after: float | None = None


@dataclass(slots=True)
class Record:
    """The log of all clients of a drill."""

    sent: list[Sent] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    """When an acknowledgement came."""
    slowest: list[tuple[float, float]] = field(default_factory=list)
    """`(when settled, seconds from first try to acknowledgement)` of every send."""
    troubles: Counter[str] = field(default_factory=Counter)
    """Every answer or exception that made a client try again."""
    violations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lost_answers: int = 0
    resumed: list[float] = field(default_factory=list)
    """Seconds from the break of a socket to the hello of the next one."""

    def violation(self, what: str) -> None:
        """Notes what must never happen."""
        if len(self.violations) < 50:
            self.violations.append(what)

    def status(self, method: str, what: str, status: int, retry_after: str | None) -> None:
        """Judges an answer (I5): of all 5xx only 503 with Retry-After is allowed."""
        if status >= 500 and (status != 503 or not retry_after):
            self.violation(f"I5: {method} {what} answered {status}, retry-after {retry_after}")

    def acknowledged(self) -> list[Sent]:
        """What the server promised to keep."""
        return [sent for sent in self.sent if sent.id]

    def outage(self, fault: Fault, after: float = 3.0) -> float:
        """The longest silence of acknowledgements that a fault caused, in seconds."""
        end = fault.at + (fault.healthy_after or 0) + after
        moments = [at for at in self.answers if fault.at < at < end]
        edges = [fault.at, *moments]
        return max((b - a for a, b in pairwise(edges)), default=end - fault.at)


def now() -> float:
    """The clock of all records."""
    return time.monotonic()
