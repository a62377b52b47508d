"""Roles: made, changed, ordered, removed, given and taken, always below oneself."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

from tests.house import House
from tests.mutants import instead, nothing
from tests.person import Person

MUTANTS = {
    "whoever changes roles gives anything": (
        instead("courtyard.groups.roles._Hand", "require_given", lambda *_: None),
        ["test_r05_nobody_gives_what_they_do_not_have"],
    ),
    "all roles stand below everybody": (
        instead(
            "courtyard.groups.roles._Hand",
            "below",
            lambda hand, role_id: next(role for role in hand.roles if role.id == role_id),
        ),
        ["test_r05_nobody_raises_themselves", "test_roles_above_keep_their_places"],
    ),
    "a group is left without an owner": (
        instead("courtyard.groups.service", "require_owner_left", nothing),
        ["test_r06_the_last_owner_stays_owner"],
    ),
}


async def roles(person: Person, group: UUID) -> dict[str, Any]:
    """The roles of a group by name."""
    return {role["name"]: role for role in await person.get(f"/api/groups/{group}/roles")}


async def make(person: Person, group: UUID, name: str, *permissions: str, expect: int = 201) -> Any:
    """A new role."""
    body = {"client_id": str(uuid4()), "name": name, "permissions": list(permissions)}
    return await person.post(f"/api/groups/{group}/roles", body, expect=expect)


async def give(
    giver: Person, group: UUID, to: Person, *names: str, expect: int = 204
) -> dict[str, Any] | None:
    """Sets somebody's roles by name."""
    known = await roles(giver, group)
    body = {"role_ids": [known[name]["id"] for name in names]}
    path = f"/api/groups/{group}/members/{to.id}/roles"
    answer: dict[str, Any] | None = await giver.put(path, body, expect=expect)
    return answer


