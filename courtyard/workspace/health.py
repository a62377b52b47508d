"""Whether the parts answer: quickly for probes, in words for the first run."""

import asyncio
import shutil
import time
from pathlib import Path
from typing import Any

import psycopg

from courtyard.core.bus import Bus
from courtyard.core.database import Database, PoolTimeout
from courtyard.workspace.schemas import Check, Checks, Health

QUICK_SECONDS = 2.0
LEAST_FREE_BYTES = 1_000_000_000


async def quick(database: Database, bus: Bus) -> Health:
    """`ok`; `degraded` when the bus is away or commits are not durable; `starting` when the
    database is away."""
    found = await _database(database)
    if found is None:
        return Health(status="starting")
    _, durable, _ = found
    return Health(status="ok" if bus.alive and durable else "degraded")


async def checks(state: Any) -> Checks:
    """Each part by name, with a short detail for a person."""
    return Checks(
        checks=[
            await _database_check(state.database),
            _storage_check(state.settings.data_dir),
            await _bus_check(state.bus),
        ]
    )


async def _database_check(database: Database) -> Check:
    found = await _database(database)
    if found is None:
        return Check(name="database", ok=False, detail="Does not answer")
    version, durable, milliseconds = found
    if not durable:
        return Check(
            name="database", ok=False, detail="synchronous_commit is off: messages can be lost"
        )
    return Check(name="database", ok=True, detail=f"PostgreSQL {version}, {milliseconds} ms")


def _storage_check(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    return Check(name="storage", ok=free > LEAST_FREE_BYTES, detail=f"{free / 1e9:.0f} GB free")


async def _bus_check(bus: Bus) -> Check:
    alive = await bus.ping()
    detail = "Redis answers" if alive else "Away; live updates take up to 2 s"
    return Check(name="bus", ok=alive, detail=detail)


async def _database(database: Database) -> tuple[str, bool, int] | None:
    """Version, whether commits are durable, and milliseconds for an answer; None when away."""
    started = time.perf_counter()
    try:
        async with asyncio.timeout(QUICK_SECONDS), database.raw() as connection:
            row = await (
                await connection.execute(
                    "SELECT current_setting('server_version'),"
                    " current_setting('synchronous_commit') <> 'off'"
                    " AND current_setting('fsync') = 'on'"
                )
            ).fetchone()
    except (psycopg.Error, PoolTimeout, OSError, TimeoutError):
        return None
    assert row
    return str(row[0]), bool(row[1]), round((time.perf_counter() - started) * 1000)
