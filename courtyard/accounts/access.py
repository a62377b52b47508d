"""The first of the three doors: who is asking, and what the workspace lets them do.

Read at every request: a session that ended or a user who was deactivated is out at the next one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.models import Session, User
from courtyard.accounts.tokens import Claim, Kind, Tokens
from courtyard.core.errors import Forbidden, Unauthenticated
from courtyard.core.policies import policy
from courtyard.core.unit_of_work import Work
from courtyard.workspace.models import Workspace

ADMINS = ("owner", "admin")
MEDIA_COOKIE = "__Host-media"


@dataclass(slots=True, frozen=True)
class Actor:
    """The person who asks, checked against session and account in this very transaction."""

    user: User
    session_id: UUID

    @property
    def id(self) -> UUID:
        return self.user.id

    @property
    def is_admin(self) -> bool:
        """Whether this person looks after the workspace."""
        return self.user.workspace_role in ADMINS


def bearer(request: Request) -> Claim:
    """The claim of the Authorization header. Raises Unauthenticated."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated
    tokens: Tokens = request.app.state.tokens
    return tokens.read("access", token)


async def actor_of(db: AsyncSession, claim: Claim) -> Actor:
    """The actor a claim stands for. Raises Unauthenticated when session or account ended."""
    user = await db.scalar(
        select(User)
        .join(Session, Session.user_id == User.id)
        .where(
            Session.id == claim.session_id,
            Session.ended_at.is_(None),
            Session.expires_at > func.now(),
            User.id == claim.user_id,
            User.status == "active",
        )
    )
    if user is None:
        raise Unauthenticated
    return Actor(user, claim.session_id)


def workspace_streams(user_ids: Collection[UUID]) -> Select[UUID, UUID]:
    """`(user id, workspace id)` for those who hear what concerns the whole workspace, such as new
    names: everybody but guests, who know only the people of their groups."""
    return (
        select(User.id, Workspace.id)
        .join(Workspace, true())
        .where(User.id.in_(user_ids), User.workspace_role != "guest")
    )


def media_claim(request: Request) -> Claim:
    """The claim of a GET of pictures and files, by header or media cookie: <img> cannot send a
    header. Raises Unauthenticated."""
    cookie = request.cookies.get(MEDIA_COOKIE)
    if request.headers.get("authorization") or not cookie:
        return bearer(request)
    kind: Kind = "media"
    tokens: Tokens = request.app.state.tokens
    return tokens.read(kind, cookie)


async def living(request: Request) -> Claim:
    """The claim of a living session, asked in a moment of its own: before work that takes long,
    such as hashing, is done for somebody whose session has ended."""
    claim = bearer(request)
    async with request.app.state.database.session() as db:
        await actor_of(db, claim)
    return claim


@policy("signed in")
async def signed_in(request: Request, uow: Work) -> Actor:
    """Any person with a living session."""
    actor = await actor_of(uow.db, bearer(request))
    uow.actor_id = actor.id
    await request.app.state.limiter.hit_here(
        "read" if request.method == "GET" else "write", str(actor.id)
    )
    return actor


@policy("signed in, by header or media cookie")
async def media_reader(request: Request, uow: Work) -> Actor:
    """Like signed_in, for GET of pictures and files."""
    actor = await actor_of(uow.db, media_claim(request))
    await request.app.state.limiter.hit_here("read", str(actor.id))
    return actor


@policy("workspace admin")
async def workspace_admin(actor: Annotated[Actor, Depends(signed_in)]) -> Actor:
    """A person who looks after the workspace."""
    if not actor.is_admin:
        raise Forbidden
    return actor


@policy("not a guest")
async def full_member(actor: Annotated[Actor, Depends(signed_in)]) -> Actor:
    """Everybody but guests: may make groups."""
    if actor.user.workspace_role == "guest":
        raise Forbidden
    return actor


SignedInActor = Annotated[Actor, Depends(signed_in)]
MediaReader = Annotated[Actor, Depends(media_reader)]
WorkspaceAdmin = Annotated[Actor, Depends(workspace_admin)]
FullMember = Annotated[Actor, Depends(full_member)]
