"""What a person has in the sidebar, and how far they have read. The only writer of both."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service as accounts
from courtyard.channels import moments
from courtyard.channels.access import audience
from courtyard.channels.models import Follow, ReadMark
from courtyard.channels.schemas import FollowChanged, Read, ReadMarked
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event, Stream
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups.schemas import Hearing, Level


async def follow(
    uow: UnitOfWork, user_id: UUID, channel_id: UUID, level: Level | None = None
) -> None:
    """Puts a channel into a person's sidebar, read up to now when it was not there before.
    Without a level, what the person chose before stays."""
    await _follow(uow, user_id, channel_id, {"level": level} if level else {})


async def hear(uow: UnitOfWork, user_id: UUID, channel_id: UUID, body: Hearing) -> None:
    """Follows a channel, and sets what the person is told of it."""
    await _follow(uow, user_id, channel_id, body.model_dump())


async def _follow(uow: UnitOfWork, user_id: UUID, channel_id: UUID, chosen: dict[str, Any]) -> None:
    known = await uow.db.get(Follow, (user_id, channel_id))
    stored = await uow.db.execute(
        insert(Follow)
        .values(user_id=user_id, channel_id=channel_id, **chosen)
        .on_conflict_do_update(
            index_elements=["user_id", "channel_id"],
            set_=chosen or {"level": Follow.level},  # the same again, so that it is returned
        )
        .returning(Follow.level, Follow.muted_until)
    )
    if known is None:
        await _read_up_to_now(uow, user_id, channel_id)
    level, muted_until = stored.one()
    await _changed(uow, user_id, told(channel_id, level, muted_until))


async def _read_up_to_now(uow: UnitOfWork, user_id: UUID, channel_id: UUID) -> None:
    newest = select(Stream.latest).where(Stream.id == channel_id).scalar_subquery()
    await uow.db.execute(
        insert(ReadMark)
        .values(user_id=user_id, channel_id=channel_id, position=newest)
        .on_conflict_do_update(
            index_elements=["user_id", "channel_id"],
            set_={"position": func.greatest(ReadMark.position, newest)},
        )
    )


async def unfollow(uow: UnitOfWork, user_id: UUID, channel_id: UUID) -> None:
    """Takes a channel out of a person's sidebar; not having it there is fine. What was said until
    now counts as read, so that only what is said later brings a conversation back."""
    gone = await uow.db.execute(
        delete(Follow)
        .where(Follow.user_id == user_id, Follow.channel_id == channel_id)
        .returning(Follow.channel_id)
    )
    if gone.first():
        await _read_up_to_now(uow, user_id, channel_id)
    await _changed(uow, user_id, told(channel_id, followed=False))


async def bring_back(uow: UnitOfWork, user_id: UUID, channel_id: UUID) -> None:
    """Puts a conversation into a person's sidebar, unread from where they had read it."""
    stored = await uow.db.execute(
        insert(Follow)
        .values(user_id=user_id, channel_id=channel_id, level="all")
        .on_conflict_do_nothing()
        .returning(Follow.channel_id)
    )
    if stored.first():
        await _changed(uow, user_id, told(channel_id, "all"))


def told(
    channel_id: UUID,
    level: str | None = None,
    muted_until: datetime | None = None,
    *,
    followed: bool = True,
) -> FollowChanged:
    """What a person's devices hear of a follow."""
    return FollowChanged(
        channel_id=channel_id, followed=followed, level=level, muted_until=muted_until
    )


async def _changed(uow: UnitOfWork, user_id: UUID, event: FollowChanged) -> None:
    """Tells the person's devices, and the hub which streams they now hear of."""
    await accounts.bump_version(uow, user_id)
    uow.emit(user_id, event, event.channel_id)


async def forget(uow: UnitOfWork, user_id: UUID, channels: Select[Any]) -> None:
    """Takes away all follows in these channels, without a word: the person left the group."""
    await uow.db.execute(
        delete(Follow).where(Follow.user_id == user_id, Follow.channel_id.in_(channels))
    )


async def reading(db: AsyncSession, channel_id: UUID) -> list[UUID]:
    """Who has a channel in the sidebar and may read it."""
    return list(
        await db.scalars(
            select(Follow.user_id).where(
                Follow.channel_id == channel_id, Follow.user_id.in_(audience(channel_id))
            )
        )
    )


async def mark_read(uow: UnitOfWork, user_id: UUID, channel_id: UUID, body: Read) -> ReadMarked:
    """Moves the read mark, forwards only unless `back`. Returns the mark as it now stands.

    What was told of up to the mark is read by that; moving it back makes nothing unread again.
    """
    mark = insert(ReadMark).values(user_id=user_id, channel_id=channel_id, position=body.position)
    wanted = mark.excluded.position
    stored = await uow.db.execute(
        mark.on_conflict_do_update(
            index_elements=["user_id", "channel_id"],
            set_={"position": wanted if body.back else func.greatest(ReadMark.position, wanted)},
        ).returning(ReadMark.position)
    )
    position = stored.scalar_one()
    if not body.back:
        await moments.tell_read(uow, user_id, channel_id, position)
    return ReadMarked(channel_id=channel_id, position=position)


@hydrates(FollowChanged)
async def _follows(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    rows = await db.execute(
        select(Follow.user_id, Follow.channel_id, Follow.level, Follow.muted_until).where(
            tuple_(Follow.user_id, Follow.channel_id).in_(keys)
        )
    )
    present = {
        (row.user_id, row.channel_id): told(row.channel_id, row.level, row.muted_until)
        for row in rows
    }
    return {key: present.get(key) or told(key[1], followed=False) for key in keys}
