"""Every two seconds one look at the database: heads, rights and sessions of this process.

This is what makes the socket safe: a dead Redis, a lost hint or a killed publisher cost latency,
never truth, and a right that was taken away ends here at the latest.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

import structlog

from courtyard.realtime import rights
from courtyard.realtime.connection import Connection
from courtyard.realtime.hub import Hub

log = structlog.get_logger()

EVERY = 2.0
NUDGE_GAP = 0.1
SESSION_ENDED = 4001
AT_ONCE = 250

_LOOK: LiteralString = """
    SELECT 'head', id, head FROM stream WHERE id = ANY(%(streams)s)
    UNION ALL
    SELECT 'session', s.id, 0 FROM session s JOIN "user" u ON u.id = s.user_id
    WHERE s.id = ANY(%(sessions)s) AND s.ended_at IS NULL AND s.expires_at > now()
      AND u.status = 'active'
"""


async def run(hub: Hub) -> None:
    """Looks until cancelled; a database that is away is waited for."""
    while True:
        started = time.monotonic()
        try:
            await look(hub)
        except Exception as error:
            log.warning("watch_waits", kind=type(error).__name__)
        hub.forget_idle()
        try:
            await asyncio.wait_for(hub.nudged.wait(), EVERY)
            await asyncio.sleep(max(0, started + NUDGE_GAP - time.monotonic()))
        except TimeoutError:
            continue
        finally:
            hub.nudged.clear()


async def look(hub: Hub) -> None:
    """One look: closes ended sessions, recomputes changed rights, finds lost hints."""
    connections = list(hub.connections)
    values = {
        "streams": list(hub.streams),
        "sessions": list({connection.session_id for connection in connections}),
        "users": list({connection.user_id for connection in connections}),
    }
    async with hub.database.raw() as raw:
        rows = await (await raw.execute(_LOOK, values)).fetchall()
        versions = await (await raw.execute(rights.VERSIONS, values)).fetchall()
    alive = {key for kind, key, _ in rows if kind == "session"}
    fingerprints = {user: (own, groups) for user, groups, own in versions}
    ended = [connection for connection in connections if connection.session_id not in alive]
    for connection in ended:
        hub.leave(connection)
        connection.socket.close(SESSION_ENDED)
    await _recompute(hub, [c for c in connections if c not in ended], fingerprints)
    _compare(hub, {key: head for kind, key, head in rows if kind == "head"})


async def _recompute(
    hub: Hub, connections: Sequence[Connection], now: dict[UUID, tuple[int, int]]
) -> None:
    changed = [c for c in connections if c.fingerprint != now.get(c.user_id)]
    for start in range(0, len(changed), AT_ONCE):
        batch = [c for c in changed[start : start + AT_ONCE] if c in hub.connections]
        if batch:
            await rights.apply(hub, batch)


def _compare(hub: Hub, heads: dict[UUID, int]) -> None:
    for stream_id, head in heads.items():
        stream = hub.streams.get(stream_id)
        if stream is None:
            continue
        if stream.head is None:
            stream.start_at(head)
        elif stream.head < head:
            hub.look_again(stream, head)
