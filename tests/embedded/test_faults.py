"""What is killed comes back, what is orphaned ends, and nothing that was committed is lost."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped,unused-ignore]
import psycopg
import pytest
import redis

from courtyard.embedded import postmaster, process
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.postgres import Postgres
from courtyard.embedded.valkey import Valkey

from .server import Server, alive, processes_of, serving, until


@pytest.fixture
def server(data_dir: Path) -> Iterator[Server]:
    with serving(data_dir) as server:
        yield server


def _connect(data_dir: Path) -> psycopg.Connection:
    return psycopg.connect(Postgres(data_dir).url, autocommit=True)


def _write(data_dir: Path, word: str) -> None:
    with _connect(data_dir) as db:
        db.execute("create table if not exists kept (word text)")
        db.execute("insert into kept values (%s)", [word])


def _words(data_dir: Path) -> list[str]:
    with _connect(data_dir) as db:
        return [row[0] for row in db.execute("select word from kept")]


def _log(data_dir: Path) -> str:
    return (DataFolder(data_dir).logs / "postgres.log").read_text()


def test_a_killed_postmaster_comes_back_with_all_that_was_committed(
    server: Server, data_dir: Path
) -> None:
    _write(data_dir, "before the postmaster died")
    os.kill(server.pid("postgres"), signal.SIGKILL)
    server.wait("child.ready", "postgres", times=2)
    assert "before the postmaster died" in _words(data_dir)
    assert alive(server.pid("app"))


def test_a_busy_backend_of_a_killed_postmaster_does_not_block_the_next_one(
    server: Server, data_dir: Path
) -> None:
    busy = _connect(data_dir)
    busy.pgconn.send_query(b"do $$ begin loop perform 1; end loop; end $$")
    backend = busy.info.backend_pid
    until(lambda: psutil.Process(backend).cpu_times().user > 0.1, "the loop")
    os.kill(server.pid("postgres"), signal.SIGKILL)
    server.wait("child.ready", "postgres", times=2, timeout=10)
    assert not alive(backend)
    busy.close()


def test_all_processes_of_postgres_may_be_killed_at_once(server: Server, data_dir: Path) -> None:
    _write(data_dir, "before all died")
    for pid in postmaster.at_work(Postgres(data_dir).database):
        with suppress(ProcessLookupError):  # it ended with one killed before
            os.kill(pid, signal.SIGKILL)
    server.wait("child.ready", "postgres", times=2)
    assert "before all died" in _words(data_dir)


def test_a_killed_valkey_comes_back(server: Server, data_dir: Path) -> None:
    os.kill(server.pid("valkey"), signal.SIGKILL)
    server.wait("child.ready", "valkey", times=2)
    with redis.Redis.from_url(Valkey(data_dir).url) as bus:
        assert bus.ping()


def test_when_the_supervisor_is_killed_all_ends_in_order_and_the_next_start_works(
    server: Server, data_dir: Path
) -> None:
    _write(data_dir, "before the supervisor died")
    app = server.pid("app")
    server.kill()
    until(lambda: not processes_of(data_dir) and not alive(app), "the end of the children", 10)
    assert "database system is shut down" in _log(data_dir).splitlines()[-1]
    with serving(data_dir):
        assert "before the supervisor died" in _words(data_dir)


def test_a_former_server_that_still_shuts_down_is_waited_for(
    server: Server, data_dir: Path
) -> None:
    former = server.pid("postgres")
    os.kill(former, signal.SIGSTOP)
    server.kill()
    following = Server(data_dir)
    try:
        with pytest.raises(TimeoutError):
            following.wait("child.started", "postgres", timeout=1)
        assert alive(former)
        os.kill(former, signal.SIGCONT)
        following.wait_until_up()
        assert not alive(former)
    finally:
        following.end()


def test_a_lock_file_whose_process_id_is_someone_elses_now_is_no_obstacle(
    server: Server, data_dir: Path
) -> None:
    os.kill(server.pid("postgres"), signal.SIGSTOP)  # or it would remove its lock files
    server.kill()
    for each in processes_of(data_dir):
        each.kill()
    until(lambda: not processes_of(data_dir), "the end of the children")
    postgres = Postgres(data_dir)
    account = postgres.folder.account
    stranger = subprocess.Popen(["/bin/sleep", "1000"], user=account.uid if account else None)
    try:
        for name in (postgres.database / "postmaster.pid", Path(f"{postgres.socket}.lock")):
            lines = name.read_text().split("\n")
            name.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        with serving(data_dir):
            assert alive(stranger.pid)
    finally:
        stranger.kill()
        stranger.wait()


def test_ctrl_c_reaches_the_supervisor_only_and_leaves_no_process(
    server: Server, data_dir: Path
) -> None:
    app = server.pid("app")
    os.killpg(server.process.pid, signal.SIGINT)  # as a terminal does: the whole group
    assert server.process.wait(30) == 0
    server.end()
    ends = [each for each in server.events if each["event"] in ("child.stopped", "child.died")]
    assert [(each["event"], each["name"], each["status"]) for each in ends] == [
        ("child.stopped", "app", -signal.SIGTERM),
        ("child.stopped", "valkey", 0),
        ("child.stopped", "postgres", 0),
    ]
    assert not processes_of(data_dir)
    assert not alive(app)


def test_the_supervisor_is_small_and_sleeps(server: Server) -> None:
    supervisor = psutil.Process(server.process.pid)
    assert supervisor.memory_info().rss < 30 * 2**20
    began = supervisor.cpu_times(), supervisor.num_ctx_switches().voluntary
    with pytest.raises(TimeoutError):
        server.wait("supervisor.stopping", timeout=1)
    assert supervisor.num_ctx_switches().voluntary - began[1] < 5
    assert sum(supervisor.cpu_times()[:2]) - sum(began[0][:2]) < 0.1


def test_the_services_are_small(server: Server, data_dir: Path) -> None:
    shares = [each.memory_full_info().pss for each in processes_of(data_dir)]
    assert sum(shares) < 120 * 2**20


def _without_session(popen: Any) -> Callable[..., Any]:
    """Popen as it would start children in the supervisor's own session."""
    return lambda *args, **options: popen(
        *args, **{**options, **({"start_new_session": False} if "pass_fds" in options else {})}
    )


MUTANTS = {
    "children outlive the supervisor": (
        lambda patch: patch.setattr(process, "tie_to_parent", lambda _number: None),
        ["test_when_the_supervisor_is_killed_all_ends_in_order_and_the_next_start_works"],
    ),
    "orphans are left alone": (
        lambda patch: patch.setattr(postmaster, "end_orphans", lambda _pids, _number: None),
        ["test_a_busy_backend_of_a_killed_postmaster_does_not_block_the_next_one"],
    ),
    "does not see who is at work": (
        lambda patch: patch.setattr(postmaster, "at_work", lambda _database: set()),
        ["test_a_former_server_that_still_shuts_down_is_waited_for"],
    ),
    "stale locks stay": (
        lambda patch: patch.setattr(postmaster, "remove_stale_lock", lambda _file: None),
        ["test_a_lock_file_whose_process_id_is_someone_elses_now_is_no_obstacle"],
    ),
    "children share the terminal": (
        lambda patch: patch.setattr(subprocess, "Popen", _without_session(subprocess.Popen)),
        ["test_ctrl_c_reaches_the_supervisor_only_and_leaves_no_process"],
    ),
}
