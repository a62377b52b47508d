"""Avatars: decoded, cropped and written anew, so that only our own bytes are ever served."""

import asyncio
import io
import warnings

from PIL import Image, ImageOps

from courtyard.core.errors import Invalid

SIDE = 256
PIXEL_LIMIT = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_at_once = asyncio.Semaphore(1)


async def prepare(data: bytes) -> bytes:
    """A square WebP of 256 pixels from an uploaded picture.

    Raises Invalid when the bytes are no picture of a known kind or hold too many pixels (F08).
    """
    async with _at_once:
        return await asyncio.to_thread(_square, data)


def _square(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > PIXEL_LIMIT:
                raise Invalid(
                    fields={"avatar": "This picture has too many pixels. Make it smaller."}
                )
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except Invalid:
        raise
    except Exception as error:  # Pillow raises many kinds on broken bytes; all mean the same here
        raise Invalid(
            fields={"avatar": "This is no picture we can read. Use PNG, JPEG, WebP or GIF."}
        ) from error
    square = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    square.save(out, "WEBP", quality=85)
    return out.getvalue()
