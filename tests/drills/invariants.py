"""I1 to I7, checked after every drill: from the database, the recorded acknowledgements and the
log of every client. What does not hold is named in the findings."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from .record import Record, Sent
from .replica import Replica, Row

HEALTHY_WITHIN = 30.0
DRAINED_WITHIN = 20.0

_MESSAGES = """
    SELECT id, channel_id, author_id, client_id, position, text, deleted_at IS NOT NULL
    FROM message WHERE channel_id = ANY(%s)
"""
_BROKEN_STREAMS = """
    SELECT s.id, s.kind, s.head, count(e.seq), coalesce(min(e.seq), 1), coalesce(max(e.seq), 0)
    FROM stream s LEFT JOIN event e ON e.stream_id = s.id GROUP BY s.id
    HAVING count(e.seq) <> s.head OR coalesce(max(e.seq), 0) <> s.head
        OR coalesce(min(e.seq), 1) <> 1
"""
_POSTED = """
    SELECT m.id, array_agg(e.seq) FILTER (WHERE e.type = 'message.posted')
    FROM message m LEFT JOIN event e ON e.stream_id = m.channel_id AND e.object_id = m.id
    WHERE m.channel_id = ANY(%s) GROUP BY m.id
"""
_RIGHTS = "SELECT user_id, channel_id, permissions FROM place_right"
_WAITING = "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM failed_reaction)"

Rights = dict[tuple[UUID, UUID], int]


@dataclass
class Findings:
    """What did not hold, and the figures."""

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    gaps: int = 0
    replicas: int = 0
    replicas_equal: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything held."""
        return not self.problems

    def note(self, problem: str) -> None:
        """Adds what did not hold."""
        self.problems.append(problem)

    def __str__(self) -> str:
        figures = (
            f"acknowledged {self.acknowledged}, lost {self.lost}, doubled {self.doubled}, "
            f"gaps {self.gaps}, replicas equal {self.replicas_equal} of {self.replicas}"
        )
        return "\n  ".join([figures, *self.problems[:20]])


def check(
    record: Record,
    database_url: str,
    channels: Iterable[UUID],
    replicas: Iterable[Replica] = (),
    rights_before: Rights | None = None,
) -> Findings:
    """Holds the record of a drill against its database."""
    findings = Findings(acknowledged=len(record.acknowledged()))
    places = list(channels)
    with psycopg.connect(database_url, autocommit=True) as db:
        rows = {row[0]: row for row in db.execute(_MESSAGES, (places,))}
        _stored(findings, record, rows)
        _once(findings, record, rows)
        _in_order(findings, record, db, places)
        _drained(findings, db)
        if rights_before is not None:
            _not_widened(findings, rights_before, rights(db))
    wanted = _as_replica(rows.values(), places)
    for replica in replicas:
        _equal(findings, replica, wanted)
    _clients(findings, record)
    return findings


def rights(db: psycopg.Connection[Any]) -> Rights:
    """What everybody may do everywhere, as the one rule says."""
    return {(user, channel): bits for user, channel, bits in db.execute(_RIGHTS)}


def rights_of(database_url: str) -> Rights:
    """The same, over a connection of its own."""
    with psycopg.connect(database_url, autocommit=True) as db:
        return rights(db)


def heads(database_url: str, channels: Iterable[UUID]) -> dict[str, int]:
    """The heads of these streams, to know when every client has heard everything."""
    with psycopg.connect(database_url, autocommit=True) as db:
        found = db.execute("SELECT id, head FROM stream WHERE id = ANY(%s)", (list(channels),))
        return {str(stream): head for stream, head in found}


def _stored(findings: Findings, record: Record, rows: dict[UUID, Any]) -> None:
    """I1: what was acknowledged is there, as it was acknowledged."""
    for sent in record.acknowledged():
        assert sent.id
        row = rows.get(sent.id)
        if row is None:
            findings.lost += 1
        elif wrong := _differs(sent, row):
            findings.note(f"I1: message {sent.id} {wrong}")
    if findings.lost:
        findings.note(f"I1: {findings.lost} acknowledged messages are lost")


def _differs(sent: Sent, row: Any) -> str | None:
    _, channel, author, client_id, position, text, deleted = row
    named = (sent.channel, sent.author, sent.client_id, sent.position)
    if (channel, author, client_id, position) != named:
        return "is not the one that was acknowledged"
    if deleted:
        return "was deleted by nobody" if sent.deletion == "no" else None
    if sent.deletion == "acknowledged":
        return "came back after its deletion"
    return None if bytes(text)[1:].decode() in sent.wanted else "has another text"


