"""What people want to hear of a channel or a group, and the quiet of what is muted."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from courtyard.channels import follows
from courtyard.core.ids import new_id
from courtyard.groups.schemas import Hearing
from courtyard.notifications.levels import listeners
from tests.house import House
from tests.mutants import instead, nothing, replace
from tests.notifications.telling import counting, heard, inbox, missed, number, tell
from tests.person import Person
from tests.place import Place

LEVELS, DELIVERY = "courtyard.notifications.levels", "courtyard.notifications.delivery"
MUTED = "coalesce(greatest(f.muted_until, m.muted_until) > now(), false)"


async def _afresh(uow: Any, user_id: Any, channel_id: Any, _: Any = None) -> None:
    await follows.hear(uow, user_id, channel_id, Hearing())


MUTANTS = {
    "the muted listen": (
        replace(LEVELS, "_WISHES", f"AND NOT {MUTED}", ""),
        ["test_who_mutes_a_channel_or_its_group_does_not_listen"],
    ),
    "a muted group is heard": (
        replace(LEVELS, "_WISHES", "greatest(f.muted_until, m.muted_until)", "f.muted_until"),
        ["test_who_mutes_a_channel_or_its_group_does_not_listen"],
    ),
    "the group's level is not asked": (
        replace(LEVELS, "_WISHES", "m.level, ", ""),
        ["test_the_level_is_the_channels_else_the_groups_else_mentions"],
    ),
    "the group's level wins": (
        replace(LEVELS, "_WISHES", "f.level, m.level", "m.level, f.level"),
        ["test_the_level_is_the_channels_else_the_groups_else_mentions"],
    ),
    "who may not read listens": (
        replace(LEVELS, "_PRESENT", "r.permissions & 1 <> 0", "true"),
        ["test_only_people_who_follow_and_may_read_listen"],
    ),
    "bots listen": (
        replace(LEVELS, "_PRESENT", "u.status = 'active' AND u.kind = 'human'", "true"),
        ["test_only_people_who_follow_and_may_read_listen"],
    ),
    "the muted are told as ever": (
        replace(DELIVERY, "_DELIVER", f"(NOT {MUTED} OR n.why = ANY(:by_name))", "true"),
        ["test_in_a_muted_place_only_what_names_a_person_comes_and_without_a_number"],
    ),
    "a mention counts in what is muted": (
        replace(DELIVERY, "_DELIVER", f"n.why <> ALL(:silent) AND NOT {MUTED}",
                "n.why <> ALL(:silent)"),
        ["test_in_a_muted_place_only_what_names_a_person_comes_and_without_a_number"],
    ),
    "other devices do not hear what was chosen": (
        instead("courtyard.groups.hearing", "hear", nothing),
        ["test_what_is_chosen_for_a_group_is_told_to_ones_own_devices_only"],
    ),
    "following again unmutes": (
        instead("courtyard.channels.follows", "follow", _afresh),
        ["test_being_let_in_again_leaves_what_one_chose"],
    ),
}  # fmt: skip

SOON = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
PAST = (datetime.now(UTC) - timedelta(hours=1)).isoformat()


async def _listening(house: House, place: UUID) -> dict[UUID, Any]:
    async with house.work() as uow:
        return (await listeners(uow.db, [place], ["all", "mentions", "nothing"]))[place]


async def _two(house: House) -> tuple[Person, Person, Place]:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    return zoe, yan, await house.group(zoe, yan)


async def _channel(person: Person, place: Place, **chosen: Any) -> Any:
    return await person.put(f"/api/channels/{place.channel}/follow", chosen)


async def _group(person: Person, place: Place, **chosen: Any) -> Any:
    return await person.put(f"/api/groups/{place.group}/notifications", chosen)


async def test_the_level_is_the_channels_else_the_groups_else_mentions(house: House) -> None:
    zoe, yan, place = await _two(house)
    assert await _listening(house, place.channel) == {zoe.id: "mentions", yan.id: "mentions"}
    await _group(yan, place, level="nothing")
    assert (await _listening(house, place.channel))[yan.id] == "nothing"
    await _channel(yan, place, level="all")
    assert await _listening(house, place.channel) == {zoe.id: "mentions", yan.id: "all"}
    await _channel(yan, place)
    assert (await _listening(house, place.channel))[yan.id] == "nothing"


async def test_only_people_who_follow_and_may_read_listen(house: House) -> None:
    zoe, robot = await house.newcomer("zoe"), await house.newcomer("robot", kind="bot")
    yan, gone, out, xia = [await house.newcomer(n) for n in ("yan", "gone", "out", "xia")]
    place = await house.group(zoe, robot, yan, gone, out, xia)
    await yan.delete(f"/api/channels/{place.channel}/follow")
    await house.sql("UPDATE \"user\" SET status = 'deactivated' WHERE id = %s", gone.id)
    await zoe.put(f"/api/channels/{place.channel}/private", {"private": True})
    await house.sql(
        "DELETE FROM override WHERE channel_id = %s AND subject_id = %s", place.channel, out.id
    )
    assert set(await _listening(house, place.channel)) == {zoe.id, xia.id}


@pytest.mark.parametrize("where", ["channel", "group"])
async def test_who_mutes_a_channel_or_its_group_does_not_listen(house: House, where: str) -> None:
    zoe, yan, place = await _two(house)
    mute = _channel if where == "channel" else _group
    muted = await mute(yan, place, level="all", muted_until=SOON)
    assert muted["muted_until"] is not None
    assert await _listening(house, place.channel) == {zoe.id: "mentions"}
    await mute(yan, place, level="all", muted_until=PAST)
    assert (await _listening(house, place.channel))[yan.id] == "all"
    cleared = await mute(yan, place, level="all")
    assert cleared["muted_until"] is None


@pytest.mark.parametrize("where", ["channel", "group"])
async def test_in_a_muted_place_only_what_names_a_person_comes_and_without_a_number(
    house: House, where: str
) -> None:
    zoe, yan, place = await _two(house)
    before = await tell(house, zoe, place.channel, yan)
    mute = _channel if where == "channel" else _group
    await mute(yan, place, muted_until=SOON)
    tab = await yan.tab()
    mention = await tell(house, zoe, place.channel, yan)
    await tell(house, zoe, place.channel, yan, why="reply", thread_id=new_id())
    await tell(house, zoe, place.channel, yan, why="message")
    await tell(house, zoe, place.channel, yan, why="reaction")
    assert await heard(yan) == [str(mention), str(before)]
    assert [one["counts"] for one in (await inbox(yan))["notifications"]] == [False, True]
    await tab.settle()
    assert [e["type"] for e in tab.events(yan.id)] == ["notification.added"]
    # What was counted stays counted; what came quietly stays quiet when the mute is over.
    assert (await number(yan, place.channel), await counting(yan)) == (1, 1)
    await mute(yan, place)
    assert (await number(yan, place.channel), await counting(yan)) == (1, 1)


async def test_muting_one_place_leaves_others_as_they_are(house: House) -> None:
    zoe, yan, place = await _two(house)
    other = await house.channel(place.group, zoe)
    await _channel(yan, place, muted_until=SOON)
    await tell(house, zoe, other, yan, why="reply")
    assert await counting(yan) == 1


async def test_what_is_chosen_for_a_group_is_told_to_ones_own_devices_only(house: House) -> None:
    zoe, yan, place = await _two(house)
    phone = await house.another_device(yan)
    pocket, others = await phone.tab(), await zoe.tab()
    group = await _group(yan, place, level="nothing", muted_until=SOON)
    assert group["level"] == "nothing"
    event = await pocket.event("hearing.changed", yan.id, group_id=str(place.group))
    assert (event["level"], event["muted_until"]) == ("nothing", group["muted_until"])
    await others.settle()
    assert not others.events(yan.id)
    [known] = (await yan.get("/api/places"))["groups"]
    assert (known["level"], known["muted_until"]) == ("nothing", group["muted_until"])
    [known] = (await zoe.get("/api/places"))["groups"]
    assert (known["level"], known["muted_until"]) == (None, None)
    [missed_one] = [e for e in await missed(yan) if e["type"] == "hearing.changed"]
    assert missed_one == event


async def test_what_is_chosen_for_a_channel_is_told_to_ones_own_devices(house: House) -> None:
    _, yan, place = await _two(house)
    phone = await house.another_device(yan)
    pocket = await phone.tab()
    channel = await _channel(yan, place, level="all", muted_until=SOON)
    event = await pocket.event("follow.changed", yan.id, channel_id=str(place.channel))
    told = {key: event[key] for key in ("followed", "level", "muted_until")}
    assert told == {"followed": True, "level": "all", "muted_until": channel["muted_until"]}
    [known] = (await phone.get("/api/places"))["channels"]
    assert (known["level"], known["muted_until"]) == ("all", channel["muted_until"])
    assert event in await missed(yan)
    await yan.delete(f"/api/channels/{place.channel}/follow")
    gone = await pocket.event("follow.changed", yan.id, followed=False)
    assert gone in await missed(yan)


async def test_being_let_in_again_leaves_what_one_chose(house: House) -> None:
    zoe, yan, place = await _two(house)
    await _channel(yan, place, level="all", muted_until=SOON)
    await zoe.put(f"/api/channels/{place.channel}/people/{yan.id}", expect=204)
    [known] = (await yan.get("/api/places"))["channels"]
    assert known["level"] == "all"
    assert known["muted_until"]


@pytest.mark.parametrize("until", [
    "tomorrow", "2030-01-01T00:00:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00",
    "1999-12-31T23:59:59Z", 10**30, "infinity"])  # fmt: skip
async def test_times_that_are_none_are_refused(house: House, until: Any) -> None:
    cy, world = house.person("cy"), house.world
    for path in (
        f"/api/channels/{world.channels['open']}/follow",
        f"/api/groups/{world.groups['G1']}/notifications",
    ):
        await cy.put(path, {"muted_until": until}, expect=422)
        await cy.put(path, {"level": "some"}, expect=422)
