"""The tap: everything anybody was told, and whether they were meant to hear it.

Private objects carry a canary, a word that stands nowhere else. Whatever a test is about, a canary
that reaches a person without the right, or a log line, is a failure. So is an answer of 500.
"""

import traceback
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4


@dataclass(slots=True)
class Tap:
    """All bodies, frames and log lines of one test."""

    canaries: dict[str, set[str]] = field(default_factory=dict)
    """Canary → names of those who may meet it."""
    heard: list[tuple[str, str, str]] = field(default_factory=list)
    """(who, where, what)."""
    logged: list[MutableMapping[str, Any]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def plant(self, readers: Iterable[str], canary: str | None = None) -> str:
        """A new canary for these people only."""
        canary = canary or f"canary-{uuid4().hex}"
        self.canaries[canary] = set(readers)
        return canary

    def record(self, who: str, where: str, what: bytes | str) -> None:
        """Notes what a person was told, and judges it at once: rights may change later."""
        text = what.decode(errors="replace") if isinstance(what, bytes) else what
        self.heard.append((who, where, text))
        for canary, readers in self.canaries.items():
            if who not in readers and canary in text:
                self.failures.append(f"{who} met {canary} in {where}")

    def log(self, _: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """A processor of structlog that keeps each line."""
        self.logged.append(line)
        text = "\n".join(f"{key}={value}" for key, value in line.items())
        if isinstance(error := line.get("exc_info"), BaseException):
            text += "".join(traceback.format_exception(error))
        for canary in self.canaries:
            if canary in text:
                self.failures.append(f"the log met {canary} in {line['event']}")
        if line["event"] == "unforeseen":
            self.failures.append(f"an unforeseen error was answered with 500:\n{text}")
        return line

    def lines(self, event: str) -> list[MutableMapping[str, Any]]:
        """The log lines of one kind."""
        return [line for line in self.logged if line["event"] == event]

    def told(self, who: str) -> str:
        """Everything a person was told, in one string."""
        return "\n".join(text for name, _, text in self.heard if name == who)

    def judge(self) -> None:
        """Ends a test: nothing leaked, and the next one begins with nothing heard."""
        failures, self.failures = self.failures, []
        self.heard.clear()
        self.logged.clear()
        assert not failures, "\n".join(failures)


TAP = Tap()
