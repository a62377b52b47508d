"""Conversations: places without a group, of two people or up to ten, found by who is in them.

There is one conversation per set of people and nobody is ever added: with one more it is another
conversation, and what was said stays among those it was said to. Each of its people may view and
post, nobody administers it, and the workspace's admins have no way in.
"""

import hashlib
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import blocks
from courtyard.accounts.access import Actor
from courtyard.accounts.models import User
from courtyard.audit.service import record
from courtyard.channels import follows
from courtyard.channels.access import place_right
from courtyard.channels.models import Channel, Follow, Override, ReadMark
from courtyard.channels.service import LET_IN
from courtyard.core.errors import Forbidden, Invalid, NotFound
from courtyard.core.ids import new_id
from courtyard.core.streams import Stream
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups.members import sharing
from courtyard.groups.permissions import Permission

MOST = 10
_CONVERSATIONS = Channel.group_id.is_(None)


# The verb is called what people call it; nothing here opens files.
async def open(uow: UnitOfWork, actor: Actor, user_ids: Collection[UUID]) -> Channel:  # noqa: A001
    """The conversation of the actor with these people, made when there is none yet, and in the
    actor's sidebar. The others have it there once something was said.

    One that is there already opens whatever happened since: it belongs to those who are in it.
    Raises NotFound for people who are not there, are deactivated, or whom the actor may not know
    of, Forbidden (`blocked`) when one of two blocks the other, Invalid for more than ten.
    """
    people = {actor.id, *user_ids}
    if len(people) > MOST:
        raise Invalid(fields={"user_ids": "A conversation has up to ten people."})
    channel = await uow.db.scalar(_with(people))
    if channel is None:
        await _require_open_to(uow.db, actor, people - {actor.id})
        channel = await _made(uow, actor.id, people)
    await follows.bring_back(uow, actor.id, channel.id)
    return channel


def people_key(people: Collection[UUID]) -> bytes:
    """A set of people as one value."""
    return hashlib.sha256(b"".join(sorted(person.bytes for person in people))).digest()


def _with(people: Collection[UUID]) -> Select[Channel]:
    return select(Channel).where(Channel.people_key == people_key(people))


async def _require_open_to(db: AsyncSession, actor: Actor, others: set[UUID]) -> None:
    """Raises NotFound or Forbidden unless the actor may begin to talk to all of these."""
    here = set(
        await db.scalars(select(User.id).where(User.id.in_(others), User.status != "deactivated"))
    )
    if actor.user.workspace_role == "guest":
        here &= (await sharing(db, [actor.id], others))[actor.id]
    if here != others:
        raise NotFound
    if len(others) == 1 and await blocks.between(db, actor.id, *others):
        raise Forbidden("You cannot write to this person.", code="blocked")


async def _made(uow: UnitOfWork, actor_id: UUID, people: Collection[UUID]) -> Channel:
    """A new conversation, or the one that somebody else of them opened at this very moment."""
    stored = await uow.db.scalar(
        insert(Channel)
        .values(
            id=new_id(), kind="text", name="", created_by=actor_id, people_key=people_key(people)
        )
        .on_conflict_do_nothing(index_elements=["people_key"])
        .returning(Channel.id)
    )
    if stored is None:
        return (await uow.db.execute(_with(people))).scalar_one()
    uow.db.add(Stream(id=stored, kind="channel"))
    uow.db.add_all(
        Override(channel_id=stored, subject_kind="user", subject_id=person, allow=LET_IN)
        for person in people
    )
    await uow.db.flush()
    record(uow, "conversation.opened", stored, people=len(people))
    return await uow.db.get_one(Channel, stored)


async def bring_back(uow: UnitOfWork, channel_ids: Collection[UUID]) -> None:
    """Something was said in these places: those that are conversations come into the sidebars of
    all who have not read it and do not have them there, closed or never seen. What is said in
    groups, which is most of it, costs one question for all."""
    talked_in = list(
        await uow.db.scalars(select(Channel.id).where(Channel.id.in_(channel_ids), _CONVERSATIONS))
    )
    if not talked_in:
        return
    # Person by person in one order, so that two of these do not wait for one another.
    for user_id, channel_id in (await uow.db.execute(_missing(talked_in))).all():
        await follows.bring_back(uow, user_id, channel_id)


def _missing(channel_ids: Collection[UUID]) -> Select[UUID, UUID]:
    """`(user id, channel id)` of those who may read, did not, and do not have it in the sidebar."""
    person, place = place_right.c.user_id, place_right.c.channel_id
    return (
        select(person, place)
        .join(Stream, Stream.id == place)
        .outerjoin(Follow, (Follow.user_id == person) & (Follow.channel_id == place))
        .outerjoin(ReadMark, (ReadMark.user_id == person) & (ReadMark.channel_id == place))
        .where(
            place.in_(channel_ids),
            place_right.c.group_id.is_(None),  # which spares the plan the half about groups
            place_right.c.permissions.bitwise_and(int(Permission.VIEW)) != 0,
            Follow.user_id.is_(None),
            Stream.latest > func.coalesce(ReadMark.position, 0),
        )
        .order_by(person, place)
    )
