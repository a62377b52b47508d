"""Uploads: in pieces, resumed after any break, one's own, and never torn."""

import asyncio
import os
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import true

from courtyard.core.errors import DiskFull
from courtyard.files import finishing, previews, uploads
from courtyard.files.models import Upload
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead, nothing
from tests.uploading import CHUNK, begin, bring, chunks, content, picture, send


def _unchecked(upload: Any, offset: int, piece: bytes) -> None:
    """Takes whatever comes as the next piece."""


async def _anybodys(db: Any, _: UUID, upload_id: UUID) -> Upload:
    upload: Upload = await db.get_one(Upload, upload_id)
    return upload


MUTANTS = {
    "any offset is right": (
        instead("courtyard.files.uploads", "_check_piece", _unchecked),
        ["test_a_piece_at_the_wrong_place_is_told_the_right_one",
         "test_more_than_was_announced_is_refused"],
    ),
    "anybody's upload is one's own": (
        instead("courtyard.files.uploads", "open_upload", _anybodys),
        ["test_an_upload_is_its_owners_alone"],
    ),
    "of two pieces at once both are taken": (
        instead("courtyard.files.uploads", "_unmoved", lambda _: true()),
        ["test_pieces_sent_at_once_are_taken_once"],
    ),
    "no quota": (
        instead("courtyard.files.uploads", "_check_quota", nothing),
        ["test_the_room_of_the_workspace_is_counted_with_what_is_on_its_way"],
    ),
}  # fmt: skip


async def test_a_file_arrives_in_pieces_and_is_whole(house: House) -> None:
    cy, data = house.person("cy"), os.urandom(2 * CHUNK + 12_345)
    state = await begin(cy, "noise.bin", len(data))
    assert (state["received"], state["chunk_size"], state["file"]) == (0, CHUNK, None)
    for offset in range(0, len(data), CHUNK):
        assert state["file"] is None
        state = await send(cy, state["id"], offset, data[offset : offset + CHUNK])
    file = state["file"]
    assert (file["name"], file["size"], file["kind"]) == ("noise.bin", len(data), "other")
    assert file["uploader_id"] == str(cy.id)
    assert await content(cy, file) == data
    assert await chunks(house, state["id"]) == []
    assert (await cy.get(f"/api/uploads/{state['id']}"))["file"] == file


async def test_a_file_of_nothing_is_fine(house: House) -> None:
    cy = house.person("cy")
    file = await bring(cy, "empty.txt", b"")
    assert (file["size"], file["kind"]) == (0, "text")
    assert await content(cy, file) == b""


async def test_the_same_client_id_is_the_same_upload(house: House) -> None:
    cy, client_id = house.person("cy"), str(uuid4())
    both = await asyncio.gather(*(begin(cy, "a", 3, client_id=client_id) for _ in range(2)))
    assert both[0] == both[1]
    await send(cy, both[0]["id"], 0, b"abc")
    again = await begin(cy, "a", 3, client_id=client_id)
    assert again["file"]["size"] == 3
    theirs = await begin(house.person("dee"), "a", 3, client_id=client_id)
    assert theirs["id"] != again["id"]


async def test_a_piece_at_the_wrong_place_is_told_the_right_one(house: House) -> None:
    cy, data = house.person("cy"), os.urandom(200_000)
    upload = (await begin(cy, "x", len(data)))["id"]
    await send(cy, upload, 0, data[:100_000])
    for offset in (0, 50_000, 150_000):
        error = (await send(cy, upload, offset, data[offset:], 409))["error"]
        assert (error["code"], error["fields"]) == ("wrong_offset", {"offset": "100000"})
    file = (await send(cy, upload, 100_000, data[100_000:]))["file"]
    assert await content(cy, file) == data


async def test_the_last_piece_sent_twice_gives_the_same_file(house: House) -> None:
    cy = house.person("cy")
    upload = (await begin(cy, "x", 5))["id"]
    first = await send(cy, upload, 0, b"hello")
    assert await send(cy, upload, 0, b"hello") == first


async def test_pieces_sent_at_once_are_taken_once(house: House) -> None:
    cy, size = house.person("cy"), 5 * 70_000
    upload = (await begin(cy, "x", size))["id"]
    signs, file, at = [b"a", b"b", b"c", b"d"], None, 0
    while not file:
        tries = [cy.ask("PATCH", f"/api/uploads/{upload}", content=sign * 70_000,
                        headers={"upload-offset": str(at)}) for sign in signs]  # fmt: skip
        answers = await asyncio.gather(*tries)
        assert {answer.status_code for answer in answers} <= {200, 409}
        state = await cy.get(f"/api/uploads/{upload}")
        assert state["received"] == at + 70_000
        at, file = state["received"], state["file"]
    got = await content(cy, file)
    assert len(got) == size
    blocks = [got[start : start + 70_000] for start in range(0, size, 70_000)]
    assert all(len(set(block)) == 1 for block in blocks)
    assert await chunks(house, upload) == []


