"""The end of bytes: nothing stays that nobody can reach, and nothing goes that somebody can."""

import os
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from courtyard.core.clock import now
from courtyard.core.ids import new_id
from courtyard.core.upkeep import Tools
from courtyard.files import jobs, service, upkeep
from courtyard.files.finishing import chunks_of
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead, nothing
from tests.patience import until
from tests.uploading import attach, begin, bring, bring_to, picture, send

_deleted = upkeep._deleted


async def _all_alone(kit: Tools) -> Any:
    return [(file_id, blob_id, False) for file_id, blob_id, _ in await _deleted(kit)]


MUTANTS = {
    "bytes stay": (
        instead("courtyard.files.upkeep", "_delete_blobs", nothing),
        ["test_the_bytes_of_a_deleted_file_go_with_the_last_that_shares_them"],
    ),
    "shared bytes go": (
        instead("courtyard.files.upkeep", "_deleted", _all_alone),
        ["test_the_bytes_of_a_deleted_file_go_with_the_last_that_shares_them"],
    ),
    "everything is old enough": (
        instead("courtyard.files.upkeep", "made_at", lambda _: now().replace(year=2000)),
        ["test_bytes_that_no_row_names_go"],
    ),
}


def _context(house: House) -> Any:
    state = house.state
    kit = Tools(house.settings, state.database, state.bus, state.blobs)
    return SimpleNamespace(additional_context={"tools": kit})


async def _blob(house: House, file: dict[str, Any]) -> UUID:
    [row] = await house.sql("SELECT blob_id FROM file WHERE id = %s", UUID(file["id"]))
    blob_id: UUID = row[0]
    return blob_id


async def _stored(house: House, blob_id: UUID) -> set[str]:
    return {kind for kind in ("file", "preview") if blob_id in await house.state.blobs.ids(kind)}


async def test_the_bytes_of_a_deleted_file_go_with_the_last_that_shares_them(house: House) -> None:
    cy, place = house.person("cy"), house.world.channels["open"]
    file = await bring(cy, "a.png", picture())
    said, forwarded, blob_id = (
        await attach(house, cy, place, file),
        uuid4(),
        await _blob(house, file),
    )
    async with house.work(cy.id) as uow:
        [copy] = await service.copy(uow, cy.id, [UUID(file["id"])], place, "message", forwarded)
        await service.remove(uow, "message", said)
    await jobs.forget_deleted_files(_context(house), 0)
    assert await _stored(house, blob_id) == {"file", "preview"}
    assert await cy.get(f"/api/files/{copy.id}/content")
    async with house.work(cy.id) as uow:
        await service.remove(uow, "message", forwarded)
    await jobs.forget_deleted_files(_context(house), 0)
    assert await _stored(house, blob_id) == set()
    assert await house.sql("SELECT 1 FROM file WHERE blob_id = %s", blob_id) == []
    assert await house.sql("SELECT 1 FROM upload WHERE id = %s", blob_id) == []


async def test_an_upload_that_was_given_up_goes_after_an_hour(house: House) -> None:
    cy = house.person("cy")
    old, young = [(await begin(cy, "x", 200_000))["id"] for _ in range(2)]
    done = await bring(cy, "y", b"abc")
    for upload in (old, young):
        await send(cy, upload, 0, b"x" * 100_000)
    await house.sql(
        "UPDATE upload SET touched_at = now() - interval '61 minutes' WHERE id = ANY(%s)",
        [UUID(old), await _blob(house, done)],
    )
    await jobs.give_up_uploads(_context(house), 0)
    await cy.get(f"/api/uploads/{old}", expect=404)
    assert (await cy.get(f"/api/uploads/{young}"))["received"] == 100_000
    assert await house.state.blobs.ids(chunks_of(UUID(old))) == []
    assert len(await house.state.blobs.ids(chunks_of(UUID(young)))) == 1
    await cy.get(f"/api/files/{done['id']}/content")


async def test_a_file_that_was_sent_with_nothing_goes_after_a_day(house: House) -> None:
    cy, place = house.person("cy"), house.world.channels["open"]
    sent = await bring_to(house, cy, place, "sent", b"x")
    loose, young = await bring(cy, "loose", b"x"), await bring(cy, "young", b"x")
    blob_id = await _blob(house, loose)
    await house.sql(
        "UPDATE file SET created_at = now() - interval '25 hours' WHERE id = ANY(%s)",
        [UUID(loose["id"]), UUID(sent["id"])],
    )
    await jobs.give_up_uploads(_context(house), 0)
    await jobs.forget_deleted_files(_context(house), 0)
    await cy.get(f"/api/files/{loose['id']}/content", expect=404)
    assert await _stored(house, blob_id) == set()
    for file in (sent, young):
        await cy.get(f"/api/files/{file['id']}/content")


async def _pieces(data: bytes) -> Any:
    yield data


async def test_bytes_that_no_row_names_go(house: House) -> None:
    cy, blobs = house.person("cy"), house.state.blobs
    kept = await _blob(house, await bring(cy, "a", b"x"))
    coming = UUID((await begin(cy, "x", 200_000))["id"])
    await send(cy, str(coming), 0, b"x" * 100_000)
    old, young = UUID(int=new_id().int - (2 * 3_600_000 << 80)), new_id()
    for blob_id in (old, young):
        for kind in ("file", "preview"):
            await blobs.write(kind, blob_id, _pieces(b"x"))
        await blobs.put(chunks_of(blob_id), b"x")
    await jobs.forget_orphan_files(_context(house), 0)
    assert await _stored(house, old) == set()
    assert await blobs.ids(chunks_of(old)) == []
    assert await _stored(house, young) == {"file", "preview"}
    assert await _stored(house, kept) == {"file"}
    assert len(await blobs.ids(chunks_of(coming))) == len(await blobs.ids(chunks_of(young))) == 1


async def test_what_a_killed_process_left_half_written_goes(house: House) -> None:
    folder = Path(house.settings.data_dir) / "blobs" / "file" / "zz"
    folder.mkdir(parents=True, exist_ok=True)
    old, young = folder / f"{uuid4()}#1", folder / f"{uuid4()}#2"
    for path in (old, young):
        path.write_bytes(b"x")
    hours_ago = time.time() - 7_200
    os.utime(old, (hours_ago, hours_ago))
    await jobs.forget_orphan_files(_context(house), 0)
    assert (old.exists(), young.exists()) == (False, True)


async def test_f10_the_worker_takes_bytes_away_by_itself(open_house: Opener) -> None:
    house: House = await open_house(worker=True)
    cy = house.person("cy")
    file = await bring(cy, "a.png", picture())
    blob_id = await _blob(house, file)
    await cy.delete(f"/api/files/{file['id']}")

    async def gone() -> bool:
        return await _stored(house, blob_id) == set()

    await until(gone, "the end of the bytes", 60)
