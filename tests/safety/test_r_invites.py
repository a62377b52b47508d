"""R: invitations that were used up, ran out, were taken back, or whose maker may no longer invite."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from courtyard.accounts import service as accounts
from courtyard.groups import invites
from tests.house import House
from tests.mutants import instead
from tests.person import Person
from tests.world import PASSWORD


async def _true(*_: Any) -> bool:
    return True


_good = invites._good


async def _unlocked(db: Any, token: str, *, lock: bool = False) -> Any:
    return await _good(db, token)


MUTANTS = {
    "the last use is not locked": (
        instead("courtyard.groups.invites", "_good", _unlocked),
        ["test_r01_fifty_at_once_on_one_use_let_one_in"],
    ),
    "a link outlives its maker's right": (
        instead("courtyard.groups.invites", "_inviter_still_may", _true),
        ["test_r03_a_link_is_worth_what_its_maker_may_now"],
    ),
    "links do not expire": (
        instead("courtyard.groups.invites", "now", lambda: datetime(2000, 1, 1, tzinfo=UTC)),
        ["test_r01_a_link_that_is_no_good_lets_nobody_in"],
    ),
}


async def _invite(person: Person, group: Any, **body: Any) -> Any:
    return await person.post(f"/api/groups/{group}/invites", body, expect=201)


async def _try(person: Person, token: str) -> int:
    body = {"token": token}
    return (await person.ask("POST", "/api/invites/accept", json=body)).status_code


async def test_r01_a_second_use_is_one_too_many(house: House) -> None:
    zoe, yan, xia = [await house.newcomer(name) for name in ("zoe", "yan", "xia")]
    place = await house.group(zoe)
    token = (await _invite(zoe, place.group, max_uses=1))["token"]
    assert [await _try(person, token) for person in (yan, xia)] == [200, 404]
    await xia.get(f"/api/channels/{place.channel}", expect=404)


async def test_r01_fifty_at_once_on_one_use_let_one_in(house: House) -> None:
    zoe = await house.newcomer("zoe")
    crowd = [await house.newcomer(f"p{n}") for n in range(50)]
    place = await house.group(zoe)
    invite = await _invite(zoe, place.group, max_uses=1)
    statuses = await asyncio.gather(*(_try(person, invite["token"]) for person in crowd))
    assert sorted(statuses) == [200] + [404] * 49
    assert await house.sql("SELECT uses FROM invite WHERE id = %s", invite["id"]) == [(1,)]
    rows = await house.sql("SELECT count(*) FROM member WHERE group_id = %s", place.group)
    assert rows == [(2,)]


async def test_r01_one_person_with_two_links_at_once_is_a_member_once(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe)
    tokens = [(await _invite(zoe, place.group))["token"] for _ in range(4)]
    statuses = await asyncio.gather(*(_try(yan, token) for token in tokens))
    assert statuses == [200] * 4


@pytest.mark.parametrize("change", ["expires_at = now()", "revoked_at = now()", "uses = max_uses"])
async def test_r01_a_link_that_is_no_good_lets_nobody_in(house: House, change: str) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe)
    invite = await _invite(zoe, place.group, max_uses=3)
    await house.sql(f"UPDATE invite SET {change} WHERE id = %s", invite["id"])
    token = {"token": invite["token"]}
    assert await _try(yan, invite["token"]) == 404
    await house.anybody().post("/api/invites/look", token, expect=404)
    body = {**token, "name": "N", "email": f"{uuid4().hex}@example.org", "password": PASSWORD}
    error = await house.anybody().post("/api/invites/join", body, expect=404)
    assert error["error"]["code"] == "invite_gone"
    rows = await house.sql("""SELECT id FROM "user" WHERE email = %s""", body["email"])
    assert rows == []


async def _demoted(house: House, group: Any, maker: Person, _: Person) -> None:
    await house.sql(
        "UPDATE member_role SET role_id = (SELECT id FROM role WHERE group_id = %s"
        " AND kind = 'guest') WHERE group_id = %s AND user_id = %s",
        group,
        group,
        maker.id,
    )


async def _removed(_: House, group: Any, maker: Person, owner: Person) -> None:
    await owner.delete(f"/api/groups/{group}/members/{maker.id}")


async def _deactivated(house: House, _: Any, maker: Person, __: Person) -> None:
    async with house.work() as uow:
        await accounts.deactivate(uow, await accounts.get(uow.db, maker.id))


async def _archived(_: House, group: Any, __: Person, owner: Person) -> None:
    await owner.put(f"/api/groups/{group}/archived", {"archived": True})


@pytest.mark.parametrize("happens", [_demoted, _removed, _deactivated, _archived])
async def test_r03_a_link_is_worth_what_its_maker_may_now(house: House, happens: Any) -> None:
    zoe, maker, yan = [await house.newcomer(name) for name in ("zoe", "maker", "yan")]
    place = await house.group(zoe, maker)
    token = (await _invite(maker, place.group))["token"]
    await house.anybody().post("/api/invites/look", {"token": token})
    await happens(house, place.group, maker, zoe)
    assert await _try(yan, token) == 404
    await house.anybody().post("/api/invites/look", {"token": token}, expect=404)


async def test_r05_nobody_promotes_themselves_by_a_field_too_many(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    more = {"workspace_role": "owner", "role_ids": [], "permissions": ["administer"], "id": "x"}
    me = await yan.patch("/api/me", {"title": "t", **more, "email": "x@example.org"})
    assert (me["workspace_role"], me["id"]) == ("member", str(yan.id))
    assert me["email"] != "x@example.org"
    await yan.patch(f"/api/groups/{place.group}", {"name": "x", **more}, expect=403)
    groups = (await yan.get("/api/places"))["groups"]
    assert "administer" not in groups[0]["permissions"]
