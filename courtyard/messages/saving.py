"""What a person keeps for themself: saved messages, and drafts on all their devices."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service as accounts
from courtyard.channels.access import place_right, readable_streams
from courtyard.core.clock import from_position, to_position
from courtyard.core.crypto import KeyRing, plain
from courtyard.core.cursors import at_position, position_cursor
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.messages import whole
from courtyard.messages.models import Draft, Message, Saved
from courtyard.messages.schemas import DraftChanged, DraftOut, SavedChanged, SavedPage


async def save(uow: UnitOfWork, user_id: UUID, message_id: UUID, *, saved: bool) -> None:
    """Keeps a message for later, or lets it go; either twice is fine. The caller has checked that
    the person may read it."""
    if saved:
        new = insert(Saved).values(user_id=user_id, message_id=message_id)
        await uow.db.execute(new.on_conflict_do_nothing())
    else:
        await uow.db.execute(
            delete(Saved).where(Saved.user_id == user_id, Saved.message_id == message_id)
        )
    uow.emit(user_id, SavedChanged(message_id=message_id, saved=saved), message_id)


async def saved(
    db: AsyncSession, ring: KeyRing, user_id: UUID, before: str | None, limit: int
) -> SavedPage:
    """What a person saved in places they may read now, last saved first."""
    places = readable_streams(user_id).with_only_columns(place_right.c.channel_id)
    query = (
        select(Message, Saved.created_at)
        .join(Saved, Saved.message_id == Message.id)
        .where(
            Saved.user_id == user_id,
            Message.deleted_at.is_(None),
            Message.channel_id.in_(places),
        )
    )
    if before:
        position, message_id = at_position(before)
        at = tuple_(from_position(position), message_id)
        query = query.where(tuple_(Saved.created_at, Saved.message_id) < at)
    newest = query.order_by(Saved.created_at.desc(), Saved.message_id.desc()).limit(limit + 1)
    rows = (await db.execute(newest)).all()
    found = await whole.outs(db, ring, [row.Message for row in rows[:limit]], user_id)
    last = rows[limit - 1] if len(rows) > limit else None
    return SavedPage(
        messages=found,
        users=await accounts.public(db, list({message.author_id for message in found})),
        before=position_cursor(to_position(last.created_at), last.Message.id) if last else None,
    )


async def saved_ids(db: AsyncSession, user_id: UUID) -> list[UUID]:
    """The ids of all messages a person saved."""
    return list(await db.scalars(select(Saved.message_id).where(Saved.user_id == user_id)))


async def put_draft(
    uow: UnitOfWork, user_id: UUID, channel_id: UUID, root_id: UUID | None, text: str
) -> None:
    """Keeps what a person has begun to write in a place, or in a thread of it; an empty text
    throws it away. The caller has checked that they may read the place."""
    key = {"user_id": user_id, "channel_id": channel_id, "root_id": root_id or channel_id}
    if text:
        new = insert(Draft).values(**key, text=plain(text))
        kept = {"text": new.excluded.text, "changed_at": func.now()}
        await uow.db.execute(new.on_conflict_do_update(index_elements=list(key), set_=kept))
    else:
        await uow.db.execute(
            delete(Draft).where(
                Draft.user_id == user_id,
                Draft.channel_id == channel_id,
                Draft.root_id == key["root_id"],
            )
        )
    event = DraftChanged(channel_id=channel_id, root_id=root_id, text=text)
    uow.emit(user_id, event, key["root_id"])


async def drafts(db: AsyncSession, ring: KeyRing, user_id: UUID) -> list[DraftOut]:
    """All drafts of a person in places they may read, newest first."""
    places = readable_streams(user_id).with_only_columns(place_right.c.channel_id)
    rows = await db.scalars(
        select(Draft)
        .where(Draft.user_id == user_id, Draft.channel_id.in_(places))
        .order_by(Draft.changed_at.desc())
    )
    return [
        DraftOut(
            channel_id=row.channel_id,
            root_id=None if row.root_id == row.channel_id else row.root_id,
            text=ring.open(row.text, "draft", "text", row.root_id),
            changed_at=row.changed_at,
        )
        for row in rows
    ]


@hydrates(SavedChanged)
async def _saved(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    rows = await db.execute(
        select(Saved.user_id, Saved.message_id).where(
            tuple_(Saved.user_id, Saved.message_id).in_(keys)
        )
    )
    kept = {(user_id, message_id) for user_id, message_id in rows}
    return {key: SavedChanged(message_id=key[1], saved=key in kept) for key in keys}


def register(ring: KeyRing) -> None:
    """Teaches catch-up to give drafts their present text; needs the key ring to open them."""

    @hydrates(DraftChanged)
    async def _drafts(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
        rows = await db.scalars(select(Draft).where(tuple_(Draft.user_id, Draft.root_id).in_(keys)))
        return {
            (row.user_id, row.root_id): DraftChanged(
                channel_id=row.channel_id,
                root_id=None if row.root_id == row.channel_id else row.root_id,
                text=ring.open(row.text, "draft", "text", row.root_id),
            )
            for row in rows
        }
