"""A: objects and fields. Who may not know of a thing hears that nothing is there."""

import io
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from courtyard.accounts.schemas import UserOut
from courtyard.groups.access import OpenGroup
from courtyard.groups.models import Group
from courtyard.groups.permissions import EVERYTHING
from courtyard.groups.schemas import MemberOut
from tests.house import House
from tests.mutants import instead, replace, rule
from tests.patience import until


async def _wide_open(db: Any, _: Any, group_id: Any) -> OpenGroup:
    return OpenGroup(await db.get_one(Group, group_id), EVERYTHING)


async def _everybody(_: Any, readers: Any, users: Any) -> Any:
    return {reader: set(users) for reader in readers}


MUTANTS = {
    "a closed place is open": (
        rule("base & ~everyone_deny", "base"),
        ["test_a02_a_member_who_was_not_let_in_finds_nothing"],
    ),
    "membership is not asked": (
        instead("courtyard.groups.access", "open_group", _wide_open),
        ["test_a01_an_outsider_finds_nothing_of_g1"],
    ),
    "guests are shown everybody": (
        instead("courtyard.channels.people", "acquainted", _everybody),
        ["test_a16_a_guest_is_shown_only_people_of_the_same_groups"],
    ),
    "deactivated people live on": (
        replace("courtyard.messages.post", "_POST", "AND u.status = 'active'", ""),
        ["test_a06_who_was_deactivated_is_out_of_every_door"],
    ),
}  # fmt: skip


def _gets(house: House, place: str, group: str | None) -> list[str]:
    """Every GET that could show something of a place."""
    world = house.world
    channel, message = world.channels[place], world.messages[place]
    paths = [
        f"/api/channels/{channel}",
        f"/api/channels/{channel}/people",
        f"/api/channels/{channel}/messages",
        f"/api/channels/{channel}/messages?around={message}",
        f"/api/messages/{message}",
    ]
    if group:
        mine = f"/api/groups/{world.groups[group]}"
        paths += [f"{mine}/{part}" for part in ("members", "roles", "channels", "invites")]
    return paths


async def _nothing(person: Any, paths: list[str]) -> None:
    """All these answer 404 in the same words."""
    shapes = set()
    for path in paths:
        error = (await person.ask("GET", path, 404)).json()["error"]
        shapes.add((error["code"], error["message"], str(error["fields"])))
    assert len(shapes) == 1


@pytest.mark.parametrize("name", ["hal", "eve", "ada"])
async def test_a01_an_outsider_finds_nothing_of_g1(house: House, name: str) -> None:
    person = house.person(name)
    for place in ("open", "closed", "old"):
        await _nothing(person, _gets(house, place, "G1"))
    await _nothing(person, [f"/api/channels/{uuid4()}", f"/api/messages/{uuid4()}"])


@pytest.mark.parametrize("name", ["dee", "gil", "gus", "rob"])
async def test_a02_a_member_who_was_not_let_in_finds_nothing(house: House, name: str) -> None:
    person = house.person(name)
    await _nothing(person, _gets(house, "closed", None))
    listed = await person.get(f"/api/groups/{house.world.groups['G1']}/channels")
    places = await person.get("/api/places")
    assert str(house.world.channels["closed"]) not in str((listed, places))


@pytest.mark.parametrize("name", ["bo", "gil", "hal", "eve", "ada", "rob"])
async def test_a08_a_conversation_is_closed_to_third_parties(house: House, name: str) -> None:
    person, talk = house.person(name), house.world.channels["talk"]
    await _nothing(person, _gets(house, "talk", None))
    await person.put(f"/api/channels/{talk}/people/{person.id}", expect=404)
    await person.put(f"/api/channels/{talk}/follow", {"level": "all"}, expect=404)
    await person.say(talk, expect=404)


@pytest.mark.parametrize("name", ["bo", "gil", "hal", "eve", "ada", "rob"])
async def test_a08_who_opens_one_with_its_people_gets_another(house: House, name: str) -> None:
    person, world = house.person(name), house.world
    people = [str(world.people["cy"]), str(world.people["dee"])]
    made = await person.post("/api/conversations", {"user_ids": people}, expect=201)
    assert made["id"] != str(world.channels["talk"])
    assert (await person.get(f"/api/channels/{made['id']}/messages"))["messages"] == []
    listed = await person.get("/api/conversations")
    assert str(world.channels["talk"]) not in str(listed)
    places = await person.get("/api/places")
    assert str(world.channels["talk"]) not in str(places)


async def test_a08_not_even_its_people_let_others_in(house: House) -> None:
    talk, rob = house.world.channels["talk"], house.world.people["rob"]
    await house.person("cy").put(f"/api/channels/{talk}/people/{rob}", expect=403)
    await house.person("cy").put(f"/api/channels/{talk}/private", {"private": False}, expect=403)
    await house.person("cy").put(f"/api/channels/{talk}/archived", {"archived": True}, expect=403)
    await house.person("cy").patch(f"/api/channels/{talk}", {"name": "ours"}, expect=403)
    await house.person("dee").delete(f"/api/channels/{talk}/people/{rob}", expect=403)


async def test_a03_nobody_edits_the_words_of_another(house: House) -> None:
    path = f"/api/messages/{house.world.messages['open']}"
    before = await house.person("cy").get(path)
    for name in ("dee", "gil", "bo", "gus"):
        await house.person(name).patch(path, {"text": "mine now"}, expect=403)
    for name in ("dee", "gus", "rob"):
        await house.person(name).delete(path, expect=403)
    assert await house.person("cy").get(path) == before


