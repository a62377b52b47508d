"""Pages of history, in both directions, around an anchor."""

from typing import Any
from uuid import uuid4

import pytest

from courtyard.core.cursors import name_cursor, position_cursor
from courtyard.core.ids import new_id
from courtyard.messages.schemas import MessagePage
from tests.house import House
from tests.mutants import replace
from tests.person import Person
from tests.place import Place
from tests.wire import same_as

HISTORY = "courtyard.messages.history"
MUTANTS = {
    "history asks for no right": (
        replace(HISTORY, "_OLDER", "AND r.permissions & 1 <> 0", ""),
        ["test_who_may_not_view_reads_nothing"],
    ),
    "history asks for no session": (
        replace(HISTORY, "_OLDER", "AND s.ended_at IS NULL", ""),
        ["test_an_ended_session_reads_nothing"],
    ),
    "equal positions are lost": (
        replace(HISTORY, "_OLDER", "(position, id) < (%(position)s, %(message)s)",
                "position < %(position)s"),
        ["test_messages_at_the_same_position_are_all_there"],
    ),
    "anchors of other places": (
        replace(HISTORY, "_ANCHOR", "AND channel_id =", "OR channel_id ="),
        ["test_an_anchor_of_another_place_is_not_there"],
    ),
}  # fmt: skip


async def _page(person: Person, channel: Any, **query: Any) -> Any:
    page = await person.get(f"/api/channels/{channel}/messages", params=query)
    assert same_as(MessagePage, page)
    return page


def _texts(page: Any) -> list[str]:
    return [message["text"] for message in page["messages"]]


async def _spoken(house: House, count: int) -> tuple[Person, Place, list[Any]]:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    return zoe, place, [await zoe.say(place.channel, str(n)) for n in range(count)]


async def test_without_an_anchor_the_newest_end(house: House) -> None:
    zoe, place, said = await _spoken(house, 5)
    page = await _page(zoe, place.channel, limit=2)
    assert _texts(page) == ["3", "4"]
    assert (page["head"], page["after"]) == (5, None)
    assert [user["id"] for user in page["users"]] == [str(zoe.id)]
    whole = await _page(zoe, place.channel)
    assert _texts(whole) == ["0", "1", "2", "3", "4"]
    assert (whole["before"], whole["after"]) == (None, None)
    assert said[0]["position"] == whole["messages"][0]["position"]


async def test_pages_meet_on_the_way_back_and_on_the_way_forth(house: House) -> None:
    zoe, place, _ = await _spoken(house, 7)
    page = await _page(zoe, place.channel, limit=3)
    back = [_texts(page)]
    while page["before"]:
        page = await _page(zoe, place.channel, limit=3, before=page["before"])
        back.append(_texts(page))
    assert back == [["4", "5", "6"], ["1", "2", "3"], ["0"]]
    assert page["after"]
    forth = []
    while page["after"]:
        page = await _page(zoe, place.channel, limit=3, after=page["after"])
        forth.append(_texts(page))
    assert forth == [["1", "2", "3"], ["4", "5", "6"]]


async def test_around_a_message_there_is_something_on_both_sides(house: House) -> None:
    zoe, place, said = await _spoken(house, 9)
    page = await _page(zoe, place.channel, limit=4, around=said[4]["id"])
    assert _texts(page) == ["2", "3", "4", "5"]
    assert page["before"]
    assert page["after"]
    first = await _page(zoe, place.channel, limit=4, around=said[0]["id"])
    assert (_texts(first), first["before"]) == (["0", "1"], None)
    last = await _page(zoe, place.channel, limit=4, around=said[8]["id"])
    assert (_texts(last), last["after"]) == (["6", "7", "8"], None)


async def test_around_a_position_is_how_one_jumps_to_a_date(house: House) -> None:
    zoe, place, said = await _spoken(house, 5)
    page = await _page(zoe, place.channel, limit=2, around_position=said[2]["position"])
    assert _texts(page) == ["1", "2"]
    ancient = await _page(zoe, place.channel, limit=2, around_position=0)
    assert (_texts(ancient), ancient["before"]) == (["0"], None)
    future = await _page(zoe, place.channel, limit=2, around_position=2**53 - 1)
    assert (_texts(future), future["after"]) == (["4"], None)


