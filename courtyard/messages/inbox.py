"""Reading threads: a thread's panel, and the inbox of those one follows."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service as accounts
from courtyard.accounts.schemas import UserOut
from courtyard.channels.access import place_right, readable_streams
from courtyard.core.crypto import KeyRing
from courtyard.core.cursors import at_position, position_cursor
from courtyard.messages import threads, whole
from courtyard.messages.models import Message, Thread, ThreadFollow
from courtyard.messages.schemas import MessageOut
from courtyard.messages.thread_schemas import Followed, FollowedPage, ThreadView

LATEST = 2


async def view(db: AsyncSession, ring: KeyRing, user_id: UUID, root: Message) -> ThreadView:
    """The head of the thread of a message whose reader was checked."""
    message = await whole.out(db, ring, root, user_id)
    found = await whole.threads_of(db, [root.id])
    thread = found[0] if found else None
    state = await threads.state_of(db, user_id, thread.id if thread else None)
    return ThreadView(
        root=message,
        thread=thread,
        users=await _people(db, [message]),
        **state.model_dump(),
    )


async def page(
    db: AsyncSession, ring: KeyRing, user_id: UUID, before: str | None, limit: int
) -> FollowedPage:
    """Threads a person follows in places they may read now, last answered first."""
    places = readable_streams(user_id).with_only_columns(place_right.c.channel_id)
    query = (
        select(Thread, ThreadFollow.position)
        .join(ThreadFollow, ThreadFollow.thread_id == Thread.id)
        .where(
            ThreadFollow.user_id == user_id,
            ThreadFollow.following,
            Thread.replies > 0,
            Thread.channel_id.in_(places),
        )
    )
    key = tuple_(Thread.last_position, Thread.id)
    if before:
        query = query.where(key < tuple_(*at_position(before)))
    newest = query.order_by(Thread.last_position.desc(), Thread.id.desc()).limit(limit + 1)
    rows = (await db.execute(newest)).all()
    lines = await _lines(db, ring, user_id, [(thread, mark) for thread, mark in rows[:limit]])
    last = rows[limit - 1].Thread if len(rows) > limit else None
    return FollowedPage(
        threads=lines,
        users=await _people(db, [m for line in lines for m in (line.root, *line.latest)]),
        before=position_cursor(last.last_position, last.id) if last else None,
    )


async def _lines(
    db: AsyncSession, ring: KeyRing, user_id: UUID, rows: Sequence[tuple[Thread, int]]
) -> list[Followed]:
    roots = await _roots(db, ring, user_id, [thread.root_id for thread, _ in rows])
    latest = await _latest(db, ring, user_id, [thread.id for thread, _ in rows])
    return [
        Followed(
            thread=whole.thread_out(thread),
            root=roots[thread.root_id],
            latest=latest[thread.id],
            following=True,
            read_position=mark,
        )
        for thread, mark in rows
        if thread.root_id in roots
    ]


async def _roots(
    db: AsyncSession, ring: KeyRing, user_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, MessageOut]:
    rows = await db.scalars(select(Message).where(Message.id.in_(ids)))
    return {message.id: message for message in await whole.outs(db, ring, rows, user_id)}


async def _latest(
    db: AsyncSession, ring: KeyRing, user_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, list[MessageOut]]:
    """The newest replies of each thread, oldest first."""
    number = func.row_number().over(
        partition_by=Message.thread_id, order_by=Message.position.desc()
    )
    numbered = (
        select(Message.id, number.label("n"))
        .where(Message.thread_id.in_(ids), Message.deleted_at.is_(None))
        .subquery()
    )
    rows = await db.scalars(
        select(Message)
        .join(numbered, numbered.c.id == Message.id)
        .where(numbered.c.n <= LATEST)
        .order_by(Message.position)
    )
    found: dict[UUID, list[MessageOut]] = defaultdict(list)
    for message in await whole.outs(db, ring, rows, user_id):
        if message.thread_id:
            found[message.thread_id].append(message)
    return found


async def _people(db: AsyncSession, messages: Sequence[MessageOut]) -> list[UserOut]:
    return await accounts.public(db, list({message.author_id for message in messages}))
