"""The real server as a child of a drill: `courtyard serve` on a folder and a port of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from courtyard.embedded import attach, postmaster
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.postgres import Postgres
from tests.licences import PUBLIC

HERE = Path(__file__).parent
PATIENCE = 60.0


def free_port() -> int:
    """A port of the loopback that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that the services' account can reach, unlike pytest's own when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="courtyard-drill-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def until(condition: Callable[[], object], what: str, timeout: float = PATIENCE) -> None:
    """Waits until the condition holds."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not in {timeout:g} s")
        time.sleep(0.02)


class Serve:
    """A running `courtyard serve`; its children's comings and goings are read from its log."""

    def __init__(self, data_dir: Path, *, workers: int = 1, env: Mapping[str, str] = {}) -> None:
        self.data_dir = data_dir
        self.workers = workers
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._configured = env.get("COURTYARD_DATABASE_URL")
        self.started: dict[str, list[tuple[float, int]]] = {}
        self.log: deque[str] = deque(maxlen=400)
        self.said: deque[dict[str, Any]] = deque(maxlen=4000)
        self._up = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "courtyard.cli", "serve"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            env={**_environment(), **self._settings(), **env},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _settings(self) -> dict[str, str]:
        return {
            "COURTYARD_DATA_DIR": str(self.data_dir),
            "COURTYARD_HOST": "127.0.0.1",
            "COURTYARD_PORT": str(self.port),
            "COURTYARD_WORKERS": str(self.workers),
            "COURTYARD_LIMIT_FACTOR": "1000",
            "COURTYARD_LICENCE_KEYS": PUBLIC,
            "COURTYARD_LOG_FORMAT": "json",
        }

    def wait_until_up(self, timeout: float = PATIENCE) -> "Serve":
        """Waits until everything is ready. Raises RuntimeError with the log when it is not."""
        deadline = time.monotonic() + timeout
        while not self._up.wait(0.05):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not come up:\n" + "\n".join(self.log))
        return self

    def pid(self, name: str) -> int:
        """The process that a child is now."""
        return self.started[name][-1][1]

    def starts(self, name: str) -> int:
        """How often a child was started."""
        return len(self.started.get(name, ()))

    def apps(self) -> list[str]:
        """The names of the application's processes."""
        return [f"app-{number}" for number in range(self.workers)]

    def postgres_pids(self) -> set[int]:
        """Every process of the database."""
        return postmaster.at_work(Postgres(self.data_dir).database)

    @property
    def database_url(self) -> str:
        """Where its database is reached."""
        if self._configured:
            return self._configured
        urls = attach(self.data_dir)
        assert urls, "no server runs on this folder"
        return urls.database_url

    def end(self) -> None:
        """Stops it in order, then by force whatever is left of it."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(25)
        self._process.kill()
        self._process.wait(PATIENCE)
        for process in _left_over(self):
            with suppress(psutil.Error):
                process.kill()
        self._reader.join(5)

    def _read(self) -> None:
        assert self._process.stderr
        with self._process.stderr as lines:
            for line in lines:
                self.log.append(line.rstrip())
                with suppress(json.JSONDecodeError):
                    self._note(json.loads(line))

    def _note(self, fact: Any) -> None:
        if not isinstance(fact, dict):
            return
        self.said.append(fact)
        if fact.get("event") == "child.started":
            starts = self.started.setdefault(fact["name"], [])
            starts.append((time.monotonic(), fact["pid"]))
        elif fact.get("event") == "ready":
            self._up.set()


def _environment() -> dict[str, str]:
    """Ours, without settings of other servers; the child may break a guard (see `child`)."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COURTYARD_")}
    if mutant := os.environ.get("COURTYARD_MUTANT"):
        kept["COURTYARD_MUTANT"] = mutant
    kept["COURTYARD_DRILL_ROOT"] = str(HERE.parents[1])
    kept["PYTHONPATH"] = str(HERE / "child")
    return kept


def _left_over(server: Serve) -> list[psutil.Process]:
    """What outlived it: processes that work in its folder or were given it."""
    home, folder = str(DataFolder(server.data_dir).home), str(server.data_dir)
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            given = process.environ().get("COURTYARD_DATA_DIR") == folder
            if given or process.cwd().startswith(home):
                found.append(process)
    return found


@contextmanager
def serving(data_dir: Path, *, workers: int = 1, env: Mapping[str, str] = {}) -> Iterator[Serve]:
    """A server that is up."""
    server = Serve(data_dir, workers=workers, env=env)
    try:
        yield server.wait_until_up()
    finally:
        server.end()
