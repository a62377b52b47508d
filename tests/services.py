"""PostgreSQL and Valkey of a test run, and the databases in them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from courtyard.embedded import Urls, running

EMPTY = "empty"  # tables, before the first run
TEMPLATE = "world"
FOLDER, DATABASE, REDIS = (
    f"COURTYARD_TEST_{name}" for name in ("FOLDER", "DATABASE_URL", "REDIS_URL")
)
ROOM = 4_000_000_000


class Services:
    """The running services. Names of databases are this run's own: runs may share a server."""

    def __init__(self, urls: Urls, folder: Path) -> None:
        self.urls = urls
        self.folder = folder
        self._made: list[str] = []

    def create(self, name: str, template: str | None = None) -> str:
        """A new database, empty or a copy; its address."""
        source = self._own(template) if template else "template1"
        self._run(f'CREATE DATABASE "{self._own(name)}" TEMPLATE "{source}"')
        self._made.append(self._own(name))
        return self.urls.database_url.replace("/courtyard?", f"/{self._own(name)}?", 1)

    def copy(self, template: str | None = None) -> str:
        """A database under a name nobody needs to know; its address."""
        return self.create(f"copy_{len(self._made)}", template)

    def drop_all(self) -> None:
        """Removes what was created here."""
        for name in self._made:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _own(self, name: str) -> str:
        return f"{name}_{os.getpid()}"

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.urls.database_url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


@contextmanager
def started() -> Iterator[Services]:
    """Both services, as `courtyard serve` would start them, in a folder of their own."""
    folder = Path(tempfile.mkdtemp(prefix="courtyard-test-", dir=_quick_disk()))
    folder.chmod(0o711)  # the services' account must pass through
    try:
        with running(folder / "data") as urls:
            yield Services(urls, folder / "files")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lent() -> Services | None:
    """The services somebody lends to this run; see `to_lend`."""
    if DATABASE not in os.environ:
        return None
    urls = Urls(os.environ[DATABASE], os.environ[REDIS])
    return Services(urls, Path(os.environ[FOLDER]) / str(os.getpid()))


def to_lend(services: Services) -> dict[str, str]:
    """The environment that lends these services to other runs."""
    urls = services.urls
    return {DATABASE: urls.database_url, REDIS: urls.redis_url, FOLDER: str(services.folder)}


def _quick_disk() -> str:
    """Memory where there is room for it: fsync costs nothing there, and all else is the same."""
    memory = Path("/dev/shm")
    if memory.is_dir():
        found = os.statvfs(memory)
        if found.f_bavail * found.f_frsize > ROOM and not found.f_flag & os.ST_NOEXEC:
            return str(memory)
    return "/tmp"
