"""N: small faults of the database and of the bus. The large ones are drills."""

import asyncio
import time
from contextlib import AsyncExitStack
from typing import Any

import psycopg
import pytest

from courtyard.core import database
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead
from tests.patience import until
from tests.world import PASSWORD

MUTANTS = {
    "trouble is an error": (
        instead("courtyard.core.unit_of_work", "WAITABLE", ()),
        ["test_n26_a_row_that_is_held_makes_one_wait_and_then_come_back"],
    ),
    "without redis nobody gets in": (
        instead("courtyard.core.limits", "RedisError", ZeroDivisionError),
        ["test_n03_without_the_bus_everything_still_works"],
    ),
}


async def test_n26_a_row_that_is_held_makes_one_wait_and_then_come_back(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place, other = await house.group(zoe), await house.group(zoe)
    async with await psycopg.AsyncConnection.connect(house.settings.database_url) as holder:
        await holder.execute("SELECT 1 FROM stream WHERE id = %s FOR UPDATE", (place.channel,))
        waiting = asyncio.create_task(_timed(zoe, place.channel))
        await zoe.say(other.channel)
        status, seconds, again = await waiting
    assert status == 503
    assert again
    assert seconds < database.STATEMENT_MS / 1000 + 1
    await zoe.say(place.channel)


async def _timed(person: Any, channel: Any) -> tuple[int, float, str | None]:
    started = time.monotonic()
    body = {"client_id": "01a20000-0000-7000-8000-000000000000", "text": "x"}
    answer = await person.ask("POST", f"/api/channels/{channel}/messages", json=body)
    return answer.status_code, time.monotonic() - started, answer.headers.get("retry-after")


async def test_n26_no_connection_left_is_said_and_recovers(open_house: Opener) -> None:
    house: House = await open_house(database_pool=2)
    cy, channel = house.person("cy"), house.world.channels["open"]
    await cy.say(channel)
    async with AsyncExitStack() as stack:
        for _ in range(2):
            await stack.enter_async_context(house.state.database.raw())
            session = await stack.enter_async_context(house.state.database.session())
            await session.connection()
        posted, asked = await asyncio.gather(
            cy.ask("POST", f"/api/channels/{channel}/messages", 503,
                   json={"client_id": str(channel), "text": "x"}),
            cy.ask("GET", "/api/me", 503),
        )  # fmt: skip
        assert posted.headers["retry-after"]
        assert asked.headers["retry-after"]
    await cy.say(channel)
    await cy.get("/api/me")


async def test_n26_a_forgotten_transaction_does_not_hold_others_for_ever(house: House) -> None:
    zoe = await house.newcomer("zoe")
    place = await house.group(zoe)
    async with house.state.database.session() as session:
        await session.execute(
            database.Base.metadata.tables["stream"].select().where(
                database.Base.metadata.tables["stream"].c.id == place.channel
            ).with_for_update()
        )  # fmt: skip

        async def free() -> bool:
            said = await zoe.ask(
                "POST",
                f"/api/channels/{place.channel}/messages",
                json={"client_id": str(place.channel), "text": "x"},
            )
            return said.status_code == 201

        await until(free, "the end of a forgotten transaction", 12)
        with pytest.raises(Exception, match=r"closed|terminat"):
            await session.commit()
            await session.execute(database.Base.metadata.tables["stream"].select())
        await session.invalidate()


async def test_n03_without_the_bus_everything_still_works(open_house: Opener) -> None:
    house: House = await open_house(redis_url="unix:///nowhere/valkey.sock")
    body = {"email": "cy@example.org", "password": PASSWORD}
    await house.anybody("cy").post("/api/sessions", body)
    cy, channel = house.person("cy"), house.world.channels["open"]
    tab = await house.person("dee").tab(channel)
    said = await cy.say(channel)
    await tab.message(said["id"])
    assert await house.anybody().get("/api/health") == {"status": "degraded"}


async def test_n03_a_bus_that_comes_back_is_used_again(open_house: Opener) -> None:
    here: House = await open_house()
    there = await open_house(url=here.settings.database_url)
    await until(lambda: here.state.bus.company and there.state.bus.company)
    channel = here.world.channels["open"]
    tab = await there.person("dee").tab(channel)
    async with here.state.bus._client() as client:
        await client.client_kill_filter(_type="pubsub")
        await client.client_kill_filter(_type="normal", skipme=True)
    said = await here.person("cy").say(channel)
    await tab.message(said["id"], timeout=5)
    await until(lambda: here.state.bus.alive and there.state.bus.alive)
    said = await here.person("cy").say(channel)
    await tab.message(said["id"])
