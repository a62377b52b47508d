"""The verbs of accounts: set up, sign in, change oneself. The only writer of the user table."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import passwords, sessions
from courtyard.accounts.faces import Face
from courtyard.accounts.models import User
from courtyard.accounts.schemas import (
    AccessChanged,
    Me,
    PasswordChange,
    Profile,
    QuietHours,
    Setup,
    UserOut,
    UserUpdated,
)
from courtyard.audit.service import record
from courtyard.core.clock import now
from courtyard.core.database import Database
from courtyard.core.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from courtyard.core.ids import new_id
from courtyard.core.registries import Key, hydrates
from courtyard.core.streams import Event, Stream
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.workspace import service as workspace_service

# A lock that lets rows which point at this one come and go.
KEEP = {"key_share": True}
WRONG_PAIR = "E-mail and password do not belong together. Check both and try again."


async def set_up(uow: UnitOfWork, body: Setup, setup_code: str | None) -> User:
    """The first run: makes the workspace and its owner.

    Raises Conflict when it was set up already, Forbidden when the setup code is wrong, Invalid
    when the password is a worn one.
    """
    passwords.require_strong(body.password, about=f"{body.name} {body.email}")
    # Hashing takes its time: it is done before the first query takes a connection.
    hashed = await passwords.hash_password(body.password)
    if await workspace_service.find(uow.db):
        raise Conflict("This workspace is set up already. Sign in.", code="set_up_already")
    if setup_code and not secrets.compare_digest(
        setup_code.encode(), (body.setup_code or "").encode()
    ):
        raise Forbidden(
            "That is not the setup code. The server printed it when it started.",
            code="wrong_setup_code",
        )
    workspace = workspace_service.create(uow, body.workspace_name)
    try:
        await uow.db.flush()
    except IntegrityError as error:  # two first runs at once: one wins
        raise Conflict(
            "This workspace is set up already. Sign in.", code="set_up_already"
        ) from error
    uow.db.add(Stream(id=workspace.id, kind="workspace"))
    user = await add(uow, body.name, body.email, hashed, status="active", workspace_role="owner")
    record(uow, "workspace.set_up", workspace.id)
    return user


async def add(
    uow: UnitOfWork,
    name: str,
    email: str | None,
    password_hash: str | None,
    *,
    status: str,
    workspace_role: str = "member",
    kind: str = "human",
    user_id: UUID | None = None,
) -> User:
    """Stores an account and its stream. Raises Conflict when the address is taken."""
    user = User(
        id=user_id or new_id(),
        kind=kind,
        name=name,
        title="",
        email=email,
        password_hash=password_hash,
        status=status,
        workspace_role=workspace_role,
    )
    try:
        async with uow.db.begin_nested():
            uow.db.add(user)
    except IntegrityError as error:
        raise Conflict(
            "There is an account with this address already. Sign in with it.", code="email_taken"
        ) from error
    uow.db.add(Stream(id=user.id, kind="user"))
    await uow.db.flush()
    return user


async def claim(uow: UnitOfWork, user: User, password_hash: str, email: str | None = None) -> None:
    """Turns an invited account into an active one; `email` is for one that has none yet. Raises
    Conflict when it is active already."""
    if user.status != "invited":
        raise Conflict("This account is in use already. Sign in with it.")
    user.email = user.email or email
    user.password_hash = password_hash
    user.status = "active"
    await changed(uow, user)


async def check_password(user: User | None, password: str) -> None:
    """Whether the password is this person's. Raises Unauthenticated: the same answer, after the
    same time, whatever was wrong (S12)."""
    right = await passwords.verify(password, user.password_hash if user else None)
    if user is None or user.status != "active" or not right:
        raise Unauthenticated(WRONG_PAIR, code="wrong_pair")


async def still_active(uow: UnitOfWork, found: User | None) -> User:
    """The person in this transaction, whose password was checked before it. Raises
    Unauthenticated when account or password changed meanwhile."""
    user = await uow.db.get(User, found.id) if found else None
    if user is None or found is None or user.status != "active":
        raise Unauthenticated(WRONG_PAIR, code="wrong_pair")
    if user.password_hash != found.password_hash:
        raise Unauthenticated(WRONG_PAIR, code="wrong_pair")
    return user


async def find(database: Database, email: str) -> User | None:
    """The account with this address, read outside of any unit of work."""
    async with database.session() as db:
        return await by_email(db, email)


async def by_email(db: AsyncSession, email: str) -> User | None:
    """The account with this address, compared without case."""
    if "\x00" in email:  # which PostgreSQL does not take as text
        return None
    return await db.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


async def change_profile(uow: UnitOfWork, user: User, body: Profile) -> None:
    """Changes name or title of a person."""
    await uow.db.refresh(user, with_for_update=KEEP)
    user.name = body.name or user.name
    if body.title is not None:
        user.title = body.title
    await changed(uow, user)


@dataclass(slots=True, frozen=True)
class NewHash:
    """The hash of a new password, and of the one that was shown to be known."""

    old: str
    new: str


async def prove(database: Database, user_id: UUID, body: PasswordChange) -> NewHash:
    """Checks the present password and hashes the new one, outside of any unit of work. Raises
    Invalid when the present one is wrong or the new one is worn."""
    async with database.session() as db:
        user = await get(db, user_id)
    if not await passwords.verify(body.current, user.password_hash):
        raise Invalid(fields={"current": "That is not your present password."})
    passwords.require_strong(body.new, about=f"{user.name} {user.email or ''}", field="new")
    return NewHash(user.password_hash or "", await passwords.hash_password(body.new))


async def change_password(uow: UnitOfWork, user: User, proof: NewHash, keep: UUID) -> None:
    """Sets a new password and ends all sessions but `keep`. Raises Conflict when it was changed
    meanwhile."""
    await uow.db.refresh(user, with_for_update=KEEP)
    if user.password_hash != proof.old:
        raise Conflict
    user.password_hash = proof.new
    await sessions.end_all(uow, user.id, "the password was changed", but=keep)
    record(uow, "password.changed", user.id)


async def deactivate(uow: UnitOfWork, user: User) -> None:
    """Closes every door of a person at once: sessions end, the account cannot sign in."""
    user.status = "deactivated"
    await sessions.end_all(uow, user.id, "the account was deactivated")
    record(uow, "user.deactivated", user.id)
    await changed(uow, user)


async def bump_version(uow: UnitOfWork, user_id: UUID) -> None:
    """Makes every process look anew at what this person hears of."""
    uow.rights_changed = True
    await uow.db.execute(
        update(User)
        .where(User.id == user_id)
        .values(access_version=User.access_version + 1)
        .execution_options(synchronize_session=False)
    )


async def bump_access(uow: UnitOfWork, user: User) -> None:
    """Tells the hub and the person's devices that what they may see has changed."""
    await bump_version(uow, user.id)
    uow.emit(user.id, AccessChanged(), user.id)


