"""Kill -9 under load: nothing acknowledged is lost, nothing doubled, everybody ends up equal.

The counterpart holds the drill itself to account: without durable commits it must be red.
"""

import asyncio
import importlib
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from courtyard.accounts.tokens import Claim
from courtyard.core.database import Database
from courtyard.core.ids import new_id
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.postgres_conf import LOCAL_FILE
from courtyard.messages.post import Draft, Poster

from .drill import Drill, drill
from .invariants import Findings
from .killer import Killer
from .people import line
from .record import Say, now
from .serving import serving

pytestmark = pytest.mark.drill

SMALL = ("app", "postgres", "valkey")
FULL = ("app", "postgres", "valkey", "apps", "postmaster", "app")


async def test_nothing_is_lost_when_everything_is_killed_in_turn(
    data_dir: Path, full: bool, seconds: int, say: Say
) -> None:
    with serving(data_dir, workers=2) as server:
        size = (
            {"writers": 16, "channels": 8, "listeners": 6, "pause": 0.02}
            if full
            else {"writers": 4, "channels": 2, "listeners": 2, "pause": 0.02}
        )
        async with drill(server, **size) as made:
            if full:
                await _kill_for(made, seconds)
            else:
                await _kill_each(made, SMALL)
            findings = await made.finish()
            say(_figures(made, findings))
    assert findings.sound, str(findings)
    assert findings.acknowledged > 50
    assert made.outsider.tries > 0
    assert made.record.lost_answers > 0


async def test_the_drill_is_red_when_commits_are_not_durable(data_dir: Path, say: Say) -> None:
    local = DataFolder(data_dir).home / LOCAL_FILE
    local.write_text(
        "synchronous_commit = off\nwal_writer_delay = 10s\nwal_writer_flush_after = 1GB\n"
    )
    local.chmod(0o644)
    with serving(data_dir) as server:
        async with line(server.url) as http:
            checks = (await http.get("/api/setup/checks")).json()["checks"]
            assert "synchronous_commit is off" in checks[0]["detail"]
            assert (await http.get("/api/health")).json() == {"status": "degraded"}
        async with drill(server, writers=4, channels=2, listeners=1) as made:
            _write_through(server.database_url)
            await asyncio.sleep(1)
            await Killer(server, made.record, good=("ok", "degraded")).kill("postgres")
            await asyncio.sleep(0.5)
            findings = await made.finish(quiet_within=1)
    say(f"without durable commits: {findings.lost} of {findings.acknowledged} acknowledged lost")
    assert findings.lost > 0, f"this drill could not find a loss: {findings}"
    assert any(problem.startswith("I1") for problem in findings.problems)


def _write_through(database_url: str) -> None:
    """One durable commit takes all before it to the disk: the people stay, their words do not."""
    with psycopg.connect(database_url, autocommit=True) as db:
        db.execute("SET synchronous_commit = on")
        db.execute("UPDATE workspace SET name = name")


async def _kill_each(made: Drill, kinds: tuple[str, ...]) -> None:
    killer = Killer(made.server, made.record)
    await asyncio.sleep(1)
    await made.remove_leaver()
    for kind in kinds:
        await killer.kill(kind)
        await asyncio.sleep(1)


async def _kill_for(made: Drill, seconds: int) -> None:
    killer = Killer(made.server, made.record)
    end = now() + seconds
    await asyncio.sleep(3)
    leaving = asyncio.create_task(made.remove_leaver())
    for kind in itertools.cycle(FULL):
        if now() > end:
            break
        await killer.kill(kind)
        await asyncio.sleep(2.5)
        await killer.settled()
    await leaving


def _figures(made: Drill, findings: Findings) -> str:
    record = made.record
    outages: dict[str, list[float]] = {}
    for fault in record.faults:
        outages.setdefault(fault.kind, []).append(record.outage(fault))
    longest = ", ".join(f"{kind} {max(times):.1f} s" for kind, times in sorted(outages.items()))
    healthy = max((fault.healthy_after or 0 for fault in record.faults), default=0)
    return (
        f"{datetime.now(UTC):%Y-%m-%d} kill drill: {findings.acknowledged} sends acknowledged, "
        f"{len(record.faults)} kills, longest outage {longest}, healthy again ≤ {healthy:.1f} s, "
        f"the slowest send {max(seconds for _, seconds in record.slowest):.1f} s, "
        f"{len(record.resumed)} sockets back within {max(record.resumed, default=0):.1f} s, "
        f"lost {findings.lost}, doubled {findings.doubled}, gaps {findings.gaps}, "
        f"replicas equal {findings.replicas_equal} of {findings.replicas}, "
        f"{record.lost_answers} answers lost on purpose, tried again for {dict(record.troubles)}"
    )


class _Late:
    """A connection that commits a post a moment after it was answered."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.begun = connection, False

    async def execute(self, statement: str, values: Any = None) -> Any:
        if "INSERT INTO message" not in statement:
            return await self.connection.execute(statement, values)
        await self.connection.execute("BEGIN")
        try:
            result = await self.connection.execute(statement, values)
        except Exception:
            await self.connection.execute("ROLLBACK")
            raise
        self.begun = True
        return result

    async def end(self, pool: Any) -> None:
        try:
            if self.begun:
                await asyncio.sleep(0.1)
                await self.connection.execute("COMMIT")
        finally:
            await pool.putconn(self.connection)


def _answers_before_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    running: set[object] = set()

    @asynccontextmanager
    async def raw(self: Database) -> AsyncIterator[Any]:
        late = _Late(await self.pool.getconn())
        try:
            yield late
        finally:
            running.add(asyncio.create_task(late.end(self.pool)))

    monkeypatch.setattr(Database, "raw", raw)


def _forgets_the_client_id(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Poster.post

    async def post(self: Poster, claim: Claim, draft: Draft) -> bytes:
        anew = draft.said.model_copy(update={"client_id": new_id()})
        return await real(self, claim, replace(draft, said=anew))

    monkeypatch.setattr(Poster, "post", post)


def _counts_without_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("courtyard.messages.post")
    start, rest = module._POST.split("FOR NO KEY UPDATE", 1)
    _, end = rest.split("), placed AS (", 1)
    unlocked = """), moved AS (
        SELECT stream.id AS channel_id, head, greatest(at, position + 1) - 1 AS position, many
        FROM stream JOIN place ON stream.id = place.id, pg_sleep(0.02) -- room for others
    ), raised AS (
        UPDATE stream SET head = moved.head + many, position = moved.position + many
        FROM moved WHERE stream.id = moved.channel_id
    ), placed AS ("""
    monkeypatch.setattr(module, "_POST", start + unlocked + end)


_DRILL = ["test_nothing_is_lost_when_everything_is_killed_in_turn"]
MUTANTS = {
    "answers before the commit": (_answers_before_the_commit, _DRILL),
    "forgets the client id": (_forgets_the_client_id, _DRILL),
    "counts without the lock": (_counts_without_the_lock, _DRILL),
}
