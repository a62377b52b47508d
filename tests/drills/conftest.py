"""What the drills share: the option for the full form, and workspaces at rest to copy."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courtyard.embedded import running
from courtyard.migrate import migrate

from .serving import open_folder


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("drills")
    group.addoption("--full", action="store_true", help="the full form of the fault drills")
    group.addoption("--seconds", type=int, default=60, help="how long a full kill drill lasts")


FIGURES: pytest.StashKey[list[str]] = pytest.StashKey()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the drills measured, to be copied into docs/evidence.md after a full run."""
    figures = terminalreporter.config.stash.get(FIGURES, [])
    if figures:
        terminalreporter.section(f"drills, {datetime.now(UTC):%Y-%m-%d}")
        for line in figures:
            terminalreporter.write_line(line)


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Notes a line for the summary."""
    return request.config.stash.setdefault(FIGURES, []).append


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the full form is asked for."""
    return bool(request.config.getoption("--full", default=False))


@pytest.fixture
def seconds(request: pytest.FixtureRequest) -> int:
    """How long the full form of the kill drill lasts."""
    return int(request.config.getoption("--seconds", default=60))


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A data folder with a database and its tables, at rest."""
    with open_folder() as folder:
        with running(folder / "data", valkey=False) as urls:
            migrate(urls.database_url)
        yield folder / "data"


@pytest.fixture
def data_dir(made_once: Path) -> Iterator[Path]:
    """A fresh workspace of one's own: a copy takes less time than another first start."""
    with open_folder() as folder:
        subprocess.run(["cp", "-a", str(made_once), str(folder)], check=True)
        yield folder / "data"
