"""The database and the bus for a command: of the running workspace or of one that is at rest."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from courtyard.core.bus import Bus
from courtyard.core.crypto import KeyRing
from courtyard.core.database import Database
from courtyard.core.settings import Settings
from courtyard.integrations.units import Units

POOL = 4


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Units]:
    """Units of work on the database of these settings."""
    assert settings.database_url, "the caller fills in the embedded database"
    database, bus = (
        Database(settings.database_url, POOL),
        Bus(settings.redis_url, KeyRing.load(settings.data_dir / "keys.json").bus_channel()),
    )
    await database.open()
    await bus.start()
    try:
        yield Units(database, bus)
    finally:
        await bus.stop()
        await database.close()
