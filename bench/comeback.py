"""200 people lose their line, 500 messages are said in 10 rooms, all come back at once."""

import asyncio
import contextlib
import random
from dataclasses import dataclass, field

from bench.load import Books, books, links
from bench.report import Line, Report
from bench.seed import TEXT
from bench.sides import Side, join_all
from bench.wire import Broken

PEOPLE = 200
ROOMS = range(1, 11)
MISSED = 500
SETTLE = 0.5
TRIES = 10
MARK = b'"text":"n'
DIGITS = 4


@dataclass(slots=True)
class Result:
    """One round of one side: seconds until the last has everything, and what never came."""

    seconds: float
    lost: int
    kept: Books = field(default_factory=Books)


async def measure(side: Side) -> Result:
    """One break."""
    for socket in await join_all(side, PEOPLE, lambda _: ROOMS, _ignore):
        socket.close()
    known = await side.heads(ROOMS)
    await asyncio.sleep(SETTLE)
    await _speak(side)
    with books(side) as kept:
        returns = (_return(side, person, known) for person in range(PEOPLE))
        received = await asyncio.gather(*returns)
    lost = sum(MISSED - len(_numbers(pieces)) for pieces in received)
    await asyncio.sleep(SETTLE)
    return Result(kept.wall, lost, kept)


async def _return(side: Side, person: int, known: dict[int, int]) -> list[bytes]:
    """All bytes this person got; what is in them is counted when the clock has stopped.

    Who is told that the server is busy tries again, as the client does.
    """
    pieces: list[bytes] = []
    for _ in range(TRIES):
        with contextlib.suppress(Broken):
            socket, answers = await side.come_back(
                person, known, lambda data, _: pieces.append(data)
            )
            socket.close()
            return pieces + answers
        await asyncio.sleep(random.uniform(0.5, 1.5))
    return pieces


async def _speak(side: Side) -> None:
    talkers = await links(side, 8)
    said = (
        talkers.ask(side.post(0, ROOMS[number % len(ROOMS)], f"n{number:0{DIGITS}d} {TEXT}"))
        for number in range(MISSED)
    )
    await asyncio.gather(*said)
    talkers.close()


def _numbers(pieces: list[bytes]) -> set[int]:
    found = set()
    for piece in pieces:
        at = piece.find(MARK)
        while at >= 0:
            at += len(MARK)
            found.add(int(piece[at : at + DIGITS]))
            at = piece.find(MARK, at)
    return found


def _ignore(_data: bytes, _now: int) -> None:
    """Before the break nothing is said."""


async def run(sides: tuple[Side, Side], report: Report, rounds: int, quick: bool) -> None:
    """The sides take turns."""
    results: tuple[list[Result], list[Result]] = ([], [])
    for _ in range(rounds):
        for side, kept in zip(sides, results, strict=True):
            kept.append(await measure(side))
    ours, bare = results
    share = max(result.kept.generator_share for result in ours + bare)
    report.add(
        Line(
            "comeback",
            f"{PEOPLE} come back, {MISSED} missed in {len(ROOMS)} rooms, until the last has all",
            "s",
            [result.seconds for result in ours],
            [result.seconds for result in bare],
            gate=3,
            aim=1.5,
            note=f"generator {share:.0%} of a core",
        )
    )
    for name, what in (("application", "server"), ("database", "PostgreSQL")):
        report.add(
            Line(
                "comeback",
                f"{what} CPU per person who comes back",
                "ms",
                [getattr(result.kept, name) / PEOPLE * 1e3 for result in ours],
                [getattr(result.kept, name) / PEOPLE * 1e3 for result in bare],
            )
        )
    report.require("missed messages lost", sum(result.lost for result in ours) == 0)
