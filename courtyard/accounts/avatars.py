"""Avatars: decoded, cropped and written anew in a child, so that only our own bytes are ever
served."""

import tempfile

from courtyard.core.drawing import draw
from courtyard.core.errors import Invalid

SIDE = 256


async def prepare(data: bytes) -> bytes:
    """A square WebP of 256 pixels from an uploaded picture.

    Raises Invalid when the bytes are no picture of a known kind or hold too many pixels (F08).
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        drawn = await draw("square", SIDE, file)
    if drawn.trouble == "pixels":
        raise Invalid(fields={"avatar": "This picture has too many pixels. Make it smaller."})
    if drawn.trouble:
        raise Invalid(
            fields={"avatar": "This is no picture we can read. Use PNG, JPEG, WebP or GIF."}
        )
    return drawn.picture
