"""What goes with words and what is kept of them: forwarding, answering, pins, saved messages,
drafts, earlier wordings."""

from typing import Any

import pytest

from courtyard.messages import service
from courtyard.messages.schemas import DraftOut, SavedPage
from tests.house import House
from tests.mutants import instead, nothing
from tests.person import Person
from tests.wire import same_as


async def _anywhere(db: Any, user_id: Any, channel_id: Any) -> Any:
    from courtyard.channels.access import OpenChannel  # noqa: PLC0415 - only the mutant
    from courtyard.channels.models import Channel  # noqa: PLC0415 - only the mutant
    from courtyard.groups.permissions import EVERYTHING  # noqa: PLC0415

    return OpenChannel(await db.get_one(Channel, channel_id), EVERYTHING)


async def _nobody(*_: Any) -> int:
    return 0


MUTANTS = {
    "anything is forwarded": (
        instead("courtyard.messages.compose", "open_channel",
                _anywhere),
        ["test_a05_what_one_may_not_read_one_does_not_forward"],
    ),
    "new readers are not counted": (
        instead("courtyard.messages.routes", "new_readers", _nobody),
        ["test_one_is_told_how_many_more_will_read_it"],
    ),
    "earlier words outlive a deletion": (
        instead("courtyard.messages.versions", "forget", nothing),
        ["test_a_deleted_message_leaves_no_word_in_any_table"],
    ),
    "saved messages outlive a right": (
        instead("courtyard.messages.saving", "readable_streams",
                lambda _: __import__("courtyard.messages.saving", fromlist=["x"]).place_right.select()),
        ["test_what_one_saved_and_may_no_longer_read_is_not_shown"],
    ),
}  # fmt: skip


async def _page(person: Person, channel: Any) -> list[Any]:
    messages: list[Any] = (await person.get(f"/api/channels/{channel}/messages"))["messages"]
    return messages


