"""Invites: what a link lets in, and when it no longer does."""

from typing import Any
from uuid import uuid4

import pytest

from courtyard.groups import invites
from courtyard.groups.permissions import Permission
from tests.house import House
from tests.mutants import instead
from tests.person import Person
from tests.world import PASSWORD


class _Anything:
    """Permissions of which everybody has the one that is asked for."""

    MANAGE_MEMBERS = CREATE_INVITES = 2**62 - 1

    def __call__(self, bits: int) -> Permission:
        return Permission(bits)


MUTANTS = {
    "invite to anything": (
        instead("courtyard.groups.invites", "Permission", lambda bits: 0 * int(bits)),
        ["test_nobody_invites_to_more_than_they_may_themselves"],
    ),
    "anybody revokes": (
        instead("courtyard.groups.invites", "Permission", _Anything()),
        ["test_only_its_maker_or_a_manager_revokes"],
    ),
}


async def _invite(person: Person, group: Any, **body: Any) -> Any:
    return await person.post(f"/api/groups/{group}/invites", body, expect=201)


async def _role(person: Person, group: Any, kind: str) -> str:
    roles = await person.get(f"/api/groups/{group}/roles")
    return next(str(role["id"]) for role in roles if role["kind"] == kind)


async def test_a_link_brings_a_newcomer_into_the_group(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, tab = await house.group(zoe), await zoe.tab()
    invite = await _invite(zoe, place.group)
    look = await house.anybody().post("/api/invites/look", {"token": invite["token"]})
    assert (look["kind"], look["inviter_name"], look["email"]) == ("join", "zoe", None)
    email = f"{uuid4().hex}@example.org"
    body = {"token": invite["token"], "name": "New", "email": email, "password": PASSWORD}
    signed_in = await house.anybody("new").post("/api/invites/join", body)
    await tab.event("member.joined", place.group, user_id=signed_in["me"]["id"])
    bearer = {"authorization": f"Bearer {signed_in['access_token']}"}
    [channel] = (await house.anybody("new").get("/api/places", headers=bearer))["channels"]
    assert channel["id"] == str(place.channel)


async def test_somebody_with_an_account_accepts(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe)
    invite = await _invite(zoe, place.group, max_uses=1)
    group = await yan.post("/api/invites/accept", {"token": invite["token"]})
    assert group["id"] == str(place.group)
    await yan.say(place.channel)


async def test_accepting_again_uses_nothing_up(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe)
    invite = await _invite(zoe, place.group, max_uses=5)
    for _ in range(3):
        await yan.post("/api/invites/accept", {"token": invite["token"]})
    [listed] = await zoe.get(f"/api/groups/{place.group}/invites")
    assert listed["uses"] == 1


async def test_the_token_is_shown_once_and_stored_as_a_hash(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    invite = await _invite(zoe, place.group)
    [listed] = await zoe.get(f"/api/groups/{place.group}/invites")
    assert listed == {**invite, "token": None}
    rows = await house.sql("SELECT i::text FROM invite i WHERE id = %s", invite["id"])
    assert invite["token"] not in rows[0][0]


async def test_nobody_invites_to_more_than_they_may_themselves(house: House) -> None:
    zoe, member, admin = [await house.newcomer(name) for name in ("zoe", "member", "admin")]
    place = await house.group(zoe, member)
    await house.join(place.group, admin, role="admin")
    path = f"/api/groups/{place.group}/invites"
    for kind, person, expect in [
        ("admin", member, 403),
        ("owner", member, 403),
        ("guest", member, 201),
        ("owner", admin, 403),
        ("owner", zoe, 403),
        ("admin", admin, 201),
    ]:
        role = await _role(zoe, place.group, kind)
        await person.post(path, {"role_id": role}, expect=expect)


async def test_a_role_of_another_group_is_not_there(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, other = await house.group(zoe), await house.group(zoe)
    role = await _role(zoe, other.group, "member")
    await zoe.post(f"/api/groups/{place.group}/invites", {"role_id": role}, expect=404)


async def test_guests_invite_nobody(house: House) -> None:
    zoe, guest = await house.newcomer("zoe"), await house.newcomer("guest")
    place = await house.group(zoe)
    await house.join(place.group, guest, role="guest")
    await guest.post(f"/api/groups/{place.group}/invites", {}, expect=403)
    await guest.get(f"/api/groups/{place.group}/invites", expect=403)


async def test_only_its_maker_or_a_manager_revokes(house: House) -> None:
    zoe, maker, other, far = [await house.newcomer(n) for n in ("zoe", "maker", "other", "far")]
    place = await house.group(zoe, maker, other)
    first, second = await _invite(maker, place.group), await _invite(maker, place.group)
    await far.delete(f"/api/invites/{first['id']}", expect=404)
    await other.delete(f"/api/invites/{first['id']}", expect=403)
    await maker.delete(f"/api/invites/{first['id']}")
    await zoe.delete(f"/api/invites/{second['id']}")
    assert all(i["revoked"] for i in await zoe.get(f"/api/groups/{place.group}/invites"))


async def test_a_newcomer_gives_name_and_address(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    token = (await _invite(zoe, place.group))["token"]
    error = await house.anybody().post(
        "/api/invites/join", {"token": token, "password": PASSWORD}, expect=422
    )
    assert set(error["error"]["fields"]) == {"name", "email"}


async def test_a_taken_address_is_not_taken_over(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    token = (await _invite(zoe, place.group))["token"]
    body = {"token": token, "name": "Cy", "email": "CY@example.org", "password": "other password"}
    error = await house.anybody().post("/api/invites/join", body, expect=409)
    assert error["error"]["code"] == "email_taken"
    me = await house.person("cy").get("/api/me")
    assert me["name"] == "cy"


async def test_an_invited_account_is_claimed_once(house: House) -> None:
    email = f"{uuid4().hex}@example.org"
    async with house.work() as uow:
        from courtyard.accounts import service  # noqa: PLC0415 - only here

        user = await service.add(uow, "Imported", email, None, status="invited")
        token = await invites.for_account(uow, user.id)
    look = await house.anybody().post("/api/invites/look", {"token": token})
    assert (look["kind"], look["name"], look["email"]) == ("claim", "Imported", email)
    await (await house.newcomer("yan")).post("/api/invites/accept", {"token": token}, expect=409)
    body = {"token": token, "password": PASSWORD}
    signed_in = await house.anybody("imported").post("/api/invites/join", body)
    assert signed_in["me"]["id"] == str(user.id)
    await house.anybody().post("/api/invites/join", body, expect=404)
    await house.anybody("imported").post("/api/sessions", {"email": email, "password": PASSWORD})


@pytest.mark.parametrize(
    "body",
    [{"expires_in_hours": 0}, {"expires_in_hours": 10**9}, {"max_uses": 0}, {"max_uses": -1}],
)
async def test_bounds_of_a_link(house: House, body: dict[str, int]) -> None:
    bo = house.person("bo")
    await bo.post(f"/api/groups/{house.world.groups['G1']}/invites", body, expect=422)
