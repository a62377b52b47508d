"""Who knows whom: people who share a group or a conversation."""

from collections.abc import Collection, Sequence
from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from courtyard.accounts import service as accounts
from courtyard.accounts.models import User
from courtyard.accounts.schemas import UserOut
from courtyard.channels.models import Channel, Override
from courtyard.core.database import Database
from courtyard.core.errors import NotFound
from courtyard.groups import members

# The same rule for pairs of a reader and somebody they look at, and whether a block parts the two.
# Asked whenever people come into view, so it is one prepared statement in no transaction.
_PAIRS: LiteralString = """
    SELECT w.reader, w.person, EXISTS (
        SELECT FROM block b
        WHERE (b.user_id = w.reader AND b.blocked_id = w.person)
           OR (b.user_id = w.person AND b.blocked_id = w.reader)
    )
    FROM unnest(%s::uuid[], %s::uuid[]) AS w(reader, person)
    WHERE w.reader = w.person
       OR EXISTS (
           SELECT FROM member m JOIN member t ON t.group_id = m.group_id
           WHERE m.user_id = w.reader AND t.user_id = w.person
       )
       OR EXISTS (
           SELECT FROM override m JOIN override t ON t.channel_id = m.channel_id
           JOIN channel c ON c.id = m.channel_id AND c.group_id IS NULL
           WHERE m.subject_kind = 'user' AND m.subject_id = w.reader
             AND t.subject_kind = 'user' AND t.subject_id = w.person
       )
"""


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


async def pairs(
    database: Database, wanted: Collection[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], bool]:
    """Of these pairs of a reader and a person, those who are acquainted, and whether a block parts
    the two."""
    values = [reader for reader, _ in wanted], [person for _, person in wanted]
    async with database.raw() as connection:
        rows = await (await connection.execute(_PAIRS, values)).fetchall()
    return {(reader, person): parted for reader, person, parted in rows}


async def faces(db: AsyncSession, reader: User, ids: Sequence[UUID]) -> list[UserOut]:
    """The public faces of these people; a guest is shown only those they are acquainted with."""
    if reader.workspace_role == "guest":
        ids = list((await acquainted(db, [reader.id], ids))[reader.id])
    return await accounts.public(db, ids)


async def require_known(db: AsyncSession, reader: User, user_id: UUID) -> None:
    """Raises NotFound for somebody who is not there, or whom the reader may not know of."""
    if not await faces(db, reader, [user_id]):
        raise NotFound
