"""Channels: making, changing, archiving, browsing."""

import asyncio
from typing import Any
from uuid import uuid4

from courtyard.channels.schemas import ChannelCore
from tests.house import House
from tests.mutants import instead, nothing, rule
from tests.person import Person

MUTANTS = {
    "an archived place goes on": (
        rule("c.archived_at IS NOT NULL OR g", "g"),
        ["test_an_archived_channel_is_read_and_nothing_else"],
    ),
    "anybody manages a place": (
        instead("courtyard.channels.access", "require_manager", nothing),
        ["test_members_change_nothing"],
    ),
}


def new_channel(name: str | None = None, **more: Any) -> dict[str, Any]:
    """A body that makes a channel."""
    return {"client_id": str(uuid4()), "name": name or f"place-{uuid4().hex[:8]}", **more}


async def make(person: Person, group: Any, expect: int = 201, **body: Any) -> Any:
    """Makes a channel over HTTP."""
    return await person.post(f"/api/groups/{group}/channels", new_channel(**body), expect=expect)


async def test_a_new_channel_is_followed_by_its_maker_and_found_by_the_rest(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    tab = await yan.tab()
    made = await make(zoe, place.group, name="ovens", topic="Heat")
    assert (made["name"], made["topic"], made["followed"], made["private"]) == (
        "ovens", "Heat", True, False
    )  # fmt: skip
    await tab.event("places.changed", place.group)
    browsed = await yan.get(f"/api/groups/{place.group}/channels")
    found = {channel["name"]: channel for channel in browsed}
    assert (found["ovens"]["followed"], found["ovens"]["followers"]) == (False, 1)
    assert found["ovens"]["position"] > found["general"]["position"]


async def test_the_same_request_five_times_makes_one(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    body = new_channel()
    path = f"/api/groups/{place.group}/channels"
    made = await asyncio.gather(*(zoe.post(path, body, 201) for _ in range(5)))
    assert len({channel["id"] for channel in made}) == 1
    assert len(await zoe.get(path)) == 2


async def test_a_name_stands_once_in_a_group(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, other = await house.group(zoe), await house.group(zoe)
    made = await make(zoe, place.group, name="Ovens")
    error = (await make(zoe, place.group, 409, name="ovens"))["error"]
    assert (error["code"], list(error["fields"])) == ("name_taken", ["name"])
    error = await zoe.patch(f"/api/channels/{made['id']}", {"name": "GENERAL"}, expect=409)
    assert error["error"]["code"] == "name_taken"
    await make(zoe, other.group, name="ovens")


async def test_a_name_behind_a_closed_door_does_not_tell_that_it_is_there(house: House) -> None:
    zoe, admin = await house.newcomer("zoe"), await house.newcomer("admin")
    place = await house.group(zoe)
    await house.join(place.group, admin, role="admin")
    await make(zoe, place.group, name="merger", private=True)
    opened = await make(admin, place.group, name="Merger")
    await admin.patch(f"/api/channels/{opened['id']}", {"name": "merger"})
    await make(zoe, place.group, 409, name="MERGER")


async def test_of_two_who_take_a_name_at_once_one_is_refused(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    path = f"/api/groups/{place.group}/channels"
    asked = [zoe.ask("POST", path, json=new_channel(name="ovens")) for _ in range(4)]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*asked))
    assert statuses == [201, 409, 409, 409]


async def test_members_change_nothing(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    await make(yan, place.group, 403)
    path = f"/api/channels/{place.channel}"
    await yan.patch(path, {"name": "mine"}, expect=403)
    await yan.put(f"{path}/private", {"private": True}, expect=403)
    await yan.put(f"{path}/archived", {"archived": True}, expect=403)
    await yan.put(f"{path}/people/{yan.id}", expect=403)
    await yan.delete(f"{path}/people/{zoe.id}", expect=403)
    channel = await yan.get(path)
    assert (channel["name"], channel["private"], channel["archived"]) == ("general", False, False)


async def test_a_change_is_told_with_what_every_reader_may_know(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    far = await house.newcomer("far")
    place = await house.group(zoe, yan)
    inside, outside = await yan.tab(place.channel), await far.tab()
    await zoe.patch(f"/api/channels/{place.channel}", {"topic": "New topic"})
    event = await inside.event("channel.updated", place.channel, actor_id=str(zoe.id))
    assert event["channel"]["topic"] == "New topic"
    assert set(event["channel"]) == set(ChannelCore.model_fields)
    await outside.settle()
    assert not outside.events(place.channel)
    assert not outside.events(place.group)


async def test_an_archived_channel_is_read_and_nothing_else(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    said = await yan.say(place.channel)
    path = f"/api/channels/{place.channel}"
    archived = await zoe.put(f"{path}/archived", {"archived": True})
    assert (archived["archived"], archived["permissions"]) == (True, ["view"])
    await yan.say(place.channel, expect=403)
    await zoe.say(place.channel, expect=403)
    await yan.patch(f"/api/messages/{said['id']}", {"text": "x"}, expect=403)
    await yan.delete(f"/api/messages/{said['id']}", expect=403)
    assert len((await yan.get(f"{path}/messages"))["messages"]) == 1
    assert not (await zoe.put(f"{path}/archived", {"archived": False}))["archived"]
    await yan.say(place.channel)


async def test_a_resend_of_who_was_taken_out_finds_nothing(house: House) -> None:
    zoe, admin = await house.newcomer("zoe"), await house.newcomer("admin")
    place = await house.group(zoe)
    await house.join(place.group, admin, role="admin")
    body = new_channel(private=True)
    path = f"/api/groups/{place.group}/channels"
    made = await admin.post(path, body, expect=201)
    await admin.put(f"/api/channels/{made['id']}/people/{zoe.id}", expect=204)
    await zoe.delete(f"/api/channels/{made['id']}/people/{admin.id}")
    await admin.post(path, body, expect=404)


async def test_a_category_of_another_group_is_not_there(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, other = await house.group(zoe), await house.group(zoe)
    category = await zoe.post(
        f"/api/groups/{other.group}/categories",
        {"client_id": str(uuid4()), "name": "Far"},
        expect=201,
    )
    await make(zoe, place.group, 404, category_id=category["id"])


async def test_places_are_the_followed_ones_with_heads_read_before(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    aside = await make(zoe, place.group)
    await zoe.delete(f"/api/channels/{aside['id']}/follow")
    places = await zoe.get("/api/places")
    assert [channel["id"] for channel in places["channels"]] == [str(place.channel)]
    assert set(places["heads"]) == {
        str(zoe.id), str(place.group), str(house.world.workspace)
    }  # fmt: skip
    assert places["workspace_id"] == str(house.world.workspace)


async def test_a_guest_sees_only_what_was_opened_for_guests(house: House) -> None:
    gus, groups = house.person("gus"), house.world.groups
    listed = await gus.get(f"/api/groups/{groups['G1']}/channels")
    assert [channel["id"] for channel in listed] == [str(house.world.channels["open"])]


async def test_who_joins_finds_what_was_made_default(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan)
    rota = await house.channel(place.group, zoe)
    assert (await zoe.put(f"/api/channels/{rota}/default", {"default": True}))["default"]
    await zoe.put(f"/api/channels/{place.channel}/default", {"default": False})
    await house.join(place.group, xia)

    async def sidebar(person: Person) -> set[str]:
        return {channel["id"] for channel in (await person.get("/api/places"))["channels"]}

    assert await sidebar(xia) == {str(rota)}
    assert await sidebar(yan) == {str(place.channel)}


async def test_a_kind_nobody_brought_is_refused(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    body = {"client_id": str(uuid4()), "name": "sky", "kind": "weather"}
    answer = await zoe.post(f"/api/groups/{place.group}/channels", body, expect=422)
    assert answer["error"]["fields"] == {"kind": "Unknown here."}
