"""One shape of error, sizes, and what a browser from elsewhere may not do."""

import asyncio
from uuid import uuid4

import pytest

from courtyard.core import http
from tests.house import House
from tests.mutants import instead
from tests.tap import TAP, Tap

MUTANTS = {
    "any size": (
        instead("courtyard.core.http", "BODY_LIMIT", 10**12),
        ["test_bodies_have_a_size_also_when_they_do_not_say_it"],
    ),
}


async def test_every_refusal_has_the_same_shape(house: House) -> None:
    cy = house.person("cy")
    answers = [
        await house.anybody().ask("GET", "/api/me", 401),
        await cy.ask("GET", "/api/nothing", 404),
        await cy.ask("DELETE", "/api/me", 405),
        await cy.ask("GET", f"/api/channels/{uuid4()}", 404),
        await cy.ask("GET", "/api/channels/not-an-id", 422),
        await cy.ask("POST", "/api/sync", 422, content=b"{"),
    ]
    for answer in answers:
        assert set(answer.json()) == {"error"}
        assert set(answer.json()["error"]) == {"code", "message", "fields", "ref"}


async def test_what_was_sent_is_not_repeated_in_a_refusal(house: House) -> None:
    body = {"client_id": "x", "text": ["very private words"]}
    path = f"/api/channels/{house.world.channels['open']}/messages"
    answer = await house.person("cy").ask("POST", path, 422, json=body)
    assert "private" not in answer.text


async def test_bodies_have_a_size_also_when_they_do_not_say_it(house: House) -> None:
    cy, big = house.person("cy"), b'{"name": "' + b"x" * (http.BODY_LIMIT + 1) + b'"}'

    async def chunks():
        for start in range(0, len(big), 60_000):
            yield big[start : start + 60_000]

    for content in (big, chunks()):
        await cy.ask("PATCH", "/api/me", 413, content=content)
    assert (await cy.get("/api/me"))["name"] == "cy"


async def test_an_unforeseen_error_is_answered_with_a_reference_and_no_words(
    house: House, tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = f"private{uuid4().hex}"

    def fail(*_: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr("courtyard.accounts.service.to_me", fail)
    answer = await house.person("cy").ask("GET", "/api/me", 500)
    [line] = tap.lines("unforeseen")
    assert answer.json()["error"]["ref"] == line["ref"]
    assert words not in answer.text + str(tap.logged)
    assert line["kind"] == "RuntimeError"
    TAP.failures.clear()  # this one was wanted


async def test_a_database_error_does_not_put_values_into_any_log(
    house: House, tap: Tap, capsys: pytest.CaptureFixture, caplog: pytest.LogCaptureFixture
) -> None:
    zoe = await house.newcomer("zoe")
    canary = f"word{uuid4().hex}"
    await house.sql("ALTER TABLE \"user\" ADD CONSTRAINT test_only CHECK (title !~ '^word')")
    try:
        await zoe.ask("PATCH", "/api/me", 500, json={"title": canary})
    finally:
        await house.sql('ALTER TABLE "user" DROP CONSTRAINT test_only')
    written = str(tap.logged) + caplog.text + "".join(capsys.readouterr())
    assert "IntegrityError" in written
    assert canary not in written
    TAP.failures.clear()


async def test_slow_requests_and_failures_are_noted_by_route_not_by_path(
    house: House, tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(0, 1000, 2))
    monkeypatch.setattr(http.time, "perf_counter", lambda: next(ticks))
    channel = house.world.channels["open"]
    await house.person("cy").get(f"/api/channels/{channel}")
    [line] = tap.lines("request")
    assert line["route"].endswith("/channels/{channel_id}")
    assert str(channel) not in str(line)


async def test_who_sends_slowly_is_not_waited_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "BODY_SECONDS", 0.2)
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(
        b"PATCH /api/me HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n"
        b"content-type: application/json\r\nauthorization: Bearer "
        + house.person("cy").token.encode()
        + b'\r\n\r\n{"name"'
    )
    status = await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    assert b" 408 " in status


@pytest.mark.parametrize(
    "name", ["evil.example", "evil.example:8000", "localhost.evil.example", ""]
)
async def test_another_name_that_leads_to_this_machine_is_not_answered(
    house: House, name: str
) -> None:
    answer = await house.anybody().ask("GET", "/api/health", 421, headers={"host": name})
    assert answer.json()["error"]["code"] == "wrong_host"
    await house.anybody().ask("GET", "/", 421, headers={"host": name})


@pytest.mark.parametrize("name", ["localhost", "localhost:5173", "127.0.0.1", "[::1]:8000"])
async def test_every_name_of_this_machine_is_answered(house: House, name: str) -> None:
    await house.anybody().get("/api/health", headers={"host": name})
