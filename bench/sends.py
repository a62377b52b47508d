"""Acknowledged sends per second: 32 people in 32 rooms, each waits for the answer."""

import asyncio
import time
from dataclasses import dataclass

from bench.load import books
from bench.report import Line, Report
from bench.seed import TEXT
from bench.sides import Side
from bench.wire import Broken, Http, http

SENDERS = 32
WARM = 1.0


@dataclass(slots=True)
class Result:
    """One round of one side. CPU in milliseconds per message."""

    rate: float
    application: float
    database: float
    generator: float


async def measure(side: Side, seconds: float) -> Result:
    """All senders for a while, after a warm-up."""
    talkers = [await http(side.server.port) for _ in range(SENDERS)]
    try:
        await _all(side, talkers, WARM)
        with books(side) as kept:
            said = await _all(side, talkers, seconds)
    finally:
        for talker in talkers:
            talker.close()
    return Result(
        said / kept.wall,
        kept.application / said * 1e3,
        kept.database / said * 1e3,
        kept.generator_share,
    )


async def _all(side: Side, talkers: list[Http], seconds: float) -> int:
    deadline = time.perf_counter() + seconds
    rooms = range(1, SENDERS + 1)
    waits = [
        _one(side, talker, room, deadline) for talker, room in zip(talkers, rooms, strict=True)
    ]
    return sum(await asyncio.gather(*waits))


async def _one(side: Side, talker: Http, room: int, deadline: float) -> int:
    said = 0
    while time.perf_counter() < deadline:
        status, body = await talker.ask(side.post(room, room, TEXT))
        if status >= 300:
            raise Broken(f"{status} {body[:200]!r}")
        said += 1
    return said


async def run(sides: tuple[Side, Side], report: Report, rounds: int, quick: bool) -> None:
    """The sides take turns."""
    results: tuple[list[Result], list[Result]] = ([], [])
    for _ in range(rounds):
        for side, kept in zip(sides, results, strict=True):
            kept.append(await measure(side, 2 if quick else 12))
    ours, bare = results
    report.add(
        Line(
            "sends",
            f"acknowledged sends, {SENDERS} senders in {SENDERS} rooms",
            "/s",
            [result.rate for result in ours],
            [result.rate for result in bare],
            gate=0.4,
            aim=0.7,
            more_is_better=True,
            note=f"generator {max(r.generator for r in ours + bare):.0%} of a core",
        )
    )
    for name, what in (("application", "server"), ("database", "PostgreSQL")):
        report.add(
            Line(
                "sends",
                f"{what} CPU per message",
                "ms",
                [getattr(result, name) for result in ours],
                [getattr(result, name) for result in bare],
            )
        )
