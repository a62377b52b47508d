"""The verbs of channels: make, change, arrange, open and close. The only writer of channels."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service as accounts
from courtyard.audit.service import record
from courtyard.channels import follows, kinds, layout, queries
from courtyard.channels.access import OpenChannel, place_right, readable_streams
from courtyard.channels.models import Channel, Override
from courtyard.channels.schemas import (
    ChannelChange,
    ChannelUpdated,
    NewChannel,
)
from courtyard.core.clock import now
from courtyard.core.errors import Conflict, Forbidden, NotFound
from courtyard.core.ids import new_id
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event, Stream
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import moments
from courtyard.groups import service as groups
from courtyard.groups.access import OpenGroup, open_group
from courtyard.groups.models import Group, Member
from courtyard.groups.permissions import Permission

FIRST_CHANNEL = "general"
# What a person who is let into a private place may do there, whatever their roles say.
LET_IN = int(Permission.VIEW | Permission.POST)


async def create(
    uow: UnitOfWork, group: OpenGroup, actor_id: UUID, body: NewChannel, *, is_default: bool = False
) -> Channel:
    """A new channel, followed by its maker. Idempotent by client id.

    Raises Conflict when the name is taken, NotFound for a category of another group, Forbidden
    in an archived group, Invalid for a kind this server does not have.
    """
    kind = kinds.find(body.kind)
    if group.group.archived_at:
        raise Forbidden("This group is archived. Take it back into use first.")
    await _lock_group(uow.db, group.id)
    if known := await _made_before(uow.db, actor_id, body.client_id):
        return known
    await layout.require_own_categories(uow.db, group.id, [body.category_id])
    await _require_free_name(uow.db, actor_id, group.id, body.name)
    channel = await _add(uow, group.id, actor_id, body, is_default=is_default)
    if kind.made:
        await kind.made(uow, channel.id)
    if body.private:
        await _close(uow, channel.id)
        await _let_in(uow, channel.id, actor_id)
    await follows.follow(uow, actor_id, channel.id)
    await layout.announce(uow, group.id)
    record(uow, "channel.created", channel.id, private=body.private)
    return channel


async def _add(
    uow: UnitOfWork, group_id: UUID, actor_id: UUID, body: NewChannel, *, is_default: bool
) -> Channel:
    channel = Channel(
        id=new_id(),
        group_id=group_id,
        category_id=body.category_id,
        kind=body.kind,
        name=body.name,
        topic=body.topic,
        position=await _next_position(uow.db, group_id),
        is_default=is_default,
        created_by=actor_id,
        client_id=body.client_id,
    )
    uow.db.add_all([channel, Stream(id=channel.id, kind="channel")])
    try:
        await uow.db.flush()
    except IntegrityError as error:  # the same client id at once in another group
        raise Conflict from error
    return channel


async def _made_before(db: AsyncSession, actor_id: UUID, client_id: UUID) -> Channel | None:
    return await db.scalar(
        select(Channel).where(Channel.created_by == actor_id, Channel.client_id == client_id)
    )


async def _lock_group(db: AsyncSession, group_id: UUID) -> None:
    """So that of two who take a name at once one is refused."""
    await db.execute(select(Group.id).where(Group.id == group_id).with_for_update(key_share=True))


async def _require_free_name(
    db: AsyncSession, actor_id: UUID, group_id: UUID, name: str, but: UUID | None = None
) -> None:
    """Raises Conflict when a place this person may read has the name. One they may not read does
    not count: a refusal would tell them that it is there."""
    mine = readable_streams(actor_id).with_only_columns(place_right.c.channel_id)
    taken = select(Channel.id).where(
        Channel.group_id == group_id,
        func.lower(Channel.name) == func.lower(name),
        Channel.id.in_(mine),
        Channel.id.is_distinct_from(but),
    )
    if await db.scalar(taken.limit(1)):
        raise Conflict(
            "This name is taken in this group. Choose another.",
            code="name_taken",
            fields={"name": "Taken in this group."},
        )


async def _next_position(db: AsyncSession, group_id: UUID) -> int:
    last = await db.scalar(select(func.max(Channel.position)).where(Channel.group_id == group_id))
    return (last if last is not None else -1) + 1


async def change(uow: UnitOfWork, opened: OpenChannel, actor_id: UUID, body: ChannelChange) -> None:
    """Renames a channel or changes its topic. Raises Conflict when the name is taken."""
    if body.name and opened.channel.group_id:
        await _lock_group(uow.db, opened.channel.group_id)
        await _require_free_name(
            uow.db, actor_id, opened.channel.group_id, body.name, but=opened.id
        )
    await uow.db.refresh(opened.channel, with_for_update={"key_share": True})
    opened.channel.name = body.name or opened.channel.name
    if body.topic is not None:
        opened.channel.topic = body.topic
    await tell(uow, opened.channel)


async def archive(uow: UnitOfWork, opened: OpenChannel, *, archived: bool) -> None:
    """Makes a channel read-only, or takes it back into use."""
    await _rights_changed(uow, opened.channel)
    opened.channel.archived_at = now() if archived else None
    record(uow, "channel.archived" if archived else "channel.restored", opened.id)
    await tell(uow, opened.channel)


async def set_default(uow: UnitOfWork, opened: OpenChannel, *, default: bool) -> None:
    """Whether people who join the group from now on have this place in their sidebar."""
    await uow.db.refresh(opened.channel, with_for_update={"key_share": True})
    opened.channel.is_default = default
    record(uow, "channel.default" if default else "channel.not_default", opened.id)
    await tell(uow, opened.channel)


async def set_private(
    uow: UnitOfWork, opened: OpenChannel, actor_id: UUID, *, private: bool
) -> None:
    """Closes a channel to all but those who are let in, or opens it to its group. Who follows and
    may read it at this moment is let in, so that closing a door locks nobody out of their own
    talk. Closing what is closed changes nothing: it lets nobody back in."""
    await _rights_changed(uow, opened.channel)
    [core] = await queries.cores(uow.db, [opened.id])
    if core.private == private:
        return
    if private:
        readers = await follows.reading(uow.db, opened.id)
        await _close(uow, opened.id)
        for user_id in {*readers, actor_id}:
            await _let_in(uow, opened.id, user_id)
    else:
        await uow.db.execute(
            update(Override)
            .where(Override.channel_id == opened.id, Override.subject_kind == "everyone")
            .values(deny=Override.deny.bitwise_and(~int(Permission.VIEW)))
        )
    record(uow, "channel.closed" if private else "channel.opened", opened.id)
    await tell(uow, opened.channel)


async def let_in(uow: UnitOfWork, opened: OpenChannel, user_id: UUID) -> None:
    """Lets a member of the group into a private channel. Raises NotFound for anybody else."""
    await _rights_changed(uow, opened.channel)
    if not await uow.db.get(Member, (opened.channel.group_id, user_id)):
        raise NotFound
    await _let_in(uow, opened.id, user_id)
    await follows.follow(uow, user_id, opened.id)
    await accounts.bump_access(uow, await accounts.get(uow.db, user_id))
    record(uow, "channel.let_in", opened.id, user=str(user_id))


async def take_out(uow: UnitOfWork, opened: OpenChannel, user_id: UUID) -> None:
    """Takes away the rule that let a person in. Raises NotFound when there is none."""
    await _rights_changed(uow, opened.channel)
    taken = await uow.db.execute(
        delete(Override)
        .where(
            Override.channel_id == opened.id,
            Override.subject_kind == "user",
            Override.subject_id == user_id,
        )
        .returning(Override.subject_id)
    )
    if taken.first() is None:
        raise NotFound
    await follows.unfollow(uow, user_id, opened.id)
    await accounts.bump_access(uow, await accounts.get(uow.db, user_id))
    record(uow, "channel.taken_out", opened.id, user=str(user_id))


async def _close(uow: UnitOfWork, channel_id: UUID) -> None:
    await uow.db.execute(
        insert(Override)
        .values(
            channel_id=channel_id,
            subject_kind="everyone",
            subject_id=channel_id,
            deny=int(Permission.VIEW),
        )
        .on_conflict_do_update(
            index_elements=["channel_id", "subject_kind", "subject_id"],
            set_={"deny": Override.deny.bitwise_or(int(Permission.VIEW))},
        )
    )


async def _let_in(uow: UnitOfWork, channel_id: UUID, user_id: UUID) -> None:
    await uow.db.execute(
        insert(Override)
        .values(channel_id=channel_id, subject_kind="user", subject_id=user_id, allow=LET_IN)
        .on_conflict_do_update(
            index_elements=["channel_id", "subject_kind", "subject_id"],
            set_={"allow": Override.allow.bitwise_or(LET_IN)},
        )
    )


async def _rights_changed(uow: UnitOfWork, channel: Channel) -> None:
    """Before anything else a verb writes: all of them lock the group first, then rules, follows
    and people, so that no two wait for one another."""
    if channel.group_id:
        await groups.bump_access(uow, channel.group_id)


async def tell(uow: UnitOfWork, channel: Channel) -> None:
    """Tells the readers how a channel stands, and its group that the list of places changed."""
    await uow.db.flush()
    [core] = await queries.cores(uow.db, [channel.id])
    uow.emit(channel.id, ChannelUpdated(channel=core), channel.id)
    if channel.group_id:
        await layout.announce(uow, channel.group_id)


async def _found(uow: UnitOfWork, group_id: UUID, user_id: UUID) -> None:
    group = await open_group(uow.db, user_id, group_id)
    body = NewChannel(client_id=new_id(), name=FIRST_CHANNEL)
    await create(uow, group, user_id, body, is_default=True)


async def _joined(uow: UnitOfWork, group_id: UUID, user_id: UUID) -> None:
    defaults = await uow.db.scalars(
        select(Channel.id).where(Channel.group_id == group_id, Channel.is_default)
    )
    for channel_id in defaults:
        await follows.follow(uow, user_id, channel_id)


async def _left(uow: UnitOfWork, group_id: UUID, user_id: UUID) -> None:
    mine = select(Channel.id).where(Channel.group_id == group_id)
    await uow.db.execute(
        delete(Override).where(
            Override.channel_id.in_(mine),
            Override.subject_kind == "user",
            Override.subject_id == user_id,
        )
    )
    await follows.forget(uow, user_id, mine)


moments.founded.append(_found)
moments.joined.append(_joined)
moments.left.append(_left)


@hydrates(ChannelUpdated)
async def _channels(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    found = await queries.cores(db, [channel_id for _, channel_id in keys])
    return {(core.id, core.id): ChannelUpdated(channel=core) for core in found}
