"""Streams: gapless, in commit order, whoever writes what at the same time."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from courtyard.core import streams
from courtyard.core.bus import Bus, Frame
from courtyard.core.ids import new_id
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups.schemas import MemberJoined
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead
from tests.person import Person
from tests.place import Place

WRITERS, ACTS = 20, 8


async def _tells_first(self: UnitOfWork, bus: Bus) -> None:
    """Tells what happened before it is kept."""
    await self.db.flush()
    await streams.append(
        await self.db.connection(), self.events, actor_id=self.actor_id, cause=self.cause
    )
    for stream_id, event, _ in self.events:
        bus.publish(Frame(stream_id, event.seq, event.model_dump_json().encode()))
    await self.db.commit()


def _no_lock(patch: pytest.MonkeyPatch) -> None:
    text = str(streams._APPEND)
    broken = text.replace("FOR NO KEY UPDATE", "").replace("SET head = s.head", "SET head = l.head")
    assert broken != text
    patch.setattr(streams, "_APPEND", type(streams._APPEND)(broken))


MUTANTS = {
    "streams are not locked": (
        _no_lock,
        ["test_a_work_waits_for_the_one_before_it_in_the_same_stream"],
    ),
    "told before it is kept": (
        instead("courtyard.core.unit_of_work.UnitOfWork", "commit", _tells_first),
        ["test_what_could_not_be_kept_was_never_told"],
    ),
}


class _Group:
    """A group in which everybody does everything at once."""

    def __init__(self, house: House, place: Place, owner: Person, people: list[Person]) -> None:
        self.house, self.place, self.owner, self.people = house, place, owner, people
        self.closed: UUID = place.channel

    def acts(self, person: Person) -> list[Callable[[], Awaitable[Any]]]:
        """What one person may do, each touching other streams in another order."""
        place, owner, channel = self.place, self.owner, f"/api/channels/{self.place.channel}"
        own = f"/api/channels/{self.closed}/people/{person.id}"
        group, name = f"/api/groups/{place.group}", uuid4().hex
        ask = person.ask

        return [
            lambda: person.say(place.channel),
            lambda: self._say_and(person, "PATCH"),
            lambda: self._say_and(person, "DELETE"),
            lambda: ask("PUT", f"{channel}/follow", json={"level": "all"}),
            lambda: ask("DELETE", f"{channel}/follow"),
            lambda: ask("PATCH", "/api/me", json={"title": name}),
            lambda: owner.ask("PATCH", channel, json={"topic": name}),
            lambda: owner.ask("PATCH", group, json={"description": name}),
            lambda: owner.ask("PUT", own),
            lambda: owner.ask("DELETE", own),
            lambda: owner.ask("PUT", f"{channel}/private", json={"private": False}),
            lambda: self._make(name),
        ]

    async def _say_and(self, person: Person, method: str) -> Any:
        said = await person.say(self.place.channel)
        body = {"json": {"text": "other"}} if method == "PATCH" else {}
        return await person.ask(method, f"/api/messages/{said['id']}", **body)

    async def _make(self, name: str) -> Any:
        path = f"/api/groups/{self.place.group}/channels"
        return await self.owner.ask("POST", path, json={"client_id": str(uuid4()), "name": name})


async def _gaps(house: House) -> list[Any]:
    """Streams whose events are not exactly 1, 2, … head, in one snapshot."""
    return await house.sql(
        "SELECT s.id, s.kind, s.head, count(e.seq), max(e.seq) FROM stream s"
        " LEFT JOIN event e ON e.stream_id = s.id GROUP BY s.id"
        " HAVING s.head <> count(e.seq) OR s.head <> coalesce(max(e.seq), 0)"
    )


async def test_twenty_writers_of_all_kinds_leave_no_gap_at_any_moment(open_house: Opener) -> None:
    house: House = await open_house(database_pool=10)
    owner = await house.newcomer("owner")
    people = [await house.newcomer(f"p{n}") for n in range(WRITERS)]
    group = _Group(house, await house.group(owner, *people), owner, people)
    group.closed = await house.channel(group.place.group, owner, owner)
    dice, statuses, over = random.Random(7), [], asyncio.Event()

    async def write(person: Person, wishes: list[int]) -> None:
        for wish in wishes:
            acts = group.acts(person)
            answer = await acts[wish % len(acts)]()
            statuses.append(getattr(answer, "status_code", 201))

    async def look() -> None:
        while not over.is_set():
            assert await _gaps(house) == []
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    wishes = [[dice.randrange(1000) for _ in range(ACTS)] for _ in people]
    await asyncio.gather(*(write(p, w) for p, w in zip(people, wishes, strict=True)))
    over.set()
    await looking
    assert not {status for status in statuses if status >= 500}
    assert await _gaps(house) == []
    outbox = await house.sql(
        "SELECT count(*) FROM event e LEFT JOIN outbox o USING (stream_id, seq) WHERE o.seq IS NULL"
    )
    assert outbox == [(0,)]


async def test_a_work_waits_for_the_one_before_it_in_the_same_stream(fresh: House) -> None:
    zoe = await fresh.newcomer("zoe")
    place = await fresh.group(zoe)

    async def again() -> None:
        async with fresh.work(zoe.id) as uow:
            uow.emit(place.group, MemberJoined(user_id=zoe.id), zoe.id)

    async with fresh.state.database.session() as first:
        events = [(place.group, MemberJoined(user_id=zoe.id), zoe.id)]
        await streams.append(await first.connection(), events, actor_id=zoe.id, cause=None)
        second = asyncio.create_task(again())
        while not await fresh.sql("SELECT 1 FROM pg_locks WHERE NOT granted"):
            assert not second.done()
        await first.commit()
    await second
    assert await _gaps(fresh) == []


async def test_letting_in_and_removing_the_same_person_does_not_lock_up(house: House) -> None:
    owner, admin = await house.newcomer("owner"), await house.newcomer("admin")
    place = await house.group(owner)
    await house.join(place.group, admin, role="admin")
    closed = await house.channel(place.group, owner, owner, admin)
    for _ in range(6):
        yan = await house.newcomer("yan")
        await house.join(place.group, yan)
        answers = await asyncio.gather(
            admin.ask("PUT", f"/api/channels/{closed}/people/{yan.id}"),
            owner.ask("DELETE", f"/api/groups/{place.group}/members/{yan.id}"),
        )
        assert [answer.status_code for answer in answers if answer.status_code >= 500] == []


async def test_several_events_in_one_work_get_their_places_in_order(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, other = await house.group(zoe), await house.group(zoe)
    before = await _heads(house, place.group, other.group)
    events = [MemberJoined(user_id=zoe.id) for _ in range(5)]
    async with house.work(zoe.id) as uow:
        for n, event in enumerate(events):
            uow.emit((place.group, other.group)[n % 2], event, zoe.id)
    assert [event.seq - before[n % 2] for n, event in enumerate(events)] == [1, 1, 2, 2, 3]
    assert {event.actor_id for event in events} == {zoe.id}


async def _heads(house: House, *ids: UUID) -> list[int]:
    return [(await house.sql("SELECT head FROM stream WHERE id = %s", i))[0][0] for i in ids]


async def test_an_event_without_a_stream_is_an_error_and_nothing_is_kept(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    before = await _heads(house, place.group)
    with pytest.raises(LookupError):
        async with house.work(zoe.id) as uow:
            uow.emit(place.group, MemberJoined(user_id=zoe.id), zoe.id)
            uow.emit(new_id(), MemberJoined(user_id=zoe.id), zoe.id)
    assert await _heads(house, place.group) == before


async def test_what_could_not_be_kept_was_never_told(fresh: House) -> None:
    await fresh.sql(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53200'; END $$"
    )
    await fresh.sql(
        'CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON "user"'
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()"
    )
    cy, tab = fresh.person("cy"), await fresh.person("dee").tab()
    answer = await cy.ask("PATCH", "/api/me", 503, json={"title": "never"})
    assert answer.headers["retry-after"]
    await tab.settle()
    assert not tab.events()
    assert (await cy.get("/api/me"))["title"] == ""
    assert await _gaps(fresh) == []
