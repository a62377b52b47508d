"""Who wants nothing to do with whom. The only writer of blocks.

A block counts in both directions and is known to one: whoever blocks hears of it, whoever is
blocked does not. What it does stands where it is done: the rule of rights, presence, and opening
a conversation.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, select, tuple_, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service
from courtyard.accounts.models import Block
from courtyard.accounts.schemas import BlockChanged, BlockOut
from courtyard.core.errors import Invalid
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork


async def block(uow: UnitOfWork, user_id: UUID, blocked_id: UUID) -> None:
    """Blocks somebody; twice is once. Raises NotFound for nobody, Invalid for oneself."""
    if user_id == blocked_id:
        raise Invalid(fields={"user_id": "Nobody can block themself."})
    await service.get(uow.db, blocked_id)
    stored = await uow.db.execute(
        insert(Block)
        .values(user_id=user_id, blocked_id=blocked_id)
        .on_conflict_do_nothing()
        .returning(Block.blocked_id)
    )
    if stored.first():
        await _changed(uow, user_id, blocked_id, blocked=True)


async def unblock(uow: UnitOfWork, user_id: UUID, blocked_id: UUID) -> None:
    """Takes a block back; that there is none is fine."""
    gone = await uow.db.execute(
        delete(Block)
        .where(Block.user_id == user_id, Block.blocked_id == blocked_id)
        .returning(Block.blocked_id)
    )
    if gone.first():
        await _changed(uow, user_id, blocked_id, blocked=False)


async def _changed(uow: UnitOfWork, user_id: UUID, blocked_id: UUID, *, blocked: bool) -> None:
    """Tells the devices of the one who blocks; makes the sockets of both look anew at whose
    presence they show, which tells nobody why."""
    for one in sorted((user_id, blocked_id)):  # in one order, so that two do not wait for another
        await service.bump_version(uow, one)
    uow.emit(user_id, BlockChanged(user_id=blocked_id, blocked=blocked), blocked_id)


async def mine(db: AsyncSession, user_id: UUID) -> list[BlockOut]:
    """Whom a person blocks, the newest first."""
    rows = await db.scalars(
        select(Block)
        .where(Block.user_id == user_id)
        .order_by(Block.created_at.desc(), Block.blocked_id)
    )
    return [BlockOut(user_id=row.blocked_id, created_at=row.created_at) for row in rows]


async def between(db: AsyncSession, one: UUID, other: UUID) -> bool:
    """Whether one of the two blocks the other."""
    return other in (await parted(db, [one], [other]))[one]


async def parted(
    db: AsyncSession, readers: Collection[UUID], users: Collection[UUID]
) -> dict[UUID, set[UUID]]:
    """Per reader, those of `users` whom they block or who block them."""
    found: dict[UUID, set[UUID]] = {reader: set() for reader in readers}
    pairs = union_all(
        select(Block.user_id.label("reader"), Block.blocked_id.label("user")),
        select(Block.blocked_id, Block.user_id),
    ).subquery()
    rows = await db.execute(
        select(pairs.c.reader, pairs.c.user).where(
            pairs.c.reader.in_(readers), pairs.c.user.in_(users)
        )
    )
    for reader, user_id in rows:
        found[reader].add(user_id)
    return found


@hydrates(BlockChanged)
async def _blocks(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    rows = await db.execute(
        select(Block.user_id, Block.blocked_id).where(
            tuple_(Block.user_id, Block.blocked_id).in_(keys)
        )
    )
    standing = {(user_id, blocked_id) for user_id, blocked_id in rows}
    return {key: BlockChanged(user_id=key[1], blocked=key in standing) for key in keys}


async def blocked_by(db: AsyncSession, blocked_id: UUID, users: Collection[UUID]) -> set[UUID]:
    """Those of these people who blocked somebody."""
    rows = select(Block.user_id).where(Block.blocked_id == blocked_id, Block.user_id.in_(users))
    return set(await db.scalars(rows))
