"""The first run: one workspace, one owner, once."""

import asyncio
from typing import Any

import pytest

from courtyard.workspace import service as workspace
from tests.conftest import Opener
from tests.cookies import REFRESH, jar
from tests.mutants import instead
from tests.world import PASSWORD

BODY = {
    "workspace_name": "Lantern Works",
    "name": "Ada",
    "email": "Ada@Example.org",
    "password": PASSWORD,
}

MUTANTS = {
    "two first runs at once are not thought of": (
        instead("courtyard.accounts.service", "IntegrityError", ZeroDivisionError),
        ["test_the_first_run_happens_once"],
    ),
    "any setup code will do": (
        instead("courtyard.accounts.service.secrets", "compare_digest", lambda *_: True),
        ["test_the_setup_code_is_asked_for"],
    ),
    "worn passwords are fine": (
        instead("courtyard.accounts.passwords", "require_strong", lambda *_, **__: None),
        ["test_worn_passwords_are_refused_by_name"],
    ),
}


async def test_the_first_run_makes_the_workspace_and_its_owner(open_house: Opener) -> None:
    house = await open_house(empty=True)
    assert (await house.anybody().get("/api/workspace"))["state"] == "new"
    answer = await house.anybody("ada").ask("POST", "/api/setup", 200, json=BODY)
    me = answer.json()["me"]
    assert (me["name"], me["email"], me["workspace_role"]) == ("Ada", "ada@example.org", "owner")
    assert REFRESH in jar(answer)
    assert (await house.anybody().get("/api/workspace"))["name"] == "Lantern Works"
    [stream] = await house.sql("SELECT count(*) FROM stream WHERE kind IN ('workspace', 'user')")
    assert stream == (2,)
    bearer = {"authorization": f"Bearer {answer.json()['access_token']}"}
    places = await house.anybody("ada").get("/api/places", headers=bearer)
    assert places["groups"] == []


async def test_the_first_run_happens_once(
    open_house: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await open_house(empty=True)
    all_here, find, asked = asyncio.Barrier(3), workspace.find, []

    async def find_together(db: Any) -> Any:
        """Lets nobody go on before all three have seen that there is no workspace yet."""
        found = await find(db)
        asked.append(found)
        if len(asked) <= all_here.parties:
            await all_here.wait()
        return found

    monkeypatch.setattr(workspace, "find", find_together)
    asks = [house.anybody().ask("POST", "/api/setup", json=BODY) for _ in range(3)]
    answers = await asyncio.gather(*asks)
    assert sorted(a.status_code for a in answers) == [200, 409, 409]
    monkeypatch.undo()
    late = await house.anybody().ask("POST", "/api/setup", 409, json=BODY)
    assert late.json()["error"]["code"] == "set_up_already"
    assert await house.sql("SELECT count(*) FROM workspace") == [(1,)]
    assert await house.sql('SELECT count(*) FROM "user"') == [(1,)]


async def test_the_setup_code_is_asked_for(open_house: Opener) -> None:
    house = await open_house(empty=True, setup_code="0fce91ab")
    assert (await house.anybody().get("/api/workspace"))["setup_code_required"]
    for code in (None, "", "0fce91ac", "0fce91ab0"):
        wrong = await house.anybody().ask("POST", "/api/setup", json={**BODY, "setup_code": code})
        assert wrong.status_code == 403
    assert wrong.json()["error"]["code"] == "wrong_setup_code"
    await house.anybody().post("/api/setup", {**BODY, "setup_code": "0fce91ab"})


async def test_worn_passwords_are_refused_by_name(open_house: Opener) -> None:
    house = await open_house(empty=True)
    for password in (
        "password12",
        "Letmein123!",
        "1234567890",
        "aaaaaaaaaa",
        "Ada@Example.org",
        "example.org",
        "short",
        "x" * 257,
    ):
        body = {**BODY, "password": password}
        refusal = await house.anybody().ask("POST", "/api/setup", json=body)
        assert refusal.status_code == 422, password
        assert list(refusal.json()["error"]["fields"]) == ["password"]
    assert await house.sql("SELECT count(*) FROM workspace") == [(0,)]


async def test_before_the_first_run_nobody_can_sign_in(open_house: Opener) -> None:
    house = await open_house(empty=True)
    body = {"email": "ada@example.org", "password": PASSWORD}
    await house.anybody().post("/api/sessions", body, expect=401)
