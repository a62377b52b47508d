"""Hot routes: the door and the framework give the same answers, and refuse the same."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from courtyard.app import HOT
from courtyard.core import hot
from tests.house import House
from tests.mutants import instead
from tests.person import Person

MUTANTS = {
    "the door takes any kind of body": (
        instead("courtyard.core.hot", "_plain", lambda _: True),
        ["test_what_is_no_json_is_left_to_the_framework"],
    ),
    "a wrong body passes": (
        instead("courtyard.core.hot", "parsed", lambda shape, body: shape.validate_json(b"{}")),
        ["test_both_ways_answer_alike"],
    ),
}
VARYING = {"id", "client_id", "position", "created_at", "seq", "ref", "ticket", "head", "epoch"}


class _Framework(Person):
    """The same device, past the door."""

    async def ask(self, method: str, path: str, expect: Any = None, **options: Any) -> Any:
        transport = httpx.ASGITransport(self.house._gate._app._api)
        headers = {"authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        async with httpx.AsyncClient(transport=transport, base_url=self.house.origin) as line:
            return await line.request(method, path, headers=headers, **options)


def _shape(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _shape(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shape(inner) for inner in value]
    return type(value).__name__ if name in VARYING else value


def _asked(channel: object) -> list[tuple[str, str, dict[str, Any]]]:
    messages = f"/api/channels/{channel}/messages"
    good = lambda: {"client_id": str(uuid4()), "text": "hello"}  # noqa: E731
    return [
        ("POST", messages, {"json": good()}),
        ("POST", messages, {"json": {**good(), "text": ""}}),
        ("POST", messages, {"json": {"text": "no name"}}),
        ("POST", messages, {"content": b"{", "headers": {"content-type": "application/json"}}),
        ("POST", messages, {}),
        ("POST", f"/api/channels/{uuid4()}/messages", {"json": good()}),
        ("POST", "/api/channels/nonsense/messages", {"json": good()}),
        ("PUT", messages, {"json": good()}),
        ("GET", f"{messages}?limit=1", {}),
        ("GET", f"{messages}?limit=0", {}),
        ("GET", f"{messages}?before=nonsense", {}),
        ("GET", f"{messages}?around={uuid4()}", {}),
        ("POST", "/api/socket/ticket", {}),
        ("POST", "/api/sync", {"json": {"open": {str(channel): 0}}}),
        ("POST", "/api/sync", {"json": {"open": {"*": 0}}}),
        ("GET", messages, {"headers": {"authorization": "Bearer nonsense"}}),
        ("POST", "/api/sync", {"json": {}, "headers": {"authorization": "Bearer nonsense"}}),
    ]


@pytest.mark.parametrize("number", range(17))
async def test_both_ways_answer_alike(house: House, number: int) -> None:
    zoe = await house.newcomer("zoe")
    place, other = await house.group(zoe), await house.group(zoe)
    past = _Framework(house, "zoe", zoe.id, zoe.session)
    answers = []
    for person, channel in ((zoe, place.channel), (past, other.channel)):
        method, path, options = _asked(channel)[number]
        answer = await person.ask(method, path, **options)
        body = str(_shape(answer.json() if answer.content else None))
        answers.append((answer.status_code, body.replace(str(channel), "here")))
    assert answers[0] == answers[1]


async def test_the_door_really_answers(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    door = house._gate._app._door
    monkeypatch.setattr(door, "_api", SimpleNamespace(state=house.state))  # cannot be called
    await zoe.say(place.channel)
    await zoe.get(f"/api/channels/{place.channel}/messages")
    await zoe.ticket()
    await zoe.post("/api/sync", {})
    await zoe.say(uuid4(), expect=404)


async def test_what_is_no_json_is_left_to_the_framework(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    body = f'{{"client_id": "{uuid4()}", "text": "simple request"}}'
    headers = {"content-type": "text/plain"}
    path = f"/api/channels/{place.channel}/messages"
    await zoe.ask("POST", path, 422, content=body.encode(), headers=headers)


async def test_a_body_in_pieces_of_unknown_length_is_left_to_the_framework(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)

    async def pieces():
        yield b'{"client_id": "%s",' % str(uuid4()).encode()
        yield b'"text": "in pieces"}'

    headers = {"content-type": "application/json"}
    path = f"/api/channels/{place.channel}/messages"
    await zoe.ask("POST", path, 201, content=pieces(), headers=headers)


async def test_every_hot_route_is_one_of_the_table(house: House) -> None:
    table = house.state.policies
    assert {f"{route.method} {route.path}" for route in HOT} <= set(table)
    assert hot.Hot("GET", "/a/{x}/b", None).match("GET", "/a/b") is None  # type: ignore[arg-type]
