"""A program for a child of `child.py`: makes a picture, or the first page of a PDF, small. Runs
alone, by its path, and imports nothing of this project.

    pictures.py square|fit|page <side> <most pixels>     the file stands on its standard input

Writes one line of JSON, `{"width", "height"}` as seen upright or `{"error": "pixels" | "broken" |
"locked"}`, and then a WebP without any of the original's metadata.
"""

import io
import json
import sys
import warnings
from typing import Any, BinaryIO

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
ORIENTATION = 0x0112
SIDEWAYS = (5, 6, 7, 8)
MIXABLE = ("RGB", "RGBA", "L", "CMYK", "YCbCr")  # not a palette, not one bit
QUALITY = 82
WRONG_PASSWORD = 4

Small = tuple[int, int, Image.Image]


class TooManyPixels(Exception):
    """Told by the header, before anything is unpacked."""


class Locked(Exception):
    """A PDF that opens with a password only."""


def opened(file: BinaryIO, pixels: int) -> Image.Image:
    """The picture, not yet decoded."""
    Image.MAX_IMAGE_PIXELS = pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooManyPixels from error


def fit(file: BinaryIO, side: int, pixels: int) -> Small:
    """The picture upright, its longest side at most `side`; with the size of the original."""
    picture = opened(file, pixels)
    width, height = picture.size
    small = shrunk(picture, side, side)
    turn = orientation(small)
    if turn in SIDEWAYS:
        width, height = height, width
    return width, height, ImageOps.exif_transpose(small) if turn else small


def square(file: BinaryIO, side: int, pixels: int) -> Small:
    """The middle of the picture, upright, `side` wide and high."""
    picture = opened(file, pixels)
    scale = 2 * side / min(picture.size)  # first about twice as large, which takes less memory
    small = shrunk(picture, *(max(side, round(length * scale)) for length in picture.size))
    upright = ImageOps.exif_transpose(small) if orientation(small) else small
    return side, side, ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS)


def shrunk(picture: Image.Image, width: int, height: int) -> Image.Image:
    """The picture within these bounds, in colours that can be mixed."""
    if picture.mode not in MIXABLE:
        picture = picture.convert("RGBA")
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    return picture.convert("RGBA")


def orientation(picture: Image.Image) -> int | None:
    """How the camera was held. Nonsense there does not make nonsense of the picture."""
    try:
        turn: int | None = picture.getexif().get(ORIENTATION)
    except Exception:
        return None
    return turn


def page(file: BinaryIO, side: int, _: int) -> Small:
    """The first page. Forms are not set up, and this library is built without JavaScript."""
    import pypdfium2  # noqa: PLC0415 - pictures need not wait for it

    try:
        first = pypdfium2.PdfDocument(file)[0]
    except pypdfium2.PdfiumError as error:
        raise (Locked if error.err_code == WRONG_PASSWORD else ValueError) from error
    scale = side / max(*first.get_size(), 1)
    drawn: Image.Image = first.render(scale=scale, may_draw_forms=False).to_pil()
    return drawn.width, drawn.height, drawn


TASKS = {"square": square, "fit": fit, "page": page}


def answer(task: str, side: int, pixels: int) -> tuple[dict[str, Any], bytes]:
    """What is said of the file, and the small picture."""
    try:
        width, height, small = TASKS[task](sys.stdin.buffer, side, pixels)
        out = io.BytesIO()
        small.save(out, "WEBP", quality=QUALITY, exif=b"", xmp=b"", icc_profile=b"")
    except TooManyPixels:
        return {"error": "pixels"}, b""
    except Locked:
        return {"error": "locked"}, b""
    except Exception:  # parsers raise many kinds on broken bytes; all mean the same here
        return {"error": "broken"}, b""
    return {"width": width, "height": height}, out.getvalue()


if __name__ == "__main__":
    said, data = answer(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + data)
