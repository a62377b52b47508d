"""Kill -9 while files arrive: every upload goes on from what the server says it has, each file is
byte for byte what was sent, and after the cleaning nothing is left that no row names (N17)."""

import asyncio
import io
import itertools
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from PIL import Image

from courtyard.core import blobs, clock
from courtyard.core.bus import Bus
from courtyard.core.database import Database
from courtyard.core.settings import Settings
from courtyard.core.upkeep import Tools
from courtyard.files import upkeep
from tests.mutants import instead, nothing

from .killer import Killer
from .people import Scene, set_up
from .record import Record, Say, now
from .sender import Sender, Sent
from .serving import Serve, serving

pytestmark = pytest.mark.drill

QUOTA = 9 * 10**9
ROOM = {"COURTYARD_FILE_QUOTA_GB": "9", "COURTYARD_FILE_LIMIT_MB": "9999"}
FULL = ("app", "app", "postgres", "app", "postmaster", "valkey")
LATER = timedelta(hours=2)
DRAIN_WITHIN = 45.0


async def test_files_that_arrive_while_everything_is_killed_are_whole(
    data_dir: Path, full: bool, seconds: int, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Record()
    with serving(data_dir, env=ROOM) as server:
        scene = await set_up(server.url, record, 6 if full else 4, 1)
        senders = [
            Sender(person, record, number, _picture()) for number, person in enumerate(scene.people)
        ]
        await _send_and_kill(server, record, senders, seconds if full else 0)
        sent = list(itertools.chain.from_iterable(sender.sent for sender in senders))
        whole = [one for one in sent if one.file]
        for one in whole:
            await _compare(one, record)
        before = _stored(data_dir)
        await _clean(server, data_dir, monkeypatch)
        left, named = _stored(data_dir), _named(server)
        await _compare_room(scene, record, sum(one.size for one in whole))
        await scene.close()
    resumed = sum(one.broken for one in whole)
    left_alone = sum(one.left for one in sent)
    say(
        f"kill -9 while files arrive: {len(whole)} files whole ({resumed} of them after a break), "
        f"{sum(one.size for one in whole) / 1e6:.0f} MB, {len(record.faults)} kills; "
        f"{left_alone} cancelled or given up; {len(before - named)} blobs without a "
        f"file before the cleaning, {len(left - named)} after"
    )
    assert not record.violations, record.violations
    assert left == named, f"orphans {left - named}, lost {named - left}"
    assert any(one.broken for one in sent), "no upload was under way when something was killed"
    assert before - named, "nothing was left behind: the cleaning was not tried"


async def _send_and_kill(
    server: Serve, record: Record, senders: list[Sender], seconds: float
) -> None:
    """Everybody sends while parts of the server die at random moments; then all end what they
    began."""
    stop = asyncio.Event()
    sending = [asyncio.create_task(sender.run(stop)) for sender in senders]
    killer, end = Killer(server, record), now() + seconds
    for kind in itertools.cycle(FULL) if seconds else ("app", "postgres"):
        await asyncio.sleep(0.3 + random.random())
        await killer.kill(kind)
        await killer.settled()
        if seconds and now() > end:
            break
    stop.set()
    done, late = await asyncio.wait(sending, timeout=DRAIN_WITHIN)
    for task in late:
        record.violation("an upload does not come to its end")
        task.cancel()
    for task in done:
        task.result()


async def _compare(one: Sent, record: Record) -> None:
    """The bytes that are served against those that were sent."""
    path = f"/api/files/{one.file}/content"
    answer = await one.person.settle("GET", path, None, {200})
    if answer is None or sha256(answer.content).hexdigest() != one.hash:
        got = len(answer.content) if answer else "no"
        record.violation(f"a file of {one.size} bytes came back with {got} bytes, and others")


async def _compare_room(scene: Scene, record: Record, used: int) -> None:
    """What is left of the quota: a file as large as that, and none that is larger by a byte."""
    for size, good in ((QUOTA - used + 1, 413), (QUOTA - used, 201)):
        new = {"client_id": str(uuid4()), "name": "all.bin", "size": size}
        answer = await scene.owner.ask("POST", "/api/uploads", new)
        if answer.status_code != good:
            record.violation(f"quota: {size} bytes beside {used} answered {answer.text}")


async def _clean(server: Serve, data_dir: Path, patch: pytest.MonkeyPatch) -> None:
    """The cleaning as it will be in two hours."""
    for module in (upkeep, blobs):
        patch.setattr(module, "now", lambda: clock.now() + LATER)
    async with _tools(server, data_dir) as kit:
        await upkeep.give_up(kit)
        await upkeep.forget_deleted(kit)
        await upkeep.forget_orphans(kit)


@asynccontextmanager
async def _tools(server: Serve, data_dir: Path) -> AsyncIterator[Tools]:
    database = Database(server.database_url, 2)
    await database.open()
    try:
        yield Tools(
            Settings(data_dir=data_dir), database, Bus(None), blobs.Blobs(data_dir / "blobs")
        )
    finally:
        await database.close()


def _stored(data_dir: Path) -> set[str]:
    """Everything in the store, also what is half-written."""
    folder = data_dir / "blobs"
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _named(server: Serve) -> set[str]:
    """What the files in the database name."""
    with psycopg.connect(server.database_url) as db:
        rows = db.execute("SELECT blob_id, has_preview FROM file WHERE deleted_at IS NULL")
        return {
            f"{kind}/{blob_id.hex[-2:]}/{blob_id}"
            for blob_id, has_preview in rows
            for kind in (("file", "preview") if has_preview else ("file",))
        }


def _picture() -> bytes:
    """A picture of noise, of a megabyte and a half."""
    kept = io.BytesIO()
    Image.frombytes("RGB", (800, 600), os.urandom(800 * 600 * 3)).save(kept, "PNG")
    return kept.getvalue()


_DRILL = ["test_files_that_arrive_while_everything_is_killed_are_whole"]
MUTANTS = {
    "takes a piece wherever it belongs": (
        instead("courtyard.files.uploads", "_check_piece", lambda *_: None),
        _DRILL,
    ),
    "never gives an upload up": (instead("courtyard.files.upkeep", "give_up", nothing), _DRILL),
}
