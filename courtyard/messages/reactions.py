"""Reactions: one person's emoji on a message. The only writer of the table."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.channels.access import require
from courtyard.core.errors import Conflict
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups.permissions import Permission
from courtyard.messages import whole
from courtyard.messages.models import Message, Reaction
from courtyard.messages.schemas import ReactionOut, ReactionsChanged
from courtyard.messages.service import OpenMessage, locked

KINDS_LIMIT = 50


async def react(
    uow: UnitOfWork, opened: OpenMessage, user_id: UUID, emoji: str
) -> list[ReactionOut]:
    """Puts a person's emoji on a message; it being there is fine. Returns all reactions.

    Raises Forbidden where one may not write, Conflict on a deleted message or one that has fifty
    different ones (Q02).
    """
    require(opened.place, Permission.POST)
    message = await locked(uow, opened)
    if message.deleted_at:
        raise Conflict("This message was deleted meanwhile.")
    await _require_room(uow.db, message.id, emoji)
    given = await uow.db.execute(
        insert(Reaction)
        .values(message_id=message.id, emoji=emoji, user_id=user_id)
        .on_conflict_do_nothing()
        .returning(Reaction.emoji)
    )
    changed = given.first() is not None
    message.has_reactions = True
    return await _told(uow, message, user_id, changed=changed)


async def take_back(
    uow: UnitOfWork, opened: OpenMessage, user_id: UUID, emoji: str
) -> list[ReactionOut]:
    """Takes a person's emoji off a message; it not being there is fine. Returns all reactions."""
    message = await locked(uow, opened)
    gone = await uow.db.execute(
        delete(Reaction)
        .where(
            Reaction.message_id == message.id,
            Reaction.emoji == emoji,
            Reaction.user_id == user_id,
        )
        .returning(Reaction.emoji)
    )
    return await _told(uow, message, user_id, changed=gone.first() is not None)


async def forget(uow: UnitOfWork, message_id: UUID) -> None:
    """Removes all reactions of a message that was deleted."""
    await uow.db.execute(delete(Reaction).where(Reaction.message_id == message_id))


async def _require_room(db: AsyncSession, message_id: UUID, emoji: str) -> None:
    kinds = set(
        await db.scalars(select(Reaction.emoji).where(Reaction.message_id == message_id).distinct())
    )
    if emoji not in kinds and len(kinds) >= KINDS_LIMIT:
        raise Conflict("This message has all the reactions it can carry.", code="too_many_kinds")


async def _told(
    uow: UnitOfWork, message: Message, user_id: UUID, *, changed: bool
) -> list[ReactionOut]:
    await uow.db.flush()
    if changed:
        everyone = (await whole.reactions_of(uow.db, [message.id])).get(message.id, [])
        event = ReactionsChanged(message_id=message.id, reactions=everyone)
        uow.emit(message.channel_id, event, message.id)
    return (await whole.reactions_of(uow.db, [message.id], user_id)).get(message.id, [])


@hydrates(ReactionsChanged)
async def _reactions(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    found = await whole.reactions_of(db, [message_id for _, message_id in keys])
    return {
        key: ReactionsChanged(message_id=key[1], reactions=found.get(key[1], [])) for key in keys
    }
