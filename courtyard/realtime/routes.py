"""HTTP beside the socket: tickets, and catching up. Both are asked by everybody at once after a
break, so both check the session inside their statements."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import TypeAdapter

from courtyard.accounts.access import bearer
from courtyard.accounts.tokens import Claim
from courtyard.core import hot
from courtyard.core.hot import Hot
from courtyard.core.policies import policy
from courtyard.realtime import tickets
from courtyard.realtime.schemas import Sync, Synced, Ticket

router = APIRouter(prefix="/api", tags=["realtime"])


@policy("signed in, checked in the statement")
async def _ticket_holder(request: Request) -> Claim:
    claim = bearer(request)
    await request.app.state.limiter.hit_here("ticket", str(claim.user_id))
    return claim


@policy("signed in, checked in the statement")
async def _returning(request: Request) -> Claim:
    claim = bearer(request)
    await request.app.state.limiter.hit_here("read", str(claim.user_id))
    return claim


@router.post("/socket/ticket", response_model=Ticket)
async def create_ticket(
    claim: Annotated[Claim, Depends(_ticket_holder)], request: Request
) -> Response:
    ticket = await tickets.issue(request.app.state.database, claim)
    made = Ticket(ticket=ticket, expires_in=tickets.SECONDS)
    return Response(made.model_dump_json(), media_type="application/json")


@router.post("/sync", response_model=Synced)
async def sync(
    body: Sync, claim: Annotated[Claim, Depends(_returning)], request: Request
) -> Response:
    state: Any = request.app.state
    answer = await state.syncer.answer(claim, body)
    return Response(answer, media_type="application/json")


_sync = TypeAdapter(Sync)


async def _hot_ticket(request: Request, _: bytes, __: UUID) -> Response:
    return await create_ticket(await _ticket_holder(request), request)


async def _hot_sync(request: Request, body: bytes, _: UUID) -> Response:
    known = hot.parsed(_sync, body)
    return await sync(known, await _returning(request), request)


HOT = (
    Hot("POST", "/api/socket/ticket", _hot_ticket),
    Hot("POST", "/api/sync", _hot_sync),
)
