"""HTTP of files and uploads. Bytes come and go outside of a unit of work."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from courtyard.accounts.access import SignedInActor, actor_of, bearer, media_claim
from courtyard.accounts.tokens import Claim
from courtyard.channels.access import ReadableChannel
from courtyard.core.policies import policy
from courtyard.core.unit_of_work import Work
from courtyard.core.upkeep import Tools
from courtyard.files import service, serving, uploads
from courtyard.files.kinds import Kind
from courtyard.files.models import File, Upload
from courtyard.files.schemas import FilesPage, NewUpload, UploadOut

router = APIRouter(prefix="/api", tags=["files"])


async def _counted(request: Request, name: str, claim: Claim) -> Claim:
    await request.app.state.limiter.hit_here(name, str(claim.user_id))
    return claim


@policy("upload: one's own")
async def _own_upload(upload_id: UUID, request: Request) -> Upload:
    """In a moment of its own: no connection is held while bytes arrive."""
    claim = await _counted(request, "chunk", bearer(request))
    async with request.app.state.database.session() as db:
        actor = await actor_of(db, claim)
        return await uploads.open_upload(db, actor.id, upload_id)


@policy("file: view its place, or one's own loose file; by header or media cookie")
async def _readable(file_id: UUID, request: Request) -> File:
    """In a moment of its own: no connection is held while bytes go out."""
    claim = await _counted(request, "read", media_claim(request))
    async with request.app.state.database.session() as db:
        actor = await actor_of(db, claim)
        return await service.open_file(db, actor.id, file_id)


@policy("file: view; the verb asks for one's own loose file")
async def _known(file_id: UUID, actor: SignedInActor, uow: Work) -> File:
    return await service.open_file(uow.db, actor.id, file_id)


OwnUpload = Annotated[Upload, Depends(_own_upload)]
ReadableFile = Annotated[File, Depends(_readable)]
KnownFile = Annotated[File, Depends(_known)]


@router.post("/uploads", status_code=201)
async def start_upload(
    body: NewUpload, actor: SignedInActor, request: Request, uow: Work
) -> UploadOut:
    await request.app.state.limiter.hit("file", str(actor.id))
    return await uploads.start(uow, request.app.state.settings, actor.id, body)


@router.patch("/uploads/{upload_id}")
async def continue_upload(
    upload: OwnUpload,
    request: Request,
    offset: Annotated[int, Header(alias="upload-offset", ge=0, lt=2**53)],
) -> UploadOut:
    return await uploads.receive(_kit(request), upload, offset, await request.body())


@router.get("/uploads/{upload_id}")
async def get_upload(upload: OwnUpload, request: Request) -> UploadOut:
    async with request.app.state.database.session() as db:
        return await uploads.state(db, upload)


@router.delete("/uploads/{upload_id}", status_code=204)
async def cancel_upload(upload: OwnUpload, request: Request) -> None:
    await uploads.cancel(_kit(request), upload)


@router.get("/files/{file_id}/content", response_class=Response)
async def get_file_content(
    file: ReadableFile, request: Request, *, download: bool = False
) -> Response:
    blobs = request.app.state.blobs
    return await serving.content(blobs, file, request.headers, download=download)


@router.get("/files/{file_id}/preview", response_class=Response)
async def get_file_preview(file: ReadableFile, request: Request) -> Response:
    return await serving.preview(request.app.state.blobs, file, request.headers)


@router.delete("/files/{file_id}", status_code=204)
async def discard_file(file: KnownFile, actor: SignedInActor, uow: Work) -> None:
    await service.discard(uow, file.id, actor.id)


@router.get("/channels/{channel_id}/files")
async def get_channel_files(
    channel: ReadableChannel,
    uow: Work,
    kind: Kind | None = None,
    name: Annotated[str | None, Query(max_length=100)] = None,
    before: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> FilesPage:
    return await service.page(uow.db, channel.id, kind=kind, name=name, before=before, limit=limit)


def _kit(request: Request) -> Tools:
    state: Any = request.app.state
    return Tools(state.settings, state.database, state.bus, state.blobs)
