"""Who is here, as those see it who may."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from courtyard.core.bus import Bus
from courtyard.core.ids import new_id
from courtyard.presence import service
from courtyard.presence.service import Presence
from courtyard.realtime.connection import Connection
from courtyard.realtime.hub import Hub
from courtyard.realtime.rights import _look_away as look_away
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead, replace
from tests.patience import until
from tests.person import Person
from tests.tab import Tab


def _looks_away_and_remembers(hub: Hub, connection: Connection, unseen: set[UUID]) -> None:
    seen = connection.seen
    look_away(hub, connection, unseen)
    connection.seen = seen


def _rule(old: str, new: str) -> Callable[[pytest.MonkeyPatch], None]:
    return replace("courtyard.channels.people", "_PAIRS", old, new)


MUTANTS = {
    "everybody sees everybody": (
        _rule("WHERE w.reader = w.person", "WHERE true"),
        ["test_a14_strangers_see_nobody"],
    ),
    "only groups make acquainted": (
        _rule("c.group_id IS NULL", "false"),
        ["test_people_of_a_conversation_see_one_another"],
    ),
    "the blocked go on looking": (
        _rule("b.user_id = w.person", "false"),
        ["test_who_blocks_is_away_for_the_other_and_the_other_for_them"],
    ),
    "who looked goes on looking": (
        instead("courtyard.realtime.rights", "_look_away", lambda *_: None),
        [
            "test_watching_ends_with_the_last_shared_group",
            "test_who_is_blocked_sees_them_go_and_not_come_back",
        ],
    ),
    "who was seen once may be seen for ever": (
        instead("courtyard.realtime.rights", "_look_away", _looks_away_and_remembers),
        ["test_watching_ends_with_the_last_shared_group"],
    ),
    "a look anew forgets blocks": (
        _rule("FROM block b", "FROM block b JOIN member ON false"),
        ["test_who_is_blocked_sees_them_go_and_not_come_back"],
    ),
}


async def _watch(tab: Tab, *people: Person) -> dict[str, str]:
    known = len(tab.frames)
    await tab.send({"op": "watch", "users": [person.id for person in people]})
    states: dict[str, str] = (await tab.frame("presence", after=known))["presence"]
    return states


async def _becomes(tab: Tab, person: Person, state: str) -> None:
    wanted = {str(person.id): state}
    await until(
        lambda: any(wanted == frame.get("presence") for frame in tab.frames),
        f"{person.name} {state}",
    )


async def test_coming_idling_and_going_is_told_to_who_watches(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "GRACE", 0.05)
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    await house.group(zoe, yan)
    tab = await zoe.tab()
    assert await _watch(tab, yan, zoe) == {str(yan.id): "offline", str(zoe.id): "online"}
    theirs = await yan.tab()
    await _becomes(tab, yan, "online")
    await theirs.send({"op": "presence", "state": "idle"})
    await _becomes(tab, yan, "idle")
    await theirs.close()
    await _becomes(tab, yan, "offline")


async def test_who_does_not_watch_is_told_nothing(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    await house.group(zoe, yan)
    tab = await zoe.tab()
    await yan.tab()
    await tab.settle()
    assert str(yan.id) not in str(tab.frames)


async def test_a14_strangers_see_nobody(house: House) -> None:
    zoe, far = await house.newcomer("zoe"), await house.newcomer("far")
    await house.group(zoe)
    await zoe.tab()
    tab = await far.tab()
    await tab.send({"op": "watch", "users": [zoe.id, uuid4()]})
    await tab.settle()
    assert str(zoe.id) not in str(tab.frames)


async def _talk(person: Person, *others: Person) -> None:
    ids = [str(other.id) for other in others]
    await person.post("/api/conversations", {"user_ids": ids}, expect=201)


async def test_people_of_a_conversation_see_one_another(house: House) -> None:
    zoe, yan, xen = [await house.newcomer(name) for name in ("zoe", "yan", "xen")]
    tab, other = await zoe.tab(), await yan.tab()
    assert await _watch(tab, yan) == {}
    await _talk(zoe, yan, xen)
    assert await _watch(tab, yan, xen) == {str(yan.id): "online", str(xen.id): "offline"}
    assert await _watch(other, zoe) == {str(zoe.id): "online"}


async def test_who_blocks_is_away_for_the_other_and_the_other_for_them(house: House) -> None:
    zoe, yan, far = [await house.newcomer(name) for name in ("zoe", "yan", "far")]
    await house.group(zoe, yan)
    await zoe.put(f"/api/me/blocks/{yan.id}", expect=204)
    tabs = [await zoe.tab(), await yan.tab()]
    assert await _watch(tabs[1], zoe, far) == {str(zoe.id): "offline"}
    assert await _watch(tabs[0], yan) == {str(yan.id): "offline"}
    assert not any(one.id in house.state.hub.watchers for one in (zoe, yan))


async def test_who_is_blocked_sees_them_go_and_not_come_back(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    await _talk(zoe, yan)
    theirs = await zoe.tab()
    tab = await yan.tab()
    assert await _watch(tab, zoe) == {str(zoe.id): "online"}
    await zoe.put(f"/api/me/blocks/{yan.id}", expect=204)
    await _becomes(tab, zoe, "offline")
    known = len(tab.frames)
    await theirs.send({"op": "presence", "state": "idle"})
    await theirs.settle()
    await tab.settle()
    assert str(zoe.id) not in str(tab.frames[known:])
    await zoe.delete(f"/api/me/blocks/{yan.id}")
    assert await _watch(tab, zoe) == {str(zoe.id): "idle"}


async def test_across_processes(fresh: House, open_house: Opener) -> None:
    other = await open_house(url=fresh.settings.database_url)
    await until(lambda: fresh.state.bus.company and other.state.bus.company)
    cy, dee = fresh.person("cy"), fresh.person("dee").at(other)
    tab = await cy.tab()
    assert await _watch(tab, dee) == {str(dee.id): "offline"}
    await dee.tab()
    await _becomes(tab, dee, "online")


@pytest.fixture
async def presence() -> Presence:
    """Presence of one process alone."""
    return Presence(Bus(None))


async def test_online_is_any_tab_that_says_so(presence: Presence) -> None:
    user, desk, phone = new_id(), new_id(), new_id()
    presence.set(user, desk, "idle")
    assert presence.state(user) == "idle"
    presence.set(user, phone, "online")
    assert presence.state(user) == "online"
    presence.gone(user, phone)
    assert presence.state(user) == "idle"


async def test_a_reload_does_not_flap(presence: Presence) -> None:
    heard: list[str] = []
    presence.on_change(lambda _, state: heard.append(state))
    user, tab = new_id(), new_id()
    presence.set(user, tab, "online")
    presence.gone(user, tab)
    presence.set(user, new_id(), "online")
    assert heard == ["online"]
    assert presence.state(user) == "online"


async def test_a_reload_leaves_no_ghost_of_the_former_tab(
    presence: Presence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "GRACE", 0.02)
    user, former, present = new_id(), new_id(), new_id()
    presence.set(user, former, "online")
    presence.gone(user, former)
    presence.set(user, present, "online")
    presence.gone(user, present)
    await until(lambda: presence.state(user) == "offline")


async def test_watching_ends_with_the_last_shared_group(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    tab = await yan.tab()
    await _watch(tab, zoe)
    await zoe.delete(f"/api/groups/{place.group}/members/{yan.id}")
    watchers = house.state.hub.watchers
    await until(lambda: zoe.id not in watchers, "the end of watching", 3)
    await tab.settle()
    known = len(tab.frames)
    await zoe.tab()
    await tab.settle()
    assert str(zoe.id) not in str(tab.frames[known:])
    assert await _watch(tab, zoe) == {}


async def test_a_process_that_falls_silent_is_forgotten(
    presence: Presence, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, user = Presence(Bus(None)), new_id()
    there._bus.listen(presence._hear)
    there.set(user, new_id(), "online")
    assert presence.state(user) == "online"
    presence._replace(there._me, None)
    assert presence.state(user) == "offline"
