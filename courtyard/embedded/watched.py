"""One child that is started again whenever it dies."""

import math
import signal
import time
from typing import Protocol

from courtyard.embedded.errors import EmbeddedError
from courtyard.embedded.process import Child, ChildSpec

READY_POLL = 0.03
NOT_YET_POLL = 0.05
# From the quick stop to the one that nothing can refuse.
HURRY_TIMEOUT = 5.0


class Log(Protocol):
    """Takes one structured line."""

    def __call__(self, event: str, /, **fields: object) -> None: ...


class Watched:
    """A child and its state: when to start it next, whether it is ready, how it is stopped.

    `step` does what is due and returns; it never waits.
    """

    def __init__(self, spec: ChildSpec, log: Log) -> None:
        self.spec = spec
        self.child = Child(spec)
        self.ready = False
        self.deaths = 0
        self.refusal: EmbeddedError | None = None
        self._log = log
        self._wanted = False
        self._start_at = math.inf
        self._started_at = 0.0
        self._said_late = False
        self._stopping: list[tuple[float, signal.Signals]] = []

    @property
    def running(self) -> bool:
        return self.child.pid is not None

    def want(self) -> None:
        """Have it run from now on."""
        if not self._wanted:
            self._wanted, self._start_at, self.deaths = True, 0.0, 0

    def step(self) -> None:
        """Notice a death, start what is due, ask whether it is ready, press a slow stop."""
        now = time.monotonic()
        status = self.child.poll()
        if status is not None:
            self._died(status, now)
        if self._wanted and not self.running and now >= self._start_at:
            self._start(now)
        if self._wanted and self.running and not self.ready:
            self._ask_ready()
        if self._stopping and self.running and now >= self._stopping[0][0]:
            self._press()

    def wake_in(self) -> float:
        """Seconds until `step` has something to do, unless a child dies before."""
        now = time.monotonic()
        if self._stopping and self.running:
            return max(0.0, self._stopping[0][0] - now)
        if self._wanted and not self.running:
            return max(0.0, self._start_at - now)
        return READY_POLL if self._wanted and not self.ready else math.inf

    def stop(self) -> None:
        """Begin to stop it: in order, after `stop_timeout` quickly, and then by force."""
        self._wanted = False
        if self.running and not self._stopping:
            now = time.monotonic()
            quick = now + self.spec.stop_timeout
            self._stopping = [
                (now, self.spec.stop_signal),
                (quick, self.spec.hurry_signal),
                (quick + HURRY_TIMEOUT, signal.SIGKILL),
            ]
            self._log("child.stopping", name=self.spec.name, pid=self.child.pid)
            self._press()

    def hurry(self) -> None:
        """Stop it quickly, whatever was asked before."""
        self._wanted = False
        if self.running:
            now = time.monotonic()
            self._stopping = [(now, self.spec.hurry_signal), (now + HURRY_TIMEOUT, signal.SIGKILL)]
            self._press()

    def _press(self) -> None:
        _due, number = self._stopping.pop(0)
        self.child.signal(number)

    def _start(self, now: float) -> None:
        try:
            if self.spec.before_start and self.spec.before_start() is False:
                self._start_at = now + NOT_YET_POLL
                return
            self.child.start()
        except EmbeddedError as error:
            self._refused(error, now)
            return
        self.refusal, self.ready, self._said_late = None, False, False
        self._started_at = time.monotonic()
        self._log("child.started", name=self.spec.name, pid=self.child.pid, deaths=self.deaths)

    def _refused(self, error: EmbeddedError, now: float) -> None:
        self.deaths += 1
        self._start_at = now + max(self._delay(), NOT_YET_POLL)
        if self.refusal is None or str(self.refusal) != str(error):  # once, not every five seconds
            self._log("child.refused", name=self.spec.name, code=error.code, error=str(error))
        self.refusal = error

    def _ask_ready(self) -> None:
        took = time.monotonic() - self._started_at
        if self.spec.ready is None or self.spec.ready():
            self.ready = True
            self._log("child.ready", name=self.spec.name, seconds=round(took, 2))
        elif took > self.spec.ready_timeout and not self._said_late:
            # Said and not ended: a database that recovers would start over and never finish.
            self._said_late = True
            self._log("child.late", name=self.spec.name, seconds=round(took))

    def _died(self, status: int, now: float) -> None:
        if not self._wanted:
            self.ready, self._stopping = False, []
            self._log("child.stopped", name=self.spec.name, status=status)
            return
        healthy = self.ready and now - self._started_at >= self.spec.restart_backoff.healthy_after
        self.deaths = 1 if healthy else self.deaths + 1
        self.ready = False
        self._start_at = now + self._delay()
        self._log("child.died", name=self.spec.name, status=status, restart_in=self._delay())

    def _delay(self) -> float:
        return self.spec.restart_backoff.delay(self.deaths)
