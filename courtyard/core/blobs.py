"""Bytes that are too large for rows: avatars now, files later. Local folder or S3, one API."""

from pathlib import Path
from uuid import UUID

from obstore.store import LocalStore

from courtyard.core.errors import NotFound
from courtyard.core.ids import new_id


class Blobs:
    """A store of immutable blobs, each under a random id; names of people never become paths."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._store = LocalStore(str(folder))

    async def put(self, kind: str, data: bytes) -> UUID:
        """Stores the bytes under a new id of this kind."""
        blob_id = new_id()
        await self._store.put_async(_path(kind, blob_id), data)
        return blob_id

    async def get(self, kind: str, blob_id: UUID) -> bytes:
        """The bytes of a blob. Raises NotFound."""
        try:
            result = await self._store.get_async(_path(kind, blob_id))
        except FileNotFoundError as error:
            raise NotFound from error
        return bytes(await result.bytes_async())

    async def ids(self, kind: str) -> list[UUID]:
        """The ids of all blobs of a kind."""
        listed = await self._store.list(f"{kind}/").collect_async()
        return [UUID(meta["path"].rsplit("/", 1)[-1]) for meta in listed]

    async def delete(self, kind: str, blob_id: UUID) -> None:
        """Removes a blob; one that is gone already is fine."""
        try:
            await self._store.delete_async(_path(kind, blob_id))
        except FileNotFoundError:
            return  # idempotent: a job may run twice


def _path(kind: str, blob_id: UUID) -> str:
    return f"{kind}/{blob_id.hex[-2:]}/{blob_id}"
