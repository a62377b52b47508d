"""Threads: answering, following, reading. The only writer of threads and what people have of them.

A thread has no rights of its own: who reads the place reads it. Following is what a person has of
it; it begins by itself with writing in it, with being its root's author and with being mentioned.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.channels.access import OpenChannel, open_channel
from courtyard.core.errors import NotFound
from courtyard.core.ids import new_id
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.messages.models import Message, Thread, ThreadFollow
from courtyard.messages.schemas import ThreadUpdated
from courtyard.messages.thread_schemas import ThreadFollowChanged, ThreadState
from courtyard.messages.whole import KIND, thread_out
from courtyard.notifications import service as notifications

PEOPLE = 5


@dataclass(slots=True, frozen=True)
class OpenThread:
    """A thread whose reader was checked, and its place."""

    thread: Thread
    place: OpenChannel


async def open_thread(db: AsyncSession, user_id: UUID, thread_id: UUID) -> OpenThread:
    """The thread, when this person may read its place. Raises NotFound."""
    thread = await db.get(Thread, thread_id)
    if thread is None:
        raise NotFound
    return OpenThread(thread, await open_channel(db, user_id, thread.channel_id))


async def answered(
    uow: UnitOfWork, channel_id: UUID, root_id: UUID, author_id: UUID, position: int
) -> UUID:
    """Notes one more reply to a message and makes its thread when it is the first; the caller
    holds the stream. Returns the thread. Raises NotFound for a root that is a reply itself."""
    root = await uow.db.get_one(Message, root_id)
    if root.thread_id:
        raise NotFound
    thread = await uow.db.scalar(
        select(Thread).where(Thread.root_kind == KIND, Thread.root_id == root_id)
    )
    if thread is None:
        thread = Thread(
            id=new_id(),
            channel_id=channel_id,
            root_kind=KIND,
            root_id=root_id,
            replies=0,
            people=[],
        )
        uow.db.add(thread)
        root.starts_thread = True
    thread.replies += 1
    thread.last_position = position
    thread.people = [author_id, *(one for one in thread.people if one != author_id)][:PEOPLE]
    await uow.db.flush()
    await begin_following(uow, thread.id, [root.author_id], 0)
    await begin_following(uow, thread.id, [author_id], position)
    await _read(uow, thread.id, author_id, position)
    return thread.id


async def unsaid(uow: UnitOfWork, thread_id: UUID) -> None:
    """A reply was deleted: counts what is left and tells it."""
    left = await uow.db.execute(
        select(func.count(), func.coalesce(func.max(Message.position), 0)).where(
            Message.thread_id == thread_id, Message.deleted_at.is_(None)
        )
    )
    replies, last = left.one()
    people = await uow.db.scalars(
        select(Message.author_id)
        .where(Message.thread_id == thread_id, Message.deleted_at.is_(None))
        .group_by(Message.author_id)
        .order_by(func.max(Message.position).desc())
        .limit(PEOPLE)
    )
    await uow.db.execute(
        update(Thread)
        .where(Thread.id == thread_id)
        .values(replies=replies, last_position=last, people=list(people))
    )
    await tell(uow, thread_id)


async def tell(uow: UnitOfWork, thread_id: UUID) -> None:
    """Tells the readers of the place how the thread stands now."""
    thread = await uow.db.get_one(Thread, thread_id, populate_existing=True)
    uow.emit(thread.channel_id, ThreadUpdated(thread=thread_out(thread)), thread.id)


async def begin_following(
    uow: UnitOfWork, thread_id: UUID, users: Iterable[UUID], position: int
) -> None:
    """Makes people follow a thread unless they have been here before: who stopped following stays
    away until they write themselves."""
    rows = [{"thread_id": thread_id, "user_id": one, "position": position} for one in users]
    if not rows:
        return
    begun = insert(ThreadFollow).values(rows).on_conflict_do_nothing()
    new = list(await uow.db.scalars(begun.returning(ThreadFollow.user_id)))
    for user_id in new:
        _tell_own(uow, user_id, thread_id, ThreadState(following=True, read_position=position))


async def follow(
    uow: UnitOfWork, user_id: UUID, thread_id: UUID, *, following: bool
) -> ThreadState:
    """Follows a thread or stops."""
    state = await _put(uow, user_id, thread_id, {"following": following})
    _tell_own(uow, user_id, thread_id, state)
    return state


async def mark_read(
    uow: UnitOfWork, user_id: UUID, thread_id: UUID, position: int, *, back: bool = False
) -> ThreadState:
    """Moves the read mark of a thread, forwards only unless `back`. What told of it is read by
    that; moving it back makes nothing unread again."""
    if back:
        state = await _put(uow, user_id, thread_id, {"position": position})
    else:
        state = await _read(uow, thread_id, user_id, position)
        await notifications.read_thread(uow, user_id, thread_id, state.read_position)
    _tell_own(uow, user_id, thread_id, state)
    return state


async def mark_all_read(uow: UnitOfWork, user_id: UUID) -> None:
    """Every thread a person follows is read to its end."""
    ends = await uow.db.execute(
        select(Thread.id, Thread.last_position)
        .join(ThreadFollow, ThreadFollow.thread_id == Thread.id)
        .where(
            ThreadFollow.user_id == user_id,
            ThreadFollow.following,
            ThreadFollow.position < Thread.last_position,
        )
        .order_by(Thread.id)
    )
    for thread_id, last in ends.all():
        await mark_read(uow, user_id, thread_id, last)


async def _read(uow: UnitOfWork, thread_id: UUID, user_id: UUID, position: int) -> ThreadState:
    known = func.greatest(ThreadFollow.position, position)
    return await _put(uow, user_id, thread_id, {"position": known}, fresh={"position": position})


async def _put(
    uow: UnitOfWork,
    user_id: UUID,
    thread_id: UUID,
    change: dict[str, object],
    fresh: dict[str, object] | None = None,
) -> ThreadState:
    """Changes what a person has of a thread. Who only reads does not follow by that."""
    begun = {"following": False, **(fresh or change)}
    stored = await uow.db.execute(
        insert(ThreadFollow)
        .values(thread_id=thread_id, user_id=user_id, **begun)
        .on_conflict_do_update(index_elements=["thread_id", "user_id"], set_=change)
        .returning(ThreadFollow.following, ThreadFollow.position)
    )
    following, position = stored.one()
    return ThreadState(following=following, read_position=position)


def _tell_own(uow: UnitOfWork, user_id: UUID, thread_id: UUID, state: ThreadState) -> None:
    event = ThreadFollowChanged(thread_id=thread_id, **state.model_dump())
    uow.emit(user_id, event, thread_id)


async def state_of(db: AsyncSession, user_id: UUID, thread_id: UUID | None) -> ThreadState:
    """What a person has of a thread; nothing yet where nobody has answered."""
    mine = await db.get(ThreadFollow, (thread_id, user_id)) if thread_id else None
    if mine is None:
        return ThreadState(following=False, read_position=0)
    return ThreadState(following=mine.following, read_position=mine.position)


async def followers(db: AsyncSession, thread_id: UUID) -> set[UUID]:
    """Who follows a thread."""
    following = select(ThreadFollow.user_id).where(
        ThreadFollow.thread_id == thread_id, ThreadFollow.following
    )
    return set(await db.scalars(following))


async def settle(uow: UnitOfWork, thread_id: UUID) -> None:
    """Who read on in a thread before they could be told of it has nothing left to be told."""
    last = select(Thread.last_position).where(Thread.id == thread_id).scalar_subquery()
    marks = await uow.db.execute(
        select(ThreadFollow.user_id, ThreadFollow.position).where(
            ThreadFollow.thread_id == thread_id, ThreadFollow.position >= last
        )
    )
    for user_id, position in marks.all():
        await notifications.read_thread(uow, user_id, thread_id, position)


@hydrates(ThreadUpdated)
async def _threads(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    rows = await db.scalars(select(Thread).where(Thread.id.in_([key[1] for key in keys])))
    return {(row.channel_id, row.id): ThreadUpdated(thread=thread_out(row)) for row in rows}


@hydrates(ThreadFollowChanged)
async def _follows(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    rows = await db.scalars(
        select(ThreadFollow).where(tuple_(ThreadFollow.user_id, ThreadFollow.thread_id).in_(keys))
    )
    return {
        (row.user_id, row.thread_id): ThreadFollowChanged(
            thread_id=row.thread_id, following=row.following, read_position=row.position
        )
        for row in rows
    }
