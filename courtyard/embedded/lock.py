"""One server per data folder."""

import fcntl
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from courtyard.embedded.errors import AlreadyRunning
from courtyard.embedded.folder import DataFolder

Role = Literal["server", "command"]
# Long enough for whoever only looks (`holder`) or is just leaving, short enough not to be felt.
PATIENCE = 1.0


@dataclass(frozen=True)
class Holder:
    """Who holds a data folder."""

    pid: int | None
    role: str


class ServerLock:
    """Holds the data folder until closed or until this process ends, however it ends.

    The kernel keeps the lock (`flock`), the file only says whose it is; so a file that was left
    behind means nothing. Prepare the folder first.
    """

    def __init__(self, folder: DataFolder, role: Role = "server") -> None:
        self._folder = folder
        self._role = role
        self._fd = -1

    def acquire(self) -> None:
        """Take the lock; raises AlreadyRunning when another process has it."""
        with self._folder.writing():
            fd = os.open(_path(self._folder), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + PATIENCE
        while not _try(fd, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                holder = _read(fd)
                os.close(fd)
                raise AlreadyRunning(self._folder.path, holder.pid, holder.role)
            time.sleep(0.05)
        self._fd = fd
        _write(fd, self._role)

    def release(self) -> None:
        """Let go of the folder; harmless when it is not held."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def holder(folder: DataFolder) -> Holder | None:
    """Who holds the folder at this moment, None when nobody does. Raises DataFolderError."""
    path = _path(folder)
    if not path.exists():
        return None
    with folder.writing():
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return None if _try(fd, fcntl.LOCK_SH) else _read(fd)
    finally:
        os.close(fd)


def _path(folder: DataFolder) -> Path:
    # In the home and not in the data folder: a copy of the folder that points at the same home
    # must find the same lock.
    return folder.home / "lock"


def _try(fd: int, kind: int) -> bool:
    try:
        fcntl.flock(fd, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(fd: int, role: Role) -> None:
    os.ftruncate(fd, 0)
    os.pwrite(fd, json.dumps({"pid": os.getpid(), "role": role}).encode(), 0)


def _read(fd: int) -> Holder:
    try:
        found = json.loads(os.pread(fd, 4096, 0))
        return Holder(int(found["pid"]), str(found["role"]))
    except (ValueError, KeyError, TypeError):
        return Holder(None, "server")
