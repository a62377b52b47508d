"""The worker: the composition root of what happens after the answer. Reactions and jobs.

`serve` runs it inside the application process; it can also run as a process of its own.
"""

import asyncio
import sys

from courtyard.accounts import jobs as accounts_jobs
from courtyard.channels import jobs as channels_jobs
from courtyard.core import jobs, logs
from courtyard.core.blobs import Blobs
from courtyard.core.bus import Bus
from courtyard.core.crypto import KeyRing
from courtyard.core.database import Database
from courtyard.core.errors import StartupError
from courtyard.core.outbox import Dispatcher
from courtyard.core.settings import Settings, load_settings
from courtyard.core.upkeep import Tools
from courtyard.files import jobs as files_jobs
from courtyard.messages import jobs as messages_jobs
from courtyard.messages import saving
from courtyard.messages import service as messages_service
from courtyard.notifications import jobs as notifications_jobs
from courtyard.realtime import jobs as realtime_jobs

# Modules whose reactors and jobs register when they are imported.
REGISTERED = (
    accounts_jobs,
    channels_jobs,
    files_jobs,
    messages_jobs,
    notifications_jobs,
    realtime_jobs,
)


POOL = 4


def register(ring: KeyRing) -> None:
    """Gives the slices that keep content the key ring with which their reactions and catch-ups
    read it."""
    for slice_ in (messages_service, saving, messages_jobs):
        slice_.register(ring)


class Worker:
    """Dispatches events to reactors and works off jobs."""

    def __init__(self, settings: Settings, database: Database, bus: Bus, blobs: Blobs) -> None:
        assert settings.database_url
        self._dispatcher = Dispatcher(database, bus)
        self._database_url = settings.database_url
        self._tools = Tools(settings, database, bus, blobs)

    async def run(self) -> None:
        """Works until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._dispatcher.run())
            group.create_task(jobs.work_off(self._database_url, self._tools))


async def _run(settings: Settings) -> None:
    if not settings.database_url or not settings.redis_url:
        raise StartupError(
            "A worker of its own needs COURTYARD_DATABASE_URL and COURTYARD_REDIS_URL; "
            "with embedded services `courtyard serve` does its work."
        )
    ring = KeyRing.load(settings.data_dir / "keys.json")
    register(ring)
    database = Database(settings.database_url, POOL)
    bus = Bus(settings.redis_url, ring.bus_channel())
    await database.open()
    await bus.start()
    try:
        await Worker(settings, database, bus, Blobs(settings.data_dir / "blobs")).run()
    finally:
        await bus.stop()
        await database.close()


def main() -> None:
    """Runs a worker as a process of its own."""
    settings = load_settings()
    logs.configure(settings.log_level, settings.log_format)
    try:
        asyncio.run(_run(settings))
    except KeyboardInterrupt:
        sys.exit(0)
