"""Who is told of something, who is not, and that nobody is told twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from courtyard.core.ids import new_id
from courtyard.core.streams import EVENT_TYPES
from courtyard.notifications import counts, delivery, service
from courtyard.notifications.schemas import CountsChanged
from tests.house import House
from tests.mutants import instead, replace
from tests.notifications.telling import Device, heard, inbox, missed, notice, number, own_head, tell

DELIVERY = "courtyard.notifications.delivery"


MUTANTS = {
    "who did it is told too": (
        replace(DELIVERY, "_DELIVER", "n.user_id <> n.actor_id", "true"),
        ["test_nobody_is_told_of_what_they_did_themselves"],
    ),
    "bots and closed accounts are told too": (
        instead("courtyard.notifications.delivery", "_DELIVER",
                delivery._DELIVER.replace("u.kind = 'human'", "true")
                .replace("u.status = 'active'", "true")),
        ["test_bots_and_accounts_not_in_use_are_told_nothing"],
    ),
    "rights are not asked": (
        replace(DELIVERY, "_DELIVER", "p.permissions & 1 <> 0", "true"),
        ["test_who_may_not_read_the_place_is_told_nothing"],
    ),
    "a repeated delivery is stored again": (
        replace(DELIVERY, "_DELIVER",
                "ON CONFLICT (user_id, why, object_kind, object_id, actor_id) DO NOTHING", ""),
        ["test_a_repeated_delivery_stores_and_tells_once"],
    ),
    "reactions count": (
        replace(DELIVERY, "_DELIVER", "n.why <> ALL(:silent) AND NOT", "NOT"),
        ["test_reactions_are_shown_and_not_counted"],
    ),
    "what was read before it was told is unread": (
        replace(DELIVERY, "_DELIVER", "n.position <= mark.position", "false"),
        ["test_what_was_read_before_one_could_be_told_is_read"],
    ),
    "numbers are counted before the lock": (
        instead("courtyard.core.unit_of_work.UnitOfWork", "_fill", lambda *_: None),
        ["test_numbers_told_at_once_end_right"],
    ),
    "one statement for each": (
        instead("courtyard.notifications.delivery", "AT_ONCE", 1),
        ["test_a_thousand_people_are_told_in_a_few_statements"],
    ),
}  # fmt: skip


async def test_those_who_are_meant_are_told_and_nobody_else(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    tabs = [await person.tab(place.channel) for person in (zoe, yan, xia)]
    told = await tell(house, zoe, place.channel, yan, position=7)
    added = (await tabs[1].event("notification.added", yan.id))["notification"]
    assert (added["object_id"], added["why"], added["position"]) == (str(told), "mention", 7)
    assert (added["place_id"], added["actor_id"]) == (str(place.channel), str(zoe.id))
    assert (added["counts"], added["read_at"]) == (True, None)
    await tabs[1].event("counts.changed", yan.id, place_id=str(place.channel), mentions=1)
    for tab in (tabs[0], tabs[2]):
        await tab.settle()
        assert not [
            e for e in tab.events() if e["type"] in ("notification.added", "counts.changed")
        ]
    assert await heard(yan) == [str(told)]
    assert await heard(xia) == await heard(zoe) == []
    assert [await number(one, place.channel) for one in (zoe, yan, xia)] == [0, 1, 0]


async def test_nobody_is_told_of_what_they_did_themselves(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    told = await tell(house, zoe, place.channel, zoe, yan)
    assert (await heard(zoe), await heard(yan)) == ([], [str(told)])


async def test_bots_and_accounts_not_in_use_are_told_nothing(house: House) -> None:
    zoe, robot = await house.newcomer("zoe"), await house.newcomer("robot", kind="bot")
    gone, invited = await house.newcomer("gone"), await house.newcomer("invited")
    place = await house.group(zoe, robot, gone, invited)
    await house.sql("UPDATE \"user\" SET status = 'deactivated' WHERE id = %s", gone.id)
    await house.sql("UPDATE \"user\" SET status = 'invited' WHERE id = %s", invited.id)
    told = await tell(house, zoe, place.channel, robot, gone, invited, uuid4())
    assert await house.sql("SELECT id FROM notification WHERE object_id = %s", told) == []


async def test_who_may_not_read_the_place_is_told_nothing(house: House) -> None:
    cy = house.person("cy")
    people = [house.person(n) for n in ("bo", "gil", "dee", "gus", "hal", "eve", "ada")]
    told = await tell(house, cy, house.world.channels["closed"], *people)
    rows = await house.sql("SELECT user_id FROM notification WHERE object_id = %s", told)
    assert rows == [(house.person("bo").id,)]
    assert str(told) in await heard(house.person("bo"))
    everywhere = await tell(house, cy, None, house.person("hal"), why="invited")
    assert str(everywhere) in await heard(house.person("hal"))


async def test_a_repeated_delivery_stores_and_tells_once(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    told = await tell(house, zoe, place.channel, yan, yan)
    before = await own_head(house, yan)
    await tell(house, zoe, place.channel, yan, object_id=told)
    assert await heard(yan) == [str(told)]
    assert await own_head(house, yan) == before
    # Another reason, or somebody else, is something else.
    await tell(house, zoe, place.channel, yan, object_id=told, why="reaction")
    await tell(house, house.person("ada"), place.channel, yan, object_id=told, why="reaction")
    assert len(await heard(yan)) == 3


async def test_deliveries_at_once_store_once_and_nobody_waits_for_ever(house: House) -> None:
    zoe, *others = [await house.newcomer(f"person {n}") for n in range(7)]
    place = await house.group(zoe, *others)
    told = new_id()
    turns = [others, others[::-1], others[3:] + others[:3]]
    await asyncio.gather(
        *(tell(house, zoe, place.channel, *turn, object_id=told) for turn in turns)
    )
    for person in others:
        assert await heard(person) == [str(told)]


async def test_reactions_are_shown_and_not_counted(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    await tell(house, zoe, place.channel, yan, why="reaction", position=3)
    await yan.put(f"/api/channels/{place.channel}/read", {"position": 2}, expect=204)
    answer = await inbox(yan)
    assert [one["counts"] for one in answer["notifications"]] == [False]
    assert (answer["unread"]["counting"], await number(yan, place.channel)) == (0, 0)
    assert answer["notifications"][0]["read_at"] is None


async def test_what_was_read_before_one_could_be_told_is_read(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    tab = await yan.tab()
    await yan.put(f"/api/channels/{place.channel}/read", {"position": 10}, expect=204)
    await tell(house, zoe, place.channel, yan, position=10)
    await tell(house, zoe, place.channel, yan, position=10, thread_id=new_id())
    await tell(house, zoe, place.channel, yan, position=10, why="reaction")
    await tell(house, zoe, place.channel, yan, position=11)
    await tab.event("notification.added", yan.id)
    states = [one["read_at"] is None for one in (await inbox(yan))["notifications"]]
    assert states == [True, True, True, False]
    assert await number(yan, place.channel) == 1


async def test_threads_count_by_themselves(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    tab, thread = await yan.tab(), new_id()
    for _ in range(2):
        await tell(house, zoe, place.channel, yan, why="reply", thread_id=thread)
    await tab.event(
        "counts.changed", thread_id=str(thread), place_id=str(place.channel), mentions=2
    )
    assert await number(yan, place.channel) == 0
    async with house.work() as uow:
        assert await counts.of_threads(uow.db, yan.id, [thread, new_id()]) == {thread: 2}


async def test_one_piece_of_work_tells_a_number_once(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    async with house.work(zoe.id) as uow:
        for _ in range(3):
            await service.notify(uow, [notice(yan, zoe, place.channel)])
        await service.notify(uow, [notice(yan, zoe, None, "invited")])
    told = [e for e in await missed(yan) if e["type"] == "counts.changed"]
    assert [(e["place_id"], e["mentions"]) for e in told] == [(str(place.channel), 3), (None, 1)]


async def test_numbers_told_at_once_end_right(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    tab = await yan.tab()
    await asyncio.gather(*(tell(house, zoe, place.channel, yan) for _ in range(12)))
    head = await own_head(house, yan)
    await tab.event("counts.changed", yan.id, mentions=12)
    live = tab.events(yan.id)
    assert max(live, key=lambda e: e["seq"])["seq"] == head
    assert Device().take(live).numbers == {str(place.channel): 12}


async def test_why_is_one_of_the_reasons(house: House) -> None:
    cy, dee = house.person("cy"), house.person("dee")
    with pytest.raises(IntegrityError):
        await tell(house, cy, house.world.channels["open"], dee, why="because")


@asynccontextmanager
async def _counted(house: House) -> AsyncIterator[list[str]]:
    """The statements that go to the database meanwhile."""
    heard: list[str] = []
    engine = house.state.database.engine.sync_engine
    note: Any = lambda _c, _cu, statement, *_: heard.append(statement)  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def _crowd(house: House, group: UUID, size: int) -> list[UUID]:
    """People by the hundred, in the group and following what its members follow."""
    rows = await house.sql(
        """
        WITH people AS (
            INSERT INTO "user" (id, name) SELECT uuidv7(), 'one of many'
            FROM generate_series(1, %s) RETURNING id
        ), streams AS (INSERT INTO stream (id, kind) SELECT id, 'user' FROM people),
        members AS (
            INSERT INTO member (group_id, user_id) SELECT %s, id FROM people RETURNING 1
        ) SELECT id FROM people
        """,
        size, group,
    )  # fmt: skip
    people = [row[0] for row in rows]
    await house.sql(
        """
        INSERT INTO member_role (group_id, user_id, role_id)
        SELECT %s, unnest(%s::uuid[]), r.id FROM role r WHERE r.group_id = %s AND r.kind = 'member'
        """,
        group, people, group,
    )  # fmt: skip
    return people


async def test_a_thousand_people_are_told_in_a_few_statements(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    crowd = await _crowd(house, place.group, 1_000)
    tab = await yan.tab()
    async with _counted(house) as statements:
        told = await tell(house, zoe, place.channel, *crowd, yan, why="mention")
    # Three times up to 500 people, their streams and events, and their numbers.
    assert len(statements) <= 6, statements
    assert await tab.event("counts.changed", yan.id, mentions=1)
    [(stored,)] = await house.sql(
        "SELECT count(*) FROM notification WHERE object_id = %s AND counts", told
    )
    assert stored == 1_001
    # Q06: one thing told is one row, one event and one number for each person it is meant for.
    [(events,)] = await house.sql("SELECT count(*) FROM event WHERE stream_id = ANY(%s)", [*crowd])
    assert events == 2_000


def test_every_event_of_this_slice_has_a_name_of_its_own() -> None:
    assert EVENT_TYPES["counts.changed"] is CountsChanged
    assert {"notification.added", "notification.read", "notification.removed"} <= set(EVENT_TYPES)
