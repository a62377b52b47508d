"""S05–S08, S11, S12, S15: sessions that end, guessing, telling apart, other sites."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from courtyard.accounts import passwords
from courtyard.accounts import service as accounts
from tests.conftest import Opener
from tests.cookies import REFRESH, cookie, jar
from tests.house import House
from tests.mutants import instead, nothing
from tests.tap import TAP
from tests.world import PASSWORD

_verify = passwords.verify


async def _quick(password: str, stored: str | None) -> bool:
    return stored is not None and await _verify(password, stored)


MUTANTS = {
    "guessing is free": (
        instead("courtyard.accounts.routes", "_limit_sign_in", nothing),
        ["test_s11_one_account_from_one_address", "test_s11_many_accounts_from_one_address"],
    ),
    "known devices are not known": (
        instead("courtyard.accounts.routes", "_known_device", lambda _: None),
        ["test_s11_the_owners_own_device_is_never_locked_out"],
    ),
    "no hash for nobody": (
        instead("courtyard.accounts.service.passwords", "verify",
                _quick),
        ["test_s12_every_refusal_costs_one_hash"],
    ),
    "other sites may write": (
        instead("courtyard.core.http.Gate", "_foreign", lambda *_: False),
        ["test_s15_what_another_site_sends_is_refused"],
    ),
    "a session survives its end": (
        instead("courtyard.accounts.sessions", "_end", lambda *_: None),
        ["test_s05_after_signing_out_every_key_is_dead"],
    ),
}  # fmt: skip


async def test_s05_after_signing_out_every_key_is_dead(house: House) -> None:
    zoe = await house.newcomer("zoe")
    media = house.state.tokens.issue("media", zoe.claim)
    refresh, ticket, token = (
        house.state.tokens.refresh(zoe.session, 1),
        await zoe.ticket(),
        zoe.token,
    )
    tab = await zoe.tab()
    await zoe.delete("/api/sessions/current")
    anybody, bearer = house.anybody("zoe"), {"authorization": f"Bearer {token}"}
    await anybody.get("/api/me", expect=401, headers=bearer)
    await anybody.post("/api/sessions/refresh", expect=401, headers=cookie(refresh=refresh))
    await anybody.get(f"/api/users/{zoe.id}/avatar", expect=401, headers=cookie(media=media))
    assert await tab.ended(2) == 4001
    with pytest.raises(Exception, match="403"):
        await type(tab).open("zoe", house.port, ticket)


async def test_s07_deactivation_closes_every_door(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    refresh, tab = house.state.tokens.refresh(zoe.session, 1), await zoe.tab(place.channel)
    async with house.work() as uow:
        await accounts.deactivate(uow, await accounts.get(uow.db, zoe.id))
    for path in ("/api/me", "/api/places", f"/api/channels/{place.channel}/messages"):
        await zoe.get(path, expect=401)
    await zoe.say(place.channel, expect=401)
    await house.anybody("zoe").post(
        "/api/sessions/refresh", expect=401, headers=cookie(refresh=refresh)
    )
    assert await tab.ended(2) == 4001


async def test_s08_a_stolen_key_ends_the_family_and_is_noted(house: House) -> None:
    zoe = await house.newcomer("zoe")
    made, anybody = house.state.tokens, house.anybody("zoe")
    tab = await zoe.tab()
    keys = [made.refresh(zoe.session, 1)]
    for _ in range(3):
        answer = await anybody.ask(
            "POST", "/api/sessions/refresh", 200, headers=cookie(refresh=keys[-1])
        )
        keys.append(jar(answer)[REFRESH])
    for key in (keys[0], keys[-1]):
        await anybody.post("/api/sessions/refresh", expect=401, headers=cookie(refresh=key))
    assert await tab.ended(2) == 4001
    noted = await house.sql(
        "SELECT action FROM audit WHERE object_id = %s AND action = 'session.reused'", zoe.session
    )
    assert len(noted) == 1


@pytest.fixture
async def strict(open_house: Opener, standing_minute: None) -> House:
    """A house with the limits of every day, counted in its own process."""
    strict: House = await open_house(limit_factor=1.0, redis_url=None)
    return strict


@asynccontextmanager
async def _from(house: House, address: str) -> AsyncIterator[Any]:
    """Somebody at another address."""
    transport = httpx.AsyncHTTPTransport(local_address=address)
    async with httpx.AsyncClient(base_url=house.origin, transport=transport, timeout=30) as client:

        async def sign_in(email: str, password: str, **headers: str) -> httpx.Response:
            body = {"email": email, "password": password}
            answer = await client.post("/api/sessions", json=body, headers=headers)
            TAP.record("guesser", "POST /api/sessions", answer.content)
            return answer

        yield sign_in


async def _guess(sign_in: Any, count: int, email: str) -> list[int]:
    return [(await sign_in(email, f"wrong guess {n}")).status_code for n in range(count)]


async def test_s11_one_account_from_one_address(strict: House) -> None:
    async with _from(strict, "127.0.0.2") as sign_in:
        statuses = await _guess(sign_in, 12, "cy@example.org")
        assert statuses.count(401) == 5
        assert statuses[-1] == 429
        refusal = await sign_in("cy@example.org", PASSWORD)
    assert refusal.status_code == 429
    assert int(refusal.headers["retry-after"]) >= 1


async def test_s11_many_accounts_from_one_address(strict: House) -> None:
    async with _from(strict, "127.0.0.3") as sign_in:
        statuses = [
            (await sign_in(f"person{n}@example.org", "wrong guess")).status_code for n in range(40)
        ]
    assert statuses.count(401) == 30
    assert statuses[-1] == 429


async def test_s11_the_owners_own_device_is_never_locked_out(strict: House) -> None:
    cy = strict.person("cy")
    device = cookie(device=strict.state.tokens.issue("device", cy.claim))
    for number in range(10, 15):
        async with _from(strict, f"127.0.0.{number}") as sign_in:
            statuses = await _guess(sign_in, 4, "cy@example.org")
    assert 429 in statuses
    async with _from(strict, "127.0.0.9") as sign_in:
        assert (await sign_in("cy@example.org", PASSWORD)).status_code == 429
        assert (await sign_in("cy@example.org", PASSWORD, **device)).status_code == 200
        foreign = cookie(device=strict.state.tokens.issue("device", strict.person("bo").claim))
        assert (await sign_in("cy@example.org", PASSWORD, **foreign)).status_code == 429


async def test_s12_every_refusal_costs_one_hash(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    matches = passwords._matches

    def counted(password: str, stored: str) -> bool:
        hashes.append(stored)
        return matches(password, stored)

    monkeypatch.setattr(passwords, "_matches", counted)
    for email in ("cy@example.org", "nobody@example.org", "fay@example.org"):
        hashes.clear()
        body = {"email": email, "password": "a wrong guess"}
        await house.anybody().post("/api/sessions", body, expect=401)
        assert len(hashes) == 1
        assert hashes[0].split("$")[3] == house.world.password_hash.split("$")[3]


async def test_s12_all_refusals_are_alike(house: House) -> None:
    async def shape(email: str) -> Any:
        body = {"email": email, "password": "a wrong guess"}
        answer = await house.anybody().ask("POST", "/api/sessions", json=body)
        error = {**answer.json()["error"], "ref": None}
        return answer.status_code, error, sorted(answer.headers), len(answer.content)

    emails = ("cy@example.org", "nobody@example.org", "fay@example.org", "rob@example.org")
    shapes = [await shape(email) for email in emails]
    assert all(other == shapes[0] for other in shapes)


async def test_s12_links_that_are_no_good_are_alike(house: House) -> None:
    bo, group = house.person("bo"), house.world.groups["G1"]
    made = [await bo.post(f"/api/groups/{group}/invites", {}, expect=201) for _ in range(2)]
    await bo.delete(f"/api/invites/{made[0]['id']}")
    await house.sql("UPDATE invite SET expires_at = now() WHERE id = %s", made[1]["id"])
    shapes = set()
    for token in (made[0]["token"], made[1]["token"], "unknown-token-of-this-length"):
        error = (await house.anybody().post("/api/invites/look", {"token": token}, expect=404))[
            "error"
        ]
        shapes.add((error["code"], error["message"]))
    assert shapes == {("invite_gone", "This invitation is no longer good. Ask for a new link.")}


FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_s15_what_another_site_sends_is_refused(house: House, headers: Any) -> None:
    zoe = await house.newcomer("zoe")
    refresh = cookie(refresh=house.state.tokens.refresh(zoe.session, 1))
    requests = [
        ("POST", "/api/sessions/refresh", refresh),
        ("DELETE", "/api/sessions/current", {}),
        ("PUT", "/api/me/avatar", {}),
        ("PATCH", "/api/me", {}),
    ]
    for method, path, more in requests:
        answer = await zoe.ask(method, path, 403, headers={**headers, **more})
        assert answer.json()["error"]["code"] == "foreign_origin"
    rows = await house.sql("SELECT generation, ended_at FROM session WHERE id = %s", zoe.session)
    assert rows == [(1, None)]


async def test_s15_our_own_pages_and_programs_may(house: House) -> None:
    zoe = await house.newcomer("zoe")
    for headers in ({"origin": house.origin, "sec-fetch-site": "same-origin"}, {},
                    {"sec-fetch-site": "none"}):  # fmt: skip
        await zoe.patch("/api/me", {"title": "x"}, headers=headers)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_s15_a_simple_request_is_no_json(house: House, kind: str) -> None:
    body = b'{"email": "cy@example.org", "password": "%s"}' % PASSWORD.encode()
    answer = await house.anybody("cy").ask(
        "POST", "/api/sessions", content=body, headers={"content-type": kind}
    )
    assert answer.status_code == 422
    assert not jar(answer)


async def test_behind_a_proxy_only_the_public_origin_is_ours(open_house: Opener) -> None:
    house = await open_house(public_url="https://chat.example.org")
    cy = house.person("cy")
    await cy.patch("/api/me", {}, headers={"origin": "https://chat.example.org"})
    await cy.patch("/api/me", {}, expect=403, headers={"origin": house.origin})
