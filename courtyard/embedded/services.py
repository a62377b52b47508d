"""What commands use: the servers that run already, or their own for as long as they need them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from courtyard.embedded.errors import ServiceFailed
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.lock import ServerLock, holder
from courtyard.embedded.postgres import Postgres
from courtyard.embedded.supervisor import Supervisor
from courtyard.embedded.valkey import Valkey

# A server that is just starting may have a crash to recover from.
ATTACH_TIMEOUT = 120.0


@dataclass(frozen=True)
class Urls:
    """Where the embedded services are reached."""

    database_url: str
    redis_url: str


def attach(data_dir: Path | str) -> Urls | None:
    """The services of the server that runs on this data folder, None when there is none.

    They may still be starting; `running` waits for that.
    """
    found = holder(DataFolder(data_dir))
    return _urls(data_dir) if found and found.role == "server" else None


@contextmanager
def running(data_dir: Path | str, *, postgres: bool = True, valkey: bool = True) -> Iterator[Urls]:
    """The services, ready: those of the running server, else started here and stopped at the end.

    Without `postgres` or `valkey` that service is left alone (its own URL is configured).
    Use it in the main thread. Raises AlreadyRunning when another command has started its own,
    and what starting a service raises.
    """
    services: list[Postgres | Valkey] = []
    if postgres:
        services.append(Postgres(data_dir))
    if valkey:
        services.append(Valkey(data_dir))
    if urls := _attach_when_ready(data_dir, services):
        yield urls
        return
    folder = DataFolder(data_dir)
    folder.prepare()
    with ServerLock(folder, "command"), Supervisor(_quiet, own_signals=False) as supervisor:
        for service in services:
            service.prepare()
            supervisor.add_spec(service.child_spec())
            supervisor.start(service.name)
        yield _urls(data_dir)


def _urls(data_dir: Path | str) -> Urls:
    return Urls(Postgres(data_dir).url, Valkey(data_dir).url)


def _attach_when_ready(data_dir: Path | str, services: list[Postgres | Valkey]) -> Urls | None:
    """The running server's services once they answer; None when there is no server any more."""
    deadline = time.monotonic() + ATTACH_TIMEOUT
    while urls := attach(data_dir):
        missing = [service.name for service in services if not service.ready()]
        if not missing:
            return urls
        if time.monotonic() > deadline:
            raise ServiceFailed(missing[0], "the running server has not made it ready")
        time.sleep(0.05)
    return None


def _quiet(_event: str, /, **_fields: object) -> None:
    """A command says what it does itself."""
