"""Uploads: a file arrives in pieces, each stored before it counts, and can go on after any break.

Done in steps (read and commit, store, write and commit): no database connection waits for a store.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.core.errors import Conflict, Invalid, NotFound, TooLarge
from courtyard.core.http import CHUNK_LIMIT
from courtyard.core.settings import Settings
from courtyard.core.unit_of_work import UnitOfWork, work
from courtyard.core.upkeep import Tools
from courtyard.files import finishing
from courtyard.files.models import File, Upload
from courtyard.files.schemas import NewUpload, UploadOut
from courtyard.files.service import LIVING, to_out

CHUNK_BYTES = 2 * 2**20  # asked of clients; at 70 kB/s it arrives in the time that a body has
LEAST_BYTES = 64 * 2**10  # but for the last one: a row notes each of them
QUOTA_LOCK = 0x71756F7461  # "quota"
assert CHUNK_BYTES <= CHUNK_LIMIT


async def start(
    uow: UnitOfWork, settings: Settings, actor_id: UUID, wanted: NewUpload
) -> UploadOut:
    """Begins an upload; the same client id gives the same upload. Raises TooLarge for a file over
    the limit, or (`quota_full`) over what the workspace may hold."""
    if wanted.size > settings.file_limit_mb * 10**6:
        raise TooLarge(f"Files may have up to {settings.file_limit_mb} MB here.")
    begun = await _begun(uow.db, actor_id, wanted.client_id)
    if begun is None:
        await _check_quota(uow.db, settings, wanted.size)
        values = {"user_id": actor_id, **wanted.model_dump()}
        await uow.db.execute(insert(Upload).values(values).on_conflict_do_nothing())
        begun = await _begun(uow.db, actor_id, wanted.client_id)
        assert begun
    return await state(uow.db, begun)


async def _begun(db: AsyncSession, user_id: UUID, client_id: UUID) -> Upload | None:
    found = select(Upload).where(Upload.user_id == user_id, Upload.client_id == client_id)
    return await db.scalar(found)


async def _check_quota(db: AsyncSession, settings: Settings, size: int) -> None:
    """Counts what is stored and what is on its way; one at a time, so that two do not both take
    the last room."""
    if settings.file_quota_gb is None:
        return
    await db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": QUOTA_LOCK})
    blobs = select(func.max(File.size).label("size")).group_by(File.blob_id).subquery()
    stored = await db.scalar(select(func.coalesce(func.sum(blobs.c.size), 0))) or 0
    coming = select(func.coalesce(func.sum(Upload.size), 0)).where(Upload.file_id.is_(None))
    if stored + (await db.scalar(coming) or 0) + size > settings.file_quota_gb * 10**9:
        raise TooLarge(
            "The room for files of this workspace is full. Delete some, or ask your admin.",
            code="quota_full",
        )


async def open_upload(db: AsyncSession, user_id: UUID, upload_id: UUID) -> Upload:
    """One's own upload. Raises NotFound."""
    own = select(Upload).where(Upload.id == upload_id, Upload.user_id == user_id)
    upload = await db.scalar(own)
    if upload is None:
        raise NotFound
    return upload


async def state(db: AsyncSession, upload: Upload) -> UploadOut:
    """How far an upload is. Raises NotFound when its file was deleted meanwhile."""
    file = None
    if upload.file_id:
        file = await db.scalar(select(File).where(File.id == upload.file_id, LIVING))
        if file is None:
            raise NotFound
    return UploadOut(
        id=upload.id,
        size=upload.size,
        received=upload.received,
        chunk_size=CHUNK_BYTES,
        file=to_out(file) if file else None,
    )


async def receive(kit: Tools, upload: Upload, offset: int, piece: bytes) -> UploadOut:
    """Takes the next piece; with the last one the file is made.

    Raises Conflict (`wrong_offset`, the right one in `fields`) when the piece is not the next,
    Invalid when it is too short or too long, DiskFull. A piece that comes twice is harmless, and
    of two at once one is taken.
    """
    if upload.file_id is None:
        _check_piece(upload, offset, piece)
        if piece:
            upload = await _take(kit, upload, piece)
        if upload.received == upload.size:
            upload = await finishing.finish(kit, upload)
    async with kit.database.session() as db:
        return await state(db, upload)


def _check_piece(upload: Upload, offset: int, piece: bytes) -> None:
    left = upload.size - upload.received
    if offset != upload.received:
        raise _elsewhere(upload.received)
    if len(piece) > left:
        raise Invalid(fields={"size": "This is more than the file was said to have."})
    if len(piece) < min(left, LEAST_BYTES):
        raise Invalid(
            fields={"size": f"Send at least {LEAST_BYTES} bytes at once, but at the end."}
        )


def _elsewhere(offset: int) -> Conflict:
    return Conflict(
        "The upload stands elsewhere. Go on from there.",
        code="wrong_offset",
        fields={"offset": str(offset)},
    )


async def _take(kit: Tools, upload: Upload, piece: bytes) -> Upload:
    """Stores a piece and lets it count, unless another was there first."""
    kind = finishing.chunks_of(upload.id)
    chunk_id = await kit.blobs.put(kind, piece)
    async with work(kit.database, kit.bus) as uow:
        taken: Upload | None = await uow.db.scalar(
            update(Upload)
            .where(Upload.id == upload.id, _unmoved(upload))
            .values(
                received=Upload.received + len(piece),
                chunks=func.array_append(Upload.chunks, chunk_id),
                touched_at=func.now(),
            )
            .returning(Upload)
        )
        now_at = taken or await uow.db.get(Upload, upload.id)
    if taken:
        return taken
    await kit.blobs.delete(kind, chunk_id)
    raise _elsewhere(now_at.received) if now_at else NotFound


def _unmoved(upload: Upload) -> ColumnElement[bool]:
    """Whether an upload still stands where it stood when the piece was looked at."""
    return Upload.received == upload.received


async def cancel(kit: Tools, upload: Upload) -> None:
    """Ends an upload and takes its pieces away; its file too, while that is attached to nothing."""
    async with work(kit.database, kit.bus) as uow:
        loose = update(File).where(File.blob_id == upload.id, File.place_id.is_(None), LIVING)
        await uow.db.execute(loose.values(deleted_at=func.now()))
        await uow.db.execute(delete(Upload).where(Upload.id == upload.id))
    await kit.blobs.delete_all(finishing.chunks_of(upload.id))
