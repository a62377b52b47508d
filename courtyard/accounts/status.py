"""What a person says of themself for a while: a status, do-not-disturb, hours of quiet."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service
from courtyard.accounts.models import User
from courtyard.accounts.quiet import is_quiet
from courtyard.accounts.schemas import NewStatus, QuietChanged, QuietHours
from courtyard.core.clock import now
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event
from courtyard.core.unit_of_work import UnitOfWork


async def set_status(uow: UnitOfWork, user: User, body: NewStatus) -> None:
    """Says how a person is; neither emoji nor text takes the status away."""
    await uow.db.refresh(user, with_for_update=service.KEEP)
    user.status_emoji, user.status_text = body.emoji, body.text
    user.status_until = body.until if body.emoji or body.text else None
    await service.changed(uow, user)


async def set_dnd(uow: UnitOfWork, user: User, until: datetime | None) -> None:
    """Asks for quiet until a time; None ends it. Hours of quiet go on by themselves."""
    await uow.db.refresh(user, with_for_update=service.KEEP)
    user.dnd_until = until
    await service.changed(uow, user)
    _tell_devices(uow, user, now())


async def set_quiet_hours(uow: UnitOfWork, user: User, hours: QuietHours | None) -> None:
    """Sets the hours of quiet of every week; None takes them away."""
    await uow.db.refresh(user, with_for_update=service.KEEP)
    user.quiet_hours = hours.model_dump(by_alias=True) if hours else None
    await service.changed(uow, user)
    _tell_devices(uow, user, now())


async def settle(uow: UnitOfWork, at: datetime) -> int:
    """Tells of those whose status or quiet began or ended with the clock since they were last
    told of, and forgets what is over. Returns how many. Doing it twice tells nobody twice."""
    timed = or_(
        User.status_until <= at,
        User.dnd_until.is_not(None),
        User.quiet_hours.is_not(None),
        User.dnd_told,
    )
    seen = await uow.db.scalars(select(User).where(timed, User.status == "active"))
    likely = [user.id for user in seen if _turned(user, at)]
    turned = [user for user in await _held(uow, likely) if _turned(user, at)]
    for user in turned:
        if _over(user.status_until, at):
            user.status_emoji, user.status_text, user.status_until = None, "", None
        if is_quiet(user, at) != user.dnd_told or _over(user.dnd_until, at):
            _tell_devices(uow, user, at)
        if _over(user.dnd_until, at):
            user.dnd_until = None
    if turned:
        await service.changed(uow, *turned, at=at)
    return len(turned)


def _tell_devices(uow: UnitOfWork, user: User, at: datetime) -> None:
    uow.emit(user.id, _quiet(user, at), user.id)


def _quiet(user: User, at: datetime) -> QuietChanged:
    until, hours = user.dnd_until, user.quiet_hours
    return QuietChanged(
        dnd=is_quiet(user, at),
        dnd_until=None if _over(until, at) else until,
        quiet_hours=QuietHours.model_validate(hours) if hours else None,
    )


async def _held(uow: UnitOfWork, ids: list[UUID]) -> list[User]:
    """These people as they are now, kept from changing: what they say of themselves at this very
    moment must not be undone."""
    if not ids:
        return []
    rows = await uow.db.scalars(
        select(User)
        .where(User.id.in_(ids))
        .order_by(User.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return list(rows)


def _turned(user: User, at: datetime) -> bool:
    return _over(user.status_until, at) or is_quiet(user, at) != user.dnd_told


def _over(until: datetime | None, at: datetime) -> bool:
    return until is not None and until <= at


@hydrates(QuietChanged)
async def _quiets(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    rows = await db.scalars(select(User).where(User.id.in_([user_id for _, user_id in keys])))
    found, at = {user.id: user for user in rows}, now()
    return {key: _quiet(found[key[1]], at) for key in keys if key[1] in found}
