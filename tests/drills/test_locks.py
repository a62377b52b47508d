"""Somebody's psql holds a lock for long, and the pool runs dry: whoever waits is told so in time,
whoever need not wait does not, and afterwards all is as before (N26)."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from courtyard.core import database

from .drill import Drill, drill
from .people import Person
from .record import Record, Say, Sent, now
from .serving import serving

pytestmark = pytest.mark.drill

TOLD_WITHIN = 7.0
CROWD = 40
FIRST = 1_000_000  # their numbers, beyond those of the writers
HELD = "SELECT 1 FROM stream WHERE id = %s FOR UPDATE"


async def test_locks_held_for_long_are_survived(data_dir: Path, full: bool, say: Say) -> None:
    with serving(data_dir) as server:
        async with drill(server, writers=4, channels=2, listeners=2) as made:
            one, other = made.scene.channels
            with _held(server.database_url, HELD, one):
                row = await _ask_all(made, [one] * 2 + [other] * 2)
                await asyncio.sleep(60 if full else 0)
            with _held(server.database_url, HELD, one):
                crowd = await _ask_all(made, [one] * CROWD)
            with _held(server.database_url, "LOCK TABLE message"):
                table = await _ask_all(made, [one, other])
            began = now()
            after = await _ask_all(made, [one, other])
            recovered = now() - began
            findings = await made.finish()
    say(
        f"row lock: {_said(row)}; with {CROWD} at once: {_said(crowd)}; table lock: "
        f"{_said(table)}; afterwards {_said(after)}, all at work after {recovered:.1f} s"
    )
    assert findings.sound, str(findings)
    assert [status for status, _ in row] == [503, 503, 201, 201]
    assert max(seconds for status, seconds in row if status == 201) < 2
    assert {status for status, _ in crowd} == {503}
    assert {status for status, _ in table} == {503}
    assert {status for status, _ in after} == {201}
    assert max(seconds for _, seconds in row + crowd + table) < TOLD_WITHIN


@contextmanager
def _held(database_url: str, statement: str, *values: object) -> Iterator[None]:
    """A transaction of somebody else that stays open, as in a forgotten psql."""
    patient = "-c idle_in_transaction_session_timeout=0 -c lock_timeout=20s"
    with psycopg.connect(database_url, options=patient) as db:
        db.execute(statement, values)
        yield
        db.rollback()


async def _ask_all(made: Drill, channels: list[UUID]) -> list[tuple[int, float]]:
    """Posts to these channels at once, each once: `(status, seconds)` of each."""
    people = made.scene.people[len(made.writers) :]
    return await asyncio.gather(
        *(_ask(made.record, people[n % len(people)], channel) for n, channel in enumerate(channels))
    )


async def _ask(record: Record, person: Person, channel: UUID) -> tuple[int, float]:
    number = FIRST + len(record.sent)
    sent = Sent(uuid4(), person.id, channel, number, f"{person.name} {number}: does it wait?")
    sent.wanted = {sent.text}
    record.sent.append(sent)
    began = now()
    path = f"/api/channels/{channel}/messages"
    answer = await person.ask("POST", path, {"client_id": str(sent.client_id), "text": sent.text})
    if answer.status_code == 201:
        body = answer.json()
        sent.id, sent.position, sent.seq = UUID(body["id"]), body["position"], body["seq"]
    return answer.status_code, now() - began


def _said(answers: list[tuple[int, float]]) -> str:
    counted = dict(Counter(status for status, _ in answers))
    return f"{counted} within {max(seconds for _, seconds in answers):.1f} s"


def _waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        database, "SESSION_OPTIONS", "-c statement_timeout=20s -c lock_timeout=20s -c timezone=UTC"
    )


MUTANTS = {
    "waits long for locks": (_waits_for_ever, ["test_locks_held_for_long_are_survived"]),
}
