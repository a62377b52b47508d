"""PostgreSQL as it is set up: what it promises, whom it lets in, what it writes down."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from courtyard.embedded import postgres_conf, running
from courtyard.embedded.cluster import Cluster
from courtyard.embedded.errors import DataTooNew, DataTooOld
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.postgres import Postgres
from tests.mutants import replace


@pytest.fixture(scope="module")
def url(made_once: Path) -> Iterator[str]:
    with running(made_once, valkey=False) as urls:
        yield urls.database_url


@pytest.fixture
def db(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def _setting(db: psycopg.Connection, name: str) -> str:
    row = db.execute("select current_setting(%s)", [name]).fetchone()
    assert row
    return str(row[0])


def test_what_was_answered_done_is_on_the_disk(db: psycopg.Connection) -> None:
    for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert _setting(db, name) == "on"


def test_it_listens_on_a_closed_socket_only(db: psycopg.Connection, made_once: Path) -> None:
    assert _setting(db, "listen_addresses") == ""
    assert DataFolder(made_once).sockets.stat().st_mode & 0o777 == 0o700
    assert Postgres(made_once).socket.stat().st_mode & 0o777 == 0o700


def test_collation_and_version_are_those_of_production(db: psycopg.Connection) -> None:
    query = "select datlocprovider, datlocale, pg_encoding_to_char(encoding) from pg_database"
    assert set(db.execute(query)) == {("b", "C.UTF-8", "UTF8")}
    assert db.info.server_version // 10000 == 18


def test_the_application_is_no_superuser_yet_has_vectors_in_every_database(
    db: psycopg.Connection, url: str
) -> None:
    assert _setting(db, "is_superuser") == "off"
    db.execute("create extension if not exists vector")
    db.execute("create database another")
    with psycopg.connect(url, dbname="another") as other:
        row = other.execute("select '[1,2]'::vector <-> '[1,4]'").fetchone()
    db.execute("drop database another")
    assert row == (2.0,)


def test_nobody_enters_without_the_password_and_the_superuser_not_at_all(
    url: str, tmp_path: Path
) -> None:
    nothing = tmp_path / "nothing"
    nothing.touch(0o600)
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(url, passfile=str(nothing))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url, password="guess")
    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
        psycopg.connect(url, user="postgres", dbname="postgres")


def test_the_password_is_for_its_owner_only(url: str, made_once: Path) -> None:
    assert Cluster(DataFolder(made_once)).passfile.stat().st_mode & 0o777 == 0o600
    assert "password=" not in url


def test_a_forgotten_transaction_is_ended(db: psycopg.Connection, url: str) -> None:
    assert _setting(db, "idle_in_transaction_session_timeout") == "5s"


def test_content_never_reaches_the_log(db: psycopg.Connection, made_once: Path) -> None:
    log = DataFolder(made_once).logs / "postgres.log"
    db.execute("create temp table t (word text unique)")
    db.execute("insert into t values ('canary-1')")
    for statement in (
        "insert into t values ('canary-1')",
        "select 'canary-2'::int",
        "select * from canary_3",
        "do $$ begin raise warning 'canary-4'; raise log 'marker'; end $$",
        "syntax canary-5",
    ):
        try:
            db.execute(statement)
        except psycopg.Error as error:
            assert "canary" in str(error)
    with pytest.raises(psycopg.Error):
        db.execute("select %s::int", ["canary-6"])
    written = log.read_text()
    assert "marker" in written
    assert "canary" not in written


def test_it_stays_small(db: psycopg.Connection) -> None:
    kinds = [row[0] for row in db.execute("select backend_type from pg_stat_activity")]
    servants = {"checkpointer", "background writer", "walwriter", "autovacuum launcher"}
    assert set(kinds) - {"client backend", "autovacuum worker"} == servants


def test_the_operators_own_settings_win(data_dir: Path) -> None:
    local = DataFolder(data_dir).home / postgres_conf.LOCAL_FILE
    local.write_text("work_mem = '7MB'\n")
    with running(data_dir, valkey=False) as urls, psycopg.connect(urls.database_url) as db:
        assert _setting(db, "work_mem") == "7MB"
    local.unlink()


def test_a_lost_password_file_is_made_anew(data_dir: Path) -> None:
    passfile = Cluster(DataFolder(data_dir)).passfile
    before = passfile.read_text()
    passfile.unlink()
    with running(data_dir, valkey=False) as urls:
        psycopg.connect(urls.database_url).close()
    assert passfile.read_text() != before


@pytest.mark.parametrize(("version", "error"), [("19", DataTooNew), ("17", DataTooOld)])
def test_the_database_of_another_version_is_refused_and_left_alone(
    data_dir: Path, version: str, error: type[Exception]
) -> None:
    stamp = Postgres(data_dir).database / "PG_VERSION"
    stamp.write_text(f"{version}\n")
    with pytest.raises(error, match=f"PostgreSQL {version}"), running(data_dir):
        pass
    assert stamp.read_text() == f"{version}\n"
    stamp.write_text("18\n")


def test_a_creation_that_was_cut_short_is_begun_again(place: Path) -> None:
    folder = DataFolder(place / "data")
    folder.prepare()
    (folder.home / "postgres.new").mkdir()
    (folder.home / "postgres.new" / "PG_VERSION").write_text("18\n")
    with running(folder.path, valkey=False) as urls:
        psycopg.connect(urls.database_url).close()


def test_the_programs_are_kept_once_and_replaced_with_a_new_build(data_dir: Path) -> None:
    postgres = Postgres(data_dir)
    copy = postgres.program("postgres")
    before = copy.stat().st_mtime_ns, copy.stat().st_ino
    postgres.program("postgres")
    assert (copy.stat().st_mtime_ns, copy.stat().st_ino) == before
    stale = postgres.folder.home / "programs" / "postgres-18-of-another-build"
    (next((postgres.folder.home / "programs").glob("postgres-18-*"))).rename(stale)
    shutil.copytree(stale, stale.with_name("postgres-17-old"))
    postgres.program("postgres")
    kept = sorted(path.name for path in stale.parent.glob("postgres-*"))
    assert kept == ["postgres-17-old", copy.relative_to(stale.parent).parts[0]]


def test_its_stop_is_the_fast_one_and_its_hurried_stop_the_immediate_one(data_dir: Path) -> None:
    spec = Postgres(data_dir).child_spec()
    assert (spec.stop_signal, spec.hurry_signal) == (signal.SIGINT, signal.SIGQUIT)


def _settings_mutant(before: str, after: str, test: str) -> tuple[object, list[str]]:
    return replace("courtyard.embedded.postgres_conf", "SETTINGS", before, after), [test]


MUTANTS = {
    "forgets at a power cut": _settings_mutant(
        "fsync = on", "fsync = off", "test_what_was_answered_done_is_on_the_disk"
    ),
    "logs errors": _settings_mutant(
        "log_min_messages = log", "log_min_messages = error", "test_content_never_reaches_the_log"
    ),
    "logs warnings": _settings_mutant(
        "log_min_messages = log", "log_min_messages = warning", "test_content_never_reaches_the_log"
    ),
    "listens on the network": _settings_mutant(
        "listen_addresses = ''",
        "listen_addresses = 'localhost'",
        "test_it_listens_on_a_closed_socket_only",
    ),
    "trusts everybody": (
        lambda patch: patch.setattr(postgres_conf, "ACCESS", "local all all trust\n"),
        ["test_nobody_enters_without_the_password_and_the_superuser_not_at_all"],
    ),
    "takes any version": (
        lambda patch: patch.setattr(Cluster, "check_version", lambda _self: None),
        ["test_the_database_of_another_version_is_refused_and_left_alone"],
    ),
}
