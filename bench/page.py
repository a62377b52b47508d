"""Opening a room: its newest 50 of 20,000 messages, one request after another."""

import time

from bench.load import percentile
from bench.report import Line, Report
from bench.sides import Side
from bench.wire import Broken, http

WARM = 30
REQUESTS = 400


async def measure(side: Side, many: int) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    link = await http(side.server.port)
    taken = []
    for number in range(WARM + many):
        request = side.newest(1)
        started = time.perf_counter()
        status, body = await link.ask(request)
        if number >= WARM:
            taken.append((time.perf_counter() - started) * 1e3)
        if status != 200 or body.count(b'"text":') != 50:
            raise Broken(f"{status} with {body.count(b'text')} messages")
    link.close()
    return percentile(taken, 0.5), percentile(taken, 0.95)


async def run(sides: tuple[Side, Side], report: Report, rounds: int, quick: bool) -> None:
    """The sides take turns."""
    results: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    for _ in range(rounds):
        for side, kept in zip(sides, results, strict=True):
            kept.append(await measure(side, 50 if quick else REQUESTS))
    ours, bare = results
    for index, name in enumerate(("p50", "p95")):
        report.add(
            Line(
                "page",
                f"newest 50 of 20,000 messages, {name}",
                "ms",
                [result[index] for result in ours],
                [result[index] for result in bare],
                gate=5,
                aim=2,
            )
        )
