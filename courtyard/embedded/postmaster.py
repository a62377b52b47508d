"""Who is at work in a database folder, and which lock files mean nothing any more.

PostgreSQL refuses to start when the process id in its lock file lives, whoever that is now; in
a container ids are small and soon used again. It also refuses while the backends of a killed
postmaster still hold its shared memory. Here the living are found by their working directory,
which for every PostgreSQL process is the database folder.
"""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path


def postmaster_pid(lock_file: Path) -> int | None:
    """The process id that a lock file names."""
    try:
        return abs(int(lock_file.read_text().split("\n", 1)[0]))
    except (FileNotFoundError, ValueError):
        return None


def at_work(database: Path) -> set[int]:
    """The PostgreSQL processes of this database folder that are alive."""
    if sys.platform != "linux":
        return _named_by_lock_file(database)
    wanted = os.stat(database)
    return {
        int(entry.name)
        for entry in os.scandir("/proc")
        if entry.name.isdigit() and _works_in(entry.path, wanted)
    }


def end_orphans(pids: set[int], number: signal.Signals) -> None:
    """Signal backends whose postmaster is gone; what they had not committed is void anyway."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def remove_stale_lock(lock_file: Path) -> None:
    """Remove a lock file whose process id belongs to somebody else by now.

    Call it only when nobody is `at_work`. The file of a dead process is left to PostgreSQL,
    which by it finds shared memory that is still in use.
    """
    pid = postmaster_pid(lock_file)
    if pid is not None and _alive(pid):
        lock_file.unlink()


def _works_in(process: str, wanted: os.stat_result) -> bool:
    try:
        folder = os.stat(f"{process}/cwd")
        return os.path.samestat(folder, wanted) and _is_postgres(process)
    except OSError:  # it ended, or belongs to another user and so not to this folder
        return False


def _is_postgres(process: str) -> bool:
    # After an upgrade of the programs the link ends in " (deleted)".
    return os.path.basename(os.readlink(f"{process}/exe")).startswith("postgres")


def _named_by_lock_file(database: Path) -> set[int]:
    """Without /proc: the process of the lock file, if that is a PostgreSQL."""
    pid = postmaster_pid(database / "postmaster.pid")
    if pid is None:
        return set()
    ask = ["ps", "-o", "comm=", "-p", str(pid)]
    found = subprocess.run(ask, capture_output=True, text=True, check=False)
    return {pid} if "postgres" in found.stdout else set()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
