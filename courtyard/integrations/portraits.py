"""Simple drawn portraits, so that a first look at the product is a look at people."""

import io
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageDraw

SIDE = 256
# Drawn four times as large and made smaller: that is what smooths the edges.
_SCALE = 4
# What is kept of the drawing: faces must be known at the size of a fingernail.
_CLOSE_UP = (18, 12, 238, 232)
_WHITE = "#FFFFFF"
_INK = "#2B211D"

Hair = Literal["short", "bob", "long", "bun", "curls", "bald"]
Box = tuple[float, float, float, float]


@dataclass(slots=True, frozen=True)
class Looks:
    """How somebody is drawn; colours as #RRGGBB."""

    ground: str
    skin: str
    hair: str
    style: Hair
    clothes: str
    glasses: bool = False
    beard: bool = False


class _Sheet:
    """Draws in units of the finished picture."""

    def __init__(self, ground: str) -> None:
        side = SIDE * _SCALE
        self.image = Image.new("RGB", (side, side), ground)
        self._shade(ground)
        self._draw = ImageDraw.Draw(self.image)

    def _shade(self, ground: str) -> None:
        """Lets the ground grow darker towards the lower edge."""
        side = self.image.width
        dark = Image.new("RGB", (side, side), _mixed(ground, _INK, 0.35))
        slope = Image.linear_gradient("L").resize((side, side)).point([v // 2 for v in range(256)])
        self.image.paste(dark, (0, 0), slope)

    def ellipse(self, box: Box, fill: str) -> None:
        self._draw.ellipse([value * _SCALE for value in box], fill=fill)

    def pill(self, box: Box, radius: float, fill: str) -> None:
        self._draw.rounded_rectangle([v * _SCALE for v in box], radius * _SCALE, fill=fill)

    def slice(self, box: Box, start: float, end: float, fill: str) -> None:
        self._draw.pieslice([value * _SCALE for value in box], start, end, fill=fill)

    def arc(self, box: Box, start: float, end: float, fill: str, width: float) -> None:
        scaled = [value * _SCALE for value in box]
        self._draw.arc(scaled, start, end, fill=fill, width=round(width * _SCALE))

    def line(self, points: Box, fill: str, width: float) -> None:
        self._draw.line([v * _SCALE for v in points], fill=fill, width=round(width * _SCALE))


def draw(looks: Looks) -> bytes:
    """The portrait as WebP of 256 pixels, the same bytes for the same looks."""
    sheet = _Sheet(looks.ground)
    _hair_behind(sheet, looks)
    _body(sheet, looks)
    _face(sheet, looks)
    _hair_before(sheet, looks)
    if looks.glasses:
        _glasses(sheet)
    left, top, right, bottom = (value * _SCALE for value in _CLOSE_UP)
    close = sheet.image.crop((left, top, right, bottom))
    small = close.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=88)
    return out.getvalue()


def _hair_behind(sheet: _Sheet, looks: Looks) -> None:
    if looks.style == "long":
        sheet.pill((66, 62, 190, 226), 58, looks.hair)
    elif looks.style == "bob":
        sheet.pill((70, 60, 186, 172), 54, looks.hair)
    elif looks.style == "bun":
        sheet.ellipse((100, 22, 156, 76), looks.hair)
    elif looks.style == "curls":
        for x, y in ((78, 92), (90, 66), (128, 52), (166, 66), (178, 92), (76, 122), (180, 122)):
            sheet.ellipse((x - 27, y - 27, x + 27, y + 27), looks.hair)


def _body(sheet: _Sheet, looks: Looks) -> None:
    shadow = _mixed(looks.skin, _INK, 0.18)
    sheet.ellipse((34, 196, 222, 360), looks.clothes)
    sheet.pill((110, 158, 146, 216), 16, shadow)
    sheet.ellipse((104, 186, 152, 222), shadow)
    sheet.ellipse((82, 126, 96, 148), looks.skin)
    sheet.ellipse((160, 126, 174, 148), looks.skin)


def _face(sheet: _Sheet, looks: Looks) -> None:
    sheet.pill((88, 74, 168, 182), 40, looks.skin)
    if looks.beard:
        sheet.slice((88, 102, 168, 184), 0, 180, looks.hair)
        sheet.ellipse((100, 116, 156, 158), looks.skin)
    for x in (110, 146):
        sheet.ellipse((x - 5, 126, x + 5, 137), _INK)
        sheet.ellipse((x + 0.5, 127.5, x + 3.5, 130.5), _WHITE)
        sheet.arc((x - 10, 113, x + 10, 129), 205, 335, _mixed(looks.hair, _INK, 0.4), 3)
    sheet.arc((122, 134, 136, 148), 20, 130, _mixed(looks.skin, _INK, 0.35), 2.5)
    sheet.arc((112, 140, 144, 165), 20, 160, _mixed(looks.skin, "#C8404E", 0.7), 4)


def _hair_before(sheet: _Sheet, looks: Looks) -> None:
    if looks.style == "bald":
        return
    if looks.style == "short":
        sheet.slice((84, 62, 172, 150), 180, 360, looks.hair)
        sheet.pill((86, 92, 170, 112), 10, looks.hair)
        sheet.ellipse((96, 104, 160, 126), looks.skin)
    elif looks.style == "curls":
        for x in range(96, 165, 16):
            sheet.ellipse((x - 14, 66, x + 14, 98), looks.hair)
    else:
        sheet.slice((84, 60, 172, 156), 180, 360, looks.hair)
        sheet.slice((92, 88, 164, 138), 180, 360, looks.skin)
    if looks.style in ("long", "bob"):
        sheet.pill((80, 100, 94, 160), 7, looks.hair)
        sheet.pill((162, 100, 176, 160), 7, looks.hair)


def _glasses(sheet: _Sheet) -> None:
    for x in (110, 146):
        sheet.arc((x - 14, 118, x + 14, 146), 0, 360, _INK, 3)
    sheet.line((124, 130, 132, 130), _INK, 3)


def _mixed(colour: str, other: str, share: float) -> str:
    """The colour with a share of another one in it."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02X}" for a, b in pairs)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
