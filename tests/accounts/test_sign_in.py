"""Signing in: the cookies it sets, and how alike all refusals are."""

import pytest

from courtyard.accounts import tokens
from tests.cookies import DEVICE, MEDIA, REFRESH, jar, morsels
from tests.house import House
from tests.mutants import instead
from tests.world import PASSWORD


async def _believe(*_: object) -> bool:
    return True


MUTANTS = {
    "any password opens": (
        instead("courtyard.accounts.passwords", "verify", _believe),
        ["test_who_may_not_come_in_learns_nothing"],
    ),
}


async def _sign_in(house: House, email: str, password: str = PASSWORD, **more: object) -> object:
    body = {"email": email, "password": password, **more}
    return await house.anybody("cy").ask("POST", "/api/sessions", json=body)


async def test_the_answer_says_who_one_is(house: House) -> None:
    answer = await _sign_in(house, " Cy@EXAMPLE.org ")
    body = answer.json()
    assert body["me"]["id"] == str(house.world.people["cy"])
    assert body["expires_in"] == tokens.ACCESS_SECONDS
    bearer = {"authorization": f"Bearer {body['access_token']}"}
    assert (await house.anybody("cy").get("/api/me", headers=bearer)) == body["me"]


async def test_cookies_are_for_this_host_only_and_out_of_reach_of_scripts(house: House) -> None:
    found = morsels(await _sign_in(house, "cy@example.org", remember=True))
    assert set(found) == {REFRESH, MEDIA, DEVICE}
    for cookie in found.values():
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"].lower() == "strict"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
    assert found[REFRESH]["max-age"] == str(30 * 86_400)


async def test_without_remember_the_cookies_end_with_the_browser(house: House) -> None:
    found = morsels(await _sign_in(house, "cy@example.org"))
    assert not found[REFRESH]["max-age"]
    assert not found[MEDIA]["max-age"]
    session_id = found[REFRESH].value[:36]
    [hours] = await house.sql(
        "SELECT extract(epoch FROM expires_at - now()) / 3600 FROM session WHERE id = %s",
        session_id,
    )
    assert 23 < hours[0] <= 24


async def test_the_refresh_token_itself_is_nowhere_in_the_database(house: House) -> None:
    token = jar(await _sign_in(house, "cy@example.org"))[REFRESH]
    rows = await house.sql("SELECT s::text FROM session s WHERE id = %s", token[:36])
    assert token.rsplit(".", 1)[1] not in rows[0][0]


async def test_a_session_is_noted_in_the_audit(house: House) -> None:
    token = jar(await _sign_in(house, "cy@example.org"))[REFRESH]
    rows = await house.sql("SELECT action, actor_id FROM audit WHERE object_id = %s", token[:36])
    assert rows == [("session.begun", house.world.people["cy"])]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("cy@example.org", "not this one"),
        ("nobody@example.org", PASSWORD),
        ("fay@example.org", PASSWORD),
        ("", PASSWORD),
        ("cy@example.org' OR 1=1 --", PASSWORD),
    ],
)
async def test_who_may_not_come_in_learns_nothing(house: House, email: str, password: str) -> None:
    answer = await _sign_in(house, email, password)
    error = answer.json()["error"]
    assert answer.status_code == 401
    assert error["code"] == "wrong_pair"
    assert "do not belong together" in error["message"]
    assert error["fields"] is None
    assert not jar(answer)


@pytest.mark.parametrize("password", ["", "x" * 257, "x" * 500_000])
async def test_what_is_no_password_is_never_hashed(house: House, password: str) -> None:
    answer = await _sign_in(house, "cy@example.org", password)
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == ["password"]
    assert "xxx" not in answer.text
