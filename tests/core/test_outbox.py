"""The dispatcher: batches, isolation of what fails, parking, and two of them at once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from sqlalchemy import text

from courtyard.core import outbox
from courtyard.core.outbox import Dispatcher, Fact, on
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups.schemas import MemberJoined
from courtyard.messages.schemas import MessagePosted
from tests.house import House
from tests.mutants import instead


def _all_at_once(patch: pytest.MonkeyPatch) -> None:
    taken = str(outbox._TAKE).replace("FOR UPDATE SKIP LOCKED", "")
    patch.setattr(outbox, "_TAKE", text(taken))


MUTANTS = {
    "a batch with a bad event is dropped": (
        instead("courtyard.core.outbox.Dispatcher", "_feed", Dispatcher._try),
        ["test_only_the_bad_event_is_kept_and_only_for_its_handler"],
    ),
    "never parked": (
        instead("courtyard.core.outbox", "TRIES", 10**6),
        ["test_after_five_tries_it_is_parked"],
    ),
    "two dispatchers take the same": (
        _all_at_once,
        ["test_two_dispatchers_share_the_work"],
    ),
}


@pytest.fixture
async def dispatcher(fresh: House) -> AsyncIterator[Dispatcher]:
    """A dispatcher with nothing left to do, and handlers of this test only."""
    dispatcher = Dispatcher(fresh.state.database, fresh.state.bus)
    while await dispatcher.once():
        pass
    kept = {name: list(handlers) for name, handlers in outbox._handlers.items()}
    outbox._handlers.clear()
    yield dispatcher
    outbox._handlers.clear()
    outbox._handlers.update(kept)


def _collector(seen: list[list[Fact]]) -> Any:
    async def collect(_: UnitOfWork, facts: Sequence[Fact]) -> None:
        seen.append(list(facts))

    return on(MessagePosted)(collect)


async def _say(house: House, count: int) -> list[Any]:
    cy, channel = house.person("cy"), house.world.channels["open"]
    return [await cy.say(channel, str(n)) for n in range(count)]


async def test_a_handler_gets_its_events_in_one_batch_and_in_order(
    fresh: House, dispatcher: Dispatcher
) -> None:
    seen: list[list[Fact]] = []
    _collector(seen)
    said = await _say(fresh, 5)
    await fresh.person("cy").patch(f"/api/messages/{said[0]['id']}", {"text": "edited"})
    assert await dispatcher.once() == 6
    [facts] = seen
    assert [str(fact.object_id) for fact in facts] == [message["id"] for message in said]
    assert [fact.seq for fact in facts] == [message["seq"] for message in said]
    assert {fact.actor_id for fact in facts} == {fresh.world.people["cy"]}
    assert await dispatcher.once() == 0


async def test_only_the_bad_event_is_kept_and_only_for_its_handler(
    fresh: House, dispatcher: Dispatcher
) -> None:
    seen, digested = [], []
    _collector(seen)

    @on(MessagePosted)
    async def picky(_: UnitOfWork, facts: Sequence[Fact]) -> None:
        if any(str(fact.object_id) == bad for fact in facts):
            raise ValueError("words that must not be kept")
        digested.extend(str(fact.object_id) for fact in facts)

    said = await _say(fresh, 4)
    bad = said[2]["id"]
    await dispatcher.once()
    assert len(seen[0]) == 4
    assert digested == [message["id"] for message in said if message["id"] != bad]
    [row] = await fresh.sql("SELECT seq, handler, tries, error FROM failed_reaction")
    assert (row[0], row[3]) == (said[2]["seq"], "ValueError")
    assert row[1].endswith("picky")


async def test_a_handler_that_recovers_is_given_the_event_again(
    fresh: House, dispatcher: Dispatcher
) -> None:
    seen: list[int] = []
    broken = True

    @on(MessagePosted)
    async def moody(_: UnitOfWork, facts: Sequence[Fact]) -> None:
        if broken:
            raise RuntimeError
        seen.extend(fact.seq for fact in facts)

    [said] = await _say(fresh, 1)
    await dispatcher.once()
    broken = False
    await fresh.sql("UPDATE failed_reaction SET next_at = now()")
    assert await dispatcher.once() == 1
    assert seen == [said["seq"]]
    assert await fresh.sql("SELECT * FROM failed_reaction") == []


async def test_after_five_tries_it_is_parked(fresh: House, dispatcher: Dispatcher) -> None:
    tries = []

    @on(MessagePosted)
    async def hopeless(_: UnitOfWork, facts: Sequence[Fact]) -> None:
        tries.append(len(facts))
        raise RuntimeError

    await _say(fresh, 1)
    for _ in range(9):
        await dispatcher.once()
        await fresh.sql("UPDATE failed_reaction SET next_at = now()")
    # The batch, the same with care, the event by itself, then four times more.
    assert len(tries) == 3 + 4
    assert await fresh.sql("SELECT tries FROM failed_reaction") == [(outbox.TRIES,)]


async def test_each_try_waits_longer(fresh: House, dispatcher: Dispatcher) -> None:
    @on(MessagePosted)
    async def hopeless(_: UnitOfWork, __: Sequence[Fact]) -> None:
        raise RuntimeError

    await _say(fresh, 1)
    await dispatcher.once()
    waits = []
    for _ in range(3):
        await fresh.sql("UPDATE failed_reaction SET next_at = now()")
        await dispatcher.once()
        [row] = await fresh.sql("SELECT extract(epoch FROM next_at - now()) FROM failed_reaction")
        waits.append(round(float(row[0])))
    assert [round(wait / waits[0]) for wait in waits] == [1, 4, 16]


async def test_two_dispatchers_share_the_work(
    fresh: House, dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BATCH", 10)
    other = Dispatcher(fresh.state.database, fresh.state.bus)
    seen: list[int] = []
    both, inside = asyncio.Event(), []

    @on(MessagePosted)
    async def collect(_: UnitOfWork, facts: Sequence[Fact]) -> None:
        inside.append(len(facts))
        if len(inside) == 2:
            both.set()
        await asyncio.wait_for(both.wait(), 3)  # both hold their batch at the same time
        seen.extend(fact.seq for fact in facts)

    said = await _say(fresh, 20)
    moved = await asyncio.gather(dispatcher.once(), other.once())
    assert moved == [10, 10]
    assert sorted(seen) == [message["seq"] for message in said]


async def test_a_worker_that_dies_half_way_leaves_the_work_to_the_next(
    fresh: House, dispatcher: Dispatcher
) -> None:
    seen: list[list[Fact]] = []
    entered = asyncio.Event()

    @on(MessagePosted)
    async def stuck(_: UnitOfWork, facts: Sequence[Fact]) -> None:
        seen.append(list(facts))
        if not entered.is_set():
            entered.set()
            await asyncio.Event().wait()

    await _say(fresh, 3)
    dying = asyncio.create_task(dispatcher.once())
    await asyncio.wait_for(entered.wait(), 5)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    assert await dispatcher.once() == 3
    assert [len(facts) for facts in seen] == [3, 3]


async def test_what_a_handler_does_and_says_is_kept_with_its_batch(
    fresh: House, dispatcher: Dispatcher
) -> None:
    group, user = fresh.world.groups["G1"], fresh.world.people["cy"]
    tab = await fresh.person("dee").tab()

    @on(MessagePosted)
    async def answers(uow: UnitOfWork, _: Sequence[Fact]) -> None:
        uow.emit(group, MemberJoined(user_id=user), user)

    @on(MessagePosted)
    async def fails_after_saying(uow: UnitOfWork, _: Sequence[Fact]) -> None:
        uow.emit(group, MemberJoined(user_id=group), group)
        raise RuntimeError

    await _say(fresh, 1)
    await dispatcher.once()
    await tab.event("member.joined", group, user_id=str(user))
    await tab.settle()
    assert len(tab.events(group)) == 1


async def test_it_wakes_when_something_happens(fresh: House, dispatcher: Dispatcher) -> None:
    seen: list[list[Fact]] = []
    _collector(seen)
    running = asyncio.create_task(dispatcher.run())
    try:
        await _say(fresh, 1)
        async with asyncio.timeout(5):
            while not seen:
                await asyncio.sleep(0.01)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
