"""Categories and the order of a group's list."""

import asyncio
from typing import Any
from uuid import uuid4

from tests.house import House
from tests.mutants import instead, nothing
from tests.person import Person

MUTANTS = {
    "categories of other groups": (
        instead("courtyard.channels.layout", "require_own_categories", nothing),
        ["test_a_category_of_another_group_takes_nothing_in"],
    ),
}


async def _category(person: Person, group: Any, name: str) -> Any:
    body = {"client_id": str(uuid4()), "name": name}
    return await person.post(f"/api/groups/{group}/categories", body, expect=201)


async def _arrange(person: Person, group: Any, layout: Any, expect: int = 204) -> None:
    await person.put(f"/api/groups/{group}/layout", layout, expect=expect)


async def test_categories_are_made_in_order_renamed_and_removed(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    first, second = [await _category(zoe, place.group, name) for name in ("One", "Two")]
    assert [first["position"], second["position"]] == [0, 1]
    tab = await yan.tab()
    renamed = await zoe.patch(f"/api/categories/{first['id']}", {"name": "Uno"})
    assert renamed == {**first, "name": "Uno"}
    await tab.event("places.changed", place.group)
    layout = {"categories": [], "channels": [_slot(place.channel, first["id"])]}
    await _arrange(zoe, place.group, layout)
    await zoe.delete(f"/api/categories/{first['id']}")
    places = await yan.get("/api/places")
    assert [c["name"] for c in places["categories"]] == ["Two"]
    assert places["channels"][0]["category_id"] is None


def _slot(channel: Any, category: Any = None) -> dict[str, Any]:
    return {"id": str(channel), "category_id": category}


async def test_the_same_request_five_times_makes_one_category(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    body = {"client_id": str(uuid4()), "name": "One"}
    path = f"/api/groups/{place.group}/categories"
    made = await asyncio.gather(*(zoe.post(path, body, 201) for _ in range(5)))
    assert len({category["id"] for category in made}) == 1


async def test_the_whole_order_at_once(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    other = await house.channel(place.group, zoe)
    one, two = [await _category(zoe, place.group, name) for name in ("One", "Two")]
    layout = {
        "categories": [two["id"], one["id"]],
        "channels": [_slot(other, one["id"]), _slot(place.channel)],
    }
    await _arrange(zoe, place.group, layout)
    places = await yan.get("/api/places")
    assert [category["name"] for category in places["categories"]] == ["Two", "One"]
    listed = await yan.get(f"/api/groups/{place.group}/channels")
    assert [(c["id"], c["category_id"]) for c in listed] == [
        (str(other), one["id"]),
        (str(place.channel), None),
    ]


async def test_a_category_of_another_group_takes_nothing_in(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, other = await house.group(zoe), await house.group(zoe)
    far = await _category(zoe, other.group, "Far")
    layout = {"categories": [], "channels": [_slot(place.channel, far["id"])]}
    await _arrange(zoe, place.group, layout, 404)


async def test_channels_of_other_groups_are_passed_over(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, other = await house.group(zoe), await house.group(zoe)
    mine = await _category(zoe, place.group, "Mine")
    layout = {"categories": [], "channels": [_slot(other.channel, mine["id"])]}
    await _arrange(zoe, place.group, layout)
    assert (await zoe.get(f"/api/channels/{other.channel}"))["category_id"] is None


async def test_a_place_the_arranger_cannot_see_keeps_its_place(house: House) -> None:
    zoe, admin = await house.newcomer("zoe"), await house.newcomer("admin")
    place = await house.group(zoe)
    await house.join(place.group, admin, role="admin")
    closed = await house.channel(place.group, zoe, zoe)
    mine = await _category(zoe, place.group, "Mine")
    before = await zoe.get(f"/api/channels/{closed}")
    slots = [_slot(place.channel), _slot(uuid4()), _slot(closed, mine["id"])]
    await _arrange(admin, place.group, {"categories": [], "channels": slots})
    after = await zoe.get(f"/api/channels/{closed}")
    assert (after["position"], after["category_id"]) == (before["position"], None)


async def test_members_arrange_nothing_and_strangers_see_nothing(house: House) -> None:
    zoe, yan, far = [await house.newcomer(name) for name in ("zoe", "yan", "far")]
    place = await house.group(zoe, yan)
    category = await _category(zoe, place.group, "One")
    path = f"/api/categories/{category['id']}"
    for person, status in ((yan, 403), (far, 404)):
        await _arrange(person, place.group, {"categories": [], "channels": []}, status)
        await person.patch(path, {"name": "Mine"}, expect=status)
        await person.delete(path, expect=status)
