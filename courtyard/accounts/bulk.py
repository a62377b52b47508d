"""Accounts by the hundred, for importers: without an event for each, nobody knows them yet."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.models import User
from courtyard.core.streams import Stream
from courtyard.core.unit_of_work import UnitOfWork


@dataclass(slots=True, frozen=True)
class NewAccount:
    """An account without a password, under an id of its maker's choice."""

    id: UUID
    name: str
    email: str | None = None
    title: str = ""
    kind: str = "human"
    status: str = "invited"
    workspace_role: str = "member"


async def add_many(uow: UnitOfWork, accounts: Sequence[NewAccount]) -> set[UUID]:
    """Stores those that are not there yet, by id and by address. Returns the ids of the new."""
    if not accounts:
        return set()
    stored = await uow.db.scalars(
        insert(User)
        .values([asdict(account) for account in accounts])
        .on_conflict_do_nothing()
        .returning(User.id)
    )
    new = set(stored)
    uow.db.add_all(Stream(id=user_id, kind="user") for user_id in new)
    await uow.db.flush()
    return new


async def by_emails(db: AsyncSession, emails: Iterable[str]) -> dict[str, User]:
    """The accounts with these addresses, by address in lower case."""
    wanted = {email.lower() for email in emails}
    rows = await db.scalars(select(User).where(func.lower(User.email).in_(wanted)))
    return {user.email.lower(): user for user in rows if user.email}


async def by_ids(db: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, User]:
    """The accounts with these ids."""
    rows = await db.scalars(select(User).where(User.id.in_(set(ids))))
    return {user.id: user for user in rows}


async def active(db: AsyncSession, ids: Iterable[UUID]) -> list[UUID]:
    """Those among these people who may be signed in at this moment."""
    return list(
        await db.scalars(select(User.id).where(User.id.in_(set(ids)), User.status == "active"))
    )


async def owner(db: AsyncSession) -> User | None:
    """The person who set the workspace up, or None before the first run."""
    return await db.scalar(
        select(User)
        .where(User.workspace_role == "owner", User.status == "active")
        .order_by(User.created_at, User.id)
        .limit(1)
    )


async def invitable(db: AsyncSession) -> list[User]:
    """People with an address who were imported and have not claimed their account, by name."""
    rows = await db.scalars(
        select(User)
        .where(User.status == "invited", User.kind == "human", User.email.is_not(None))
        .order_by(func.lower(User.name), User.id)
    )
    return list(rows)
