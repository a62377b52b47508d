"""What would need an arrow upwards: slices fill these, only the composition roots join them.

`hydrate` gives events their objects' present state. Further registries (kinds, cards, subject)
stand beside it as soon as a slice fills them.
"""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.core.streams import EVENT_TYPES, Event

# (stream id, object id): where an event stands, and of what it tells.
Key = tuple[UUID, UUID]
# (session, event type, keys) → the event of each object that still exists.
Hydrate = Callable[[AsyncSession, type[Event], Sequence[Key]], Awaitable[dict[Key, Event]]]
_hydrate: dict[str, Hydrate] = {}


def hydrates(*types: type[Event]) -> Callable[[Hydrate], Hydrate]:
    """Registers how events of these types get their objects' present state at catch-up."""

    def register(loader: Hydrate) -> Hydrate:
        for event_type in types:
            _hydrate[event_type.type_name] = loader
        return loader

    return register


async def hydrate(db: AsyncSession, name: str, keys: Sequence[Key]) -> dict[Key, Event]:
    """The events of type `name` for these objects, in their present state.

    Types that carry no payload need no loader. Objects that are gone, and types this release
    does not know, are left out.
    """
    event_type = EVENT_TYPES.get(name)
    if event_type is None:
        return {}
    loader = _hydrate.get(name)
    if loader:
        return await loader(db, event_type, keys)
    return {key: event_type() for key in keys}
