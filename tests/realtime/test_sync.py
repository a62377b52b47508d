"""Catching up: what one missed, what one may no longer know, what the log has forgotten."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from courtyard.messages.schemas import HistoryChanged
from courtyard.realtime import catchup, sync
from courtyard.realtime.schemas import Synced
from tests.house import House
from tests.mutants import instead
from tests.person import Person
from tests.place import Place
from tests.wire import same_as


async def _also(connection: Any, user_id: UUID, _: Any, wanted: Any) -> Any:
    everything = sync.Rights(places=set(wanted))
    return await _where(connection, user_id, everything, wanted)


_where = sync._states


_missed = catchup.missed_of


async def _never_stale(*asked: Any) -> Any:
    found = await _missed(*asked)
    for missed in found.values():
        missed.stale = False
    return found


_answer = sync.Syncer.answer


async def _whatever_the_epoch(self: Any, claim: Any, asked: Any) -> bytes:
    return await _answer(self, claim, asked.model_copy(update={"epoch": None}))


MUTANTS = {
    "catch-up asks for no right": (
        instead("courtyard.realtime.sync", "_states", _also),
        ["test_what_one_may_not_read_is_gone_whether_it_exists_or_not"],
    ),
    "a pruned log seems whole": (
        instead("courtyard.realtime.catchup", "missed_of", _never_stale),
        ["test_what_the_log_has_forgotten_is_to_be_loaded_anew"],
    ),
    "old words from memory": (
        instead("courtyard.realtime.stream.LiveStream", "_forget", lambda *_: None),
        ["test_memory_never_repeats_words_that_were_changed"],
    ),
    "an answer may be endless": (
        instead("courtyard.realtime.sync", "_batches", lambda known, _: iter([known])),
        ["test_an_answer_is_bounded_in_bytes_and_says_that_there_is_more"],
    ),
    "another epoch is the same": (
        instead("courtyard.realtime.sync.Syncer", "answer", _whatever_the_epoch),
        ["test_after_a_restore_everything_starts_afresh"],
    ),
}


async def _sync(person: Person, open_: Any = None, followed: Any = None, **more: Any) -> Any:
    known = {str(key): seq for key, seq in (open_ or {}).items()}
    heads = {str(key): seq for key, seq in (followed or {}).items()}
    answer = await person.post("/api/sync", {"open": known, "followed": heads, **more})
    assert same_as(Synced, answer)
    return answer


async def _spoken(house: House, *texts: str) -> tuple[Person, Place, list[Any]]:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    return zoe, place, [await zoe.say(place.channel, text) for text in texts]


async def _from(person: Person, channel: UUID, seq: int, **more: Any) -> Any:
    return (await _sync(person, {channel: seq}, **more))["streams"][str(channel)]


async def test_the_events_behind_what_one_holds(house: House) -> None:
    zoe, place, said = await _spoken(house, "one", "two", "three")
    found = await _from(zoe, place.channel, 1)
    assert (found["state"], found["head"], found["more"]) == ("events", 3, False)
    assert [event["message"]["id"] for event in found["events"]] == [m["id"] for m in said[1:]]
    assert [event["seq"] for event in found["events"]] == [2, 3]
    nothing = await _from(zoe, place.channel, 3)
    assert (nothing["events"], nothing["head"]) == ([], 3)


async def test_only_the_last_event_of_each_object_in_its_present_state(house: House) -> None:
    zoe, place, said = await _spoken(house, "old words", "stays", "goes")
    await zoe.patch(f"/api/messages/{said[0]['id']}", {"text": "new words"})
    await zoe.delete(f"/api/messages/{said[2]['id']}")
    found = await _from(zoe, place.channel, 0)
    assert [(e["seq"], e["type"], e["message"]["text"]) for e in found["events"]] == [
        (2, "message.posted", "stays"),
        (4, "message.edited", "new words"),
        (5, "message.deleted", ""),
    ]
    assert "old words" not in str(found)


async def test_facts_of_different_kinds_about_one_object_do_not_hide_each_other(
    house: House,
) -> None:
    zoe, place, _ = await _spoken(house)
    async with house.work(zoe.id) as uow:
        uow.emit(place.channel, HistoryChanged(), place.channel)
    await zoe.patch(f"/api/channels/{place.channel}", {"topic": "New"})
    found = await _from(zoe, place.channel, 0)
    assert [event["type"] for event in found["events"]] == ["history.changed", "channel.updated"]


async def test_memory_never_repeats_words_that_were_changed(house: House) -> None:
    zoe, place, _ = await _spoken(house)
    await zoe.tab(place.channel)
    said = [await zoe.say(place.channel, text) for text in ("old words", "doomed", "stays")]
    await zoe.patch(f"/api/messages/{said[0]['id']}", {"text": "new"})
    await zoe.delete(f"/api/messages/{said[1]['id']}")
    stream = house.state.hub.streams[place.channel]
    assert stream.since(0) is not None, "this test is about memory"
    found = await _from(zoe, place.channel, 0)
    assert [event["message"]["text"] for event in found["events"]] == ["stays", "new", ""]
    assert "old words" not in str(found)
    assert "doomed" not in str(found)


async def test_long_absence_comes_in_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    zoe, place, said = await _spoken(house, *"abcdefg")
    monkeypatch.setattr(sync, "PAGE", 3)
    seen, known = [], 0
    for _ in range(4):
        found = await _from(zoe, place.channel, known)
        seen += [event["message"]["id"] for event in found["events"]]
        known = found["head"]
        if not found["more"]:
            break
    assert seen == [message["id"] for message in said]
    assert known == 7


@pytest.mark.parametrize("remembered", [True, False])
async def test_an_answer_is_bounded_in_bytes_and_says_that_there_is_more(
    house: House, monkeypatch: pytest.MonkeyPatch, remembered: bool
) -> None:
    monkeypatch.setattr(sync, "ANSWER_BYTES", 4_000)
    monkeypatch.setattr(sync, "LOOK_EVENTS", 2)
    zoe, place, _ = await _spoken(house)
    rooms = [await house.channel(place.group, zoe) for _ in range(5)]
    if remembered:
        await zoe.tab(*rooms)
    said = {(await zoe.say(room, "x" * 2_000))["id"] for room in rooms for _ in range(2)}
    known, seen, rounds = dict.fromkeys(rooms, 0), set(), 0
    while known:
        answer = await _sync(zoe, known)
        assert len(str(answer)) < 20_000
        parts = {UUID(key): part for key, part in answer["streams"].items()}
        seen |= {event["message"]["id"] for part in parts.values() for event in part["events"]}
        known = {key: part["head"] for key, part in parts.items() if part["more"]}
        rounds += 1
    assert (seen, rounds > 1) == (said, True)


async def test_what_the_log_has_forgotten_is_to_be_loaded_anew(house: House) -> None:
    zoe, place, _ = await _spoken(house, "a", "b", "c")
    await house.sql("DELETE FROM event WHERE stream_id = %s AND seq <= 2", place.channel)
    await house.sql("UPDATE stream SET pruned_to = 2 WHERE id = %s", place.channel)
    assert await _from(zoe, place.channel, 1) == {"state": "reset", "head": 3}
    assert (await _from(zoe, place.channel, 2))["state"] == "events"


async def test_a_head_from_the_future_is_not_trusted(house: House) -> None:
    zoe, place, _ = await _spoken(house, "a")
    assert await _from(zoe, place.channel, 99) == {"state": "reset", "head": 1}


async def test_what_one_may_not_read_is_gone_whether_it_exists_or_not(house: House) -> None:
    dee, channels = house.person("dee"), house.world.channels
    hidden = [channels["closed"], channels["far"], house.world.groups["G2"], uuid4(),
              house.world.people["cy"]]  # fmt: skip
    answer = await _sync(dee, dict.fromkeys(hidden, 0), dict.fromkeys(hidden[:2], 0))
    assert answer["streams"] == {str(stream): {"state": "gone"} for stream in hidden}


async def test_followed_places_say_how_far_they_are(house: House) -> None:
    zoe, place, said = await _spoken(house, "a", "b")
    position = said[0]["position"]
    await zoe.put(f"/api/channels/{place.channel}/read", {"position": position}, expect=204)
    answer = await _sync(zoe, followed={place.channel: 0, uuid4(): 3})
    assert answer["streams"].pop(str(place.channel)) == {
        "state": "head",
        "head": 2,
        "last_position": said[1]["position"],
        "read_position": position,
        "mentions": 0,
    }
    assert list(answer["streams"].values()) == [{"state": "gone"}]


async def test_after_a_restore_everything_starts_afresh(house: House) -> None:
    zoe, place, _ = await _spoken(house, "a")
    epoch = (await _sync(zoe))["epoch"]
    same = await _sync(zoe, {place.channel: 0}, epoch=epoch)
    assert (same["reset_all"], len(same["streams"])) == (False, 1)
    other = await _sync(zoe, {place.channel: 0}, epoch=str(uuid4()))
    assert (other["reset_all"], other["places_changed"], other["streams"]) == (True, True, {})


async def test_groups_people_and_the_workspace_catch_up_too(house: House) -> None:
    zoe, place, _ = await _spoken(house)
    yan = await house.newcomer("yan")
    heads = (await zoe.get("/api/places"))["heads"]
    await house.join(place.group, yan)
    await house.channel(place.group, zoe)
    await zoe.patch("/api/me", {"title": "Baker"})
    answer = await _sync(zoe, {UUID(key): seq for key, seq in heads.items()})
    types = {
        event["type"] for part in answer["streams"].values() for event in part["events"]
    }  # fmt: skip
    assert {"member.joined", "places.changed", "follow.changed", "user.updated"} <= types
    assert answer["places_changed"]


async def test_words_alone_do_not_change_places(house: House) -> None:
    zoe, place, _ = await _spoken(house, '"type":"places.changed"')
    assert not (await _sync(zoe, {place.channel: 0}))["places_changed"]


@pytest.mark.parametrize(
    "body",
    [
        {"open": {str(UUID(int=n)): 0 for n in range(601)}},
        {"followed": {str(UUID(int=n)): 0 for n in range(5001)}},
        {"open": {"*": 0}},
        {"open": {"' OR 1=1": 0}},
        {"open": {str(UUID(int=1)): -1}},
        {"open": {str(UUID(int=1)): 2**53}},
        {"epoch": "yesterday"},
    ],
    ids=["streams", "followed", "wildcard", "sql", "negative", "huge", "epoch"],
)
async def test_nonsense_is_refused(house: House, body: Any) -> None:
    await house.person("cy").post("/api/sync", body, expect=422)
