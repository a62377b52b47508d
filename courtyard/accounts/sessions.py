"""Sessions: begin, refresh, list, end. The only writer of the session table.

Rotation: the answer to a refresh carries the next generation. The previous token stays good
until the new one was used once, and then for ten seconds (parallel tabs, lost answers). Any
older one was copied: the whole family ends (S08). Two who hold copies and keep pace show the
forerunner again at nearly every rotation; a bad line does so now and then. The score tells them
apart: two up for a generation with a repetition, one down for every rotation.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from courtyard.accounts import moments
from courtyard.accounts.models import Session, User
from courtyard.accounts.tokens import Tokens
from courtyard.audit.service import record
from courtyard.core.clock import now
from courtyard.core.errors import NotFound, Unauthenticated
from courtyard.core.ids import new_id
from courtyard.core.unit_of_work import UnitOfWork

LONG = timedelta(days=30)
SHORT = timedelta(hours=24)
GRACE = timedelta(seconds=10)
REPEATS = 10


@dataclass(slots=True, frozen=True)
class Device:
    """Where a session comes from, as shown in the list of sessions."""

    user_agent: str
    address: str


async def begin(uow: UnitOfWork, user: User, device: Device, *, remember: bool) -> Session:
    """Starts a session for a person who proved who they are. Raises what those raise who take
    part in a first sign-in."""
    if user.first_signed_in_at is None:
        await moments.tell(moments.seated, uow, user)
        user.first_signed_in_at = now()
    session = Session(
        id=new_id(),
        user_id=user.id,
        generation=1,
        remember=remember,
        user_agent=device.user_agent[:250],
        address=device.address,
        expires_at=now() + (LONG if remember else SHORT),
    )
    uow.db.add(session)
    uow.actor_id = user.id
    record(uow, "session.begun", session.id)
    await uow.db.flush()
    return session


async def refresh(uow: UnitOfWork, tokens: Tokens, token: str) -> tuple[User, Session]:
    """Moves a session to its next generation. Raises Unauthenticated.

    A token that was used before ends the session, and that end is kept although the request is
    refused.
    """
    session_id, generation = tokens.read_refresh(token)
    session = await uow.db.scalar(select(Session).where(Session.id == session_id).with_for_update())
    if session is None or session.ended_at or session.expires_at <= now():
        raise Unauthenticated
    user = await uow.db.get_one(User, session.user_id)
    uow.actor_id = user.id
    if user.status != "active":
        raise Unauthenticated
    if generation == session.generation:
        session.generation += 1
        session.rotated_at = now()
        session.repeats = max(0, session.repeats - 1)
    elif not _still_good(session, generation) or _too_often(session):
        _end(uow, session, "a refresh token was used twice")
        record(uow, "session.reused", session.id)
        uow.keep_on_error = True
        raise Unauthenticated("This session was ended because its key was used twice.")
    session.last_used_at = now()
    session.expires_at = now() + (LONG if session.remember else SHORT)
    return user, session


def _still_good(session: Session, generation: int) -> bool:
    """The last token presented, while its successor is unused; its forerunner for ten seconds."""
    if generation == session.generation - 1:
        return True
    return generation == session.generation - 2 and now() - session.rotated_at < GRACE


def _too_often(session: Session) -> bool:
    """Counts a repetition, once per generation, and says whether they are too many."""
    if session.repeated_at_generation != session.generation:
        session.repeated_at_generation = session.generation
        session.repeats += 2
    return session.repeats > REPEATS


async def living(uow: UnitOfWork, user_id: UUID) -> list[Session]:
    """The sessions of a person, newest use first."""
    rows = await uow.db.scalars(
        select(Session)
        .where(Session.user_id == user_id, Session.ended_at.is_(None), Session.expires_at > now())
        .order_by(Session.last_used_at.desc())
    )
    return list(rows)


async def current(uow: UnitOfWork, session_id: UUID) -> Session:
    """The session of the present request."""
    return await uow.db.get_one(Session, session_id)


async def end(uow: UnitOfWork, user_id: UUID, session_id: UUID, why: str) -> None:
    """Ends one of a person's own sessions. Raises NotFound."""
    session = await uow.db.get(Session, session_id)
    if session is None or session.user_id != user_id or session.ended_at:
        raise NotFound
    _end(uow, session, why)
    record(uow, "session.ended", session_id)


async def end_all(uow: UnitOfWork, user_id: UUID, why: str, *, but: UUID | None = None) -> None:
    """Ends all sessions of a person, except `but`."""
    uow.rights_changed = True
    ends = update(Session).where(Session.user_id == user_id, Session.ended_at.is_(None))
    if but:
        ends = ends.where(Session.id != but)
    await uow.db.execute(ends.values(ended_at=now(), ended_why=why))
    record(uow, "session.ended_all", user_id)


def _end(uow: UnitOfWork, session: Session, why: str) -> None:
    uow.rights_changed = True
    session.ended_at = now()
    session.ended_why = why
