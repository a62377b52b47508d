"""Upkeep of tickets."""

from procrastinate import JobContext
from sqlalchemy import delete

from courtyard.core.clock import now
from courtyard.core.jobs import queue
from courtyard.core.unit_of_work import work
from courtyard.core.upkeep import tools
from courtyard.realtime.models import SocketTicket


@queue.periodic(cron="41 * * * *")
@queue.task(pass_context=True, queueing_lock="forget_tickets")
async def forget_tickets(context: JobContext, timestamp: int) -> None:
    """Hourly: removes tickets that were never used."""
    kit = tools(context)
    async with work(kit.database, kit.bus) as uow:
        await uow.db.execute(delete(SocketTicket).where(SocketTicket.expires_at < now()))
