"""Importing a Slack export: where it lands, and what it meets there."""

from pathlib import Path
from typing import Any

import pytest

from courtyard.groups.schemas import NewGroup
from courtyard.integrations.slack.archive import Refused
from tests.house import House
from tests.integrations.conftest import Desk
from tests.integrations.export_of_2016 import old
from tests.integrations.exports import TEAM, Export, channel, person, said
from tests.integrations.samples import modern
from tests.mutants import instead

MUTANTS = {
    "two imports at once": (
        instead("courtyard.integrations.slack.run", "LOCK", 0),
        ["test_a_second_import_waits_for_its_turn"],
    ),
}


async def test_readers_are_told_once_per_batch(desk: Desk, tmp_path: Path) -> None:
    bo = desk.house.person("bo")
    export = Export().people(person("U1", "Bo", email="bo@example.org"))
    export.channels(channel("C1", "salt", "U1"))
    await desk.load(export.write(tmp_path))
    [(salt,)] = await desk.house.sql("SELECT id FROM channel WHERE name = 'salt'")
    bo_tab = await bo.tab(salt)
    hal_tab = await desk.house.person("hal").tab(salt)
    export.day(
        "salt",
        "2025-01-10",
        *(said(f"1736478514.{n:06}", "U1", f"said {n}") for n in range(1, 400)),
    )
    await desk.load(export.write(tmp_path, "more.zip"))  # fmt: skip
    await bo_tab.event("history.changed", salt)
    events = await desk.house.sql(
        "SELECT type, count(*) FROM event WHERE stream_id = %s GROUP BY 1", salt
    )
    assert events == [("history.changed", 1)]
    history_page = await bo.get(f"/api/channels/{salt}/messages?limit=2")
    assert [message["text"] for message in history_page["messages"]] == ["said 398", "said 399"]
    await hal_tab.settle()
    assert hal_tab.events(salt) == []


async def test_history_stands_before_what_was_said_here(desk: Desk, tmp_path: Path) -> None:
    bo = desk.house.person("bo")
    export = Export().people(person("U1", "Bo", email="bo@example.org"))
    path = export.channels(channel("C1", "salt", "U1")).write(tmp_path)
    await desk.load(path)
    [(salt,)] = await desk.house.sql("SELECT id FROM channel WHERE name = 'salt'")
    await bo.say(salt, "today")
    export.day("salt", "2025-01-10", said("1736478514.000001", "U1", "long ago"))
    await desk.load(export.write(tmp_path, "more.zip"))
    assert await desk.texts("salt") == ["long ago", "today"]


async def test_names_that_are_taken_get_a_suffix(desk: Desk, tmp_path: Path) -> None:
    bo = desk.house.person("bo")
    place = await desk.house.group(bo)
    [(name,)] = await desk.house.sql('SELECT name FROM "group" WHERE id = %s', place.group)
    export = Export().people(person("U1", "Zoe"))
    export.channels(
        channel("C1", "general", is_general=True), channel("C2", "GENERAL-slack"),
        channel("C3", "x" * 90), channel("C4", "x" * 85), channel("C5", "\u200b"),
    )  # fmt: skip
    await desk.load(export.write(tmp_path), group=name.upper())
    rows = await desk.house.sql(
        "SELECT name FROM channel WHERE group_id = %s ORDER BY position", place.group
    )
    assert [name for (name,) in rows] == [
        "general", "general-slack", "GENERAL-slack-slack", "x" * 80, "x" * 74 + "-slack", "C5",
    ]  # fmt: skip
    again = await desk.load(export.write(tmp_path))
    assert (again.channels.imported, again.group) == (0, name)


async def test_one_export_has_one_group(desk: Desk, tmp_path: Path) -> None:
    path = modern().write(tmp_path)
    assert (await desk.load(path, group="Bakers")).group == "Bakers"
    with pytest.raises(Refused, match="imported into “Bakers” before"):
        await desk.load(path, group="Millers")
    assert (await desk.load(path)).group == "Bakers"


async def test_unclear_or_closed_groups_are_refused(desk: Desk, tmp_path: Path) -> None:
    ada = desk.house.person("ada")
    path = modern().write(tmp_path)
    for client_id in ("5" * 32, "6" * 32):
        body = NewGroup.model_validate({"client_id": client_id, "name": "Same"})
        await ada.post("/api/groups", body.model_dump(mode="json"), expect=201)
    with pytest.raises(Refused, match="2 groups called"):
        await desk.load(path, group="same")
    await desk.load(path)
    [(group,)] = await desk.house.sql('SELECT id FROM "group" WHERE name = %s', "Lantern")
    await ada.put(f"/api/groups/{group}/archived", {"archived": True})
    with pytest.raises(Refused, match="archived"):
        await desk.load(path)


async def test_a_workspace_that_is_not_set_up_is_refused(open_house: Any, tmp_path: Path) -> None:
    new = Desk(await open_house(empty=True))
    with pytest.raises(Refused, match="not set up yet"):
        await new.load(modern().write(tmp_path))


async def test_a_second_import_waits_for_its_turn(desk: Desk, tmp_path: Path) -> None:
    async with desk.house.state.database.raw() as connection:
        await connection.execute("SELECT pg_advisory_lock(%s)", (0x736C61636B,))
        with pytest.raises(Refused, match="Another import"):
            await desk.load(modern().write(tmp_path))
        await connection.execute("SELECT pg_advisory_unlock(%s)", (0x736C61636B,))
    await desk.load(modern().write(tmp_path))


async def test_two_generations_of_one_workspace_meet(fresh: House, tmp_path: Path) -> None:
    """The same team, exported years apart by different tools: one group, one Zoe."""
    desk = Desk(fresh)
    await desk.load(old().write(tmp_path, "old.zip"))
    report = await desk.load(modern().write(tmp_path))
    assert report.people.present == 2
    [(count,)] = await fresh.sql('SELECT count(*) FROM "group" WHERE name = %s', "Lantern")
    assert (count, TEAM) == (1, "T0LANTERN")