async def set_avatar(uow: UnitOfWork, user: User, blob_id: UUID | None) -> None:
    """Points the profile at another picture; the old one is swept up by a job."""
    user.avatar_id = blob_id
    await changed(uow, user)


async def changed(uow: UnitOfWork, *users: User, at: datetime | None = None) -> None:
    """Emits these people's public faces, as they are now or at an instant, to the workspace,
    which guests do not hear."""
    workspace = await workspace_service.get(uow.db)
    for user in users:
        face = to_out(user, at)
        user.dnd_told = face.dnd
        uow.emit(workspace.id, UserUpdated(user=face), user.id)


async def public(db: AsyncSession, ids: Sequence[UUID]) -> list[UserOut]:
    """The public faces of these people; unknown ids are left out."""
    if not ids:
        return []
    rows = await db.scalars(select(User).where(User.id.in_(ids)))
    return [to_out(user) for user in rows]


async def get(db: AsyncSession, user_id: UUID) -> User:
    """An account. Raises NotFound."""
    user = await db.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def to_out(user: User, at: datetime | None = None) -> UserOut:
    """The public face of a person, now or at an instant."""
    return UserOut(**Face.of(user).public(at or now()))


async def to_me(db: AsyncSession, user: User) -> Me:
    """A person's own face."""
    workspace = await workspace_service.get(db)
    face, hours = to_out(user), user.quiet_hours
    return Me(
        id=user.id,
        name=user.name,
        email=user.email,
        title=user.title,
        avatar=face.avatar,
        workspace_role=user.workspace_role,
        offline_copy=workspace.offline_copy,
        status=face.status,
        dnd=face.dnd,
        dnd_until=user.dnd_until,
        quiet_hours=QuietHours.model_validate(hours) if hours else None,
    )


@hydrates(UserUpdated)
async def _users(db: AsyncSession, _: type[Event], keys: Sequence[Key]) -> dict[Key, Event]:
    faces = {user.id: user for user in await public(db, [user_id for _, user_id in keys])}
    return {key: UserUpdated(user=faces[key[1]]) for key in keys if key[1] in faces}
