"""Invites: links with an expiry, a number of uses, and a revocation. The only writer of them."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import passwords
from courtyard.accounts import service as accounts
from courtyard.accounts.models import User
from courtyard.audit.service import record
from courtyard.core.clock import now
from courtyard.core.errors import Conflict, Forbidden, Invalid, NotFound
from courtyard.core.ids import new_id
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import service
from courtyard.groups.access import OpenGroup, open_group
from courtyard.groups.models import Group, Invite, Role
from courtyard.groups.permissions import EVERYTHING, Permission
from courtyard.groups.schemas import InviteLook, InviteOut, Join, NewInvite
from courtyard.workspace import service as workspace_service


def gone() -> NotFound:
    """Used up, expired, revoked, unknown: one answer for all."""
    return NotFound("This invitation is no longer good. Ask for a new link.", code="invite_gone")


async def create(uow: UnitOfWork, opened: OpenGroup, actor_id: UUID, body: NewInvite) -> InviteOut:
    """A new link into the group. The token is shown this once and stored as a hash.

    Raises Forbidden for a role that may more than its inviter, NotFound for a foreign role.
    """
    role = await _role(uow.db, opened, body.role_id)
    token = secrets.token_urlsafe(24)
    hours = body.expires_in_hours
    invite = Invite(
        id=new_id(),
        token_hash=_hash(token),
        group_id=opened.id,
        role_id=role.id,
        created_by=actor_id,
        created_at=now(),
        expires_at=now() + timedelta(hours=hours) if hours else None,
        max_uses=body.max_uses,
        uses=0,
    )
    uow.db.add(invite)
    record(uow, "invite.created", invite.id, group=str(opened.id))
    return to_out(invite, token)


async def _role(db: AsyncSession, opened: OpenGroup, role_id: UUID | None) -> Role:
    wanted = Role.id == role_id if role_id else Role.kind == "member"
    role = await db.scalar(select(Role).where(Role.group_id == opened.id, wanted))
    if role is None:
        raise NotFound
    if role.kind == "owner" or Permission(role.permissions) & ~opened.permissions:
        raise Forbidden("You cannot invite somebody to more than you may do yourself.")
    return role


async def of_group(db: AsyncSession, group_id: UUID) -> list[InviteOut]:
    """The links of a group, newest first."""
    rows = await db.scalars(
        select(Invite).where(Invite.group_id == group_id).order_by(Invite.created_at.desc())
    )
    return [to_out(invite) for invite in rows]


async def revoke(uow: UnitOfWork, actor_id: UUID, invite_id: UUID) -> None:
    """Makes a link useless. Raises NotFound for who is not in the group, Forbidden for who
    neither made it nor manages members."""
    invite = await uow.db.get(Invite, invite_id)
    if invite is None or invite.group_id is None:
        raise NotFound
    opened = await open_group(uow.db, actor_id, invite.group_id)
    if invite.created_by != actor_id and not opened.permissions & Permission.MANAGE_MEMBERS:
        raise Forbidden
    invite.revoked_at = invite.revoked_at or now()
    record(uow, "invite.revoked", invite.id)


async def for_account(uow: UnitOfWork, user_id: UUID) -> str:
    """A link with which an invited (imported) person claims their account; good for 30 days."""
    token = secrets.token_urlsafe(24)
    uow.db.add(
        Invite(
            id=new_id(),
            token_hash=_hash(token),
            user_id=user_id,
            created_by=uow.actor_id,
            max_uses=1,
            expires_at=now() + timedelta(days=30),
        )
    )
    return token


async def look(db: AsyncSession, token: str) -> InviteLook:
    """What the holder of a link is told. Raises NotFound for one that is no longer good."""
    invite = await _good(db, token)
    group = await db.get(Group, invite.group_id) if invite.group_id else None
    inviter = await db.get(User, invite.created_by) if invite.created_by else None
    claimed = await db.get(User, invite.user_id) if invite.user_id else None
    return InviteLook(
        kind="claim" if claimed else "join",
        workspace_name=(await workspace_service.get(db)).name,
        group_name=group.name if group else None,
        inviter_name=inviter.name if inviter else None,
        name=claimed.name if claimed else None,
        email=claimed.email if claimed else None,
    )


async def join(uow: UnitOfWork, body: Join) -> User:
    """Makes an account, or claims one, and puts it into the group. Raises NotFound for a link
    that is no longer good, Invalid for missing fields, Conflict for a taken address."""
    # Hashing takes its time: it is done before the first query takes a connection.
    hashed = await passwords.hash_password(body.password)
    invite = await _good(uow.db, body.token, lock=True)
    if invite.user_id:
        user = await accounts.get(uow.db, invite.user_id)
        passwords.require_strong(body.password, about=f"{user.name} {user.email or ''}")
        await accounts.claim(uow, user, hashed)
    else:
        user = await _newcomer(uow, body, hashed, invite)
    uow.actor_id = user.id
    await _use(uow, invite, user)
    return user


async def _newcomer(uow: UnitOfWork, body: Join, hashed: str, invite: Invite) -> User:
    """A new account; who is invited as a guest of a group is a guest of the workspace."""
    if not body.name or not body.email:
        missing = {"name": body.name, "email": body.email}
        raise Invalid(fields={key: "Needed." for key, value in missing.items() if not value})
    passwords.require_strong(body.password, about=f"{body.name} {body.email}")
    role = await uow.db.get(Role, invite.role_id) if invite.role_id else None
    standing = "guest" if role and role.kind == "guest" else "member"
    return await accounts.add(
        uow, body.name, body.email, hashed, status="active", workspace_role=standing
    )


async def accept(uow: UnitOfWork, user: User, token: str) -> UUID:
    """Puts a signed-in person into the group of a link; returns its id. Being in it already is
    fine and uses nothing up."""
    invite = await _good(uow.db, token, lock=True)
    if invite.group_id is None:
        raise Conflict("This link is for claiming an account. Sign out and open it again.")
    await _use(uow, invite, user)
    return invite.group_id


async def _use(uow: UnitOfWork, invite: Invite, user: User) -> None:
    joined = (
        invite.group_id is None
        or invite.role_id is None
        or await service.join(uow, invite.group_id, user.id, invite.role_id)
    )
    if not joined:
        return
    invite.uses += 1
    record(uow, "invite.used", invite.id)


async def _good(db: AsyncSession, token: str, *, lock: bool = False) -> Invite:
    """The invite, when it may be used now. The lock makes parallel uses of the last one wait for
    each other (R01)."""
    query = select(Invite).where(Invite.token_hash == _hash(token))
    invite = await db.scalar(query.with_for_update() if lock else query)
    if (
        invite is None
        or invite.revoked_at
        or (invite.expires_at and invite.expires_at <= now())
        or (invite.max_uses is not None and invite.uses >= invite.max_uses)
        or not await _inviter_still_may(db, invite)
    ):
        raise gone()
    return invite


async def _inviter_still_may(db: AsyncSession, invite: Invite) -> bool:
    """A link is worth what its maker may do now (R03). Links for accounts are the admin's."""
    if invite.group_id is None or invite.created_by is None:
        return True
    inviter = await db.get(User, invite.created_by)
    if inviter is None or inviter.status != "active":
        return False
    try:
        opened = await open_group(db, inviter.id, invite.group_id)
        role = await db.get_one(Role, invite.role_id)
    except NotFound:
        return False
    if opened.group.archived_at or Permission(role.permissions) & ~(
        opened.permissions & EVERYTHING
    ):
        return False
    return bool(opened.permissions & Permission.CREATE_INVITES)


def to_out(invite: Invite, token: str | None = None) -> InviteOut:
    """An invite as the members who may invite see it."""
    return InviteOut(
        id=invite.id,
        role_id=invite.role_id,
        created_by=invite.created_by,
        created_at=invite.created_at,
        expires_at=invite.expires_at,
        max_uses=invite.max_uses,
        uses=invite.uses,
        revoked=invite.revoked_at is not None,
        token=token,
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
