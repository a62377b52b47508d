"""Whether the parts answer, in public and in the first run."""

from courtyard.core.bus import Bus
from courtyard.core.database import Database
from courtyard.workspace import health
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead
from tests.patience import until

_asked = health._database


async def _trusting(database: Database) -> tuple[str, bool, int] | None:
    found = await _asked(database)
    return found and (found[0], True, found[2])


MUTANTS = {
    "health takes commits on trust": (
        instead("courtyard.workspace.health", "_database", _trusting),
        ["test_commits_that_are_not_durable_are_said_aloud"],
    ),
}


async def test_anybody_may_ask_and_learns_one_word(house: House) -> None:
    await until(lambda: house.state.bus.alive)
    assert await house.anybody().get("/api/health") == {"status": "ok"}


async def test_without_the_bus_it_is_degraded(open_house: Opener) -> None:
    house = await open_house(redis_url="unix:///nowhere/valkey.sock")
    assert await house.anybody().get("/api/health") == {"status": "degraded"}


async def test_without_the_database_it_is_starting(open_house: Opener) -> None:
    house = await open_house(url="postgresql://nobody@/none?host=/nowhere", database_pool=2)
    body = (await house.anybody().ask("GET", "/api/health", 503)).json()
    assert body == {"status": "starting"}


async def test_the_public_face_says_no_more_than_needed(house: House) -> None:
    face = await house.anybody().get("/api/workspace")
    assert face == {
        "name": "Lantern Works",
        "state": "ready",
        "setup_code_required": False,
        "version": "0.1.0",
        "min_client": 1,
    }


async def test_the_checks_of_the_first_run_are_closed_afterwards(house: House) -> None:
    await house.anybody().get("/api/setup/checks", expect=404)
    await house.person("cy").get("/api/setup/checks", expect=404)


async def test_the_first_run_is_told_of_every_part(open_house: Opener) -> None:
    house = await open_house(empty=True)
    await until(lambda: house.state.bus.alive)
    checks = {c["name"]: c for c in (await house.anybody().get("/api/setup/checks"))["checks"]}
    assert {"database", "storage", "bus"} <= set(checks)
    assert checks["database"]["ok"]
    assert checks["database"]["detail"].startswith("PostgreSQL 18")


async def test_commits_that_are_not_durable_are_said_aloud(open_house: Opener) -> None:
    house = await open_house(empty=True)
    name = house.settings.database_url.partition("?")[0].rpartition("/")[2]
    await house.sql(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    unsafe = await open_house(url=house.settings.database_url)
    checks = {c["name"]: c for c in (await unsafe.anybody().get("/api/setup/checks"))["checks"]}
    assert not checks["database"]["ok"]
    assert "synchronous_commit" in checks["database"]["detail"]
    assert await unsafe.anybody().get("/api/health") == {"status": "degraded"}


async def test_a_bus_without_redis_answers_no_ping() -> None:
    assert not await Bus(None).ping()
