"""A tab's socket: hello, open streams, heads of the others, typing, nonsense."""

from uuid import UUID

import orjson
import pytest
from websockets.exceptions import InvalidStatus

from courtyard.core.bus import Frame
from courtyard.core.ids import new_id
from courtyard.realtime import gateway, hub
from courtyard.realtime.connection import TYPING_MOST
from tests.house import House
from tests.mutants import instead
from tests.patience import until
from tests.tab import PROTOCOL, Tab


async def _everything(connection, users):
    found = await _asked(connection, users)
    for mine in found.values():
        mine.places = _Everything(mine.places)
    return found


class _Everything(set):
    """A set in which everything is."""

    def __rand__(self, other: set) -> set:
        return other

    def __rsub__(self, _: set) -> set:
        return set()


_asked = gateway.rights.of_people


def _to_everybody(self: hub.Hub, channel_id: UUID, user_id: UUID, seconds: int) -> None:
    body = {"type": "typing", "user_id": str(user_id), "expires_in": seconds}
    self._bus.publish(Frame(channel_id, 0, orjson.dumps(body)))


MUTANTS = {
    "a crowd hears of all who write": (
        instead("courtyard.realtime.hub.Hub", "announce_typing", _to_everybody),
        ["test_a_crowd_is_not_told_who_writes"],
    ),
    "any place opens": (
        instead("courtyard.realtime.rights", "of_people", _everything),
        ["test_only_readable_places_open_and_the_others_are_refused_alike"],
    ),
    "tickets are good twice": (
        instead("courtyard.realtime.tickets", "_USE",
                gateway.tickets._USE.replace(
                    "DELETE FROM socket_ticket WHERE token_hash = %s RETURNING",
                    "SELECT * FROM socket_ticket WHERE token_hash = %s --")),
        ["test_a_ticket_opens_one_socket_once"],
    ),
    "typing is told each time": (
        instead("courtyard.realtime.connection.Connection", "typed_enough", lambda _: False),
        ["test_typing_is_told_once_in_a_while_however_often_it_is_said"],
    ),
    "tabs are not counted": (
        instead("courtyard.realtime.hub.Hub", "join", lambda hub, one: hub.connections.add(one)),
        ["test_a_person_has_a_bounded_number_of_tabs"],
    ),
    "everybody may seem to type": (
        instead("courtyard.realtime.rights", "may_write", lambda *_: _true()),
        ["test_typing_is_heard_by_readers_and_takes_the_right_to_post"],
    ),
}  # fmt: skip


async def _true() -> bool:
    return True


