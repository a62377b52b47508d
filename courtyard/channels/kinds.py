"""The kinds of places. A slice above that brings a kind registers it; nothing here knows it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from courtyard.core.errors import Invalid
from courtyard.core.unit_of_work import UnitOfWork

# (unit of work, channel id): makes what a place of this kind holds, in the transaction of its
# founding.
Made = Callable[[UnitOfWork, UUID], Awaitable[None]]


@dataclass(slots=True, frozen=True)
class Kind:
    """A kind of place. `made` is called when one is founded."""

    name: str
    made: Made | None = None


KINDS: dict[str, Kind] = {"text": Kind("text")}


def register(kind: Kind) -> None:
    """Makes a kind known, once, when its slice is imported."""
    assert kind.name not in KINDS, f"the kind {kind.name} is registered twice"
    KINDS[kind.name] = kind


def find(name: str) -> Kind:
    """A kind by name. Raises Invalid for one this server does not have."""
    if name not in KINDS:
        raise Invalid("This server has no such kind of channel.", fields={"kind": "Unknown here."})
    return KINDS[name]
