"""What can go wrong, each with one line that says what happened and what to do."""

from pathlib import Path
from typing import ClassVar


class EmbeddedError(Exception):
    """The embedded services cannot be used; `str()` is the line to show, `code` names the case."""

    code: ClassVar[str] = "embedded"


class AlreadyRunning(EmbeddedError):
    """Another process holds this data folder."""

    code = "already_running"

    def __init__(self, folder: Path, pid: int | None, role: str) -> None:
        who = f"a {role} (process {pid})" if pid else f"a {role}"
        super().__init__(
            f"The data folder {folder} is in use by {who}: stop it first, or choose another"
            " folder with COURTYARD_DATA_DIR."
        )
        self.pid = pid


class UnsupportedPlatform(EmbeddedError):
    """There are no embedded binaries for this system."""

    code = "unsupported_platform"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} cannot be started on this system (its package has no binaries here): set"
            " COURTYARD_DATABASE_URL and COURTYARD_REDIS_URL to servers of your own."
        )


class DataFolderError(EmbeddedError):
    """The data folder cannot be written, or the services' account cannot reach it."""

    code = "data_folder"


class DiskFull(DataFolderError):
    """The data folder's disk has no room to start."""

    code = "disk_full"


class ServiceFailed(EmbeddedError):
    """A service did not start or did not become ready."""

    code = "service_failed"

    def __init__(self, name: str, why: str, log: Path | None = None) -> None:
        where = f" See the end of {log}." if log else ""
        super().__init__(f"{name} did not start: {why.rstrip('.')}.{where}")
        self.log = log


class StopRequested(EmbeddedError):
    """A signal asked to stop while a service was still starting."""

    code = "stopped"


class DataTooNew(EmbeddedError):
    """The database was made by a newer PostgreSQL than this Courtyard brings."""

    code = "data_too_new"

    def __init__(self, folder: Path, found: int, ours: int) -> None:
        super().__init__(
            f"The database in {folder} was made by PostgreSQL {found} and this Courtyard brings"
            f" {ours}: install the newer Courtyard again."
        )


class DataTooOld(EmbeddedError):
    """The database was made by an older PostgreSQL and must be upgraded first."""

    code = "data_too_old"

    def __init__(self, folder: Path, found: int, ours: int, programs: Path) -> None:
        super().__init__(
            f"The database in {folder} was made by PostgreSQL {found} and this Courtyard brings"
            f" {ours}: upgrade it with pg_upgrade (its old programs are kept in {programs})."
        )