async def test_a06_after_removal_every_address_is_dead(fresh: House) -> None:
    cy, closed = fresh.person("cy"), fresh.world.channels["closed"]
    paths = _gets(fresh, "closed", "G1") + _gets(fresh, "open", None)
    readable = [path for path in paths if "invites" not in path]
    for path in readable:
        await cy.get(path)
    tab = await cy.tab(closed)
    group = fresh.world.groups["G1"]
    await fresh.person("bo").delete(f"/api/groups/{group}/members/{cy.id}")
    await _nothing(cy, paths)
    await cy.say(closed, expect=404)
    answer = await cy.post("/api/sync", {"open": {str(closed): 0, str(group): 0}})
    assert {part["state"] for part in answer["streams"].values()} == {"gone"}
    await tab.event("access.changed", cy.id, timeout=2)


async def test_a06_who_was_deactivated_is_out_of_every_door(fresh: House) -> None:
    cy, channel = fresh.person("cy"), fresh.world.channels["open"]
    tab = await cy.tab(channel)
    # By the flag in the database alone: nothing else was told.
    await fresh.sql("""UPDATE "user" SET status = 'deactivated' WHERE id = %s""", cy.id)
    await cy.get("/api/me", expect=401)
    await cy.say(channel, expect=401)
    await cy.get(f"/api/channels/{channel}/messages", expect=401)
    await cy.post("/api/socket/ticket", expect=401)
    assert await tab.ended(5) == 4001


LISTS = [
    "/api/groups/{G1}/members",
    "/api/channels/{open}/people",
    "/api/channels/{open}/messages",
]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", ["0", "-1", "1000000000", "1e3", "x", "", "2147483648"])
async def test_a12_limits_are_bounded(house: House, path: str, limit: str) -> None:
    path = path.format(G1=house.world.groups["G1"], open=house.world.channels["open"])
    await house.person("cy").get(path, expect=422, params={"limit": limit})


@pytest.mark.parametrize("path", LISTS[:2])
@pytest.mark.parametrize("cursor", ["x", "AAAA", "é", "../..", "A" * 999, "%00", "LTE"])
async def test_a12_forged_cursors_show_nothing(house: House, path: str, cursor: str) -> None:
    path = path.format(G1=house.world.groups["G1"], open=house.world.channels["open"])
    await house.person("cy").get(path, expect=422, params={"after": cursor})


async def test_a12_the_cursor_of_another_persons_list_opens_nothing(house: House) -> None:
    closed = house.world.channels["closed"]
    page = await house.person("bo").get(f"/api/channels/{closed}/people?limit=1")
    query = {"after": page["next"], "limit": 200}
    await house.person("dee").get(f"/api/channels/{closed}/people", expect=404, params=query)
    others = await house.person("dee").get(
        f"/api/channels/{house.world.channels['talk']}/people", params=query
    )
    assert {m["user"]["name"] for m in others["members"]} <= {"cy", "dee"}


@pytest.mark.parametrize(("place", "name"), [("closed", "dee"), ("talk", "gil"), ("talk", "ada")])
async def test_a14_readers_and_typing_of_a_closed_place_are_nobodys_business(
    house: House, place: str, name: str
) -> None:
    closed, dee = house.world.channels[place], house.person(name)
    await dee.get(f"/api/channels/{closed}/people", expect=404)
    await dee.put(f"/api/channels/{closed}/read", {"position": 1}, expect=404)
    tab = await dee.tab()
    await tab.send({"op": "typing", "s": closed})
    await until(lambda: [f for f in tab.frames if "error" in f])
    assert tab.frames[-1]["error"]["code"] == "not_found"
    assert not tab.whispers()


async def test_a16_a_profile_shows_the_declared_fields_and_no_more(house: House) -> None:
    cy, world = house.person("cy"), house.world
    faces = [
        *(await cy.get(f"/api/users?id={world.people['bo']}&id={world.people['hal']}")),
        *(m["user"] for m in (await cy.get(f"/api/groups/{world.groups['G1']}/members"))["members"]),
        *(m["user"] for m in (await cy.get(f"/api/channels/{world.channels['open']}/people"))["members"]),
        *(await cy.get(f"/api/channels/{world.channels['open']}/messages"))["users"],
    ]  # fmt: skip
    assert {frozenset(face) for face in faces} == {frozenset(UserOut.model_fields)}
    assert set(UserOut.model_fields) == {
        "id", "name", "title", "avatar", "kind", "active", "status", "dnd"
    }  # fmt: skip
    assert set(MemberOut.model_fields) == {"user", "role_ids", "joined_at"}
    assert "@example.org" not in str(faces)


async def test_a16_a_guest_is_shown_only_people_of_the_same_groups(house: House) -> None:
    world = house.world
    query = "&".join(f"id={world.people[name]}" for name in ("bo", "hal", "ada", "gus"))
    shown = await house.person("gus").get(f"/api/users?{query}")
    assert {face["name"] for face in shown} == {"bo", "gus"}
    shown = await house.person("cy").get(f"/api/users?{query}")
    assert {face["name"] for face in shown} == {"bo", "hal", "ada", "gus"}


async def test_a16_a_guest_hears_nothing_of_people_elsewhere(house: House) -> None:
    gus, zoe = house.person("gus"), await house.newcomer("zoe")
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    tabs = [await gus.tab(), await house.person("cy").tab()]
    await zoe.put("/api/me/avatar", content=picture.getvalue())
    path = f"/api/users/{zoe.id}/avatar"
    await tabs[1].event("user.updated", house.world.workspace)
    await tabs[0].settle()
    assert str(zoe.id) not in str(tabs[0].frames)
    known = await gus.post("/api/sync", {"open": {str(house.world.workspace): 0}})
    assert known["streams"][str(house.world.workspace)] == {"state": "gone"}
    await gus.get(path, expect=404)
    await house.person("cy").get(path)
