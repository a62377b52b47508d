"""W: realtime. What a socket may hear, how long, and what it may not do."""

import asyncio
import contextlib
import json
from typing import Any
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from courtyard.core.ids import new_id
from courtyard.realtime import gateway, sockets
from tests.house import House
from tests.mutants import instead, nothing
from tests.patience import until
from tests.person import Person
from tests.tab import Tab
from tests.tap import Tap
from tests.world import PASSWORD

MUTANTS = {
    "any origin": (
        instead("courtyard.realtime.gateway", "same_origin", lambda *_: True),
        ["test_w07_other_origins_are_not_let_in"],
    ),
    "rights are not asked anew": (
        instead("courtyard.realtime.watch", "_recompute", nothing),
        ["test_w02_who_was_removed_hears_of_it_and_nothing_more"],
    ),
    "any number of operations": (
        instead("courtyard.realtime.gateway.Gateway", "_too_often", lambda *_: False),
        ["test_w08_a_flood_closes_only_the_one_who_floods"],
    ),
    "any number of pings": (
        instead("courtyard.realtime.sockets", "FRAMES_PER_SECOND", 10**9),
        ["test_w08_a_flood_of_pings_closes_the_socket"],
    ),
}


async def _between(house: House, name: str, other: str) -> Any:
    """The conversation of two people of the world."""
    body = {"user_ids": [str(house.world.people[other])]}
    return (await house.person(name).post("/api/conversations", body, expect=201))["id"]


async def test_w01_streams_one_may_not_hear_do_not_open(house: House, tap: Tap) -> None:
    dee, world = house.person("dee"), house.world
    tab = await dee.tab(world.channels["open"])
    hidden = [world.channels["closed"], world.channels["far"], world.groups["G2"],
              world.people["cy"], await _between(house, "cy", "hal"), new_id()]  # fmt: skip
    opened = await tab.show(*hidden, world.channels["open"])
    assert list(opened) == [str(world.channels["open"])]
    secret = tap.plant({"cy", "bo", "hal"})
    said = [
        await house.person("cy").say(world.channels["closed"], secret),
        await house.person("hal").say(world.channels["far"], secret),
        await house.person("hal").say(hidden[4], secret),
    ]
    marker = await house.person("cy").say(world.channels["open"])
    await tab.message(marker["id"])
    assert not [message for message in said if tab.knows(message["id"])]
    await house.person("cy").delete(f"/api/messages/{said[0]['id']}")


@pytest.mark.parametrize(
    "streams", ["*", ["*"], ["' OR 1=1 --"], [1], ["1"], [None], [{}], {}, ["x"] * 21, None]
)
async def test_w01_what_is_no_stream_is_refused(house: House, streams: Any) -> None:
    tab = await house.person("dee").tab()
    await tab.send({"op": "open", "streams": streams})
    assert (await tab.frame("error"))["error"]["code"] == "invalid"
    await tab.settle()


async def test_w01_only_so_many_at_once(house: House) -> None:
    tab = await house.person("dee").tab()
    await tab.send({"op": "open", "streams": [uuid4() for _ in range(21)]})
    assert (await tab.frame("error"))["error"]["code"] == "invalid"


async def test_w02_who_was_removed_hears_of_it_and_nothing_more(house: House, tap: Tap) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    closed = await house.channel(place.group, zoe, yan)
    tab = await yan.tab(place.channel, closed)
    await zoe.delete(f"/api/groups/{place.group}/members/{yan.id}")
    hub = house.state.hub

    def silent() -> bool:
        streams = [hub.streams.get(i) for i in (place.group, place.channel, closed)]
        heard = [c for s in streams if s for c in s.readers | s.followers]
        return all(connection.user_id != yan.id for connection in heard)

    await until(silent, "silence", 2)
    secret = tap.plant({"zoe"})
    for channel in (place.channel, closed):
        await zoe.say(channel, secret)
    await zoe.patch(f"/api/groups/{place.group}", {"description": secret})
    await tab.event("access.changed", yan.id)
    await tab.settle()
    assert secret not in tap.told("yan")


async def _sign_out(person: Person, phone: Person) -> None:
    await phone.delete(f"/api/sessions/{person.session}")


async def _change_password(_: Person, phone: Person) -> None:
    body = {"current": PASSWORD, "new": "eight green ladders"}
    await phone.put("/api/me/password", body)


async def _deactivate(person: Person, _: Person) -> None:
    from courtyard.accounts import service  # noqa: PLC0415 - a verb without a route yet

    async with person.house.work() as uow:
        await service.deactivate(uow, await service.get(uow.db, person.id))


async def _expire(person: Person, _: Person) -> None:
    await person.house.sql("UPDATE session SET expires_at = now() WHERE id = %s", person.session)


@pytest.mark.parametrize("end", [_sign_out, _change_password, _deactivate, _expire])
async def test_w03_a_socket_ends_with_its_session(house: House, end: Any) -> None:
    zoe, other = await house.newcomer("zoe"), await house.newcomer("other")
    phone = await house.another_device(zoe)
    tab, unaffected = await zoe.tab(), await other.tab()
    await end(zoe, phone)
    assert await tab.ended(5 if end is _expire else 2) == 4001
    await unaffected.settle()
    with pytest.raises(AssertionError):
        await zoe.ticket()


