"""One child process that cannot outlive its parent."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from courtyard.embedded.account import Account
from courtyard.embedded.errors import ServiceFailed

PR_SET_PDEATHSIG = 1
LONGEST_LOG = 5 * 2**20
# Loaded before any fork: between fork and exec a child should do as little as possible.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Backoff:
    """How long to wait before the second restart in a row; the first one is immediate."""

    first: float = 0.2
    limit: float = 5.0
    healthy_after: float = 10.0

    def delay(self, deaths: int) -> float:
        """Seconds to wait after that many deaths in a row."""
        return 0.0 if deaths < 2 else min(self.limit, self.first * 2.0 ** min(deaths - 2, 16))


@dataclass(frozen=True)
class ChildSpec:
    """What to run, how to know that it is ready, how to stop it.

    `ready` is polled after the start; without it a child is ready once started. `before_start`
    runs ahead of every start and may return False for "not yet" or raise EmbeddedError. With
    `log_path` output goes to that file, rotated by size, and else where ours goes.
    `stop_signal` asks for an orderly end, `hurry_signal` for a quick one.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    user: Account | None = None
    ready: Callable[[], bool] | None = None
    before_start: Callable[[], bool | None] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    hurry_signal: signal.Signals = signal.SIGKILL
    stop_timeout: float = 10.0
    ready_timeout: float = 60.0
    restart_backoff: Backoff = Backoff()
    pass_fds: tuple[int, ...] = ()
    log_path: Path | None = None
    cwd: str | None = None


class Child:
    """A running process, started from a spec. Use it from the main thread."""

    def __init__(self, spec: ChildSpec) -> None:
        self.spec = spec
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process.

        Raises ServiceFailed when it cannot be executed, RuntimeError off the main thread.
        """
        if threading.current_thread() is not threading.main_thread():
            # The kernel sends the death signal when the *thread* that forked ends.
            raise RuntimeError("children are started from the main thread")
        spec = self.spec
        try:
            with contextlib.ExitStack() as files:
                output = files.enter_context(_open_log(spec.log_path)) if spec.log_path else None
                self._process = _spawn(spec, output)
        except (OSError, subprocess.SubprocessError) as error:
            raise ServiceFailed(spec.name, str(error), spec.log_path) from error

    def poll(self) -> int | None:
        """The exit status once it ended (negative: the signal), None while it runs."""
        if self._process is None:
            return None
        status = self._process.poll()
        if status is not None:
            self._end_group(self._process.pid)
            self._process = None
        return status

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; harmless when the process has ended."""
        if self._process:
            self._process.send_signal(number)

    def rotate_log(self) -> None:
        """Keep one old log of a bounded size."""
        if self.spec.log_path:
            rotate(self.spec.log_path)

    @staticmethod
    def _end_group(pid: int) -> None:
        """End what the child itself had started and left behind: its group is its own."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def rotate(log: Path, longest: int = LONGEST_LOG) -> None:
    """Move a long log aside by copying: the writer has it open and, appending, starts afresh."""
    with contextlib.suppress(OSError):
        if log.stat().st_size > longest:
            with contextlib.suppress(OSError):  # on a full disk freeing it matters more
                shutil.copyfile(log, log.with_name(f"{log.name}.1"))
            os.truncate(log, 0)


def _open_log(path: Path) -> IO[bytes]:
    rotate(path)
    return path.open("ab", buffering=0)


def _spawn(spec: ChildSpec, output: IO[bytes] | None) -> subprocess.Popen[bytes]:
    account = spec.user
    return subprocess.Popen(
        list(spec.argv),
        env=dict(spec.env),
        cwd=spec.cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        pass_fds=spec.pass_fds,
        # A session of its own: Ctrl-C in a terminal reaches the supervisor only, which then
        # stops its children in order.
        start_new_session=True,
        preexec_fn=tie_to_parent(spec.stop_signal),  # noqa: PLW1509 (the main thread, a prctl)
    )


def tie_to_parent(number: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn`: the kernel sends the new process `number` when its parent dies.

    It runs after the change of the uid, which would clear the setting. Only Linux has it.
    """
    libc = _libc
    if libc is None:
        return None
    parent = os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return tie
