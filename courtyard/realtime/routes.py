"""HTTP beside the socket: tickets, and catching up."""

from typing import Any

from fastapi import APIRouter, Request, Response

from courtyard.accounts.access import SignedInActor
from courtyard.core.unit_of_work import Work
from courtyard.realtime import tickets
from courtyard.realtime.schemas import Sync, Synced, Ticket

router = APIRouter(prefix="/api", tags=["realtime"])


@router.post("/socket/ticket")
async def create_ticket(actor: SignedInActor, request: Request, uow: Work) -> Ticket:
    await request.app.state.limiter.hit("ticket", str(actor.id))
    return Ticket(ticket=tickets.issue(uow, actor), expires_in=tickets.SECONDS)


@router.post("/sync", response_model=Synced)
async def sync(body: Sync, actor: SignedInActor, request: Request, uow: Work) -> Response:
    state: Any = request.app.state
    answer = await state.syncer.answer(uow.db, actor.id, body)
    return Response(answer, media_type="application/json")
