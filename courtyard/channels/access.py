"""The third door: what a person may do in a place. Everything selects from `place_right`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy import BigInteger, Select, Uuid, column, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.access import SignedInActor
from courtyard.channels.models import Channel
from courtyard.core.errors import Forbidden, NotFound
from courtyard.core.policies import policy
from courtyard.core.unit_of_work import Work
from courtyard.groups.access import open_group
from courtyard.groups.permissions import Permission

place_right = table(
    "place_right",
    column("user_id", Uuid),
    column("channel_id", Uuid),
    column("group_id", Uuid),
    column("permissions", BigInteger),
)


@dataclass(slots=True, frozen=True)
class OpenChannel:
    """A channel whose reader was checked, with what that reader may do in it."""

    channel: Channel
    permissions: Permission

    @property
    def id(self) -> UUID:
        return self.channel.id


def readable_streams(user_id: UUID) -> Select[UUID, int]:
    """`(channel id, permission bits)` of every place this person may read; composable."""
    return select(place_right.c.channel_id, place_right.c.permissions).where(
        place_right.c.user_id == user_id,
        place_right.c.permissions.bitwise_and(int(Permission.VIEW)) != 0,
    )


def audience(channel_id: UUID) -> Select[UUID]:
    """The ids of all people who may read a place; composable."""
    return select(place_right.c.user_id).where(
        place_right.c.channel_id == channel_id,
        place_right.c.permissions.bitwise_and(int(Permission.VIEW)) != 0,
    )


async def can(db: AsyncSession, user_id: UUID, permission: Permission, channel_id: UUID) -> bool:
    """Whether a person may do this in a place."""
    rights = await db.scalar(
        readable_streams(user_id)
        .with_only_columns(place_right.c.permissions)
        .where(place_right.c.channel_id == channel_id)
    )
    return bool((rights or 0) & permission)


async def open_channel(db: AsyncSession, user_id: UUID, channel_id: UUID) -> OpenChannel:
    """The channel, when this person may read it. Raises NotFound."""
    mine = readable_streams(user_id).where(place_right.c.channel_id == channel_id).subquery()
    row = (
        await db.execute(
            select(Channel, mine.c.permissions).join(mine, mine.c.channel_id == Channel.id)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return OpenChannel(row.Channel, Permission(row.permissions))


def require(opened: OpenChannel, permission: Permission) -> None:
    """Raises Forbidden unless the reader has this permission in the place."""
    if not opened.permissions & permission:
        raise Forbidden


async def require_manager(db: AsyncSession, user_id: UUID, opened: OpenChannel) -> None:
    """Raises Forbidden unless the reader arranges channels in the group of this place.

    Asked of the group, not of the place: an archived place can be taken back into use.
    """
    if opened.channel.group_id is None:
        raise Forbidden
    group = await open_group(db, user_id, opened.channel.group_id)
    if not group.permissions & Permission.MANAGE_CHANNELS:
        raise Forbidden


def _needs(permission: Permission, name: str) -> Callable[..., Awaitable[OpenChannel]]:
    @policy(f"channel: {name}")
    async def check(channel_id: UUID, actor: SignedInActor, uow: Work) -> OpenChannel:
        opened = await open_channel(uow.db, actor.id, channel_id)
        require(opened, permission)
        return opened

    return check


@policy("channel: manage")
async def _managed(channel_id: UUID, actor: SignedInActor, uow: Work) -> OpenChannel:
    opened = await open_channel(uow.db, actor.id, channel_id)
    await require_manager(uow.db, actor.id, opened)
    return opened


ReadableChannel = Annotated[OpenChannel, Depends(_needs(Permission.VIEW, "view"))]
ManagedChannel = Annotated[OpenChannel, Depends(_managed)]
