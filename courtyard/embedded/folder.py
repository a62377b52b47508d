"""Where the embedded services stand on disk.

<data folder>/embedded/          the home; elsewhere when the services cannot reach it
    lock  password
    postgres/  valkey/           the services' own folders
    run/                         their sockets
    logs/  programs/
<data folder>/embedded.location  names the home when it is elsewhere
<home>/sockets                   names the folder of the sockets when it is elsewhere
"""

import errno
import os
import secrets
import socket
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from courtyard.embedded.account import Account, service_account
from courtyard.embedded.errors import DataFolderError, DiskFull

ELSEWHERE = Path("/var/lib/courtyard")
# A socket's address holds 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_PATH = 103
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432")


class DataFolder:
    """The data folder and everything below it that belongs to the embedded services."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).absolute()

    @property
    def home(self) -> Path:
        """The folder of the embedded services."""
        return _read_pointer(self._location) or self.path / "embedded"

    @property
    def sockets(self) -> Path:
        """The folder of the services' sockets."""
        return _read_pointer(self.home / "sockets") or self.home / "run"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def account(self) -> Account | None:
        """The account of the services; None is our own. Raises DataFolderError."""
        return service_account(self.home / "postgres")

    @property
    def _location(self) -> Path:
        return self.path / "embedded.location"

    def prepare(self) -> None:
        """Create what is missing; harmless on a folder in use.

        Raises DataFolderError when the folder cannot be written, belongs to someone else, or
        cannot be reached by the services' account.
        """
        with self.writing():
            self._prepare_home()
            self._prepare_sockets()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turn what the system says about the folder into DiskFull or DataFolderError."""
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(
                    f"The disk of {self.home} is full: free some space. Nothing was lost."
                ) from error
            raise DataFolderError(
                f"The data folder {self.path} cannot be used ({error.strerror}:"
                f" {error.filename}): make it writable for uid {os.geteuid()}, or choose another"
                " with COURTYARD_DATA_DIR."
            ) from error

    def need_space(self, megabytes: int) -> None:
        """Raise DiskFull when the home's disk has less free space than that."""
        disk = os.statvfs(self.home)
        free = disk.f_bavail * disk.f_frsize // 2**20
        if free < megabytes:
            raise DiskFull(
                f"Only {free} MB are free on the disk of {self.home} and {megabytes} MB are"
                " needed to start: free some space. Nothing was lost."
            )

    def _prepare_home(self) -> None:
        if not self.path.exists():
            self.path.mkdir(parents=True, mode=0o700)
        account = self.account
        if account and not self._location.exists() and not self._reachable(account):
            self._settle_elsewhere(account)
        _own_folder(self.home, account)
        self._refuse_foreign_owner()
        for name in ("logs", "programs"):
            _own_folder(self.home / name, account)

    def _reachable(self, account: Account) -> bool:
        """Whether the services get into the data folder, if need be by way of its group."""
        if account.can_enter(self.path):
            return True
        mode = stat.S_IMODE(self.path.stat().st_mode)
        # The folder is ours and nobody uses its group yet: let the services pass, and no one
        # else. Folders above it are not ours to open.
        if mode & stat.S_IRWXG == 0 and account.can_enter(self.path.parent):
            os.chown(self.path, -1, account.gid)
            self.path.chmod(mode | stat.S_IXGRP)
        return account.can_enter(self.path)

    def _settle_elsewhere(self, account: Account) -> None:
        ELSEWHERE.mkdir(parents=True, exist_ok=True)
        if not account.can_enter(ELSEWHERE):
            raise DataFolderError(
                f"The database may not run as root, and uid {account.uid} can enter neither"
                f" {self.path} nor {ELSEWHERE}: choose a data folder below a folder that is open"
                " to it, or start Courtyard as an ordinary user."
            )
        # By chance and not from the path: a new data folder under an old name is a new one.
        _write_pointer(self._location, ELSEWHERE / secrets.token_hex(8))

    def _refuse_foreign_owner(self) -> None:
        owner = self.home.stat().st_uid
        if os.geteuid() not in (0, owner):
            raise DataFolderError(
                f"The database in {self.home} belongs to uid {owner} and you are uid"
                f" {os.geteuid()}: start Courtyard as the user that made it."
            )

    def _prepare_sockets(self) -> None:
        account = self.account
        run = self.home / "run"
        _service_folder(run, account)
        pointer = self.home / "sockets"
        fits = _is_private(self.sockets, account) if pointer.exists() else _holds_sockets(run)
        if not fits:
            place = Path(tempfile.mkdtemp(prefix="courtyard-", dir="/tmp"))
            _give(place, account)
            pointer.unlink(missing_ok=True)
            _write_pointer(pointer, place)


def make_service_folder(path: Path, account: Account | None) -> None:
    """Create a folder that belongs to the services' account alone."""
    _service_folder(path, account)


def _own_folder(path: Path, account: Account | None) -> None:
    """A folder of ours which the services may pass through and not change."""
    path.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(path, 0, account.gid)
        path.chmod(0o750)


def _service_folder(path: Path, account: Account | None) -> None:
    path.mkdir(mode=0o700, exist_ok=True)
    _give(path, account)
    path.chmod(0o700)


def _give(path: Path, account: Account | None) -> None:
    if account:
        os.chown(path, account.uid, account.gid)


def _holds_sockets(folder: Path) -> bool:
    """Whether a socket can stand there: the path may be too long, or the disk a network one."""
    too_long = len(os.fsencode(folder)) + LONGEST_SOCKET_NAME > LONGEST_SOCKET_PATH
    if too_long or "," in str(folder):  # libpq reads a comma as the start of another host
        return False
    trial = folder / f"try.{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
        probe.bind(str(trial))
        trial.unlink()
        return True
    return False


def _is_private(folder: Path, account: Account | None) -> bool:
    """Whether it is a real folder, no link, of the services' owner and closed to all others.

    A pointer into /tmp outlives what it points at, and there anyone may take the name.
    """
    owner = account.uid if account else os.geteuid()
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and found.st_mode & 0o077 == 0


def _read_pointer(file: Path) -> Path | None:
    try:
        return Path(os.fsdecode(file.read_bytes().rstrip(b"\n")))
    except FileNotFoundError:
        return None


def _write_pointer(file: Path, target: Path) -> None:
    """Write the pointer whole or not at all; the first of two writers wins."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_bytes(os.fsencode(target) + b"\n")
    with suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()
