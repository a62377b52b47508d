"""Uploads that are cancelled: before, while and after their file is made."""

from typing import Any
from uuid import UUID

import pytest

from courtyard.files import finishing
from tests.house import House
from tests.mutants import instead, nothing
from tests.uploading import attach, begin, chunks, content, send

MUTANTS = {
    "who finishes late takes the bytes with them": (
        instead("courtyard.files.finishing", "_named", nothing),
        ["test_who_finishes_late_leaves_the_bytes_of_a_file_that_was_sent"],
    ),
}


async def test_a_cancelled_upload_leaves_nothing(house: House) -> None:
    cy = house.person("cy")
    upload = (await begin(cy, "x", 200_000))["id"]
    await send(cy, upload, 0, b"x" * 100_000)
    assert len(await chunks(house, upload)) == 1
    await cy.delete(f"/api/uploads/{upload}")
    assert await chunks(house, upload) == []
    await send(cy, upload, 100_000, b"x" * 100_000, 404)


async def test_cancelled_after_the_last_piece_the_file_goes_unless_it_was_sent(
    house: House,
) -> None:
    cy = house.person("cy")
    ends = []
    for _ in range(2):
        upload = (await begin(cy, "x", 3))["id"]
        ends.append((upload, (await send(cy, upload, 0, b"abc"))["file"]))
    await attach(house, cy, house.world.channels["open"], ends[1][1])
    for upload, _ in ends:
        await cy.delete(f"/api/uploads/{upload}")
    await cy.get(f"/api/files/{ends[0][1]['id']}/content", expect=404)
    assert await content(cy, ends[1][1]) == b"abc"


async def test_cancelled_while_it_is_made_there_is_no_file(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    cy, real = house.person("cy"), finishing._join
    upload = (await begin(cy, "x", 3))["id"]

    async def interrupted(*args: Any) -> Any:
        look = await real(*args)
        await cy.delete(f"/api/uploads/{upload}")
        return look

    monkeypatch.setattr(finishing, "_join", interrupted)
    await send(cy, upload, 0, b"abc", 404)
    assert UUID(upload) not in await house.state.blobs.ids("file")


async def test_who_finishes_late_leaves_the_bytes_of_a_file_that_was_sent(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    cy, real = house.person("cy"), finishing._join
    upload = (await begin(cy, "x", 3))["id"]
    sent: list[dict[str, Any]] = []

    async def overtaken(*args: Any) -> Any:
        look = await real(*args)
        monkeypatch.setattr(finishing, "_join", real)
        sent.append((await send(cy, upload, 3, b""))["file"])
        await attach(house, cy, house.world.channels["open"], sent[0])
        await cy.delete(f"/api/uploads/{upload}")
        return look

    monkeypatch.setattr(finishing, "_join", overtaken)
    await send(cy, upload, 0, b"abc", 404)
    assert await content(cy, sent[0]) == b"abc"
