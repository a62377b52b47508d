"""Demo content for the first look, and the seed for development."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from courtyard.core.clock import now
from courtyard.core.errors import Conflict
from courtyard.integrations import demo, portraits, seeding
from courtyard.integrations.demo_people import FIGURES
from courtyard.integrations.demo_talk import DISCHARGE
from courtyard.integrations.demo_ward import WARD
from tests.house import House
from tests.mutants import instead


async def _none(*_: Any) -> int:
    return 0


MUTANTS = {
    "anybody makes demo content": (
        instead("courtyard.accounts.access", "ADMINS", ("owner", "admin", "member", "guest")),
        ["test_only_who_looks_after_the_workspace_makes_demo_content"],
    ),
    "seeding beside people": (
        instead("courtyard.integrations.seeding", "_others", _none),
        ["test_seeding_is_refused_where_people_live"],
    ),
}


async def test_demo_content_looks_alive(fresh: House) -> None:
    ada = fresh.person("ada")
    group = await ada.post("/api/demo", expect=201)
    assert (group["name"], "administer" in group["permissions"]) == ("Discharge redesign", True)
    places = await ada.get("/api/places")
    channels = [one for one in places["channels"] if one["group_id"] == group["id"]]
    assert [one["name"] for one in channels] == [room.name for room in DISCHARGE]
    assert {one["name"] for one in places["categories"]} == {"Talk", "Work"}
    unread = [one["name"] for one in channels if one["last_position"] > one["read_position"]]
    assert unread == ["intake-pilot", "night-shift"]
    texts, users, threads, reacted = [], {}, [], []
    for channel in channels:
        page = await ada.get(f"/api/channels/{channel['id']}/messages?limit=100")
        texts += [message["text"] for message in page["messages"]]
        users |= {user["id"]: user for user in page["users"]}
        positions = [message["position"] for message in page["messages"]]
        assert positions == sorted(positions)
        assert positions[-1] < now().timestamp() * 1_000_000
        threads += page["threads"]
        reacted += [message for message in page["messages"] if message["reactions"]]
    assert sum(thread["replies"] for thread in threads) == sum(
        len(line.replies) for room in DISCHARGE for line in room.talk
    )
    assert len(reacted) == sum(bool(line.reactions) for room in DISCHARGE for line in room.talk)
    everything = "\n".join(texts)
    assert "@{" not in everything
    assert "#{" not in everything
    for sign in (
        "[@Cy Tanaka](user:",
        "[#intake-pilot](channel:",
        "```python",
        "\n- ",
        "\n1. ",
        "> Bei uns",
        "https://",
        "| --- |",
        "मरीज़",
        "Arztbrief",
    ):
        assert sign in everything
    assert all(user["avatar"] and user["title"] for user in users.values())
    one = next(iter(users.values()))
    picture = await ada.get(f"/api/users/{one['id']}/avatar?v={one['avatar']}")
    assert Image.open(io.BytesIO(picture)).size == (256, 256)


async def test_its_people_cannot_sign_in(fresh: House) -> None:
    await fresh.person("ada").post("/api/demo", expect=201)
    rows = await fresh.sql(
        'SELECT DISTINCT status, email, password_hash FROM "user" WHERE name = ANY(%s)',
        [figure.name for figure in FIGURES.values()],
    )
    assert rows == [("invited", None, None)]


async def test_making_it_again_changes_nothing(fresh: House) -> None:
    ada = fresh.person("ada")
    first = await ada.post("/api/demo", expect=201)
    before = await fresh.sql("SELECT count(*), sum(head), (SELECT count(*) FROM message),"
                             ' (SELECT count(*) FROM "user") FROM stream')  # fmt: skip
    assert await ada.post("/api/demo", expect=201) == first
    assert before == await fresh.sql(
        "SELECT count(*), sum(head), (SELECT count(*) FROM message),"
        ' (SELECT count(*) FROM "user") FROM stream'
    )


async def test_a_second_admin_gets_the_same_group(fresh: House) -> None:
    first = await fresh.person("ada").post("/api/demo", expect=201)
    other = await fresh.newcomer("otto", role="admin")
    second = await other.post("/api/demo", expect=201)
    assert second["id"] == first["id"]
    assert {one["name"] for one in (await other.get("/api/places"))["channels"]} == {
        room.name for room in DISCHARGE
    }


async def test_only_who_looks_after_the_workspace_makes_demo_content(house: House) -> None:
    for name in ("bo", "gus"):
        await house.person(name).post("/api/demo", expect=403)
    await house.anybody().post("/api/demo", expect=401)


@pytest.fixture
async def new(open_house: Any) -> AsyncIterator[House]:
    """A house before the first run."""
    yield await open_house(empty=True)


async def _seed(house: House, *, force: bool = False) -> None:
    async with house.work() as uow:
        await seeding._fill(uow, house.state.blobs, "no hash", force=force)


async def test_a_seeded_workspace_has_two_groups_and_people(new: House) -> None:
    await _seed(new)
    body = {"email": "ada@lindenhof.example", "password": seeding.PASSWORD, "remember": False}
    me = (await new.anybody().post("/api/sessions", body))["me"]
    assert (me["name"], me["workspace_role"], bool(me["avatar"])) == ("Ada Okafor", "owner", True)
    groups = await new.sql('SELECT name FROM "group" ORDER BY name')
    assert groups == [("Discharge redesign",), ("Ward 3",)]
    statuses = await new.sql('SELECT DISTINCT status FROM "user"')
    assert statuses == [("active",)]
    [(said,)] = await new.sql("SELECT count(*) FROM message")
    lines = [line for room in (*DISCHARGE, *WARD) for line in room.talk]
    assert said == len(lines) + sum(len(line.replies) for line in lines)
    told = await new.sql(
        'SELECT u.name, n.why FROM notification n JOIN "user" u ON u.id = n.user_id'
    )
    assert told == [("Ada Okafor", "mention")]


async def test_seeding_again_changes_nothing(new: House) -> None:
    await _seed(new)
    before = await new.sql("SELECT count(*), (SELECT count(*) FROM message) FROM stream")
    await _seed(new)
    assert await new.sql("SELECT count(*), (SELECT count(*) FROM message) FROM stream") == before


async def test_seeding_is_refused_where_people_live(fresh: House) -> None:
    with pytest.raises(Conflict, match="--force"):
        await _seed(fresh)
    await _seed(fresh, force=True)
    [(owners,)] = await fresh.sql("""SELECT count(*) FROM "user" WHERE workspace_role = 'owner'""")
    assert owners == 1


async def test_seeding_after_demo_content_opens_its_doors(fresh: House) -> None:
    """The same people, not a second Bo Brandt."""
    await fresh.person("ada").post("/api/demo", expect=201)
    await _seed(fresh, force=True)
    rows = await fresh.sql("""SELECT status, email FROM "user" WHERE name = 'Bo Brandt'""")
    assert rows == [("active", "bo@lindenhof.example")]


def test_portraits_are_the_same_each_time_and_differ_by_person() -> None:
    drawn = {key: portraits.draw(figure.looks) for key, figure in FIGURES.items()}
    assert len(set(drawn.values())) == len(drawn)
    assert portraits.draw(FIGURES["ada"].looks) == drawn["ada"]
    assert max(map(len, drawn.values())) < 20_000


def test_everybody_who_speaks_is_somebody() -> None:
    for room in (*DISCHARGE, *WARD):
        assert {line.who for line in room.talk} <= set(FIGURES)
        assert not room.talk[0].fresh
        assert len(room.topic) <= 250


@pytest.mark.parametrize("hour", [0, 3, 12, 23])
def test_nothing_is_said_in_the_time_to_come(hour: int) -> None:
    moment = now().replace(hour=hour, minute=5)
    for scene in seeding.SCENES:
        maker = demo._Maker(None, None, None, scene)  # type: ignore[arg-type] # only its clock
        maker._now = moment
        for room in scene.rooms:
            times = [maker._at(line) for line in room.talk]
            assert max(times) < moment
            assert moment - min(times) < timedelta(days=20)
