"""The cookies of a signed-in browser, and the answer that sets them."""

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service
from courtyard.accounts.access import MEDIA_COOKIE
from courtyard.accounts.models import Session, User
from courtyard.accounts.schemas import SignedIn
from courtyard.accounts.sessions import LONG, Device
from courtyard.accounts.tokens import ACCESS_SECONDS, Claim, Tokens

REFRESH_COOKIE = "__Host-refresh"
DEVICE_COOKIE = "__Host-device"
LONG_SECONDS = int(LONG.total_seconds())
YEAR_SECONDS = 365 * 86_400


async def answer(
    db: AsyncSession, request: Request, response: Response, user: User, session: Session
) -> SignedIn:
    """The access token in the body, the refresh, media and device cookies in the headers."""
    tokens: Tokens = request.app.state.tokens
    claim = Claim(user.id, session.id)
    age = LONG_SECONDS if session.remember else None
    _set(response, REFRESH_COOKIE, tokens.refresh(session.id, session.generation), age)
    _set(response, MEDIA_COOKIE, tokens.issue("media", claim, LONG_SECONDS), age)
    _set(response, DEVICE_COOKIE, tokens.issue("device", claim, YEAR_SECONDS), YEAR_SECONDS)
    return SignedIn(
        access_token=tokens.issue("access", claim),
        expires_in=ACCESS_SECONDS,
        me=await service.to_me(db, user),
    )


def clear(response: Response) -> None:
    """Takes the session's cookies away; the device stays known."""
    for name in (REFRESH_COOKIE, MEDIA_COOKIE):
        response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="strict")


def device(request: Request) -> Device:
    """Where this request comes from."""
    return Device(request.headers.get("user-agent", ""), address(request))


def address(request: Request) -> str:
    """The client's address; behind a trusted proxy uvicorn has put the forwarded one there."""
    return request.client.host if request.client else "local"


def _set(response: Response, name: str, value: str, age: int | None) -> None:
    response.set_cookie(
        name, value, max_age=age, path="/", secure=True, httponly=True, samesite="strict"
    )
