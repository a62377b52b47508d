"""Reading and making the workspace."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.core.errors import NotFound, Unavailable
from courtyard.core.streams import LogEpoch
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.workspace.models import Workspace


async def find(db: AsyncSession) -> Workspace | None:
    """The workspace, or None before the first run."""
    return await db.scalar(select(Workspace))


async def get(db: AsyncSession) -> Workspace:
    """The workspace. Raises Unavailable before the first run."""
    workspace = await find(db)
    if workspace is None:
        raise Unavailable("This workspace is not set up yet. Open it in a browser to begin.")
    return workspace


async def epoch(db: AsyncSession) -> UUID:
    """The epoch of the event log; another one than a client holds makes it start afresh."""
    return (await db.execute(select(LogEpoch.epoch))).scalar_one()


def create(uow: UnitOfWork, name: str) -> Workspace:
    """Makes the one workspace; a second one breaks a unique constraint at flush."""
    workspace = Workspace(name=name)
    uow.db.add(workspace)
    return workspace


async def require_new(db: AsyncSession) -> None:
    """Raises NotFound once the workspace is set up: its insides are nobody's business then."""
    if await find(db):
        raise NotFound