async def test_forwarding_takes_the_words_and_says_whose_they_are(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place, other = await house.group(zoe, yan), await house.group(yan, xia)
    source = await zoe.say(place.channel, "The **plan**")
    sent = await yan.say(other.channel, "", forward_of=source["id"])
    [shown] = await _page(xia, other.channel)
    assert shown["forwarded"] == {
        "message_id": source["id"],
        "channel_id": str(place.channel),
        "author_id": str(zoe.id),
        "created_at": source["created_at"],
        "text": "The **plan**",
    }
    again = await xia.say(other.channel, "look", forward_of=sent["id"])
    assert (again["text"], again["forwarded"]) == ("look", shown["forwarded"])


async def test_one_is_told_how_many_more_will_read_it(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    closed = await house.channel(place.group, zoe, zoe)
    secret, word = await zoe.say(closed, "lanterns"), await zoe.say(place.channel, "tea")
    path = "/api/messages/{}/new-readers/{}"
    assert await zoe.get(path.format(secret["id"], place.channel)) == {"count": 1}
    assert await zoe.get(path.format(word["id"], closed)) == {"count": 0}
    await yan.get(path.format(word["id"], closed), expect=404)
    await yan.get(path.format(secret["id"], place.channel), expect=404)


async def test_forwarded_words_stay_when_the_source_is_changed_or_gone(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, other = await house.group(zoe), await house.group(zoe)
    source = await zoe.say(place.channel, "as it was")
    await zoe.say(other.channel, "", forward_of=source["id"])
    await zoe.delete(f"/api/messages/{source['id']}")
    [shown] = await _page(zoe, other.channel)
    assert shown["forwarded"]["text"] == "as it was"
    await zoe.say(other.channel, "", forward_of=source["id"], expect=404)


async def test_a05_what_one_may_not_read_one_does_not_forward(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    closed = await house.channel(place.group, zoe, zoe)
    secret = await zoe.say(closed, "lanterns")
    await yan.say(place.channel, "", forward_of=secret["id"], expect=404)
    assert "lanterns" not in str(await _page(yan, place.channel))


async def test_an_answer_points_at_what_it_answers(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    first = await zoe.say(place.channel, "Question")
    answer = await zoe.say(place.channel, "Answer", reply_to=first["id"])
    assert (answer["reply_to"], answer["thread_id"]) == (first["id"], None)


async def test_pins_are_seen_by_all_and_counted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PINS_LIMIT", 2)
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    said = [await zoe.say(place.channel, str(n)) for n in range(3)]
    tab = await zoe.tab(place.channel)
    for message in said[:2]:
        await yan.put(f"/api/messages/{message['id']}/pin", expect=204)
    event = await tab.event("message.pinned", place.channel)
    assert event["message"]["pinned"] is True
    error = await yan.put(f"/api/messages/{said[2]['id']}/pin", expect=409)
    assert error["error"]["code"] == "too_many_pins"
    pins = await zoe.get(f"/api/channels/{place.channel}/pins")
    assert [message["text"] for message in pins["messages"]] == ["1", "0"]
    await zoe.delete(f"/api/messages/{said[0]['id']}/pin")
    await zoe.delete(f"/api/messages/{said[1]['id']}")
    assert (await zoe.get(f"/api/channels/{place.channel}/pins"))["messages"] == []


async def test_saved_messages_are_ones_own_last_saved_first(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    said = [await zoe.say(place.channel, str(n)) for n in range(3)]
    other = await (await house.another_device(yan)).tab()
    for message in said:
        await yan.put(f"/api/messages/{message['id']}/saved", expect=204)
        await yan.put(f"/api/messages/{message['id']}/saved", expect=204)
    await other.event("saved.changed", yan.id, message_id=said[2]["id"], saved=True)
    first = await yan.get("/api/saved?limit=2")
    assert same_as(SavedPage, first)
    rest = await yan.get("/api/saved", params={"limit": 2, "before": first["before"]})
    assert [m["text"] for m in [*first["messages"], *rest["messages"]]] == ["2", "1", "0"]
    await yan.delete(f"/api/messages/{said[1]['id']}/saved")
    assert set(await yan.get("/api/saved/ids")) == {said[0]["id"], said[2]["id"]}
    assert (await zoe.get("/api/saved"))["messages"] == []


async def test_what_one_saved_and_may_no_longer_read_is_not_shown(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    closed = await house.channel(place.group, zoe, yan)
    said = await zoe.say(closed, "lanterns")
    await yan.put(f"/api/messages/{said['id']}/saved", expect=204)
    await zoe.delete(f"/api/channels/{closed}/people/{yan.id}")
    assert (await yan.get("/api/saved"))["messages"] == []
    await yan.put(f"/api/messages/{said['id']}/saved", expect=404)


async def test_a_draft_is_on_all_devices_and_goes_with_an_empty_text(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    root = await yan.say(place.channel, "Question")
    other, foreign = await (await house.another_device(zoe)).tab(), await yan.tab()
    path = f"/api/channels/{place.channel}/draft"
    await zoe.put(path, {"text": "half a thought"}, expect=204)
    await zoe.put(path, {"text": "an answer"}, expect=204, params={"root_id": root["id"]})
    event = await other.event("draft.changed", zoe.id, root_id=root["id"])
    assert event["text"] == "an answer"
    drafts = await zoe.get("/api/drafts")
    assert all(same_as(DraftOut, draft) for draft in drafts)
    assert [(d["root_id"], d["text"]) for d in drafts] == [
        (root["id"], "an answer"), (None, "half a thought"),
    ]  # fmt: skip
    await zoe.put(path, {"text": ""}, expect=204)
    assert len(await zoe.get("/api/drafts")) == 1
    await foreign.settle()
    assert "thought" not in str(foreign.frames)
    assert await yan.get("/api/drafts") == []


async def test_a_draft_comes_with_a_catch_up_in_its_present_text(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    head = (await zoe.get("/api/places"))["heads"][str(zoe.id)]
    path = f"/api/channels/{place.channel}/draft"
    await zoe.put(path, {"text": "old"}, expect=204)
    await zoe.put(path, {"text": "new"}, expect=204)
    answer = await zoe.post("/api/sync", {"open": {str(zoe.id): head}})
    [event] = answer["streams"][str(zoe.id)]["events"]
    assert (event["type"], event["text"]) == ("draft.changed", "new")


async def test_earlier_wordings_are_shown_newest_first(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    said = await zoe.say(place.channel, "one")
    for text in ("two", "three"):
        await zoe.patch(f"/api/messages/{said['id']}", {"text": text})
    shown = await yan.get(f"/api/messages/{said['id']}/versions")
    assert [version["text"] for version in shown] == ["two", "one"]
    closed = await house.channel(place.group, zoe, zoe)
    hidden = await zoe.say(closed, "one")
    await yan.get(f"/api/messages/{hidden['id']}/versions", expect=404)


async def test_a_deleted_message_leaves_no_word_in_any_table(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    said = await zoe.say(place.channel, "first words")
    await zoe.patch(f"/api/messages/{said['id']}", {"text": "second words"})
    await zoe.delete(f"/api/messages/{said['id']}")
    assert await zoe.get(f"/api/messages/{said['id']}/versions") == []
    rows = await house.sql("SELECT text FROM message_version WHERE message_id = %s", said["id"])
    [row] = await house.sql("SELECT text FROM message WHERE id = %s", said["id"])
    assert (rows, bytes(row[0])) == ([], b"\x00")


async def test_the_words_of_a_forwarded_message_go_with_it(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    source = await zoe.say(place.channel, "lanterns")
    sent = await zoe.say(place.channel, "", forward_of=source["id"])
    await zoe.delete(f"/api/messages/{sent['id']}")
    [_, shown] = await _page(zoe, place.channel)
    assert (shown["deleted"], shown["forwarded"]) == (True, None)
