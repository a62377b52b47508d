"""Jobs that outlive a request, in procrastinate's tables in the same PostgreSQL.

Never enqueued on the post path: a notifying insert takes a database-wide lock at commit.
Reactors enqueue. A job is idempotent: those of a killed worker are put back.
"""

import asyncio
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector
from psycopg import AsyncConnection
from psycopg.abc import RV, PQGen

from courtyard.core.database import SESSION_OPTIONS

log = structlog.get_logger()

# Kept per process: procrastinate's tasks register on an App when their module is imported, the
# connection is given when the root composes the process.
queue = App(connector=PsycopgConnector())

STALLED_SECONDS = 60


async def work_off(database_url: str, tools: object) -> None:
    """Runs jobs until cancelled, putting back those whose worker died. Jobs find `tools` in
    their context. A database that is away is waited for."""
    while True:
        try:
            with queue.replace_connector(_connector(database_url)) as app:
                async with app.open_async():
                    await _worked(app, tools)
        except Exception as error:
            log.warning("jobs_wait", kind=type(error).__name__)
        await asyncio.sleep(1)


async def _worked(app: App, tools: object) -> None:
    requeue = asyncio.create_task(_requeue_stalled(app))
    try:
        await app.run_worker_async(
            install_signal_handlers=False,
            fetch_job_polling_interval=5,
            concurrency=2,
            additional_context={"tools": tools},
            delete_jobs="successful",
        )
    finally:
        requeue.cancel()


class _Patient(AsyncConnection[Any]):
    """Waits without looking up ten times a second, as the driver does for the sake of threads:
    one connection waits for notifications all day."""

    async def wait(
        self, gen: PQGen[RV], interval: float = 60.0, timeout: float | None = None
    ) -> RV:
        """Waits for an answer; the loop is woken by the socket itself."""
        return await super().wait(gen, interval, timeout)


def _connector(database_url: str) -> PsycopgConnector:
    return PsycopgConnector(
        conninfo=database_url,
        min_size=1,
        max_size=3,
        connection_class=_Patient,
        kwargs={"options": SESSION_OPTIONS},
    )


async def _requeue_stalled(app: App) -> None:
    while True:
        await asyncio.sleep(STALLED_SECONDS / 2)
        try:
            await requeue_stalled(app)
        except Exception as error:
            log.warning("requeue_waits", kind=type(error).__name__)


async def requeue_stalled(app: App, seconds: float = STALLED_SECONDS) -> int:
    """Puts jobs back whose worker has not been heard of for `seconds`. Returns how many."""
    stalled: list[Any] = list(
        await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds)
    )
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)
