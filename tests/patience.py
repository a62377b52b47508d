"""Waiting for what must come, instead of sleeping for as long as it usually takes."""

import asyncio
import inspect
import time
from collections.abc import Callable
from typing import Any

PATIENCE = 15.0


async def until(condition: Callable[[], Any], what: str = "it", timeout: float = PATIENCE) -> Any:
    """The first true value of a condition, plain or awaitable, asked again and again."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if inspect.isawaitable(value):
            value = await value
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not happen in {timeout:g} s")
        await asyncio.sleep(0.01)
