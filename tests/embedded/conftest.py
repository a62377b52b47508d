"""Data folders for the tests of the embedded services."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from courtyard.embedded import running


@contextmanager
def _open_folder() -> Iterator[Path]:
    """A folder that the services' account can reach, unlike pytest's own when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="courtyard-test-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder, reachable for all, with room for a data folder."""
    with _open_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A data folder with a database in it, at rest."""
    with _open_folder() as folder:
        with running(folder / "data"):
            pass
        yield folder / "data"


@pytest.fixture(scope="module")
def data_dir(made_once: Path) -> Iterator[Path]:
    """A data folder with a database for the tests of one module, at rest between them."""
    with _open_folder() as folder:
        # A copy takes less time than another first start.
        subprocess.run(["cp", "-a", str(made_once), str(folder)], check=True)
        yield folder / "data"
