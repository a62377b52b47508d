"""The end of an upload: its pieces become one blob, looked at on the way, and a file."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import select

from courtyard.core.blobs import Blobs
from courtyard.core.errors import NotFound
from courtyard.core.ids import new_id
from courtyard.core.unit_of_work import UnitOfWork, work
from courtyard.core.upkeep import Tools
from courtyard.files import previews
from courtyard.files.kinds import Sniffer
from courtyard.files.models import File, Upload
from courtyard.files.previews import Look


def chunks_of(upload_id: UUID) -> str:
    """The kind of the blobs that are pieces of this upload."""
    return f"upload/{upload_id}"


async def finish(kit: Tools, upload: Upload) -> Upload:
    """Makes the file of an upload that has arrived whole, and returns the upload with its id.
    Done twice, also at once, it is one file. Raises NotFound when it was cancelled meanwhile,
    DiskFull, or Unavailable when too many previews are being made; it can be asked for again."""
    try:
        look = await _join(kit.blobs, upload)
    except NotFound:  # another request finished it, and its pieces are gone
        async with kit.database.session() as db:
            finished = await db.get(Upload, upload.id)
        if finished and finished.file_id:
            return finished
        raise
    async with work(kit.database, kit.bus) as uow:
        finished = await _record(uow, upload, look)
        named = await _named(uow, upload.id)
    if finished is None:
        if not named:
            for kind in ("file", "preview"):
                await kit.blobs.delete(kind, upload.id)
        raise NotFound
    await kit.blobs.delete_all(chunks_of(upload.id))
    return finished


async def _join(blobs: Blobs, upload: Upload) -> Look:
    """The pieces as one blob, under the upload's own id, and a preview beside it."""
    sniffer = Sniffer()
    await blobs.write("file", upload.id, _pieces(blobs, upload, sniffer))
    look = await previews.look(blobs, upload.id, sniffer.nature(upload.name))
    if look.drawn.picture:
        await blobs.write("preview", upload.id, _single(look.drawn.picture))
    return look


async def _pieces(blobs: Blobs, upload: Upload, sniffer: Sniffer) -> AsyncIterator[bytes]:
    for chunk_id in upload.chunks:
        async for piece in await blobs.open(chunks_of(upload.id), chunk_id):
            sniffer.feed(piece)
            yield piece


async def _single(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _record(uow: UnitOfWork, upload: Upload, look: Look) -> Upload | None:
    """The upload with its file; None when it was cancelled."""
    held = await uow.db.get(Upload, upload.id, with_for_update=True)
    if held is None or held.file_id:
        return held
    file = File(
        id=new_id(),
        blob_id=held.id,
        uploader_id=held.user_id,
        name=held.name,
        type=look.nature.type,
        kind=look.nature.kind,
        size=held.size,
        width=look.drawn.width,
        height=look.drawn.height,
        has_preview=bool(look.drawn.picture),
    )
    uow.db.add(file)
    await uow.db.flush()
    held.file_id, held.chunks = file.id, []
    return held


async def _named(uow: UnitOfWork, blob: UUID) -> bool:
    """Whether a file has these bytes.

    Another request may have made the file, which was sent before the upload was cancelled.
    """
    found = select(File.id).where(File.blob_id == blob).limit(1)
    return await uow.db.scalar(found) is not None
