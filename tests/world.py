"""The world of the tests: two groups, named people, private places, a canary in each.

Made once with the server's own verbs, in a database from which every test's own is copied.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from courtyard.accounts import passwords, sessions
from courtyard.accounts import service as accounts
from courtyard.accounts.access import Actor
from courtyard.accounts.models import User
from courtyard.accounts.schemas import Setup
from courtyard.accounts.sessions import Device
from courtyard.accounts.tokens import Claim
from courtyard.channels import conversations
from courtyard.channels import service as channels
from courtyard.channels.access import open_channel
from courtyard.channels.models import Channel
from courtyard.channels.schemas import NewChannel
from courtyard.core.clock import now
from courtyard.core.ids import new_id
from courtyard.core.unit_of_work import UnitOfWork, work
from courtyard.groups import service as groups
from courtyard.groups.access import open_group
from courtyard.groups.models import Role
from courtyard.groups.schemas import NewGroup
from courtyard.licence import service as licences
from courtyard.messages.models import Message
from courtyard.messages.post import Draft
from courtyard.messages.schemas import NewMessage
from courtyard.workspace import service as workspace
from tests.licences import licence

PASSWORD = "seven quiet lanterns"

# Who is who, in the words of the safety cases.
PEOPLE = {
    "ada": "looks after the workspace, is in no group",
    "bo": "owns G1, made its closed channel",
    "gil": "administers G1, was not let into the closed channel",
    "cy": "member of G1, let in",
    "dee": "member of G1, not let in",
    "gus": "guest in G1, let into the open channel only",
    "rob": "bot, member of G1, not let in",
    "hal": "owns G2",
    "eve": "was in G1 and let in, then removed",
    "fay": "was in G1 and let in, then deactivated",
}
# Place → who may read it.
READERS = {
    "open": {"bo", "gil", "cy", "dee", "gus", "rob"},
    "closed": {"bo", "cy"},
    "old": {"bo", "gil", "cy", "dee", "rob"},
    "far": {"hal"},
    "talk": {"cy", "dee"},
}
CANARIES = {name: f"canary-of-{name}-6b1f" for name in READERS if name != "open"}


NOWHERE = UUID(int=0)


@dataclass(slots=True)
class World:
    """Ids by name. Channels: `open`, `closed` and archived `old` of G1, `far` of G2, `talk`
    between cy and dee; each holds a message by the first of its people."""

    password_hash: str = ""
    people: dict[str, UUID] = field(default_factory=dict)
    sessions: dict[str, UUID] = field(default_factory=dict)
    groups: dict[str, UUID] = field(default_factory=dict)
    channels: dict[str, UUID] = field(default_factory=dict)
    messages: dict[str, UUID] = field(default_factory=dict)
    workspace: UUID = NOWHERE


class Builder:
    """Makes the world through the verbs of the server."""

    def __init__(self, state: Any) -> None:
        self._state = state
        self.world = World()

    def _work(self) -> Any:
        return work(self._state.database, self._state.bus)

    async def build(self) -> World:
        """Everything, in the order in which it happened."""
        self.world.password_hash = await passwords.hash_password(PASSWORD)
        await self._workspace()
        for name in PEOPLE:
            await self._person(name)
        for name, owner in {"G1": "bo", "G2": "hal"}.items():
            await self._group(name, owner)
        for name in ("gil", "cy", "dee", "gus", "rob", "eve", "fay"):
            await self._join("G1", name, {"gil": "admin", "gus": "guest"}.get(name, "member"))
        await self._places()
        await self._talk()
        await self._departures()
        return self.world

    async def _workspace(self) -> None:
        async with self._work() as uow:
            body = Setup(
                workspace_name="Lantern Works",
                name="ada",
                email="ada@example.org",
                password=PASSWORD,
            )
            user = await accounts.set_up(uow, body, None)
            await licences.install(uow, licence())
            await self._begin(uow, user)
            self.world.workspace = (await workspace.get(uow.db)).id

    async def _person(self, name: str) -> None:
        if name == "ada":
            return
        async with self._work() as uow:
            user = await accounts.add(
                uow,
                name,
                f"{name}@example.org",
                self.world.password_hash,
                status="active",
                workspace_role="guest" if name == "gus" else "member",
                kind="bot" if name == "rob" else "human",
            )
            await self._begin(uow, user)

    async def _begin(self, uow: UnitOfWork, user: User) -> None:
        session = await sessions.begin(uow, user, Device("seeded", "127.0.0.1"), remember=True)
        session.expires_at = now() + timedelta(days=300)
        self.world.people[user.name] = user.id
        self.world.sessions[user.name] = session.id

    async def _group(self, name: str, owner: str) -> None:
        owner_id = self.world.people[owner]
        async with self._work() as uow:
            uow.actor_id = owner_id
            body = NewGroup(client_id=new_id(), name=name, description=f"{name} for short")
            self.world.groups[name] = (await groups.found(uow, owner_id, body)).id

    async def _join(self, group: str, name: str, kind: str) -> None:
        group_id = self.world.groups[group]
        async with self._work() as uow:
            uow.actor_id = self.world.people[name]
            role_id = await _role(uow, group_id, kind)
            await groups.join(uow, group_id, self.world.people[name], role_id)

    async def _places(self) -> None:
        owner, ids = self.world.people["bo"], self.world.channels
        async with self._work() as uow:
            uow.actor_id = owner
            group = await open_group(uow.db, owner, self.world.groups["G1"])
            for name, private in {"closed": True, "old": False}.items():
                body = NewChannel(client_id=new_id(), name=name, private=private)
                ids[name] = (await channels.create(uow, group, owner, body)).id
            await uow.db.flush()
            closed = await open_channel(uow.db, owner, ids["closed"])
            for name in ("cy", "eve", "fay"):
                await channels.let_in(uow, closed, self.world.people[name])
            for name, group_name in {"open": "G1", "far": "G2"}.items():
                ids[name] = await _first(uow, self.world.groups[group_name])
            gate = await open_channel(uow.db, owner, ids["open"])
            await channels.let_in(uow, gate, self.world.people["gus"])
        ids["talk"] = await self._conversation("cy", "dee")

    async def _conversation(self, opener: str, *others: str) -> UUID:
        people = self.world.people
        async with self._work() as uow:
            uow.actor_id = people[opener]
            user = await accounts.get(uow.db, people[opener])
            actor = Actor(user, self.world.sessions[opener])
            return (await conversations.open(uow, actor, [people[name] for name in others])).id

    async def _talk(self) -> None:
        authors = {"open": "cy", "closed": "cy", "old": "cy", "far": "hal", "talk": "cy"}
        for place, author in authors.items():
            claim = Claim(self.world.people[author], self.world.sessions[author])
            text = f"Said in {place}: {CANARIES.get(place, 'nothing secret')}"
            draft = Draft(
                self.world.channels[place], NewMessage(client_id=new_id(), text=text), None
            )
            await self._state.poster.post(claim, draft)
        async with self._work() as uow:
            for place, channel_id in self.world.channels.items():
                self.world.messages[place] = await _message(uow, channel_id)

    async def _departures(self) -> None:
        owner = self.world.people["bo"]
        async with self._work() as uow:
            uow.actor_id = owner
            old = await open_channel(uow.db, owner, self.world.channels["old"])
            await channels.archive(uow, old, archived=True)
            group = await open_group(uow.db, owner, self.world.groups["G1"])
            await groups.remove(uow, group, owner, self.world.people["eve"])
            await accounts.deactivate(uow, await accounts.get(uow.db, self.world.people["fay"]))


async def _role(uow: UnitOfWork, group_id: UUID, kind: str) -> UUID:
    wanted = select(Role.id).where(Role.group_id == group_id, Role.kind == kind)
    return (await uow.db.execute(wanted)).scalar_one()


async def _first(uow: UnitOfWork, group_id: UUID) -> UUID:
    wanted = select(Channel.id).where(Channel.group_id == group_id, Channel.is_default)
    return (await uow.db.execute(wanted)).scalar_one()


async def _message(uow: UnitOfWork, channel_id: UUID) -> UUID:
    wanted = select(Message.id).where(Message.channel_id == channel_id)
    return (await uow.db.execute(wanted)).scalar_one()
