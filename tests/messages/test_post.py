"""Posting: once, in order, with the answer and the frame that the schema promises."""

import asyncio
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from courtyard.core.errors import NotFound
from courtyard.messages import post
from courtyard.messages.schemas import MessagePosted, NewMessage, Posted
from tests.house import House
from tests.mutants import instead, nothing, replace
from tests.wire import same_as

POST = "courtyard.messages.post"


async def _posts_anew(_: Any, __: Any, values: dict[str, Any]) -> bytes:
    """What would happen without the unique key: another row."""
    raise psycopg.errors.UniqueViolation


def _own_id(patch: pytest.MonkeyPatch) -> None:
    draft = post.Draft
    patch.setattr(
        "courtyard.messages.routes.Draft",
        lambda place, said, cause: draft(
            place, said.model_copy(update={"client_id": uuid4()}), cause
        ),
    )


MUTANTS = {
    "the client's id is not used": (
        _own_id,
        ["test_n14_five_at_once_under_one_name_are_one_message"],
    ),
    "a duplicate is an error": (
        instead(POST, "stored", _posts_anew),
        ["test_n14_five_at_once_under_one_name_are_one_message"],
    ),
    "the answer to a resend asks for no right": (
        instead(POST, "open_channel", nothing),
        ["test_a_resend_by_who_lost_the_right_gets_nothing"],
    ),
    "sessions are not asked": (
        replace(POST, "_POST", "AND s.ended_at IS NULL", ""),
        ["test_an_ended_session_posts_nothing"],
    ),
    "everybody who reads may write": (
        replace(POST, "_POST", "r.permissions & 2", "r.permissions & 1"),
        ["test_who_may_only_read_writes_nothing"],
    ),
    "those who come together are counted through": (
        replace(POST, "_POST", "PARTITION BY d.channel_id", ""),
        ["test_each_of_many_at_once_gets_an_answer_of_its_own"],
    ),
    "all wait for a place that is held": (
        replace(POST, "_POST", " SKIP LOCKED", ""),
        ["test_a_place_that_is_held_holds_up_nobody_elsewhere"],
    ),
    "a duplicate takes its neighbours with it": (
        instead("psycopg", "IntegrityError", ZeroDivisionError),
        ["test_each_of_many_at_once_gets_an_answer_of_its_own"],
    ),
    "positions follow the clock alone": (
        replace(POST, "_POST", ", position + 1)", ", 0)"),
        ["test_positions_never_go_back_whatever_the_clock_says"],
    ),
}


