"""Whom a message is told to: by name, by their role, as followers of its thread or of its place.

One person is told once per message, of the strongest reason. Rights and mutes are the
notifications' business; here it is only who is meant.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import blocks
from courtyard.accounts.models import Session
from courtyard.channels.access import audience, can
from courtyard.core.clock import now
from courtyard.core.crypto import KeyRing
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups.models import MemberRole, Role
from courtyard.groups.permissions import Permission
from courtyard.messages import threads, whole
from courtyard.messages.mentions import Called, called
from courtyard.messages.models import Message
from courtyard.notifications.delivery import Notice
from courtyard.notifications.levels import listeners
from courtyard.notifications.reasons import Why

# Whoever used a session within this time is here: tokens are refreshed every few minutes.
AROUND = timedelta(minutes=10)
COMMON = ("member", "guest")


@dataclass(slots=True, frozen=True)
class Said:
    """What telling needs of a message: a row, because a lively server tells of a thousand a
    second."""

    id: UUID
    channel_id: UUID
    author_id: UUID
    position: int
    text: bytes
    thread_id: UUID | None
    also: bool
    reply_to: UUID | None

    @property
    def in_thread_only(self) -> bool:
        """Whether the place itself does not show it."""
        return self.thread_id is not None and not self.also


_COLUMNS = [getattr(Message, column.name) for column in fields(Said)]


async def said(db: AsyncSession, ids: Collection[UUID]) -> list[Said]:
    """Those of these messages that still say something."""
    found = select(*_COLUMNS).where(Message.id.in_(ids), Message.deleted_at.is_(None))
    return [Said(*row) for row in await db.execute(found)]


@dataclass(slots=True)
class Meant:
    """The people a message is meant for, each for one reason: the first that was noted."""

    message: Said
    reasons: dict[UUID, Why] = field(default_factory=dict)

    def note(self, why: Why, users: Iterable[UUID]) -> None:
        """Adds people who were not meant for a stronger reason already."""
        for user_id in users:
            self.reasons.setdefault(user_id, why)

    def notices(self) -> list[Notice]:
        """What is delivered; nobody is told of their own words."""
        message = self.message
        alone = message.thread_id if message.in_thread_only else None
        return [
            Notice(
                user_id=user_id,
                why=why,
                place_id=message.channel_id,
                thread_id=alone,
                object_kind=whole.KIND,
                object_id=message.id,
                actor_id=message.author_id,
                position=message.position,
            )
            for user_id, why in self.reasons.items()
            if user_id != message.author_id
        ]


async def meant_by(uow: UnitOfWork, ring: KeyRing, messages: Collection[Said]) -> list[Notice]:
    """The notices of new messages."""
    places = {message.channel_id for message in messages if not message.in_thread_only}
    ears = await listeners(uow.db, places, ["all"]) if places else {}
    return [
        notice
        for message in messages
        for notice in await _meant(uow, ring, ears.get(message.channel_id, ()), message)
    ]


async def _meant(
    uow: UnitOfWork, ring: KeyRing, ears: Iterable[UUID], message: Said
) -> list[Notice]:
    """Those of one message, in a place where `ears` listen to everything. Who is mentioned in a
    thread follows it from then on."""
    found = Meant(message)
    names = await _named(uow.db, message, called(whole.open_text(ring, message.text, message.id)))
    found.note("mention", names)
    if message.reply_to:
        answered = await uow.db.get(Message, message.reply_to)
        found.note("reply", [answered.author_id] if answered else [])
    if message.thread_id:
        await threads.begin_following(uow, message.thread_id, names, message.position - 1)
        found.note("reply", await threads.followers(uow.db, message.thread_id))
    if not message.in_thread_only:
        found.note("message", ears)
    return await _heard(uow.db, found)


async def _heard(db: AsyncSession, found: Meant) -> list[Notice]:
    """The notices of people who did not block the author."""
    return await undisturbed(db, found.notices()) if found.reasons else []


async def undisturbed(db: AsyncSession, notices: list[Notice]) -> list[Notice]:
    """Those of these notices that tell nobody of somebody whom they block."""
    deaf = {
        actor_id: await blocks.blocked_by(
            db, actor_id, [one.user_id for one in notices if one.actor_id == actor_id]
        )
        for actor_id in {one.actor_id for one in notices}
    }
    return [one for one in notices if one.user_id not in deaf[one.actor_id]]


async def called_anew(db: AsyncSession, ring: KeyRing, message: Said) -> list[Notice]:
    """The notices of a message that was changed: of those it names now; who was told is not told
    again."""
    found = Meant(message)
    text = whole.open_text(ring, message.text, message.id)
    found.note("mention", await _named(db, message, called(text)))
    return await _heard(db, found)


async def _named(db: AsyncSession, message: Said, call: Called) -> set[UUID]:
    """The readers of the place whom a text calls. Everybody at once is called only by who may."""
    if not call.anybody:
        return set()
    readers = set(await db.scalars(audience(message.channel_id)))
    found = call.users & readers
    if call.roles:
        # What everybody is, member or guest, is no call: that is `@channel`, and not for all.
        holders = (
            select(MemberRole.user_id)
            .join(Role, Role.id == MemberRole.role_id)
            .where(MemberRole.role_id.in_(call.roles), Role.kind.not_in(COMMON))
        )
        found |= set(await db.scalars(holders)) & readers
    if call.here or call.channel:
        found |= await _everyone(db, message, call)
    return found - {message.author_id}


async def _everyone(db: AsyncSession, message: Said, call: Called) -> set[UUID]:
    if not await can(db, message.author_id, Permission.MENTION_ALL, message.channel_id):
        return set()
    place_id = message.channel_id
    follow = set((await listeners(db, [place_id], ["all", "mentions"]))[place_id])
    if call.channel:
        return follow
    around = select(Session.user_id).where(
        Session.user_id.in_(follow),
        Session.ended_at.is_(None),
        Session.last_used_at > now() - AROUND,
    )
    return set(await db.scalars(around))
