"""PostgreSQL: configured, started and watched."""

import os
import signal
import time
from pathlib import Path
from urllib.parse import quote

from courtyard.embedded import postgres_conf, postmaster
from courtyard.embedded.binaries import postgres_programs
from courtyard.embedded.cluster import DATABASE, ENVIRONMENT, USER, Cluster
from courtyard.embedded.errors import ServiceFailed
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.process import ChildSpec
from courtyard.embedded.wire import postgres_answers

SPACE_TO_CREATE = 160  # MB: the programs, an empty database, a little work
SPACE_TO_START = 32  # MB: two files of write-ahead log
# How long a former server may take for its shutdown, and orphaned backends for their end.
FORMER_SERVER_TIMEOUT = 120.0
ORPHANS_TIMEOUT = 5.0


class Postgres:
    """The PostgreSQL server of one data folder."""

    name = "postgres"

    def __init__(self, data_dir: Path | str) -> None:
        self.folder = DataFolder(data_dir)
        self._blocked_since: float | None = None

    @property
    def database(self) -> Path:
        """PostgreSQL's own folder."""
        return self._cluster.path

    @property
    def socket(self) -> Path:
        return self.folder.sockets / ".s.PGSQL.5432"

    @property
    def url(self) -> str:
        """The address for SQLAlchemy, psycopg and psql; it names the file with the password."""
        host, passfile = quote(str(self.folder.sockets)), quote(str(self._cluster.passfile))
        return f"postgresql://{USER}@/{DATABASE}?host={host}&passfile={passfile}"

    def program(self, name: str) -> Path:
        """One of PostgreSQL's programs, such as `pg_dump`. Raises UnsupportedPlatform."""
        return postgres_programs(self.folder.home) / name

    def prepare(self) -> None:
        """Create the database when there is none, check it, write its settings.

        The caller holds the `ServerLock` of the folder. Raises UnsupportedPlatform,
        DataFolderError, DiskFull, DataTooNew, DataTooOld, ServiceFailed.
        """
        self.folder.prepare()
        with self.folder.writing():
            self._prepare_cluster()
            self._write_settings()

    def _prepare_cluster(self) -> None:
        cluster = self._cluster
        new = not cluster.path.exists()
        self.folder.need_space(SPACE_TO_CREATE if new else SPACE_TO_START)
        if new:
            cluster.create()
        cluster.check_version()
        if not cluster.passfile.exists():
            self._wait_until_free()
            cluster.set_password()

    def child_spec(self) -> ChildSpec:
        """How to run it; call `prepare` first."""
        return ChildSpec(
            name=self.name,
            argv=[str(self.program("postgres")), "-D", str(self.database), *self._settings_files],
            env=ENVIRONMENT,
            user=self.folder.account,
            ready=self.ready,
            before_start=self.clear_the_way,
            stop_signal=signal.SIGINT,  # fast: ends sessions and writes a checkpoint
            hurry_signal=signal.SIGQUIT,  # immediate: the next start recovers
            stop_timeout=60,
            ready_timeout=300,  # recovery after a crash takes its time
            log_path=self.folder.logs / "postgres.log",
            cwd="/",
        )

    def ready(self) -> bool:
        """Whether it takes sessions."""
        return postgres_answers(self.socket, USER, DATABASE)

    def clear_the_way(self) -> bool:
        """Whether a server can start now: nobody else is at work and no stale lock is left.

        Ends the backends of a killed postmaster, and lets a former server that is shutting down
        do so. Raises ServiceFailed when that takes too long, DiskFull.
        """
        others = postmaster.at_work(self.database)
        if others:
            self._press(others)
            return False
        self._blocked_since = None
        self.folder.need_space(SPACE_TO_START)
        postmaster.remove_stale_lock(self._lock_file)
        postmaster.remove_stale_lock(self.socket.with_name(f"{self.socket.name}.lock"))
        return True

    def _press(self, others: set[int]) -> None:
        now = time.monotonic()
        if self._blocked_since is None:
            self._blocked_since = now
        waited = now - self._blocked_since
        if postmaster.postmaster_pid(self._lock_file) not in others:
            quick = signal.SIGQUIT if waited < ORPHANS_TIMEOUT else signal.SIGKILL
            postmaster.end_orphans(others, quick)
        elif waited > FORMER_SERVER_TIMEOUT:
            pids = ", ".join(map(str, sorted(others)))
            raise ServiceFailed(self.name, f"processes {pids} still use {self.database}")

    def _wait_until_free(self) -> None:
        while not self.clear_the_way():
            time.sleep(0.05)

    @property
    def _cluster(self) -> Cluster:
        return Cluster(self.folder)

    @property
    def _lock_file(self) -> Path:
        return self.database / "postmaster.pid"

    @property
    def _settings_files(self) -> list[str]:
        # In the home and not in the database folder: as root we write nothing into a folder of
        # the unprivileged account, which could put a link there.
        home = self.folder.home
        return ["-c", f"config_file={home}/postgresql.conf", "-c", f"hba_file={home}/pg_hba.conf"]

    def _write_settings(self) -> None:
        home = self.folder.home
        local = home / postgres_conf.LOCAL_FILE
        text = postgres_conf.settings(self.folder.sockets, local if local.exists() else None)
        self._write(home / "postgresql.conf", text)
        self._write(home / "pg_hba.conf", postgres_conf.access(USER))

    def _write(self, path: Path, text: str) -> None:
        draft = path.with_name(f"{path.name}.new")
        draft.write_text(text)
        if self.folder.account:
            os.chown(draft, 0, self.folder.account.gid)
        draft.chmod(0o640)
        draft.rename(path)
