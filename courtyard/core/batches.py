"""Group commit in the application: what comes while something is being done is done together next.

One at a time, each pays for a statement, a round trip and a flush of the disk of its own; under
load nearly all of that can be shared. Whoever comes alone waits for nobody.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST = 64


class Batches(Generic[T, R]):
    """Hands items to `do`, one batch after the other: all that came while the last was done.

    `do` answers each of its items in order, with None for one it leaves to the caller. All wait
    for it, so it must not wait for one of them; what it raises is no one item's fault, and is told
    to all who wait at the moment, lest they stand in a queue for the same.
    """

    def __init__(self, do: Callable[[Sequence[T]], Awaitable[Sequence[R | None]]]) -> None:
        self._do = do
        self._waiting: list[tuple[T, asyncio.Future[R | None]]] = []
        self._running: asyncio.Task[None] | None = None

    async def put(self, item: T) -> R | None:
        """The answer to an item, or None. Who stops waiting does not stop the others. Raises what
        `do` raises."""
        answer: asyncio.Future[R | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                answers = await self._do([item for item, _ in taken])
            except Exception as error:
                taken, self._waiting = taken + self._waiting, []
                for _, waiting in taken:
                    if not waiting.done():
                        waiting.set_exception(error)
            else:
                for (_, waiting), answer in zip(taken, answers, strict=True):
                    if not waiting.done():
                        waiting.set_result(answer)
        self._running = None
