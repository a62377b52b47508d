"""Changing one's password (S06)."""

from typing import Any

from tests.cookies import REFRESH, cookie, jar
from tests.house import House
from tests.mutants import instead, nothing
from tests.world import PASSWORD

NEW = "nine loud trumpets"

MUTANTS = {
    "other sessions live on": (
        instead("courtyard.accounts.sessions", "end_all", nothing),
        ["test_s06_all_other_sessions_end_and_this_one_goes_on"],
    ),
}


async def _change(person: Any, current: str, new: str, expect: int = 200) -> Any:
    body = {"current": current, "new": new}
    return await person.ask("PUT", "/api/me/password", expect, json=body)


async def test_s06_all_other_sessions_end_and_this_one_goes_on(house: House) -> None:
    zoe = await house.newcomer("zoe")
    phone = await house.another_device(zoe)
    tab = await phone.tab()
    answer = await _change(zoe, PASSWORD, NEW)
    assert await tab.ended() == 4001
    await phone.get("/api/me", expect=401)
    await zoe.get("/api/me")
    kept = cookie(refresh=jar(answer)[REFRESH])
    await house.anybody("zoe").post("/api/sessions/refresh", headers=kept)


async def test_from_then_on_only_the_new_one_opens(house: House) -> None:
    zoe = await house.newcomer("zoe")
    email = (await zoe.get("/api/me"))["email"]
    await _change(zoe, PASSWORD, NEW)
    for password, expect in {PASSWORD: 401, NEW: 200}.items():
        body = {"email": email, "password": password}
        await house.anybody("zoe").post("/api/sessions", body, expect=expect)


async def test_the_present_one_is_asked_for(house: House) -> None:
    zoe = await house.newcomer("zoe")
    error = (await _change(zoe, "a wrong guess", NEW, 422)).json()["error"]
    assert list(error["fields"]) == ["current"]


async def test_the_new_one_must_not_be_a_worn_one(house: House) -> None:
    zoe = await house.newcomer("zoe")
    for worn in ("password123", "qwertyuiop", "short"):
        error = (await _change(zoe, PASSWORD, worn, 422)).json()["error"]
        assert list(error["fields"]) == ["new"]


async def test_it_is_noted_without_any_text(house: House) -> None:
    zoe = await house.newcomer("zoe")
    await _change(zoe, PASSWORD, NEW)
    rows = await house.sql("SELECT action, details FROM audit WHERE object_id = %s", zoe.id)
    assert sorted(rows) == [("password.changed", {}), ("session.ended_all", {})]
