"""The end of bytes: of deleted files, of uploads that were given up, and of what no row names."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import aliased

from courtyard.core.clock import now
from courtyard.core.ids import made_at
from courtyard.core.unit_of_work import work
from courtyard.core.upkeep import Tools
from courtyard.files.finishing import chunks_of
from courtyard.files.models import File, Upload
from courtyard.files.service import LIVING

GIVEN_UP = timedelta(hours=1)
LOOSE = timedelta(hours=24)
AT_ONCE = 200


async def forget_deleted(kit: Tools) -> None:
    """Takes away the bytes of deleted files that no living file shares, then the rows (F10).

    Once all files of a blob are deleted it stays so: only living ones can be copied.
    """
    while gone := await _deleted(kit):
        await _delete_blobs(kit, {blob_id for _, blob_id, shared in gone if not shared})
        async with work(kit.database, kit.bus) as uow:
            await uow.db.execute(delete(File).where(File.id.in_([row[0] for row in gone])))


async def _deleted(kit: Tools) -> list[tuple[UUID, UUID, bool]]:
    """`(file, blob, whether a living file shares the blob)` of some deleted files."""
    other = aliased(File)
    shared = select(other).where(other.blob_id == File.blob_id, other.deleted_at.is_(None)).exists()
    query = select(File.id, File.blob_id, shared).where(File.deleted_at.is_not(None))
    async with kit.database.session() as db:
        return [(row[0], row[1], row[2]) for row in await db.execute(query.limit(AT_ONCE))]


async def _delete_blobs(kit: Tools, blob_ids: Iterable[UUID]) -> None:
    for blob_id in blob_ids:
        for kind in ("file", "preview"):
            await kit.blobs.delete(kind, blob_id)


async def give_up(kit: Tools) -> None:
    """Ends uploads that nobody touched for an hour, and deletes files that were attached to
    nothing for a day (F11)."""
    async with work(kit.database, kit.bus) as uow:
        stale = delete(Upload).where(Upload.touched_at < now() - GIVEN_UP)
        ended = (await uow.db.execute(stale.returning(Upload.id, Upload.file_id))).all()
        loose = update(File).where(File.place_id.is_(None), LIVING)
        loose = loose.where(File.created_at < now() - LOOSE)
        await uow.db.execute(loose.values(deleted_at=func.now()))
    for upload_id, file_id in ended:
        await kit.blobs.delete_all(chunks_of(upload_id))
        if file_id is None:
            await _delete_blobs(kit, [upload_id])


async def forget_orphans(kit: Tools) -> None:
    """Deletes what no row names: left by a process that was killed between two steps."""
    await kit.blobs.forget_torn(GIVEN_UP)
    for kind in ("file", "preview"):
        async for batch in kit.blobs.batches(kind):
            for blob_id in await _unnamed(kit, batch):
                await kit.blobs.delete(kind, blob_id)
    for upload_id in await _unnamed(kit, await kit.blobs.sets("upload")):
        await kit.blobs.delete_all(chunks_of(upload_id))


async def _unnamed(kit: Tools, ids: list[UUID]) -> set[UUID]:
    """Those that are no blob of a file and no upload, and are old enough to be sure."""
    old = {blob_id for blob_id in ids if now() - made_at(blob_id) > GIVEN_UP}
    async with kit.database.session() as db:
        named = set(await db.scalars(select(File.blob_id).where(File.blob_id.in_(old))))
        named |= set(await db.scalars(select(Upload.id).where(Upload.id.in_(old))))
    return old - named
