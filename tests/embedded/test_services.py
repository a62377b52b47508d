"""One server per data folder; commands use the running one or their own."""

import json
import os
import shutil
from pathlib import Path

import psycopg
import pytest
import redis

from courtyard.embedded import attach, lock, running, services
from courtyard.embedded.errors import AlreadyRunning
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.lock import ServerLock, holder

from .server import REFUSED, Server, processes_of, serving


def test_a_second_server_is_refused_and_the_first_goes_on(data_dir: Path) -> None:
    with serving(data_dir) as first:
        second = Server(data_dir)
        assert second.process.wait(30) == REFUSED
        refused = second.wait("refused")
        assert refused["code"] == "already_running"
        assert f"process {first.process.pid}" in refused["error"]
        urls = attach(data_dir)
        assert urls
        psycopg.connect(urls.database_url).close()


def test_commands_attach_to_a_running_server_and_leave_it_running(data_dir: Path) -> None:
    assert attach(data_dir) is None
    with serving(data_dir) as server:
        with running(data_dir) as urls:
            assert urls == attach(data_dir)
            with (
                psycopg.connect(urls.database_url) as db,
                redis.Redis.from_url(urls.redis_url) as r,
            ):
                assert db.execute("select 1").fetchone() == (1,)
                assert r.ping()
        assert len(server.events) == len([e for e in server.events if e["event"] != "child.died"])
        assert processes_of(data_dir)
    assert attach(data_dir) is None


def test_without_a_server_commands_have_their_own_services_for_a_while(data_dir: Path) -> None:
    with running(data_dir) as urls:
        assert processes_of(data_dir)
        assert attach(data_dir) is None  # no server that one could rely on
        psycopg.connect(urls.database_url).close()
        with pytest.raises(AlreadyRunning, match=f"a command .process {os.getpid()}."):
            ServerLock(DataFolder(data_dir)).acquire()
    assert not processes_of(data_dir)


def test_a_command_that_fails_leaves_nothing_running(data_dir: Path) -> None:
    with pytest.raises(KeyboardInterrupt), running(data_dir):
        raise KeyboardInterrupt
    assert not processes_of(data_dir)


def test_only_what_is_asked_for_is_started(data_dir: Path) -> None:
    with running(data_dir, postgres=False) as urls:
        assert redis.Redis.from_url(urls.redis_url).ping()
        assert [each.name() for each in processes_of(data_dir)] == ["valkey-server"]


def test_a_lock_file_left_behind_means_nothing(data_dir: Path) -> None:
    left = DataFolder(data_dir).home / "lock"
    left.write_text(json.dumps({"pid": os.getpid(), "role": "server"}))
    assert holder(DataFolder(data_dir)) is None
    with ServerLock(DataFolder(data_dir)):
        assert holder(DataFolder(data_dir)) == lock.Holder(os.getpid(), "server")
    left.write_bytes(b"\xff not json")
    with ServerLock(DataFolder(data_dir)):
        pass


def test_a_copied_folder_that_shares_a_database_shares_its_lock(place: Path) -> None:
    (place / "elsewhere").mkdir()
    for name in ("one", "copy"):
        (place / name).mkdir()
        (place / name / "embedded.location").write_text(f"{place / 'elsewhere'}\n")
    with ServerLock(DataFolder(place / "one")), pytest.raises(AlreadyRunning):
        ServerLock(DataFolder(place / "copy")).acquire()
    shutil.rmtree(place / "copy")


MUTANTS = {
    "everyone gets the lock": (
        lambda patch: patch.setattr(lock, "_try", lambda _fd, _kind: True),
        ["test_a_second_server_is_refused_and_the_first_goes_on"],
    ),
    "believes the lock file": (
        lambda patch: patch.setattr(lock, "_try", lambda fd, _kind: not os.pread(fd, 1, 0)),
        ["test_a_lock_file_left_behind_means_nothing"],
    ),
    "locks the data folder instead of the home": (
        lambda patch: patch.setattr(lock, "_path", lambda folder: folder.path / "lock"),
        ["test_a_copied_folder_that_shares_a_database_shares_its_lock"],
    ),
    "never attaches": (
        lambda patch: patch.setattr(services, "attach", lambda _data_dir: None),
        ["test_commands_attach_to_a_running_server_and_leave_it_running"],
    ),
}