async def test_a_role_is_made_given_and_gives(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    made = await make(zoe, place.group, "Steward", "manage_channels")
    assert (made["kind"], made["permissions"], made["members"]) == (
        "custom",
        ["manage_channels"],
        0,
    )
    order = [role["name"] for role in await zoe.get(f"/api/groups/{place.group}/roles")]
    assert order == ["Owner", "Admin", "Steward", "Member", "Guest"]
    body = {"client_id": str(uuid4()), "name": "by yan"}
    await yan.post(f"/api/groups/{place.group}/channels", body, expect=403)
    inside = await yan.tab()
    await give(zoe, place.group, yan, "Member", "Steward")
    await inside.event("member.changed", place.group, user_id=str(yan.id))
    await yan.post(f"/api/groups/{place.group}/channels", body, expect=201)
    assert (await roles(zoe, place.group))["Steward"]["members"] == 1
    [mine] = (await yan.get("/api/places"))["groups"]
    assert "manage_channels" in mine["permissions"]


async def test_the_same_request_five_times_makes_one(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    body = {"client_id": str(uuid4()), "name": "Steward", "permissions": ["post"]}
    path = f"/api/groups/{place.group}/roles"
    made = await asyncio.gather(*(zoe.post(path, body, expect=201) for _ in range(5)))
    assert {role["id"] for role in made} == {body["client_id"]}
    assert len(await roles(zoe, place.group)) == 5
    # The name of a request used in another group makes nothing there.
    other = await house.group(zoe)
    await zoe.post(f"/api/groups/{other.group}/roles", body, expect=409)


async def test_a_changed_role_changes_what_its_people_may(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    member = (await roles(zoe, place.group))["Member"]
    path = f"/api/groups/{place.group}/roles/{member['id']}"
    inside = await yan.tab()
    await zoe.patch(path, {"permissions": ["view"]})
    await inside.event("roles.changed", place.group)
    await yan.say(place.channel, expect=403)
    await zoe.patch(path, {"permissions": []})
    await yan.get(f"/api/channels/{place.channel}", expect=404)
    await inside.event("access.changed", yan.id)
    await zoe.patch(path, {"name": "Crew"}, expect=403)
    await zoe.patch(path, {"permissions": ["fly"]}, expect=422)


async def test_a_removed_role_leaves_members_and_no_trace(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    crew = await make(zoe, place.group, "Crew", "view", "post")
    await give(zoe, place.group, yan, "Crew")
    await give(zoe, place.group, xia, "Crew", "Admin")
    invite = await zoe.post(
        f"/api/groups/{place.group}/invites", {"role_id": crew["id"]}, expect=201
    )
    rule = {"subject_kind": "role", "subject_id": crew["id"], "deny": ["post"]}
    await zoe.put(f"/api/channels/{place.channel}/rules", {"rules": [rule]})
    await zoe.delete(f"/api/groups/{place.group}/roles/{crew['id']}")
    known = await roles(zoe, place.group)
    assert (known["Member"]["members"], known["Admin"]["members"]) == (1, 1)
    assert await zoe.get(f"/api/channels/{place.channel}/rules") == []
    await yan.say(place.channel)
    newcomer = await house.newcomer("late")
    await newcomer.post("/api/invites/accept", {"token": invite["token"]}, expect=404)
    await zoe.delete(f"/api/groups/{place.group}/roles/{known['Guest']['id']}", expect=403)


async def test_roles_above_keep_their_places(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe)
    await house.join(place.group, yan, role="admin")
    await make(zoe, place.group, "One")
    await make(zoe, place.group, "Two")
    known = await roles(zoe, place.group)
    path = f"/api/groups/{place.group}/role-order"

    def ids(*names: str) -> dict[str, Any]:
        return {"ids": [known[name]["id"] for name in names]}

    await yan.put(path, ids("Owner", "Admin", "Two", "Guest", "One", "Member"))
    order = [role["name"] for role in await zoe.get(f"/api/groups/{place.group}/roles")]
    assert order == ["Owner", "Admin", "Two", "Guest", "One", "Member"]
    await yan.put(path, ids("Owner", "One", "Admin", "Two", "Member", "Guest"), expect=403)
    await zoe.put(path, ids("One", "Owner", "Admin", "Two", "Member", "Guest"), expect=403)
    await zoe.put(path, ids("Owner", "One"), expect=422)
    await zoe.put(path, ids("Owner", "One", "One", "Two", "Member", "Guest"), expect=422)
    admin, owner = known["Admin"]["id"], known["Owner"]["id"]
    for role_id in (admin, owner):
        path = f"/api/groups/{place.group}/roles/{role_id}"
        await yan.patch(path, {"permissions": ["view"]}, expect=403)
    await zoe.patch(f"/api/groups/{place.group}/roles/{owner}", {"permissions": []}, expect=403)


async def test_r05_nobody_gives_what_they_do_not_have(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    await make(zoe, place.group, "Clerk", "manage_roles", "view", "post")
    await give(zoe, place.group, yan, "Clerk")
    await make(yan, place.group, "Mine", "administer", expect=403)
    await make(yan, place.group, "Mine", "manage_group", expect=403)
    mine = await make(yan, place.group, "Mine", "view", "post")
    path = f"/api/groups/{place.group}/roles/{mine['id']}"
    await yan.patch(path, {"permissions": ["view", "mention_all"]}, expect=403)
    # Nor do they take away from others what they could not give back.
    await zoe.patch(path, {"permissions": ["view", "mention_all"]})
    await yan.patch(path, {"permissions": ["view"]}, expect=403)
    await yan.patch(path, {"permissions": ["mention_all"]})


async def test_r05_nobody_raises_themselves(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    await make(zoe, place.group, "Clerk", "manage_roles", "view", "post")
    await give(zoe, place.group, yan, "Clerk")
    for role in ("Admin", "Owner"):
        await give(yan, place.group, yan, "Clerk", role, expect=403)
        await give(yan, place.group, xia, role, expect=403)
    await give(xia, place.group, xia, "Admin", expect=403)
    await give(yan, place.group, zoe, "Member", expect=403)
    await give(zoe, place.group, xia, "Clerk")
    # Of two beside one another neither touches the other.
    await give(yan, place.group, xia, "Member", expect=403)
    await give(yan, place.group, yan, "Clerk", "Guest")


async def test_r05_a_right_lost_meanwhile_gives_no_more(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe)
    await house.join(place.group, yan, role="admin")
    await give(zoe, place.group, yan, "Member")
    await make(yan, place.group, "Mine", expect=403)


async def test_an_owner_makes_another_and_leaves(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    await give(zoe, place.group, yan, "Owner")
    await give(yan, place.group, zoe, "Member")
    await yan.delete(f"/api/groups/{place.group}/members/{zoe.id}")


async def test_r06_the_last_owner_stays_owner(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    await give(zoe, place.group, zoe, "Member", expect=409)
    for _ in range(5):
        await give(zoe, place.group, yan, "Owner")
        known = await roles(zoe, place.group)
        body = {"role_ids": [known["Member"]["id"]]}
        paths = [f"/api/groups/{place.group}/members/{who.id}/roles" for who in (zoe, yan)]
        answers = await asyncio.gather(
            zoe.ask("PUT", paths[0], json=body), yan.ask("PUT", paths[1], json=body)
        )
        assert sorted(answer.status_code for answer in answers) == [204, 409]
        assert (await roles(zoe, place.group))["Owner"]["members"] == 1
        if answers[0].status_code == 204:
            zoe, yan = yan, zoe


async def test_only_members_have_roles(house: House) -> None:
    zoe, far = await house.newcomer("zoe"), await house.newcomer("far")
    place, other = await house.group(zoe), await house.group(zoe)
    await give(zoe, place.group, far, "Member", expect=404)
    foreign = (await roles(zoe, other.group))["Member"]["id"]
    path = f"/api/groups/{place.group}/members/{zoe.id}/roles"
    await zoe.put(path, {"role_ids": [foreign]}, expect=404)
    await zoe.put(path, {"role_ids": []}, expect=422)
