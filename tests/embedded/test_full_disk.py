"""A full disk: said clearly, nothing lost, and the work goes on once there is space again."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from courtyard.embedded import running
from courtyard.embedded.errors import DiskFull
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.postgres import Postgres

from .server import Server, needs_root, serving

pytestmark = needs_root


@pytest.fixture
def disk(place: Path) -> Iterator[Path]:
    """A small disk of its own."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=260m,mode=711", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip(f"cannot mount a small disk here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def _fill(disk: Path, leave: int = 0) -> Path:
    """A file that takes all the space but `leave` bytes."""
    filler = disk / "filler"
    state = os.statvfs(disk)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, state.f_bavail * state.f_frsize - leave)
    return filler


def test_a_first_start_without_space_is_refused_before_it_begins(disk: Path) -> None:
    _fill(disk, leave=100 * 2**20)
    with pytest.raises(DiskFull, match=r"Only .* MB are free"), running(disk / "data"):
        pass
    assert not (DataFolder(disk / "data").home / "postgres").exists()


def test_a_full_disk_loses_nothing_and_is_recovered_from(disk: Path, made_once: Path) -> None:
    data_dir = disk / "data"
    subprocess.run(["cp", "-a", str(made_once), str(data_dir)], check=True)
    with serving(data_dir) as server:
        filler, committed = _write_until_full(disk, data_dir)
        os.kill(server.pid("postgres"), signal.SIGKILL)
        refused = server.wait("child.refused", "postgres")
        assert refused["code"] == "disk_full"
        assert "free some space" in refused["error"]
        assert "Nothing was lost" in refused["error"]
        filler.unlink()
        server.wait("child.ready", "postgres", times=2)
        assert _count(data_dir) >= committed > 0


def test_a_start_on_a_full_disk_says_so(disk: Path, made_once: Path) -> None:
    data_dir = disk / "data"
    subprocess.run(["cp", "-a", str(made_once), str(data_dir)], check=True)
    filler = _fill(disk)
    server = Server(data_dir)
    assert server.wait("refused")["code"] == "disk_full"
    server.end()
    filler.unlink()
    with serving(data_dir):
        pass


def _write_until_full(disk: Path, data_dir: Path) -> tuple[Path, int]:
    committed = 0
    with psycopg.connect(Postgres(data_dir).url, autocommit=True) as db:
        db.execute("create table kept (words text)")
        db.execute("alter table kept alter words set storage external")
        filler = _fill(disk, leave=8 * 2**20)
        try:
            for _ in range(1000):
                db.execute("insert into kept values (repeat('x', 200000))")
                committed += 1
        except psycopg.Error as error:
            assert "No space left" in str(error) or isinstance(error, psycopg.OperationalError)
    return filler, committed


def _count(data_dir: Path) -> int:
    with psycopg.connect(Postgres(data_dir).url) as db:
        row = db.execute("select count(*) from kept").fetchone()
    assert row
    return int(row[0])


MUTANTS = {
    "does not look for space": (
        lambda patch: patch.setattr(DataFolder, "need_space", lambda _self, _megabytes: None),
        ["test_a_first_start_without_space_is_refused_before_it_begins"],
    ),
}
