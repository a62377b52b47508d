"""What people say of themselves for a while, and how others hear when it is over."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from courtyard.accounts import status
from courtyard.accounts.faces import Face
from courtyard.accounts.jobs import settle_status
from courtyard.accounts.models import User
from courtyard.accounts.schemas import Me, UserOut
from courtyard.core.clock import now
from courtyard.core.upkeep import Tools
from tests.house import House
from tests.mutants import instead
from tests.patience import until
from tests.person import Person
from tests.tab import Tab

MINUTE = timedelta(minutes=1)
NIGHT = {"days": [0, 1, 2, 3, 4], "from": "22:00", "to": "07:00", "tz": "Europe/Berlin"}


_ANYTHING = SimpleNamespace(EMOJI_DATA=SimpleNamespace(get=lambda _: {"status": 2}))


class _Every:
    def __contains__(self, _: object) -> bool:
        return True


def _for_ever(self: Face, _: datetime) -> Any:
    return {"emoji": self.status_emoji, "text": self.status_text, "until": self.status_until}


async def _as_seen(uow: Any, ids: Any) -> Any:
    return list(await uow.db.scalars(select(User).where(User.id.in_(ids))))


MUTANTS = {
    "anything is an emoji": (
        instead("courtyard.core.emoji", "emoji", _ANYTHING),
        ["test_an_emoji_is_one_emoji"],
    ),
    "a skin tone is an emoji": (
        instead("courtyard.core.emoji", "_COMPONENT", None),
        ["test_an_emoji_is_one_emoji"],
    ),
    "any time zone": (
        instead("courtyard.accounts.schemas", "_zones", _Every),
        ["test_hours_that_cannot_be_are_refused"],
    ),
    "any time": (
        instead("courtyard.accounts.schemas", "FAR", timedelta.max),
        ["test_times_that_cannot_be_are_refused"],
    ),
    "a status never ends": (
        instead("courtyard.accounts.faces.Face", "status", _for_ever),
        ["test_a_status_is_seen_until_its_time"],
    ),
    "told every minute": (
        instead("courtyard.accounts.status", "_turned", lambda *_: True),
        ["test_what_the_clock_changes_is_told_once"],
    ),
    "the clock undoes what is said meanwhile": (
        instead("courtyard.accounts.status", "_held", _as_seen),
        ["test_what_is_said_at_this_very_moment_stays"],
    ),
}


async def _face(person: Person, of: Person) -> Any:
    [face] = await person.get(f"/api/users?id={of.id}")
    return face


def _later(**delta: float) -> str:
    return (now() + timedelta(**delta)).isoformat()


async def test_a_status_is_heard_by_everybody(house: House) -> None:
    zoe = await house.newcomer("zoe")
    tab = await house.person("hal").tab()
    until = _later(hours=1)
    body = {"emoji": "🌴", "text": "  By the sea ", "until": until}
    me = await zoe.put("/api/me/status", body)
    assert (me["status"]["emoji"], me["status"]["text"]) == ("🌴", "By the sea")
    assert datetime.fromisoformat(me["status"]["until"]) == datetime.fromisoformat(until)
    told = await tab.event("user.updated", house.world.workspace, actor_id=str(zoe.id))
    assert told["user"]["status"] == me["status"]
    assert set(told["user"]) == set(UserOut.model_fields)
    assert (await _face(house.person("hal"), zoe))["status"] == me["status"]
    assert (await zoe.put("/api/me/status", {}))["status"] is None


async def test_it_comes_with_what_somebody_said(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    await zoe.say(place.channel)
    await zoe.put("/api/me/status", {"text": "Baking"})
    await zoe.put("/api/me/dnd", {"until": _later(hours=1)})
    [face] = (await zoe.get(f"/api/channels/{place.channel}/messages"))["users"]
    assert face == await _face(zoe, zoe)
    assert (face["status"]["text"], face["dnd"]) == ("Baking", True)


async def test_a_status_is_seen_until_its_time(house: House) -> None:
    zoe = await house.newcomer("zoe")
    await zoe.put("/api/me/status", {"emoji": "🍞", "until": _later(seconds=-1)})
    assert (await zoe.get("/api/me"))["status"] is None
    assert (await _face(zoe, zoe))["status"] is None


@pytest.mark.parametrize("emoji", ["x", "🌴🌴", "🏻", "1", "", "🌴 ", ":palm:", "🌴" * 9, "\u200d"])
async def test_an_emoji_is_one_emoji(house: House, emoji: str) -> None:
    zoe = house.person("cy")
    error = await zoe.put("/api/me/status", {"emoji": emoji}, expect=422)
    assert list(error["error"]["fields"]) == ["emoji"]


@pytest.mark.parametrize("emoji", ["☺", "👍🏽", "🏳️‍🌈", "🇩🇪", "👩‍❤️‍💋‍👩", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
async def test_whatever_people_pick_is_kept(house: House, emoji: str) -> None:
    zoe = await house.newcomer("zoe")
    assert (await zoe.put("/api/me/status", {"emoji": emoji}))["status"]["emoji"] == emoji


async def test_a_status_is_short(house: House) -> None:
    zoe = await house.newcomer("zoe")
    await zoe.put("/api/me/status", {"text": "x" * 100})
    await zoe.put("/api/me/status", {"text": "x" * 101}, expect=422)


@pytest.mark.parametrize(
    "until",
    ["2030-01-01T00:00:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "soon",
     10**18, "2099-01-01T00:00:00Z"],
)  # fmt: skip
async def test_times_that_cannot_be_are_refused(house: House, until: Any) -> None:
    zoe = house.person("cy")
    await zoe.put("/api/me/status", {"text": "x", "until": until}, expect=422)
    await zoe.put("/api/me/dnd", {"until": until}, expect=422)


async def test_quiet_is_seen_by_others_but_not_until_when(house: House) -> None:
    zoe = await house.newcomer("zoe")
    tab = await house.person("hal").tab()
    me = await zoe.put("/api/me/dnd", {"until": _later(hours=1)})
    assert me["dnd"] is True
    assert me["dnd_until"]
    told = await tab.event("user.updated", house.world.workspace, actor_id=str(zoe.id))
    assert told["user"]["dnd"] is True
    assert not {"dnd_until", "quiet_hours"} & set(UserOut.model_fields)
    assert {"dnd_until", "quiet_hours"} <= set(Me.model_fields)
    assert (await zoe.put("/api/me/dnd", {"until": None}))["dnd"] is False
    await zoe.put("/api/me/dnd", {}, expect=422)


async def test_ones_own_devices_hear_how_much_quiet_one_wants(house: House) -> None:
    zoe = await house.newcomer("zoe")
    tab, other = await zoe.tab(), await house.person("hal").tab()
    await zoe.put("/api/me/dnd", {"until": _later(hours=1)})
    told = await tab.event("quiet.changed", zoe.id)
    assert (told["dnd"], told["quiet_hours"]) == (True, None)
    assert told["dnd_until"] == (await zoe.get("/api/me"))["dnd_until"]
    await zoe.put("/api/me/quiet-hours", {"quiet_hours": NIGHT})
    await until(lambda: len(_quiets(tab)) == 2, "the hours are told")
    assert _quiets(tab)[-1]["quiet_hours"] == NIGHT
    assert _quiets(other) == []


def _quiets(tab: Tab) -> list[Any]:
    return [event for event in tab.events() if event["type"] == "quiet.changed"]


async def test_hours_of_quiet_are_kept_and_taken_away(house: House) -> None:
    zoe = await house.newcomer("zoe")
    body = {**NIGHT, "days": [4, 0, 0, 3, 2, 1]}
    assert (await zoe.put("/api/me/quiet-hours", {"quiet_hours": body}))["quiet_hours"] == NIGHT
    assert (await zoe.get("/api/me"))["quiet_hours"] == NIGHT
    always = {"days": list(range(7)), "from": "00:00", "to": "00:00", "tz": "UTC"}
    assert (await zoe.put("/api/me/quiet-hours", {"quiet_hours": always}))["dnd"] is True
    me = await zoe.put("/api/me/quiet-hours", {"quiet_hours": None})
    assert (me["quiet_hours"], me["dnd"]) == (None, False)
    assert await house.sql('SELECT quiet_hours FROM "user" WHERE id = %s', zoe.id) == [(None,)]


@pytest.mark.parametrize(
    "wrong",
    [{"tz": "Mars/Olympus"}, {"tz": "../../etc/passwd"}, {"tz": "localtime"}, {"tz": ""},
     {"tz": "Europe"}, {"tz": "a\x00b"}, {"from": "24:00"}, {"from": "7:00"}, {"to": "07:60"},
     {"to": "07:00:00"}, {"to": "07:00\n"}, {"days": []}, {"days": [7]}, {"days": [-1]},
     {"days": [0] * 8}, {"from": None}],
    ids=str,
)  # fmt: skip
async def test_hours_that_cannot_be_are_refused(house: House, wrong: Any) -> None:
    body = {"quiet_hours": {**NIGHT, **wrong}}
    await house.person("cy").put("/api/me/quiet-hours", body, expect=422)


async def _settled(house: House, at: datetime) -> int:
    async with house.work() as uow:
        return await status.settle(uow, at)


async def test_what_the_clock_changes_is_told_once(fresh: House) -> None:
    zoe, yan = await fresh.newcomer("zoe"), await fresh.newcomer("yan")
    await zoe.put("/api/me/status", {"text": "Out", "until": _later(minutes=30)})
    await zoe.put("/api/me/dnd", {"until": _later(minutes=90)})
    at = now().replace(second=0, microsecond=0)
    begins, ends = at + 10 * MINUTE, at + 20 * MINUTE
    hours = {"from": f"{begins:%H:%M}", "to": f"{ends:%H:%M}", "tz": "UTC"}
    await yan.put("/api/me/quiet-hours", {"quiet_hours": {"days": list(range(7)), **hours}})
    tab = await fresh.person("cy").tab()
    for minutes, count in (
        (9, 0), (10, 1), (11, 0), (20, 1), (29, 0), (32, 1), (33, 0), (92, 1), (93, 0)
    ):  # fmt: skip
        assert await _settled(fresh, at + minutes * MINUTE) == count, minutes
    await until(lambda: len(tab.events()) == 4, "four changes")
    told = [(e["user"]["id"], e["user"]["status"], e["user"]["dnd"]) for e in tab.events()]
    assert told == [
        (str(yan.id), None, True),
        (str(yan.id), None, False),
        (str(zoe.id), None, True),
        (str(zoe.id), None, False),
    ]
    rows = await fresh.sql(
        """SELECT status_text, status_until, dnd_until FROM "user" WHERE id = %s""", zoe.id
    )
    assert rows == [("", None, None)]


async def test_what_is_said_at_this_very_moment_stays(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoe = await house.newcomer("zoe")
    await zoe.put("/api/me/status", {"text": "Out", "until": _later(seconds=-1)})
    held = status._held

    async def meanwhile(uow: Any, ids: Any) -> Any:
        await zoe.put("/api/me/status", {"text": "Back"})
        return await held(uow, ids)

    monkeypatch.setattr(status, "_held", meanwhile)
    await _settled(house, now())
    assert (await zoe.get("/api/me"))["status"]["text"] == "Back"


async def test_each_minute_it_is_looked_at(house: House) -> None:
    zoe = await house.newcomer("zoe")
    tab = await house.person("cy").tab()
    await house.sql(
        """UPDATE "user" SET status_text = 'Out', status_until = now() WHERE id = %s""", zoe.id
    )
    state = house.state
    kit = Tools(house.settings, state.database, state.bus, state.blobs)
    await settle_status(SimpleNamespace(additional_context={"tools": kit}), 0)
    told = lambda: [e for e in tab.events() if e["user"]["id"] == str(zoe.id)]  # noqa: E731
    [event] = await until(told, "the end of a status")
    assert (event["user"]["status"], event["actor_id"]) == (None, None)


async def test_nothing_is_told_of_who_was_deactivated(house: House) -> None:
    zoe = await house.newcomer("zoe")
    await house.sql(
        """UPDATE "user" SET status_until = now(), status_text = 'x', status = 'deactivated'
        WHERE id = %s""",
        zoe.id,
    )
    await _settled(house, now() + MINUTE)
    assert await house.sql('SELECT status_text FROM "user" WHERE id = %s', zoe.id) == [("x",)]
