"""Many people and a long history, straight into the database: the API would take minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from courtyard.accounts.tokens import Claim, Tokens
from courtyard.core.crypto import KeyRing, plain
from courtyard.core.ids import new_id
from courtyard.embedded.postgres import Postgres

PEOPLE = 500
HISTORY = 20_000
TEXT = "A sentence of the length that people write when they answer one another at work, roughly."
DAY = 86_400


@dataclass(slots=True, frozen=True)
class Person:
    """Somebody who can sign requests."""

    user_id: UUID
    token: str


def people(
    data_dir: Path, group_id: str, followed: Sequence[str], many: int = PEOPLE
) -> list[Person]:
    """Signed-in members of a group who follow these channels."""
    tokens = Tokens(KeyRing.load(data_dir / "keys.json"))
    claims = [Claim(new_id(), new_id()) for _ in range(many)]
    users = [claim.user_id for claim in claims]
    with _connect(data_dir) as db:
        db.execute(
            """INSERT INTO "user" (id, name, email, first_signed_in_at)
               SELECT id, 'Person ' || n, n || '@bench.example', now()
               FROM unnest(%s::uuid[]) WITH ORDINALITY AS u(id, n)""",
            [users],
        )
        db.execute("INSERT INTO stream (id, kind) SELECT unnest(%s::uuid[]), 'user'", [users])
        db.execute(
            """INSERT INTO session (id, user_id, remember, user_agent, address, expires_at)
               SELECT s, u, true, 'bench', '', now() + interval '1 day'
               FROM unnest(%s::uuid[], %s::uuid[]) AS c(s, u)""",
            [[claim.session_id for claim in claims], users],
        )
        db.execute(
            "INSERT INTO member (group_id, user_id) SELECT %s, unnest(%s::uuid[])",
            [group_id, users],
        )
        db.execute(
            """INSERT INTO member_role (group_id, user_id, role_id)
               SELECT r.group_id, u, r.id FROM role r, unnest(%s::uuid[]) u
               WHERE r.group_id = %s AND r.kind = 'member'""",
            [users, group_id],
        )
        db.execute(
            """INSERT INTO follow (user_id, channel_id)
               SELECT u, c FROM unnest(%s::uuid[]) u, unnest(%s::uuid[]) c""",
            [users, list(followed)],
        )
    return [Person(claim.user_id, tokens.issue("access", claim, DAY)) for claim in claims]


def history(data_dir: Path, channel_id: str, authors: Sequence[Person]) -> None:
    """A channel's 20,000 messages, each with its event, a minute apart."""
    with _connect(data_dir) as db:
        db.execute(
            """WITH made AS (
                   INSERT INTO message (id, channel_id, position, author_id, client_id, text)
                   SELECT uuidv7(), %(channel)s, n * 60000000, a.id, gen_random_uuid(), %(text)s
                   FROM generate_series(1, %(many)s::bigint) n
                   JOIN unnest(%(authors)s::uuid[]) WITH ORDINALITY AS a(id, k)
                     ON a.k = n %% cardinality(%(authors)s::uuid[]) + 1
                   RETURNING id, position, author_id
               ) INSERT INTO event (stream_id, seq, type, object_id, actor_id)
               SELECT %(channel)s, position / 60000000, 'message.posted', id, author_id
               FROM made""",
            {
                "channel": channel_id,
                "text": plain(TEXT),
                "many": HISTORY,
                "authors": [person.user_id for person in authors],
            },
        )
        db.execute(
            "UPDATE stream SET head = %s, position = %s, latest = %s WHERE id = %s",
            [HISTORY, HISTORY * 60_000_000, HISTORY * 60_000_000, channel_id],
        )
    _settle(data_dir)


def bare_history(data_dir: Path, room: int) -> None:
    """The same many rows for the bare server."""
    with _connect(data_dir) as db:
        db.execute(
            """INSERT INTO message (room, id, author_id, client_id, text)
               SELECT %s, uuidv7(), %s, gen_random_uuid(), %s FROM generate_series(1, %s)""",
            [room, uuid4(), TEXT, HISTORY],
        )
    _settle(data_dir)


def _settle(data_dir: Path) -> None:
    """Statistics and visibility as they are after a while."""
    with _connect(data_dir) as db:
        db.autocommit = True
        db.execute("VACUUM ANALYZE")


def _connect(data_dir: Path) -> psycopg.Connection:
    return psycopg.connect(Postgres(data_dir).url)
