"""From send to seen: one room, 20 messages a second, many readers."""

import asyncio
import time
from dataclasses import dataclass

from bench.load import books, links, percentile
from bench.report import Line, Report
from bench.seed import TEXT
from bench.sides import Side, join_all
from bench.wire import Socket

RECEIVERS = (50, 200, 500)
PER_SECOND = 20
WARM = 60
PATIENCE = 5.0
MARK = b'"text":"t'
DIGITS = 19


@dataclass(slots=True)
class Result:
    """One round of one side. Times in milliseconds, CPU in microseconds per delivery."""

    p50: float
    p95: float
    p99: float
    application: float
    database: float
    generator: float
    lost: int


class Ears:
    """Everything the readers heard, as latencies. Reads the time out of the text by position."""

    def __init__(self) -> None:
        self.heard = 0
        self.latencies: list[float] = []
        self.counting_from = 0

    def hear(self, data: bytes, now: int) -> None:
        """One frame, with one message or several."""
        at = data.find(MARK)
        while at >= 0:
            at += len(MARK)
            sent = int(data[at : at + DIGITS])
            if sent >= self.counting_from:
                self.heard += 1
                self.latencies.append((now - sent) / 1e6)
            at = data.find(MARK, at)


async def measure(side: Side, receivers: int, seconds: float) -> Result:
    """Opens the sockets, talks for `seconds`, counts."""
    ears = Ears()
    sockets: list[Socket] = await join_all(side, receivers, lambda _: [0], ears.hear)
    talkers = await links(side, 8)
    try:
        await _talk(side, talkers, WARM)
        await asyncio.sleep(0.5)
        ears.heard, ears.latencies, ears.counting_from = 0, [], time.perf_counter_ns()
        many = int(seconds * PER_SECOND)
        with books(side) as kept:
            await _talk(side, talkers, many)
            await _until(ears, many * receivers)
    finally:
        talkers.close()
        for socket in sockets:
            socket.close()
    deliveries = many * receivers
    return Result(
        *(percentile(ears.latencies, part) for part in (0.5, 0.95, 0.99)),
        kept.application / deliveries * 1e6,
        kept.database / deliveries * 1e6,
        kept.generator_share,
        deliveries - ears.heard,
    )


async def _talk(side: Side, talkers, many: int) -> None:
    """An open loop: the next message does not wait for the answer to the last one."""
    started = time.perf_counter()
    said = []
    for number in range(many):
        await asyncio.sleep(started + number / PER_SECOND - time.perf_counter())
        text = f"t{time.perf_counter_ns():0{DIGITS}d} {TEXT}"
        said.append(asyncio.create_task(talkers.ask(side.post(0, 0, text))))
    await asyncio.gather(*said)


async def _until(ears: Ears, wanted: int) -> None:
    deadline = time.perf_counter() + PATIENCE
    while ears.heard < wanted and time.perf_counter() < deadline:
        await asyncio.sleep(0.02)


async def run(sides: tuple[Side, Side], report: Report, rounds: int, quick: bool) -> None:
    """All sizes; the sides take turns."""
    for receivers in RECEIVERS:
        results: tuple[list[Result], list[Result]] = ([], [])
        for _ in range(rounds):
            for side, kept in zip(sides, results, strict=True):
                kept.append(await measure(side, receivers, 2 if quick else 8))
        _tell(report, receivers, *results)


def _tell(report: Report, receivers: int, ours: list[Result], bare: list[Result]) -> None:
    for name, gate, aim in (("p50", None, None), ("p95", 2, 1.3), ("p99", None, None)):
        report.add(
            Line(
                "fanout",
                f"send to seen {name}, {receivers} readers",
                "ms",
                [getattr(result, name) for result in ours],
                [getattr(result, name) for result in bare],
                gate=gate,
                aim=aim,
            )
        )
    report.add(
        Line(
            "fanout",
            f"server CPU per delivery, {receivers} readers",
            "µs",
            [result.application for result in ours],
            [result.application for result in bare],
            gate=1.5,
            aim=1.2,
            note=f"generator {max(r.generator for r in ours + bare):.0%} of a core",
        )
    )
    report.add(
        Line(
            "fanout",
            f"PostgreSQL CPU per delivery, {receivers} readers",
            "µs",
            [result.database for result in ours],
            [result.database for result in bare],
        )
    )
    report.require(f"deliveries to {receivers} readers lost", sum(r.lost for r in ours) == 0)
