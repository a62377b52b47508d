"""Whom a text calls, read from its Markdown.

A mention is a link to somebody: `[@Ada](user:…)`, `[@Nurses](role:…)`; `@here` and `@channel` are
plain words. What stands in code calls nobody. The client draws the same tokens as names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from markdown_it import MarkdownIt
from markdown_it.token import Token

_EVERYONE = re.compile(r"(?<![\w@/])@(here|channel)(?![\w-])")
_TARGET = re.compile(r"(user|role):([0-9a-f-]{36})")
_markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# Beyond this nobody is called: a text that names a hundred people is a list, not a call.
MOST = 100


@dataclass(slots=True)
class Called:
    """People and roles by id; `here`: those who are around, `channel`: all who follow."""

    users: set[UUID] = field(default_factory=set)
    roles: set[UUID] = field(default_factory=set)
    here: bool = False
    channel: bool = False

    @property
    def anybody(self) -> bool:
        """Whether the text calls anybody at all."""
        return bool(self.users or self.roles or self.here or self.channel)


def called(text: str) -> Called:
    """Whom this text calls; at most a hundred people and roles."""
    found = Called()
    if "@" not in text:  # most texts
        return found
    for token in _inline(_markdown.parse(text)):
        if token.type == "text":
            words = set(_EVERYONE.findall(token.content))
            found.here |= "here" in words
            found.channel |= "channel" in words
        elif token.type == "link_open":
            _note(found, str(token.attrs.get("href", "")))
    return found


def _note(found: Called, address: str) -> None:
    target = _TARGET.fullmatch(address)
    if target is None or len(found.users) + len(found.roles) >= MOST:
        return
    try:
        name = UUID(target[2])
    except ValueError:
        return
    (found.users if target[1] == "user" else found.roles).add(name)


def _inline(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()
