"""Whom a message is told to, through the reactor: by name, as followers, once and no more."""

from typing import Any

from courtyard.core.outbox import Dispatcher
from tests.house import House
from tests.mutants import instead
from tests.person import Person

MUTANTS = {
    "everybody calls everybody": (
        instead("courtyard.messages.telling", "can", lambda *_: _yes()),
        ["test_only_who_may_calls_everybody_at_once"],
    ),
    "a common role calls all": (
        instead("courtyard.messages.telling", "COMMON", ()),
        ["test_what_everybody_is_calls_nobody"],
    ),
    "the blocked are heard": (
        instead("courtyard.accounts.blocks", "blocked_by", lambda *_: _nobody()),
        ["test_who_blocked_somebody_is_not_told_of_their_words"],
    ),
}


async def _yes() -> bool:
    return True


async def _nobody() -> set[Any]:
    return set()


async def _told(house: House, *people: Person) -> list[list[tuple[str, str]]]:
    """Per person, why and of what they were told, oldest first."""
    dispatcher = Dispatcher(house.state.database, house.state.bus)
    while await dispatcher.once():
        pass
    found = []
    for person in people:
        rows = (await person.get("/api/activity"))["notifications"]
        found.append([(row["why"], row["object_id"]) for row in reversed(rows)])
    return found


def _name(person: Person) -> str:
    return f"[@{person.name}](user:{person.id})"


