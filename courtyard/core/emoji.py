"""One emoji, and nothing else, as a person picks it from a list."""

from typing import Annotated

import emoji
from pydantic import AfterValidator, Field

# Skin tones and the like: part of an emoji, but none by themselves.
_COMPONENT = emoji.STATUS["component"]


def _one(value: str) -> str:
    known = emoji.EMOJI_DATA.get(value)
    if known is None or known["status"] == _COMPONENT:
        raise ValueError("choose one emoji")
    return value


Emoji = Annotated[str, Field(min_length=1, max_length=20), AfterValidator(_one)]
