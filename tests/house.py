"""A house: one application on a real port of the loopback, inside the loop of the tests."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import uvicorn
from psycopg.rows import TupleRow
from sqlalchemy import select

from courtyard import process
from courtyard.accounts import service as accounts
from courtyard.accounts import sessions
from courtyard.accounts.models import User
from courtyard.accounts.sessions import Device
from courtyard.app import create_app
from courtyard.channels import service as channels
from courtyard.channels.models import Channel
from courtyard.channels.schemas import NewChannel
from courtyard.core.ids import new_id
from courtyard.core.settings import Settings
from courtyard.core.unit_of_work import UnitOfWork, work
from courtyard.groups import service as groups
from courtyard.groups.access import open_group
from courtyard.groups.models import Role
from courtyard.groups.schemas import NewGroup
from tests.licences import PUBLIC
from tests.person import Person
from tests.place import Place
from tests.world import World

DESK = Device("a desk", "127.0.0.1")


class _Resting:
    """Stands in for the worker where a test is not about reactions and jobs."""

    async def run(self) -> None:
        await asyncio.Event().wait()


class _Server(uvicorn.Server):
    """Uvicorn that says when it is up and leaves the signals to the test run."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    def capture_signals(self) -> Any:
        return contextlib.nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


class House:
    """A running application, its database, and the people of the world in it."""

    def __init__(self, settings: Settings, world: World | None, *, worker: bool = False) -> None:
        self.settings = settings
        self.world = world
        self._gate: Any = create_app(settings)
        self.state = self._gate._app._api.state
        name = (settings.database_url or "").partition("?")[0].rpartition("/")[2]
        self.state.bus._channel = name.encode()
        if not worker:
            self.state.worker = _Resting()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.http = httpx.AsyncClient(base_url=self.origin, timeout=30)
        self.http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    async def start(self) -> None:
        """Begins to serve as `courtyard serve` does."""
        config = process.configuration(self.settings, None)
        config.app = lambda: self._gate
        config.timeout_graceful_shutdown = 1
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._listener]))
        up = asyncio.create_task(self._server.up.wait())
        await asyncio.wait({up, self._serving}, return_when=asyncio.FIRST_COMPLETED)
        if self._serving.done():
            up.cancel()
            self._serving.result()

    async def stop(self) -> None:
        """Ends it in good order."""
        await self.http.aclose()
        self._server.should_exit = True
        await self._serving

    # People

    def person(self, name: str) -> Person:
        """Somebody of the world."""
        assert self.world
        user_id, session_id = self.world.people[name], self.world.sessions[name]
        return Person(self, name, user_id, session_id)

    def anybody(self, name: str = "anybody", **headers: str) -> Person:
        """Somebody who is not signed in."""
        return Person(self, name, None, None, headers)

    async def newcomer(self, name: str, *, role: str = "member", kind: str = "human") -> Person:
        """A new account, signed in, in no group yet; the password is the world's."""
        assert self.world
        async with self.work() as uow:
            user = await accounts.add(
                uow,
                name,
                f"{name}.{new_id().hex}@example.org",
                self.world.password_hash,
                status="active",
                workspace_role=role,
                kind=kind,
            )
            session = await sessions.begin(uow, user, DESK, remember=True)
        return Person(self, name, user.id, session.id)

    async def another_device(self, person: Person) -> Person:
        """The same person on another device."""
        async with self.work() as uow:
            user = await accounts.get(uow.db, person.id)
            session = await sessions.begin(uow, user, DESK, remember=True)
        return Person(self, person.name, person.id, session.id)

    # Places

    async def group(self, owner: Person, *members: Person, role: str = "member") -> Place:
        """A new group with its first channel, and people who joined it."""
        async with self.work(owner.id) as uow:
            body = NewGroup(client_id=new_id(), name=f"Group {new_id().hex[-6:]}")
            group_id = (await groups.found(uow, owner.id, body)).id
        place = Place(group_id, await self._first_channel(group_id))
        await self.join(place.group, *members, role=role)
        return place

    async def _first_channel(self, group_id: UUID) -> UUID:
        async with self.state.database.session() as db:
            rows = await db.execute(select(Channel.id).where(Channel.group_id == group_id))
            return rows.scalar_one()

    async def join(self, group_id: UUID, *people: Person, role: str = "member") -> None:
        """Puts people into a group."""
        for person in people:
            async with self.work(person.id) as uow:
                wanted = select(Role.id).where(Role.group_id == group_id, Role.kind == role)
                role_id = (await uow.db.execute(wanted)).scalar_one()
                await groups.join(uow, group_id, person.id, role_id)

    async def channel(self, group_id: UUID, maker: Person, *let_in: Person) -> UUID:
        """A channel: open to the group, or with people who are let in, closed to the rest."""
        async with self.work(maker.id) as uow:
            group = await open_group(uow.db, maker.id, group_id)
            name = f"place-{new_id().hex[-8:]}"
            body = NewChannel(client_id=new_id(), name=name, private=bool(let_in))
            channel = await channels.create(uow, group, maker.id, body)
        for person in let_in:
            await maker.put(f"/api/channels/{channel.id}/people/{person.id}", expect=204)
        return channel.id

    # The database behind it

    @asynccontextmanager
    async def work(self, actor_id: UUID | None = None) -> AsyncIterator[UnitOfWork]:
        """A unit of work like a request's."""
        async with work(self.state.database, self.state.bus) as uow:
            uow.actor_id = actor_id
            yield uow

    async def sql(self, statement: str, *values: Any) -> list[TupleRow]:
        """Rows of one statement, on a connection of its own in autocommit."""
        async with await psycopg.AsyncConnection.connect(
            self.settings.database_url or "", autocommit=True
        ) as connection:
            found = await connection.execute(statement, values)  # type: ignore[arg-type]
            return await found.fetchall() if found.description else []

    async def user(self, user_id: UUID) -> User:
        """A person's row."""
        async with self.state.database.session() as db:
            return await db.get_one(User, user_id)


def settings_for(database_url: str, redis_url: str | None, folder: Path, **others: Any) -> Settings:
    """Settings of a test's house: wide limits, few connections."""
    values = {"database_pool": 6, "limit_factor": 1000.0, "licence_keys": PUBLIC} | others
    return Settings(data_dir=folder, database_url=database_url, redis_url=redis_url, **values)
