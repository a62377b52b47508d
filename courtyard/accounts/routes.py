"""HTTP of accounts: first run, sign-in, sessions, oneself, other people."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from courtyard.accounts import avatars, cookies, service, sessions, status
from courtyard.accounts.access import SignedInActor, living
from courtyard.accounts.schemas import (
    Dnd,
    Me,
    NewStatus,
    PasswordChange,
    Profile,
    QuietHoursChange,
    SessionOut,
    Setup,
    SignedIn,
    SignIn,
)
from courtyard.accounts.service import NewHash
from courtyard.accounts.tokens import Claim, Tokens
from courtyard.core.blobs import Blobs
from courtyard.core.errors import Unauthenticated
from courtyard.core.limits import Limiter
from courtyard.core.policies import Public
from courtyard.core.unit_of_work import Work

router = APIRouter(prefix="/api", tags=["accounts"])


@router.post("/setup", dependencies=[Public])
async def set_up(body: Setup, request: Request, response: Response, uow: Work) -> SignedIn:
    await _limiter(request).hit("setup", cookies.address(request))
    user = await service.set_up(uow, body, request.app.state.setup_code)
    session = await sessions.begin(uow, user, cookies.device(request), remember=True)
    return await cookies.answer(uow.db, request, response, user, session)


@router.post("/sessions", dependencies=[Public])
async def sign_in(body: SignIn, request: Request, response: Response, uow: Work) -> SignedIn:
    # Hashing takes its time: it is done before the unit of work takes a connection.
    owner = await service.find(request.app.state.database, body.email)
    await _limit_sign_in(request, body.email.strip().lower(), owner.id if owner else None)
    await service.check_password(owner, body.password)
    user = await service.still_active(uow, owner)
    session = await sessions.begin(uow, user, cookies.device(request), remember=body.remember)
    return await cookies.answer(uow.db, request, response, user, session)


@router.post("/sessions/refresh", dependencies=[Public])
async def refresh(request: Request, response: Response, uow: Work) -> SignedIn:
    token = request.cookies.get(cookies.REFRESH_COOKIE, "")
    await _limiter(request).hit("refresh", token[:36] or cookies.address(request))
    user, session = await sessions.refresh(uow, request.app.state.tokens, token)
    return await cookies.answer(uow.db, request, response, user, session)


@router.get("/sessions")
async def list_sessions(actor: SignedInActor, uow: Work) -> list[SessionOut]:
    return [
        SessionOut.model_validate({**session.__dict__, "current": session.id == actor.session_id})
        for session in await sessions.living(uow, actor.id)
    ]


@router.delete("/sessions/current", status_code=204)
async def sign_out(actor: SignedInActor, response: Response, uow: Work) -> None:
    await sessions.end(uow, actor.id, actor.session_id, "signed out")
    cookies.clear(response)


@router.delete("/sessions/{session_id}", status_code=204)
async def end_session(session_id: UUID, actor: SignedInActor, uow: Work) -> None:
    await sessions.end(uow, actor.id, session_id, "ended from another device")


@router.delete("/sessions", status_code=204)
async def sign_out_everywhere(actor: SignedInActor, response: Response, uow: Work) -> None:
    await sessions.end_all(uow, actor.id, "signed out everywhere")
    cookies.clear(response)


@router.get("/me")
async def get_me(actor: SignedInActor, uow: Work) -> Me:
    return await service.to_me(uow.db, actor.user)


@router.patch("/me")
async def change_me(body: Profile, actor: SignedInActor, uow: Work) -> Me:
    await service.change_profile(uow, actor.user, body)
    return await service.to_me(uow.db, actor.user)


@router.put("/me/status")
async def set_status(body: NewStatus, actor: SignedInActor, uow: Work) -> Me:
    await status.set_status(uow, actor.user, body)
    return await service.to_me(uow.db, actor.user)


@router.put("/me/dnd")
async def set_dnd(body: Dnd, actor: SignedInActor, uow: Work) -> Me:
    await status.set_dnd(uow, actor.user, body.until)
    return await service.to_me(uow.db, actor.user)


@router.put("/me/quiet-hours")
async def set_quiet_hours(body: QuietHoursChange, actor: SignedInActor, uow: Work) -> Me:
    await status.set_quiet_hours(uow, actor.user, body.quiet_hours)
    return await service.to_me(uow.db, actor.user)


async def _proof(body: PasswordChange, request: Request) -> NewHash:
    """Hashing, before the unit of work takes a connection."""
    claim = await living(request)
    await _limiter(request).hit("password", str(claim.user_id))
    return await service.prove(request.app.state.database, claim.user_id, body)


@router.put("/me/password")
async def change_password(
    proof: Annotated[NewHash, Depends(_proof)],
    actor: SignedInActor,
    request: Request,
    response: Response,
    uow: Work,
) -> SignedIn:
    await service.change_password(uow, actor.user, proof, actor.session_id)
    session = await sessions.current(uow, actor.session_id)
    return await cookies.answer(uow.db, request, response, actor.user, session)


async def _picture(request: Request) -> bytes:
    """Receiving and decoding, before the unit of work takes a connection."""
    claim = await living(request)
    await _limiter(request).hit("upload", str(claim.user_id))
    return await avatars.prepare(await request.body())


@router.put("/me/avatar")
async def set_avatar(
    picture: Annotated[bytes, Depends(_picture)], actor: SignedInActor, request: Request, uow: Work
) -> Me:
    await service.set_avatar(uow, actor.user, await _blobs(request).put("avatar", picture))
    return await service.to_me(uow.db, actor.user)


@router.delete("/me/avatar")
async def remove_avatar(actor: SignedInActor, uow: Work) -> Me:
    await service.set_avatar(uow, actor.user, None)
    return await service.to_me(uow.db, actor.user)


async def _limit_sign_in(request: Request, email: str, owner: UUID | None) -> None:
    """Slows guessing from one address and of one account, but never locks the owner out: a
    device that signed in to this very account before is counted by itself (S11)."""
    limiter = _limiter(request)
    address = cookies.address(request)
    known = _known_device(request)
    if known and known.user_id == owner:
        await limiter.hit("sign_in.pair", str(known.session_id), email)
        return
    await limiter.hit("sign_in.pair", address, email)
    await limiter.hit("sign_in.address", address)
    await limiter.hit("sign_in.account", email)


def _known_device(request: Request) -> Claim | None:
    """Who signed in with this browser before."""
    tokens: Tokens = request.app.state.tokens
    try:
        return tokens.read("device", request.cookies.get(cookies.DEVICE_COOKIE, ""))
    except Unauthenticated:
        return None


def _limiter(request: Request) -> Limiter:
    limiter: Limiter = request.app.state.limiter
    return limiter


def _blobs(request: Request) -> Blobs:
    blobs: Blobs = request.app.state.blobs
    return blobs