async def test_the_answer_is_what_the_schema_says(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    answer = await zoe.say(place.channel, "Grüße, 世界 🏮\n```py\n1\n```")
    assert same_as(Posted, answer)
    assert answer["author_id"] == str(zoe.id)
    assert (answer["seq"], answer["edited_at"], answer["deleted"]) == (1, None, False)


async def test_the_frame_is_what_the_schema_says(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, cause = await house.group(zoe), str(uuid4())
    tab = await zoe.tab(place.channel)
    answer = await zoe.say(place.channel, 'say "hello" \\ to </script>', headers={"x-cause": cause})
    event = await tab.message(answer["id"])
    assert same_as(MessagePosted, event)
    assert (event["seq"], event["cause"], event["actor_id"]) == (1, cause, str(zoe.id))
    assert {**event["message"], "seq": 1} == answer


async def test_n14_five_at_once_under_one_name_are_one_message(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place, name = await house.group(zoe, yan), uuid4()
    tab = await yan.tab(place.channel)
    answers = await asyncio.gather(
        *(zoe.say(place.channel, "once", client_id=name) for _ in range(5))
    )
    assert all(answer == answers[0] for answer in answers)
    marker = await zoe.say(place.channel, "after")
    await tab.message(marker["id"])
    assert [event["message"]["text"] for event in tab.events(place.channel)] == ["once", "after"]
    assert marker["seq"] == 2


async def test_two_people_may_choose_the_same_name(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place, name = await house.group(zoe, yan), uuid4()
    first = await zoe.say(place.channel, client_id=name)
    second = await yan.say(place.channel, client_id=name)
    assert first["id"] != second["id"]


async def test_a_resend_gets_the_present_state(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, name = await house.group(zoe), uuid4()
    first = await zoe.say(place.channel, "first", client_id=name)
    await zoe.patch(f"/api/messages/{first['id']}", {"text": "changed"})
    assert (await zoe.say(place.channel, "first", client_id=name))["text"] == "changed"
    await zoe.delete(f"/api/messages/{first['id']}")
    again = await zoe.say(place.channel, "first", client_id=name)
    assert (again["id"], again["text"], again["deleted"]) == (first["id"], "", True)


async def test_a_name_used_elsewhere_gives_nothing_away(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, other, name = await house.group(zoe), await house.group(zoe), uuid4()
    await zoe.say(place.channel, "lanterns", client_id=name)
    answer = await zoe.say(other.channel, "there", client_id=name, expect=409)
    assert answer["error"]["code"] == "client_id_used"
    assert "lanterns" not in str(answer)


async def test_a_resend_by_who_lost_the_right_gets_nothing(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place, name = await house.group(zoe, yan), uuid4()
    closed = await house.channel(place.group, zoe, yan)
    await yan.say(closed, "words", client_id=name)
    await zoe.put(f"/api/channels/{closed}/archived", {"archived": True})
    await zoe.delete(f"/api/channels/{closed}/people/{yan.id}")
    assert "words" not in str(await yan.say(closed, "words", client_id=name, expect=404))
    draft = post.Draft(closed, NewMessage(client_id=name, text="words"), None)
    async with house.state.database.session() as db:
        with pytest.raises(NotFound):
            await post.stored(db, house.state.ring, yan.id, draft)


async def test_an_ended_session_posts_nothing(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    await house.sql("UPDATE session SET ended_at = now() WHERE id = %s", zoe.session)
    await zoe.say(place.channel, expect=401)
    assert await house.sql("SELECT id FROM message WHERE channel_id = %s", place.channel) == []


async def test_who_may_only_read_writes_nothing(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    await house.sql(
        "INSERT INTO override (channel_id, subject_kind, subject_id, deny)"
        " VALUES (%s, 'user', %s, 2)",
        place.channel,
        yan.id,
    )
    error = (await yan.say(place.channel, expect=403))["error"]
    assert error["code"] == "forbidden"
    await yan.get(f"/api/channels/{place.channel}/messages")


async def test_strangers_hear_that_nothing_is_there(house: House) -> None:
    far = await house.newcomer("far")
    place = await house.group(await house.newcomer("zoe"))
    for channel in (place.channel, uuid4()):
        assert (await far.say(channel, expect=404))["error"]["code"] == "not_found"


async def test_positions_never_go_back_whatever_the_clock_says(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    ahead = 4_000_000_000_000_000
    await house.sql("UPDATE stream SET position = %s WHERE id = %s", ahead, place.channel)
    said = [await zoe.say(place.channel) for _ in range(3)]
    assert [message["position"] - ahead for message in said] == [1, 2, 3]


async def test_positions_follow_seqs_when_many_write_at_once(house: House) -> None:
    people = [await house.newcomer(f"p{n}") for n in range(4)]
    place = await house.group(people[0], *people[1:])
    said = await asyncio.gather(*(p.say(place.channel) for p in people for _ in range(8)))
    by_seq = sorted(said, key=lambda message: message["seq"])
    assert [message["seq"] for message in by_seq] == list(range(1, 33))
    positions = [message["position"] for message in by_seq]
    assert positions == sorted(set(positions))


async def test_each_of_many_at_once_gets_an_answer_of_its_own(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place, other, far, name = (
        await house.group(zoe),
        await house.group(zoe),
        await house.group(yan),
        uuid4(),
    )
    before = await zoe.say(place.channel, "said", client_id=name)
    await house.sql("UPDATE session SET ended_at = now() WHERE id = %s", yan.session)
    said = asyncio.gather(
        zoe.say(place.channel, "said", client_id=name),  # a batch of its own, as the first one
        *(zoe.say(channel.channel) for channel in (place, other, place) for _ in range(4)),
        zoe.say(place.channel, "said", client_id=name),
    )
    refused = asyncio.gather(
        zoe.say(far.channel, expect=404),
        yan.say(far.channel, expect=401),
        zoe.say(other.channel, "said", client_id=name, expect=409),
    )
    first, *new, last = await said
    await refused
    assert first == last == before
    in_place = [one["seq"] for one in new if one["channel_id"] == str(place.channel)]
    assert sorted(in_place) == list(range(2, 10))
    assert sorted(one["seq"] for one in new if one["channel_id"] == str(other.channel)) == [
        1, 2, 3, 4,
    ]  # fmt: skip
    assert await house.sql("SELECT id FROM message WHERE channel_id = %s", far.channel) == []


async def test_a_place_that_is_held_holds_up_nobody_elsewhere(house: House) -> None:
    zoe = await house.newcomer("zoe")
    held, place = await house.group(zoe), await house.group(zoe)
    async with await psycopg.AsyncConnection.connect(house.settings.database_url) as holder:
        await holder.execute("SELECT FROM stream WHERE id = %s FOR UPDATE", (held.channel,))
        waiting = asyncio.create_task(zoe.say(held.channel))
        await asyncio.gather(*(zoe.say(place.channel) for _ in range(8)))
        assert not waiting.done()
        await holder.rollback()
    assert (await waiting)["seq"] == 1


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 20_001, None, 7])
async def test_texts_out_of_bounds_are_refused(house: House, text: Any) -> None:
    body = {"client_id": str(uuid4()), "text": text}
    path = f"/api/channels/{house.world.channels['open']}/messages"
    error = (await house.person("cy").post(path, body, expect=422))["error"]
    assert list(error["fields"]) == ["text"]


async def test_control_characters_are_taken_out(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    assert (await zoe.say(place.channel, "a\x00b\x1b[31mc\td\ne  "))["text"] == "ab[31mc\td\ne"
