"""The shapes in which the talk of the demo content is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True, frozen=True)
class Line:
    """Somebody says something. `when` is "3 09:12" (so many days ago, at that time) or "-35"
    (so many minutes ago); `fresh` lines are still unread. `@{cy}` names a person, `#{rounds}` a
    channel of the same group."""

    when: str
    who: str
    text: str
    fresh: bool = False
    reactions: Mapping[str, str] = field(default_factory=dict)
    """Emoji → the keys of those who gave it."""
    replies: tuple["Line", ...] = ()


@dataclass(slots=True, frozen=True)
class Room:
    """A channel with its talk, under a heading."""

    name: str
    topic: str
    heading: str
    talk: tuple[Line, ...]
