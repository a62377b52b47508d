"""Looking after everybody's accounts."""

import asyncio
from typing import Any

from courtyard.accounts import administration
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead, nothing
from tests.person import Person

MUTANTS = {
    "the last owner goes": (
        instead("courtyard.accounts.administration", "_require_other_owner", nothing),
        ["test_r06_there_is_always_an_owner", "test_r06_two_owners_who_unmake_one_another"],
    ),
    "all stand alike": (
        instead("courtyard.accounts.administration", "RANK", dict.fromkeys(administration.RANK, 0)),
        ["test_r05_nobody_touches_who_stands_above"],
    ),
}


async def found(admin: Person, **query: Any) -> list[dict[str, Any]]:
    """The accounts of a question."""
    rows: list[dict[str, Any]] = (await admin.get("/api/accounts", params=query))["accounts"]
    return rows


async def act(admin: Person, who: Person, what: str, expect: int = 200, **body: Any) -> Any:
    """Changes an account."""
    return await admin.put(f"/api/accounts/{who.id}/{what}", body, expect=expect)


async def test_accounts_are_found_by_name_and_address_in_pages(fresh: House) -> None:
    ada = fresh.person("ada")
    zoes = [await fresh.newcomer(f"Zoe {n}") for n in range(5)]
    everybody = await ada.get("/api/accounts", params={"words": "zoe"})
    assert [row["user"]["name"] for row in everybody["accounts"]] == [z.name for z in zoes]
    assert everybody["total"] == 5
    first = await ada.get("/api/accounts", params={"words": "ZOE", "limit": 3})
    rest = await ada.get(
        "/api/accounts", params={"words": "zoe", "limit": 3, "after": first["next"]}
    )
    names = [row["user"]["name"] for row in [*first["accounts"], *rest["accounts"]]]
    assert (names, rest["next"]) == ([z.name for z in zoes], None)
    [cy] = await found(ada, words="cy@example")
    assert (cy["workspace_role"], cy["standing"], cy["sessions"]) == ("member", "active", 1)
    assert cy["last_used_at"]
    assert await found(ada, words="%") == []
    gone = {row["user"]["name"] for row in await found(ada, standing="deactivated")}
    assert gone == {"fay"}


async def test_a_deactivated_person_is_out_at_once_and_comes_back_with_all(fresh: House) -> None:
    ada, zoe = fresh.person("ada"), await fresh.newcomer("zoe")
    place = await fresh.group(zoe)
    tab = await zoe.tab(place.channel)
    told = await act(ada, zoe, "active", active=False)
    assert (told["standing"], told["sessions"]) == ("deactivated", 0)
    await zoe.get("/api/me", expect=401)
    assert await tab.ended(2) == 4001
    await act(ada, zoe, "active", active=False)  # which changes nothing
    assert (await act(ada, zoe, "active", active=True))["standing"] == "active"
    again = await fresh.another_device(zoe)
    assert [g["id"] for g in (await again.get("/api/places"))["groups"]] == [str(place.group)]
    noted = await fresh.sql(
        "SELECT action FROM audit WHERE object_id = %s AND action LIKE 'user.%%' ORDER BY id",
        zoe.id,
    )
    assert [action for (action,) in noted] == ["user.deactivated", "user.restored"]


async def test_somebodys_devices_are_signed_out(fresh: House) -> None:
    ada, zoe = fresh.person("ada"), await fresh.newcomer("zoe")
    tab = await zoe.tab()
    await ada.delete(f"/api/accounts/{zoe.id}/sessions")
    await zoe.get("/api/me", expect=401)
    assert await tab.ended(2) == 4001


async def test_r05_nobody_touches_who_stands_above(fresh: House) -> None:
    ada = fresh.person("ada")
    chief, other = [await fresh.newcomer(n, role="admin") for n in ("chief", "other")]
    zoe = await fresh.newcomer("zoe")
    await act(chief, ada, "active", 403, active=False)
    await chief.delete(f"/api/accounts/{ada.id}/sessions", expect=403)
    await act(chief, ada, "role", 403, role="member")
    for who in (chief, zoe):
        for role in ("owner", "admin"):
            await act(
                chief, who, "role", 200 if role == "admin" and who is chief else 403, role=role
            )
    await act(chief, other, "role", 403, role="member")
    await act(chief, chief, "active", 403, active=False)
    await act(zoe, zoe, "role", 403, role="admin")
    await act(chief, zoe, "role", role="guest")
    await act(ada, zoe, "role", role="admin")
    assert (await zoe.get("/api/me"))["workspace_role"] == "admin"


async def test_a_standing_counts_at_the_next_request(fresh: House) -> None:
    ada, chief = fresh.person("ada"), await fresh.newcomer("chief", role="admin")
    await chief.get("/api/accounts")
    await act(ada, chief, "role", role="member")
    await chief.get("/api/accounts", expect=403)
    robot = await fresh.newcomer("robot", kind="bot")
    await act(ada, robot, "role", 403, role="admin")


async def test_r06_there_is_always_an_owner(fresh: House) -> None:
    ada = fresh.person("ada")
    answer = await act(ada, ada, "role", 409, role="admin")
    assert answer["error"]["code"] == "last_owner"
    second = await fresh.newcomer("second")
    await act(ada, second, "role", role="owner")
    await act(ada, ada, "role", role="member")
    await act(second, ada, "active", active=False)


async def test_r06_two_owners_who_unmake_one_another(open_house: Opener) -> None:
    house = await open_house()
    one, two = house.person("ada"), await house.newcomer("two")
    await act(one, two, "role", role="owner")
    for _ in range(5):
        answers = await asyncio.gather(
            one.ask("PUT", f"/api/accounts/{two.id}/role", json={"role": "member"}),
            two.ask("PUT", f"/api/accounts/{one.id}/role", json={"role": "member"}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 403]
        [(owners,)] = await house.sql(
            "SELECT count(*) FROM \"user\" WHERE workspace_role = 'owner' AND status = 'active'"
        )
        assert owners == 1
        if answers[1].status_code == 200:
            one, two = two, one
        await act(one, two, "role", role="owner")


async def test_who_comes_back_needs_a_seat(fresh: House) -> None:
    from tests.licence.test_seats import install, taken  # noqa: PLC0415 - this test only

    ada, zoe = fresh.person("ada"), await fresh.newcomer("zoe")
    await act(ada, zoe, "active", active=False)
    await install(fresh, await taken(fresh))
    await act(ada, zoe, "active", 403, active=True)
    await install(fresh, await taken(fresh) + 1)
    await act(ada, zoe, "active", active=True)
