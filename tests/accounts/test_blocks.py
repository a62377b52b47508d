"""Blocking: known to one, felt by two."""

import asyncio
from typing import Any
from uuid import uuid4

from courtyard.accounts import blocks
from courtyard.accounts.schemas import BlockChanged
from tests.house import House
from tests.mutants import instead, nothing, rule
from tests.person import Person


async def _told_to_both(uow: Any, user_id: Any, blocked_id: Any, *, blocked: bool) -> None:
    await _changed(uow, user_id, blocked_id, blocked=blocked)
    uow.emit(blocked_id, BlockChanged(user_id=user_id, blocked=blocked), user_id)


async def _never(*_: Any) -> bool:
    return False


_changed = blocks._changed
MUTANTS = {
    "the blocked are told": (
        instead("courtyard.accounts.blocks", "_changed", _told_to_both),
        ["test_only_who_blocks_hears_of_it"],
    ),
    "the blocked open new ones": (
        instead("courtyard.accounts.blocks", "between", _never),
        ["test_of_two_neither_begins_a_conversation"],
    ),
    "the blocked write on": (
        rule(" OR pair.parted", ""),
        [
            "test_in_a_conversation_of_two_nobody_writes_any_more",
            "test_nothing_is_said_once_the_block_was_answered",
        ],
    ),
    "blocks silence groups": (
        rule("count(*) = 2 AND ", ""),
        ["test_among_more_than_two_everybody_writes"],
    ),
    "strangers can be tried": (
        instead("courtyard.channels.people", "require_known", nothing),
        ["test_whom_one_may_not_know_of_is_not_there"],
    ),
}


async def _talk(person: Person, *others: Person, expect: int = 201) -> Any:
    ids = [str(other.id) for other in others]
    return await person.post("/api/conversations", {"user_ids": ids}, expect=expect)


async def _block(person: Person, other: Person, expect: int = 204) -> Any:
    return await person.put(f"/api/me/blocks/{other.id}", expect=expect)


async def test_only_who_blocks_hears_of_it(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    mine, theirs = await zoe.tab(), await yan.tab()
    for _ in range(2):
        await _block(zoe, yan)
    await mine.event("block.changed", zoe.id, user_id=str(yan.id), blocked=True)
    assert [one["user_id"] for one in await zoe.get("/api/me/blocks")] == [str(yan.id)]
    assert await yan.get("/api/me/blocks") == []
    for _ in range(2):
        await zoe.delete(f"/api/me/blocks/{yan.id}")
    await mine.event("block.changed", zoe.id, user_id=str(yan.id), blocked=False)
    assert await zoe.get("/api/me/blocks") == []
    await mine.settle()
    assert [e["blocked"] for e in mine.events(zoe.id)] == [True, False]
    await theirs.settle()
    assert str(zoe.id) not in str(theirs.frames)


async def test_it_is_caught_up_with(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    await _block(zoe, yan)
    answer = await zoe.post("/api/sync", {"open": {str(zoe.id): 0}})
    [told] = answer["streams"][str(zoe.id)]["events"]
    assert (told["type"], told["user_id"], told["blocked"]) == (
        "block.changed", str(yan.id), True
    )  # fmt: skip
    await zoe.delete(f"/api/me/blocks/{yan.id}")
    answer = await zoe.post("/api/sync", {"open": {str(zoe.id): 1}})
    assert answer["streams"][str(zoe.id)]["events"][0]["blocked"] is False


async def test_whom_one_may_not_know_of_is_not_there(house: House) -> None:
    zoe, gus = await house.newcomer("zoe"), await house.newcomer("gus", role="guest")
    await zoe.put(f"/api/me/blocks/{uuid4()}", expect=404)
    await _block(gus, zoe, 404)
    error = await _block(zoe, zoe, 422)
    assert list(error["error"]["fields"]) == ["user_id"]
    await zoe.put(f"/api/me/blocks/{house.world.people['fay']}", expect=204)


async def test_in_a_conversation_of_two_nobody_writes_any_more(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    made = (await _talk(zoe, yan))["id"]
    said = await yan.say(made)
    tab = await yan.tab(made)
    await _block(zoe, yan)
    for person in (zoe, yan):
        assert (await _talk(person, zoe, yan))["permissions"] == ["view"]
        await person.say(made, expect=403)
        assert len((await person.get(f"/api/channels/{made}/messages"))["messages"]) == 1
    await yan.patch(f"/api/messages/{said['id']}", {"text": "more"}, expect=403)
    await tab.send({"op": "typing", "s": made})
    await tab.frame("error")
    await zoe.delete(f"/api/me/blocks/{yan.id}")
    await yan.say(made)


async def test_among_more_than_two_everybody_writes(house: House) -> None:
    zoe, yan, xen = [await house.newcomer(name) for name in ("zoe", "yan", "xen")]
    place = await house.group(zoe, yan)
    await _block(zoe, yan)
    made = (await _talk(yan, zoe, xen))["id"]
    for person in (zoe, yan):
        await person.say(made)
        await person.say(place.channel)
    notes = await _talk(zoe, zoe)
    await zoe.say(notes["id"])


async def test_of_two_neither_begins_a_conversation(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    await _block(zoe, yan)
    for person, other in ((zoe, yan), (yan, zoe)):
        error = await _talk(person, other, expect=403)
        assert error["error"]["code"] == "blocked"
    await zoe.delete(f"/api/me/blocks/{yan.id}")
    await _talk(yan, zoe)


async def test_nothing_is_said_once_the_block_was_answered(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    made = (await _talk(zoe, yan))["id"]
    path = f"/api/channels/{made}/messages"
    answered = asyncio.Event()

    async def say_on() -> set[int]:
        late: list[int] = []
        while len(late) < 5:
            begun = answered.is_set()
            body = {"client_id": str(uuid4()), "text": "and another thing"}
            status = (await yan.ask("POST", path, json=body)).status_code
            assert status in (201, 403)
            if begun:
                late.append(status)
        return set(late)

    talking = [asyncio.create_task(say_on()) for _ in range(3)]
    await asyncio.sleep(0)
    await _block(zoe, yan)
    answered.set()
    assert await asyncio.gather(*talking) == [{403}] * 3


async def test_two_who_block_one_another_at_once_both_do(house: House) -> None:
    for _ in range(5):
        zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
        await asyncio.gather(_block(zoe, yan), _block(yan, zoe))
        await zoe.delete(f"/api/me/blocks/{yan.id}")
        await _talk(zoe, yan, expect=403)