async def test_hello_says_the_epoch_and_the_heads_of_what_is_always_open(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    tab = await zoe.tab()
    hello = tab.frames[0]["hello"]
    places = await zoe.get("/api/places")
    assert hello["epoch"] == places["epoch"]
    assert hello["heads"] == places["heads"]
    assert set(hello["heads"]) == {str(zoe.id), str(place.group), str(house.world.workspace)}


async def test_only_readable_places_open_and_the_others_are_refused_alike(house: House) -> None:
    dee, channels = house.person("dee"), house.world.channels
    tab = await dee.tab()
    opened = await tab.show(channels["open"], channels["talk"], channels["closed"], new_id())
    assert set(opened) == {str(channels["open"]), str(channels["talk"])}
    await tab.settle()
    errors = [frame["error"] for frame in tab.frames if "error" in frame]
    assert len(errors) == 2
    assert errors[0] == errors[1]
    assert errors[0]["code"] == "not_found"


async def test_opening_others_closes_the_former(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    other = await house.channel(place.group, zoe)
    tab = await yan.tab(place.channel)
    await tab.show(other)
    first = await zoe.say(place.channel)
    second = await zoe.say(other)
    await tab.message(second["id"])
    assert not tab.knows(first["id"])
    assert (await tab.head(place.channel, 1))["position"] == first["position"]


async def test_followed_places_off_screen_send_heads_at_most_once_a_second(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    tab = await yan.tab()
    for _ in range(12):
        last = await zoe.say(place.channel)
    head = await tab.head(place.channel, 12)
    assert head == {"s": str(place.channel), "seq": 12, "position": last["position"]}
    assert len(tab.heads(place.channel)) <= 4
    assert not tab.knows(last["id"])


async def test_places_one_does_not_follow_send_nothing(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    aside = await house.channel(place.group, zoe)
    tab = await yan.tab()
    await zoe.say(aside)
    await zoe.say(place.channel)
    await tab.head(place.channel, 1)
    assert not tab.heads(aside)


async def test_a_place_on_screen_sends_events_and_no_head(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    other = await house.channel(place.group, zoe)
    tab = await zoe.tab(place.channel)
    said = await zoe.say(place.channel)
    await zoe.say(other)
    await tab.head(other, 1)
    assert tab.knows(said["id"])
    assert not tab.heads(place.channel)


async def test_typing_is_heard_by_readers_and_takes_the_right_to_post(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe, yan, xia)
    closed = await house.channel(place.group, zoe, yan)
    writes, reads, other = await zoe.tab(), await yan.tab(closed), await xia.tab(place.channel)
    await writes.send({"op": "typing", "s": closed})
    typing = await reads.event("typing", closed)
    assert typing == {"type": "typing", "user_id": str(zoe.id), "expires_in": 6}
    await other.send({"op": "typing", "s": closed})
    assert (await other.frame("error"))["error"]["code"] == "not_found"
    await reads.settle()
    assert [w["user_id"] for w in reads.whispers(closed)] == [str(zoe.id)]
    assert not other.whispers()


async def test_typing_is_told_once_in_a_while_however_often_it_is_said(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    writes, reads = await zoe.tab(), await yan.tab(place.channel)
    for _ in range(12):
        await writes.send({"op": "typing", "s": place.channel})
    await writes.settle()
    said = await zoe.say(place.channel)
    await reads.message(said["id"])
    assert len(reads.whispers(place.channel)) == TYPING_MOST


async def test_a_crowd_is_not_told_who_writes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "CROWD", 2)
    people = [await house.newcomer(f"p{n}") for n in range(3)]
    place = await house.group(*people)
    tabs = [await people[0].tab(place.channel), await people[1].tab(place.channel)]
    await tabs[0].send({"op": "typing", "s": place.channel})
    await tabs[1].event("typing", place.channel)
    third = await people[2].tab(place.channel)
    await tabs[0].send({"op": "typing", "s": place.channel})
    said = await people[0].say(place.channel)
    await third.message(said["id"])
    assert not third.whispers(place.channel)


async def test_a_person_has_a_bounded_number_of_tabs(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "TABS_PER_PERSON", 2)
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    first = await zoe.tab()
    await zoe.tab()
    with pytest.raises(InvalidStatus) as refused:
        await zoe.tab()
    assert refused.value.response.status_code == 403
    await yan.tab()
    await first.close()
    await until(lambda: house.state.hub.tabs[zoe.id] == 1)
    await zoe.tab()


async def test_a_ticket_opens_one_socket_once(house: House) -> None:
    zoe = await house.newcomer("zoe")
    ticket = await zoe.ticket()
    await Tab.open("zoe", house.port, ticket)
    with pytest.raises(InvalidStatus) as refused:
        await Tab.open("zoe", house.port, ticket)
    assert refused.value.response.status_code == 403


async def test_a_ticket_is_soon_too_old(house: House) -> None:
    zoe = await house.newcomer("zoe")
    ticket = await zoe.ticket()
    await house.sql("UPDATE socket_ticket SET expires_at = now()")
    with pytest.raises(InvalidStatus):
        await Tab.open("zoe", house.port, ticket)


async def test_a_ticket_is_stored_as_a_hash(house: House) -> None:
    ticket = await (await house.newcomer("zoe")).ticket()
    rows = await house.sql("SELECT encode(token_hash, 'escape') FROM socket_ticket")
    assert ticket not in str(rows)


async def test_the_server_speaks_our_protocol_or_none(house: House) -> None:
    zoe = await house.newcomer("zoe")
    tab = await zoe.tab()
    assert tab.socket.subprotocol == PROTOCOL
    for protocols in (None, [PROTOCOL], [f"ticket.{await zoe.ticket()}"], [PROTOCOL, "ticket."]):
        with pytest.raises(InvalidStatus):
            await Tab.open("zoe", house.port, "", subprotocols=protocols)


async def test_other_paths_have_no_socket(house: House) -> None:
    zoe = await house.newcomer("zoe")
    from websockets.asyncio.client import connect  # noqa: PLC0415 - only here

    protocols = [PROTOCOL, f"ticket.{await zoe.ticket()}"]
    with pytest.raises(InvalidStatus):
        await connect(f"ws://127.0.0.1:{house.port}/api/other", subprotocols=protocols)


async def test_a_closed_tab_is_forgotten(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    tab = await zoe.tab(place.channel)
    hub = house.state.hub
    await tab.close()
    await until(lambda: all(c.user_id != zoe.id for c in hub.connections))
    assert not hub.streams[place.channel].readers
    assert not hub.streams[place.channel].followers


async def test_many_events_at_once_come_in_few_frames_and_in_order(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    tab = await zoe.tab(place.channel)
    hub = house.state.hub
    for _ in range(40):
        last = await zoe.say(place.channel)
    await tab.message(last["id"])
    assert [event["seq"] for event in tab.events(place.channel)] == list(range(1, 41))
    assert hub.streams[place.channel].head == 40
