"""The database folder (PostgreSQL says: cluster): made once, whole or not at all."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from courtyard.embedded.binaries import POSTGRES_MAJOR, postgres_programs
from courtyard.embedded.errors import DataTooNew, DataTooOld, ServiceFailed
from courtyard.embedded.folder import DataFolder, make_service_folder
from courtyard.embedded.process import tie_to_parent

USER = DATABASE = "courtyard"
SUPERUSER = "postgres"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
INITDB = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    f"--username={SUPERUSER}",
    "--auth=reject",
    "--no-instructions",
)


class Cluster:
    """The database folder of one data folder, while no server runs on it.

    The caller holds the `ServerLock`. Methods raise ServiceFailed with what the program said.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self.path = folder.home / "postgres"
        self.passfile = folder.home / "password"

    def create(self) -> None:
        """Make the database aside, complete, and move it into place."""
        draft = self.path.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        make_service_folder(draft, self._folder.account)
        self._run("initdb", *INITDB, f"--pgdata={draft}")
        # In the template, so that every database made later has it: creating it takes a
        # superuser, which the application is not.
        self._alone(draft, "template1", "create extension vector")
        self._alone(
            draft,
            "postgres",
            f"create role {USER} login createdb in role pg_monitor",
            f"create database {DATABASE} owner {USER}",
        )
        self.set_password(draft)
        draft.rename(self.path)

    def check_version(self) -> None:
        """Raise DataTooNew or DataTooOld unless the programs are of the database's version."""
        found = int((self.path / "PG_VERSION").read_text())
        if found > POSTGRES_MAJOR:
            raise DataTooNew(self.path, found, POSTGRES_MAJOR)
        if found < POSTGRES_MAJOR:
            raise DataTooOld(self.path, found, POSTGRES_MAJOR, self._folder.home / "programs")

    def set_password(self, database: Path | None = None) -> None:
        """Give the application's user a new password, and then write its file."""
        password = secrets.token_urlsafe(32)
        change = f"alter role {USER} password '{password}'"
        self._alone(database or self.path, "postgres", change)
        draft = self.passfile.with_name("password.new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"*:*:*:{USER}:{password}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.passfile)

    def _alone(self, database: Path, name: str, *statements: str) -> None:
        """Run statements as the superuser, in single-user mode."""
        script = "".join(f"{statement};\n" for statement in statements)
        options = ("--single", "-D", str(database), "-c", "exit_on_error=on", name)
        self._run("postgres", *options, script=script)

    def _run(self, program: str, *arguments: str, script: str = "") -> None:
        path = postgres_programs(self._folder.home) / program
        account = self._folder.account
        try:
            done = subprocess.run(
                [str(path), *arguments],
                input=script,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                env=ENVIRONMENT,
                cwd="/",
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                # Or the next start would find a killed one's initdb still at work.
                preexec_fn=tie_to_parent(signal.SIGTERM),
            )
        except OSError as error:
            raise ServiceFailed("postgres", f"{path} cannot be run ({error.strerror})") from error
        if done.returncode != 0:
            raise ServiceFailed("postgres", f"{program} said: {_reason(done.stdout, script)}")


def _reason(output: str, script: str) -> str:
    """The line that tells, without what we had typed: single-user mode may echo a statement."""
    lines: Sequence[str] = [line.strip() for line in output.splitlines() if line.strip()]
    lines = [line for line in lines if line.removeprefix("STATEMENT:").strip() not in script]
    telling = [line for line in lines if "error:" in line.lower() or "FATAL" in line]
    return (telling or lines or ["nothing"])[-1]
