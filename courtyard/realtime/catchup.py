"""Reading from the log what somebody missed: events, last per object, in their present state."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from courtyard.core.database import Database
from courtyard.core.registries import Key, hydrate
from courtyard.core.streams import Event

_HEADS: LiteralString = "SELECT id, head FROM stream WHERE id = ANY(%s)"
_POSITIONS: LiteralString = "SELECT id, head, latest FROM stream WHERE id = ANY(%s)"

# Per stream: its head and pruning mark, and the next `limit` events behind what is known, of which
# only the last per object and kind is kept: a channel is both talked in and renamed.
_MISSED: LiteralString = """
    WITH asked AS (
        SELECT * FROM unnest(%(streams)s::uuid[], %(known)s::bigint[]) AS a(stream_id, known)
    ), found AS (
        SELECT a.stream_id, a.known, s.head, s.pruned_to, e.*
        FROM asked a JOIN stream s ON s.id = a.stream_id
        LEFT JOIN LATERAL (
            SELECT seq, type, object_id, actor_id, cause FROM event
            WHERE event.stream_id = a.stream_id AND seq > a.known ORDER BY seq LIMIT %(limit)s
        ) e ON true
    )
    SELECT stream_id, known, head, pruned_to, seq, type, object_id, actor_id, cause,
           max(seq) OVER (PARTITION BY stream_id) AS reached,
           seq = max(seq) OVER (
               PARTITION BY stream_id, object_id, split_part(type, '.', 1)) AS last
    FROM found ORDER BY stream_id, seq
"""


@dataclass(slots=True)
class Missed:
    """What a stream says behind a known seq. `reached` < `head` means there is more; `stale`
    that the known seq lies outside the log, so that the place must be loaded anew."""

    head: int
    reached: int
    stale: bool
    events: list[tuple[int, bytes]]

    @property
    def complete(self) -> bool:
        """Whether the events lead up to the head."""
        return not self.stale and self.reached >= self.head


async def heads(database: Database, ids: Sequence[UUID]) -> dict[UUID, int]:
    """The heads of these streams; unknown ids are left out."""
    async with database.raw() as connection:
        rows = await (await connection.execute(_HEADS, (list(ids),))).fetchall()
    return dict(rows)


async def positions(database: Database, ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """`(head, position of the newest message)` of these streams."""
    async with database.raw() as connection:
        rows = await (await connection.execute(_POSITIONS, (list(ids),))).fetchall()
    return {stream_id: (head, position) for stream_id, head, position in rows}


async def missed(database: Database, stream_id: UUID, known: int, limit: int) -> Missed:
    """What one stream says behind `known`, at most `limit` events of it."""
    found = await missed_of(database, {stream_id: known}, limit)
    return found.get(stream_id) or Missed(known, known, True, [])


async def missed_of(database: Database, known: dict[UUID, int], limit: int) -> dict[UUID, Missed]:
    """The same for several streams in one query. Holds one connection at a time: waiting for a
    second one while holding one would starve a wave of returning clients."""
    async with database.raw() as connection:
        values = {"streams": list(known), "known": list(known.values()), "limit": limit}
        rows = await (await connection.execute(_MISSED, values)).fetchall()
    result: dict[UUID, Missed] = {}
    wanted: dict[str, list[Key]] = defaultdict(list)
    for stream_id, seen, head, pruned_to, *_, reached, _last in rows:
        stale = seen < pruned_to or seen > head
        result.setdefault(stream_id, Missed(head, reached or head, stale, []))
    last_rows = [row for row in rows if row[4] is not None and row[10]]
    for row in last_rows:
        wanted[row[5]].append((row[0], row[6]))
    present = await _hydrated(database, wanted)
    for stream_id, _, _, _, seq, name, object_id, actor, cause, *_ in last_rows:
        event = present.get((name, stream_id, object_id))
        if event and not result[stream_id].stale:
            stamped = event.model_copy(update={"seq": seq, "actor_id": actor, "cause": cause})
            result[stream_id].events.append((seq, stamped.model_dump_json().encode()))
    return result


async def _hydrated(
    database: Database, wanted: dict[str, list[Key]]
) -> dict[tuple[str, UUID, UUID], Event]:
    present: dict[tuple[str, UUID, UUID], Event] = {}
    if not wanted:
        return present
    async with database.session() as session:
        for name, keys in wanted.items():
            for key, event in (await hydrate(session, name, keys)).items():
                present[(name, key[0], key[1])] = event
    return present
