"""Groups: founding, changing, archiving, and the order of one's rail."""

import asyncio
from uuid import uuid4

from courtyard.core.ids import new_id
from tests.house import House
from tests.mutants import rule

MUTANTS = {
    "an archived group goes on": (
        rule("OR g.archived_at IS NOT NULL", ""),
        ["test_an_archived_group_can_only_be_read"],
    ),
}


async def test_founding_makes_roles_a_first_channel_and_an_owner(house: House) -> None:
    zoe = await house.newcomer("zoe")
    body = {"client_id": str(uuid4()), "name": "Bakers", "description": "Bread and more"}
    group = await zoe.post("/api/groups", body, expect=201)
    assert (group["name"], group["description"]) == ("Bakers", "Bread and more")
    assert "administer" in group["permissions"]
    roles = await zoe.get(f"/api/groups/{group['id']}/roles")
    assert [role["kind"] for role in roles] == ["owner", "admin", "member", "guest"]
    [channel] = (await zoe.get("/api/places"))["channels"]
    assert (channel["name"], channel["group_id"]) == ("general", group["id"])
    assert channel["followed"]


async def test_the_same_request_five_times_founds_one(house: House) -> None:
    zoe = await house.newcomer("zoe")
    body = {"client_id": str(uuid4()), "name": "Bakers"}
    found = await asyncio.gather(*(zoe.post("/api/groups", body, 201) for _ in range(5)))
    assert len({group["id"] for group in found}) == 1
    assert len((await zoe.get("/api/places"))["groups"]) == 1


async def test_guests_found_none(house: House) -> None:
    guest = await house.newcomer("guest", role="guest")
    body = {"client_id": str(uuid4()), "name": "Mine"}
    await guest.post("/api/groups", body, expect=403)


async def test_a_change_reaches_its_members_and_nobody_else(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    outsider = await house.newcomer("outsider")
    place = await house.group(zoe, yan)
    inside, outside = await yan.tab(), await outsider.tab()
    changed = await zoe.patch(f"/api/groups/{place.group}", {"name": "New name"})
    event = await inside.event("group.updated", place.group, actor_id=str(zoe.id))
    assert event["group"] == {key: changed[key] for key in event["group"]}
    await outside.settle()
    assert not outside.events(place.group)


async def test_the_cause_of_a_change_comes_back_with_its_event(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, tab = await house.group(zoe), await zoe.tab()
    cause = str(uuid4())
    await zoe.patch(f"/api/groups/{place.group}", {"name": "N"}, headers={"x-cause": cause})
    await zoe.patch(f"/api/groups/{place.group}", {"name": "M"}, headers={"x-cause": "nonsense"})
    await tab.event("group.updated", place.group, cause=cause)
    await tab.event("group.updated", place.group, cause=None)


async def test_an_archived_group_can_only_be_read(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    said = await yan.say(place.channel, "before")
    path = f"/api/groups/{place.group}/archived"
    assert (await zoe.put(path, {"archived": True}))["archived"]
    await yan.say(place.channel, "after", expect=403)
    await yan.patch(f"/api/messages/{said['id']}", {"text": "other"}, expect=403)
    await zoe.delete(f"/api/messages/{said['id']}", expect=403)
    body = {"client_id": str(uuid4()), "name": "another"}
    await zoe.post(f"/api/groups/{place.group}/channels", body, expect=403)
    page = await yan.get(f"/api/channels/{place.channel}/messages")
    assert [m["text"] for m in page["messages"]] == ["before"]
    await zoe.put(path, {"archived": False})
    await yan.say(place.channel, "again")


async def test_the_rail_is_everybodys_own(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    first, second = await house.group(zoe, yan), await house.group(zoe, yan)
    foreign = await house.group(await house.newcomer("far"))
    order = [second.group, foreign.group, first.group]
    await zoe.put("/api/me/group-order", {"ids": [str(i) for i in order]}, expect=204)

    async def rail(person: object) -> list[str]:
        return [group["id"] for group in (await person.get("/api/places"))["groups"]]

    assert await rail(zoe) == [str(second.group), str(first.group)]
    assert await rail(yan) == [str(first.group), str(second.group)]


async def test_who_is_not_in_it_does_not_learn_whether_it_exists(house: House) -> None:
    far = await house.newcomer("far")
    place = await house.group(await house.newcomer("zoe"))
    refusals = []
    for group_id in (place.group, new_id()):
        for path in ("members", "roles", "channels", "invites"):
            answer = await far.ask("GET", f"/api/groups/{group_id}/{path}", 404)
            refusals.append({**answer.json()["error"], "ref": None})
    assert all(refusal == refusals[0] for refusal in refusals)
