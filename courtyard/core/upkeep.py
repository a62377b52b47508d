"""Upkeep of the log: events older than the setting are pruned, stream by stream."""

from dataclasses import dataclass
from datetime import timedelta

from procrastinate import JobContext
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.core.blobs import Blobs
from courtyard.core.bus import Bus
from courtyard.core.clock import now
from courtyard.core.database import Database
from courtyard.core.jobs import queue
from courtyard.core.settings import Settings
from courtyard.core.streams import EventRow, OutboxRow, Stream
from courtyard.core.unit_of_work import work


@dataclass(slots=True, frozen=True)
class Tools:
    """What jobs work with; the worker hands it to every job as `tools`."""

    settings: Settings
    database: Database
    bus: Bus
    blobs: Blobs


def tools(context: JobContext) -> Tools:
    """The tools of the worker that runs this job."""
    found: Tools = context.additional_context["tools"]
    return found


@queue.periodic(cron="17 3 * * *")
@queue.task(pass_context=True, queueing_lock="prune_events")
async def prune_events(context: JobContext, timestamp: int) -> None:
    """Nightly: forgets events that every client has long seen or must load anew."""
    kit = tools(context)
    oldest = now() - timedelta(days=kit.settings.event_days)
    async with kit.database.session() as db:
        streams = await db.scalars(
            select(EventRow.stream_id).distinct().where(EventRow.created_at < oldest)
        )
    for stream_id in list(streams):
        async with work(kit.database, kit.bus) as uow:
            await _prune(uow.db, stream_id, oldest)


async def _prune(db: AsyncSession, stream_id: object, oldest: object) -> None:
    """One stream in one short transaction; what reactors still wait for stays."""
    await db.execute(select(Stream.id).where(Stream.id == stream_id).with_for_update())
    waiting = select(OutboxRow.seq).where(OutboxRow.stream_id == stream_id)
    gone = await db.scalars(
        delete(EventRow)
        .where(
            EventRow.stream_id == stream_id,
            EventRow.created_at < oldest,
            EventRow.seq.not_in(waiting),
        )
        .returning(EventRow.seq)
    )
    seqs = list(gone)
    if seqs:
        await db.execute(update(Stream).where(Stream.id == stream_id).values(pruned_to=max(seqs)))
