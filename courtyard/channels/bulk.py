"""Channels and follows by the hundred, for importers: the sidebar is told once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import bulk as accounts
from courtyard.accounts import service as accounts_service
from courtyard.audit.service import record
from courtyard.channels.follows import told
from courtyard.channels.models import Channel, Follow, Override, ReadMark
from courtyard.channels.schemas import PlacesChanged
from courtyard.channels.service import LET_IN
from courtyard.core.clock import now
from courtyard.core.ids import new_id
from courtyard.core.streams import Stream
from courtyard.core.unit_of_work import UnitOfWork


@dataclass(slots=True, frozen=True)
class NewPlace:
    """A channel of another system. `first`: it may take the place of the group's own first
    channel, as long as nothing was said there."""

    client_id: UUID
    name: str
    topic: str
    created_at: datetime | None
    archived: bool
    first: bool = False


async def imported(db: AsyncSession, client_ids: Iterable[UUID]) -> dict[UUID, Channel]:
    """The channels that were imported under these client ids, in whatever group, by whomever."""
    rows = await db.scalars(select(Channel).where(Channel.client_id.in_(set(client_ids))))
    return {channel.client_id: channel for channel in rows if channel.client_id}


async def add_many(
    uow: UnitOfWork, group_id: UUID, actor_id: UUID, places: Sequence[NewPlace], suffix: str
) -> dict[UUID, UUID]:
    """Makes the channels that were not made before, open to the group and at the end of its
    list; returns client id → channel id of the new ones. Where a name is taken, `suffix` is put
    behind it."""
    known = await imported(uow.db, [place.client_id for place in places])
    taken, position = await _names(uow.db, group_id)
    made: dict[UUID, UUID] = {}
    for place in places:
        if place.client_id in known:
            continue
        channel = await _untouched(uow.db, group_id) if place.first else None
        if channel:
            taken.discard(channel.name.lower())
        else:
            position += 1
            channel = _new(uow, group_id, position)
        _fill(channel, place, _free(place.name, suffix, taken), actor_id)
        # One by one: a later channel may take the name that the first one just gave up.
        await uow.db.flush()
        made[place.client_id] = channel.id
    if made:
        uow.emit(group_id, PlacesChanged(), group_id)
        record(uow, "channels.imported", group_id, count=len(made))
    return made


async def _names(db: AsyncSession, group_id: UUID) -> tuple[set[str], int]:
    """The names taken in a group, and the last position."""
    rows = await db.execute(
        select(func.lower(Channel.name), Channel.position).where(Channel.group_id == group_id)
    )
    found = [(name, position) for name, position in rows]
    return {name for name, _ in found}, max((position for _, position in found), default=-1)


async def _untouched(db: AsyncSession, group_id: UUID) -> Channel | None:
    """The group's first channel, when nothing was ever said there."""
    return await db.scalar(
        select(Channel)
        .join(Stream, Stream.id == Channel.id)
        .where(Channel.group_id == group_id, Channel.is_default, Stream.latest == 0)
        .limit(1)
    )


def _new(uow: UnitOfWork, group_id: UUID, position: int) -> Channel:
    channel = Channel(id=new_id(), group_id=group_id, kind="text", position=position)
    uow.db.add(channel)
    uow.db.add(Stream(id=channel.id, kind="channel"))
    return channel


def _fill(channel: Channel, place: NewPlace, name: str, actor_id: UUID) -> None:
    channel.name, channel.topic = name, place.topic
    channel.created_by, channel.client_id = actor_id, place.client_id
    channel.created_at = place.created_at or now()
    channel.archived_at = now() if place.archived else None


def _free(name: str, suffix: str, taken: set[str]) -> str:
    """The name, or with the suffix and a number where it is taken; at most 80 characters."""
    wanted, number = name, 1
    while wanted.lower() in taken:
        ending = f"-{suffix}" if number == 1 else f"-{suffix}-{number}"
        wanted = name[: 80 - len(ending)] + ending
        number += 1
    taken.add(wanted.lower())
    return wanted


async def follow_many(uow: UnitOfWork, channel_id: UUID, user_ids: Iterable[UUID]) -> None:
    """Puts a channel into people's sidebars, read up to its newest message. Who has had it there
    before is passed over: they may have taken it out since."""
    newest = await uow.db.scalar(select(Stream.latest).where(Stream.id == channel_id))
    marks = [
        {"user_id": user_id, "channel_id": channel_id, "position": newest}
        for user_id in dict.fromkeys(user_ids)
    ]
    if not marks:
        return
    new = list(
        await uow.db.scalars(
            insert(ReadMark).values(marks).on_conflict_do_nothing().returning(ReadMark.user_id)
        )
    )
    if new:
        rows = [{"user_id": one, "channel_id": channel_id} for one in new]
        await uow.db.execute(insert(Follow).values(rows).on_conflict_do_nothing())
    for user_id in await accounts.active(uow.db, new):
        await accounts_service.bump_version(uow, user_id)
        uow.emit(user_id, told(channel_id), channel_id)


async def let_in_many(uow: UnitOfWork, channel_id: UUID, user_ids: Iterable[UUID]) -> None:
    """Lets people into a channel that their role alone would not open. Who has been in it before
    is passed over: they may have been taken out since."""
    been = set(
        await uow.db.scalars(select(ReadMark.user_id).where(ReadMark.channel_id == channel_id))
    )
    rows = [
        {"channel_id": channel_id, "subject_kind": "user", "subject_id": one, "allow": LET_IN}
        for one in dict.fromkeys(user_ids)
        if one not in been
    ]
    if rows:
        await uow.db.execute(insert(Override).values(rows).on_conflict_do_nothing())


async def newcomers(db: AsyncSession, group_id: UUID, user_ids: Iterable[UUID]) -> list[UUID]:
    """Those who never had a channel of this group: not those who left it or were removed."""
    wanted = list(dict.fromkeys(user_ids))
    been = set(
        await db.scalars(
            select(ReadMark.user_id)
            .join(Channel, Channel.id == ReadMark.channel_id)
            .where(Channel.group_id == group_id, ReadMark.user_id.in_(wanted))
        )
    )
    return [user_id for user_id in wanted if user_id not in been]


async def defaults(db: AsyncSession, group_id: UUID) -> list[UUID]:
    """The channels that everybody who joins a group follows."""
    rows = await db.scalars(
        select(Channel.id).where(Channel.group_id == group_id, Channel.is_default)
    )
    return list(rows)
