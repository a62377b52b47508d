"""One's inbox over HTTP: what it shows, in which order, and of whom."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from courtyard.notifications import inbox as inbox_module
from courtyard.notifications.models import Notification
from courtyard.notifications.schemas import Activity
from tests.house import House
from tests.mutants import instead
from tests.notifications.telling import counting, heard, inbox, tell
from tests.wire import same_as


async def _all_faces(db: Any, _: Any, ids: Any) -> Any:
    return await inbox_module.members.accounts.public(db, ids)


MUTANTS = {
    "everybody's inbox": (
        instead("courtyard.notifications.inbox", "_mine",
                lambda _: Notification.user_id.is_not(None)),
        ["test_an_inbox_is_ones_own"],
    ),
    "a guest is shown everybody": (
        instead("courtyard.notifications.inbox.people", "faces", _all_faces),
        ["test_a_guest_is_shown_only_faces_of_the_same_groups"],
    ),
}  # fmt: skip


async def test_an_inbox_is_ones_own(house: House) -> None:
    cy, dee, bo = (house.person(name) for name in ("cy", "dee", "bo"))
    told = await tell(house, bo, house.world.channels["closed"], cy)
    assert str(told) in await heard(cy)
    assert str(told) not in await heard(dee)
    assert str(told) not in await heard(bo)


async def test_filters_show_what_they_say(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    told = {}
    for why in ("mention", "reply", "message", "reaction", "invited"):
        told[why] = str(await tell(house, zoe, place.channel, yan, why=why, position=1))
    assert await heard(yan) == list(reversed(told.values()))
    assert await heard(yan, filter="mentions") == [told["mention"]]
    assert await heard(yan, filter="replies") == [told["reply"]]
    assert await heard(yan, filter="reactions") == [told["reaction"]]
    [one] = (await inbox(yan, filter="replies"))["notifications"]
    await yan.post("/api/activity/read", {"ids": [one["id"]]}, expect=204)
    assert await heard(yan, filter="replies", unread=True) == []
    assert told["reply"] not in await heard(yan, unread=True)
    assert await heard(yan, filter="replies") == [told["reply"]]
    assert await counting(yan) == 3


async def test_pages_follow_one_another(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    told = [str(await tell(house, zoe, place.channel, yan)) for _ in range(7)]
    shown: list[str] = []
    query: dict[str, Any] = {"limit": 3}
    for size in (3, 3, 1):
        answer = await inbox(yan, **query)
        assert same_as(Activity, answer)
        assert len(answer["notifications"]) == size
        assert answer["unread"] == {"counting": 7}
        assert [user["name"] for user in answer["users"]] == ["zoe"]
        shown += [one["object_id"] for one in answer["notifications"]]
        query["before"] = answer["before"]
    assert (shown, query["before"]) == (told[::-1], None)


async def test_a_guest_is_shown_only_faces_of_the_same_groups(house: House) -> None:
    gus, bo, hal = (house.person(name) for name in ("gus", "bo", "hal"))
    await tell(house, bo, house.world.channels["open"], gus)
    await tell(house, hal, None, gus, why="invited")
    names = {user["name"] for user in (await inbox(gus))["users"]}
    assert "bo" in names
    assert "hal" not in names


async def test_nothing_of_what_was_said_is_in_it(house: House, tap: Any) -> None:
    cy, dee = house.person("cy"), house.person("dee")
    said = await cy.say(house.world.channels["talk"], "a word that stands nowhere else")
    await tell(house, cy, house.world.channels["talk"], dee, object_id=UUID(said["id"]))
    assert "stands nowhere else" not in str(await inbox(dee))
    rows = await house.sql("SELECT * FROM notification WHERE object_id = %s", said["id"])
    assert "stands nowhere else" not in str(rows)


@pytest.mark.parametrize("query", [
    {"filter": "everything"}, {"limit": 0}, {"limit": 101}, {"before": "*"},
    {"before": "' OR 1=1"}, {"unread": "perhaps"}])  # fmt: skip
async def test_nonsense_is_refused(house: House, query: Any) -> None:
    await house.person("cy").get("/api/activity", 422, params=query)


async def test_a_cursor_of_somebody_else_shows_nothing_of_theirs(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    mine = await tell(house, zoe, place.channel, yan)
    theirs = await tell(house, yan, place.channel, zoe)
    cursor = (await inbox(zoe))["notifications"][0]["id"]
    assert await heard(yan, before=cursor) == [str(mine)]
    assert await heard(yan, before=str(UUID(int=0))) == []
    assert str(theirs) not in await heard(yan, before=str(uuid4()))
