"""Previews: small pictures of pictures and PDFs. Whatever decodes them runs in a child."""

import tempfile
from typing import NamedTuple
from uuid import UUID

from courtyard.core.blobs import Blobs
from courtyard.core.drawing import Drawn, draw
from courtyard.files.kinds import OTHER, Nature

SIDE = 1024


class Look(NamedTuple):
    """What a file turned out to be, and its preview when it has one."""

    nature: Nature
    drawn: Drawn = Drawn()


async def look(blobs: Blobs, blob_id: UUID, nature: Nature) -> Look:
    """Decodes a picture or PDF to see whether it really is one, and makes its preview. What cannot
    be decoded within the limits is no picture and never shown as one (F02, F08). A PDF is only ever
    saved, so one behind a password, or too much work to draw, stays a PDF. Raises Unavailable when
    too many wait."""
    if nature.kind not in ("image", "pdf"):
        return Look(nature)
    with tempfile.TemporaryFile() as file:
        async for piece in await blobs.open("file", blob_id):
            file.write(piece)
        file.seek(0)
        drawn = await draw("fit" if nature.kind == "image" else "page", SIDE, file)
    if nature.kind == "pdf" and drawn.trouble in ("locked", "stuck"):
        return Look(nature)
    return Look(OTHER) if drawn.trouble else Look(nature, drawn)
