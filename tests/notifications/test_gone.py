"""What leaves an inbox: what one may not read any more, what was deleted, what was read long ago."""

from types import SimpleNamespace
from typing import Any

from courtyard.core.clock import now
from courtyard.core.ids import new_id
from courtyard.core.upkeep import Tools
from courtyard.notifications import counts, service
from courtyard.notifications.jobs import KEPT_FOR, forget_notifications
from courtyard.notifications.models import Notification
from tests.house import House
from tests.mutants import instead, nothing
from tests.notifications.telling import (
    Device,
    counting,
    heard,
    missed,
    number,
    own_head,
    tell,
)
from tests.person import Person

_locked = service._locked


def _whatever_object(*which: Any) -> Any:
    return _locked(which[0])


MUTANTS = {
    "what one may not read any more still counts": (
        instead("courtyard.notifications.inbox", "_mine",
                lambda user_id: Notification.user_id == user_id),
        ["test_who_is_taken_out_of_a_place_loses_what_was_told_of_it"],
    ),
    "numbers of what one may not read any more": (
        instead("courtyard.notifications.counts", "_NUMBERS",
                counts._NUMBERS.replace("p.permissions & 1 <> 0", "true")),
        ["test_who_is_taken_out_of_a_place_loses_what_was_told_of_it"],
    ),
    "a deleted object stays in inboxes": (
        instead("courtyard.notifications.service", "forget", nothing),
        ["test_what_was_deleted_is_gone_from_every_inbox"],
    ),
    "forgetting forgets by kind alone": (
        instead("courtyard.notifications.service", "_locked", _whatever_object),
        ["test_what_was_deleted_is_gone_from_every_inbox"],
    ),
    "unread ones go too": (
        instead("courtyard.notifications.jobs", "_outdated",
                lambda: Notification.created_at < now() - KEPT_FOR),
        ["test_what_was_read_is_kept_for_three_months"],
    ),
}  # fmt: skip


async def _two(house: House) -> tuple[Person, Person, Any]:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    return zoe, yan, await house.group(zoe, yan)


async def test_who_is_taken_out_of_a_place_loses_what_was_told_of_it(house: House) -> None:
    zoe, yan, place = await _two(house)
    closed = await house.channel(place.group, zoe, yan)
    thread = new_id()
    await tell(house, zoe, closed, yan, position=1)
    await tell(house, zoe, closed, yan, position=2, thread_id=thread, why="reply")
    stays = await tell(house, zoe, place.channel, yan, position=1)
    assert (await counting(yan), await number(yan, closed)) == (3, 1)
    await zoe.delete(f"/api/channels/{closed}/people/{yan.id}")
    assert await heard(yan) == [str(stays)]
    assert await counting(yan) == 1
    events = await missed(yan)
    assert [
        e["notification"]["object_id"] for e in events if e["type"] == "notification.added"
    ] == [str(stays)]
    device = Device().take(events)
    assert device.numbers == {str(closed): 0, str(thread): 0, str(place.channel): 1}
    answer = await yan.post("/api/sync", {"followed": {str(closed): 0, str(place.channel): 0}})
    assert answer["streams"][str(closed)] == {"state": "gone"}
    assert answer["streams"][str(place.channel)]["mentions"] == 1
    await zoe.put(f"/api/channels/{closed}/people/{yan.id}", expect=204)
    assert await counting(yan) == 3


async def test_what_was_deleted_is_gone_from_every_inbox(house: House) -> None:
    zoe, yan, place = await _two(house)
    tab = await yan.tab()
    doomed = await tell(house, zoe, place.channel, yan, position=1)
    await tell(house, zoe, place.channel, yan, object_id=doomed, object_kind="task")
    stays = await tell(house, zoe, place.channel, yan, position=2)
    async with house.work(zoe.id) as uow:
        await service.forget(uow, "message", [doomed, new_id()])
    assert await heard(yan) == [str(stays), str(doomed)]
    await tab.event("notification.removed", yan.id)
    await tab.event("counts.changed", yan.id, mentions=2, seq=await own_head(house, yan))


async def test_what_was_read_is_kept_for_three_months(fresh: House) -> None:
    cy, dee, place = fresh.person("cy"), fresh.person("dee"), fresh.world.channels["open"]
    told = [await tell(fresh, cy, place, dee, position=n) for n in (1, 2, 3)]
    await dee.put(f"/api/channels/{place}/read", {"position": 2}, expect=204)
    await fresh.sql(
        "UPDATE notification SET created_at = now() - interval '91 days' WHERE object_id <> %s",
        told[1],
    )
    state = fresh.state
    kit = Tools(fresh.settings, state.database, state.bus, state.blobs)
    await forget_notifications(SimpleNamespace(additional_context={"tools": kit}), 0)  # type: ignore[arg-type]
    assert await heard(dee) == [str(told[2]), str(told[1])]
