"""Demo content: groups of named people with believable talk, for a first look at the product.

Made through the same verbs as everything else. Making it again changes nothing.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from courtyard.accounts import bulk as accounts
from courtyard.accounts import service as accounts_service
from courtyard.accounts.bulk import NewAccount
from courtyard.audit.service import record
from courtyard.channels import bulk as channels
from courtyard.channels import follows, layout
from courtyard.channels.access import open_channel
from courtyard.channels.bulk import NewPlace
from courtyard.channels.schemas import Layout, NewCategory, Read, Slot
from courtyard.core.blobs import Blobs
from courtyard.core.clock import now, to_position
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import bulk as members
from courtyard.groups import service as groups
from courtyard.groups.schemas import NewGroup
from courtyard.integrations import portraits
from courtyard.integrations.demo_people import FIGURES
from courtyard.integrations.demo_shapes import Line, Room
from courtyard.integrations.demo_talk import DISCHARGE
from courtyard.messages import bulk as messages
from courtyard.messages import reactions
from courtyard.messages.bulk import Imported
from courtyard.messages.models import Message
from courtyard.messages.service import OpenMessage
from courtyard.messages.whole import KIND
from courtyard.notifications import service as notifications
from courtyard.notifications.delivery import Notice
from courtyard.workspace import service as workspace_service

NAMESPACE = UUID("0d0c1b6e-52c8-4f1c-9d52-8f0f7a0f3f11")


@dataclass(slots=True, frozen=True)
class Scene:
    """A group of the demo content."""

    key: str
    name: str
    description: str
    rooms: tuple[Room, ...]

    @property
    def people(self) -> list[str]:
        """The keys of all who speak."""
        return list(dict.fromkeys(line.who for room in self.rooms for line in room.talk))


# Fresh lines were said within this time.
RECENT = timedelta(hours=1)
DISCHARGE_SCENE = Scene(
    "discharge",
    "Discharge redesign",
    "From the doctor's word to the front door in two hours",
    DISCHARGE,
)


async def make(uow: UnitOfWork, blobs: Blobs, actor_id: UUID, scene: Scene) -> UUID:
    """Makes a group of demo content, with the actor as its owner; returns its id.

    Its people are invited accounts without address and password: nobody can sign in as them.
    When the content is there already, the actor is only let in.
    """
    workspace = (await workspace_service.get(uow.db)).id
    maker = _Maker(uow, actor_id, workspace, scene)
    made = await members.by_client_id(uow.db, maker.name("group", scene.key))
    if made:
        await members.join_many(uow, made.id, [actor_id], "admin")
        for channel_id in await maker.channel_ids():
            await channels.follow_many(uow, channel_id, [actor_id])
        return made.id
    await people(uow, blobs, workspace, scene.people)
    return await maker.make()


def person_id(workspace: UUID, key: str) -> UUID:
    """The account of somebody of the demo content, unless they have one by their address."""
    return uuid5(NAMESPACE, f"{workspace}|person|{key}")


async def people(
    uow: UnitOfWork, blobs: Blobs, workspace: UUID, keys: Iterable[str]
) -> dict[str, UUID]:
    """Makes the accounts of demo people that are missing, with portraits; returns all by key."""
    found = await whereabouts(uow, workspace, keys)
    missing = {key: person_id(workspace, key) for key in keys if key not in found}
    await accounts.add_many(
        uow,
        [
            NewAccount(made, FIGURES[key].name, title=FIGURES[key].title)
            for key, made in missing.items()
        ],
    )
    for key, made in (found | missing).items():
        user = await accounts_service.get(uow.db, made)
        if user.avatar_id is None:
            picture = await asyncio.to_thread(portraits.draw, FIGURES[key].looks)
            await accounts_service.set_avatar(uow, user, await blobs.put("avatar", picture))
    return found | missing


async def whereabouts(uow: UnitOfWork, workspace: UUID, keys: Iterable[str]) -> dict[str, UUID]:
    """The accounts that demo people have already, by key: made here, or with their address."""
    by_id = await accounts.by_ids(uow.db, [person_id(workspace, key) for key in keys])
    by_address = await accounts.by_emails(uow.db, [FIGURES[key].address for key in keys])
    found = {}
    for key in keys:
        user = by_id.get(person_id(workspace, key)) or by_address.get(FIGURES[key].address)
        if user:
            found[key] = user.id
    return found


class _Maker:
    """Makes one scene in one unit of work."""

    def __init__(self, uow: UnitOfWork, actor_id: UUID, workspace: UUID, scene: Scene) -> None:
        self._uow = uow
        self._actor_id = actor_id
        self._workspace = workspace
        self._scene = scene
        self._now = now()

    def name(self, *parts: object) -> UUID:
        """A lasting id within this workspace."""
        return uuid5(NAMESPACE, "|".join(map(str, (self._workspace, *parts))))

    async def channel_ids(self) -> list[UUID]:
        """The channels of the scene that are there."""
        wanted = [self._place(room) for room in self._scene.rooms]
        known = await channels.imported(self._uow.db, wanted)
        return [known[one].id for one in wanted if one in known]

    async def make(self) -> UUID:
        """Everything, in the order in which it would have happened."""
        scene = self._scene
        body = NewGroup(
            client_id=self.name("group", scene.key), name=scene.name, description=scene.description
        )
        group = await groups.found(self._uow, self._actor_id, body)
        crew = await whereabouts(self._uow, self._workspace, scene.people)
        others = [one for one in crew.values() if one != self._actor_id]
        await members.join_many(self._uow, group.id, others, "member")
        made = await channels.add_many(self._uow, group.id, self._actor_id, self._places(), "demo")
        await self._arrange(group.id, made)
        for room in scene.rooms:
            await self._fill(room, made, crew)
        record(self._uow, "demo.made", group.id)
        return group.id

    def _place(self, room: Room) -> UUID:
        return self.name("channel", self._scene.key, room.name)

    def _places(self) -> list[NewPlace]:
        return [
            NewPlace(
                client_id=self._place(room),
                name=room.name,
                topic=room.topic,
                created_at=self._at(room.talk[0]) - timedelta(hours=1),
                archived=False,
                first=room is self._scene.rooms[0],
            )
            for room in self._scene.rooms
        ]

    async def _arrange(self, group_id: UUID, made: dict[UUID, UUID]) -> None:
        headings: dict[str, UUID] = {}
        for heading in dict.fromkeys(room.heading for room in self._scene.rooms):
            body = NewCategory(client_id=self.name("category", heading), name=heading)
            headings[heading] = (await layout.add_category(self._uow, group_id, body)).id
        slots = [
            Slot(id=made[self._place(room)], category_id=headings[room.heading])
            for room in self._scene.rooms
        ]
        order = Layout(categories=list(headings.values()), channels=slots)
        await layout.arrange(self._uow, group_id, self._actor_id, order)

    async def _fill(self, room: Room, made: dict[UUID, UUID], crew: dict[str, UUID]) -> None:
        """The talk of a channel; what is fresh comes after everybody has read the rest."""
        channel_id = made[self._place(room)]
        said = self._said(room, crew, self._links(made, crew))
        old = [one for line, one in said if not line.fresh and not one.root]
        await messages.import_batch(self._uow, channel_id, old)
        readers = {*crew.values(), self._actor_id}
        await channels.follow_many(self._uow, channel_id, readers)
        read = Read(position=to_position(max(one.at for one in old)))
        await follows.mark_read(self._uow, self._actor_id, channel_id, read)
        await messages.import_batch(
            self._uow, channel_id, [one for line, one in said if line.fresh]
        )
        await messages.import_batch(self._uow, channel_id, [one for _, one in said if one.root])
        await self._hang_on(channel_id, said, crew)

    def _links(self, made: dict[UUID, UUID], crew: dict[str, UUID]) -> dict[str, str]:
        """What the short names of people and channels stand for."""
        people = {f"@{{{key}}}": f"[@{FIGURES[key].name}](user:{one})" for key, one in crew.items()}
        places = {
            f"#{{{room.name}}}": f"[#{room.name}](channel:{made[self._place(room)]})"
            for room in self._scene.rooms
        }
        return people | places

    def _said(
        self, room: Room, crew: dict[str, UUID], links: dict[str, str]
    ) -> list[tuple[Line, Imported]]:
        """The lines of a channel and their replies, as they are stored."""

        def one(line: Line, name: UUID, root: UUID | None = None) -> tuple[Line, Imported]:
            text = line.text
            for short, link in links.items():
                text = text.replace(short, link)
            return line, Imported(name, crew[line.who], self._at(line), text, root=root)

        found = []
        for number, line in enumerate(room.talk):
            name = self.name("message", self._scene.key, room.name, number)
            found.append(one(line, name))
            found += [one(reply, uuid5(name, str(n)), name) for n, reply in enumerate(line.replies)]
        return found

    async def _hang_on(
        self, channel_id: UUID, said: list[tuple[Line, Imported]], crew: dict[str, UUID]
    ) -> None:
        """Reactions, and word of it for whom a recent line names."""
        db = self._uow.db
        stored = await messages.by_name(db, channel_id, [one.client_id for _, one in said])
        place = await open_channel(db, self._actor_id, channel_id)
        notices = []
        for line, one in said:
            message = stored[one.client_id]
            for emoji, keys in line.reactions.items():
                for key in keys.split():
                    await reactions.react(self._uow, OpenMessage(message, place), crew[key], emoji)
            if line.when.startswith("-"):
                named = [user for key, user in crew.items() if f"@{{{key}}}" in line.text]
                notices += [_notice(message, user) for user in named]
        await notifications.notify(self._uow, notices)

    def _at(self, line: Line) -> datetime:
        """When a line was said, before now."""
        if line.when.startswith("-"):
            return self._now - timedelta(minutes=int(line.when[1:]))
        days, clock = line.when.split()
        hour, minute = clock.split(":")
        day = self._now - timedelta(days=int(days))
        at = day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        # In the small hours "today at eight" has not been yet, and what is fresh comes after it.
        return at if at < self._now - RECENT else at - timedelta(days=1)


def _notice(message: Message, user_id: UUID) -> Notice:
    return Notice(
        user_id=user_id,
        why="mention",
        place_id=message.channel_id,
        thread_id=message.thread_id,
        object_kind=KIND,
        object_id=message.id,
        actor_id=message.author_id,
        position=message.position,
    )


def accounts_of(scenes: Sequence[Scene]) -> list[str]:
    """The keys of everybody who speaks in these scenes."""
    return list(dict.fromkeys(key for scene in scenes for key in scene.people))