async def test_messages_at_the_same_position_are_all_there(house: House) -> None:
    zoe, place, _ = await _spoken(house, 5)
    await house.sql("UPDATE message SET position = 7 WHERE channel_id = %s", place.channel)
    seen, query = [], {}
    while True:
        page = await _page(zoe, place.channel, limit=2, **query)
        seen += _texts(page)
        if not page["before"]:
            break
        query = {"before": page["before"]}
    assert sorted(seen) == ["0", "1", "2", "3", "4"]


async def test_an_empty_place_is_an_empty_page(house: House) -> None:
    zoe, place, _ = await _spoken(house, 0)
    assert await _page(zoe, place.channel) == {
        "messages": [], "threads": [], "users": [], "head": 0, "before": None, "after": None
    }  # fmt: skip


async def test_the_deleted_stand_as_tombstones_without_text(house: House) -> None:
    zoe, place, said = await _spoken(house, 3)
    await zoe.delete(f"/api/messages/{said[1]['id']}")
    page = await _page(zoe, place.channel)
    assert [(m["text"], m["deleted"]) for m in page["messages"]] == [
        ("0", False), ("", True), ("2", False)
    ]  # fmt: skip


async def test_what_was_cut_off_by_a_lost_key_leaves_the_page_whole(house: House) -> None:
    zoe, place, said = await _spoken(house, 2)
    await house.sql(
        "UPDATE message SET text = %s WHERE id = %s",
        b"\x01\x00\x00\x00\x63" + bytes(40),
        said[0]["id"],
    )
    page = await _page(zoe, place.channel)
    assert _texts(page) == ["This message cannot be read: its key is missing.", "1"]


async def test_who_may_not_view_reads_nothing(house: House) -> None:
    _, place, __ = await _spoken(house, 1)
    far = await house.newcomer("far")
    for channel in (place.channel, house.world.channels["closed"], new_id()):
        await far.get(f"/api/channels/{channel}/messages", expect=404)
    closed = house.world.channels["closed"]
    for name in ("dee", "gil"):
        await house.person(name).get(f"/api/channels/{closed}/messages", expect=404)


async def test_an_ended_session_reads_nothing(house: House) -> None:
    zoe, place, _ = await _spoken(house, 1)
    await house.sql("UPDATE session SET ended_at = now() WHERE id = %s", zoe.session)
    await zoe.get(f"/api/channels/{place.channel}/messages", expect=401)


async def test_an_anchor_of_another_place_is_not_there(house: House) -> None:
    zoe, place, said = await _spoken(house, 3)
    other = await house.group(zoe)
    path = f"/api/channels/{other.channel}/messages"
    for anchor in (said[0]["id"], uuid4(), house.world.messages["closed"]):
        await zoe.get(path, expect=404, params={"around": str(anchor)})
    assert place.channel != other.channel


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": -1},
        {"limit": 10**9},
        {"limit": "x"},
        {"before": "nonsense"},
        {"before": position_cursor(2**63, new_id())},
        {"after": position_cursor(1, new_id())[:-4] + "AAAA"},
        {"before": "é" * 10},
        {"before": "A" * 2000},
        {"around": "not-an-id"},
        {"around_position": -1},
        {"around_position": 2**53},
    ],
    ids=str,
)
async def test_a12_forged_limits_and_cursors_are_refused(house: House, query: Any) -> None:
    path = f"/api/channels/{house.world.channels['open']}/messages"
    answer = await house.person("cy").ask("GET", path, params=query)
    assert answer.status_code == 422, answer.text


async def test_a12_a_cursor_of_another_list_is_no_key_to_anything(house: House) -> None:
    zoe, place, _ = await _spoken(house, 2)
    user = await house.user(zoe.id)
    path = f"/api/channels/{place.channel}/messages"
    await zoe.get(path, expect=422, params={"before": name_cursor(user)})
    foreign = position_cursor(2**60, house.world.messages["closed"])
    page = await _page(zoe, place.channel, before=foreign)
    assert _texts(page) == ["0", "1"]
