"""Looking after everybody's accounts: the verbs of who looks after the workspace.

Nobody stands above an owner but owners, nobody changes their own standing upwards, and there is
always an active owner (R05, R06).
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import moments, service, sessions
from courtyard.accounts.access import Actor
from courtyard.accounts.models import Session, User
from courtyard.accounts.schemas import AccountOut, Accounts, Standing, WorkspaceRole
from courtyard.audit.service import record
from courtyard.core.clock import now
from courtyard.core.cursors import after_name, name_cursor
from courtyard.core.errors import Conflict, Forbidden, NotFound
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.workspace.models import Workspace

RANK = {"guest": 0, "member": 1, "admin": 2, "owner": 3}


async def page(
    db: AsyncSession, words: str, standing: Standing | None, after: str | None, limit: int
) -> Accounts:
    """Accounts by name, `limit` at a time, of those whose name or address holds the words.
    Raises Invalid for a cursor that is none."""
    query = _matching(words, standing)
    total = await db.scalar(select(func.count()).select_from(query.subquery())) or 0
    key = tuple_(func.lower(User.name), User.id)
    if after:
        query = query.where(key > after_name(after))
    rows = (await db.execute(query.order_by(*key.clauses).limit(limit + 1))).all()
    return Accounts(
        accounts=[_out(*row) for row in rows[:limit]],
        next=name_cursor(rows[limit - 1].User) if len(rows) > limit else None,
        total=total,
    )


def _matching(words: str, standing: Standing | None) -> Select[Any]:
    living = Session.ended_at.is_(None) & (Session.expires_at > now())
    used = (
        select(
            Session.user_id,
            func.count().filter(living).label("sessions"),
            func.max(Session.last_used_at).label("last_used_at"),
        )
        .group_by(Session.user_id)
        .subquery()
    )
    query = select(User, func.coalesce(used.c.sessions, 0), used.c.last_used_at).outerjoin(
        used, used.c.user_id == User.id
    )
    if standing:
        query = query.where(User.status == standing)
    if words:
        query = query.where(
            or_(
                User.name.icontains(words, autoescape=True),
                User.email.icontains(words, autoescape=True),
            )
        )
    return query


def _out(user: User, living: int, last_used_at: Any) -> AccountOut:
    return AccountOut(
        user=service.to_out(user),
        email=user.email,
        workspace_role=user.workspace_role,
        standing=user.status,
        created_at=user.created_at,
        first_signed_in_at=user.first_signed_in_at,
        last_used_at=last_used_at,
        sessions=living,
    )


async def one(db: AsyncSession, user_id: UUID) -> AccountOut:
    """An account as who looks after the workspace sees it. Raises NotFound."""
    row = (await db.execute(_matching("", None).where(User.id == user_id))).one_or_none()
    if row is None:
        raise NotFound
    return _out(*row)


async def deactivate(uow: UnitOfWork, actor: Actor, user_id: UUID) -> None:
    """Closes every door of an account at once. What the person wrote stays, under their name.

    Raises NotFound, Forbidden for oneself and for who stands above, Conflict (`last_owner`).
    """
    user = await _below(uow, actor, user_id)
    if user.id == actor.id:
        raise Forbidden("You cannot deactivate yourself. Ask somebody else who looks after this.")
    if user.status == "deactivated":
        return
    await _require_other_owner(uow.db, user)
    await service.deactivate(uow, user)


async def restore(uow: UnitOfWork, actor: Actor, user_id: UUID) -> None:
    """Lets a deactivated person sign in again, with all they had. Raises NotFound, Forbidden,
    and what those raise who give seats."""
    user = await _below(uow, actor, user_id)
    if user.status != "deactivated":
        return
    if user.first_signed_in_at:
        await moments.tell(moments.seated, uow, user)
    user.status = "active" if user.password_hash else "invited"
    record(uow, "user.restored", user.id)
    await service.changed(uow, user)
    await service.bump_access(uow, user)


async def end_sessions(uow: UnitOfWork, actor: Actor, user_id: UUID) -> None:
    """Signs a person out on all devices. Raises NotFound, Forbidden for who stands above."""
    user = await _below(uow, actor, user_id)
    await sessions.end_all(uow, user.id, "ended by who looks after the workspace")


async def set_role(uow: UnitOfWork, actor: Actor, user_id: UUID, role: WorkspaceRole) -> None:
    """Gives a person another standing in the workspace. Only owners make owners and admins, and
    unmake them.

    Raises NotFound, Forbidden, Conflict (`last_owner`).
    """
    user = await _below(uow, actor, user_id)
    if user.workspace_role == role:
        return
    mine = RANK[actor.user.workspace_role]
    if RANK[role] > mine:
        raise Forbidden("You cannot give a standing above your own.")
    touches_admins = {role, user.workspace_role} & {"owner", "admin"}
    if touches_admins and actor.user.workspace_role != "owner":
        raise Forbidden("Only an owner makes somebody an admin or an owner, or ends it.")
    if user.kind == "bot" and role != "member":
        raise Forbidden("A bot stays an ordinary member.")
    await _require_other_owner(uow.db, user)
    user.workspace_role = role
    record(uow, "user.role", user.id, role=role)
    await service.bump_access(uow, user)


async def _below(uow: UnitOfWork, actor: Actor, user_id: UUID) -> User:
    """The account, locked, when the actor may look after it. Two who change standings at once go
    one after the other, and the second sees what the first did."""
    await uow.db.execute(select(Workspace.id).with_for_update())
    await uow.db.refresh(actor.user)
    if not actor.is_admin or actor.user.status != "active":
        raise Forbidden
    user = await uow.db.get(User, user_id, populate_existing=True, with_for_update=True)
    if user is None:
        raise NotFound
    if RANK[user.workspace_role] > RANK[actor.user.workspace_role]:
        raise Forbidden("This person stands above you in the workspace.")
    return user


async def _require_other_owner(db: AsyncSession, user: User) -> None:
    if user.workspace_role != "owner" or user.status != "active":
        return
    others = select(func.count()).where(
        User.workspace_role == "owner", User.status == "active", User.id != user.id
    )
    if not await db.scalar(others):
        raise Conflict(
            "This is the only owner of the workspace. Make somebody else an owner first.",
            code="last_owner",
        )