def _once(findings: Findings, record: Record, rows: dict[UUID, Any]) -> None:
    """I2: nothing stands there twice, and nothing that nobody sent."""
    known = {sent.client_id: (sent.author, sent.channel, sent.number) for sent in record.sent}
    authors = {sent.author for sent in record.sent}
    named: Counter[object] = Counter()
    for _, channel, author, client_id, _, text, _ in rows.values():
        if client_id in known:
            named[known[client_id]] += 1
        elif author in authors:
            named[_as_sent(author, channel, bytes(text)[1:].decode())] += 1
            findings.note(f"I2: client id {client_id} was never sent")
    findings.doubled = sum(count - 1 for count in named.values())
    if findings.doubled:
        findings.note(f"I2: {findings.doubled} messages stand there twice")


def _as_sent(author: UUID, channel: UUID, text: str) -> tuple[UUID, UUID, int]:
    """What a text says of itself: "Person 3 17: stone stone" is number 17."""
    number = text.split(":", 1)[0].rsplit(" ", 1)[-1]
    return author, channel, int(number) if number.isdigit() else 0


def _in_order(
    findings: Findings, record: Record, db: psycopg.Connection[Any], places: list[UUID]
) -> None:
    """I3: every stream counts 1..n, and each author's messages stand in the order of sending."""
    for stream, kind, head, count, first, last in db.execute(_BROKEN_STREAMS):
        findings.gaps += abs(head - count) or 1
        findings.note(f"I3: {kind} stream {stream}: head {head}, {count} events {first}..{last}")
    posted = dict(db.execute(_POSTED, (places,)).fetchall())
    for message_id, seqs in posted.items():
        if seqs is None or len(seqs) != 1:
            findings.note(f"I3: message {message_id} has posted events {seqs}")
    last: dict[tuple[UUID, UUID], Sent] = {}
    for sent in sorted(record.acknowledged(), key=lambda one: one.number):
        before = last.get((sent.author, sent.channel))
        if before and (sent.position <= before.position or sent.seq <= before.seq):
            findings.note(f"I3: number {sent.number} stands before number {before.number}")
        last[sent.author, sent.channel] = sent
        if sent.id in posted and posted[sent.id] != [sent.seq]:
            findings.note(f"I3: message {sent.id} was answered with seq {sent.seq}")


def _drained(findings: Findings, db: psycopg.Connection[Any]) -> None:
    """What happens after the answer happened too: the reactors have seen every event."""
    deadline = time.monotonic() + DRAINED_WITHIN
    waiting = 1
    while waiting and time.monotonic() < deadline:
        (waiting,) = db.execute(_WAITING).fetchone() or (0,)
        time.sleep(0.1 if waiting else 0)
    if waiting:
        findings.note(f"I1: {waiting} events still wait for their reactions")


def _as_replica(rows: Iterable[Any], places: list[UUID]) -> dict[str, dict[str, Row]]:
    wanted: dict[str, dict[str, Row]] = {str(place): {} for place in places}
    for message_id, channel, author, _, position, text, deleted in rows:
        words = bytes(text)[1:].decode()
        wanted[str(channel)][str(message_id)] = (str(author), position, words, deleted)
    return wanted


def _equal(findings: Findings, replica: Replica, wanted: dict[str, dict[str, Row]]) -> None:
    """I4: a client's copy is the database's view."""
    findings.replicas += 1
    differing = []
    for channel in replica.channels:
        mine, theirs = replica.rows[channel], wanted[channel]
        wrong = [key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key)]
        differing += wrong
    if differing:
        name = replica.person.name
        findings.note(f"I4: the copy of {name} differs in {len(differing)} messages")
    else:
        findings.replicas_equal += 1


def _not_widened(findings: Findings, before: Rights, after: Rights) -> None:
    """I7: nobody may do what they could not do before."""
    for key, bits in after.items():
        if bits & ~before.get(key, 0):
            findings.note(f"I7: a right was widened for user {key[0]} in {key[1]}")


def _clients(findings: Findings, record: Record) -> None:
    """I5 and I6, and whatever clients noted themselves."""
    findings.problems += record.violations
    for fault in record.faults:
        if fault.healthy_after is None or fault.healthy_after > HEALTHY_WITHIN:
            findings.note(f"I6: not healthy within {HEALTHY_WITHIN:g} s of {fault.kind}")
