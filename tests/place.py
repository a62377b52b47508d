"""A group and its first channel, as tests hand them around."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(slots=True, frozen=True)
class Place:
    """Where a test happens."""

    group: UUID
    channel: UUID
