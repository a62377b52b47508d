"""A thousand people: what presence and typing cost beside the same talk without them, and posting
in a place that all of them have open beside a place of fifty."""

import asyncio
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson
import uvloop

from bench.fanout import DIGITS, Ears
from bench.load import Books, Links, books, links, percentile
from bench.processes import folder, served
from bench.pulse import pulse
from bench.report import Line, Report
from bench.seed import TEXT
from bench.sides import Ours, join_all
from bench.wire import Broken, Socket

PEOPLE = 1000
BIG = 0  # the room that all have open; beside it each has one of the small ones open
SMALL = range(1, 21)
READERS = PEOPLE // len(SMALL)
SAID_PER_SECOND = 20
# Each person goes away or comes back every half minute, which is much; and one in twenty writes
# at any time, which their tab tells every three seconds.
CHANGES_PER_SECOND = PEOPLE / 30
TYPING_PER_SECOND = PEOPLE / 20 / 3
# Each looks at some forty people out of a hundred they have to do with, and at others of them
# once a minute.
ON_SCREEN = 40
ACQUAINTED = 100
LOOKS_PER_SECOND = PEOPLE / 60
POST_EVERY = 0.25
SHARE_LIMIT = 5


@dataclass(slots=True)
class Crowd:
    """A thousand people with their sockets."""

    side: Ours
    talkers: Links
    ears: Ears
    sockets: list[Socket]
    frames: list[int]
    """How many frames with presence or typing came in, as one number that is counted up."""
    idle: set[int] = field(default_factory=set)
    """Who is away at the moment."""
    refused: int = 0
    """Messages that a machine with too much else to do did not take at once."""


@dataclass(slots=True)
class Posting:
    """One room's posts: milliseconds until each reader had each of them, and until the last had
    it; how long the server left other questions unanswered meanwhile."""

    seen: list[float]
    last: list[float]
    stalls: list[float] = field(default_factory=list)


async def measure(crowd: Crowd, seconds: float) -> tuple[Books, Books, int]:
    """CPU of calm and of lively stretches of equal length, in turns, and the frames of the lively
    ones."""
    calm, lively = Books(), Books()
    before = crowd.frames[0]
    for _ in range(4):
        for kept, moves in ((calm, False), (lively, True)):
            await _stretch(crowd, seconds / 4, kept, moves=moves)
    return calm, lively, crowd.frames[0] - before


async def _stretch(crowd: Crowd, seconds: float, kept: Books, *, moves: bool) -> None:
    with books(crowd.side) as now:
        doing = [_talk(crowd, seconds)]
        if moves:
            doing += [_change(crowd, seconds), _type(crowd, seconds), _look(crowd, seconds)]
        await asyncio.gather(*doing)
        await asyncio.sleep(0.2)
    kept.application += now.application
    kept.database += now.database
    kept.generator += now.generator
    kept.wall += now.wall


async def _talk(crowd: Crowd, seconds: float) -> None:
    said = []
    async for number in _paced(SAID_PER_SECOND, seconds):
        room = SMALL[number % len(SMALL)]
        post = crowd.side.post(room, room, _stamped())
        said.append(asyncio.create_task(crowd.talkers.ask(post)))
    answers = await asyncio.gather(*said, return_exceptions=True)
    crowd.refused += sum(isinstance(answer, Broken) for answer in answers)


async def _change(crowd: Crowd, seconds: float) -> None:
    async for _ in _paced(CHANGES_PER_SECOND, seconds):
        person = random.randrange(PEOPLE)
        crowd.idle ^= {person}
        say = {"op": "presence", "state": "idle" if person in crowd.idle else "online"}
        crowd.sockets[person].say(orjson.dumps(say))


async def _type(crowd: Crowd, seconds: float) -> None:
    async for number in _paced(TYPING_PER_SECOND, seconds):
        person = random.randrange(PEOPLE)
        room = BIG if number % 20 == 0 else _own(person)
        crowd.sockets[person].say(orjson.dumps({"op": "typing", "s": crowd.side.rooms[room]}))


async def _look(crowd: Crowd, seconds: float) -> None:
    async for _ in _paced(LOOKS_PER_SECOND, seconds):
        person = random.randrange(PEOPLE)
        crowd.sockets[person].say(_watch(crowd.side, person))


def _watch(side: Ours, person: int) -> bytes:
    near = [str(side.people[(person + step) % PEOPLE].user_id) for step in range(ACQUAINTED)]
    return orjson.dumps({"op": "watch", "users": random.sample(near, ON_SCREEN)})


async def _paced(per_second: float, seconds: float):
    """Counts at an even pace, however long each step takes."""
    started = time.perf_counter()
    for number in range(int(per_second * seconds)):
        await asyncio.sleep(started + number / per_second - time.perf_counter())
        yield number


