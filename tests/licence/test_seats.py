"""Seats: who takes one, who never needs one, and the race for the last."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

from courtyard.licence import service
from tests.conftest import Opener
from tests.house import House
from tests.licences import PUBLIC, facts, licence
from tests.mutants import instead, nothing
from tests.person import Person

MUTANTS = {
    "seats are not asked for": (
        instead("courtyard.accounts.moments", "tell", nothing),
        ["test_who_comes_when_all_seats_are_taken_waits_outside"],
    ),
    "of two at once both sit": (
        instead("courtyard.licence.service", "Workspace", type("W", (), {"id": 1})),
        ["test_the_last_seats_go_to_as_many_as_there_are"],
    ),
    "a bad licence takes the good one's place": (
        instead("courtyard.licence.service.paper", "read", lambda *_: facts(seats=7)),
        ["test_k08_a_bad_licence_leaves_the_former_one"],
    ),
}
PASSWORD = "four quiet arches of stone"


async def install(house: House, seats: int) -> Any:
    """A licence for this many."""
    return await house.person("ada").put("/api/licence", {"text": licence(seats=seats)})


async def taken(house: House) -> int:
    """How many seats are taken."""
    used: int = (await house.person("ada").get("/api/licence"))["seats_used"]
    return used


async def link(house: House, **limits: Any) -> str:
    """A link into the first group."""
    path = f"/api/groups/{house.world.groups['G1']}/invites"
    token: str = (await house.person("bo").post(path, limits, expect=201))["token"]
    return token


def newcomer(token: str) -> dict[str, str]:
    """Somebody who was never here."""
    email = f"{uuid4().hex}@example.org"
    return {"token": token, "name": "New", "email": email, "password": PASSWORD}


async def test_seats_are_people_who_signed_in_and_are_active(fresh: House) -> None:
    before = await taken(fresh)
    await fresh.newcomer("zoe")
    await fresh.newcomer("machine", kind="bot")
    async with fresh.work() as uow:
        from courtyard.accounts import service as accounts  # noqa: PLC0415 - this test only

        await accounts.add(uow, "Imported", None, None, status="invited")
    assert await taken(fresh) == before + 1
    shown = await install(fresh, 40)
    assert (shown["edition"], shown["seats"], shown["seats_used"]) == ("licensed", 40, before + 1)
    assert shown["licence"]["issued_to"] == "Lantern Works"


async def test_who_comes_when_all_seats_are_taken_waits_outside(fresh: House) -> None:
    await install(fresh, await taken(fresh))
    token = await link(fresh)
    answer = await fresh.anybody().post("/api/invites/join", newcomer(token), expect=403)
    assert answer["error"]["code"] == "no_seats"
    # Nothing was made, and the link was not used up.
    [invite] = [i for i in await fresh.person("bo").get(
        f"/api/groups/{fresh.world.groups['G1']}/invites") if not i["revoked"]][:1]  # fmt: skip
    assert invite["uses"] == 0
    [(people,)] = await fresh.sql("SELECT count(*) FROM \"user\" WHERE name = 'New'")
    assert people == 0
    # Whoever has a seat keeps it, on as many devices as they like; nothing is read-only.
    await fresh.another_device(fresh.person("cy"))
    await fresh.person("cy").say(fresh.world.channels["open"])
    # Who looks after the workspace always gets in.
    await fresh.newcomer("chief", role="admin")
    await install(fresh, await taken(fresh) + 1)
    await fresh.anybody().post("/api/invites/join", newcomer(token))


async def test_the_last_seats_go_to_as_many_as_there_are(fresh: House) -> None:
    await install(fresh, await taken(fresh) + 3)
    # A link each: those who use the same one wait for each other anyway.
    links = [await link(fresh) for _ in range(12)]
    asks = [fresh.anybody().ask("POST", "/api/invites/join", json=newcomer(one)) for one in links]
    codes = sorted(answer.status_code for answer in await asyncio.gather(*asks))
    assert codes == [200] * 3 + [403] * 9


async def test_without_a_licence_ten_have_a_seat(open_house: Opener) -> None:
    house = await open_house()
    await house.sql("DELETE FROM licence")
    shown = await house.person("ada").get("/api/licence")
    assert (shown["edition"], shown["seats"], shown["licence"]) == (
        "free",
        service.FREE_SEATS,
        None,
    )


async def test_k08_a_bad_licence_leaves_the_former_one(fresh: House) -> None:
    ada: Person = fresh.person("ada")
    good = await install(fresh, 60)
    wrong = licence(seats=70).replace("LICENCE 1", "LICENCE 3")
    answer = await ada.put("/api/licence", {"text": wrong}, expect=422)
    assert answer["error"]["code"] == "bad_licence"
    await ada.post("/api/licence/look", {"text": wrong}, expect=422)
    assert await ada.get("/api/licence") == good
    look = await ada.post("/api/licence/look", {"text": licence(seats=80)})
    assert look["seats"] == 80
    assert await ada.get("/api/licence") == good


async def test_k08_a_licence_no_longer_believed_hides_nothing(fresh: House) -> None:
    await install(fresh, 60)
    known = dict(service.TRUSTED)
    service.TRUSTED.clear()
    try:
        shown = await fresh.person("ada").get("/api/licence")
        assert (shown["edition"], shown["seats"]) == ("free", service.FREE_SEATS)
        assert "does not know" in shown["problem"]
        await fresh.person("cy").say(fresh.world.channels["open"])
    finally:
        service.TRUSTED.update(known)


async def test_it_is_noted_without_words(fresh: House) -> None:
    shown = await install(fresh, 60)
    [row] = await fresh.sql(
        "SELECT object_id, details FROM audit WHERE action = 'licence.installed'"
        " ORDER BY id DESC LIMIT 1"
    )
    assert (str(row[0]), row[1]) == (shown["licence"]["id"], {"seats": 60})


async def test_the_command_shows_and_installs(fresh: House, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(licence(seats=33, issued_to="Harbour & Sons"))
    bad.write_bytes(b"\xff\xfe nothing")

    def typed(*words: object) -> "subprocess.CompletedProcess[str]":
        env = {
            **os.environ,
            "COURTYARD_DATABASE_URL": fresh.settings.database_url or "",
            "COURTYARD_REDIS_URL": fresh.settings.redis_url or "",
            "COURTYARD_DATA_DIR": str(fresh.settings.data_dir),
            "COURTYARD_LICENCE_KEYS": PUBLIC,
        }
        command = [sys.executable, "-m", "courtyard.cli", "licence", *map(str, words)]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    done = await asyncio.to_thread(typed, "install", good)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Licensed to Harbour & Sons" in done.stdout
    refused = await asyncio.to_thread(typed, "install", bad)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("courtyard: This is not a licence of Courtyard")
    shown = await asyncio.to_thread(typed, "show")
    assert "of 33 taken" in shown.stdout
