"""Threads: answering, following, reading; who hears of it and who does not."""

import asyncio
from typing import Any
from uuid import uuid4

from courtyard.messages.thread_schemas import FollowedPage, ThreadView
from courtyard.messages.threads import mark_read as _mark_read
from tests.house import House
from tests.mutants import instead, nothing, replace
from tests.person import Person
from tests.place import Place
from tests.wire import same_as

MUTANTS = {
    "replies make the place bold": (
        instead("courtyard.messages.compose", "_next_position",
                lambda uow, channel_id, **_: _always_main(uow, channel_id)),
        ["test_a_reply_stands_in_the_thread_and_not_in_the_place"],
    ),
    "replies stand in the place": (
        replace("courtyard.messages.history", "_OLDER", "AND (thread_id IS NULL OR also)", ""),
        ["test_a_reply_stands_in_the_thread_and_not_in_the_place"],
    ),
    "any message is a root": (
        instead("courtyard.messages.compose", "_require_same_place", nothing),
        ["test_a05_a_thread_does_not_hang_on_a_message_of_another_place"],
    ),
    "nobody follows by writing": (
        instead("courtyard.messages.threads", "begin_following", nothing),
        ["test_following_begins_with_writing_and_with_being_answered"],
    ),
    "the inbox asks for no right": (
        instead("courtyard.messages.inbox", "readable_streams",
                lambda _: __import__("courtyard.messages.inbox", fromlist=["x"]).place_right.select()),
        ["test_the_inbox_forgets_places_one_may_no_longer_read"],
    ),
    "a thread's mark never goes back": (
        instead("courtyard.messages.threads", "mark_read",
                lambda uow, user_id, thread_id, position, **_:
                _mark_read(uow, user_id, thread_id, position)),
        ["test_a_thread_is_made_unread_from_a_reply_on"],
    ),
    "a thread's place is not asked": (
        instead("courtyard.messages.threads", "open_channel", nothing),
        ["test_a02_a_thread_of_a_closed_place_is_not_there"],
    ),
}  # fmt: skip


async def _always_main(uow: Any, channel_id: Any) -> int:
    from courtyard.messages import compose  # noqa: PLC0415 - the module is being mutated

    return await _asked(uow, channel_id, main=True) if compose else 0


from courtyard.messages.compose import _next_position as _asked  # noqa: E402


async def _begun(house: House) -> tuple[Person, Person, Place, Any]:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    return zoe, yan, place, await zoe.say(place.channel, "Shall we?")


async def _thread(person: Person, root: Any) -> Any:
    view = await person.get(f"/api/messages/{root['id']}/thread")
    assert same_as(ThreadView, view)
    return view


