"""The rules of a place: set as a whole, their reach told before, and how others see a group."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from courtyard.channels.access import place_right
from courtyard.groups.permissions import PLACE, bits, place_names
from tests.groups.test_roles import give, make, roles
from tests.house import House
from tests.mutants import instead, nothing
from tests.person import Person

MUTANTS = {
    "rules give what their maker does not have": (
        instead("courtyard.channels.rules", "_require_given", lambda *_: None),
        ["test_r05_rules_give_nothing_their_maker_does_not_have"],
    ),
    "rules are for anybody": (
        instead("courtyard.channels.rules", "_require_subjects", nothing),
        ["test_rules_are_for_roles_and_people_of_the_group"],
    ),
    "view as shows closed places": (
        instead("courtyard.channels.eyes", "readable_streams", lambda _: _everything()),
        ["test_viewing_as_somebody_shows_nothing_new"],
    ),
}


def _everything() -> Any:
    return select(place_right.c.channel_id, place_right.c.permissions)


def rule(kind: str, subject: object = None, allow: str = "", deny: str = "") -> dict[str, Any]:
    """A rule on the wire."""
    return {
        "subject_kind": kind,
        "subject_id": str(subject) if subject else None,
        "allow": allow.split(),
        "deny": deny.split(),
    }


async def set_rules(person: Person, channel: UUID, *rules: Any, expect: int = 200) -> Any:
    """Sets all rules of a place."""
    path = f"/api/channels/{channel}/rules"
    return await person.put(path, {"rules": list(rules)}, expect=expect)


async def reach(person: Person, channel: UUID, *rules: Any) -> Any:
    """Whom rules would reach."""
    return await person.post(f"/api/channels/{channel}/rules/reach", {"rules": list(rules)})


async def test_in_an_announcement_channel_only_some_write(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    heralds = await make(zoe, place.group, "Heralds")
    await give(zoe, place.group, yan, "Member", "Heralds")
    rules = [rule("everyone", deny="post"), rule("role", heralds["id"], allow="post")]
    inside = await xia.tab()
    assert await set_rules(zoe, place.channel, *rules) == rules
    await inside.event("places.changed", place.group)
    await yan.say(place.channel)
    await xia.say(place.channel, expect=403)
    await xia.get(f"/api/channels/{place.channel}")
    await zoe.say(place.channel)


async def test_a_place_is_hidden_from_a_role(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    ward = await make(zoe, place.group, "Ward")
    await give(zoe, place.group, yan, "Member", "Ward")
    secret = rule("role", ward["id"], deny="view")
    told = await reach(zoe, place.channel, secret)
    assert told == {
        "people": 1, "let_in": 0, "shut_out": 1, "readers": 2, "writers": 2, "locks_out": False,
    }  # fmt: skip
    await yan.get(f"/api/channels/{place.channel}")  # nothing was done yet
    await set_rules(zoe, place.channel, secret)
    await yan.get(f"/api/channels/{place.channel}", expect=404)
    await xia.get(f"/api/channels/{place.channel}")
    # By name one is let in nevertheless, and finds it in the sidebar.
    await set_rules(zoe, place.channel, secret, rule("user", yan.id, allow="view post"))
    await yan.say(place.channel)
    people = (await zoe.get(f"/api/channels/{place.channel}/people"))["members"]
    member = (await roles(zoe, place.group))["Member"]["id"]
    why = {row["user"]["id"]: (row["explicit"], row["through"]) for row in people}
    assert why[str(yan.id)] == (True, [member])
    assert why[str(xia.id)] == (False, [member])


async def test_a_closed_place_tells_what_opens_it(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    heralds = await make(zoe, place.group, "Heralds")
    await give(zoe, place.group, yan, "Member", "Heralds")
    closed = await house.channel(place.group, zoe, zoe)
    known = await zoe.get(f"/api/channels/{closed}/rules")
    await set_rules(zoe, closed, *known, rule("role", heralds["id"], allow="view"))
    people = (await zoe.get(f"/api/channels/{closed}/people"))["members"]
    why = {row["user"]["id"]: (row["explicit"], row["through"]) for row in people}
    assert why == {str(zoe.id): (True, []), str(yan.id): (False, [heralds["id"]])}


async def test_nobody_locks_themselves_out(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    shut = rule("everyone", deny="view")
    assert (await reach(zoe, place.channel, shut))["locks_out"]
    answer = await set_rules(zoe, place.channel, shut, expect=409)
    assert answer["error"]["code"] == "locked_out"
    await yan.get(f"/api/channels/{place.channel}")


async def test_r05_rules_give_nothing_their_maker_does_not_have(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    await make(zoe, place.group, "Steward", "manage_channels")
    await give(zoe, place.group, yan, "Member", "Steward")
    for who in (yan, xia):
        louder = rule("user", who.id, allow="mention_all")
        await set_rules(yan, place.channel, louder, expect=403)
        await zoe.put(f"/api/channels/{place.channel}/rules", {"rules": [louder]})
        await set_rules(yan, place.channel, louder, rule("everyone", deny="post"))
        await set_rules(yan, place.channel)
    # What somebody above took away is not given back by who does not have it.
    await set_rules(zoe, place.channel, rule("everyone", deny="mention_all"))
    await set_rules(yan, place.channel, expect=403)
    await set_rules(xia, place.channel, expect=403)


async def test_rules_are_for_roles_and_people_of_the_group(house: House) -> None:
    zoe, far = await house.newcomer("zoe"), await house.newcomer("far")
    place, other = await house.group(zoe), await house.group(zoe)
    foreign = (await roles(zoe, other.group))["Member"]["id"]
    await set_rules(zoe, place.channel, rule("role", foreign, allow="view"), expect=404)
    await set_rules(zoe, place.channel, rule("user", far.id, allow="view"), expect=404)
    twice = rule("everyone", deny="post")
    for wrong in (
        [twice, twice],
        [rule("everyone", zoe.id, deny="post")],
        [rule("user", deny="post")],
        [rule("everyone", allow="post", deny="post")],
        [rule("everyone", deny="administer")],
        [twice] * 501,
    ):
        await set_rules(zoe, place.channel, *wrong, expect=422)


async def test_viewing_as_a_role(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    ward = await make(zoe, place.group, "Ward")
    closed = await house.channel(place.group, zoe, zoe)
    known = await zoe.get(f"/api/channels/{closed}/rules")
    await set_rules(zoe, closed, *known, rule("role", ward["id"], allow="view"))
    member = (await roles(zoe, place.group))["Member"]["id"]
    path = f"/api/groups/{place.group}/seen-by-roles"

    async def seen(*ids: str) -> dict[str, list[str]]:
        rows = await zoe.get(path, params={"role": list(ids)})
        return {row["id"]: row["permissions"] for row in rows}

    assert await seen(ward["id"]) == {str(closed): ["view"]}
    assert await seen(member) == {str(place.channel): ["view", "post"]}
    assert set(await seen(member, ward["id"])) == {str(closed), str(place.channel)}
    await zoe.get(path, params={"role": str(place.group)}, expect=404)
    # Nobody was left behind.
    members = await zoe.get(f"/api/groups/{place.group}/members")
    assert members["total"] == 2
    [(people,)] = await house.sql("SELECT count(*) FROM \"user\" WHERE name = ''")
    assert people == 0


async def test_viewing_as_somebody_shows_nothing_new(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    hidden = await house.channel(place.group, zoe, xia)
    await make(zoe, place.group, "Clerk", "manage_roles")
    await give(zoe, place.group, yan, "Member", "Clerk")
    path = f"/api/groups/{place.group}/seen-by"
    rows = await yan.get(f"{path}/{xia.id}")
    assert [row["id"] for row in rows] == [str(place.channel)]
    assert str(hidden) in {row["id"] for row in await zoe.get(f"{path}/{xia.id}")}
    await xia.get(f"{path}/{yan.id}", expect=403)
    await zoe.get(f"{path}/{place.group}", expect=404)


def test_the_names_of_a_places_permissions_are_all_of_them() -> None:
    assert bits(place_names(int(PLACE))) == PLACE
