"""Conversations: opened by who is in them, nobody's to rule, in the sidebar when there is talk."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, true

from courtyard.accounts.access import Actor
from courtyard.channels import conversations, jobs
from courtyard.core.errors import Invalid
from courtyard.core.ids import new_id
from courtyard.core.outbox import Dispatcher, Fact
from tests.house import House
from tests.mutants import instead, nothing
from tests.person import Person


async def _everybody(_: Any, readers: Any, users: Any) -> dict[UUID, set[UUID]]:
    return {reader: set(users) for reader in readers}


MUTANTS = {
    "anybody can be written to": (
        instead("courtyard.channels.conversations", "_require_open_to", nothing),
        ["test_who_is_not_there_cannot_be_written_to"],
    ),
    "a guest writes to strangers": (
        instead("courtyard.channels.conversations", "sharing", _everybody),
        ["test_a_guest_begins_with_people_of_the_same_groups_only"],
    ),
    "every opening makes another": (
        instead("courtyard.channels.conversations", "people_key", lambda _: new_id().bytes),
        ["test_there_is_one_for_each_set_of_people"],
    ),
    "any number of people": (
        instead("courtyard.channels.conversations", "MOST", 1_000),
        ["test_up_to_ten_people_talk"],
    ),
    "nothing comes back": (
        instead("courtyard.channels.conversations", "bring_back", nothing),
        [
            "test_the_first_words_bring_it_to_the_others",
            "test_a_closed_one_comes_back_with_the_next_words",
        ],
    ),
    "groups come into the sidebar too": (
        instead("courtyard.channels.conversations", "_CONVERSATIONS", true()),
        ["test_what_is_said_in_a_group_brings_nothing_back"],
    ),
    "closing forgets what was read": (
        instead("courtyard.channels.follows", "_read_up_to_now", nothing),
        ["test_words_said_before_it_was_closed_do_not_bring_it_back"],
    ),
}


async def talk(person: Person, *others: Person, expect: int = 201) -> Any:
    """Opens a conversation over HTTP."""
    ids = [str(other.id) for other in others]
    return await person.post("/api/conversations", {"user_ids": ids}, expect=expect)


async def _react(house: House) -> None:
    """Lets the reactions to all that happened take place."""
    dispatcher = Dispatcher(house.state.database, house.state.bus)
    while await dispatcher.once():
        pass


async def _sidebar(person: Person) -> dict[str, Any]:
    places = await person.get("/api/places")
    return {channel["id"]: channel for channel in places["channels"]}


async def _people(house: House, count: int) -> list[Person]:
    return [await house.newcomer(f"zoe{number}") for number in range(count)]


async def test_there_is_one_for_each_set_of_people(house: House) -> None:
    zoe, yan, xen = await _people(house, 3)
    made = await talk(zoe, yan)
    assert made["people"] == sorted([str(zoe.id), str(yan.id)])
    assert (made["group_id"], made["name"], made["kind"]) == (None, "", "text")
    assert (made["permissions"], made["level"]) == (["view", "post"], "all")
    again = [await talk(zoe, yan), await talk(yan, zoe), await talk(yan, zoe, yan, zoe)]
    assert {channel["id"] for channel in again} == {made["id"]}
    with_xen = [await talk(zoe, yan, xen), await talk(xen, yan, zoe)]
    assert len({channel["id"] for channel in with_xen} - {made["id"]}) == 1
    await zoe.say(made["id"])
    await xen.get(f"/api/channels/{made['id']}/messages", expect=404)


async def test_of_those_who_open_it_at_once_all_get_the_same(house: House) -> None:
    people = await _people(house, 4)
    made = await asyncio.gather(*(talk(p, *people) for p in people for _ in range(3)))
    assert len({channel["id"] for channel in made}) == 1
    channel = UUID(made[0]["id"])
    rules = await house.sql("SELECT count(*) FROM override WHERE channel_id = %s", channel)
    follows = await house.sql("SELECT user_id, level FROM follow WHERE channel_id = %s", channel)
    assert rules == [(4,)]
    assert sorted(follows) == sorted((person.id, "all") for person in people)
    await asyncio.gather(*(person.say(channel) for person in people))


async def test_alone_it_is_a_place_for_notes(house: House) -> None:
    [zoe] = await _people(house, 1)
    notes = await talk(zoe, zoe)
    assert notes["people"] == [str(zoe.id)]
    await zoe.say(notes["id"])
    assert (await talk(zoe, zoe))["id"] == notes["id"]


async def test_up_to_ten_people_talk(house: House) -> None:
    zoe, *others = await _people(house, 11)
    made = await talk(zoe, *others[:9])
    assert len(made["people"]) == 10
    await talk(zoe, *others, expect=422)
    await zoe.post("/api/conversations", {"user_ids": []}, expect=422)
    with pytest.raises(Invalid):
        async with house.work() as uow:
            actor = Actor(await house.user(zoe.id), zoe.session)
            await conversations.open(uow, actor, [other.id for other in others])


async def test_who_is_not_there_cannot_be_written_to(house: House) -> None:
    [zoe] = await _people(house, 1)
    fay, cy = (str(house.world.people[name]) for name in ("fay", "cy"))
    for ids in ([fay], [str(uuid4())], [cy, fay], [cy, str(uuid4())]):
        await zoe.post("/api/conversations", {"user_ids": ids}, expect=404)
    assert (await zoe.get("/api/conversations"))["conversations"] == []


async def test_a_guest_begins_with_people_of_the_same_groups_only(house: House) -> None:
    gus, zoe = await house.newcomer("gus", role="guest"), await house.newcomer("zoe")
    near = await house.newcomer("near")
    place = await house.group(near)
    await house.join(place.group, gus, role="guest")
    await talk(gus, near)
    await talk(gus, zoe, expect=404)
    await talk(gus, near, zoe, expect=404)
    assert await gus.get(f"/api/users?id={zoe.id}") == []
    made = await talk(zoe, gus)
    [face] = await gus.get(f"/api/users?id={zoe.id}")
    assert face["name"] == "zoe"
    assert (await talk(gus, zoe))["id"] == made["id"]


async def test_one_that_is_there_opens_whatever_happened_since(house: House) -> None:
    zoe, yan = await _people(house, 2)
    made = await talk(zoe, yan)
    await house.sql("""UPDATE "user" SET status = 'deactivated' WHERE id = %s""", yan.id)
    assert (await talk(zoe, yan))["id"] == made["id"]


async def test_nobody_rules_it(house: House) -> None:
    zoe, yan = await _people(house, 2)
    path = f"/api/channels/{(await talk(zoe, yan))['id']}"
    for person in (zoe, yan):
        await person.patch(path, {"name": "ours"}, expect=403)
        await person.put(f"{path}/archived", {"archived": True}, expect=403)
        await person.put(f"{path}/private", {"private": True}, expect=403)
        await person.put(f"{path}/people/{house.world.people['cy']}", expect=403)
        await person.delete(f"{path}/people/{yan.id}", expect=403)
    said = await zoe.say(path.rpartition("/")[2])
    await yan.delete(f"/api/messages/{said['id']}", expect=403)


async def test_browsing_a_group_does_not_show_it(house: House) -> None:
    zoe, yan = await _people(house, 2)
    place = await house.group(zoe, yan)
    made = await talk(zoe, yan)
    assert made["id"] in await _sidebar(zoe)
    assert made["id"] not in str(await zoe.get(f"/api/groups/{place.group}/channels"))


async def test_the_first_words_bring_it_to_the_others(fresh: House) -> None:
    zoe, yan, xen = await _people(fresh, 3)
    tab, bystander = await yan.tab(), await fresh.person("cy").tab()
    made = (await talk(zoe, yan, xen))["id"]
    await _react(fresh)
    assert made in await _sidebar(zoe)
    assert made not in await _sidebar(yan)
    said = await zoe.say(made, "hello you two")
    await _react(fresh)
    await tab.event("follow.changed", yan.id, channel_id=made, level="all")
    for person in (yan, xen):
        channel = (await _sidebar(person))[made]
        assert (channel["level"], channel["last_position"]) == ("all", said["position"])
        assert channel["read_position"] == 0
    await tab.head(UUID(made), (await yan.say(made))["seq"])
    await bystander.settle()
    assert made not in str(bystander.frames)


async def test_a_closed_one_comes_back_with_the_next_words(fresh: House) -> None:
    zoe, yan = await _people(fresh, 2)
    made = (await talk(zoe, yan))["id"]
    first = await yan.say(made)
    await _react(fresh)
    await zoe.delete(f"/api/channels/{made}/follow")
    assert made not in await _sidebar(zoe)
    assert made in str(await zoe.get("/api/conversations"))
    known = (await zoe.get("/api/places"))["heads"][str(zoe.id)]
    await yan.say(made)
    await _react(fresh)
    channel = (await _sidebar(zoe))[made]
    assert (channel["level"], channel["read_position"]) == ("all", first["position"])
    answer = await zoe.post("/api/sync", {"open": {str(zoe.id): known}})
    events = answer["streams"][str(zoe.id)]["events"]
    [told] = [event for event in events if event["type"] == "follow.changed"]
    assert (told["type"], told["channel_id"], told["level"]) == ("follow.changed", made, "all")


async def test_ones_own_words_bring_it_back_too(fresh: House) -> None:
    zoe, yan = await _people(fresh, 2)
    made = (await talk(zoe, yan))["id"]
    await zoe.delete(f"/api/channels/{made}/follow")
    await zoe.say(made)
    await _react(fresh)
    assert {made} == set(await _sidebar(zoe)) == set(await _sidebar(yan))


async def test_words_said_before_it_was_closed_do_not_bring_it_back(fresh: House) -> None:
    zoe, yan = await _people(fresh, 2)
    made = (await talk(zoe, yan))["id"]
    said = await yan.say(made)
    await zoe.delete(f"/api/channels/{made}/follow")
    await _react(fresh)
    assert made not in await _sidebar(zoe)
    # A worker that was killed hands its events to the next one, which changes nothing.
    fact = Fact(UUID(made), said["seq"], "message.posted", UUID(said["id"]), yan.id)
    async with fresh.work() as uow:
        await jobs.bring_back(uow, [fact, fact])
    assert made not in await _sidebar(zoe)


async def test_muted_stays_muted(fresh: House) -> None:
    zoe, yan = await _people(fresh, 2)
    made = (await talk(zoe, yan))["id"]
    await zoe.put(f"/api/channels/{made}/follow", {"level": "nothing"})
    await yan.say(made)
    await _react(fresh)
    assert (await talk(zoe, yan))["level"] == "nothing"


async def test_what_is_said_in_a_group_brings_nothing_back(fresh: House) -> None:
    cy, channel = fresh.person("cy"), fresh.world.channels["open"]
    await fresh.person("dee").delete(f"/api/channels/{channel}/follow")
    said = [await cy.say(channel) for _ in range(5)]
    facts = [Fact(channel, m["seq"], "message.posted", UUID(m["id"]), cy.id) for m in said]
    asked: list[str] = []
    engine = fresh.state.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    async with fresh.work() as uow:
        await jobs.bring_back(uow, facts)
    assert len(asked) == 1
    assert str(channel) not in await _sidebar(fresh.person("dee"))


async def test_the_list_goes_by_the_newest_talk_in_pages_that_meet(house: House) -> None:
    zoe, *others = await _people(house, 6)
    made = [(await talk(zoe, other))["id"] for other in others]
    for number in (3, 0, 4):
        await zoe.say(made[number])
    await zoe.delete(f"/api/channels/{made[0]}/follow")
    seen: list[str] = []
    after = None
    while True:
        query = {"limit": 2} | ({"after": after} if after else {})
        page = await zoe.get("/api/conversations", params=query)
        seen += [channel["id"] for channel in page["conversations"]]
        if (after := page["next"]) is None:
            break
    assert seen == [made[4], made[0], made[3], made[2], made[1]]
    mine = await others[0].get("/api/conversations")
    assert [channel["id"] for channel in mine["conversations"]] == [made[0]]


@pytest.mark.parametrize("cursor", ["x", "AAAA", "é", "A" * 999, "%00"])
async def test_forged_cursors_show_nothing(house: House, cursor: str) -> None:
    await house.person("cy").get("/api/conversations", expect=422, params={"after": cursor})