async def test_a_reply_stands_in_the_thread_and_not_in_the_place(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    reply = await yan.say(place.channel, "Yes", root_id=root["id"])
    page = await zoe.get(f"/api/channels/{place.channel}/messages")
    assert [message["id"] for message in page["messages"]] == [root["id"]]
    [thread] = page["threads"]
    assert (thread["root_id"], thread["replies"], thread["people"]) == (
        root["id"],
        1,
        [str(yan.id)],
    )
    replies = await zoe.get(f"/api/threads/{thread['id']}/messages")
    assert [message["id"] for message in replies["messages"]] == [reply["id"]]
    # However it is asked for, a reply says where its thread begins.
    alone = await zoe.get(f"/api/messages/{reply['id']}")
    for message in (reply, replies["messages"][0], alone):
        assert (message["thread_id"], message["root_id"]) == (thread["id"], root["id"])
    [channel] = (await zoe.get("/api/places"))["channels"]
    assert channel["last_position"] == root["position"] < reply["position"]


async def test_a_reply_may_be_shown_in_the_place_too(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    reply = await yan.say(place.channel, "Yes, all of us", root_id=root["id"], also=True)
    page = await zoe.get(f"/api/channels/{place.channel}/messages")
    assert [message["id"] for message in page["messages"]] == [root["id"], reply["id"]]
    [channel] = (await zoe.get("/api/places"))["channels"]
    assert channel["last_position"] == reply["position"]


async def test_readers_of_the_place_hear_replies_and_how_the_thread_stands(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    far = await house.newcomer("far")
    elsewhere = await house.group(far)
    tabs = [await person.tab(place.channel) for person in (zoe, yan)]
    other = await far.tab(elsewhere.channel)
    reply = await yan.say(place.channel, "Yes", root_id=root["id"])
    for tab in tabs:
        assert (await tab.message(reply["id"]))["message"]["thread_id"] == reply["thread_id"]
        event = await tab.event("thread.updated", place.channel)
        assert event["thread"]["replies"] == 1
    await other.settle()
    assert reply["id"] not in str(other.frames)


async def test_ten_who_answer_at_once_are_ten_replies_in_one_thread(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    said = await asyncio.gather(
        *(
            person.say(place.channel, str(n), root_id=root["id"])
            for n, person in enumerate([zoe, yan] * 5)
        )
    )
    assert len({reply["thread_id"] for reply in said}) == 1
    assert len({reply["position"] for reply in said}) == 10
    view = await _thread(zoe, root)
    assert view["thread"]["replies"] == 10
    assert set(view["thread"]["people"]) == {str(zoe.id), str(yan.id)}


async def test_one_client_id_is_one_reply(house: House) -> None:
    _, yan, place, root = await _begun(house)
    name = uuid4()
    said = await asyncio.gather(
        *(yan.say(place.channel, "once", root_id=root["id"], client_id=name) for _ in range(4))
    )
    assert len({reply["id"] for reply in said}) == 1
    assert (await _thread(yan, root))["thread"]["replies"] == 1


async def test_following_begins_with_writing_and_with_being_answered(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    xia = await house.newcomer("xia")
    await house.join(place.group, xia)
    tab = await zoe.tab()
    await yan.say(place.channel, "Yes", root_id=root["id"])
    followed = await tab.event("thread.followed", zoe.id)
    assert (followed["following"], followed["read_position"]) == (True, 0)
    for person, following in ((zoe, True), (yan, True), (xia, False)):
        assert (await _thread(person, root))["following"] is following


async def test_who_stopped_following_stays_away_until_they_write(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    thread = (await yan.say(place.channel, "Yes", root_id=root["id"]))["thread_id"]
    await zoe.put(f"/api/threads/{thread}/follow", {"following": False})
    await yan.say(place.channel, "Really", root_id=root["id"])
    assert (await _thread(zoe, root))["following"] is False
    assert (await zoe.get("/api/threads"))["threads"] == []


async def test_reading_moves_forwards_on_all_devices(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    reply = await yan.say(place.channel, "Yes", root_id=root["id"])
    other = await (await house.another_device(zoe)).tab()
    path = f"/api/threads/{reply['thread_id']}/read"
    await zoe.put(path, {"position": reply["position"]})
    await other.event("thread.followed", zoe.id, read_position=reply["position"])
    assert (await zoe.put(path, {"position": 1}))["read_position"] == reply["position"]


async def test_a_thread_is_made_unread_from_a_reply_on(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    said = [await yan.say(place.channel, text, root_id=root["id"]) for text in ("One", "Two")]
    other = await (await house.another_device(zoe)).tab()
    path = f"/api/threads/{said[0]['thread_id']}/read"
    await zoe.put(path, {"position": said[1]["position"]})
    before = said[1]["position"] - 1
    state = await zoe.put(path, {"position": before, "back": True})
    assert state == {"following": True, "read_position": before}
    await other.event("thread.followed", zoe.id, read_position=before)


async def test_all_threads_are_read_at_once(house: House) -> None:
    zoe, yan, place, first = await _begun(house)
    roots = [first, await zoe.say(place.channel, "And this?")]
    said = [await yan.say(place.channel, "Yes", root_id=root["id"]) for root in roots]
    await zoe.put("/api/threads/read", expect=204)
    lines = (await zoe.get("/api/threads"))["threads"]
    assert [line["read_position"] for line in lines] == [one["position"] for one in said[::-1]]
    # Who does not follow has nothing to read.
    assert (await yan.get("/api/threads"))["threads"][0]["read_position"] == said[1]["position"]


async def test_the_inbox_goes_by_last_reply_in_pages(house: House) -> None:
    zoe, yan, place, first = await _begun(house)
    roots = [first, *[await zoe.say(place.channel, f"Question {n}") for n in range(2)]]
    for root in roots:
        await yan.say(place.channel, f"Answer to {root['text']}", root_id=root["id"])
    await yan.say(place.channel, "And more", root_id=first["id"])
    page = await zoe.get("/api/threads?limit=2")
    assert same_as(FollowedPage, page)
    rest = await zoe.get("/api/threads", params={"limit": 2, "before": page["before"]})
    lines = [*page["threads"], *rest["threads"]]
    assert [line["root"]["id"] for line in lines] == [
        first["id"], roots[2]["id"], roots[1]["id"],
    ]  # fmt: skip
    assert [message["text"] for message in lines[0]["latest"]] == [
        "Answer to Shall we?",
        "And more",
    ]
    assert rest["before"] is None


async def test_the_inbox_forgets_places_one_may_no_longer_read(house: House) -> None:
    zoe, yan, place, _ = await _begun(house)
    closed = await house.channel(place.group, zoe, yan)
    root = await yan.say(closed, "behind the door")
    await zoe.say(closed, "answer", root_id=root["id"])
    assert len((await yan.get("/api/threads"))["threads"]) == 1
    await zoe.delete(f"/api/channels/{closed}/people/{yan.id}")
    assert (await yan.get("/api/threads"))["threads"] == []


async def test_a_deleted_reply_is_no_longer_counted(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    reply = await yan.say(place.channel, "Yes", root_id=root["id"])
    await zoe.say(place.channel, "Good", root_id=root["id"])
    tab = await zoe.tab(place.channel)
    await yan.delete(f"/api/messages/{reply['id']}")
    event = await tab.event("thread.updated", place.channel)
    assert (event["thread"]["replies"], event["thread"]["people"]) == (1, [str(zoe.id)])


async def test_a_reply_is_no_root(house: House) -> None:
    _, yan, place, root = await _begun(house)
    reply = await yan.say(place.channel, "Yes", root_id=root["id"])
    await yan.say(place.channel, "nested", root_id=reply["id"], expect=404)


async def test_a05_a_thread_does_not_hang_on_a_message_of_another_place(house: House) -> None:
    zoe, yan, place, _ = await _begun(house)
    closed = await house.channel(place.group, zoe, zoe)
    secret = await zoe.say(closed, "lanterns")
    for pointing in ("root_id", "reply_to"):
        await yan.say(place.channel, "see", **{pointing: secret["id"]}, expect=404)
        await zoe.say(place.channel, "see", **{pointing: secret["id"]}, expect=404)
    page = await yan.get(f"/api/channels/{place.channel}/messages")
    assert [message["text"] for message in page["messages"]] == ["Shall we?"]


async def test_a02_a_thread_of_a_closed_place_is_not_there(house: House) -> None:
    zoe, yan, place, _ = await _begun(house)
    closed = await house.channel(place.group, zoe, zoe)
    root = await zoe.say(closed, "lanterns")
    thread = (await zoe.say(closed, "more", root_id=root["id"]))["thread_id"]
    await yan.get(f"/api/messages/{root['id']}/thread", expect=404)
    await yan.get(f"/api/threads/{thread}/messages", expect=404)
    await yan.put(f"/api/threads/{thread}/follow", {"following": True}, expect=404)
    await yan.put(f"/api/threads/{thread}/read", {"position": 1}, expect=404)


async def test_catching_up_brings_replies_and_threads_as_they_are_now(house: House) -> None:
    zoe, yan, place, root = await _begun(house)
    reply = await yan.say(place.channel, "Yes", root_id=root["id"])
    await yan.patch(f"/api/messages/{reply['id']}", {"text": "No"})
    house.state.hub.streams.clear()
    answer = await zoe.post("/api/sync", {"open": {str(place.channel): 1}})
    events = answer["streams"][str(place.channel)]["events"]
    assert {event["type"] for event in events} == {"thread.updated", "message.edited"}
    assert next(e for e in events if "message" in e)["message"]["text"] == "No"
