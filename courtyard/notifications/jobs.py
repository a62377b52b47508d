"""Upkeep of inboxes: what was read is not kept for ever."""

from datetime import timedelta

from procrastinate import JobContext
from sqlalchemy import ColumnElement, delete, select

from courtyard.core.clock import now
from courtyard.core.jobs import queue
from courtyard.core.unit_of_work import work
from courtyard.core.upkeep import tools
from courtyard.notifications.models import Notification

KEPT_FOR = timedelta(days=90)
AT_ONCE = 5_000


@queue.periodic(cron="37 3 * * *")
@queue.task(pass_context=True, queueing_lock="forget_notifications")
async def forget_notifications(context: JobContext, timestamp: int) -> None:
    """Nightly: removes notifications older than three months that were read."""
    kit, gone = tools(context), AT_ONCE
    while gone == AT_ONCE:
        async with work(kit.database, kit.bus) as uow:
            old = select(Notification.id).where(_outdated()).limit(AT_ONCE)
            doomed = delete(Notification).where(Notification.id.in_(old)).returning(Notification.id)
            gone = len((await uow.db.scalars(doomed)).all())


def _outdated() -> ColumnElement[bool]:
    return (Notification.created_at < now() - KEPT_FOR) & Notification.read_at.is_not(None)
