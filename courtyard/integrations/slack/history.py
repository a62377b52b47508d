"""The messages of an export, channel by channel and day by day, in batches."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from courtyard.core.unit_of_work import UnitOfWork
from courtyard.integrations.slack import said
from courtyard.integrations.slack.archive import Archive
from courtyard.integrations.slack.fields import instant
from courtyard.integrations.slack.listed import LISTS, Place
from courtyard.integrations.slack.mrkdwn import Known
from courtyard.integrations.slack.names import Names
from courtyard.integrations.slack.people import People
from courtyard.integrations.slack.report import Report, Tally
from courtyard.integrations.units import Units
from courtyard.messages import bulk as messages
from courtyard.messages.bulk import Imported

# Messages per transaction: each is one event for the readers and one step of progress.
BATCH = 500
_DAY = re.compile(r"(?P<folder>[^/]+)/\d{4}-\d{2}-\d{2}\.json")
TWICE = "listed twice"
UNLISTED = "in a folder of no listed channel"


@dataclass(slots=True)
class Days:
    """The files of an export: those with a channel's day, and how many others there are."""

    by_folder: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    others: Tally = field(default_factory=Tally)


def days(archive: Archive) -> Days:
    """Sorts the files of the archive."""
    found = Days()
    for name in archive.names:
        day = _DAY.fullmatch(name)
        if day:
            found.by_folder[day["folder"]].append(name)
            found.others.store(1, 1)
        elif name in LISTS or name == "users.json":
            found.others.store(1, 1)
        else:
            found.others.skip(_kind(name))
    return found


def _kind(name: str) -> str:
    if name == "integration_logs.json":
        return "log of integrations"
    return "list of another kind" if "/" not in name and name.endswith(".json") else "other file"


class Channel:
    """Imports the messages of one channel."""

    def __init__(self, place: Place, channel_id: UUID, names: Names, people: People) -> None:
        self._place = place
        self._channel_id = channel_id
        self._names = names
        self._people = people
        self._seen: set[int] = set()
        self._waiting: list[Imported] = []

    def take(self, record: object, known: Known, tally: Tally, report: Report) -> None:
        """Reads one record; what it says waits for the next `store`."""
        report.notes["reactions, not imported"] += said.reactions(record)
        if named := said.integration(record):
            self._people.name_bot(*named)
        found = said.read(record, known)
        if isinstance(found, str):
            tally.skip(found)
        elif found.at in self._seen:
            tally.skip(TWICE)
        else:
            self._seen.add(found.at)
            report.notes.update(found.notes)
            self._waiting.append(self._imported(found))

    def _imported(self, found: said.Said) -> Imported:
        return Imported(
            client_id=self._names.message(self._place.id, found.at),
            author_id=self._people.author(found.author),
            at=instant(found.at),
            text=found.text,
            edited_at=found.edited_at,
        )

    @property
    def full(self) -> bool:
        """Whether a batch is together."""
        return len(self._waiting) >= BATCH

    async def store(self, units: Units, tally: Tally, report: Report) -> None:
        """Commits what waits, with the accounts of those who speak in it."""
        batch, self._waiting = self._waiting, []

        async def act(uow: UnitOfWork) -> tuple[int, int]:
            made = await self._people.make_missing(uow)
            return made, await messages.import_batch(uow, self._channel_id, batch)

        if batch:
            made, new = await units.run(act)
            self._people.settle()
            tally.store(len(batch), new)
            report.notes["accounts for those who spoke and are not listed"] += made
