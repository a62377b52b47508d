"""What stands in one's sidebar, and how far one has read it."""

import asyncio
from typing import Any

from courtyard.channels import follows
from tests.house import House
from tests.mutants import instead
from tests.person import Person


async def _last_word(uow: Any, user_id: Any, channel_id: Any, body: Any) -> Any:
    return await _marked(uow, user_id, channel_id, body.model_copy(update={"back": True}))


_marked = follows.mark_read
MUTANTS = {
    "the last mark wins": (
        instead("courtyard.channels.follows", "mark_read", _last_word),
        ["test_marks_of_two_devices_are_merged_by_the_greater"],
    ),
}


async def _channel(person: Person, channel: Any) -> Any:
    return await person.get(f"/api/channels/{channel}")


async def test_following_and_its_level_are_told_to_ones_own_tabs_only(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    made = await house.channel(place.group, zoe)
    mine, others = await yan.tab(), await zoe.tab()
    channel = await yan.put(f"/api/channels/{made}/follow", {"level": "all"})
    assert (channel["followed"], channel["level"]) == (True, "all")
    await mine.event("follow.changed", yan.id, channel_id=str(made), level="all")
    await yan.put(f"/api/channels/{made}/follow", {"level": "nothing"})
    await mine.event("follow.changed", yan.id, level="nothing")
    await yan.delete(f"/api/channels/{made}/follow")
    await mine.event("follow.changed", yan.id, followed=False, channel_id=str(made))
    await others.settle()
    assert not others.events(yan.id)


async def test_following_begins_read_up_to_now(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    made = await house.channel(place.group, zoe)
    said = await zoe.say(made)
    channel = await yan.put(f"/api/channels/{made}/follow", {"level": "mentions"})
    assert channel["read_position"] == channel["last_position"] == said["position"]


async def test_following_five_times_at_once_is_following(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    made = await house.channel(place.group, zoe)
    path = f"/api/channels/{made}/follow"
    await asyncio.gather(*(yan.put(path, {"level": "all"}) for _ in range(5)))
    assert (await _channel(yan, made))["level"] == "all"


async def test_unfollowing_keeps_the_right_to_read(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    for _ in range(2):
        await yan.delete(f"/api/channels/{place.channel}/follow")
    assert (await yan.get("/api/places"))["channels"] == []
    assert (await _channel(yan, place.channel))["followed"] is False
    await yan.say(place.channel)


async def test_new_messages_make_it_unread_and_a_mark_read(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    said = await zoe.say(place.channel)
    channel = await _channel(yan, place.channel)
    assert channel["last_position"] == said["position"] > channel["read_position"]
    body = {"position": said["position"]}
    await yan.put(f"/api/channels/{place.channel}/read", body, expect=204)
    channel = await _channel(yan, place.channel)
    assert channel["read_position"] == channel["last_position"]


async def test_marks_of_two_devices_are_merged_by_the_greater(house: House) -> None:
    zoe = await house.newcomer("zoe")
    phone = await house.another_device(zoe)
    place = await house.group(zoe)
    first, second = await zoe.say(place.channel), await zoe.say(place.channel)
    tab = await phone.tab()
    path = f"/api/channels/{place.channel}/read"
    await zoe.put(path, {"position": second["position"]}, expect=204)
    await tab.event("read.marked", zoe.id, position=second["position"])
    await phone.put(path, {"position": first["position"]}, expect=204)
    assert (await _channel(zoe, place.channel))["read_position"] == second["position"]
    marks = [w["position"] for w in tab.whispers(zoe.id)]
    assert marks[-1] == second["position"]
    back = {"position": first["position"] - 1, "back": True}
    await phone.put(path, back, expect=204)
    assert (await _channel(zoe, place.channel))["read_position"] == first["position"] - 1


async def test_marks_that_come_at_once_end_at_the_greatest(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    path = f"/api/channels/{place.channel}/read"
    await asyncio.gather(*(zoe.put(path, {"position": p}, 204) for p in (3, 9, 1, 7, 5)))
    rows = await house.sql("SELECT position FROM read_mark WHERE user_id = %s", zoe.id)
    assert rows == [(9,)]


async def test_nobody_else_hears_how_far_i_have_read(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    tab = await zoe.tab(place.channel)
    await yan.put(f"/api/channels/{place.channel}/read", {"position": 5}, expect=204)
    marker = await yan.say(place.channel)
    await tab.message(marker["id"])
    assert not tab.whispers()


async def test_positions_out_of_bounds_are_refused(house: House) -> None:
    path = f"/api/channels/{house.world.channels['open']}/read"
    for position in (-1, 2**53, "x", None):
        await house.person("cy").put(path, {"position": position}, expect=422)
