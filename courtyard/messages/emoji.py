"""What counts as one emoji (Unicode Technical Standard #51, through the `emoji` package)."""

import emoji

LONGEST = 40


def is_emoji(value: str) -> bool:
    """Whether this is exactly one emoji, in any of its spellings."""
    return len(value) <= LONGEST and emoji.is_emoji(value)
