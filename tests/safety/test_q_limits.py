"""Q: how much, how often, how large, how deep."""

import asyncio
import time
from typing import Any
from uuid import uuid4

import pytest

from courtyard.core import protocol
from courtyard.core.errors import TooMany
from courtyard.core.limits import LIMITS, Limiter
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead, nothing
from tests.services import Services

MUTANTS = {
    "nothing is counted": (
        instead("courtyard.core.limits.Limiter", "hit", nothing),
        ["test_q01_one_too_many_is_told_when_to_come_back", "test_q01_processes_count_together"],
    ),
    "the hot paths are not counted": (
        instead("courtyard.core.limits.Limiter", "hit_here", nothing),
        ["test_q01_writes_reads_and_posts_are_counted_per_person"],
    ),
    "compressed bodies are unpacked": (
        instead("courtyard.core.http.Gate", "_refusal", lambda *_: None),
        ["test_q04_compressed_bodies_are_not_unpacked"],
    ),
}


@pytest.fixture
async def strict(open_house: Opener, standing_minute: None) -> House:
    """A house in which everything is allowed once or a few times."""
    strict: House = await open_house(limit_factor=1e-9, redis_url=None)
    return strict


async def test_q01_one_too_many_is_told_when_to_come_back(strict: House) -> None:
    cy, group = strict.person("cy"), strict.world.groups["G1"]
    asks: list[tuple[str, str, Any]] = [
        ("POST", "/api/socket/ticket", None),
        ("PUT", "/api/me/avatar", None),
        ("POST", "/api/uploads", {"client_id": str(uuid4()), "name": "x", "size": 1}),
        ("PUT", "/api/me/password", {"current": "x", "new": "ten words long"}),
        ("POST", f"/api/groups/{group}/invites", {}),
        ("POST", "/api/invites/look", {"token": "unknown-token"}),
        ("POST", "/api/invites/join", {"token": "unknown-token", "password": "ten words long"}),
        ("POST", "/api/sessions", {"email": "x@example.org", "password": "x"}),
    ]
    strict.state.limiter._limits["write"] = LIMITS["write"]
    for method, path, body in asks:
        options = {"json": body} if body is not None else {}
        first = await cy.ask(method, path, **options)
        assert first.status_code != 429, path
        second = await cy.ask(method, path, 429, **options)
        assert int(second.headers["retry-after"]) >= 1
        assert second.json()["error"]["code"] == "too_many"


async def test_q01_writes_reads_and_posts_are_counted_per_person(strict: House) -> None:
    cy, dee, channel = strict.person("cy"), strict.person("dee"), strict.world.channels["open"]
    for person in (cy, dee):
        await person.say(channel)
        await person.say(channel, expect=429)
        await person.get("/api/me")
        await person.get("/api/me", expect=429)
        await person.get(f"/api/channels/{channel}/messages", expect=429)
        await person.patch("/api/me", {"title": "x"})
        await person.patch("/api/me", {"title": "x"}, expect=429)


async def test_q01_processes_count_together(services: Services) -> None:
    subject = uuid4().hex
    here, there = (Limiter(services.urls.redis_url) for _ in range(2))
    for limiter in (here, there, here, there, here):
        await limiter.hit("sign_in.pair", subject)
    for limiter in (here, there):
        with pytest.raises(TooMany) as refused:
            await limiter.hit("sign_in.pair", subject)
        assert refused.value.retry_after
    await here.hit("sign_in.pair", f"{subject}-other")


async def test_q01_without_redis_each_process_counts_by_itself() -> None:
    limiter = Limiter("unix:///nowhere/valkey.sock")
    for _ in range(5):
        await limiter.hit("sign_in.pair", "somebody")
    with pytest.raises(TooMany):
        await limiter.hit("sign_in.pair", "somebody")


def test_q01_every_limit_is_documented() -> None:
    from pathlib import Path  # noqa: PLC0415 - only here

    page = (Path(__file__).parents[2] / "docs" / "operate.md").read_text()
    for amount in (
        "30 a minute",
        "600 and 3,000",
        "1,200",
        "60 a minute",
        "20 a minute",
        "120 files",
    ):
        assert amount in page


async def test_q02_much_at_once_is_bounded(house: House) -> None:
    cy = house.person("cy")
    new = {"client_id": str(uuid4()), "name": "x"}
    for method, path, body in [
        ("POST", "/api/groups", {**new, "name": "x" * 81}),
        ("POST", "/api/groups", {**new, "description": "x" * 251}),
        ("PUT", "/api/me/group-order", {"ids": [str(uuid4())] * 501}),
        ("PATCH", "/api/me", {"title": "x" * 251}),
        ("POST", "/api/sessions", {"email": "x" * 255, "password": "x"}),
        ("POST", "/api/sessions", {"email": "x@example.org", "password": "x" * 900_000}),
    ]:
        await cy.ask(method, path, 422, json=body)


DEEP = 100_000


@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP + b"]" * DEEP,
        b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        b'{"name": ' + b"[" * DEEP + b"]" * DEEP + b"}",
        b'{"name": ' + b"9" * 400_000 + b"}",
        b'{"name": 1e99999}',
        b'{"name": NaN}',
        b'{"name": "\\ud800"}',
        b"\xff\xfe",
        b"",
    ],
    ids=["arrays", "objects", "nested", "digits", "huge", "nan", "surrogate", "no utf-8", "empty"],
)
async def test_q04_deep_and_odd_json_is_refused_quickly(house: House, body: bytes) -> None:
    started = time.monotonic()
    answer = await house.person("cy").ask("PATCH", "/api/me", content=body)
    assert answer.status_code in (400, 413, 422), answer.text
    assert time.monotonic() - started < 2
    assert len(answer.content) < 5_000


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, gzip", "zstd"])
async def test_q04_compressed_bodies_are_not_unpacked(house: House, encoding: str) -> None:
    headers = {"content-encoding": encoding}
    await house.person("cy").ask("PATCH", "/api/me", 415, content=b"\x1f\x8b", headers=headers)


@pytest.mark.parametrize("length", ["-1", "x", "1e9", "99999999999999999999"])
async def test_q04_lengths_that_are_none_are_refused(house: House, length: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(f"PATCH /api/me HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n".encode())
    status = await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    assert status.split()[1] in (b"400", b"413")


async def test_q04_who_connects_and_does_not_ask_is_cut_off(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.2)
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(b"GET /api/health HTTP/1.1\r\nhost: ")
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await asyncio.wait_for(reader.readexactly(1), 10)
    writer.close()


async def test_q04_endless_headers_are_refused(house: House) -> None:
    headers = {"x-padding": "x" * 200_000}
    try:
        answer = await house.person("cy").ask("GET", "/api/me", headers=headers)
    except Exception as error:
        assert "RemoteProtocol" in type(error).__name__ or "WriteError" in type(error).__name__
    else:
        assert answer.status_code in (200, 400, 431)
    await house.person("cy").get("/api/me")
