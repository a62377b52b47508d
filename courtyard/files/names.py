"""Names of files: what a person reads and a browser saves under. Never a path here (F05)."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from courtyard.core.text import tidy_line

LONGEST = 200
LONGEST_ENDING = 20
NAMELESS = "file"
SENT = 20_000  # longer ones are refused, not cut

# Between the letters of a word or an emoji they are right; in a name they only hide.
_JOINERS = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
# Names that mean a device on Windows, whatever follows the first dot.
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)
_ENDING = re.compile(r"\.(7z|[a-z][a-z0-9]{0,9})$", re.IGNORECASE)


def clean(name: str) -> str:
    """The last part of a name or path, at most 200 characters with its ending kept, without
    control, bidi and zero-width characters, and never one that means something to a system."""
    name = re.split(r"[/\\]", _JOINERS.sub("", name))[-1]
    name = re.sub(r'[<>:"|?*]', "_", tidy_line(name)).rstrip(". ")
    if not name.strip(". "):
        return NAMELESS
    if _RESERVED.match(name):
        name = f"_{name}"
    return _cut(name)


def _cut(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, last = name.rpartition(".")
    if not stem or len(last) > LONGEST_ENDING:
        return name[:LONGEST].rstrip(". ")
    return stem[: LONGEST - len(last) - 1].rstrip(". ") + dot + last


def ending(name: str) -> str:
    """What stands behind the last dot, in small letters, without the dot; nothing when that is no
    ending ("at 10.15")."""
    found = _ENDING.search(name)
    return found.group(1).lower() if found else ""


FileName = Annotated[str, Field(min_length=1, max_length=SENT), AfterValidator(clean)]
