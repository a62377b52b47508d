"""Types of short human text: trimmed, bounded, without characters that imitate or hide."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

# Bidirectional overrides and isolates reorder what others read (X04); no-width marks and blank
# letters make one name look like another, or like none.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# Part of words and of emoji, but nothing by themselves.
_JOINERS = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def tidy_line(value: str) -> str:
    """The text in one line, without characters that imitate, reorder or hide."""
    value = _CONTROL.sub("", _HIDDEN.sub("", unicodedata.normalize("NFC", value)))
    return " ".join(value.split())


def tidy_text(value: str) -> str:
    """Without control characters and trailing blanks."""
    return _CONTROL.sub("", value).rstrip()


def not_empty(value: str) -> str:
    """The text, when there is something to see in it. Raises ValueError."""
    if not _JOINERS.sub("", _HIDDEN.sub("", value)).strip():
        raise ValueError("write something here")
    return value


# min_length is checked on what was sent, not_empty on what is left after tidying.
Name = Annotated[
    str,
    Field(min_length=1, max_length=80),
    AfterValidator(tidy_line),
    AfterValidator(not_empty),
]
Line = Annotated[str, Field(max_length=250), AfterValidator(tidy_line)]
Body = Annotated[
    str,
    Field(min_length=1, max_length=20_000),
    AfterValidator(tidy_text),
    AfterValidator(not_empty),
]
