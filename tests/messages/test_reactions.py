"""Reactions: whose they are, who may, how many."""

import asyncio
from typing import Any
from urllib.parse import quote

import pytest

from courtyard.messages import reactions
from tests.house import House
from tests.mutants import instead, nothing
from tests.person import Person

MUTANTS = {
    "readers react": (
        instead("courtyard.messages.reactions", "require", lambda *_: None),
        ["test_who_may_only_read_does_not_react"],
    ),
    "any number of kinds": (
        instead("courtyard.messages.reactions", "_require_room", nothing),
        ["test_q02_a_message_carries_a_bounded_number_of_kinds"],
    ),
}


def _path(message: Any, emoji: str) -> str:
    return f"/api/messages/{message['id']}/reactions/{quote(emoji)}"


async def _put(person: Person, message: Any, emoji: str = "👍", expect: int = 200) -> Any:
    return await person.put(_path(message, emoji), expect=expect)


async def test_three_people_toggle_and_everybody_sees_it(house: House) -> None:
    people = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(people[0], *people[1:])
    said = await people[0].say(place.channel)
    tab = await people[0].tab(place.channel)
    for person in people:
        await _put(person, said)
        await _put(person, said)  # twice is once
    event = await tab.event("reactions.changed", place.channel, message_id=said["id"])
    [given] = await _put(people[2], said)
    assert (given["emoji"], given["count"]) == ("👍", 3)
    assert given["users"][0] == str(people[2].id), "one's own stands first in one's own answer"
    left = await people[1].delete(_path(said, "👍"), expect=200)
    assert left[0]["count"] == 2
    assert await people[1].delete(_path(said, "👍"), expect=200) == left
    page = await people[0].get(f"/api/channels/{place.channel}/messages")
    [shown] = page["messages"][0]["reactions"]
    assert (shown["count"], shown["users"][0]) == (2, str(people[0].id))
    assert event["reactions"][0]["emoji"] == "👍"


async def test_reactions_stand_in_the_order_in_which_they_came(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    said = await zoe.say(place.channel)
    for emoji in ("🎉", "👍🏽", "❤️"):
        given = await _put(zoe, said, emoji)
    assert [one["emoji"] for one in given] == ["🎉", "👍🏽", "❤️"]


async def test_twenty_at_once_are_all_counted(house: House) -> None:
    people = [await house.newcomer(f"p{n}") for n in range(20)]
    place = await house.group(people[0], *people[1:])
    said = await people[0].say(place.channel)
    await asyncio.gather(*(_put(person, said) for person in people))
    [given] = await _put(people[0], said)
    assert given["count"] == 20


@pytest.mark.parametrize("emoji", ["a", "👍👍", "<b>", "javascript:alert(1)", "x" * 40, "👍" * 30])
async def test_what_is_no_emoji_is_refused(house: House, emoji: str) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    await _put(zoe, await zoe.say(place.channel), emoji, expect=422)


async def test_who_may_only_read_does_not_react(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    said = await zoe.say(place.channel)
    await zoe.put(f"/api/channels/{place.channel}/archived", {"archived": True})
    await _put(yan, said, expect=403)


async def test_a05_who_cannot_read_a_message_does_not_react_to_it(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    closed = await house.channel(place.group, zoe, zoe)
    said = await zoe.say(closed)
    await _put(yan, said, expect=404)
    await yan.delete(_path(said, "👍"), expect=404)


async def test_q02_a_message_carries_a_bounded_number_of_kinds(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reactions, "KINDS_LIMIT", 2)
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    said = await zoe.say(place.channel)
    await _put(zoe, said, "🎉")
    await _put(zoe, said, "🚀")
    error = await _put(zoe, said, "👀", expect=409)
    assert error["error"]["code"] == "too_many_kinds"
    await _put(zoe, said, "🚀")


async def test_a_deleted_message_has_no_reactions(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    said = await zoe.say(place.channel)
    await _put(zoe, said)
    await zoe.delete(f"/api/messages/{said['id']}")
    page = await zoe.get(f"/api/channels/{place.channel}/messages")
    assert page["messages"][0]["reactions"] == []
    await _put(zoe, said, expect=409)
    assert await house.sql("SELECT emoji FROM reaction WHERE message_id = %s", said["id"]) == []
