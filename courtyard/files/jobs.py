"""Upkeep of files."""

from procrastinate import JobContext

from courtyard.core.jobs import queue
from courtyard.core.upkeep import tools
from courtyard.files import upkeep


@queue.periodic(cron="* * * * * */20")
@queue.task(pass_context=True, queueing_lock="forget_deleted_files")
async def forget_deleted_files(context: JobContext, timestamp: int) -> None:
    """Three times a minute: the bytes of deleted files."""
    await upkeep.forget_deleted(tools(context))


@queue.periodic(cron="*/5 * * * *")
@queue.task(pass_context=True, queueing_lock="give_up_uploads")
async def give_up_uploads(context: JobContext, timestamp: int) -> None:
    """Every five minutes: uploads and loose files that nobody wants any more."""
    await upkeep.give_up(tools(context))


@queue.periodic(cron="41 * * * *")
@queue.task(pass_context=True, queueing_lock="forget_orphan_files")
async def forget_orphan_files(context: JobContext, timestamp: int) -> None:
    """Hourly: bytes that no row names."""
    await upkeep.forget_orphans(tools(context))
