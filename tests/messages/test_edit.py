"""Editing and deleting: whose right it is, and what is left of the words."""

import asyncio
from typing import Any
from uuid import uuid4

from tests.house import House
from tests.mutants import instead
from tests.tap import Tap


async def _as_it_was(_: Any, opened: Any) -> Any:
    return opened.message


MUTANTS = {
    "edits and deletions do not wait": (
        instead("courtyard.messages.service", "locked", _as_it_was),
        ["test_an_edit_and_a_deletion_at_once_leave_no_words"],
    ),
    "moderation needs no right": (
        instead("courtyard.messages.service", "require", lambda *_: None),
        ["test_deleting_others_words_takes_a_right", "test_words_in_closed_hands_stay"],
    ),
    "the words stay behind the tombstone": (
        instead("courtyard.messages.service", "plain", lambda t: b"\x00" + (t or "kept").encode()),
        ["test_a_deleted_message_leaves_no_words"],
    ),
}


async def test_an_edit_reaches_the_readers_and_nobody_else(house: House, tap: Tap) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    closed = await house.channel(place.group, zoe, yan)
    reader, other = await yan.tab(closed), await xia.tab(closed, place.channel)
    said, cause = await zoe.say(closed, "first"), str(uuid4())
    secret = tap.plant({"zoe", "yan"})
    edited = await zoe.patch(
        f"/api/messages/{said['id']}", {"text": secret}, headers={"x-cause": cause}
    )
    assert (edited["text"], edited["position"]) == (secret, said["position"])
    event = await reader.event("message.edited", closed, cause=cause)
    assert event["message"] == edited
    marker = await zoe.say(place.channel)
    await other.message(marker["id"])
    assert not other.knows(said["id"])


async def test_a03_nobody_changes_the_words_of_another(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    said = await yan.say(place.channel, "mine")
    path = f"/api/messages/{said['id']}"
    await zoe.patch(path, {"text": "yours"}, expect=403)
    assert (await yan.get(path))["text"] == "mine"


async def test_deleting_others_words_takes_a_right(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    said = await yan.say(place.channel)
    tab = await xia.tab(place.channel)
    path = f"/api/messages/{said['id']}"
    await xia.delete(path, expect=403)
    await zoe.delete(path)
    event = await tab.event("message.deleted", place.channel, actor_id=str(zoe.id))
    assert (event["message"]["text"], event["message"]["deleted"]) == ("", True)
    rows = await house.sql("SELECT action, actor_id FROM audit WHERE object_id = %s", said["id"])
    assert rows == [("message.deleted", zoe.id)]


async def test_deleting_twice_is_deleting(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    said = await zoe.say(place.channel)
    for _ in range(2):
        await zoe.delete(f"/api/messages/{said['id']}")
    rows = await house.sql("SELECT type FROM event WHERE object_id = %s ORDER BY seq", said["id"])
    assert rows == [("message.posted",), ("message.deleted",)]


async def test_an_edit_and_a_deletion_at_once_leave_no_words(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    for _ in range(5):
        path = f"/api/messages/{(await zoe.say(place.channel))['id']}"
        edits = [zoe.ask("PATCH", path, json={"text": f"edit {n}"}) for n in range(3)]
        answers = await asyncio.gather(*edits, zoe.ask("DELETE", path))
        assert {answer.status_code for answer in answers} <= {200, 204, 409}
        left = await zoe.get(path)
        assert (left["text"], left["deleted"]) == ("", True)


async def test_a_deleted_message_leaves_no_words(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    said = await zoe.say(place.channel, "gone for good")
    await zoe.delete(f"/api/messages/{said['id']}")
    rows = await house.sql("SELECT text FROM message WHERE id = %s", said["id"])
    assert [bytes(text) for (text,) in rows] == [b"\x00"]
    await zoe.patch(f"/api/messages/{said['id']}", {"text": "back"}, expect=409)


async def test_an_edited_message_keeps_only_its_present_words(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    said = await zoe.say(place.channel, "the old words")
    await zoe.patch(f"/api/messages/{said['id']}", {"text": "the new words"})
    for table in ("message", "event", "outbox", "audit"):
        rows = await house.sql(f"SELECT t::text FROM {table} t")
        assert not [row for row in rows if b"the old words".hex() in row[0]]


async def test_words_in_closed_hands_stay(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    said = await yan.say(place.channel)
    await zoe.put(f"/api/channels/{place.channel}/archived", {"archived": True})
    await yan.patch(f"/api/messages/{said['id']}", {"text": "x"}, expect=403)
    await yan.delete(f"/api/messages/{said['id']}", expect=403)


async def test_an_unknown_message_and_a_hidden_one_are_the_same(house: House) -> None:
    dee = house.person("dee")
    refusals = []
    for message_id in (house.world.messages["closed"], uuid4()):
        for method in ("GET", "PATCH", "DELETE"):
            body = {"json": {"text": "x"}} if method == "PATCH" else {}
            answer = await dee.ask(method, f"/api/messages/{message_id}", 404, **body)
            refusals.append({**answer.json()["error"], "ref": None})
    assert all(refusal == refusals[0] for refusal in refusals)
