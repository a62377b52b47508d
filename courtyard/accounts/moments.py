"""Moments in an account's life that slices above take part in, within the same transaction."""

from collections.abc import Awaitable, Callable

from courtyard.accounts.models import User
from courtyard.core.unit_of_work import UnitOfWork

Hook = Callable[[UnitOfWork, User], Awaitable[None]]

# Somebody signs in who never did, or comes back after a deactivation: may raise, and they do not.
seated: list[Hook] = []


async def tell(hooks: list[Hook], uow: UnitOfWork, user: User) -> None:
    """Calls everybody who takes part in a moment, in the order of their registration."""
    for hook in hooks:
        await hook(uow, user)
