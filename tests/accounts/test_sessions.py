"""Sessions: rotation, lost answers, replay, and every way in which they end."""

import asyncio
from typing import Any

from tests.cookies import REFRESH, cookie, jar
from tests.house import House
from tests.mutants import instead
from tests.person import Person

MUTANTS = {
    "an old key stays good": (
        instead("courtyard.accounts.sessions", "_still_good", lambda *_: True),
        ["test_a_key_used_after_its_successor_ends_the_family"],
    ),
    "no grace for the last key": (
        instead("courtyard.accounts.sessions", "_still_good", lambda *_: False),
        ["test_a_lost_answer_is_given_again"],
    ),
    "keeping pace is not noticed": (
        instead("courtyard.accounts.sessions", "_too_often", lambda _: False),
        ["test_two_who_keep_pace_with_one_key_are_found"],
    ),
    "keys do not rotate": (
        instead(
            "courtyard.accounts.tokens.Tokens",
            "refresh",
            lambda self, session, _: f"{session}.1.{self._mac(session, 1)}",
        ),
        ["test_each_refresh_gives_a_new_key"],
    ),
}


async def _refresh(house: House, token: str, expect: int | None = 200) -> Any:
    path = "/api/sessions/refresh"
    return await house.anybody("zoe").ask("POST", path, expect, headers=cookie(refresh=token))


def _first(house: House, person: Person) -> str:
    token: str = house.state.tokens.refresh(person.session, 1)
    return token


async def _works(person: Person) -> bool:
    return (await person.ask("GET", "/api/me")).status_code == 200


async def test_each_refresh_gives_a_new_key(house: House) -> None:
    zoe = await house.newcomer("zoe")
    first = _first(house, zoe)
    answer = await _refresh(house, first)
    second = jar(answer)[REFRESH]
    assert second != first
    assert answer.json()["me"]["id"] == str(zoe.id)
    assert jar(await _refresh(house, second))[REFRESH] not in (first, second)


async def test_a_lost_answer_is_given_again(house: House) -> None:
    first = _first(house, await house.newcomer("zoe"))
    answers = [jar(await _refresh(house, first))[REFRESH] for _ in range(3)]
    assert len(set(answers)) == 1


async def test_tabs_that_refresh_at_once_get_the_same_key(house: House) -> None:
    first = _first(house, await house.newcomer("zoe"))
    answers = await asyncio.gather(*(_refresh(house, first) for _ in range(5)))
    assert len({jar(answer)[REFRESH] for answer in answers}) == 1


async def test_the_forerunner_stays_good_for_a_moment(house: House) -> None:
    zoe = await house.newcomer("zoe")
    second = jar(await _refresh(house, _first(house, zoe)))[REFRESH]
    third = jar(await _refresh(house, second))[REFRESH]
    assert jar(await _refresh(house, _first(house, zoe)))[REFRESH] == third


async def test_a_key_used_after_its_successor_ends_the_family(house: House) -> None:
    zoe = await house.newcomer("zoe")
    second = jar(await _refresh(house, _first(house, zoe)))[REFRESH]
    third = jar(await _refresh(house, second))[REFRESH]
    await house.sql(
        "UPDATE session SET rotated_at = now() - interval '11 seconds' WHERE id = %s", zoe.session
    )
    refusal = await _refresh(house, _first(house, zoe), 401)
    assert "used twice" in refusal.json()["error"]["message"]
    await _refresh(house, third, 401)
    assert not await _works(zoe)
    rows = await house.sql("SELECT ended_why FROM session WHERE id = %s", zoe.session)
    assert rows == [("a refresh token was used twice",)]
    noted = await house.sql(
        "SELECT actor_id FROM audit WHERE action = 'session.reused' AND object_id = %s", zoe.session
    )
    assert noted == [(zoe.id,)]


async def test_two_who_keep_pace_with_one_key_are_found(house: House) -> None:
    zoe = await house.newcomer("zoe")
    token, rounds = _first(house, zoe), 0
    while rounds < 20:
        answer = await _refresh(house, token, None)
        if answer.status_code == 200:
            answer = await _refresh(house, token, None)  # the other one, a moment later
        if answer.status_code != 200:
            break
        token, rounds = jar(answer)[REFRESH], rounds + 1
    assert answer.status_code == 401
    assert rounds < 15
    assert not await _works(zoe)


async def test_a_line_that_loses_every_third_answer_is_no_theft(house: House) -> None:
    token = _first(house, await house.newcomer("zoe"))
    for n in range(30):
        answer = await _refresh(house, token)
        if n % 3 == 0:
            for _ in range(4):  # lost, and lost again
                answer = await _refresh(house, token)
        token = jar(answer)[REFRESH]


async def test_only_the_copied_session_ends(house: House) -> None:
    zoe = await house.newcomer("zoe")
    phone = await house.another_device(zoe)
    for generation in (1, 2, 3):
        await _refresh(house, house.state.tokens.refresh(zoe.session, generation))
    await _refresh(house, _first(house, zoe), 401)
    assert not await _works(zoe)
    assert await _works(phone)


async def test_keys_that_were_never_given_are_refused(house: House) -> None:
    zoe = await house.newcomer("zoe")
    good = _first(house, zoe)
    forged = [good[:-2] + ("AA" if good[-2:] != "AA" else "BB"), good.replace(".1.", ".2.")]
    for token in ["", "x", "1.2.3", f"{zoe.session}.1.", f"{zoe.session}.x.y", *forged]:
        await _refresh(house, token, 401)
    assert await _works(zoe)


async def test_an_expired_session_is_over(house: House) -> None:
    zoe = await house.newcomer("zoe")
    await house.sql("UPDATE session SET expires_at = now() WHERE id = %s", zoe.session)
    assert not await _works(zoe)
    await _refresh(house, _first(house, zoe), 401)


async def test_the_list_shows_living_sessions_and_which_is_this(house: House) -> None:
    zoe = await house.newcomer("zoe")
    phone, gone = await house.another_device(zoe), await house.another_device(zoe)
    await gone.delete("/api/sessions/current")
    listed = await zoe.get("/api/sessions")
    assert {(s["id"], s["current"]) for s in listed} == {
        (str(zoe.session), True),
        (str(phone.session), False),
    }
    assert set(listed[0]) == {
        "id", "user_agent", "address", "created_at", "last_used_at", "current"
    }  # fmt: skip


async def test_another_device_can_be_signed_out(house: House) -> None:
    zoe = await house.newcomer("zoe")
    phone = await house.another_device(zoe)
    await zoe.delete(f"/api/sessions/{phone.session}")
    assert not await _works(phone)
    assert await _works(zoe)
    await zoe.delete(f"/api/sessions/{phone.session}", expect=404)


async def test_nobody_ends_the_session_of_another(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    await zoe.delete(f"/api/sessions/{yan.session}", expect=404)
    assert await _works(yan)


async def test_signing_out_takes_the_cookies_away(house: House) -> None:
    zoe = await house.newcomer("zoe")
    answer = await zoe.ask("DELETE", "/api/sessions/current", 204)
    assert jar(answer) == {"__Host-refresh": "", "__Host-media": ""}
    assert not await _works(zoe)
    await _refresh(house, _first(house, zoe), 401)


async def test_signing_out_everywhere_means_everywhere(house: House) -> None:
    zoe = await house.newcomer("zoe")
    phone = await house.another_device(zoe)
    await phone.delete("/api/sessions")
    assert not await _works(zoe)
    assert not await _works(phone)
