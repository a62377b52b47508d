"""The commands as a person types them, in processes of their own."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from courtyard.integrations import imports
from courtyard.integrations.slack.archive import Refused
from tests.house import House
from tests.integrations.conftest import Desk
from tests.integrations.exports import person, said
from tests.integrations.samples import modern

Run = subprocess.CompletedProcess[str]


def _environment(house: House) -> dict[str, str]:
    redis = house.settings.redis_url or ""
    return {
        **os.environ,
        "COURTYARD_DATABASE_URL": house.settings.database_url or "",
        "COURTYARD_REDIS_URL": redis,
        "COURTYARD_DATA_DIR": str(house.settings.data_dir),
        "COURTYARD_PUBLIC_URL": "https://chat.example.org",
    }


def _command(*words: object) -> list[str]:
    return [sys.executable, "-m", "courtyard.cli", *map(str, words)]


def _typed(house: House, *words: object) -> Run:
    return subprocess.run(
        _command(*words), env=_environment(house), capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip


async def test_the_command_imports_and_reports(desk: Desk, tmp_path: Path) -> None:
    path = modern().write(tmp_path, "Lantern Works Slack export Jan 1 2025 - Feb 1 2025.zip")
    report = tmp_path / "report.json"
    done = _typed(desk.house, "import", "slack", path, "--report", report)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        0,
        "#ovens: 4 read, 3 imported, 0 there before, 1 skipped",
    )
    assert "Imported into the group “Lantern Works”" in done.stdout
    assert "3 people can be invited: courtyard import links FILE.csv" in done.stdout
    told = json.loads(report.read_text())
    assert told["messages"]["read"] == 24
    assert sum(one["read"] for one in told["by_channel"].values()) == 24


async def test_what_cannot_be_imported_is_one_line(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("hello")
    done = _typed(desk.house, "import", "slack", tmp_path / "text.zip")
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("courtyard: ")


async def test_links_let_imported_people_in(desk: Desk, tmp_path: Path) -> None:
    export = modern().people(person("U8", '=HYPERLINK("http://x")', email="formula@example.org"))
    await desk.load(export.write(tmp_path))
    file = tmp_path / "links.csv"
    done = _typed(desk.house, "import", "links", file)
    assert done.stdout.startswith("4 links written")
    assert file.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(file.open()))
    assert [row["email"] for row in rows] == [
        "formula@example.org", "gina@example.org", "yan@example.org", "zoe@example.org",
    ]  # fmt: skip
    assert rows[0]["name"].startswith("'=")
    origin, _, token = rows[-1]["link"].rpartition("/join/")
    assert origin == "https://chat.example.org"
    body = {"token": token, "password": "nine green kettles"}
    signed_in = await desk.house.anybody("zoe").post("/api/invites/join", body)
    assert signed_in["me"]["email"] == "zoe@example.org"
    headers = {"authorization": f"Bearer {signed_in['access_token']}"}
    places = await desk.house.anybody("zoe").get("/api/places", headers=headers)
    assert {channel["name"] for channel in places["channels"]} == {"general", "ovens"}
    with pytest.raises(Refused, match="File exists"):
        imports.links(desk.house.settings, file)


async def test_a_killed_import_is_completed(desk: Desk, tmp_path: Path, open_house: Any) -> None:
    """SIGKILL in the midst of a large channel; the second run ends as an undisturbed one does."""
    export = modern()
    for day in range(1, 8):
        export.day(
            "general", f"2025-03-{day:02}",
            *(said(f"{1740787200 + day * 86400 + n}.{n:06}", "U1", f"said {n}") for n in range(600)),
        )  # fmt: skip
    path = export.write(tmp_path)
    running = subprocess.Popen(
        _command("import", "slack", path, "--group", "Lantern"),
        env=_environment(desk.house), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    stored = await _some_are_stored(desk)
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=10)
    assert 0 < stored < 4_200
    report = await desk.load(path)
    undisturbed = Desk(await open_house())
    reference = await undisturbed.load(path)
    assert report.total.present >= stored
    assert report.total.imported + report.total.present == reference.total.imported
    assert await desk.state() == await undisturbed.state()


async def _some_are_stored(desk: Desk) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        [(count,)] = await desk.house.sql(
            "SELECT count(*) FROM message m JOIN channel c ON c.id = m.channel_id"
            " WHERE uuid_extract_version(c.client_id) = 5"
        )
        if count:
            return int(count)
        time.sleep(0.01)
    pytest.fail("the import has stored nothing")


async def test_seed_prints_who_can_sign_in(open_house: Any) -> None:
    house = await open_house(empty=True)
    done = _typed(house, "seed")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ada@lindenhof.example" in done.stdout
    password = done.stdout.splitlines()[0].rsplit(" ", 1)[-1]
    body = {"email": "gita@lindenhof.example", "password": password, "remember": False}
    me = (await house.anybody().post("/api/sessions", body))["me"]
    assert me["name"] == "Gita Sharma"
