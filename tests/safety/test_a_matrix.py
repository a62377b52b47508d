"""A18: every route × everybody × every state, against the table written by hand.

Units of work are rolled back instead of committed, so that every cell meets the same world.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from courtyard.core.bus import Bus
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.files.models import File
from tests.conftest import opened
from tests.house import House
from tests.mutants import instead, nothing, rule
from tests.safety.needs import AUTHORS, PEOPLE
from tests.safety.table import TABLE
from tests.services import TEMPLATE, Services
from tests.uploading import begin, bring, bring_to, picture
from tests.world import World

MUTANTS = {
    "who reads may manage": (
        instead("courtyard.channels.access", "require_manager", nothing),
        ["test_a18_every_cell_of_the_table"],
    ),
    "guests are members": (
        rule("SELECT coalesce(bit_or(r.permissions), 0) AS base",
             "SELECT coalesce(bit_or(r.permissions), 0) | 1 AS base"),
        ["test_a18_every_cell_of_the_table"],
    ),
    "files are everybody's": (
        instead("courtyard.files.service", "_open_to", lambda _: File.id.is_not(None)),
        ["test_a18_every_cell_of_the_table"],
    ),
    "categories are everybody's": (
        instead("courtyard.channels.routes", "Permission", SimpleNamespace(MANAGE_CHANNELS=-1)),
        ["test_a18_every_cell_of_the_table"],
    ),
}  # fmt: skip
AT_ONCE = 6


async def _roll_back(self: UnitOfWork, _: Bus) -> None:
    """Does everything a commit does, and then takes it back."""
    await self.db.flush()
    if self.events:
        await self.log()
    await self.db.rollback()


class Matrix:
    """A house in which nothing lasts, and the ids that stand for each state."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ids: dict[str, dict[str, UUID]] = {}
        self.cells = 0

    async def furnish(self) -> None:
        """Adds what the world lacks: a category, an invite and a role in each group."""
        world, none = self.house.world, {"none": uuid4()}
        self.ids = {
            "group_id": world.groups | none,
            "channel_id": world.channels | none,
            "message_id": world.messages | none,
            "thread_id": await self._threads() | none,
            "file_id": await self._files() | none,
            "upload_id": {"": await self._upload()},
            "category_id": dict(none),
            "invite_id": {},
            "role_id": dict(none),
            "user_id": {},
            "session_id": {"": world.sessions["cy"]},
            "other": world.people | none,
        }
        for group, owner in {"G1": "bo", "G2": "hal"}.items():
            path, leader = f"/api/groups/{world.groups[group]}", self.house.person(owner)
            body = {"client_id": str(uuid4()), "name": "First"}
            made = await leader.post(f"{path}/categories", body, expect=201)
            self.ids["category_id"][group] = made["id"]
            made = await leader.post(f"{path}/invites", {}, expect=201)
            self.ids["invite_id"][group] = made["id"]
            body = {"client_id": str(uuid4()), "name": "Spare"}
            made = await leader.post(f"{path}/roles", body, expect=201)
            self.ids["role_id"][group] = made["id"]

    async def _threads(self) -> dict[str, UUID]:
        """A thread on what was said in each place, the archived one included."""
        found = {}
        for place, root in self.house.world.messages.items():
            [row] = await self.house.sql(
                "INSERT INTO thread (id, channel_id, root_kind, root_id)"
                " VALUES (gen_random_uuid(), %s, 'message', %s) RETURNING id",
                self.house.world.channels[place],
                root,
            )
            found[place] = row[0]
        return found

    async def _files(self) -> dict[str, UUID]:
        """A picture in each place, by who spoke there, and one of cy's that is nowhere."""
        found = {}
        for place, author in AUTHORS.items():
            if author:
                person, where = self.house.person(author), self.house.world.channels[place]
                file = await bring_to(self.house, person, where, "a.png", picture())
                found[place] = UUID(file["id"])
        loose = await bring(self.house.person("cy"), "a.png", picture())
        return found | {"loose": UUID(loose["id"])}

    async def _upload(self) -> UUID:
        return UUID((await begin(self.house.person("cy"), "x", 3))["id"])

    def path(self, pattern: str, state: str) -> str:
        """The address of a route in one state. The person acted on is cy in a channel, dee in a
        group."""
        people = self.house.world.people
        target = people["cy" if "/channels/" in pattern else "dee"]

        def value(found: re.Match[str]) -> str:
            name = found.group(1)
            if name == "emoji":
                return quote("👍")
            return str(target if name == "user_id" else self.ids[name][state])

        query = {
            "/api/users": f"?id={people['bo']}",
            "/api/groups/{group_id}/seen-by-roles": f"?role={self.ids['role_id'].get(state)}",
        }
        return re.sub(r"\{(\w+)\}", value, pattern) + query.get(pattern, "")

    async def cell(self, route: str, who: str, state: str) -> str | None:
        """What is wrong with one cell, if anything."""
        method, _, pattern = route.partition(" ")
        wanted = TABLE[route]
        house = self.house
        person = house.anybody() if who == "anybody" else house.person(who)
        known = {"other": self.ids["other"].get(state), "role": self.ids["role_id"].get(state)}
        body = _filled(wanted.body, {f"{{{name}}}": str(value) for name, value in known.items()})
        options = {} if body is None else {"json": body}
        answer = await person.ask(method, self.path(pattern, state), **options)
        expected = wanted.answer(who, state)
        self.cells += 1
        if answer.status_code == expected:
            return None
        return f"{route} as {who} on {state or '-'}: {answer.status_code}, not {expected}"


def _filled(body: Any, known: dict[str, str]) -> Any:
    """A body in which every `{new}` is something new, and other words what they stand for."""
    if isinstance(body, dict):
        return {key: _filled(value, known) for key, value in body.items()}
    if isinstance(body, list):
        return [_filled(value, known) for value in body]
    if body == "{new}":
        return str(uuid4())
    return known.get(body, body) if isinstance(body, str) else body


@pytest.fixture(scope="module")
async def matrix(services: Services, world: World) -> AsyncIterator[Matrix]:
    """One house for the whole table."""
    async with opened(services, world, services.copy(TEMPLATE)) as house:
        matrix = Matrix(house)
        await matrix.furnish()
        patch = pytest.MonkeyPatch()
        patch.setattr(UnitOfWork, "commit", _roll_back)
        yield matrix
        patch.undo()


async def test_a18_the_table_has_every_route_and_no_other(matrix: Matrix) -> None:
    assert set(TABLE) == set(matrix.house.state.policies)


@pytest.mark.parametrize("route", TABLE, ids=str)
async def test_a18_every_cell_of_the_table(matrix: Matrix, route: str) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def cell(who: str, state: str) -> str | None:
        async with gate:
            return await matrix.cell(route, who, state)

    asked = [cell(who, state) for state in TABLE[route].states for who in PEOPLE]
    assert [wrong for wrong in await asyncio.gather(*asked) if wrong] == []


async def test_a18_the_table_is_large(matrix: Matrix) -> None:
    cells = sum(len(route.states) * len(PEOPLE) for route in TABLE.values())
    assert cells > 1_500
