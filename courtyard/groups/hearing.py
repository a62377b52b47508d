"""What a member wants to hear of a group: a level for its channels, and quiet for a time."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups.models import Member
from courtyard.groups.schemas import Hearing, HearingChanged


async def hear(uow: UnitOfWork, user_id: UUID, group_id: UUID, body: Hearing) -> None:
    """Sets what a member is told of the group's channels, and tells their other devices."""
    member = await uow.db.get_one(Member, (group_id, user_id))
    member.level, member.muted_until = body.level, body.muted_until
    uow.emit(user_id, _told(member), group_id)


def _told(member: Member) -> HearingChanged:
    return HearingChanged(
        group_id=member.group_id, level=member.level, muted_until=member.muted_until
    )


@hydrates(HearingChanged)
async def _hearings(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    members = await db.scalars(
        select(Member).where(tuple_(Member.user_id, Member.group_id).in_(keys))
    )
    return {(member.user_id, member.group_id): _told(member) for member in members}
