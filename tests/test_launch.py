"""The command: what it refuses, in one line, with a status that says so."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.services import Services


def _run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "courtyard.cli", *command],
        env={"PATH": os.environ["PATH"], **{f"COURTYARD_{k}": v for k, v in env.items()}},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    lines = done.stderr.strip().splitlines()
    assert done.returncode != 0
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("courtyard: ")
    for word in words:
        assert word in lines[0]


@pytest.fixture
def urls(services: Services, empty: str) -> dict[str, str]:
    """Both services, so that nothing is embedded."""
    return {"DATABASE_URL": services.copy(empty), "REDIS_URL": services.urls.redis_url}


def test_a_wrong_setting(tmp_path: Path) -> None:
    _refused(_run("serve", PORT="0", DATA_DIR=str(tmp_path)), "COURTYARD_PORT", "greater")


def test_a_host_that_others_reach_over_plain_http(tmp_path: Path) -> None:
    _refused(_run("serve", HOST="0.0.0.0", DATA_DIR=str(tmp_path)), "COURTYARD_TLS=1")


def test_a_port_that_is_taken(tmp_path: Path, urls: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = _run("serve", PORT=port, DATA_DIR=str(tmp_path / "data"), **urls)
    _refused(done, f"Port {port}", "COURTYARD_PORT")


def test_a_data_folder_that_cannot_be_made(tmp_path: Path, urls: dict[str, str]) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    _refused(_run("serve", DATA_DIR=str(file / "data"), **urls), str(file))


def test_a_database_of_a_newer_version(tmp_path: Path, urls: dict[str, str]) -> None:
    url = sa.make_url(urls["DATABASE_URL"]).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    _refused(_run("migrate", DATA_DIR=str(tmp_path), **urls), "newer Courtyard", "9999")


def test_the_document_needs_no_database() -> None:
    done = _run("openapi")
    assert done.returncode == 0
    assert '"openapi": "3.1.0"' in done.stdout
