"""Importing: old messages at their old places, told as one change."""

from datetime import UTC, datetime, timedelta
from typing import Any

from courtyard.core.clock import to_position
from courtyard.core.ids import new_id
from courtyard.messages.bulk import Imported, import_batch
from tests.house import House
from tests.mutants import replace

OLD = datetime(2019, 5, 4, 12, 30, tzinfo=UTC)

MUTANTS = {
    "live messages fall behind imported ones": (
        replace("courtyard.messages.post", "_POST", ", position + 1)", ", 0)"),
        ["test_a_live_message_comes_after_an_imported_one"],
    ),
}


def _batch(author: Any, count: int, start: datetime = OLD) -> list[Imported]:
    return [
        Imported(new_id(), author, start + timedelta(hours=n), f"old {n}") for n in range(count)
    ]


async def test_history_fills_at_its_own_time_and_is_told_once(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    said = await zoe.say(place.channel, "live")
    tab = await zoe.tab(place.channel)
    async with house.work(zoe.id) as uow:
        assert await import_batch(uow, place.channel, _batch(zoe.id, 3)) == 3
    await tab.event("history.changed", place.channel)
    page = await zoe.get(f"/api/channels/{place.channel}/messages")
    assert [m["text"] for m in page["messages"]] == ["old 0", "old 1", "old 2", "live"]
    assert page["messages"][0]["position"] == to_position(OLD)
    assert page["messages"][0]["created_at"] == "2019-05-04T12:30:00Z"
    assert page["head"] == said["seq"] + 1


async def test_the_same_batch_again_brings_nothing(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    batch = _batch(zoe.id, 3)
    for expected in (3, 0):
        async with house.work(zoe.id) as uow:
            assert await import_batch(uow, place.channel, batch) == expected
    rows = await house.sql("SELECT head FROM stream WHERE id = %s", place.channel)
    assert rows == [(1,)]


async def test_a_live_message_comes_after_an_imported_one(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    future = datetime.now(UTC) + timedelta(days=2)
    async with house.work(zoe.id) as uow:
        await import_batch(uow, place.channel, _batch(zoe.id, 1, future))
    said = await zoe.say(place.channel, "live")
    assert said["position"] == to_position(future) + 1