async def test_finished_at_once_it_is_one_file(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    cy, data = house.person("cy"), picture()
    upload = (await begin(cy, "x.png", len(data)))["id"]

    async def later(*_: Any) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(finishing, "finish", later)
        await send(cy, upload, 0, data, 503)
    state = await cy.get(f"/api/uploads/{upload}")
    assert (state["received"], state["file"]) == (len(data), None)
    answers = await asyncio.gather(*(send(cy, upload, len(data), b"") for _ in range(3)))
    assert len({answer["file"]["id"] for answer in answers}) == 1
    counted = await house.sql("SELECT count(*) FROM file WHERE blob_id = %s", UUID(upload))
    assert counted == [(1,)]
    assert await content(cy, answers[0]["file"]) == data


async def test_no_connection_is_held_while_bytes_come_or_are_looked_at(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    cy, pool = house.person("cy"), house.state.database.engine.pool
    held: list[int] = []
    put, look = house.state.blobs.put, previews.look

    async def body() -> Any:
        yield b"ab"
        await asyncio.sleep(0.3)
        held.append(pool.checkedout())
        yield b"c"

    async def noting_put(*args: Any) -> Any:
        held.append(pool.checkedout())
        return await put(*args)

    async def noting_look(*args: Any) -> Any:
        held.append(pool.checkedout())
        return await look(*args)

    monkeypatch.setattr(house.state.blobs, "put", noting_put)
    monkeypatch.setattr(previews, "look", noting_look)
    upload = (await begin(cy, "x", 3))["id"]
    headers = {"upload-offset": "0"}
    await cy.ask("PATCH", f"/api/uploads/{upload}", 200, content=body(), headers=headers)
    assert held == [0, 0, 0]


async def test_more_than_was_announced_is_refused(house: House) -> None:
    cy = house.person("cy")
    upload = (await begin(cy, "x", 3))["id"]
    await send(cy, upload, 0, b"four", 422)
    assert (await cy.get(f"/api/uploads/{upload}"))["received"] == 0
    assert await chunks(house, upload) == []


async def test_crumbs_are_refused_but_at_the_end(house: House) -> None:
    cy = house.person("cy")
    upload = (await begin(cy, "x", uploads.LEAST_BYTES + 2))["id"]
    await send(cy, upload, 0, b"", 422)
    await send(cy, upload, 0, b"x" * (uploads.LEAST_BYTES - 1), 422)
    await send(cy, upload, 0, b"x" * uploads.LEAST_BYTES)
    await send(cy, upload, uploads.LEAST_BYTES, b"x", 422)
    assert (await send(cy, upload, uploads.LEAST_BYTES, b"xy"))["file"]


async def test_a_piece_has_a_size(house: House) -> None:
    cy = house.person("cy")
    upload = (await begin(cy, "x", 10**7))["id"]
    await send(cy, upload, 0, b"x" * (4 * 2**20 + 1), 413)
    await send(cy, upload, 0, b"x" * (4 * 2**20))
    await cy.ask("PATCH", f"/api/uploads/{upload}", 422, content=b"x")


async def test_an_upload_is_its_owners_alone(house: House) -> None:
    cy, bo = house.person("cy"), house.person("bo")
    path = f"/api/uploads/{(await begin(cy, 'x', 3))['id']}"
    await bo.get(path, expect=404)
    await bo.ask("PATCH", path, 404, content=b"abc", headers={"upload-offset": "0"})
    await bo.delete(path, expect=404)
    assert (await cy.get(path))["received"] == 0


async def test_a_file_over_the_limit_is_refused_before_it_is_sent(open_house: Opener) -> None:
    house: House = await open_house(file_limit_mb=1)
    cy = house.person("cy")
    await begin(cy, "x", 1_000_000)
    error = (await begin(cy, "x", 1_000_001, 413))["error"]
    assert (error["code"], "1 MB" in error["message"]) == ("too_large", True)
    await begin(cy, "x", -1, 422)


async def test_the_room_of_the_workspace_is_counted_with_what_is_on_its_way(
    open_house: Opener,
) -> None:
    house: House = await open_house(file_quota_gb=0.000_3)
    cy, dee = house.person("cy"), house.person("dee")
    await bring(cy, "x.txt", b"x" * 100_000)
    coming = await begin(dee, "y.txt", 100_000)
    both = await asyncio.gather(
        *(person.ask("POST", "/api/uploads",
                     json={"client_id": str(uuid4()), "name": "z", "size": 60_000})
          for person in (cy, dee))
    )  # fmt: skip
    assert sorted(answer.status_code for answer in both) == [201, 413]
    [refused] = [answer for answer in both if answer.status_code == 413]
    assert refused.json()["error"]["code"] == "quota_full"
    await dee.delete(f"/api/uploads/{coming['id']}")
    await begin(cy, "z", 100_000)


async def test_without_space_an_upload_waits_and_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    cy = house.person("cy")
    upload = (await begin(cy, "x", 3))["id"]

    async def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device (os error 28)")

    with monkeypatch.context() as patch:
        patch.setattr(type(house.state.blobs._store), "put_async", full)
        headers = {"upload-offset": "0"}
        answer = await cy.ask(
            "PATCH", f"/api/uploads/{upload}", 503, content=b"abc", headers=headers
        )
    assert answer.json()["error"]["code"] == "disk_full"
    assert answer.headers["retry-after"]
    assert (await send(cy, upload, 0, b"abc"))["file"]
