"""Files of a place: attached, forwarded, listed, deleted."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from courtyard.core.errors import Invalid
from courtyard.files import service
from courtyard.files.schemas import FileOut
from tests.house import House
from tests.mutants import instead
from tests.uploading import attach, bring, bring_to, picture

MUTANTS = {
    "whoever knows an id may attach": (
        instead("courtyard.files.service", "_all_of", lambda _, found: list(found)),
        ["test_only_own_loose_files_are_attached", "test_what_is_gone_is_not_forwarded"],
    ),
    "what was deleted is still there": (
        instead("courtyard.files.service", "LIVING", service.File.id.is_not(None)),
        ["test_deleted_with_its_object_a_file_is_gone_at_once"],
    ),
}


def _id(file: dict[str, Any]) -> UUID:
    return UUID(file["id"])


async def _of(house: House, *objects: UUID) -> dict[UUID, list[FileOut]]:
    async with house.state.database.session() as db:
        return await service.of(db, "message", objects)


async def test_files_are_attached_in_the_order_they_were_named(house: House) -> None:
    cy, place = house.person("cy"), house.world.channels["open"]
    files = [await bring(cy, f"{number}.txt", b"x") for number in range(3)]
    order = [files[2], files[0], files[1]]
    said, other = await attach(house, cy, place, *order), uuid4()
    found = await _of(house, said, other)
    assert [str(file.id) for file in found[said]] == [file["id"] for file in order]
    assert other not in found
    assert found[said][0].model_dump(mode="json") == order[0]


async def test_only_own_loose_files_are_attached(house: House) -> None:
    cy, dee, place = house.person("cy"), house.person("dee"), house.world.channels["open"]
    mine, theirs = await bring(cy, "a", b"x"), await bring(dee, "a", b"x")
    sent = await bring_to(house, cy, place, "a", b"x")
    for wrong in ([mine, theirs], [sent], [mine, mine], [{"id": str(uuid4())}]):
        with pytest.raises(Invalid) as refused:
            await attach(house, cy, place, *wrong)
        assert refused.value.fields
    await cy.delete(f"/api/files/{mine['id']}")
    with pytest.raises(Invalid):
        await attach(house, cy, place, mine)
    await dee.get(f"/api/files/{theirs['id']}/content")


async def test_a_forwarded_file_is_a_new_one_with_the_same_bytes(house: House) -> None:
    cy, hal = house.person("cy"), house.person("hal")
    file = await bring_to(house, cy, house.world.channels["talk"], "a.png", picture())
    said = uuid4()
    async with house.work(cy.id) as uow:
        [copy] = await service.copy(
            uow, cy.id, [_id(file)], house.world.channels["far"], "message", said
        )
    assert str(copy.id) != file["id"]
    assert (await _of(house, said))[said] == [copy]
    for what in ("content", "preview"):
        await hal.get(f"/api/files/{copy.id}/{what}")
        await hal.get(f"/api/files/{file['id']}/{what}", expect=404)
        await cy.get(f"/api/files/{copy.id}/{what}", expect=404)  # not in that place


async def test_what_is_gone_is_not_forwarded(house: House) -> None:
    cy, place = house.person("cy"), house.world.channels["open"]
    file = await bring(cy, "a", b"x")
    await cy.delete(f"/api/files/{file['id']}")
    for wrong in ([_id(file)], [uuid4()]):
        with pytest.raises(Invalid):
            async with house.work(cy.id) as uow:
                await service.copy(uow, cy.id, wrong, place, "message", uuid4())


async def test_deleted_with_its_object_a_file_is_gone_at_once(house: House) -> None:
    cy, place = house.person("cy"), house.world.channels["open"]
    file = await bring(cy, "a.png", picture())
    said = await attach(house, cy, place, file)
    async with house.work(cy.id) as uow:
        await service.remove(uow, "message", said)
    for what in ("content", "preview"):
        await cy.get(f"/api/files/{file['id']}/{what}", expect=404)
    assert await _of(house, said) == {}
    await cy.delete(f"/api/files/{file['id']}", expect=404)
    listed = await cy.get(f"/api/channels/{place}/files?limit=200")
    assert file["id"] not in {one["id"] for one in listed["files"]}


async def test_a_loose_file_is_discarded_by_its_owner_only(house: House) -> None:
    cy, bo, place = house.person("cy"), house.person("bo"), house.world.channels["open"]
    loose, sent = await bring(cy, "a", b"x"), await bring_to(house, cy, place, "b", b"x")
    await bo.delete(f"/api/files/{loose['id']}", expect=404)
    for person in (cy, bo):
        await person.delete(f"/api/files/{sent['id']}", expect=403)
    await cy.delete(f"/api/files/{loose['id']}")
    await cy.get(f"/api/files/{loose['id']}/content", expect=404)
    await bo.get(f"/api/files/{sent['id']}/content")


async def test_the_files_of_a_place_come_newest_first_in_pages(house: House) -> None:
    cy = house.person("cy")
    place = await house.group(cy)
    names = ["a.txt", "Plan 100%.pdf", "b.png", "plan_b.txt", "c.py"]
    datas = [b"x", b"x", picture(), b"x", b"x"]
    made = [
        await bring_to(house, cy, place.channel, *both) for both in zip(names, datas, strict=True)
    ]
    path = f"/api/channels/{place.channel}/files"
    page = await cy.get(f"{path}?limit=2")
    found = page["files"]
    assert [user["name"] for user in page["users"]] == ["cy"]
    while page["before"]:
        page = await cy.get(f"{path}?limit=2&before={page['before']}")
        found += page["files"]
    assert [file["id"] for file in found] == [file["id"] for file in reversed(made)]
    assert {file["object_kind"] for file in found} == {"message"}
    assert set(found[0]) == set(FileOut.model_fields) | {"object_kind", "object_id"}


async def test_files_are_found_by_kind_and_by_a_part_of_the_name(house: House) -> None:
    cy = house.person("cy")
    place = await house.group(cy)
    for name, data in {"a.png": picture(), "Plan 100%.txt": b"x", "plan_b.txt": b"x"}.items():
        await bring_to(house, cy, place.channel, name, data)
    path = f"/api/channels/{place.channel}/files"

    async def names(query: str) -> list[str]:
        return [file["name"] for file in (await cy.get(f"{path}?{query}"))["files"]]

    assert await names("kind=image") == ["a.png"]
    assert await names("name=PLAN") == ["plan_b.txt", "Plan 100%.txt"]
    assert await names("name=%25") == ["Plan 100%.txt"]
    assert await names("name=_&kind=text") == ["plan_b.txt"]
    assert await names("kind=video") == []


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=1000000000", "kind=x", "before=x", "before=OTk5OTk5OTk5OTk5OTk5OTk5LjE"],
)
async def test_a12_odd_questions_are_refused(house: House, query: str) -> None:
    await house.person("cy").get(f"/api/channels/{house.world.channels['open']}/files?{query}", 422)


async def test_a_cursor_beyond_the_calendar_is_refused(house: House) -> None:
    from courtyard.core.cursors import position_cursor  # noqa: PLC0415 - only here

    cursor = position_cursor(2**61, uuid4())
    path = f"/api/channels/{house.world.channels['open']}/files?before={cursor}"
    await house.person("cy").get(path, 422)
