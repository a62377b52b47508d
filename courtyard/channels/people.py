"""Who knows whom: people who share a group or a conversation."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from courtyard.accounts import service as accounts
from courtyard.accounts.models import User
from courtyard.accounts.schemas import UserOut
from courtyard.channels.models import Channel, Override
from courtyard.core.errors import NotFound
from courtyard.groups import members


async def acquainted(
    db: AsyncSession, readers: Collection[UUID], users: Collection[UUID]
) -> dict[UUID, set[UUID]]:
    """Per reader, those of `users` who share a group or a conversation with them, and oneself."""
    found = await members.sharing(db, readers, users)
    theirs, mine = aliased(Override), aliased(Override)
    rows = await db.execute(
        select(mine.subject_id, theirs.subject_id)
        .join(Channel, Channel.id == mine.channel_id)
        .join(theirs, theirs.channel_id == mine.channel_id)
        .where(
            Channel.group_id.is_(None),
            mine.subject_kind == "user",
            theirs.subject_kind == "user",
            mine.subject_id.in_(readers),
            theirs.subject_id.in_(users),
        )
        .distinct()
    )
    for reader, user_id in rows:
        found[reader].add(user_id)
    return found


async def faces(db: AsyncSession, reader: User, ids: Sequence[UUID]) -> list[UserOut]:
    """The public faces of these people; a guest is shown only those they are acquainted with."""
    if reader.workspace_role == "guest":
        ids = list((await acquainted(db, [reader.id], ids))[reader.id])
    return await accounts.public(db, ids)


async def require_known(db: AsyncSession, reader: User, user_id: UUID) -> None:
    """Raises NotFound for somebody who is not there, or whom the reader may not know of."""
    if not await faces(db, reader, [user_id]):
        raise NotFound
