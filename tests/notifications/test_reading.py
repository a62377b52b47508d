"""Reading: on one device, seen on all of them, now or after a break."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, update

from courtyard.channels import follows, moments
from courtyard.core.ids import new_id
from courtyard.notifications import inbox as inbox_module
from courtyard.notifications import service
from courtyard.notifications.models import Notification
from courtyard.notifications.schemas import NotificationRead, NotificationRemoved
from tests.house import House
from tests.mutants import instead, replace
from tests.notifications.telling import (
    Device,
    counting,
    heard,
    inbox,
    missed,
    number,
    own_head,
    tell,
)
from tests.person import Person

_mark_read, _locked = follows.mark_read, service._locked


async def _whosever(uow: Any, user_id: Any, *which: Any) -> None:
    rows = await uow.db.execute(
        update(Notification).where(*which).values(read_at=func.now()).returning(1)
    )
    assert rows


async def _reads_always(uow: Any, user_id: Any, channel_id: Any, body: Any) -> Any:
    marked = await _mark_read(uow, user_id, channel_id, body)
    await moments.tell_read(uow, user_id, channel_id, marked.position)
    return marked


def _all_of_it(**state: Any) -> NotificationRead:
    return NotificationRead(**state | {"more": False})


MUTANTS = {
    "a channel's mark reads nothing": (
        instead("courtyard.channels.moments", "read", []),
        ["test_reading_a_channel_reads_what_was_told_of_it_up_to_there"],
    ),
    "a mark reads everything of the place": (
        instead("courtyard.notifications.service", "_up_to",
                lambda place, _: Notification.counted_in == place),
        ["test_reading_a_channel_reads_what_was_told_of_it_up_to_there"],
    ),
    "moving the mark back reads": (
        instead("courtyard.channels.follows", "mark_read", _reads_always),
        ["test_moving_the_mark_back_leaves_things_read"],
    ),
    "one reads for others": (
        instead("courtyard.notifications.service", "_read", _whosever),
        ["test_nobody_reads_for_somebody_else"],
    ),
    "the number is not told": (
        instead("courtyard.notifications.counts", "tell", lambda *_: None),
        ["test_what_one_device_reads_all_devices_know"],
    ),
    "the reading is not told": (
        instead("courtyard.notifications.service", "NotificationRead",
                lambda: NotificationRemoved(id=new_id())),
        ["test_what_one_device_reads_all_devices_know"],
    ),
    "the sidebar has no numbers": (
        instead("courtyard.channels.moments", "calls", []),
        ["test_places_and_catching_up_carry_the_numbers"],
    ),
    "catching up has no numbers": (
        replace("courtyard.realtime.sync", "_STATES", "n.read_at IS NULL", "false"),
        ["test_places_and_catching_up_carry_the_numbers"],
    ),
    "another person's numbers": (
        replace("courtyard.realtime.sync", "_STATES", "n.user_id = %(user)s", "true"),
        ["test_places_and_catching_up_carry_the_numbers"],
    ),
    "unread ones are cut short without a word": (
        instead("courtyard.notifications.inbox", "NotificationRead", _all_of_it),
        ["test_an_inbox_is_told_whole"],
    ),
}  # fmt: skip


async def _two(house: House) -> tuple[Person, Person, Any]:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    return zoe, yan, await house.group(zoe, yan)


async def _mark(person: Person, channel: Any, position: int, **more: Any) -> None:
    body = {"position": position, **more}
    await person.put(f"/api/channels/{channel}/read", body, expect=204)


async def test_reading_a_channel_reads_what_was_told_of_it_up_to_there(house: House) -> None:
    zoe, yan, place = await _two(house)
    other, thread = await house.channel(place.group, zoe), new_id()
    for position in (10, 20, 30):
        await tell(house, zoe, place.channel, yan, position=position)
    await tell(house, zoe, place.channel, yan, position=15, thread_id=thread, why="reply")
    elsewhere = await tell(house, zoe, other, yan, position=5)
    await _mark(yan, place.channel, 20)
    assert await number(yan, place.channel) == 1
    assert len(await heard(yan, unread=True)) == 3
    await _mark(yan, place.channel, 30)
    assert str(elsewhere) in await heard(yan, unread=True)
    assert (await number(yan, place.channel), await number(yan, other)) == (0, 1)
    assert await counting(yan) == 2


async def test_moving_the_mark_back_leaves_things_read(house: House) -> None:
    zoe, yan, place = await _two(house)
    await tell(house, zoe, place.channel, yan, position=10)
    await _mark(yan, place.channel, 20)
    await tell(house, zoe, place.channel, yan, position=30)
    await _mark(yan, place.channel, 9, back=True)
    assert len(await heard(yan, unread=True)) == 1
    # Back to a position behind what is unread: that is no reading either.
    await _mark(yan, place.channel, 40, back=True)
    assert await number(yan, place.channel) == 1


async def test_an_older_mark_reads_up_to_the_newer_one(house: House) -> None:
    zoe, yan, place = await _two(house)
    await _mark(yan, place.channel, 20)
    await _mark(yan, place.channel, 5)
    await tell(house, zoe, place.channel, yan, position=20)
    assert await number(yan, place.channel) == 0


async def test_what_one_device_reads_all_devices_know(house: House) -> None:
    zoe, yan, place = await _two(house)
    phone = await house.another_device(yan)
    desk, pocket, others = await yan.tab(), await phone.tab(), await zoe.tab(place.channel)
    told = [await tell(house, zoe, place.channel, yan, position=n) for n in (1, 2, 3)]
    await tell(house, zoe, place.channel, yan, why="reaction", position=4)
    await _mark(yan, place.channel, 2)
    for tab in (desk, pocket):
        await tab.event("counts.changed", yan.id, place_id=str(place.channel), mentions=1)
        read = await tab.event("notification.read", yan.id, counting=1)
        assert (len(read["unread"]), read["more"]) == (2, False)
    ids = {one["object_id"]: one["id"] for one in (await inbox(yan))["notifications"]}
    await phone.post("/api/activity/read", {"ids": [ids[str(told[2])]]}, expect=204)
    await desk.event("counts.changed", yan.id, mentions=0)
    await phone.post("/api/activity/read", {"all": True}, expect=204)
    await desk.event("notification.read", yan.id, unread=[], counting=0)
    await others.settle()
    assert not [e for e in others.events() if e["type"].startswith(("notification", "counts"))]


async def test_reading_what_is_read_tells_nothing(house: House) -> None:
    zoe, yan, place = await _two(house)
    await tell(house, zoe, place.channel, yan, position=1)
    await _mark(yan, place.channel, 1)
    before = await own_head(house, yan)
    await _mark(yan, place.channel, 2)
    await yan.post("/api/activity/read", {"all": True}, expect=204)
    assert await own_head(house, yan) == before


async def test_a_thread_is_read_by_itself(house: House) -> None:
    zoe, yan, place = await _two(house)
    thread = new_id()
    for position in (10, 20):
        await tell(house, zoe, place.channel, yan, position=position, thread_id=thread)
    await tell(house, zoe, place.channel, yan, position=5)
    tab = await yan.tab()
    async with house.work(yan.id) as uow:
        await service.read_thread(uow, yan.id, thread, 10)
    await tab.event(
        "counts.changed", thread_id=str(thread), place_id=str(place.channel), mentions=1
    )
    async with house.work(yan.id) as uow:
        await service.read_thread(uow, yan.id, thread, 20)
    await tab.event(
        "counts.changed", thread_id=str(thread), place_id=str(place.channel), mentions=0
    )
    assert await number(yan, place.channel) == 1


async def test_nobody_reads_for_somebody_else(house: House) -> None:
    zoe, yan, place = await _two(house)
    await tell(house, zoe, place.channel, yan, position=1)
    [one] = (await inbox(yan))["notifications"]
    body = {"ids": [one["id"], str(uuid4())]}
    await zoe.post("/api/activity/read", body, expect=204)
    await zoe.post("/api/activity/read", {"all": True}, expect=204)
    await _mark(zoe, place.channel, 99)
    assert await counting(yan) == 1


@pytest.mark.parametrize("body", [{}, {"ids": []}, {"ids": [str(uuid4())], "all": True},
    {"ids": [str(uuid4())] * 201}, {"ids": ["*"]}, {"all": "perhaps"}])  # fmt: skip
async def test_what_is_read_must_be_said(house: House, body: Any) -> None:
    await house.person("cy").post("/api/activity/read", body, expect=422)


async def test_devices_that_read_at_once_do_not_wait_for_each_other(house: House) -> None:
    zoe, yan, place = await _two(house)
    for position in range(1, 30):
        await tell(house, zoe, place.channel, yan, position=position)
    ids = [one["id"] for one in (await inbox(yan))["notifications"]]
    tab = await yan.tab()
    await asyncio.gather(
        yan.post("/api/activity/read", {"all": True}, expect=204),
        yan.post("/api/activity/read", {"ids": ids[::2]}, expect=204),
        yan.post("/api/activity/read", {"ids": ids[::-1]}, expect=204),
        *(_mark(yan, place.channel, position) for position in (5, 25, 15)),
        *(tell(house, zoe, place.channel, yan, position=position) for position in (30, 31)),
    )
    head = await own_head(house, yan)
    left = await counting(yan)
    await tab.event("counts.changed", yan.id, seq=head) if left else None
    assert Device().take(await missed(yan)).numbers == {str(place.channel): left}


async def test_catching_up_after_a_break_is_as_good_as_having_been_there(house: House) -> None:
    zoe, yan, place = await _two(house)
    other, thread = await house.channel(place.group, zoe), new_id()
    tab, start = await yan.tab(), await own_head(house, yan)
    told = [await tell(house, zoe, place.channel, yan, position=n) for n in range(1, 7)]
    await tell(house, zoe, place.channel, yan, position=8, thread_id=thread, why="reply")
    await tell(house, zoe, other, yan, position=3, why="message")
    await _mark(yan, place.channel, 2)
    middle = await own_head(house, yan)
    half = Device().take(await missed(yan, start))
    async with house.work(zoe.id) as uow:
        await service.forget(uow, "message", [told[0], told[3]])
    await yan.post(
        "/api/activity/read", {"ids": [(await inbox(yan))["notifications"][0]["id"]]}, 204
    )
    await tell(house, zoe, place.channel, yan, position=9, why="reaction")
    head = await own_head(house, yan)
    await tab.event("notification.added", yan.id, seq=head)
    live = Device().take(tab.events(yan.id))
    whole, resumed = Device().take(await missed(yan, start)), half.take(await missed(yan, middle))
    assert live == whole == resumed
    answer = await inbox(yan)
    shown = {one["id"]: one["read_at"] is None for one in answer["notifications"]}
    assert (shown, answer["unread"]["counting"]) == (live.unread, live.counting)
    assert answer["head"] == head
    assert live.numbers == {str(place.channel): 3, str(thread): 1, str(other): 0}


async def test_an_inbox_is_told_whole(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    zoe, yan, place = await _two(house)
    for position in range(1, 6):
        await tell(house, zoe, place.channel, yan, position=position)
    device = Device().take(await missed(yan))
    await _mark(yan, place.channel, 1)
    [read] = [e for e in await missed(yan) if e["type"] == "notification.read"]
    assert (len(read["unread"]), read["more"], read["counting"]) == (4, False, 4)
    monkeypatch.setattr(inbox_module, "UNREAD_LISTED", 3)
    await _mark(yan, place.channel, 2)
    [read] = [e for e in await missed(yan) if e["type"] == "notification.read"]
    assert (len(read["unread"]), read["more"], read["counting"]) == (3, False, 3)
    monkeypatch.setattr(inbox_module, "UNREAD_LISTED", 2)
    device.take(await missed(yan))
    # What is older than all that is listed is left as it was known.
    assert list(device.unread.values()) == [False, False, True, True, True]


async def test_places_and_catching_up_carry_the_numbers(house: House) -> None:
    zoe, yan, place = await _two(house)
    for _ in range(2):
        await tell(house, zoe, place.channel, yan)
    await tell(house, zoe, place.channel, yan, thread_id=new_id())
    [channel] = (await yan.get("/api/places"))["channels"]
    assert channel["mentions"] == 2
    [listed] = await yan.get(f"/api/groups/{place.group}/channels")
    assert listed["mentions"] == 2
    answer = await yan.post("/api/sync", {"followed": {str(place.channel): 0}})
    assert answer["streams"][str(place.channel)]["mentions"] == 2
    answer = await zoe.post("/api/sync", {"followed": {str(place.channel): 0}})
    assert answer["streams"][str(place.channel)]["mentions"] == 0
