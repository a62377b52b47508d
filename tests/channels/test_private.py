"""Closed places: who is let in, who is taken out, and who never learns of them."""

from tests.house import House
from tests.mutants import instead, nothing, rule
from tests.patience import until
from tests.tap import Tap

MUTANTS = {
    "closing closes nothing": (
        instead("courtyard.channels.service", "_close", nothing),
        ["test_closing_keeps_those_who_follow_and_shuts_out_the_rest"],
    ),
    "admins see all": (
        rule("WHEN p & 1 = 0 THEN 0", "WHEN p & 1 = 0 AND base & 8192 = 0 THEN 0"),
        ["test_not_even_an_admin_reads_what_is_closed_to_everyone"],
    ),
}


async def test_who_is_let_in_reads_and_writes(house: House, tap: Tap) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    closed = await house.channel(place.group, zoe, yan)
    secret = tap.plant({"zoe", "yan"})
    tab, other = await yan.tab(closed), await xia.tab(closed, place.channel)
    said = await zoe.say(closed, secret)
    await tab.message(said["id"])
    await yan.say(closed, secret)
    await xia.get(f"/api/channels/{closed}", expect=404)
    marker = await zoe.say(place.channel, "for all")
    await other.message(marker["id"])
    assert not other.knows(said["id"])
    assert str(closed) not in tap.told("xia")


async def test_letting_in_is_told_to_the_one_who_is_let_in(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    closed = await house.channel(place.group, zoe, zoe)
    tab = await yan.tab()
    assert await tab.show(closed) == {}
    await zoe.put(f"/api/channels/{closed}/people/{yan.id}", expect=204)
    await tab.event("follow.changed", yan.id, channel_id=str(closed), followed=True)
    await tab.event("access.changed", yan.id)
    assert await tab.show(closed)
    [mine] = [c for c in (await yan.get("/api/places"))["channels"] if c["id"] == str(closed)]
    assert mine["private"]


async def test_only_members_can_be_let_in(house: House) -> None:
    zoe, far = await house.newcomer("zoe"), await house.newcomer("far")
    place = await house.group(zoe)
    closed = await house.channel(place.group, zoe, zoe)
    await zoe.put(f"/api/channels/{closed}/people/{far.id}", expect=404)
    await far.get(f"/api/channels/{closed}", expect=404)


async def test_taking_out_ends_it_at_the_next_request(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    closed = await house.channel(place.group, zoe, yan)
    path = f"/api/channels/{closed}/people/{yan.id}"
    await zoe.delete(path)
    await yan.get(f"/api/channels/{closed}/messages", expect=404)
    await yan.say(closed, expect=404)
    await zoe.delete(path, expect=404)


async def test_closing_keeps_those_who_follow_and_shuts_out_the_rest(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    path = f"/api/channels/{place.channel}"
    await xia.delete(f"{path}/follow")
    tab = await xia.tab(place.channel)
    assert (await zoe.put(f"{path}/private", {"private": True}))["private"]
    await yan.say(place.channel)
    await xia.get(path, expect=404)
    await tab.event("access.changed", xia.id)
    late = await house.newcomer("late")
    await house.join(place.group, late)
    await late.get(path, expect=404)
    await zoe.put(f"{path}/private", {"private": False})
    await xia.get(path)


async def test_not_even_an_admin_reads_what_is_closed_to_everyone(house: House) -> None:
    closed, gil = house.world.channels["closed"], house.person("gil")
    await gil.get(f"/api/channels/{closed}", expect=404)
    await gil.put(f"/api/channels/{closed}/people/{gil.id}", expect=404)
    listed = await gil.get(f"/api/groups/{house.world.groups['G1']}/channels")
    assert str(closed) not in {channel["id"] for channel in listed}


async def test_the_readers_are_listed_to_readers_with_how_they_came(house: House) -> None:
    closed, cy = house.world.channels["closed"], house.person("cy")
    page = await cy.get(f"/api/channels/{closed}/people")
    assert {(m["user"]["name"], m["explicit"]) for m in page["members"]} == {
        ("bo", True),
        ("cy", True),
    }
    assert (page["total"], page["next"]) == (2, None)
    first = await cy.get(f"/api/channels/{closed}/people?limit=1")
    second = await cy.get(f"/api/channels/{closed}/people?limit=1&after={first['next']}")
    assert [m["user"]["name"] for m in first["members"] + second["members"]] == ["bo", "cy"]
    assert second["next"] is None


async def test_the_open_tab_of_who_is_taken_out_falls_silent(house: House, tap: Tap) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    closed = await house.channel(place.group, zoe, yan)
    tab = await yan.tab(closed, place.channel)
    await zoe.delete(f"/api/channels/{closed}/people/{yan.id}")
    hub = house.state.hub
    await until(lambda: all(c.user_id != yan.id for c in hub.streams[closed].readers), "silence", 2)
    secret = tap.plant({"zoe"})
    said = await zoe.say(closed, secret)
    marker = await zoe.say(place.channel, "for all")
    await tab.message(marker["id"])
    assert not tab.knows(said["id"])
