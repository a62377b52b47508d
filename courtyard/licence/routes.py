"""HTTP of the licence."""

from fastapi import APIRouter

from courtyard.accounts.access import WorkspaceAdmin
from courtyard.core.unit_of_work import Work
from courtyard.licence import service
from courtyard.licence.schemas import Covered, LicenceOut, Paper

router = APIRouter(prefix="/api/licence", tags=["licence"])


@router.get("")
async def get_licence(_: WorkspaceAdmin, uow: Work) -> LicenceOut:
    return await service.show(uow.db)


@router.post("/look")
async def look_at_licence(body: Paper, _: WorkspaceAdmin) -> Covered:
    return service.look(body.text)


@router.put("")
async def install_licence(body: Paper, _: WorkspaceAdmin, uow: Work) -> LicenceOut:
    return await service.install(uow, body.text)
