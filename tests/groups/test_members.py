"""Who is in a group: the list, leaving, being removed, the last owner (R06)."""

import asyncio
from typing import Any

from courtyard.core.ids import new_id
from tests.house import House
from tests.mutants import instead, nothing
from tests.person import Person

MUTANTS = {
    "members remove one another": (
        instead("courtyard.groups.service", "_require_above", nothing),
        ["test_members_remove_nobody", "test_nobody_removes_whom_they_do_not_stand_above"],
    ),
    "the last owner may go": (
        instead("courtyard.groups.service", "require_owner_left", nothing),
        ["test_the_last_owner_stays", "test_r06_two_owners_who_leave_at_once_leave_one"],
    ),
    "who left still follows": (
        instead("courtyard.channels.follows", "forget", nothing),
        ["test_who_left_has_nothing_of_the_group_any_more"],
    ),
}


def _path(group: Any, person: Person) -> str:
    return f"/api/groups/{group}/members/{person.id}"


async def test_the_list_goes_by_name_in_pages_that_meet(house: House) -> None:
    names = ["İlker", "ilya", "ada", "Bo", "bo", "Étienne", "zoe", "İnci", "inga"]
    people = [await house.newcomer(name) for name in names]
    place = await house.group(people[0], *people[1:])
    seen: list[str] = []
    after = None
    while True:
        query = {"limit": 2} | ({"after": after} if after else {})
        page = await people[0].get(f"/api/groups/{place.group}/members", params=query)
        assert page["total"] == len(names)
        seen += [member["user"]["name"] for member in page["members"]]
        if (after := page["next"]) is None:
            break
    assert sorted(seen) == sorted(names)
    assert seen.index("ada") < seen.index("Bo") < seen.index("zoe")


async def test_a_member_has_roles_and_the_deactivated_are_not_listed(house: House) -> None:
    listed = await house.person("cy").get(f"/api/groups/{house.world.groups['G1']}/members")
    names = [member["user"]["name"] for member in listed["members"]]
    assert names == ["bo", "cy", "dee", "gil", "gus", "rob"]
    assert all(len(member["role_ids"]) == 1 for member in listed["members"])


async def test_leaving_is_told_to_those_who_stay(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    stays, leaves = await zoe.tab(), await yan.tab()
    await yan.delete(_path(place.group, yan))
    await stays.event("member.left", place.group, user_id=str(yan.id))
    await leaves.event("access.changed", yan.id)
    assert (await yan.get("/api/places"))["groups"] == []


async def test_who_left_has_nothing_of_the_group_any_more(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    closed = await house.channel(place.group, zoe, yan)
    await yan.delete(_path(place.group, yan))
    left = await house.sql("SELECT channel_id FROM follow WHERE user_id = %s", yan.id)
    rules = await house.sql("SELECT channel_id FROM override WHERE subject_id = %s", yan.id)
    assert (left, rules) == ([], [])
    await house.join(place.group, yan)
    await yan.get(f"/api/channels/{closed}", expect=404)


async def test_an_admin_removes_a_member(house: House) -> None:
    zoe, yan, admin = [await house.newcomer(name) for name in ("zoe", "yan", "admin")]
    place = await house.group(zoe, yan)
    await house.join(place.group, admin, role="admin")
    await admin.delete(_path(place.group, yan))
    await yan.get(f"/api/channels/{place.channel}", expect=404)
    rows = await house.sql(
        "SELECT actor_id, details FROM audit WHERE action = 'member.left' AND object_id = %s",
        yan.id,
    )
    assert rows == [(admin.id, {"group": str(place.group), "removed": True})]


async def test_who_is_removed_several_times_at_once_leaves_once(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    tab = await zoe.tab()
    asked = [zoe.ask("DELETE", _path(place.group, yan)) for _ in range(3)]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*asked))
    assert statuses == [204, 404, 404]
    await tab.event("member.left", place.group)
    await tab.settle()
    assert [e["type"] for e in tab.events(place.group)].count("member.left") == 1


async def test_members_remove_nobody(house: House) -> None:
    zoe, yan, member = [await house.newcomer(name) for name in ("zoe", "yan", "member")]
    place = await house.group(zoe, yan, member)
    await member.delete(_path(place.group, yan), expect=403)
    await yan.get(f"/api/channels/{place.channel}")


async def test_nobody_removes_whom_they_do_not_stand_above(house: House) -> None:
    zoe, one, other = [await house.newcomer(name) for name in ("zoe", "one", "other")]
    place = await house.group(zoe)
    await house.join(place.group, one, other, role="admin")
    await one.delete(_path(place.group, other), expect=403)
    await one.delete(_path(place.group, zoe), expect=403)
    await zoe.delete(_path(place.group, one))


async def test_who_is_no_member_cannot_be_removed(house: House) -> None:
    zoe, far = await house.newcomer("zoe"), await house.newcomer("far")
    place = await house.group(zoe)
    await zoe.delete(_path(place.group, far), expect=404)
    await zoe.delete(f"/api/groups/{place.group}/members/{new_id()}", expect=404)
    await far.delete(_path(place.group, zoe), expect=404)


async def test_the_last_owner_stays(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    error = await zoe.delete(_path(place.group, zoe), expect=409)
    assert error["error"]["code"] == "last_owner"
    await zoe.get(f"/api/channels/{place.channel}")


async def test_r06_two_owners_who_leave_at_once_leave_one(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe)
    await house.join(place.group, yan, role="owner")
    leaving = [p.ask("DELETE", _path(place.group, p)) for p in (zoe, yan)]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*leaving))
    assert statuses == [204, 409]


async def test_an_owner_who_was_deactivated_is_no_owner(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe)
    await house.join(place.group, yan, role="owner")
    await house.sql("""UPDATE "user" SET status = 'deactivated' WHERE id = %s""", yan.id)
    await zoe.delete(_path(place.group, zoe), expect=409)
