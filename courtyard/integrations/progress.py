"""How far a long command has come: a bar on a terminal, a line per place elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Lines:
    """One line for each place that is complete, for logs."""

    def begin(self, total: int) -> None:
        """Says how much there is."""
        typer.echo(f"{total / 1e6:,.1f} MB of messages to read", err=True)

    def advance(self, place: str, size: int) -> None:
        """Says nothing: a line for each day would be too much."""

    def done(self, place: str, said: str) -> None:
        """Says what came of a place."""
        typer.echo(f"#{place}: {said}", err=True)


class Bar:
    """A bar that fills with the bytes that are read."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def begin(self, total: int) -> None:
        """Shows the empty bar."""
        self._task = self._progress.add_task("reading", total=max(total, 1))

    def advance(self, place: str, size: int) -> None:
        """Moves the bar."""
        if self._task is not None:
            # Names come from elsewhere and must not be read as colours.
            self._progress.update(self._task, advance=size, description=escape(f"#{place}"[:30]))

    def done(self, place: str, said: str) -> None:
        """Says nothing: the report at the end does."""


@contextmanager
def shown() -> Iterator[Lines | Bar]:
    """Progress on the error stream, so that what a command prints stays clean."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    columns = (
        TextColumn("{task.description:<30}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress)
