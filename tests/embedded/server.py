"""Starts `serve.py` for a test, listens to its events, and leaves no process behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped,unused-ignore]
import pytest

from courtyard.embedded.account import Account
from courtyard.embedded.folder import DataFolder

needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="needs root: it changes to another account or mounts a disk"
)

REFUSED = 3  # the exit status of `serve.py` when it says why it does not start
SERVE = Path(__file__).with_name("serve.py")
PATIENCE = 30.0

Event = dict[str, Any]


def until(condition: Callable[[], object], what: str, timeout: float = PATIENCE) -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not happen in {timeout:g} s")
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be reaped does not."""
    with suppress(psutil.NoSuchProcess):
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    return False


def processes_of(data_dir: Path) -> list[psutil.Process]:
    """The services' processes that work in this data folder."""
    home = str(DataFolder(data_dir).home)
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.cwd().startswith(home) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


class Server:
    """A running `serve.py`."""

    def __init__(self, data_dir: Path, account: Account | None = None) -> None:
        self.data_dir = data_dir
        self.events: list[Event] = []
        self._closed = False
        self._news = threading.Condition()
        self.process = subprocess.Popen(
            [_python_for(account), "-B", str(SERVE), str(data_dir)],
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
            env={**os.environ, "PYTHONPATH": str(Path(pytest.__file__).parents[1])},
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def wait(
        self, event: str, name: str | None = None, *, times: int = 1, timeout: float = PATIENCE
    ) -> Event:
        """The event, once it has come so many times."""

        def found() -> list[Event]:
            return [
                each
                for each in self.events
                if each["event"] == event and name in (None, each.get("name"))
            ]

        with self._news:
            self._news.wait_for(lambda: len(found()) >= times or self._closed, timeout)
            if len(found()) >= times:
                return found()[times - 1]
        raise TimeoutError(f"no {event} {name or ''} in {timeout:g} s, but {self.events}")

    def wait_until_up(self) -> "Server":
        self.wait("child.ready", "app")
        return self

    def pid(self, name: str) -> int:
        """The process id that a child has now."""
        return next(
            int(each["pid"])
            for each in reversed(self.events)
            if each["event"] == "child.started" and each["name"] == name
        )

    def kill(self) -> None:
        """Kill the supervisor, and only it, as the kernel does when memory is short."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """End whatever is left of it."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.process.kill()
        self.process.wait(PATIENCE)
        for event in self.events:
            if event["event"] == "child.started":
                end_child(event["pid"])
        for process in processes_of(self.data_dir):
            with suppress(psutil.Error):
                process.kill()
        self._reader.join(PATIENCE)

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                with self._news:
                    self.events.append(json.loads(line))
                    self._news.notify_all()
        with self._news:
            self._closed = True
            self._news.notify_all()


def _python_for(account: Account | None) -> str:
    """A Python that this account may run: the virtual environment's own may be root's."""
    candidates = [
        sys.executable,
        *([found] if (found := shutil.which("python3", path="/usr/bin")) else []),
    ]
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    for python in candidates:
        with suppress(OSError):
            if (
                account is None
                or not subprocess.run(
                    [python, "-c", check],
                    user=account.uid,
                    group=account.gid,
                    extra_groups=[],
                    cwd="/",
                    check=False,
                ).returncode
            ):
                return python
    pytest.skip(f"uid {account and account.uid} can run none of {candidates}")


def end_child(pid: int) -> None:
    """End a child whose supervisor is gone, if it is still ours: all stand in own sessions."""
    with suppress(ProcessLookupError, PermissionError):
        if os.getsid(pid) == pid:
            os.kill(pid, signal.SIGKILL)


@contextmanager
def serving(data_dir: Path, account: Account | None = None) -> Iterator[Server]:
    """A server that is up."""
    server = Server(data_dir, account)
    try:
        yield server.wait_until_up()
    finally:
        server.end()
