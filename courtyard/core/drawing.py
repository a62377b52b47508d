"""Asks the child for a small picture of something (see `pictures.py`)."""

import json
from pathlib import Path
from typing import IO, Literal, NamedTuple

from courtyard.core import child
from courtyard.core.child import ChildFailed

PROGRAM = Path(__file__).with_name("pictures.py")
PIXEL_LIMIT = 40_000_000

Task = Literal["square", "fit", "page"]
Trouble = Literal["pixels", "broken", "locked", "stuck"]


class Drawn(NamedTuple):
    """A WebP, and the size of what it shows in pixels; or why there is none."""

    picture: bytes = b""
    width: int | None = None
    height: int | None = None
    trouble: Trouble | None = None


async def draw(task: Task, side: int, source: IO[bytes]) -> Drawn:
    """A small picture of a picture or PDF in an open file, never of more than PIXEL_LIMIT pixels.
    `stuck` is what took more time or memory than there is. Raises Unavailable when too many
    wait."""
    try:
        answer = await child.run(PROGRAM, task, str(side), str(PIXEL_LIMIT), source=source)
    except ChildFailed:
        return Drawn(trouble="stuck")
    line, _, picture = answer.partition(b"\n")
    said = json.loads(line)
    return Drawn(picture, said.get("width"), said.get("height"), said.get("error"))