async def post(crowd: Crowd, room: int, readers: int, many: int) -> Posting:
    """Posts one after the other, each when all readers have the one before it."""
    posting = Posting([], [])
    ears = crowd.ears
    with pulse(crowd.side.server.port) as heart:
        await asyncio.sleep(0.5)
        for number in range(many):
            ears.heard, ears.latencies, ears.counting_from = 0, [], time.perf_counter_ns()
            await crowd.talkers.ask(crowd.side.post(room, room, _stamped()))
            deadline = time.perf_counter() + 5
            while ears.heard < readers and time.perf_counter() < deadline:
                await asyncio.sleep(0.005)
            if number:  # the first one warms
                posting.seen += ears.latencies
                posting.last.append(max(ears.latencies) if ears.heard >= readers else 5000)
            await asyncio.sleep(POST_EVERY)
    posting.stalls = heart.answers
    return posting


def _stamped() -> str:
    return f"t{time.perf_counter_ns():0{DIGITS}d} {TEXT}"


def _own(person: int) -> int:
    return SMALL[person % len(SMALL)]


async def _gather(side: Ours) -> tuple[Crowd, Books]:
    """Everybody comes in, opens two rooms, and looks at forty people; what the looking cost."""
    ears, frames = Ears(), [0]

    def hear(data: bytes, now: int) -> None:
        if data.startswith(b'{"error"'):
            raise Broken(data)
        if data.startswith(b'{"presence"') or b'"typing"' in data[:90]:
            frames[0] += 1
        else:
            ears.hear(data, now)

    sockets = await join_all(side, PEOPLE, lambda person: [BIG, _own(person)], hear)
    with books(side) as looking:
        for person, socket in enumerate(sockets):
            socket.say(_watch(side, person))
        while frames[0] < PEOPLE:  # each is answered once, and nobody changes meanwhile
            await asyncio.sleep(0.02)
    return Crowd(side, await links(side, 8), ears, sockets, frames), looking


async def _measured(side: Ours, rounds: int, quick: bool):
    await side.prepare()
    crowd, looking = await _gather(side)
    await _stretch(crowd, 4, Books(), moves=True)
    costs, posts = [], []
    for _ in range(rounds):
        costs.append(await measure(crowd, 8 if quick else 24))
        many = 10 if quick else 30
        small = await post(crowd, SMALL[0], READERS, many)
        posts.append((await post(crowd, BIG, PEOPLE, many), small))
    crowd.talkers.close()
    for socket in crowd.sockets:
        socket.close()
    print(f"  messages refused: {crowd.refused}", file=sys.stderr)
    return looking, costs, posts


def run(report: Report, rounds: int, quick: bool) -> None:
    """On a server of its own."""
    with folder() as home, served("courtyard.cli serve", home / "ours") as server:
        looking, costs, posts = uvloop.run(_measured(Ours(server, PEOPLE), rounds, quick))
    note = f"CPU: server {looking.application:.1f} s, PostgreSQL {looking.database:.1f} s"
    name = f"{PEOPLE} begin to look at {ON_SCREEN} people each, all at once"
    report.add(Line("presence", name, "s", [looking.wall], note=note))
    _tell_costs(report, costs)
    for which, readers in enumerate((PEOPLE, READERS)):
        _tell_posts(report, readers, [pair[which] for pair in posts])


def _tell_costs(report: Report, costs: Sequence[tuple[Books, Books, int]]) -> None:
    for name, what, limit in (
        ("application", "server", SHARE_LIMIT),
        ("database", "PostgreSQL", None),
    ):
        parts = [
            [getattr(kept, name) / kept.wall * 100 for kept in (calm, lively)]
            for calm, lively, _ in costs
        ]
        frames = sum(frames / lively.wall for _, lively, frames in costs) / len(costs)
        report.add(
            Line(
                "presence",
                f"{what} CPU for presence and typing of {PEOPLE}",
                "% of a core",
                [lively - calm for calm, lively in parts],
                limit=limit,
                note=f"{parts[-1][0]:.1f} % without, {parts[-1][1]:.1f} % with; "
                f"{frames:.0f} frames/s to tabs",
            )
        )


def _tell_posts(report: Report, readers: int, posts: Sequence[Posting]) -> None:
    where = f"{readers} have it open"
    for name, part in (("p50", 0.5), ("p95", 0.95), ("max", 1)):
        values = [percentile(one.seen, part) for one in posts]
        report.add(Line("presence", f"post to seen {name}, {where}", "ms", values))
    report.add(
        Line(
            "presence",
            f"longest silence of the server, {where}",
            "ms",
            [max(one.stalls) for one in posts],
            note=f"p50 {percentile(posts[-1].stalls, 0.5):.1f}, "
            f"p99 {percentile(posts[-1].stalls, 0.99):.1f}",
        )
    )
