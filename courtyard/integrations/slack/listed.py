"""The people and channels that an export lists."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from courtyard.integrations.slack.archive import Archive
from courtyard.integrations.slack.fields import (
    Record,
    instant,
    mapping,
    microseconds,
    string,
    strings,
)

SLACKBOT = "USLACKBOT"

# file → why its channels are not imported
LISTS = {
    "channels.json": "",
    "groups.json": "private channel",
    "mpims.json": "group conversation",
    "dms.json": "direct message",
}


@dataclass(slots=True, frozen=True)
class Person:
    """A person or bot of the export. `guest` may see only the channels they are in."""

    id: str
    team: str
    name: str
    email: str
    title: str
    bot: bool
    bot_id: str
    deleted: bool
    guest: bool


@dataclass(slots=True, frozen=True)
class Place:
    """A channel of the export. `skipped` says why it is not imported; empty when it is."""

    id: str
    name: str
    topic: str
    purpose: str
    created_at: datetime | None
    members: list[str]
    archived: bool
    general: bool
    skipped: str


def person(record: object) -> Person | None:
    """A person of users.json; None when the record cannot be one."""
    if not isinstance(record, dict) or not string(record, "id"):
        return None
    profile = mapping(record, "profile")
    user_id = string(record, "id")[:64]
    names = (
        string(profile, "real_name"),
        string(record, "real_name"),
        string(profile, "display_name"),
        string(record, "name"),
    )
    return Person(
        id=user_id,
        team=string(record, "team_id"),
        name=next((name for name in names if name.strip()), user_id),
        email=string(profile, "email"),
        title=string(profile, "title"),
        bot=record.get("is_bot") is True or user_id == SLACKBOT,
        bot_id=string(profile, "bot_id"),
        deleted=record.get("deleted") is True,
        guest=any(
            record.get(flag) is True
            for flag in ("is_restricted", "is_ultra_restricted", "is_stranger")
        ),
    )


def place(record: object, why_not: str) -> Place | None:
    """A channel of one of the lists; None when the record cannot be one."""
    if not isinstance(record, dict) or not string(record, "id"):
        return None
    created = record.get("created")
    at = microseconds(created)
    return Place(
        id=string(record, "id")[:64],
        name=string(record, "name") or string(record, "id")[:64],
        topic=string(mapping(record, "topic"), "value"),
        purpose=string(mapping(record, "purpose"), "value"),
        created_at=instant(at) if at else None,
        members=strings(record, "members"),
        archived=record.get("is_archived") is True,
        general=record.get("is_general") is True,
        skipped=why_not or _closed(record),
    )


def _closed(record: Record) -> str:
    """Why a channel of channels.json is none of the open ones; newer tools list all kinds there."""
    if record.get("is_im") is True:
        return LISTS["dms.json"]
    if record.get("is_mpim") is True:
        return LISTS["mpims.json"]
    return LISTS["groups.json"] if record.get("is_private") is True else ""


def people(archive: Archive) -> Iterator[Person | None]:
    """Everybody in users.json; None for a record that is no person."""
    return (person(record) for record in archive.records("users.json"))


def places(archive: Archive) -> Iterator[Place | None]:
    """All channels of all lists; None for a record that is no channel."""
    for name, why_not in LISTS.items():
        if name in archive:
            for record in archive.records(name):
                yield place(record, why_not)


def team(found: Iterable[Person]) -> str:
    """The Slack workspace: the one most people belong to."""
    teams = Counter(sorted(one.team for one in found if one.team and not one.guest))
    return teams.most_common(1)[0][0] if teams else "slack"
