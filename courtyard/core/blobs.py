"""Bytes that are too large for rows: pictures, files and their pieces. Local folder or S3, one
API."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from obstore.exceptions import GenericError
from obstore.store import LocalStore

from courtyard.core.clock import now
from courtyard.core.errors import DiskFull, NotFound
from courtyard.core.ids import new_id

NO_SPACE = "os error 28"
PART_BYTES = 5 * 2**20  # what S3 takes at least
PIECE_BYTES = 256 * 1024


class Blobs:
    """A store of immutable blobs, each under a random id; names of people never become paths.

    A `kind` is a word, or a word and an id (`upload/<id>`) for blobs that go together.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._store = LocalStore(str(folder), automatic_cleanup=True)

    async def put(self, kind: str, data: bytes) -> UUID:
        """Stores the bytes under a new id of this kind. Raises DiskFull."""
        blob_id = new_id()
        path = _path(kind, blob_id)
        with _space():
            await self._store.put_async(path, data)
            await asyncio.to_thread(_settle, self._folder / path)
        return blob_id

    async def write(self, kind: str, blob_id: UUID, pieces: AsyncIterator[bytes]) -> None:
        """Stores pieces as one blob, whole or not at all. Raises DiskFull."""
        path = _path(kind, blob_id)
        with _space():
            await self._store.put_async(path, pieces, chunk_size=PART_BYTES, max_concurrency=2)
            await asyncio.to_thread(_settle, self._folder / path)

    async def get(self, kind: str, blob_id: UUID) -> bytes:
        """The bytes of a blob. Raises NotFound."""
        return b"".join([piece async for piece in await self.open(kind, blob_id)])

    async def open(
        self, kind: str, blob_id: UUID, span: tuple[int, int] | None = None
    ) -> AsyncIterator[bytes]:
        """The bytes of a blob piece by piece; `span` is from and up to, without the last. Raises
        NotFound at once, not in the midst."""
        path = _path(kind, blob_id)
        try:
            result = await self._store.get_async(path, options={"range": span} if span else None)
        except FileNotFoundError as error:
            raise NotFound from error
        return aiter(result.stream(min_chunk_size=PIECE_BYTES))

    async def batches(self, kind: str) -> AsyncIterator[list[UUID]]:
        """The ids of all blobs of a kind, some at a time."""
        async for listed in self._store.list(f"{kind}/", chunk_size=500):
            yield [UUID(meta["path"].rsplit("/", 1)[-1]) for meta in listed]

    async def ids(self, kind: str) -> list[UUID]:
        """The ids of all blobs of a kind."""
        return [blob_id async for batch in self.batches(kind) for blob_id in batch]

    async def sets(self, word: str) -> list[UUID]:
        """The ids after this word: the sets of blobs that go together."""
        listed = await self._store.list_with_delimiter_async(f"{word}/")
        return [UUID(path.rsplit("/", 1)[-1]) for path in listed["common_prefixes"]]

    async def delete(self, kind: str, blob_id: UUID) -> None:
        """Removes a blob; one that is gone already is fine."""
        await self._remove(_path(kind, blob_id))

    async def delete_all(self, kind: str) -> None:
        """Removes all blobs of a kind."""
        for blob_id in await self.ids(kind):
            await self.delete(kind, blob_id)

    async def _remove(self, path: str) -> None:
        try:
            await self._store.delete_async(path)
        except FileNotFoundError:
            return  # idempotent: a job may run twice

    async def forget_torn(self, age: timedelta) -> None:
        """Removes what a process left half-written when it was killed, unless it is younger. The
        store writes beside the place (`name#1`) and moves it there, and lists no such names."""
        await asyncio.to_thread(_forget_torn, self._folder, (now() - age).timestamp())


def _settle(path: Path) -> None:
    """Waits until the disk has it, and its name: the row that names it will be on the disk too."""
    for place in (path, path.parent):
        with suppress(FileNotFoundError):  # somebody deleted it already
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _forget_torn(folder: Path, oldest: float) -> None:
    for path in folder.rglob("*#*"):
        with suppress(FileNotFoundError):  # it was finished meanwhile
            if path.stat().st_mtime < oldest:
                path.unlink()


@contextmanager
def _space() -> Iterator[None]:
    """Says in our words that there was none left."""
    try:
        yield
    except (GenericError, OSError) as error:
        if NO_SPACE in str(error):
            raise DiskFull(retry_after=5) from error
        raise


def _path(kind: str, blob_id: UUID) -> str:
    return f"{kind}/{blob_id.hex[-2:]}/{blob_id}"