async def test_who_is_named_is_told_and_nobody_else(fresh: House) -> None:
    zoe, yan, xia = [await fresh.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await fresh.group(zoe, yan, xia)
    said = await zoe.say(place.channel, f"{_name(yan)} and myself, {_name(zoe)}")
    assert await _told(fresh, zoe, yan, xia) == [[], [("mention", said["id"])], []]
    [channel] = (await yan.get("/api/places"))["channels"]
    assert channel["mentions"] == 1
    await yan.put(f"/api/channels/{place.channel}/read", {"position": said["position"]}, expect=204)
    [channel] = (await yan.get("/api/places"))["channels"]
    assert channel["mentions"] == 0


async def test_who_cannot_read_a_place_is_told_of_nothing_in_it(fresh: House) -> None:
    zoe, yan = await fresh.newcomer("zoe"), await fresh.newcomer("yan")
    place = await fresh.group(zoe, yan)
    closed = await fresh.channel(place.group, zoe, zoe)
    await zoe.say(closed, f"psst {_name(yan)}")
    assert await _told(fresh, yan) == [[]]


async def test_a_role_is_called_by_its_name(fresh: House) -> None:
    zoe, yan, admin = [await fresh.newcomer(name) for name in ("zoe", "yan", "admin")]
    place = await fresh.group(zoe, yan)
    await fresh.join(place.group, admin, role="admin")
    roles = {r["kind"]: r["id"] for r in await zoe.get(f"/api/groups/{place.group}/roles")}
    said = await zoe.say(place.channel, f"[@Admins](role:{roles['admin']})")
    assert await _told(fresh, yan, admin) == [[], [("mention", said["id"])]]


async def test_what_everybody_is_calls_nobody(fresh: House) -> None:
    zoe, yan, xia = [await fresh.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await fresh.group(zoe, yan, xia)
    roles = {r["kind"]: r["id"] for r in await yan.get(f"/api/groups/{place.group}/roles")}
    await yan.say(place.channel, f"[@Members](role:{roles['member']})")
    assert await _told(fresh, zoe, xia) == [[], []]


async def test_only_who_may_calls_everybody_at_once(fresh: House) -> None:
    zoe, yan, xia = [await fresh.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await fresh.group(zoe, yan, xia)
    await yan.say(place.channel, "@channel lunch")
    said = await zoe.say(place.channel, "@channel dinner")
    assert await _told(fresh, yan, xia) == [[("mention", said["id"])]] * 2


async def test_here_calls_those_who_are_around(fresh: House) -> None:
    zoe, yan, xia = [await fresh.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await fresh.group(zoe, yan, xia)
    await fresh.sql(
        "UPDATE session SET last_used_at = now() - interval '1 hour' WHERE user_id = %s", xia.id
    )
    said = await zoe.say(place.channel, "@here coffee")
    assert await _told(fresh, yan, xia) == [[("mention", said["id"])], []]


async def test_followers_of_a_thread_are_told_of_replies(fresh: House) -> None:
    zoe, yan, xia = [await fresh.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await fresh.group(zoe, yan, xia)
    root = await zoe.say(place.channel, "Question")
    reply = await yan.say(place.channel, "Answer", root_id=root["id"])
    assert await _told(fresh, zoe, yan, xia) == [[("reply", reply["id"])], [], []]
    [channel] = (await zoe.get("/api/places"))["channels"]
    assert channel["mentions"] == 0, "what is said in a thread is counted there"
    assert (await zoe.get("/api/activity"))["unread"]["counting"] == 1
    path = f"/api/threads/{reply['thread_id']}/read"
    await zoe.put(path, {"position": reply["position"]})
    assert (await zoe.get("/api/activity"))["unread"]["counting"] == 0


async def test_who_read_a_thread_before_they_were_told_has_no_number_left(fresh: House) -> None:
    zoe, yan = await fresh.newcomer("zoe"), await fresh.newcomer("yan")
    place = await fresh.group(zoe, yan)
    root = await zoe.say(place.channel, "Question")
    reply = await yan.say(place.channel, f"Answer for {_name(zoe)}", root_id=root["id"])
    await zoe.put(f"/api/threads/{reply['thread_id']}/read", {"position": reply["position"]})
    assert await _told(fresh, zoe) == [[("mention", reply["id"])]]
    assert (await zoe.get("/api/activity"))["unread"]["counting"] == 0


async def test_who_is_named_in_a_thread_follows_it_from_then_on(fresh: House) -> None:
    zoe, yan, xia = [await fresh.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await fresh.group(zoe, yan, xia)
    root = await zoe.say(place.channel, "Question")
    first = await yan.say(place.channel, f"Ask {_name(xia)}", root_id=root["id"])
    await _told(fresh)
    second = await yan.say(place.channel, "Did you?", root_id=root["id"])
    assert await _told(fresh, xia) == [[("mention", first["id"]), ("reply", second["id"])]]


async def test_every_word_of_a_conversation_is_told(fresh: House) -> None:
    zoe, yan = await fresh.newcomer("zoe"), await fresh.newcomer("yan")
    talk = await zoe.post("/api/conversations", {"user_ids": [str(yan.id)]}, expect=201)
    said = await zoe.say(talk["id"], "Hello")
    await _told(fresh)
    again = await zoe.say(talk["id"], "Are you there?")
    [told] = await _told(fresh, yan)
    assert told[-1] == ("message", again["id"])
    assert said["id"] in str(told)


async def test_an_edit_tells_those_it_names_now_and_nobody_twice(fresh: House) -> None:
    zoe, yan, xia = [await fresh.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await fresh.group(zoe, yan, xia)
    said = await zoe.say(place.channel, f"Hello {_name(yan)}")
    await _told(fresh)
    await zoe.patch(f"/api/messages/{said['id']}", {"text": f"{_name(yan)} and {_name(xia)}"})
    assert await _told(fresh, yan, xia) == [[("mention", said["id"])]] * 2


async def test_what_is_no_longer_said_is_no_longer_told(fresh: House) -> None:
    zoe, yan = await fresh.newcomer("zoe"), await fresh.newcomer("yan")
    place = await fresh.group(zoe, yan)
    said = await zoe.say(place.channel, f"Hello {_name(yan)}")
    await _told(fresh)
    await zoe.delete(f"/api/messages/{said['id']}")
    assert await _told(fresh, yan) == [[]]


async def test_an_author_is_told_of_a_reaction_without_a_number(fresh: House) -> None:
    zoe, yan = await fresh.newcomer("zoe"), await fresh.newcomer("yan")
    place = await fresh.group(zoe, yan)
    said = await zoe.say(place.channel)
    for emoji in ("👍", "🎉"):
        await yan.put(f"/api/messages/{said['id']}/reactions/{emoji}")
    assert await _told(fresh, zoe, yan) == [[("reaction", said["id"])], []]
    assert (await zoe.get("/api/activity"))["unread"]["counting"] == 0


async def test_who_blocked_somebody_is_not_told_of_their_words(fresh: House) -> None:
    zoe, yan = await fresh.newcomer("zoe"), await fresh.newcomer("yan")
    place = await fresh.group(zoe, yan)
    await yan.put(f"/api/me/blocks/{zoe.id}", expect=204)
    await zoe.say(place.channel, f"Hello {_name(yan)}")
    said = await yan.say(place.channel)
    await zoe.put(f"/api/messages/{said['id']}/reactions/👍")
    assert await _told(fresh, yan) == [[]]


async def test_an_answer_is_told_to_whom_it_answers(fresh: House) -> None:
    zoe, yan = await fresh.newcomer("zoe"), await fresh.newcomer("yan")
    place = await fresh.group(zoe, yan)
    first = await zoe.say(place.channel, "Question")
    answer = await yan.say(place.channel, "Answer", reply_to=first["id"])
    assert await _told(fresh, zoe) == [[("reply", answer["id"])]]
