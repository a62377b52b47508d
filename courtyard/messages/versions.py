"""Earlier wordings of edited messages. The only writer of their table."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.core.crypto import KeyRing, plain
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.messages import whole
from courtyard.messages.models import Message, MessageVersion
from courtyard.messages.schemas import Version

# The oldest go first: a message edited a thousand times is no archive.
KEPT = 50


async def keep(uow: UnitOfWork, ring: KeyRing, message: Message) -> None:
    """Keeps what a message says before it is changed; its row is held by the caller."""
    last = await uow.db.scalar(
        select(func.max(MessageVersion.number)).where(MessageVersion.message_id == message.id)
    )
    number = (last or 0) + 1
    uow.db.add(
        MessageVersion(
            message_id=message.id,
            number=number,
            text=plain(whole.open_text(ring, message.text, message.id)),
            written_at=message.edited_at or message.created_at,
        )
    )
    await uow.db.execute(
        delete(MessageVersion).where(
            MessageVersion.message_id == message.id, MessageVersion.number <= number - KEPT
        )
    )


async def of(db: AsyncSession, ring: KeyRing, message_id: UUID) -> list[Version]:
    """The earlier wordings of a message, newest first."""
    rows = await db.scalars(
        select(MessageVersion)
        .where(MessageVersion.message_id == message_id)
        .order_by(MessageVersion.number.desc())
    )
    return [
        Version(
            text=ring.open(row.text, "message_version", "text", message_id),
            written_at=row.written_at,
        )
        for row in rows
    ]


async def forget(uow: UnitOfWork, message_id: UUID) -> None:
    """Removes all earlier wordings of a message that was deleted."""
    await uow.db.execute(delete(MessageVersion).where(MessageVersion.message_id == message_id))
