"""Reactions to what is said: whom to tell, and of what no more."""

from collections.abc import Sequence

from courtyard.core.crypto import KeyRing
from courtyard.core.outbox import Fact, on
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.messages import telling, threads, whole
from courtyard.messages.schemas import (
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionsChanged,
)
from courtyard.notifications import service as notifications
from courtyard.notifications.delivery import Notice

_rings: list[KeyRing] = []


def register(ring: KeyRing) -> None:
    """Gives the reactors the key ring with which they read what was said."""
    _rings[:] = [ring]


async def _said(uow: UnitOfWork, facts: Sequence[Fact]) -> list[telling.Said]:
    """The messages of these facts that still say something."""
    return await telling.said(uow.db, [fact.object_id for fact in facts])


@on(MessagePosted)
async def tell(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """Tells those a new message is meant for."""
    [ring] = _rings
    messages = await _said(uow, facts)
    if notices := await telling.meant_by(uow, ring, messages):
        await notifications.notify(uow, notices)
    for thread_id in {message.thread_id for message in messages if message.thread_id}:
        await threads.settle(uow, thread_id)


@on(MessageEdited)
async def tell_named(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """Tells those a changed message names now."""
    [ring] = _rings
    notices = [
        notice
        for message in await _said(uow, facts)
        for notice in await telling.called_anew(uow.db, ring, message)
    ]
    await notifications.notify(uow, notices)


@on(MessageDeleted)
async def forget(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """What is no longer said is no longer told."""
    await notifications.forget(uow, whole.KIND, [fact.object_id for fact in facts])


@on(ReactionsChanged)
async def tell_author(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """Tells an author who reacted to their message; the same person once."""
    actors = {fact.object_id: fact.actor_id for fact in facts if fact.actor_id}
    notices = await telling.undisturbed(
        uow.db,
        [
            Notice(
                user_id=message.author_id,
                why="reaction",
                place_id=message.channel_id,
                thread_id=message.thread_id if message.in_thread_only else None,
                object_kind=whole.KIND,
                object_id=message.id,
                actor_id=actors[message.id],
                position=message.position,
            )
            for message in await _said(uow, facts)
            if message.id in actors
        ],
    )
    await notifications.notify(uow, notices)
