"""What a connection may hear, asked anew whenever its rights may have changed."""

from uuid import UUID

from sqlalchemy import select

from courtyard.channels.access import readable_streams
from courtyard.channels.models import Follow
from courtyard.groups.members import sharing
from courtyard.groups.models import Member
from courtyard.realtime.connection import Connection
from courtyard.realtime.hub import Hub
from courtyard.workspace.models import Workspace


async def apply(hub: Hub, connection: Connection) -> None:
    """Stops what the person may no longer read, starts what is always open, and tells the tab
    when what it may read is not what it was."""
    places, followed, always = await _rights(hub, connection.user_id)
    _stop(hub, connection, places, always)
    seen = await _seen(hub, connection)
    await hub.listen(always | followed)
    if connection not in hub.connections:
        return
    _stop(hub, connection, places, always)  # what was opened while we waited
    hub.look_at(connection, connection.watching & seen)
    hub.read(connection, always)
    connection.always = always
    hub.follow(connection, followed)
    before, connection.places = connection.places, places
    if before is not None and before != places:
        connection.say({"s": str(connection.user_id), "x": [{"type": "access.changed"}]})


def _stop(hub: Hub, connection: Connection, places: set[UUID], always: set[UUID]) -> None:
    hub.stop_reading(connection, connection.open - places)
    connection.open &= places
    hub.stop_reading(connection, connection.always - always)


async def _seen(hub: Hub, connection: Connection) -> set[UUID]:
    if not connection.watching:
        return set()
    async with hub.database.session() as db:
        return await sharing(db, connection.user_id, list(connection.watching))


async def open_streams(hub: Hub, connection: Connection, wanted: set[UUID]) -> set[UUID]:
    """Makes exactly these channels the open ones of a tab; returns those it may not read.

    A right that ends while we wait is found by the next look of the watch, which is made to ask
    again.
    """
    hub.stop_reading(connection, connection.open - wanted)
    connection.open &= wanted
    places, _, _ = await _rights(hub, connection.user_id)
    allowed = wanted & places
    await hub.listen(allowed)
    if connection in hub.connections:
        heads = hub.read(connection, allowed)
        connection.open = set(heads)
        connection.fingerprint = None
        connection.say({"opened": {str(key): head for key, head in heads.items()}})
    return wanted - places


async def _rights(hub: Hub, user_id: UUID) -> tuple[set[UUID], set[UUID], set[UUID]]:
    """Readable places, the followed ones among them, and what is always open."""
    async with hub.database.session() as db:
        rows = (await db.execute(readable_streams(user_id))).all()
        places = {channel_id for channel_id, _ in rows}
        follows = await db.scalars(select(Follow.channel_id).where(Follow.user_id == user_id))
        groups = await db.scalars(select(Member.group_id).where(Member.user_id == user_id))
        workspace = await db.scalars(select(Workspace.id))
        return places, places & set(follows), {user_id, *groups, *workspace}
