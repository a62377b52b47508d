"""The data folder: where its parts stand, who may enter, and what is said when nobody can."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from courtyard.embedded import account, folder, running
from courtyard.embedded.account import Account
from courtyard.embedded.errors import DataFolderError, UnsupportedPlatform
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.postgres import Postgres

from .server import REFUSED, Server, needs_root, processes_of, serving


def _someone() -> Account:
    """An ordinary user for a server that is not root's."""
    return Account(pwd.getpwnam("nobody").pw_uid, 64999)


@pytest.fixture
def closed(place: Path) -> Iterator[Path]:
    """A folder that only root can enter, as /root is; and what is put elsewhere instead."""
    place.chmod(0o700)
    yield place
    location = place / "data" / "embedded.location"
    if location.exists():
        shutil.rmtree(location.read_text().strip())


@needs_root
def test_as_root_the_services_run_unprivileged(data_dir: Path) -> None:
    with serving(data_dir):
        owners = {each.uids().real for each in processes_of(data_dir)}
        groups = {group for each in processes_of(data_dir) for group in _groups(each.pid)}
    assert owners
    assert 0 not in owners
    assert 0 not in groups


def _groups(pid: int) -> set[int]:
    status = dict(
        line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines()
    )
    return {int(gid) for gid in (status["Gid"] + " " + status["Groups"]).split()}


@needs_root
def test_the_services_cannot_change_what_root_starts_and_reads(data_dir: Path) -> None:
    with running(data_dir):
        home = DataFolder(data_dir).home
        for path in (home, *home.glob("*.conf"), *home.glob("lock"), *home.glob("programs/**/*")):
            assert path.lstat().st_uid == 0, path
            assert path.is_symlink() or path.stat().st_mode & 0o022 == 0, path


@needs_root
def test_a_folder_they_cannot_reach_gets_its_database_elsewhere(closed: Path) -> None:
    with running(closed / "data", valkey=False) as urls:
        psycopg.connect(urls.database_url).close()
    home = DataFolder(closed / "data").home
    assert home.parent == folder.ELSEWHERE
    assert home.stat().st_mode & 0o007 == 0
    assert (closed.stat().st_mode & 0o777) == 0o700  # not ours to open
    (closed / "data").rename(closed / "moved")
    assert DataFolder(closed / "moved").home == home
    (closed / "moved").rename(closed / "data")


@needs_root
def test_where_elsewhere_is_closed_too_that_is_said(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "ELSEWHERE", closed / "elsewhere")
    with pytest.raises(DataFolderError, match="can enter neither"):
        DataFolder(closed / "data").prepare()


@needs_root
def test_a_closed_data_folder_opens_to_the_services_and_to_nobody_else(place: Path) -> None:
    data = DataFolder(place / "data")
    data.prepare()
    assert data.home.parent == data.path
    assert data.path.stat().st_mode & 0o777 == 0o710
    assert data.account
    assert data.account.can_enter(data.home)
    assert not Account(data.account.uid, 64999).can_enter(data.path)


@needs_root
def test_as_an_ordinary_user_all_is_that_users_own(place: Path) -> None:
    someone = _someone()
    os.chown(place, someone.uid, someone.gid)
    with serving(place / "data", someone):
        assert {each.uids().real for each in processes_of(place / "data")} == {someone.uid}
    assert DataFolder(place / "data").account == someone  # root keeps the owner


def test_a_folder_that_cannot_be_written_is_refused_with_advice(place: Path) -> None:
    place.chmod(0o555)
    server = Server(place / "data", _someone() if os.geteuid() == 0 else None)
    assert server.process.wait(30) == REFUSED
    refused = server.wait("refused")
    assert refused["code"] == "data_folder"
    assert "Permission denied" in refused["error"]
    assert "COURTYARD_DATA_DIR" in refused["error"]
    server.end()


@needs_root
def test_the_database_of_another_user_is_refused(data_dir: Path, place: Path) -> None:
    subprocess.run(["cp", "-a", str(data_dir), str(place)], check=True)
    (place / "data").chmod(0o777)
    server = Server(place / "data", _someone())
    assert "belongs to uid 0" in server.wait("refused")["error"]
    server.end()


def test_a_file_in_the_way_is_refused(place: Path) -> None:
    (place / "data").write_text("not a folder")
    with pytest.raises(DataFolderError, match="cannot be used"):
        DataFolder(place / "data").prepare()


def test_a_long_path_gets_its_sockets_elsewhere(place: Path) -> None:
    data = DataFolder(place / ("long" * 30) / "o'dd, name")
    data.prepare()
    sockets = data.sockets
    assert len(str(sockets)) < 60
    assert sockets.stat().st_mode & 0o777 == 0o700
    data.prepare()
    assert data.sockets == sockets  # a running server's clients find it again
    sockets.rmdir()


def test_the_services_run_in_a_folder_with_an_odd_name(place: Path) -> None:
    data_dir = place / "o'dd, näme %20"
    with running(data_dir) as urls:
        psycopg.connect(urls.database_url).close()
    DataFolder(data_dir).sockets.rmdir()


@pytest.mark.parametrize("trap", ["link", "open"])
def test_a_socket_folder_that_another_user_could_have_made_is_not_used(
    place: Path, trap: str
) -> None:
    data = DataFolder(place / ("long" * 30))
    data.prepare()
    taken = data.sockets
    taken.rmdir()
    if trap == "link":
        (place / "theirs").mkdir(0o700)
        taken.symlink_to(place / "theirs")
    else:
        taken.mkdir()
        taken.chmod(0o777)
    data.prepare()
    assert data.sockets != taken
    data.sockets.rmdir()
    taken.unlink() if trap == "link" else taken.rmdir()


def test_without_the_wheels_the_two_urls_are_asked_for(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courtyard.embedded.binaries.find_spec", lambda _name: None)
    wanted = "COURTYARD_DATABASE_URL and COURTYARD_REDIS_URL"
    with pytest.raises(UnsupportedPlatform, match=wanted):
        Postgres(place / "data").prepare()


MUTANTS = {
    "runs as root": (
        lambda patch: patch.setattr(folder, "service_account", lambda _path: None),
        ["test_as_root_the_services_run_unprivileged"],
    ),
    "shares the group of nobody": (
        lambda patch: patch.setattr(account, "OWN_GROUP", 64999),
        ["test_a_closed_data_folder_opens_to_the_services_and_to_nobody_else"],
    ),
    "trusts any socket folder": (
        lambda patch: patch.setattr(folder, "_is_private", lambda path, _account: path.exists()),
        ["test_a_socket_folder_that_another_user_could_have_made_is_not_used"],
    ),
    "believes every path is short": (
        lambda patch: patch.setattr(folder, "_holds_sockets", lambda _folder: True),
        ["test_a_long_path_gets_its_sockets_elsewhere"],
    ),
    "thinks it reaches everything": (
        lambda patch: patch.setattr(Account, "can_enter", lambda _self, _folder: True),
        ["test_a_folder_they_cannot_reach_gets_its_database_elsewhere"],
    ),
    "takes anyone's database": (
        lambda patch: patch.setattr(DataFolder, "_refuse_foreign_owner", lambda _self: None),
        ["test_the_database_of_another_user_is_refused"],
    ),
}
