"""Reading places: the sidebar, Browse, conversations, and who can read a channel."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, and_, exists, func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.access import workspace_streams
from courtyard.channels import moments
from courtyard.channels.access import readable_streams
from courtyard.channels.models import Category, Channel, Follow, Override, ReadMark
from courtyard.channels.schemas import (
    CategoryOut,
    ChannelCore,
    ChannelOut,
    Conversations,
    Listed,
    Places,
)
from courtyard.core.cursors import at_position, position_cursor
from courtyard.core.errors import NotFound
from courtyard.core.streams import Stream
from courtyard.groups import service as groups
from courtyard.groups.access import my_permissions
from courtyard.groups.models import Member
from courtyard.groups.permissions import Permission, names
from courtyard.workspace import service as workspace_service
from courtyard.workspace.models import Workspace

_PRIVATE = exists(
    select(Override.channel_id).where(
        Override.channel_id == Channel.id,
        Override.subject_kind == "everyone",
        Override.deny.bitwise_and(int(Permission.VIEW)) != 0,
    )
)
_PEOPLE = (
    select(func.array_agg(aggregate_order_by(Override.subject_id, Override.subject_id)))
    .where(
        Channel.group_id.is_(None),
        Override.channel_id == Channel.id,
        Override.subject_kind == "user",
        Override.allow.bitwise_and(int(Permission.VIEW)) != 0,
    )
    .correlate(Channel)
    .scalar_subquery()
)


def _as_seen_by(user_id: UUID) -> Select[Any]:
    """One row per place this person may read, with all a ChannelOut needs."""
    mine = readable_streams(user_id).subquery("mine")
    return (
        select(
            Channel,
            mine.c.permissions,
            _PRIVATE.label("private"),
            Follow.user_id.is_not(None).label("followed"),
            _PEOPLE.label("people"),
            Follow.level,
            Follow.muted_until,
            moments.calling(user_id).label("mentions"),
            Stream.head,
            Stream.latest.label("last_position"),
            func.coalesce(ReadMark.position, 0).label("read_position"),
        )
        .join(mine, mine.c.channel_id == Channel.id)
        .join(Stream, Stream.id == Channel.id)
        .outerjoin(Follow, and_(Follow.channel_id == Channel.id, Follow.user_id == user_id))
        .outerjoin(ReadMark, and_(ReadMark.channel_id == Channel.id, ReadMark.user_id == user_id))
    )


async def places(db: AsyncSession, user_id: UUID) -> Places:
    """The rail and the sidebar of a person. Heads are read first, so that replaying events over
    the answer is harmless."""
    workspace = await workspace_service.get(db)
    heads = await _heads(db, user_id)
    my_groups = await groups.mine(db, user_id)
    categories = await db.scalars(
        select(Category)
        .where(Category.group_id.in_([group.id for group in my_groups]))
        .order_by(Category.position, Category.id)
    )
    rows = await db.execute(
        _as_seen_by(user_id)
        .where(Follow.user_id.is_not(None))
        .order_by(Channel.position, Channel.id)
    )
    return Places(
        epoch=await workspace_service.epoch(db),
        workspace_id=workspace.id,
        heads=heads,
        groups=my_groups,
        categories=[to_category(category) for category in categories],
        channels=[_out(row) for row in rows],
    )


async def _heads(db: AsyncSession, user_id: UUID) -> dict[UUID, int]:
    mine = my_permissions(user_id).with_only_columns(Member.group_id)
    workspace = workspace_streams([user_id]).with_only_columns(Workspace.id)
    rows = await db.execute(
        select(Stream.id, Stream.head).where(
            Stream.id.in_(mine) | Stream.id.in_(workspace) | (Stream.id == user_id)
        )
    )
    return {stream_id: head for stream_id, head in rows}  # noqa: C416 - rows are no pairs to mypy


async def one(db: AsyncSession, user_id: UUID, channel_id: UUID) -> ChannelOut:
    """A place as this person has it. Raises NotFound for who may not read it."""
    query = _as_seen_by(user_id).where(Channel.id == channel_id)
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return _out(row)


async def browse(db: AsyncSession, user_id: UUID, group_id: UUID) -> list[Listed]:
    """Every place of a group that this person may read, with how many people follow it."""
    followers = (
        select(func.count())
        .select_from(Follow)
        .where(Follow.channel_id == Channel.id)
        .correlate(Channel)
        .scalar_subquery()
    )
    rows = await db.execute(
        _as_seen_by(user_id)
        .add_columns(followers.label("followers"))
        .where(Channel.group_id == group_id)
        .order_by(Channel.position, Channel.id)
    )
    return [Listed(**_out(row).model_dump(), followers=row.followers) for row in rows]


async def conversations(
    db: AsyncSession, user_id: UUID, after: str | None, limit: int
) -> Conversations:
    """Every conversation of a person, closed ones too, the newest talk first, `limit` at a time.
    Raises Invalid for a cursor that is none."""
    query = _as_seen_by(user_id).where(Channel.group_id.is_(None))
    key = tuple_(Stream.latest, Channel.id)
    if after:
        position, channel_id = at_position(after)
        query = query.where(key < tuple_(literal(position, BigInteger), literal(channel_id)))
    newest = [column.desc() for column in key.clauses]
    rows = (await db.execute(query.order_by(*newest).limit(limit + 1))).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Conversations(
        conversations=[_out(row) for row in rows[:limit]],
        next=position_cursor(last.last_position, last.Channel.id) if last else None,
    )


async def cores(db: AsyncSession, ids: Sequence[UUID]) -> list[ChannelCore]:
    """What every reader may know of these channels."""
    rows = await db.execute(
        select(Channel, _PRIVATE.label("private"), _PEOPLE.label("people")).where(
            Channel.id.in_(ids)
        )
    )
    return [_core(row) for row in rows]


def _core(row: Any) -> ChannelCore:
    channel: Channel = row.Channel
    return ChannelCore(
        id=channel.id,
        group_id=channel.group_id,
        category_id=channel.category_id,
        kind=channel.kind,
        name=channel.name,
        topic=channel.topic,
        position=channel.position,
        private=row.private,
        archived=channel.archived_at is not None,
        default=channel.is_default,
        people=row.people,
    )


def to_category(category: Category) -> CategoryOut:
    """A category on the wire."""
    return CategoryOut(
        id=category.id,
        group_id=category.group_id,
        name=category.name,
        position=category.position,
    )


def _out(row: Any) -> ChannelOut:
    return ChannelOut(
        **_core(row).model_dump(),
        permissions=names(row.permissions),
        followed=row.followed,
        level=row.level,
        muted_until=row.muted_until,
        head=row.head,
        last_position=row.last_position,
        read_position=row.read_position,
        mentions=row.mentions,
    )
