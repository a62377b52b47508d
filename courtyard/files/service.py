"""The verbs of files: find, attach, copy, remove. Other slices call these."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_, update
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import service as accounts
from courtyard.channels.access import place_right, readable_streams
from courtyard.core.clock import from_position, now, to_position
from courtyard.core.cursors import at_position, position_cursor
from courtyard.core.errors import Forbidden, Invalid, NotFound
from courtyard.core.ids import new_id
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.files.kinds import Kind
from courtyard.files.models import File
from courtyard.files.schemas import FileOut, FilesPage, PlacedFile

LIVING = File.deleted_at.is_(None)


def _open_to(user_id: UUID) -> ColumnElement[bool]:
    """Files of places this person may read now, and their own that are attached to nothing."""
    places = readable_streams(user_id).with_only_columns(place_right.c.channel_id)
    own = and_(File.place_id.is_(None), File.uploader_id == user_id)
    return or_(own, File.place_id.in_(places.where(place_right.c.channel_id == File.place_id)))


async def open_file(db: AsyncSession, user_id: UUID, file_id: UUID) -> File:
    """The file, when this person may have it now. Raises NotFound."""
    file = await db.scalar(select(File).where(File.id == file_id, LIVING, _open_to(user_id)))
    if file is None:
        raise NotFound
    return file


async def attach(
    uow: UnitOfWork,
    actor_id: UUID,
    place_id: UUID,
    object_kind: str,
    object_id: UUID,
    file_ids: Sequence[UUID],
) -> list[FileOut]:
    """Puts the actor's own loose files to an object of a place, in this order. Raises Invalid
    unless all of them are the actor's own, attached to nothing, and named once.

    The caller has checked that the actor may write there.
    """
    if not file_ids:
        return []
    ids = literal(list(file_ids), ARRAY(UuidType))
    rows = await uow.db.scalars(
        update(File)
        .where(File.id.in_(file_ids), File.uploader_id == actor_id, File.place_id.is_(None), LIVING)
        .values(
            place_id=place_id,
            object_kind=object_kind,
            object_id=object_id,
            position=func.array_position(ids, File.id),
        )
        .returning(File)
        .execution_options(populate_existing=True)
    )
    return _all_of(file_ids, rows.all())


async def copy(
    uow: UnitOfWork,
    actor_id: UUID,
    file_ids: Sequence[UUID],
    place_id: UUID,
    object_kind: str,
    object_id: UUID,
) -> list[FileOut]:
    """New files on the same blobs, for forwarding, in this order. Raises Invalid when one is
    gone. The caller has checked that the actor may read the originals and write there."""
    if not file_ids:
        return []
    # Held until the commit, so that no job takes the bytes of the last file on a blob meanwhile.
    held = select(File).where(File.id.in_(file_ids), LIVING).with_for_update(read=True)
    originals = (await uow.db.scalars(held)).all()
    _all_of(file_ids, originals)
    by_id = {file.id: file for file in originals}
    placed = {"place_id": place_id, "object_kind": object_kind, "object_id": object_id}
    copies = [
        File(**_shared(by_id[file_id]), **placed, uploader_id=actor_id, position=number)
        for number, file_id in enumerate(file_ids, 1)
    ]
    uow.db.add_all(copies)
    await uow.db.flush()
    return [to_out(file) for file in copies]


def _shared(file: File) -> dict[str, Any]:
    """What a copy has in common with its original."""
    names = ("blob_id", "name", "type", "kind", "size", "width", "height", "has_preview")
    return {"id": new_id(), "created_at": now()} | {name: getattr(file, name) for name in names}


def _all_of(file_ids: Sequence[UUID], found: Sequence[File]) -> list[FileOut]:
    """The files in the order of their ids. Raises Invalid when one is missing or named twice."""
    by_id = {file.id: file for file in found}
    if len(set(file_ids)) != len(file_ids) or by_id.keys() != set(file_ids):
        raise Invalid(fields={"files": "One of these files is not there any more. Add it again."})
    return [to_out(by_id[file_id]) for file_id in file_ids]


async def of(
    db: AsyncSession, object_kind: str, object_ids: Sequence[UUID]
) -> dict[UUID, list[FileOut]]:
    """The files of each of these objects, in order; objects without files are left out."""
    rows = await db.scalars(
        select(File)
        .where(File.object_kind == object_kind, File.object_id.in_(object_ids), LIVING)
        .order_by(File.position, File.id)
    )
    found: dict[UUID, list[FileOut]] = {}
    for file in rows:
        assert file.object_id
        found.setdefault(file.object_id, []).append(to_out(file))
    return found


async def remove(uow: UnitOfWork, object_kind: str, object_id: UUID) -> None:
    """Deletes the files of an object: gone for everybody at once, their bytes within a minute
    unless another file shares them (F10)."""
    await uow.db.execute(
        update(File)
        .where(File.object_kind == object_kind, File.object_id == object_id, LIVING)
        .values(deleted_at=func.now())
    )


async def discard(uow: UnitOfWork, file_id: UUID, actor_id: UUID) -> None:
    """Deletes one's own file that is attached to nothing. Raises Forbidden for any other."""
    gone = await uow.db.scalar(
        update(File)
        .where(File.id == file_id, File.uploader_id == actor_id, File.place_id.is_(None))
        .values(deleted_at=func.now())
        .returning(File.id)
    )
    if gone is None:
        raise Forbidden("This file belongs to what it was sent with. Delete that instead.")


async def page(
    db: AsyncSession,
    place_id: UUID,
    *,
    kind: Kind | None,
    name: str | None,
    before: str | None,
    limit: int,
) -> FilesPage:
    """Files of a place, newest first; of one kind, with this in the name. Raises Invalid for a
    cursor that is none."""
    query = select(File).where(File.place_id == place_id, LIVING)
    if kind:
        query = query.where(File.kind == kind)
    if name:
        query = query.where(File.name.icontains(name, autoescape=True))
    if before:
        query = query.where(tuple_(File.created_at, File.id) < _at(before))
    newest = query.order_by(File.created_at.desc(), File.id.desc()).limit(limit + 1)
    rows = (await db.scalars(newest)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return FilesPage(
        files=[PlacedFile.model_validate(file) for file in rows[:limit]],
        users=await accounts.public(db, list({file.uploader_id for file in rows[:limit]})),
        before=position_cursor(to_position(last.created_at), last.id) if last else None,
    )


def _at(cursor: str) -> Any:
    position, file_id = at_position(cursor)
    try:
        return tuple_(from_position(position), file_id)
    except OverflowError:
        raise Invalid from None


def to_out(file: File) -> FileOut:
    """A file on the wire."""
    return FileOut.model_validate(file)
