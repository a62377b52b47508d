"""Batches: who comes alone is done at once, who comes meanwhile is done together, each for itself."""

import asyncio
from collections.abc import Sequence

import pytest

from courtyard.core.batches import Batches
from tests.mutants import instead

MUTANTS = {
    "everybody in one": (
        instead("courtyard.core.batches", "MOST", 10**6),
        ["test_a_batch_is_bounded"],
    ),
    "one by one": (
        instead("courtyard.core.batches", "MOST", 1),
        ["test_what_comes_meanwhile_is_done_together"],
    ),
}


class Slow:
    """Doubles numbers, batch by batch, each when it is let."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []
        self.trouble: Exception | None = None
        self.gate = asyncio.Semaphore(0)

    async def double(self, items: Sequence[int]) -> list[int | None]:
        self.seen.append(list(items))
        await self.gate.acquire()
        if self.trouble:
            raise self.trouble
        return [2 * item if item >= 0 else None for item in items]


@pytest.fixture
def slow() -> Slow:
    return Slow()


async def _put(line: Batches[int, int], *items: int) -> list[asyncio.Task[int | None]]:
    tasks = [asyncio.create_task(line.put(item)) for item in items]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def test_what_comes_meanwhile_is_done_together(slow: Slow) -> None:
    line = Batches(slow.double)
    first = await _put(line, 1)
    rest = await _put(line, 2, -1, 3)
    assert slow.seen == [[1]]
    for _ in range(4):
        slow.gate.release()
    assert await asyncio.gather(*first, *rest) == [2, 4, None, 6]
    assert slow.seen == [[1], [2, -1, 3]]
    assert await line.put(4) == 8


async def test_a_batch_is_bounded(slow: Slow) -> None:
    line = Batches(slow.double)
    tasks = await _put(line, *range(150))
    for _ in range(4):
        slow.gate.release()
    assert await asyncio.gather(*tasks) == [2 * item for item in range(150)]
    assert [len(seen) for seen in slow.seen] == [64, 64, 22]


async def test_who_stops_waiting_stops_nobody_else(slow: Slow) -> None:
    line = Batches(slow.double)
    first = await _put(line, 1)
    gone, stays = await _put(line, 2, 3)
    first[0].cancel()
    gone.cancel()
    for _ in range(2):
        slow.gate.release()
    assert await stays == 6
    assert slow.seen == [[1], [2, 3]]


async def test_trouble_is_told_to_all_who_wait_and_then_it_is_over(slow: Slow) -> None:
    line = Batches(slow.double)
    tasks = [*await _put(line, 1), *await _put(line, 2, 3)]
    slow.trouble = OSError("away")
    slow.gate.release()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(error) for error in told] == [OSError] * 3
    slow.trouble = None
    again = await _put(line, 4)
    slow.gate.release()
    assert await again[0] == 8
