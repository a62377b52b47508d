"""Several processes on one database: with a bus between them, without, and with a lossy one."""

import time
from typing import Any
from uuid import UUID

import pytest

from courtyard.core.bus import Frame
from courtyard.realtime import watch
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead, nothing
from tests.patience import until

LATE = 5.0

MUTANTS = {
    "the watch does not look": (
        instead("courtyard.realtime.watch", "_compare", lambda *_: None),
        ["test_with_the_bus_cut_words_come_within_five_seconds"],
    ),
    "gaps are not filled": (
        instead("courtyard.realtime.hub.Hub", "look_again", lambda *_, **__: None),
        ["test_a_lost_hint_is_filled_in_order"],
    ),
    "the watch asks for no session": (
        instead("courtyard.realtime.watch", "_LOOK",
                watch._LOOK.replace("AND s.ended_at IS NULL", "")),
        ["test_with_the_bus_cut_a_session_ends_within_five_seconds"],
    ),
    "rights are not asked anew": (
        instead("courtyard.realtime.watch", "_recompute", nothing),
        ["test_with_the_bus_cut_a_right_ends_within_five_seconds"],
    ),
}  # fmt: skip


@pytest.fixture
async def pair(fresh: House, open_house: Opener) -> tuple[House, House]:
    """Two processes and a bus."""
    other = await open_house(url=fresh.settings.database_url)
    await until(lambda: fresh.state.bus.company and other.state.bus.company)
    return fresh, other


@pytest.fixture
async def parted(fresh: House, open_house: Opener) -> tuple[House, House]:
    """Two processes with nothing between them."""
    return fresh, await open_house(url=fresh.settings.database_url, redis_url=None)


async def test_words_at_one_are_heard_at_the_other(pair: tuple[House, House]) -> None:
    here, there = pair
    tab = await there.person("dee").tab(there.world.channels["open"])
    started = time.monotonic()
    said = await here.person("cy").say(here.world.channels["open"])
    await tab.message(said["id"])
    assert time.monotonic() - started < watch.EVERY


async def test_typing_goes_across(pair: tuple[House, House]) -> None:
    here, there = pair
    channel = here.world.channels["open"]
    reads, writes = await there.person("dee").tab(channel), await here.person("cy").tab()
    await writes.send({"op": "typing", "s": channel})
    await reads.event("typing", channel)


async def test_each_hears_everything_once_and_in_order(pair: tuple[House, House]) -> None:
    here, _there = pair
    channel = here.world.channels["open"]
    tabs = [await house.person("dee").tab(channel) for house in pair]
    head = tabs[0].frames[-1]["opened"][str(channel)]
    for n in range(10):
        for house in pair:
            last = await house.person("cy").say(channel, str(n))
    for tab in tabs:
        await tab.message(last["id"])
        seqs = [event["seq"] for event in tab.events(channel)]
        assert seqs == list(range(head + 1, head + 21))


async def test_with_the_bus_cut_words_come_within_five_seconds(
    parted: tuple[House, House],
) -> None:
    here, there = parted
    channel = here.world.channels["open"]
    tab = await there.person("dee").tab(channel)
    said = [await here.person("cy").say(channel, str(n)) for n in range(3)]
    await tab.message(said[-1]["id"], timeout=LATE)
    assert [e["message"]["id"] for e in tab.events(channel)] == [m["id"] for m in said]


async def test_with_the_bus_cut_heads_come_too(parted: tuple[House, House]) -> None:
    here, there = parted
    channel = here.world.channels["open"]
    tab = await there.person("dee").tab()
    said = await here.person("cy").say(channel)
    await tab.head(channel, said["seq"], timeout=LATE)


async def test_with_the_bus_cut_a_session_ends_within_five_seconds(
    parted: tuple[House, House],
) -> None:
    here, there = parted
    zoe = await here.newcomer("zoe")
    tab = await zoe.at(there).tab()
    await zoe.delete("/api/sessions/current")
    assert await tab.ended(LATE) == 4001


async def test_with_the_bus_cut_a_right_ends_within_five_seconds(
    parted: tuple[House, House],
) -> None:
    here, there = parted
    closed, cy = here.world.channels["closed"], here.person("cy")
    tab = await cy.at(there).tab(closed)
    await here.person("bo").delete(f"/api/channels/{closed}/people/{cy.id}")
    await tab.event("access.changed", cy.id, timeout=LATE)
    hub = there.state.hub
    await until(lambda: not hub.streams[closed].readers, "silence", LATE)


def _lose(house: House, stream: UUID, *seqs: int) -> None:
    """Drops these hints on their way to the hub of this house."""
    listeners: Any = house.state.bus._listeners
    hear = house.state.hub._hear

    def lossy(frame: Frame) -> None:
        if not (frame.stream_id == stream and frame.seq in seqs):
            hear(frame)

    listeners[listeners.index(hear)] = lossy


async def test_a_lost_hint_is_filled_in_order(fresh: House) -> None:
    channel, cy = fresh.world.channels["open"], fresh.person("cy")
    tab = await fresh.person("dee").tab(channel)
    head = tab.frames[-1]["opened"][str(channel)]
    _lose(fresh, channel, head + 1, head + 3)
    said = [await cy.say(channel, str(n)) for n in range(5)]
    await tab.message(said[-1]["id"])
    assert [event["message"]["text"] for event in tab.events(channel)] == list("01234")


async def test_a_lost_last_hint_is_found_by_the_watch(fresh: House) -> None:
    channel, cy = fresh.world.channels["open"], fresh.person("cy")
    tab = await fresh.person("dee").tab(channel)
    head = tab.frames[-1]["opened"][str(channel)]
    _lose(fresh, channel, head + 1)
    said = await cy.say(channel)
    await tab.message(said["id"], timeout=LATE)


async def test_more_than_can_be_passed_on_sends_the_reader_to_catch_up(
    fresh: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courtyard.realtime.hub.FILL_LIMIT", 3)
    channel, cy = fresh.world.channels["open"], fresh.person("cy")
    tab = await fresh.person("dee").tab(channel)
    head = tab.frames[-1]["opened"][str(channel)]
    known = len(tab.frames)
    _lose(fresh, channel, *range(head + 1, head + 7))
    for _ in range(6):
        await cy.say(channel)
    opened = (await tab.frame("opened", after=known, timeout=LATE))["opened"]
    assert opened == {str(channel): head + 6}


async def test_a_rename_at_one_process_changes_what_the_other_catches_up(
    pair: tuple[House, House],
) -> None:
    here, there = pair
    channel = here.world.channels["open"]
    tab = await there.person("dee").tab(channel)
    said = await here.person("cy").say(channel, "old words")
    await tab.message(said["id"])
    await here.person("cy").patch(f"/api/messages/{said['id']}", {"text": "new words"})
    await tab.event("message.edited", channel)
    body = {"open": {str(channel): said["seq"] - 1}}
    answer = await there.person("dee").post("/api/sync", body)
    assert "old words" not in str(answer)
    assert "new words" in str(answer)
