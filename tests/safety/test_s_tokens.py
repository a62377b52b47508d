"""S01–S03: tokens that were forged, mixed up, or whose time is wrong."""

import base64
import hmac
import json
import time
from typing import Any

import jwt
import pytest

from courtyard.accounts import tokens
from tests.cookies import cookie
from tests.house import House
from tests.mutants import instead

FOREIGN = b"\x07" * 32


def _lax(self: Any, kind: str, token: str) -> tokens.Claim:
    """Believes whatever is written."""
    body = jwt.decode(token, options={"verify_signature": False})
    return tokens.Claim(tokens.UUID(body["sub"]), tokens.UUID(body["sid"]))


def _any_kind(self: Any, kind: str, token: str) -> tokens.Claim:
    """Takes every kind of token for every purpose."""
    for other in ("access", "media", "device"):
        try:
            return _read(self, other, token)
        except tokens.Unauthenticated:
            continue
    raise tokens.Unauthenticated


_read = tokens.Tokens.read
MUTANTS = {
    "signatures are not checked": (
        instead("courtyard.accounts.tokens.Tokens", "read", _lax),
        ["test_s01_what_we_did_not_sign_is_nothing"],
    ),
    "every token is good for everything": (
        instead("courtyard.accounts.tokens.Tokens", "read", _any_kind),
        ["test_s02_no_token_passes_for_another"],
    ),
    "an hour of leeway": (
        instead("courtyard.accounts.tokens", "LEEWAY_SECONDS", 3600),
        ["test_s03_the_time_must_be_right"],
    ),
}


def _body(house: House, **changed: Any) -> dict[str, Any]:
    now, cy = int(time.time()), house.person("cy")
    body = {"iss": "courtyard", "aud": "access", "typ": "access", "sub": str(cy.id),
            "sid": str(cy.session), "iat": now, "exp": now + 300}  # fmt: skip
    return {key: value for key, value in (body | changed).items() if value is not None}


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


async def _status(house: House, token: str) -> int:
    bearer = {"authorization": f"Bearer {token}"}
    return (await house.anybody("cy").ask("GET", "/api/me", headers=bearer)).status_code


async def test_a_token_we_made_is_good(house: House) -> None:
    key = house.state.tokens._keys["access"]
    assert await _status(house, jwt.encode(_body(house), key, "HS256")) == 200


async def test_s01_what_we_did_not_sign_is_nothing(house: House) -> None:
    key, body = house.state.tokens._keys["access"], _body(house)
    good = jwt.encode(body, key, "HS256")
    head, middle, seal = good.split(".")
    flipped = base64.urlsafe_b64decode(seal + "==")
    flipped = bytes([flipped[0] ^ 1]) + flipped[1:]
    forged = [
        f"{_part({'alg': 'none', 'typ': 'JWT'})}.{middle}.",
        f"{_part({'alg': 'None'})}.{middle}.",
        f"{head}.{middle}.",
        f"{head}.{_part({**body, 'sub': str(house.world.people['ada'])})}.{seal}",
        f"{head}.{middle}.{base64.urlsafe_b64encode(flipped).rstrip(b'=').decode()}",
        jwt.encode(body, FOREIGN, "HS256"),
        jwt.encode(body, bytes(32), "HS256"),
        jwt.encode(body, key * 2, "HS512"),
        jwt.encode(body, FOREIGN, "HS256", headers={"kid": "../../../../dev/null"}),
        jwt.encode(body, FOREIGN, "HS256", headers={"kid": "x' UNION SELECT 'key"}),
        jwt.encode(body, FOREIGN, "HS256", headers={"jku": "https://evil.example/keys"}),
        jwt.encode(body, FOREIGN, "HS256", headers={"x5u": "https://evil.example/cert"}),
        jwt.encode(body, FOREIGN, "HS256", headers={"jwk": {"kty": "oct", "k": _part("x")}}),
        "a.b.c", "....", good + "A", good.replace(".", ""), "é.é.é",
    ]  # fmt: skip
    for token in forged:
        if token.isascii():
            assert await _status(house, token) == 401, token


async def test_s01_other_schemes_are_no_token(house: House) -> None:
    token = house.person("cy").token
    for value in (token, f"Basic {token}", f"Bearer: {token}", "Bearer", f"Token {token}"):
        await house.anybody("cy").get("/api/me", expect=401, headers={"authorization": value})


async def test_s02_no_token_passes_for_another(house: House) -> None:
    cy, made = house.person("cy"), house.state.tokens
    others = [
        made.issue("media", cy.claim),
        made.issue("device", cy.claim),
        made.refresh(cy.session, 1),
        await cy.ticket(),
    ]
    for token in others:
        assert await _status(house, token) == 401
    for token in [cy.token, others[0], others[1], others[3]]:
        await house.anybody("cy").post(
            "/api/sessions/refresh", expect=401, headers=cookie(refresh=token)
        )
    key = made._keys["access"]
    for changed in ({"aud": "media"}, {"typ": "media"}, {"iss": "elsewhere"}, {"aud": None}):
        assert await _status(house, jwt.encode(_body(house, **changed), key, "HS256")) == 401


NOW = 1_000_000_000_000  # stands for the present second
TIMES = [
    {"exp": NOW - 61}, {"exp": NOW - 3600}, {"exp": None}, {"exp": "soon"}, {"exp": NOW + 300.5},
    {"exp": 2**63}, {"exp": 2**64}, {"exp": 10**400}, {"exp": -1}, {"exp": True}, {"exp": [1]},
    {"iat": NOW + 61}, {"iat": None}, {"iat": "x"}, {"iat": NOW + 0.5}, {"iat": 2**64},
    {"nbf": NOW + 61}, {"nbf": "x"}, {"sid": None}, {"sid": "x"}, {"sub": None}, {"sub": "x"},
    {"sub": 7}, {"sid": "00000000-0000-0000-0000-000000000000"},
]  # fmt: skip


def _at(value: Any, now: int) -> Any:
    near = isinstance(value, int | float) and abs(value - NOW) < 10**6
    return value - NOW + now if near else value


@pytest.mark.parametrize("changed", TIMES, ids=str)
async def test_s03_the_time_must_be_right(house: House, changed: dict[str, Any]) -> None:
    now = int(time.time())
    body = _body(house, **{key: _at(value, now) for key, value in changed.items()})
    for key, value in changed.items():
        if value is None:
            body.pop(key, None)
    head = _part({"alg": "HS256", "typ": "access"})
    signed = f"{head}.{_part(body)}"
    key = house.state.tokens._keys["access"]
    seal = hmac.digest(key, signed.encode(), "sha256")
    mac = base64.urlsafe_b64encode(seal).rstrip(b"=").decode()
    status = await _status(house, f"{signed}.{mac}")
    future_is_fine = changed in ({"exp": 2**63}, {"exp": 2**64}, {"exp": 10**400})
    assert status == 401 or (future_is_fine and status == 200)


async def test_s03_a_session_of_somebody_else_is_no_session(house: House) -> None:
    claim = tokens.Claim(house.world.people["bo"], house.world.sessions["cy"])
    assert await _status(house, house.state.tokens.issue("access", claim)) == 401
