"""Medians, ratios, gates: the table, and the dated lines for docs/evidence.md."""

import os
import platform
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(slots=True)
class Line:
    """One measure of both sides, a value per round. `gate` and `aim` are ratios of the medians;
    `limit` is a number that our median may not pass."""

    measure: str
    name: str
    unit: str
    ours: Sequence[float]
    bare: Sequence[float] = ()
    gate: float | None = None
    aim: float | None = None
    limit: float | None = None
    more_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Our median by that of the limit."""
        base = statistics.median(self.bare) if self.bare else 0
        return statistics.median(self.ours) / base if base else None

    @property
    def verdict(self) -> str:
        """`FAIL`, `ok` (the gate holds), `aim` (better than asked), or nothing."""
        if self.limit is not None:
            return "ok" if statistics.median(self.ours) <= self.limit else "FAIL"
        if self.gate is None or self.ratio is None:
            return ""
        if not self._holds(self.gate):
            return "FAIL"
        return "aim" if self.aim is not None and self._holds(self.aim) else "ok"

    def _holds(self, bound: float) -> bool:
        ratio = self.ratio or 0
        return ratio >= bound if self.more_is_better else ratio <= bound

    @property
    def asked(self) -> str:
        """The gate in words."""
        if self.limit is not None:
            return f"≤ {self.limit:g}"
        return f"{'≥' if self.more_is_better else '≤'} {self.gate:g}" if self.gate else ""


@dataclass(slots=True)
class Report:
    """Everything measured in this run."""

    rounds: int
    lines: list[Line] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Notes a measure and shows that it is done."""
        self.lines.append(line)
        print(
            f"  {line.name}: {_number(statistics.median(line.ours))} {line.unit}", file=sys.stderr
        )

    def require(self, what: str, holds: bool) -> None:
        """Notes something that must hold whatever the speed."""
        if not holds:
            self.broken.append(what)

    @property
    def failed(self) -> bool:
        """Whether a gate does not hold."""
        return bool(self.broken) or any(line.verdict == "FAIL" for line in self.lines)

    def show(self) -> None:
        """Prints the table, what is broken, and the lines for the evidence."""
        print(f"\n{machine()}; medians of {self.rounds} rounds in turns\n")
        width = max(len(line.name) for line in self.lines)
        print(f"{'':{width}}  {'ours':>10} {'limit':>10} {'ratio':>6} {'gate':>6}  verdict")
        for line in self.lines:
            print(f"{line.name:{width}}  {_columns(line)}".rstrip())
        for what in self.broken:
            print(f"FAIL: {what}")
        print()
        for line in self.lines:
            print(self._evidence(line))

    def _evidence(self, line: Line) -> str:
        ours = f"{_number(statistics.median(line.ours))} {line.unit}"
        spread = "–".join(_number(value) for value in (min(line.ours), max(line.ours)))
        parts = [f"{ours} (rounds {spread})"]
        if line.ratio is not None:
            base = f"{_number(statistics.median(line.bare))} {line.unit}"
            parts.append(f"bare limit {base}, ratio {line.ratio:.2f}")
        if line.asked:
            parts.append(f"gate {line.asked}: {line.verdict}")
        if line.note:
            parts.append(line.note)
        return f"- {datetime.now(UTC):%Y-%m-%d} {line.name}: {'; '.join(parts)}"


def _columns(line: Line) -> str:
    ours = f"{_number(statistics.median(line.ours))} {line.unit}"
    bare = f"{_number(statistics.median(line.bare))} {line.unit}" if line.bare else ""
    ratio = f"{line.ratio:.2f}" if line.ratio is not None else ""
    return f"{ours:>10} {bare:>10} {ratio:>6} {line.asked:>6}  {line.verdict:4} {line.note}"


def _number(value: float) -> str:
    return (
        f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    )


def machine() -> str:
    """The machine in a few words: figures of different machines do not compare."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )
