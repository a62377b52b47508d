"""Keeps children running until told to stop, then stops them in reverse order."""

import contextlib
import math
import os
import select
import signal
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from courtyard.embedded.errors import EmbeddedError, ServiceFailed, StopRequested
from courtyard.embedded.process import ChildSpec
from courtyard.embedded.watched import Log, Watched

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# So often an idle supervisor wakes, to keep the logs short.
IDLE = 60.0
# Without signals of our own nothing wakes us when a child dies.
UNNOTIFIED = 0.05
# A child that dies so often before it was ever ready will not become so.
HOPELESS = 4


class Supervisor:
    """The loop that keeps the children of one process. Use it from the main thread.

    It takes over SIGTERM, SIGINT, SIGHUP and SIGCHLD from its first start until `stop` returns:
    the first stopping signal stops all in order, a second one hurries. Commands that want to
    keep Ctrl-C to themselves pass `own_signals=False` and never call `run`.
    """

    def __init__(self, log: Log, *, own_signals: bool = True) -> None:
        self._children: dict[str, Watched] = {}
        self._sink = log
        self._signals = SignalPipe((*STOP_SIGNALS, signal.SIGCHLD) if own_signals else ())
        self._stop_signals = 0
        self._rotate_at = 0.0

    def add(self, name: str, argv: Sequence[str], env: Mapping[str, str], **options: Any) -> None:
        """Add a child without starting it; the options are the other fields of `ChildSpec`."""
        self.add_spec(ChildSpec(name, argv, env, **options))

    def add_spec(self, spec: ChildSpec) -> None:
        """Add a child without starting it."""
        if spec.name in self._children:
            raise ValueError(f"there is a child {spec.name} already")
        self._children[spec.name] = Watched(spec, self._log)

    def start(self, name: str) -> None:
        """Start a child and return when it is ready; the others are kept meanwhile.

        Raises ServiceFailed when it keeps dying or is not ready in time, StopRequested when a
        signal came first, and whatever its `before_start` raises.
        """
        self._signals.open()
        watched = self._children[name]
        watched.want()
        deadline = time.monotonic() + watched.spec.ready_timeout
        while not watched.ready:
            self._wait()
            self._step()
            if self._stop_signals:
                raise StopRequested(f"Stopped while {name} was starting.")
            if problem := _hopeless(watched, late=time.monotonic() > deadline):
                self._stop(watched)
                raise problem

    def run(self) -> None:
        """Start what was not started yet and keep everything until a signal asks to stop."""
        self._signals.open()
        for watched in self._children.values():
            watched.want()
        while not self._stop_signals:
            self._step()
            self._wait()
        self.stop()

    def stop(self) -> None:
        """Stop all children, the last one added first; returns when all have ended."""
        for watched in reversed(self._children.values()):
            self._stop(watched)
        self._signals.close()

    def pids(self) -> dict[str, int | None]:
        """The process ids of the children, None for one that does not run at this moment."""
        return {name: watched.child.pid for name, watched in self._children.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _stop(self, watched: Watched) -> None:
        watched.stop()
        watched.step()  # it may have died on its own, its SIGCHLD heard already
        while watched.running:
            if self._stop_signals > 1:
                self._hurry()
            self._wait()
            watched.step()

    def _hurry(self) -> None:
        self._stop_signals = 1
        self._log("supervisor.hurrying")
        for watched in self._children.values():
            watched.hurry()

    def _step(self) -> None:
        for watched in self._children.values():
            watched.step()
        if os.getpid() == 1:
            _reap_strangers(self.pids().values())
        if time.monotonic() > self._rotate_at:
            self._rotate_at = time.monotonic() + IDLE
            for watched in self._children.values():
                watched.child.rotate_log()

    def _wait(self) -> None:
        """Sleep until a signal comes or something is due; count the signals that ask to stop."""
        longest = IDLE if self._signals.takes_any else UNNOTIFIED
        timeout = min([longest, *(watched.wake_in() for watched in self._children.values())])
        for number in self._signals.wait(timeout):
            if number in STOP_SIGNALS:
                self._stop_signals += 1
                self._log("supervisor.stopping", signal=signal.Signals(number).name)

    def _log(self, event: str, /, **fields: object) -> None:
        # The terminal may be gone, or the disk full: no reason to leave the children alone.
        with contextlib.suppress(OSError):
            self._sink(event, **fields)


class SignalPipe:
    """Turns signals into something to wait for, together with a timeout."""

    def __init__(self, numbers: Sequence[signal.Signals]) -> None:
        self._numbers = numbers
        self._before: dict[signal.Signals, Any] = {}
        self._pipe: tuple[int, int] | None = None

    @property
    def takes_any(self) -> bool:
        return bool(self._numbers)

    def open(self) -> None:
        """Take the signals over; harmless when that is done."""
        if self._pipe or not self._numbers:
            return
        self._pipe = os.pipe()
        for end in self._pipe:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        for number in self._numbers:
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue  # started by nohup
            self._before[number] = signal.signal(number, _noted)

    def close(self) -> None:
        """Give the signals back."""
        if self._pipe:
            for number, handler in self._before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(-1)
            for end in self._pipe:
                os.close(end)
            self._pipe = None

    def wait(self, timeout: float) -> bytes:
        """The numbers of the signals that came, at the latest after `timeout` seconds."""
        if self._pipe is None:
            time.sleep(timeout)
            return b""
        poll = select.poll()
        poll.register(self._pipe[0], select.POLLIN)
        if poll.poll(math.ceil(timeout * 1000)):
            return os.read(self._pipe[0], 4096)
        return b""


def _noted(_number: int, _frame: FrameType | None) -> None:
    """Nothing: the number has gone through the pipe."""


def _reap_strangers(own: Collection[int | None]) -> None:
    """As the first process of a container we inherit what a killed child leaves behind.

    Our own children were asked just before; one that ended since is left for the next round.
    """
    with contextlib.suppress(ChildProcessError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if ended.si_pid in own:
                return
            os.waitpid(ended.si_pid, 0)


def _hopeless(watched: Watched, *, late: bool) -> EmbeddedError | None:
    """Why it makes no sense to wait longer for a child that never was ready."""
    if watched.refusal:
        return watched.refusal
    spec = watched.spec
    if watched.deaths >= HOPELESS:
        return ServiceFailed(spec.name, _last_line(spec.log_path) or "it ended", spec.log_path)
    if late:
        return ServiceFailed(spec.name, f"not ready in {spec.ready_timeout:g} s", spec.log_path)
    return None


def _last_line(log: Path | None) -> str:
    """The last line of a log that tells of a failure."""
    if log is None or not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        lines = file.read().decode(errors="replace").splitlines()
    failures = [line for line in lines if "FATAL" in line or "PANIC" in line]
    return (failures or lines or [""])[-1].strip()
