"""The database's disk is full: writing is refused and says why, reading goes on, and with space
freed everything goes on without repair (N06)."""

import asyncio
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from .drill import Drill, drill, wait_healthy
from .people import Person, Unsettled
from .record import Fault, Say, now
from .serving import open_folder, serving

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it mounts a small disk"),
]

SIZE = 400


@pytest.fixture
def small_disk(made_once: Path) -> Iterator[Path]:
    """A fresh workspace on a small disk of its own."""
    with open_folder() as place:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=711", "tmpfs", str(place)]
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"cannot mount a small disk here: {done.stderr.strip()}")
        try:
            subprocess.run(["cp", "-a", str(made_once), str(place)], check=True)
            yield place
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)


async def test_a_full_disk_refuses_writing_and_nothing_else(
    small_disk: Path, full: bool, say: Say
) -> None:
    with serving(small_disk / "data") as server:
        async with drill(server, writers=4, channels=2, listeners=2) as made:
            await asyncio.sleep(1)
            filler = _fill(small_disk)
            fault = Fault("full disk", now())
            refusal = await _until_refused(made)
            reads = await _read_for(made, 60 if full else 3)
            said = Counter(dict(made.record.troubles))
            filler.unlink()
            fault.at = now()
            fault.healthy_after = await wait_healthy(server.url)
            made.record.faults.append(fault)
            findings = await made.finish()
    say(
        f"full disk: {said['503']} writes refused ({refusal['code']}: {refusal['message']}), "
        f"reads answered {dict(reads)}, at work {fault.healthy_after:.1f} s after there was space"
        f"; {findings}"
    )
    assert findings.sound, str(findings)
    assert refusal["code"] == "disk_full"
    assert "full" in refusal["message"]
    assert set(reads) == {200}, "reading stopped with the disk full"


def _fill(disk: Path) -> Path:
    """A file that takes all the space there is."""
    filler = disk / "filler"
    for _ in range(50):  # others take space meanwhile, and then there is less than we asked for
        state = os.statvfs(disk)
        with filler.open("ab") as file, suppress(OSError):
            os.posix_fallocate(file.fileno(), file.tell(), state.f_bavail * state.f_frsize)
            return filler
    raise RuntimeError("the disk could not be filled")


async def _until_refused(made: Drill) -> dict[str, str]:
    """Writes until the disk is full, with a client id of its own each time; the refusal."""
    owner, channel = made.scene.owner, made.scene.channels[0]
    async with asyncio.timeout(60):
        while True:
            body = {"client_id": str(uuid4()), "text": "stone " * 3000}
            answer = await owner.ask("POST", f"/api/channels/{channel}/messages", body)
            if answer.status_code != 201:
                assert answer.status_code == 503, answer.text
                return dict(answer.json()["error"])


async def _read_for(made: Drill, seconds: float) -> Counter[int | str]:
    """What readers are answered meanwhile."""
    answers: Counter[int | str] = Counter()
    until = now() + seconds
    while now() < until:
        for path in ("/api/me", "/api/places", f"/api/channels/{made.scene.channels[0]}/messages"):
            answers[await _read(made.scene.people[0], path)] += 1
        await asyncio.sleep(0.2)
    return answers


async def _read(person: Person, path: str) -> int | str:
    try:
        return (await person.ask("GET", path)).status_code
    except Unsettled as error:
        return type(error).__name__


def _does_not_know_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psycopg.errors, "DiskFull", type("Never", (Exception,), {}))


MUTANTS = {
    "does not know a full disk": (
        _does_not_know_it,
        ["test_a_full_disk_refuses_writing_and_nothing_else"],
    ),
}
