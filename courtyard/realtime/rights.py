"""What a connection may hear, asked anew whenever its rights may have changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from courtyard.channels import people
from courtyard.core.database import Database
from courtyard.realtime.connection import Connection
from courtyard.realtime.hub import Hub

# One row per thing a person hears: a place (and whether it is in the sidebar), a group, the
# workspace; and one with the versions of all that decides it. What a person may read can only
# change together with one of these numbers.
VERSIONS: LiteralString = """
    SELECT u.id, coalesce(sum(g.access_version), 0)::bigint + count(g.id) AS groups,
           u.access_version AS own
    FROM "user" u LEFT JOIN member m ON m.user_id = u.id LEFT JOIN "group" g ON g.id = m.group_id
    WHERE u.id = ANY(%(users)s) GROUP BY u.id
"""
_HEARD: LiteralString = f"""
    SELECT who.id, 'place', r.channel_id, r.followed::int::bigint, 0::bigint
    FROM unnest(%(users)s::uuid[]) AS who(id)
    CROSS JOIN LATERAL (  -- person by person (OFFSET 0), not everybody and then these
        SELECT p.channel_id, EXISTS (
            SELECT FROM follow f WHERE f.user_id = who.id AND f.channel_id = p.channel_id
        ) AS followed
        FROM place_right p WHERE p.user_id = who.id AND p.permissions & 1 <> 0 OFFSET 0
    ) r
    UNION ALL SELECT user_id, 'group', group_id, 0, 0 FROM member WHERE user_id = ANY(%(users)s)
    UNION ALL
    SELECT u.id, 'workspace', w.id, 0, 0 FROM "user" u CROSS JOIN workspace w
    WHERE u.id = ANY(%(users)s) AND u.workspace_role <> 'guest'
    UNION ALL SELECT id, 'version', id, own, groups FROM ({VERSIONS}) v
"""

# Asked every three seconds for everybody who writes somewhere: planned once, in no transaction.
_MAY_WRITE: LiteralString = """
    SELECT FROM place_right
    WHERE user_id = %s AND channel_id = %s AND permissions & 1 <> 0 AND permissions & 2 <> 0
"""


@dataclass(slots=True)
class Rights:
    """What one person may hear: readable places, those in the sidebar, and what is always open."""

    places: set[UUID] = field(default_factory=set)
    followed: set[UUID] = field(default_factory=set)
    always: set[UUID] = field(default_factory=set)
    fingerprint: tuple[int, int] | None = None

    def note(self, kind: str, object_id: UUID, first: int, second: int) -> None:
        """Takes one row of the answer."""
        if kind == "place":
            self.places.add(object_id)
            if first:
                self.followed.add(object_id)
        elif kind == "version":
            self.fingerprint = first, second
            self.always.add(object_id)
        else:
            self.always.add(object_id)


async def of_people(
    connection: psycopg.AsyncConnection[Any], users: Collection[UUID]
) -> dict[UUID, Rights]:
    """What these people may hear, in one statement."""
    found = {user_id: Rights() for user_id in users}
    rows = await connection.execute(_HEARD, {"users": list(users)})
    for user_id, kind, object_id, first, second in await rows.fetchall():
        found[user_id].note(kind, object_id, first, second)
    return found


async def may_write(database: Database, user_id: UUID, channel_id: UUID) -> bool:
    """Whether a person may post in a place now."""
    async with database.raw() as connection:
        row = await (await connection.execute(_MAY_WRITE, (user_id, channel_id))).fetchone()
    return row is not None


async def _asked(database: Database, users: Collection[UUID]) -> dict[UUID, Rights]:
    async with database.raw() as connection:
        return await of_people(connection, users)


async def apply(hub: Hub, connections: Sequence[Connection]) -> None:
    """Stops what these people may no longer read, starts what is always open, and tells a tab
    when what it may read is not what it was. A few queries, however many connections: a group of
    a thousand loses a right for all of them at once."""
    rights = await _asked(hub.database, {connection.user_id for connection in connections})
    for connection in connections:
        _stop(hub, connection, rights[connection.user_id])
    unseen = await _unseen(hub, connections)
    await hub.listen(set().union(*(mine.always | mine.followed for mine in rights.values())))
    for connection in connections:
        if connection in hub.connections:
            mine = rights[connection.user_id]
            _stop(hub, connection, mine)  # what was opened while we waited
            _look_away(hub, connection, unseen.get(connection.user_id, set()))
            _start(hub, connection, mine)


def _start(hub: Hub, connection: Connection, rights: Rights) -> None:
    hub.read(connection, rights.always)
    connection.always = rights.always
    connection.fingerprint = rights.fingerprint
    hub.follow(connection, rights.followed)
    before, connection.places = connection.places, rights.places
    if before is not None and before != rights.places:
        connection.say({"s": str(connection.user_id), "x": [{"type": "access.changed"}]})


def _stop(hub: Hub, connection: Connection, rights: Rights) -> None:
    hub.stop_reading(connection, connection.open - rights.places)
    connection.open &= rights.places
    hub.stop_reading(connection, connection.always - rights.always)


def _look_away(hub: Hub, connection: Connection, unseen: set[UUID]) -> None:
    """Whom a tab may no longer see looks to it like somebody who went."""
    connection.seen = set()
    if lost := connection.watching & unseen:
        hub.watchers.look_at(connection, connection.watching - lost)
        connection.say({"presence": {str(user_id): "offline" for user_id in lost}})


async def _unseen(hub: Hub, connections: Sequence[Connection]) -> dict[UUID, set[UUID]]:
    """Per person, whom among those on people's screens they may not see."""
    pairs = {(one.user_id, person) for one in connections for person in one.watching}
    if not pairs:
        return {}
    known = await people.pairs(hub.database, pairs)
    unseen: dict[UUID, set[UUID]] = {}
    for reader, person in pairs:
        if known.get((reader, person), True):
            unseen.setdefault(reader, set()).add(person)
    return unseen


async def open_streams(hub: Hub, connection: Connection, wanted: set[UUID]) -> set[UUID]:
    """Makes exactly these channels the open ones of a tab; returns those it may not read.

    What the tab may read is as the watch last saw it, two seconds ago at most; only what is not
    among it, a channel made a moment ago, is asked for.
    """
    hub.stop_reading(connection, connection.open - wanted)
    connection.open &= wanted
    places = connection.places or set()
    if not wanted <= places:
        rights = await _asked(hub.database, {connection.user_id})
        places = rights[connection.user_id].places
        connection.fingerprint = None  # the watch shall compare what it finds with this
    await hub.listen(wanted & places)
    if connection.fingerprint is not None:
        places = connection.places or set()  # the watch may have looked while we waited
    if connection in hub.connections:
        heads = hub.read(connection, wanted & places)
        connection.open = set(heads)
        connection.say({"opened": {str(key): head for key, head in heads.items()}})
    return wanted - places
