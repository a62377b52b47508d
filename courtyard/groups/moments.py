"""Moments in a group's life that slices above take part in, within the same transaction.

A group may not import channels, yet founding one makes its first channel and joining one follows
its default channels: slices above append what they do at the moment.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

from courtyard.core.unit_of_work import UnitOfWork

# (unit of work, group id, user id)
Hook = Callable[[UnitOfWork, UUID, UUID], Awaitable[None]]

founded: list[Hook] = []
joined: list[Hook] = []
left: list[Hook] = []
# The third id is the role's.
role_removed: list[Hook] = []


async def tell(hooks: list[Hook], uow: UnitOfWork, group_id: UUID, user_id: UUID) -> None:
    """Calls everybody who takes part in a moment, in the order of their registration."""
    for hook in hooks:
        await hook(uow, group_id, user_id)