async def test_w05_who_may_only_read_changes_nothing_by_socket(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    await house.sql(
        "INSERT INTO override (channel_id, subject_kind, subject_id, deny)"
        " VALUES (%s, 'user', %s, 2)",
        place.channel,
        yan.id,
    )
    reads, owner = await yan.tab(place.channel), await zoe.tab(place.channel)
    for operation in (
        {"op": "typing", "s": place.channel},
        {"op": "post", "s": place.channel, "text": "hello", "client_id": uuid4()},
        {"op": "message.edit", "id": uuid4(), "text": "x"},
        {"op": "publish", "s": place.channel, "e": [{"type": "message.posted"}]},
        {"s": str(place.channel), "e": [{"type": "message.posted"}]},
    ):
        known = len(reads.frames)
        await reads.send(operation)
        await reads.frame("error", after=known)
    await owner.settle()
    assert not owner.events(place.channel)
    assert not owner.whispers(place.channel)
    assert await house.sql("SELECT id FROM message WHERE channel_id = %s", place.channel) == []


async def test_w06_what_changes_behind_closed_doors_is_told_inside(house: House, tap: Tap) -> None:
    zoe, yan, guest = [await house.newcomer(name) for name in ("zoe", "yan", "guest")]
    place = await house.group(zoe, yan)
    await house.join(place.group, guest, role="guest")
    tabs = [await person.tab() for person in (yan, guest)]
    secret = tap.plant({"zoe"})
    body = {"client_id": str(uuid4()), "name": secret[:70], "topic": secret, "private": True}
    made = await zoe.post(f"/api/groups/{place.group}/channels", body, expect=201)
    await zoe.patch(f"/api/channels/{made['id']}", {"topic": f"{secret} anew"})
    await zoe.put(f"/api/channels/{made['id']}/archived", {"archived": True})
    for tab in tabs:
        await tab.event("places.changed", place.group)
        await tab.settle()
        events = [event for event in tab.events(place.group) if event["type"] == "places.changed"]
        assert events
        assert {frozenset(e) for e in events} == {frozenset(("seq", "type", "actor_id", "cause"))}
        assert made["id"] not in str(tab.frames)


@pytest.mark.parametrize(
    "origin",
    [None, "https://evil.example", "null", "", "http://127.0.0.1", "file://", "http://127.0.0.1:1"],
)
async def test_w07_other_origins_are_not_let_in(house: House, origin: str | None) -> None:
    ticket = await house.person("cy").ticket()
    headers = {} if origin is None else {"Origin": origin}
    with pytest.raises(InvalidStatus) as refused:
        await Tab.open("cy", house.port, ticket, origin=None, additional_headers=headers)
    assert refused.value.response.status_code == 403
    # The ticket was not used up: its rightful owner may still come.
    await Tab.open("cy", house.port, ticket, origin=house.origin)


async def test_w07_without_a_ticket_no_origin_helps(house: House) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await Tab.open("cy", house.port, "AAAA", origin=house.origin)
    assert refused.value.response.status_code == 403


async def test_w07_tokens_in_the_address_are_not_accepted(house: House) -> None:
    from websockets.asyncio.client import connect  # noqa: PLC0415 - only here

    cy = house.person("cy")
    for query in (f"ticket={await cy.ticket()}", f"token={cy.token}"):
        protocols: Any = ["courtyard.1", f"ticket.{await cy.ticket()}"]
        with pytest.raises(InvalidStatus) as refused:
            await connect(
                f"ws://127.0.0.1:{house.port}/api/socket?{query}",
                origin=house.origin,  # type: ignore[arg-type]
                subprotocols=protocols,
            )
        assert refused.value.response.status_code == 403


DEEP = "[" * 30_000 + "]" * 30_000
BROKEN = [
    ("x" * 16_000_000, {1009}),
    ("x" * 70_000, {1009}),
    (b"\x00\x01binary", {1003}),
]
ANSWERED = [DEEP, "", "{", "null", "1", '"open"', "[]", "{}", '{"op":"fly"}', '{"op":["open"]}',
            '{"op":"open","streams":[],"streams":"x"}', json.dumps({"op": "x" * 60_000})]  # fmt: skip


@pytest.mark.parametrize(("frame", "codes"), BROKEN, ids=["16 MB", "70 kB", "binary"])
async def test_w08_broken_frames_close_only_their_own_socket(
    house: House, frame: Any, codes: set[int]
) -> None:
    tab, other = await house.person("cy").tab(), await house.person("dee").tab()
    with contextlib.suppress(ConnectionClosed):
        await tab.socket.send(frame)
    assert await tab.ended() in codes
    await other.settle()


async def test_w08_text_that_is_no_text_closes_the_socket(house: House) -> None:
    tab, other = await house.person("cy").tab(), await house.person("dee").tab()
    await tab.socket.send(b"\xc3\x28", text=True)
    assert await tab.ended() == 1007
    await other.settle()


async def test_w08_nonsense_is_answered_and_the_socket_stays(house: House) -> None:
    tab = await house.person("cy").tab()
    for frame in ANSWERED:
        known = len(tab.frames)
        await tab.send(frame)
        error = (await tab.frame("error", after=known))["error"]
        assert error["code"] == "invalid"
        assert len(error["op"]) <= 40
    await tab.settle()


async def test_w08_a_flood_closes_only_the_one_who_floods(house: House) -> None:
    tab, other = await house.person("cy").tab(), await house.person("dee").tab()
    try:
        for _ in range(gateway.OPERATIONS_PER_10_SECONDS + 50):
            await tab.send({"op": "presence", "state": "online"})
    except ConnectionClosed:
        pass
    assert await tab.ended() == 1008
    await other.settle()


async def test_w08_a_flood_of_pings_closes_the_socket(house: House) -> None:
    tab, other = await house.person("cy").tab(), await house.person("dee").tab()
    try:
        for number in range(sockets.FRAMES_PER_SECOND * 20):
            await tab.socket.ping(str(number))
    except ConnectionClosed:
        pass
    assert await tab.ended() == 1008
    await asyncio.wait_for(await other.socket.ping(), 5)
    await other.settle()
