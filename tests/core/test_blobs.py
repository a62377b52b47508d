"""Blobs: whole or not at all, in pieces, in spans, and away when they shall be."""

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from courtyard.core.blobs import Blobs
from courtyard.core.errors import DiskFull, NotFound
from courtyard.core.ids import new_id
from tests.mutants import instead

MUTANTS = {
    "the disk is not waited for": (
        instead("courtyard.core.blobs", "_settle", lambda _: None),
        ["test_what_was_stored_is_on_the_disk"],
    ),
    "a full disk is an error": (
        instead("courtyard.core.blobs", "NO_SPACE", "nothing says this"),
        ["test_n06_a_full_disk_is_said_in_our_words_and_leaves_nothing"],
    ),
}


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """An empty store."""
    return Blobs(tmp_path / "blobs")


async def _pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def test_pieces_become_one_blob(blobs: Blobs) -> None:
    blob_id, pieces = new_id(), [os.urandom(3_000_000) for _ in range(3)]
    await blobs.write("file", blob_id, _pieces(*pieces))
    assert await blobs.get("file", blob_id) == b"".join(pieces)
    span = [piece async for piece in await blobs.open("file", blob_id, (2_999_999, 3_000_002))]
    assert b"".join(span) == pieces[0][-1:] + pieces[1][:2]
    await blobs.write("file", blob_id, _pieces())
    assert await blobs.get("file", blob_id) == b""


async def test_what_was_stored_is_on_the_disk(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda fd: settled.append(os.readlink(f"/proc/self/fd/{fd}")))
    stored, written = await blobs.put("file", b"x"), new_id()
    await blobs.write("file", written, _pieces(b"x"))
    for blob_id in (stored, written):
        [path] = [path for path in settled if path.endswith(str(blob_id))]
        assert str(Path(path).parent) in settled


async def test_what_breaks_in_the_midst_is_not_there(blobs: Blobs, tmp_path: Path) -> None:
    async def breaking() -> AsyncIterator[bytes]:
        yield b"x" * 6_000_000
        raise ConnectionError

    blob_id = new_id()
    with pytest.raises(ConnectionError):
        await blobs.write("file", blob_id, breaking())
    with pytest.raises(NotFound):
        await blobs.get("file", blob_id)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_blobs_that_go_together_go_together(blobs: Blobs) -> None:
    one, other = new_id(), new_id()
    for set_id in (one, one, other):
        await blobs.put(f"upload/{set_id}", b"x")
    assert set(await blobs.sets("upload")) == {one, other}
    await blobs.delete_all(f"upload/{one}")
    await blobs.delete_all(f"upload/{one}")
    assert await blobs.sets("upload") == [other]
    assert len(await blobs.ids(f"upload/{other}")) == 1


@contextmanager
def _small_disk(at: Path) -> Iterator[Path]:
    at.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(at)]
    mounted = subprocess.run(command, check=False, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"cannot mount a small disk here: {mounted.stderr.strip()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


async def test_n06_a_full_disk_is_said_in_our_words_and_leaves_nothing(tmp_path: Path) -> None:
    with _small_disk(tmp_path / "disk") as disk:
        blobs = Blobs(disk / "blobs")
        with pytest.raises(DiskFull) as full:
            await blobs.put("file", b"x" * 2_000_000)
        assert (full.value.code, full.value.status) == ("disk_full", 503)
        with pytest.raises(DiskFull):
            await blobs.write("file", new_id(), _pieces(b"x" * 2_000_000, b"x" * 4_000_000))
        assert [path for path in disk.rglob("*") if path.is_file()] == []
        await blobs.put("file", b"x" * 500_000)
