"""The supervisor with small children: restarts, readiness, order, signals."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from courtyard.embedded import process, supervisor
from courtyard.embedded.errors import DataFolderError, ServiceFailed, StopRequested
from courtyard.embedded.process import Backoff
from courtyard.embedded.supervisor import Supervisor

from .server import alive, until

SLEEP = ["/bin/sleep", "1000000"]


class Events:
    """A log that keeps what it is told, and acts on it: here tests stop the loop."""

    def __init__(self) -> None:
        self.all: list[tuple[str, object]] = []
        self.fields: list[dict[str, object]] = []
        self.then: Callable[[str, dict[str, object]], None] = lambda _event, _fields: None

    def __call__(self, event: str, /, **fields: object) -> None:
        self.all.append((event, fields.get("name")))
        self.fields.append(fields)
        self.then(event, fields)

    def of(self, event: str) -> list[object]:
        return [name for found, name in self.all if found == event]


@pytest.fixture
def events() -> Events:
    return Events()


def _shell(script: str) -> list[str]:
    return ["/bin/sh", "-c", script]


def _ask_to_stop(number: signal.Signals = signal.SIGTERM) -> None:
    os.kill(os.getpid(), number)


def _stop_after(events: Events, event: str, times: int) -> None:
    def stop(happened: str, _fields: dict[str, object]) -> None:
        if happened == event and len(events.of(event)) == times:
            _ask_to_stop()

    events.then = stop


def test_a_dead_child_is_started_again_after_growing_pauses(events: Events) -> None:
    keeper = Supervisor(events)
    keeper.add("brief", _shell("exit 7"), {}, restart_backoff=Backoff(first=0.05, limit=0.1))
    _stop_after(events, "child.died", 5)

    keeper.run()

    pauses = [fields["restart_in"] for fields in events.fields if "restart_in" in fields]
    assert pauses == [0.0, 0.05, 0.1, 0.1, 0.1]
    assert len(events.of("child.started")) >= 4


def test_a_long_healthy_life_forgives_earlier_deaths(events: Events) -> None:
    keeper = Supervisor(events)
    keeper.add("app", _shell("sleep 0.1"), {}, restart_backoff=Backoff(healthy_after=0.05))
    _stop_after(events, "child.died", 4)

    keeper.run()

    assert {fields["restart_in"] for fields in events.fields if "restart_in" in fields} == {0.0}


def test_start_returns_when_the_child_is_ready(events: Events, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    with Supervisor(events) as keeper:
        keeper.add("app", _shell(f"sleep 0.2; touch {sign}; exec sleep 100"), {}, ready=sign.exists)
        keeper.start("app")
        assert sign.exists()
    assert events.of("child.ready") == ["app"]


def test_start_gives_up_on_a_child_that_only_dies_and_says_its_last_words(
    events: Events, tmp_path: Path
) -> None:
    log, words = tmp_path / "app.log", "FATAL: no luck"
    script = _shell(f"echo {words}; exit 1")
    with Supervisor(events) as keeper:
        keeper.add("app", script, {}, log_path=log, ready=lambda: False, ready_timeout=4)
        with pytest.raises(ServiceFailed, match=rf"app did not start: {words}\. See the end of"):
            keeper.start("app")


def test_start_gives_up_on_a_child_that_is_not_ready_in_time(events: Events) -> None:
    with Supervisor(events) as keeper:
        keeper.add("app", SLEEP, {}, ready=lambda: False, ready_timeout=0.2)
        with pytest.raises(ServiceFailed, match=r"not ready in 0\.2 s"):
            keeper.start("app")
    assert events.of("child.stopped") == ["app"]


def test_a_program_that_is_not_there_is_said_clearly(events: Events) -> None:
    with Supervisor(events) as keeper:
        keeper.add("app", ["/nowhere/app"], {})
        with pytest.raises(ServiceFailed, match="No such file"):
            keeper.start("app")


def test_before_start_may_put_the_start_off_or_refuse_it(events: Events) -> None:
    answers = iter([False, False, True])
    with Supervisor(events) as keeper:
        keeper.add("late", SLEEP, {}, before_start=lambda: next(answers))
        keeper.start("late")
        assert next(answers, None) is None

        def refuse() -> None:
            raise DataFolderError("no room")

        keeper.add("never", SLEEP, {}, before_start=refuse)
        with pytest.raises(DataFolderError, match="no room"):
            keeper.start("never")


def test_the_others_are_kept_while_one_starts(events: Events) -> None:
    with Supervisor(events) as keeper:
        keeper.add("first", SLEEP, {})
        keeper.start("first")
        first = keeper.pids()["first"]
        assert first
        os.kill(first, signal.SIGKILL)
        keeper.add("second", SLEEP, {}, ready=lambda: len(events.of("child.started")) == 3)
        keeper.start("second")
        assert keeper.pids()["first"] not in (None, first)


def test_children_stop_in_reverse_order_each_when_the_former_has_ended(events: Events) -> None:
    keeper = Supervisor(events)
    for name in ("base", "middle", "top"):
        keeper.add(name, _shell("trap 'sleep 0.1; exit 0' TERM; while :; do sleep 0.05; done"), {})
    _stop_after(events, "child.ready", 3)

    keeper.run()

    assert events.all[-6:] == [
        (event, name)
        for name in ("top", "middle", "base")
        for event in ("child.stopping", "child.stopped")
    ]


def _add_deaf(keeper: Supervisor, sign: Path, stop_timeout: float) -> None:
    script = f"trap '' TERM; touch {sign}; while :; do sleep 0.1; done"
    keeper.add("deaf", _shell(script), {}, ready=sign.exists, stop_timeout=stop_timeout)


def test_a_second_signal_hurries(events: Events, tmp_path: Path) -> None:
    keeper = Supervisor(events)
    _add_deaf(keeper, tmp_path / "deaf", stop_timeout=8)

    def act(event: str, _fields: dict[str, object]) -> None:
        if event in ("child.ready", "child.stopping"):
            _ask_to_stop()

    events.then = act
    began = time.monotonic()
    keeper.run()

    assert time.monotonic() - began < 5
    assert events.of("child.stopped") == ["deaf"]


def test_a_child_deaf_to_its_stop_signal_is_killed_in_the_end(
    events: Events, tmp_path: Path
) -> None:
    with Supervisor(events) as keeper:
        _add_deaf(keeper, tmp_path / "deaf", stop_timeout=0.1)
        keeper.start("deaf")
    assert events.fields[-1]["status"] == -signal.SIGKILL


def test_a_child_that_died_just_before_its_stop_is_not_waited_for(events: Events) -> None:
    began = time.monotonic()
    with Supervisor(events) as keeper:
        keeper.add("app", SLEEP, {})
        keeper.start("app")
        pid = keeper.pids()["app"]
        assert pid
        os.kill(pid, signal.SIGKILL)
        until(lambda: not alive(pid), "its death")
        keeper._wait()  # hears of it
    assert time.monotonic() - began < 5


def test_a_signal_during_the_start_stops_what_runs(events: Events) -> None:
    _stop_after(events, "child.started", 2)
    with pytest.raises(StopRequested), Supervisor(events) as keeper:
        keeper.add("first", SLEEP, {})
        keeper.start("first")
        keeper.add("second", SLEEP, {}, ready=lambda: False)
        keeper.start("second")
    assert events.of("child.stopped") == ["second", "first"]


def test_what_a_child_left_behind_ends_with_it(events: Events, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with Supervisor(events) as keeper:
        script = f"sleep 100 & echo $! > {note}.new; mv {note}.new {note}; wait"
        keeper.add("app", _shell(script), {}, ready=note.exists)
        keeper.start("app")
    left = int(note.read_text())
    until(lambda: not alive(left), "the end of what was left", 5)


def test_signals_are_given_back(events: Events) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    with Supervisor(events) as keeper:
        keeper.add("app", SLEEP, {})
        keeper.start("app")
        assert signal.getsignal(signal.SIGTERM) != before[0]
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


MUTANTS = {
    "restarts without pause": (
        lambda patch: patch.setattr(Backoff, "delay", lambda _self, _deaths: 0.0),
        ["test_a_dead_child_is_started_again_after_growing_pauses"],
    ),
    "never forgives": (
        lambda patch: patch.setattr(
            Backoff, "healthy_after", property(lambda _self: 1e9, lambda _self, _value: None)
        ),
        ["test_a_long_healthy_life_forgives_earlier_deaths"],
    ),
    "keeps trying": (
        lambda patch: patch.setattr(supervisor, "HOPELESS", 10**6),
        ["test_start_gives_up_on_a_child_that_only_dies_and_says_its_last_words"],
    ),
    "stops in order of start": (
        lambda patch: patch.setattr(supervisor, "reversed", list, raising=False),
        ["test_children_stop_in_reverse_order_each_when_the_former_has_ended"],
    ),
    "does not hurry": (
        lambda patch: patch.setattr(Supervisor, "_hurry", lambda _self: None),
        ["test_a_second_signal_hurries"],
    ),
    "leaves grandchildren": (
        lambda patch: patch.setattr(process.Child, "_end_group", staticmethod(lambda _pid: None)),
        ["test_what_a_child_left_behind_ends_with_it"],
    ),
}
