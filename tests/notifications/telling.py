"""Telling people of things, and what an inbox looks like to somebody who only heard of it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from courtyard.core.ids import new_id
from courtyard.notifications import service
from courtyard.notifications.delivery import Notice
from courtyard.realtime import catchup
from tests.house import House
from tests.person import Person


def notice(
    person: Person | UUID, actor: Person, place: UUID | None, why: Any = "mention", **more: Any
) -> Notice:
    """Somebody shall be told of a message, a new one unless it is named."""
    user_id = person.id if isinstance(person, Person) else person
    known = {"object_kind": "message", "object_id": new_id()} | more
    return Notice(user_id, why=why, actor_id=actor.id, place_id=place, **known)


async def tell(
    house: House,
    actor: Person,
    place: UUID | None,
    *people: Person | UUID,
    object_id: UUID | None = None,
    **more: Any,
) -> UUID:
    """Tells people of one message; returns its id."""
    told = object_id or new_id()
    async with house.work(actor.id) as uow:
        notices = [notice(one, actor, place, object_id=told, **more) for one in people]
        await service.notify(uow, notices)
    return told


async def inbox(person: Person, **query: Any) -> Any:
    """The page of a person's inbox that a query asks for."""
    return await person.get("/api/activity", params=query)


async def heard(person: Person, **query: Any) -> list[str]:
    """The objects in a person's inbox, newest first."""
    return [one["object_id"] for one in (await inbox(person, **query))["notifications"]]


async def number(person: Person, channel: UUID) -> int:
    """The number at a channel in a person's sidebar."""
    mentions: int = (await person.get(f"/api/channels/{channel}"))["mentions"]
    return mentions


async def counting(person: Person) -> int:
    """The number at a person's inbox."""
    unread: int = (await inbox(person))["unread"]["counting"]
    return unread


@dataclass(slots=True)
class Device:
    """An inbox put together from nothing but events, as a client does it."""

    unread: dict[str, bool] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    counting: int = 0

    def take(self, events: list[dict[str, Any]]) -> "Device":
        """Applies events in their order."""
        for event in events:
            match event["type"]:
                case "notification.added":
                    one = event["notification"]
                    self.unread[one["id"]] = one["read_at"] is None
                case "notification.removed":
                    self.unread.pop(event["id"], None)
                case "notification.read":
                    self._read(event)
                case "counts.changed":
                    self.numbers[event["thread_id"] or event["place_id"] or ""] = event["mentions"]
        return self

    def _read(self, event: dict[str, Any]) -> None:
        oldest = min(event["unread"], default="") if event["more"] else ""
        for known in self.unread:
            if known >= oldest:
                self.unread[known] = known in event["unread"]
        self.counting = event["counting"]


async def missed(person: Person, seq: int = 0) -> list[dict[str, Any]]:
    """What the log says behind `seq` of a person's own stream, last per object."""
    found = await catchup.missed(person.house.state.database, person.id, seq, 500)
    assert found.complete
    return [orjson.loads(body) for _, body in found.events]


async def own_head(house: House, person: Person) -> int:
    """How far a person's own stream is."""
    [(head,)] = await house.sql("SELECT head FROM stream WHERE id = %s", person.id)
    return int(head)
