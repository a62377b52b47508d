"""The group and the channels that an export becomes, and who is in them."""

from collections.abc import Sequence
from uuid import UUID

from courtyard.accounts import bulk as accounts
from courtyard.channels import bulk as channels
from courtyard.channels.bulk import NewPlace
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import bulk as members
from courtyard.groups import service as groups
from courtyard.groups.models import Group
from courtyard.groups.schemas import NewGroup
from courtyard.integrations.slack.archive import Refused
from courtyard.integrations.slack.listed import Place
from courtyard.integrations.slack.mrkdwn import Known, line
from courtyard.integrations.slack.names import Names
from courtyard.integrations.slack.people import short

SUFFIX = "slack"
TOPIC_LIMIT = 250


async def group(
    uow: UnitOfWork, names: Names, places: Sequence[Place], wanted: str | None, otherwise: str
) -> Group:
    """The group this export goes to: where it was imported before, else the one called `wanted`,
    else a new one. Acts as the workspace's owner.

    Raises Refused when it went to a group of another name before, or when names are not clear.
    """
    owner = await accounts.owner(uow.db)
    if owner is None:
        raise Refused("This workspace is not set up yet. Open it in a browser to begin.")
    uow.actor_id = owner.id
    found = await _before(uow, names, places)
    if found and wanted and found.name.lower() != wanted.strip().lower():
        raise Refused(
            f"This Slack workspace was imported into “{found.name}” before. "
            "Leave out --group to complete it there."
        )
    found = found or await _by_name(uow, wanted)
    if found is None:
        name = short(wanted or otherwise, 80, "Slack")
        found = await groups.found(uow, owner.id, NewGroup(client_id=names.group(), name=name))
    if found.archived_at:
        raise Refused(f"The group “{found.name}” is archived. Take it back into use first.")
    return found


async def _before(uow: UnitOfWork, names: Names, places: Sequence[Place]) -> Group | None:
    """The group that an earlier run imported into."""
    founded = await members.by_client_id(uow.db, names.group())
    if founded:
        return founded
    known = await channels.imported(uow.db, [names.channel(place.id) for place in places])
    group_ids = [channel.group_id for channel in known.values() if channel.group_id]
    return await uow.db.get(Group, group_ids[0]) if group_ids else None


async def _by_name(uow: UnitOfWork, wanted: str | None) -> Group | None:
    found = await members.named(uow.db, wanted) if wanted else []
    if len(found) > 1:
        raise Refused(f"There are {len(found)} groups called “{wanted}”. Rename one of them first.")
    return found[0] if found else None


async def make(
    uow: UnitOfWork, names: Names, target: Group, places: Sequence[Place], known: Known
) -> int:
    """Makes the channels that are not there yet; returns how many are new."""
    # In a group made for them one channel takes the place of the empty first one.
    founded_here = target.client_id == names.group()
    chief = ordered(places)[0] if places and founded_here else None
    assert uow.actor_id
    made = await channels.add_many(
        uow,
        target.id,
        uow.actor_id,
        [
            NewPlace(
                client_id=names.channel(place.id),
                name=short(place.name, 80, place.id),
                topic=_topic(place, known),
                created_at=place.created_at,
                archived=place.archived,
                first=place is chief,
            )
            for place in places
        ],
        SUFFIX,
    )
    return len(made)


def _topic(place: Place, known: Known) -> str:
    """Topic and purpose in one line, as far as there is room; the topic comes first."""
    parts = [line(text, known) for text in (place.topic, place.purpose)]
    both = " — ".join(part for part in dict.fromkeys(parts) if part)
    first = next((part for part in parts if part), "")
    return short(both if len(both) <= TOPIC_LIMIT else first, TOPIC_LIMIT, "")


async def ids(uow: UnitOfWork, names: Names, places: Sequence[Place]) -> dict[str, UUID]:
    """Slack's channel ids → the channels here."""
    known = await channels.imported(uow.db, [names.channel(place.id) for place in places])
    return {
        place.id: known[made].id for place in places if (made := names.channel(place.id)) in known
    }


def ordered(places: Sequence[Place]) -> list[Place]:
    """The order of the sidebar: the general channel, the living ones by name, the archived."""
    return sorted(places, key=lambda one: (not one.general, one.archived, one.name.lower(), one.id))
