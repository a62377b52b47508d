"""What became of every record of an export: read = imported + there before + skipped."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Tally:
    """One kind of record, or one channel's messages."""

    read: int = 0
    imported: int = 0
    present: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def skip(self, reason: str) -> None:
        """Counts a record that was read and passed over."""
        self.read += 1
        self.skipped[reason] += 1

    def store(self, read: int, imported: int) -> None:
        """Counts records that were read and are stored now, `imported` of them by this run."""
        self.read += read
        self.imported += imported
        self.present += read - imported

    def add(self, other: "Tally") -> None:
        """Adds the figures of another tally."""
        self.read += other.read
        self.imported += other.imported
        self.present += other.present
        self.skipped += other.skipped

    def in_words(self) -> str:
        """The figures in one line."""
        return (
            f"{self.read:,} read, {self.imported:,} imported, {self.present:,} there before, "
            f"{self.skipped.total():,} skipped"
        )

    def check(self) -> None:
        """Every record has become exactly one thing."""
        assert self.read == self.imported + self.present + self.skipped.total(), self

    def as_json(self) -> dict[str, Any]:
        """The figures as JSON."""
        return {
            "read": self.read,
            "imported": self.imported,
            "there_before": self.present,
            "skipped": dict(sorted(self.skipped.items())),
        }


@dataclass(slots=True)
class Report:
    """The figures of one run. `notes` counts what came along in another form or not at all,
    `uninvitable` people who have no address in the export."""

    group: str = ""
    people: Tally = field(default_factory=Tally)
    channels: Tally = field(default_factory=Tally)
    files: Tally = field(default_factory=Tally)
    messages: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    notes: Counter[str] = field(default_factory=Counter)
    invitable: int = 0
    uninvitable: int = 0
    seconds: float = 0.0

    @property
    def total(self) -> Tally:
        """The messages of all channels together."""
        total = Tally()
        for tally in self.messages.values():
            total.add(tally)
        return total

    def check(self) -> None:
        """Raises AssertionError unless every record is accounted for."""
        for tally in (self.people, self.channels, self.files, *self.messages.values(), self.total):
            tally.check()

    def as_json(self) -> dict[str, Any]:
        """The whole report as JSON."""
        return {
            "group": self.group,
            "seconds": round(self.seconds, 1),
            "people": self.people.as_json(),
            "channels": self.channels.as_json(),
            "files": self.files.as_json(),
            "messages": self.total.as_json(),
            "by_channel": {name: tally.as_json() for name, tally in sorted(self.messages.items())},
            "notes": dict(sorted((+self.notes).items())),
            "invitable": self.invitable,
            "without_address": self.uninvitable,
        }

    def lines(self) -> list[str]:
        """The report for a terminal."""
        kinds = (("people", self.people), ("channels", self.channels), ("files", self.files))
        rows = [_row(name, tally) for name, tally in (*kinds, ("messages", self.total))]
        rows += [_row(f"  #{name}", tally) for name, tally in sorted(self.messages.items())]
        reasons = [
            f"    {count:>9,}  {kind}: {reason}"
            for kind, tally in (*kinds, ("messages", self.total))
            for reason, count in sorted(tally.skipped.items())
        ]
        return [
            f"Imported into the group “{self.group}” in {self.seconds:.1f} s.",
            f"{'':28}{'read':>10}{'imported':>10}{'before':>10}{'skipped':>10}",
            *rows,
            *(["Skipped:", *reasons] if reasons else []),
            *(["Also:"] if +self.notes else []),
            *(f"    {count:>9,}  {note}" for note, count in sorted((+self.notes).items())),
            *self._people(),
        ]

    def _people(self) -> list[str]:
        lines = []
        if self.invitable:
            lines.append(
                f"{self.invitable:,} people can be invited: courtyard import links FILE.csv"
            )
        if self.uninvitable:
            lines.append(
                f"{self.uninvitable:,} people have no e-mail address in this export and cannot "
                "be invited by link."
            )
        return lines


def _row(name: str, tally: Tally) -> str:
    shown = name if len(name) <= 27 else name[:26] + "…"
    return (
        f"{shown:28}{tally.read:>10,}{tally.imported:>10,}{tally.present:>10,}"
        f"{tally.skipped.total():>10,}"
    )
