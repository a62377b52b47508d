"""X: names that imitate, and the headers of every answer."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest

from courtyard.core import http
from courtyard.web import Client
from tests.house import House
from tests.mutants import instead

MUTANTS = {
    "names keep what hides": (
        instead("courtyard.core.text", "_HIDDEN", re.compile("(?!)")),
        ["test_x04_no_name_hides_or_turns_what_others_read"],
    ),
    "no headers": (
        instead("courtyard.core.http", "_API_HEADERS", []),
        ["test_x05_every_answer_carries_the_headers"],
    ),
    "scripts in the page": (
        instead("courtyard.core.http", "_PAGE_HEADERS", [
            (name, value.replace(b"script-src 'self'", b"script-src 'self' 'unsafe-inline' https:"))
            for name, value in http._PAGE_HEADERS
        ]),
        ["test_x05_the_policy_lets_no_foreign_or_inline_script_run"],
    ),
}  # fmt: skip

TRICKS = {
    "right to left": "\u202enimda",
    "isolate": "\u2066admin\u2069",
    "zero width": "ad\u200bmin",
    "word joiner": "ad\u2060min",
    "byte order mark": "\ufeffadmin",
    "soft hyphen": "ad\u00admin",
    "line separator": "admin\u2028(system)",
    "blank letter": "admin\u3164",
    "tags": "admin\U000e0041\U000e0042",
    "controls": "ad\x07mi\x1bn",
    "spaces": "  admin \u00a0 ",
}
BAD = set("\u202e\u2066\u2069\u200b\u2060\ufeff\u00ad\u2028\u3164\U000e0041\x07\x1b\n")


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
async def test_x04_no_name_hides_or_turns_what_others_read(house: House, trick: str) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    new: Any = {"client_id": str(uuid4()), "name": trick}
    shown = [
        (await zoe.patch("/api/me", {"name": trick, "title": trick}))["name"],
        (await zoe.patch(f"/api/groups/{place.group}", {"name": trick, "description": trick}))["name"],
        (await zoe.patch(f"/api/channels/{place.channel}", {"name": trick, "topic": trick}))["topic"],
        (await zoe.post(f"/api/groups/{place.group}/categories", new, expect=201))["name"],
    ]  # fmt: skip
    for name in shown:
        assert not set(name) & BAD
        assert name == name.strip()
    rows = await house.sql('SELECT name, title FROM "user" WHERE id = %s', zoe.id)
    assert not set("".join(rows[0])) & BAD


async def test_x04_a_message_cannot_say_that_it_is_the_systems(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    body = {
        "client_id": str(uuid4()), "text": "joined the group", "kind": "system",
        "author_id": str(yan.id), "deleted": False, "created_at": "2000-01-01T00:00:00Z",
        "position": 1,
    }  # fmt: skip
    said = await zoe.post(f"/api/channels/{place.channel}/messages", body, expect=201)
    assert said["author_id"] == str(zoe.id)
    assert said["position"] > 10**15
    assert "kind" not in said


async def test_x04_a_person_cannot_become_a_bot(house: House) -> None:
    zoe = await house.newcomer("zoe")
    await zoe.patch("/api/me", {"name": "AI", "kind": "bot"})
    [face] = await house.person("cy").get(f"/api/users?id={zoe.id}")
    assert face["kind"] == "human"


async def _answers(house: House) -> list[Any]:
    cy, anybody = house.person("cy"), house.anybody()
    return [
        await cy.ask("GET", "/api/me", 200),
        await anybody.ask("GET", "/api/me", 401),
        await cy.ask("GET", "/api/nothing", 404),
        await cy.ask("DELETE", "/api/me", 405),
        await cy.ask("POST", "/api/sync", 422, content=b"{"),
        await cy.ask("POST", "/api/sync", 413, content=b"x" * 6_000_000),
        await cy.ask("POST", "/api/sync", 415, headers={"content-encoding": "gzip"}),
        await cy.ask("POST", "/api/sync", 403, headers={"origin": "null"}),
        await anybody.ask("GET", "/"),
        await anybody.ask("GET", "/g/somewhere/deep"),
        await anybody.ask("GET", "/missing.js", 404),
        await anybody.ask("POST", "/", 405),
    ]


async def test_x05_every_answer_carries_the_headers(house: House) -> None:
    for answer in await _answers(house):
        for name in (
            "content-security-policy", "x-content-type-options", "referrer-policy",
            "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy",
        ):  # fmt: skip
            assert name in answer.headers, (answer.request.url, name)
        assert "server" not in answer.headers
        if answer.request.url.path.startswith("/api/"):
            assert answer.headers["cache-control"] == "no-store"


def _directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


async def test_x05_the_policy_lets_no_foreign_or_inline_script_run(house: House) -> None:
    answer = await house.anybody().ask("GET", "/")
    found = _directives(answer.headers["content-security-policy"])
    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == ["'self'"]
    for name in ("frame-ancestors", "base-uri"):
        assert found[name] == ["'none'"]
    allowed = {"'self'", "'none'", "blob:", "data:"}
    for name, sources in found.items():
        if name.endswith("-src"):
            assert set(sources) <= allowed, name
        if name in ("script-src", "style-src", "connect-src", "worker-src", "default-src"):
            assert not set(sources) & {"blob:", "data:"}, name


async def test_x05_breaches_are_recorded_without_their_words(house: House, tap: Any) -> None:
    report = {"csp-report": {"violated-directive": "script-src", "blocked-uri": "https://evil/x"}}
    answer = await house.anybody().ask(
        "POST", "/api/reports/csp", 204, content=_compact(report),
        headers={"content-type": "application/csp-report"},
    )  # fmt: skip
    assert answer.content == b""
    [line] = tap.lines("csp_breached")
    assert line["directive"] == "script-src"
    assert "evil" not in str(line)


def _compact(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "path",
    ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/assets/../../app.py", "/..%5capp.py",
     "//etc/passwd", "/%00.js", "/.git/config"],
)  # fmt: skip
async def test_no_path_leads_out_of_the_clients_folder(house: House, path: str) -> None:
    answer = await house.anybody().ask("GET", path)
    assert answer.status_code in (200, 400, 404, 503)
    assert (
        "courtyard" not in answer.text.lower()
        or "<html" in answer.text.lower()
        or ("client is not built" in answer.text)
    )
    for outside in ("../pyproject.toml", "assets/../../app.py", "/etc/passwd", "\x00"):
        assert Client()._file(f"/{outside}") is None
