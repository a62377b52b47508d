"""Moments in a place that slices above take part in, within the same transaction.

A channel knows nothing of what is said in it or called out over it, yet how far somebody has read
it ends notifications, and its line in the sidebar carries a number: slices above append what they
do at the moment, and what they count.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal

from courtyard.core.unit_of_work import UnitOfWork

# (unit of work, user id, channel id, the position up to which it is read)
Read = Callable[[UnitOfWork, UUID, UUID, int], Awaitable[None]]
# user id → a number for the channel of the row at hand; an expression over Channel.id
Count = Callable[[UUID], ColumnElement[Any]]

read: list[Read] = []
calls: list[Count] = []


async def tell_read(uow: UnitOfWork, user_id: UUID, channel_id: UUID, position: int) -> None:
    """Calls everybody who takes part when a person has read on."""
    for hook in read:
        await hook(uow, user_id, channel_id, position)


def calling(user_id: UUID) -> ColumnElement[Any]:
    """How much calls for a person in the channel of the row at hand."""
    return sum((count(user_id) for count in calls), literal(0))
