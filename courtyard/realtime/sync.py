"""POST /api/sync: what a client missed, per stream, after the rights were asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import orjson
import psycopg

from courtyard.accounts.tokens import Claim
from courtyard.core.errors import Unauthenticated
from courtyard.realtime import catchup, rights
from courtyard.realtime.hub import Hub
from courtyard.realtime.rights import Rights
from courtyard.realtime.schemas import Sync

PAGE = 500
# One answer holds about this many bytes, and one look at the log about this many events; what is
# left over says `more`, and the client asks again from where it stands.
ANSWER_BYTES = 4_000_000
LOOK_EVENTS = 1_000
GONE = b'{"state":"gone"}'

# stream → its head, the position of its newest message, how far the person has read, how much
# calls for them there.
States = dict[UUID, tuple[int, int, int, int]]

_EPOCH: LiteralString = """
    SELECT (SELECT epoch FROM log_epoch) FROM session s JOIN "user" u ON u.id = s.user_id
    WHERE s.id = %(session)s AND u.id = %(user)s AND u.status = 'active'
      AND s.ended_at IS NULL AND s.expires_at > now()
"""
_STATES: LiteralString = """
    SELECT s.id, s.head, s.latest, coalesce(r.position, 0), (
        SELECT count(*) FROM notification n
        WHERE n.user_id = %(user)s AND n.counted_in = s.id AND n.counts AND n.read_at IS NULL
    ) FROM stream s
    LEFT JOIN read_mark r ON r.channel_id = s.id AND r.user_id = %(user)s
    WHERE s.id = ANY(%(ids)s)
"""


@dataclass(slots=True, frozen=True)
class Syncer:
    """Answers catch-ups: from the hub's memory where it reaches back far enough, else from the
    log."""

    hub: Hub

    async def answer(self, claim: Claim, asked: Sync) -> bytes:
        """The JSON of a Synced. Raises Unauthenticated."""
        async with self.hub.database.raw() as connection:
            epoch = await _epoch(connection, claim)
            reset_all = asked.epoch is not None and asked.epoch != epoch
            mine = (await rights.of_people(connection, [claim.user_id]))[claim.user_id]
            wanted = () if reset_all else (*asked.open, *asked.followed)
            states = await _states(connection, claim.user_id, mine, wanted)
        parts = {} if reset_all else await self._open(asked.open, states)
        if not reset_all:
            parts |= _followed(asked, states)
        streams = b",".join(b'"%s":%s' % (str(key).encode(), part) for key, part in parts.items())
        changed = any(b'"type":"places.changed"' in part for part in parts.values())
        head = orjson.dumps(
            {"epoch": epoch, "reset_all": reset_all, "places_changed": changed or reset_all}
        )
        return head[:-1] + b',"streams":{' + streams + b"}}"

    async def _open(self, known: dict[UUID, int], states: States) -> dict[UUID, bytes]:
        parts = {key: GONE for key in known if key not in states}
        heads = {key: head for key, (head, *_) in states.items()}
        rest: dict[UUID, int] = {}
        size = 0
        for stream_id, seq in known.items():
            if stream_id not in states:
                continue
            part = self._from_memory(stream_id, seq, heads[stream_id])
            if part is None or size > ANSWER_BYTES:
                rest[stream_id] = seq
            else:
                parts[stream_id] = part
                size += len(part)
        for batch in _batches(rest, heads):
            if size <= ANSWER_BYTES:
                found = await self._from_log(batch)
                size += sum(len(part) for part in found.values())
                parts |= found
            else:
                parts |= {key: _events([], seq, more=True) for key, seq in batch.items()}
        return parts

    def _from_memory(self, stream_id: UUID, seq: int, head: int) -> bytes | None:
        """What this process remembers; it may have heard less than the one with the socket."""
        stream = self.hub.streams.get(stream_id)
        if stream is None or (stream.head or 0) < head:
            return None
        events = stream.since(seq)
        return None if events is None else _events(events, stream.head or 0, more=False)

    async def _from_log(self, known: dict[UUID, int]) -> dict[UUID, bytes]:
        parts = {}
        found = await catchup.missed_of(self.hub.database, known, PAGE)
        for stream_id, missed in found.items():
            if missed.stale:
                parts[stream_id] = orjson.dumps({"state": "reset", "head": missed.head})
            else:
                bodies = [body for _, body in missed.events]
                more = not missed.complete
                parts[stream_id] = _events(
                    bodies, missed.reached if more else missed.head, more=more
                )
        return parts


def _batches(known: dict[UUID, int], heads: dict[UUID, int]) -> Iterator[dict[UUID, int]]:
    """The streams in portions of about LOOK_EVENTS events."""
    batch: dict[UUID, int] = {}
    events = 0
    for stream_id, seq in known.items():
        batch[stream_id] = seq
        events += min(PAGE, max(1, heads[stream_id] - seq))
        if events >= LOOK_EVENTS:
            yield batch
            batch, events = {}, 0
    if batch:
        yield batch


def _events(bodies: list[bytes], head: int, *, more: bool) -> bytes:
    flag = b"true" if more else b"false"
    return b'{"state":"events","head":%d,"more":%s,"events":[%s]}' % (head, flag, b",".join(bodies))


async def _epoch(connection: psycopg.AsyncConnection[Any], claim: Claim) -> UUID:
    """The epoch of the log, for a living session. Raises Unauthenticated."""
    values = {"session": claim.session_id, "user": claim.user_id}
    row = await (await connection.execute(_EPOCH, values)).fetchone()
    if row is None:
        raise Unauthenticated
    epoch: UUID = row[0]
    return epoch


async def _states(
    connection: psycopg.AsyncConnection[Any], user_id: UUID, mine: Rights, wanted: Iterable[UUID]
) -> States:
    """Where those among these streams are that the person may hear."""
    ids = list((mine.places | mine.always).intersection(wanted))
    if not ids:
        return {}
    rows = await connection.execute(_STATES, {"user": user_id, "ids": ids})
    return {
        key: (head, last, read, calls) for key, head, last, read, calls in await rows.fetchall()
    }


def _followed(asked: Sync, states: States) -> dict[UUID, bytes]:
    parts = {}
    for key in asked.followed:
        if key in asked.open:
            continue
        if key not in states:
            parts[key] = GONE
            continue
        head, last, read, calls = states[key]
        state = {"state": "head", "head": head, "last_position": last, "read_position": read}
        parts[key] = orjson.dumps({**state, "mentions": calls})
    return parts
