"""The whole import of a Slack export. Running it again completes it: nothing is stored twice."""

import time
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Protocol
from uuid import UUID

from courtyard.audit.service import record
from courtyard.core.database import Database
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups.models import Group
from courtyard.integrations.slack import history, listed, people, places
from courtyard.integrations.slack.archive import Archive, Refused
from courtyard.integrations.slack.history import Channel
from courtyard.integrations.slack.listed import Person, Place
from courtyard.integrations.slack.membership import CHUNK, Membership
from courtyard.integrations.slack.mrkdwn import Known
from courtyard.integrations.slack.names import Names
from courtyard.integrations.slack.people import People
from courtyard.integrations.slack.report import Report
from courtyard.integrations.units import Units

LOCK = 0x736C61636B  # "slack"


class Progress(Protocol):
    """Is told how far the import has come."""

    def begin(self, total: int) -> None:
        """There are so many bytes of messages."""

    def advance(self, place: str, size: int) -> None:
        """So many of them, of this place, have been read."""

    def done(self, place: str, said: str) -> None:
        """A place is complete; `said` tells its figures in words."""


async def run(
    archive: Archive, units: Units, progress: Progress, wanted: str | None, otherwise: str
) -> Report:
    """Imports everything into the group called `wanted`, or into one called `otherwise`.

    Raises Refused; what was committed before stays, and another run goes on from there.
    """
    started = time.monotonic()
    async with _alone(units.database):
        report = await _Import(archive, units, progress).run(wanted, otherwise)
    report.seconds = time.monotonic() - started
    report.check()
    return report


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[None]:
    """Keeps a second import out for as long as this one runs."""
    async with database.raw() as connection:
        taken = await connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,))
        if not ((await taken.fetchone()) or (False,))[0]:
            raise Refused("Another import is running. Wait for it to end.")
        try:
            yield
        finally:
            await connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))


class _Import:
    def __init__(self, archive: Archive, units: Units, progress: Progress) -> None:
        self._archive = archive
        self._units = units
        self._progress = progress
        self._known = Known()
        self._report = Report()
        self._listed = self._read_people()
        self._places = self._read_places()
        self._names = Names(listed.team(self._listed))
        self._people = People(self._names)

    def _read_people(self) -> list[Person]:
        found: dict[str, Person] = {}
        for one in listed.people(self._archive):
            if one is None or one.id in found:
                self._report.people.skip("malformed" if one is None else history.TWICE)
            else:
                found[one.id] = one
        self._known.people = {one.id: people.short(one.name, 80, one.id) for one in found.values()}
        return list(found.values())

    def _read_places(self) -> list[Place]:
        found: dict[str, Place] = {}
        for one in listed.places(self._archive):
            if one is None or one.id in found:
                self._report.channels.skip("malformed" if one is None else history.TWICE)
                continue
            found[one.id] = one
            if one.skipped:
                self._report.channels.skip(f"{one.skipped}, not yet")
            else:
                self._known.channels[one.id] = people.short(one.name, 80, one.id)
        return list(found.values())

    async def run(self, wanted: str | None, otherwise: str) -> Report:
        places_here = places.ordered([one for one in self._places if not one.skipped])
        group = await self._units.run(
            partial(self._group, found=places_here, wanted=wanted, otherwise=otherwise)
        )
        self._report.group = group.name
        for at in range(0, len(self._listed), CHUNK):
            portion = self._listed[at : at + CHUNK]
            new = await self._units.run(partial(self._people.store, people=portion))
            self._report.people.store(len(portion), new)
        membership = Membership(self._units, group.id, self._listed, self._people)
        await membership.join()
        channels, new = await self._units.run(partial(self._make, group=group, found=places_here))
        self._report.channels.store(len(places_here), new)
        await self._messages(channels, membership)
        await membership.follow_defaults()
        await self._units.run(partial(self._finish, group_id=group.id))
        return self._report

    async def _group(
        self, uow: UnitOfWork, found: list[Place], wanted: str | None, otherwise: str
    ) -> Group:
        group = await places.group(uow, self._names, found, wanted, otherwise)
        self._units.actor_id = uow.actor_id
        return group

    async def _make(
        self, uow: UnitOfWork, group: Group, found: list[Place]
    ) -> tuple[dict[str, UUID], int]:
        new = await places.make(uow, self._names, group, found, self._known)
        return await places.ids(uow, self._names, found), new

    async def _messages(self, channels: dict[str, UUID], membership: Membership) -> None:
        days = history.days(self._archive)
        self._report.files = days.others
        every = [name for names in days.by_folder.values() for name in names]
        self._progress.begin(sum(self._archive.size(name) for name in every))
        for place in places.ordered(self._places):
            names = _folder(place, days.by_folder)
            if place.skipped:
                self._count_only(place.name, names, f"in a {place.skipped}, not yet")
            else:
                await self._channel(place, channels[place.id], names)
                await membership.follow(channels[place.id], place.members)
        for folder, names in sorted(days.by_folder.items()):
            self._count_only(folder, names, history.UNLISTED)

    def _count_only(self, place: str, names: list[str], reason: str) -> None:
        for name in names:
            for _ in self._archive.records(name):
                self._report.messages[place].skip(reason)
            self._progress.advance(place, self._archive.size(name))

    async def _channel(self, place: Place, channel_id: UUID, names: list[str]) -> None:
        channel = Channel(place, channel_id, self._names, self._people)
        tally = self._report.messages[place.name]
        for name in names:
            for one in self._archive.records(name):
                channel.take(one, self._known, tally, self._report)
                if channel.full:
                    await channel.store(self._units, tally, self._report)
            self._progress.advance(place.name, self._archive.size(name))
        await channel.store(self._units, tally, self._report)
        self._progress.done(place.name, tally.in_words())

    async def _finish(self, uow: UnitOfWork, group_id: UUID) -> None:
        report = self._report
        report.invitable, report.uninvitable = await people.counts(uow.db, self._people.all())
        total = report.total
        record(uow, "slack.imported", group_id, imported=total.imported, there_before=total.present)


def _folder(place: Place, by_folder: dict[str, list[str]]) -> list[str]:
    """The days of a channel, whose folder bears its name or its id; each folder is given once."""
    for key in (unicodedata.normalize("NFC", place.name), place.id):
        if key in by_folder:
            return by_folder.pop(key)
    return []
