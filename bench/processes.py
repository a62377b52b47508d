"""Starting a server as a child, and reading what it uses from the kernel's books."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

READY_SECONDS = 120
STOP_SECONDS = 60
# More than any load here, and well below what the counters hold.
FACTOR = "100000"


class Server:
    """A server with its children, on a free port of this machine."""

    def __init__(self, program: str, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = _free_port()
        started = time.perf_counter()
        env = {name: value for name, value in os.environ.items() if "COURTYARD" not in name}
        env |= {
            "COURTYARD_DATA_DIR": str(data_dir),
            "COURTYARD_PORT": str(self.port),
            "COURTYARD_LIMIT_FACTOR": FACTOR,
        }
        self._child = subprocess.Popen(
            [sys.executable, "-m", *program.split()],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=(data_dir.parent / f"{data_dir.name}.log").open("ab"),
        )
        self._wait_until_ready()
        self.ready_seconds = time.perf_counter() - started

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self._child.poll() is None:
            with contextlib.suppress(OSError, urllib.error.URLError):
                url = f"http://127.0.0.1:{self.port}/api/health"
                with urllib.request.urlopen(url, timeout=2):
                    return
            time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"not ready; see the log beside {self.data_dir}")

    def stop(self) -> None:
        """Ends the server as an operator would."""
        self._child.terminate()
        try:
            self._child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def application_seconds(self) -> float:
        """CPU time of the processes that run Python for requests."""
        return sum(_seconds(process) for process in self._tree() if _kind(process) == "app")

    def database_seconds(self) -> float:
        """CPU time of PostgreSQL, ended sessions included."""
        found = [process for process in self._tree() if _kind(process) == "postgres"]
        return sum(_seconds(process) for process in found) + sum(map(_ended_seconds, found))

    def memory(self) -> dict[str, float]:
        """MB by kind of process, shared pages counted once (PSS)."""
        found: dict[str, float] = {}
        for process in self._tree():
            with contextlib.suppress(psutil.NoSuchProcess):
                share = process.memory_full_info().pss / 1e6
                found[_kind(process)] = found.get(_kind(process), 0) + share
        return found

    def _tree(self) -> Sequence[psutil.Process]:
        root = psutil.Process(self._child.pid)
        return [root, *root.children(recursive=True)]


def _kind(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.NoSuchProcess):
        command = " ".join(process.cmdline())
        if "courtyard.process" in command or "bench.limit" in command:
            return "app"
        if process.name().startswith("postgres"):
            return "postgres"
        return "valkey" if "valkey" in command else "supervisor"
    return "gone"


def _seconds(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return times.user + times.system
    return 0.0


def _ended_seconds(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return times.children_user + times.children_system
    return 0.0


@contextmanager
def served(program: str, data_dir: Path) -> Iterator[Server]:
    """A server that is ready, and stopped at the end."""
    server = Server(program, data_dir)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for data, removed at the end. Its parent can be entered: PostgreSQL may have to
    run under another account."""
    path = Path(tempfile.mkdtemp(prefix="courtyard-bench-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
