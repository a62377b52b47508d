"""HTTP of the workspace: its public face and its health."""

from fastapi import APIRouter, Request, Response

from courtyard import MIN_CLIENT, __version__
from courtyard.core.errors import NotFound
from courtyard.core.policies import Public
from courtyard.core.unit_of_work import Work
from courtyard.workspace import health, service
from courtyard.workspace.schemas import Checks, Health, WorkspaceOut

router = APIRouter(prefix="/api", tags=["workspace"])


@router.get("/health", dependencies=[Public])
async def get_health(request: Request, response: Response) -> Health:
    found = await health.quick(request.app.state.database, request.app.state.bus)
    response.status_code = 503 if found.status == "starting" else 200
    return found


@router.get("/workspace", dependencies=[Public])
async def get_workspace(request: Request, uow: Work) -> WorkspaceOut:
    workspace = await service.find(uow.db)
    return WorkspaceOut(
        name=workspace.name if workspace else None,
        state="ready" if workspace else "new",
        setup_code_required=workspace is None and bool(request.app.state.setup_code),
        version=__version__,
        min_client=MIN_CLIENT,
    )


@router.get("/install/ca.pem", dependencies=[Public], response_class=Response)
async def get_authority(request: Request) -> Response:
    path = request.app.state.settings.certificate.parent / "ca.pem"
    if not path.exists():
        raise NotFound
    return Response(path.read_bytes(), media_type="application/x-pem-file")


@router.get("/setup/checks", dependencies=[Public])
async def get_checks(request: Request, uow: Work) -> Checks:
    await service.require_new(uow.db)
    return await health.checks(request.app.state)
