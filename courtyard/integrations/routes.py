"""HTTP of integrations: the demo content of the first run."""

from fastapi import APIRouter, Request

from courtyard.accounts.access import WorkspaceAdmin
from courtyard.core.blobs import Blobs
from courtyard.core.unit_of_work import Work
from courtyard.groups import service as groups
from courtyard.groups.schemas import GroupOut
from courtyard.integrations import demo

router = APIRouter(prefix="/api", tags=["integrations"])


@router.post("/demo", status_code=201)
async def make_demo(actor: WorkspaceAdmin, request: Request, uow: Work) -> GroupOut:
    await request.app.state.limiter.hit("create", str(actor.id))
    blobs: Blobs = request.app.state.blobs
    group_id = await demo.make(uow, blobs, actor.id, demo.DISCHARGE_SCENE)
    return await groups.one(uow.db, actor.id, group_id)
