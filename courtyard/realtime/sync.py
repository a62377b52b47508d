"""POST /api/sync: what a client missed, per stream, after the rights were asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.access import workspace_streams
from courtyard.channels import queries
from courtyard.channels.access import readable_streams
from courtyard.core.database import Database
from courtyard.groups.models import Member
from courtyard.realtime import catchup
from courtyard.realtime.hub import Hub
from courtyard.realtime.schemas import Sync
from courtyard.workspace import service as workspace_service

PAGE = 500
# One answer holds about this many bytes, and one look at the log about this many events; what is
# left over says `more`, and the client asks again from where it stands.
ANSWER_BYTES = 4_000_000
LOOK_EVENTS = 1_000


@dataclass(slots=True, frozen=True)
class Syncer:
    """Answers catch-ups: from the hub's memory where it reaches back far enough, else from the
    log."""

    hub: Hub

    @property
    def _database(self) -> Database:
        return self.hub.database

    async def answer(self, db: AsyncSession, user_id: UUID, asked: Sync) -> bytes:
        """The JSON of a Synced."""
        epoch = await workspace_service.epoch(db)
        reset_all = asked.epoch is not None and asked.epoch != epoch
        allowed = await _readable(db, user_id)
        parts = {} if reset_all else await self._open(db, asked.open, allowed)
        if not reset_all:
            parts |= await _followed(db, user_id, asked, allowed)
        streams = b",".join(b'"%s":%s' % (str(key).encode(), part) for key, part in parts.items())
        changed = any(b'"type":"places.changed"' in part for part in parts.values())
        head = orjson.dumps(
            {"epoch": epoch, "reset_all": reset_all, "places_changed": changed or reset_all}
        )
        return head[:-1] + b',"streams":{' + streams + b"}}"

    async def _open(
        self, db: AsyncSession, known: dict[UUID, int], allowed: set[UUID]
    ) -> dict[UUID, bytes]:
        parts = {key: b'{"state":"gone"}' for key in known if key not in allowed}
        heads = await catchup.heads(self._database, [key for key in known if key in allowed])
        rest: dict[UUID, int] = {}
        size = 0
        for stream_id, seq in known.items():
            if stream_id not in allowed:
                continue
            part = self._from_memory(stream_id, seq, heads.get(stream_id, 0))
            if part is None or size > ANSWER_BYTES:
                rest[stream_id] = seq
            else:
                parts[stream_id] = part
                size += len(part)
        for batch in _batches(rest, heads):
            if size <= ANSWER_BYTES:
                found = await self._from_log(db, batch)
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

    async def _from_log(self, db: AsyncSession, known: dict[UUID, int]) -> dict[UUID, bytes]:
        parts = {}
        found = await catchup.missed_of(self._database, known, PAGE, db)
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
        events += min(PAGE, max(1, heads.get(stream_id, 0) - seq))
        if events >= LOOK_EVENTS:
            yield batch
            batch, events = {}, 0
    if batch:
        yield batch


def _events(bodies: list[bytes], head: int, *, more: bool) -> bytes:
    flag = b"true" if more else b"false"
    return b'{"state":"events","head":%d,"more":%s,"events":[%s]}' % (head, flag, b",".join(bodies))


async def _readable(db: AsyncSession, user_id: UUID) -> set[UUID]:
    places = {channel_id for channel_id, _ in await db.execute(readable_streams(user_id))}
    groups = await db.scalars(select(Member.group_id).where(Member.user_id == user_id))
    workspace = {workspace_id for _, workspace_id in await db.execute(workspace_streams([user_id]))}
    return places | workspace | {user_id, *groups}


async def _followed(
    db: AsyncSession, user_id: UUID, asked: Sync, allowed: set[UUID]
) -> dict[UUID, bytes]:
    wanted = [key for key in asked.followed if key not in asked.open]
    states = await queries.states(db, user_id, [key for key in wanted if key in allowed])
    parts = {key: b'{"state":"gone"}' for key in wanted if key not in states}
    for key, (head, last, read) in states.items():
        state = {"state": "head", "head": head, "last_position": last, "read_position": read}
        parts[key] = orjson.dumps({**state, "mentions": 0})
    return parts
