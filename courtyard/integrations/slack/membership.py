"""Who of the export gets into the group and has which channels in the sidebar."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from uuid import UUID

from courtyard.channels import bulk as channels
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import bulk as groups
from courtyard.integrations.slack.listed import Person
from courtyard.integrations.slack.people import People
from courtyard.integrations.units import Units

CHUNK = 500


def chunks(found: Sequence[UUID]) -> Iterator[list[UUID]]:
    """The ids in portions for one statement each."""
    rest = iter(found)
    while portion := list(islice(rest, CHUNK)):
        yield portion


class Membership:
    """Lets people in as they were in Slack: full members into the group, guests only into their
    channels. Who was removed or left here since an earlier run stays out."""

    def __init__(
        self, units: Units, group_id: UUID, listed: Sequence[Person], people: People
    ) -> None:
        self._units = units
        self._group_id = group_id
        self._people = people
        self._by_id = {one.id: one for one in listed}

    async def join(self) -> None:
        """Makes everybody who takes part a member of the group."""
        for role, guest in (("member", False), ("guest", True)):
            some = [one for one in self._by_id.values() if one.guest is guest]
            for portion in chunks(self._people.members(some)):
                await self._units.run(partial(self._join, user_ids=portion, role=role))

    async def _join(self, uow: UnitOfWork, user_ids: list[UUID], role: str) -> None:
        new = await channels.newcomers(uow.db, self._group_id, user_ids)
        await groups.join_many(uow, self._group_id, new, role)

    async def follow(self, channel_id: UUID, members: Sequence[str]) -> None:
        """Gives a channel to those who were in it, read up to its newest message: called when its
        messages are in."""
        some = [self._by_id[one] for one in dict.fromkeys(members) if one in self._by_id]
        guests = self._people.members(one for one in some if one.guest)
        for portion in chunks(guests):
            await self._units.run(partial(self._let_in, channel_id=channel_id, user_ids=portion))
        for portion in chunks(self._people.members(some)):
            await self._units.run(
                partial(channels.follow_many, channel_id=channel_id, user_ids=portion)
            )

    async def _let_in(self, uow: UnitOfWork, channel_id: UUID, user_ids: list[UUID]) -> None:
        await channels.let_in_many(uow, channel_id, user_ids)
        await groups.rights_changed(uow, self._group_id)

    async def follow_defaults(self) -> None:
        """Gives all full members the channels that everybody in the group has."""
        async with self._units.database.session() as db:
            defaults = await channels.defaults(db, self._group_id)
        full = [one.id for one in self._by_id.values() if not one.guest]
        for channel_id in defaults:
            await self.follow(channel_id, full)
