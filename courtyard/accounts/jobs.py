"""Upkeep of accounts: sessions long ended, pictures nobody shows, what the clock changes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from procrastinate import JobContext
from sqlalchemy import delete, select

from courtyard.accounts import status
from courtyard.accounts.models import Session, User
from courtyard.core.clock import now
from courtyard.core.ids import made_at
from courtyard.core.jobs import queue
from courtyard.core.unit_of_work import work
from courtyard.core.upkeep import tools

SHOWN_FOR = timedelta(days=90)
ORPHAN_AGE = timedelta(hours=1)


@queue.periodic(cron="29 3 * * *")
@queue.task(pass_context=True, queueing_lock="forget_sessions")
async def forget_sessions(context: JobContext, timestamp: int) -> None:
    """Nightly: removes sessions that ended or expired three months ago."""
    kit = tools(context)
    async with work(kit.database, kit.bus) as uow:
        await uow.db.execute(delete(Session).where(Session.expires_at < now() - SHOWN_FOR))


@queue.periodic(cron="11 * * * *")
@queue.task(pass_context=True, queueing_lock="sweep_avatars")
async def sweep_avatars(context: JobContext, timestamp: int) -> None:
    """Hourly: deletes pictures that no profile points at: replaced ones, and those whose request
    failed after the upload."""
    kit = tools(context)
    async with kit.database.session() as db:
        shown = set(await db.scalars(select(User.avatar_id).where(User.avatar_id.is_not(None))))
    for blob_id in await kit.blobs.ids("avatar"):
        if blob_id not in shown and _old(blob_id):
            await kit.blobs.delete("avatar", blob_id)


@queue.periodic(cron="* * * * *")
@queue.task(pass_context=True, queueing_lock="settle_status")
async def settle_status(context: JobContext, timestamp: int) -> None:
    """Each minute: tells whose status or quiet began or ended with the clock."""
    kit = tools(context)
    async with work(kit.database, kit.bus) as uow:
        await status.settle(uow, now())


def _old(blob_id: UUID) -> bool:
    return datetime.now(UTC) - made_at(blob_id) > ORPHAN_AGE
