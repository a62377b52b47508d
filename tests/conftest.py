"""One PostgreSQL and one Valkey for all tests; a copy of the world for those that need their own.

`house` is shared: what a test changes there it has made itself. `fresh` is a house of one's own.
"""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import structlog

from courtyard.migrate import migrate
from courtyard.realtime import watchers
from tests import mutants, tab
from tests.house import House, settings_for
from tests.services import EMPTY, TEMPLATE, Services, lent, started
from tests.tap import TAP
from tests.world import CANARIES, READERS, Builder, World


def pytest_configure(config: pytest.Config) -> None:
    """Keeps every log line, and breaks the guard that was asked for."""
    structlog.configure(processors=[TAP.log, structlog.processors.KeyValueRenderer()])
    if mutant := mutants.wanted():
        config.add_cleanup(mutants.breed(mutant).undo)


@pytest.fixture(scope="session", autouse=True)
def _told_at_once() -> Iterator[None]:
    """Presence is not gathered: what a tab is not told, it would not be told later either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watchers, "GATHER", 0.0)
        yield


@pytest.fixture(scope="session")
def services() -> Iterator[Services]:
    """PostgreSQL and Valkey: started here, or lent by who runs several times in a row."""
    if borrowed := lent():
        yield borrowed
        borrowed.drop_all()
        return
    with started() as own:
        yield own


@pytest.fixture(scope="session")
def empty(services: Services) -> str:
    """The name of a database with tables, before the first run."""
    migrate(services.create(EMPTY))
    return EMPTY


@pytest.fixture(scope="session")
async def world(services: Services, empty: str) -> World:
    """The world, in a database to copy from."""
    url = services.create(TEMPLATE, empty)
    house = House(settings_for(url, None, services.folder), None)
    await house.start()
    world = await Builder(house.state).build()
    await house.stop()
    return world


@asynccontextmanager
async def opened(
    services: Services, world: World | None, url: str, **options: Any
) -> AsyncIterator[House]:
    """A house on this database, until the block ends."""
    worker = options.pop("worker", False)
    settings = settings_for(
        url, options.pop("redis_url", services.urls.redis_url), services.folder, **options
    )
    house = House(settings, world, worker=worker)
    await house.start()
    try:
        yield house
    finally:
        await tab.close_all()
        await house.stop()


@pytest.fixture(scope="session")
async def house(services: Services, world: World) -> AsyncIterator[House]:
    """The house that tests share."""
    async with opened(services, world, services.copy(TEMPLATE)) as house:
        yield house


Opener = Callable[..., Any]


@pytest.fixture
async def open_house(services: Services, world: World) -> AsyncIterator[Opener]:
    """Opens further houses: `await open_house(url=…, worker=True, redis_url=None, …)`.

    Without `url` each gets a copy of the world; without a world it is before the first run.
    """
    async with AsyncExitStack() as stack:

        async def open_one(*, empty: bool = False, url: str | None = None, **options: Any) -> House:
            if url is None:
                url = services.copy(EMPTY if empty else TEMPLATE)
            inhabited = None if empty else world
            return await stack.enter_async_context(opened(services, inhabited, url, **options))

        yield open_one


@pytest.fixture
def standing_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock by which limits are counted stands: in a new minute, one more would be let in."""
    at = time.time()
    clock = SimpleNamespace(time=lambda: at)
    monkeypatch.setattr("limits.aio.storage.memory.time", clock)


@pytest.fixture
async def fresh(open_house: Opener) -> House:
    """A house of one's own with the world in it."""
    fresh: House = await open_house()
    return fresh


@pytest.fixture(autouse=True)
def tap() -> Iterator[Any]:
    """Everything this test heard; the canaries of the world are planted already."""
    TAP.canaries.clear()
    for place, canary in CANARIES.items():
        TAP.plant(READERS[place], canary)
    yield TAP
    TAP.judge()


@pytest.fixture(autouse=True)
async def _closed_tabs(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """No tab outlives its test."""
    yield
    await tab.close_all()
