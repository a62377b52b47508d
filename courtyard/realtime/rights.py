"""What a connection may hear, asked anew whenever its rights may have changed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.access import workspace_streams
from courtyard.channels.access import readable_by
from courtyard.channels.models import Follow
from courtyard.groups.members import sharing
from courtyard.groups.models import Member
from courtyard.realtime.connection import Connection
from courtyard.realtime.hub import Hub


@dataclass(slots=True)
class Rights:
    """What one person may hear: readable places, those in the sidebar, and what is always open."""

    places: set[UUID] = field(default_factory=set)
    followed: set[UUID] = field(default_factory=set)
    always: set[UUID] = field(default_factory=set)


async def apply(hub: Hub, connections: Sequence[Connection]) -> None:
    """Stops what these people may no longer read, starts what is always open, and tells a tab
    when what it may read is not what it was. A few queries, however many connections: a group of
    a thousand loses a right for all of them at once."""
    rights = await _rights(hub, {connection.user_id for connection in connections})
    for connection in connections:
        _stop(hub, connection, rights[connection.user_id])
    seen = await _seen(hub, connections)
    await hub.listen(set().union(*(mine.always | mine.followed for mine in rights.values())))
    for connection in connections:
        if connection in hub.connections:
            mine = rights[connection.user_id]
            _stop(hub, connection, mine)  # what was opened while we waited
            hub.look_at(connection, connection.watching & seen.get(connection.user_id, set()))
            _start(hub, connection, mine)


def _start(hub: Hub, connection: Connection, rights: Rights) -> None:
    hub.read(connection, rights.always)
    connection.always = rights.always
    hub.follow(connection, rights.followed)
    before, connection.places = connection.places, rights.places
    if before is not None and before != rights.places:
        connection.say({"s": str(connection.user_id), "x": [{"type": "access.changed"}]})


def _stop(hub: Hub, connection: Connection, rights: Rights) -> None:
    hub.stop_reading(connection, connection.open - rights.places)
    connection.open &= rights.places
    hub.stop_reading(connection, connection.always - rights.always)


async def _seen(hub: Hub, connections: Sequence[Connection]) -> dict[UUID, set[UUID]]:
    """Per person, whom among those on their screens they may see."""
    watching = [connection for connection in connections if connection.watching]
    if not watching:
        return {}
    users = {connection.user_id for connection in watching}
    async with hub.database.session() as db:
        return await sharing(db, users, set().union(*(c.watching for c in watching)))


async def open_streams(hub: Hub, connection: Connection, wanted: set[UUID]) -> set[UUID]:
    """Makes exactly these channels the open ones of a tab; returns those it may not read.

    A right that ends while we wait is found by the next look of the watch, which is made to ask
    again.
    """
    hub.stop_reading(connection, connection.open - wanted)
    connection.open &= wanted
    places = (await _rights(hub, {connection.user_id}))[connection.user_id].places
    allowed = wanted & places
    await hub.listen(allowed)
    if connection in hub.connections:
        heads = hub.read(connection, allowed)
        connection.open = set(heads)
        connection.fingerprint = None
        connection.say({"opened": {str(key): head for key, head in heads.items()}})
    return wanted - places


async def _rights(hub: Hub, users: Collection[UUID]) -> dict[UUID, Rights]:
    """What these people may hear, in one transaction."""
    found: dict[UUID, Rights] = defaultdict(Rights)
    async with hub.database.session() as db:
        for user_id, channel_id in await db.execute(readable_by(users)):
            found[user_id].places.add(channel_id)
        await _followed(db, users, found)
        for user_id, workspace_id in await db.execute(workspace_streams(users)):
            found[user_id].always.add(workspace_id)
        for user_id in users:
            found[user_id].always.add(user_id)
    return found


async def _followed(db: AsyncSession, users: Collection[UUID], found: dict[UUID, Rights]) -> None:
    follows = select(Follow.user_id, Follow.channel_id).where(Follow.user_id.in_(users))
    for user_id, channel_id in await db.execute(follows):
        if channel_id in found[user_id].places:
            found[user_id].followed.add(channel_id)
    groups = select(Member.user_id, Member.group_id).where(Member.user_id.in_(users))
    for user_id, group_id in await db.execute(groups):
        found[user_id].always.add(group_id)
