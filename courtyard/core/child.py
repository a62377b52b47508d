"""Parsers of what people send run in a child, which can do little and not for long: no settings,
no secrets, bounded memory, time and answer. What kills it kills nothing else (F07, F08)."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from courtyard.core.errors import Unavailable

CONFINED = Path(__file__).with_name("confined.py")
MEMORY = 512 * 2**20
PROCESSOR_SECONDS = 10
SECONDS = 20
ANSWER_BYTES = 8_000_000
QUEUE_SECONDS = 20
_at_once = asyncio.Semaphore(2)


class ChildFailed(Exception):
    """The child gave no answer: killed by a limit, crashed, or too slow."""


async def run(program: Path, *words: str, source: IO[bytes]) -> bytes:
    """What `program` (a file that imports nothing of this project) writes when it is run with
    these words and reads `source`, an open file. Raises ChildFailed, or Unavailable when too many
    wait. Nobody may hold a database connection meanwhile."""
    async with _turn(), _started(program, words, source) as child:
        try:
            async with asyncio.timeout(SECONDS):
                answer = await _read(child)
                status = await child.wait()
        except TimeoutError:
            raise ChildFailed("too slow") from None
    if status:
        raise ChildFailed(f"ended with {status}")
    return answer


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(QUEUE_SECONDS):
            await _at_once.acquire()
    except TimeoutError:
        raise Unavailable(retry_after=5) from None
    try:
        yield
    finally:
        _at_once.release()


@asynccontextmanager
async def _started(
    program: Path, words: tuple[str, ...], source: IO[bytes]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The child, dead at the end whatever happened."""
    limits = (str(MEMORY), str(PROCESSOR_SECONDS))
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", str(CONFINED), *limits, str(program), *words),
        stdin=source,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},  # the server's holds addresses and passwords
        start_new_session=True,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


async def _read(child: asyncio.subprocess.Process) -> bytes:
    assert child.stdout
    answer = bytearray()
    while piece := await child.stdout.read(65_536):
        answer += piece
        if len(answer) > ANSWER_BYTES:
            raise ChildFailed("said too much")
    return bytes(answer)
