"""A channel with a long history, made by SQL."""

import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg

from bench import seed
from bench.processes import Server
from courtyard.core.crypto import plain
from courtyard.embedded.postgres import Postgres
from tests.e2e.house import Tenant

MANY = 100_000
UNREAD = 40_000
STEP = 5 * 60 * 10**6  # microseconds from one to the next: a year in all
JUMPS = 10
ADA = {"name": "Ada", "email": "ada@bench.example", "password": "a long bench password"}
TEXTS = (
    "Yes.",
    seed.TEXT,
    "One thing, and then another:\n- the first\n- the second\n- **the third**",
    " ".join([seed.TEXT] * 4),
    "Look at `courtyard serve`:\n```\ndef nothing() -> None:\n    return None\n```",
    "> as it was said before\n\n" + seed.TEXT,
    "See https://example.org/a/long/address/of/something, *tomorrow*.",
)


@dataclass(slots=True)
class Room:
    """The channel, and the ids of some of its messages by their number."""

    channel: str
    ids: dict[int, str]


def prepare(server: Server, url: str) -> Room:
    """The first run over the API; people and history by SQL."""
    body = {"workspace_name": "Bench", "setup_code": None, **ADA}
    ada = Tenant(url, httpx.post(f"{url}/api/setup", json=body, timeout=30).json())
    group = ada.group("Bench")
    channel = ada.channel(group, "long")
    ada.follow(channel)
    authors = seed.people(server.data_dir, group, [], 50)
    return Room(channel, history(server.data_dir, channel, authors, ada.id))


def history(
    data_dir: Path, channel: str, authors: list[seed.Person], reader: str
) -> dict[int, str]:
    """The messages, five minutes apart up to now, in runs of three by one author; the reader has
    read all but the last `UNREAD`. Returns the ids of those that are jumped to."""
    first = int(time.time() * 1e6) - (MANY + 1) * STEP
    values = {
        "channel": channel,
        "many": MANY,
        "first": first,
        "step": STEP,
        "texts": [plain(text) for text in TEXTS],
        "number": plain("No. "),
        "authors": [person.user_id for person in authors],
        "reader": reader,
        "read": first + (MANY - UNREAD) * STEP,
        "wanted": [first + number * STEP for number in wanted()],
    }
    with psycopg.connect(Postgres(data_dir).url) as db:
        db.execute(_HISTORY, values)
        db.execute(
            "UPDATE stream SET head = %(many)s, position = %(last)s, latest = %(last)s"
            " WHERE id = %(channel)s",
            {**values, "last": first + MANY * STEP},
        )
        db.execute(
            "INSERT INTO read_mark (user_id, channel_id, position)"
            " VALUES (%(reader)s, %(channel)s, %(read)s)"
            " ON CONFLICT (user_id, channel_id) DO UPDATE SET position = excluded.position",
            values,
        )
        rows = db.execute(
            "SELECT (position - %(first)s) / %(step)s, id FROM message"
            " WHERE channel_id = %(channel)s AND position = ANY(%(wanted)s)",
            values,
        ).fetchall()
    with psycopg.connect(Postgres(data_dir).url, autocommit=True) as db:
        db.execute("VACUUM ANALYZE")
    return {int(number): str(message_id) for number, message_id in rows}


_HISTORY = """
    WITH made AS (
        INSERT INTO message (id, channel_id, position, author_id, client_id, text)
        SELECT uuidv7(), %(channel)s, %(first)s + n * %(step)s,
               (%(authors)s::uuid[])[n / 3 %% cardinality(%(authors)s::uuid[]) + 1],
               gen_random_uuid(),
               %(number)s::bytea || convert_to(n || '. ', 'UTF8')
               || substr((%(texts)s::bytea[])[n %% cardinality(%(texts)s::bytea[]) + 1], 2)
        FROM generate_series(1, %(many)s::bigint) n
        RETURNING id, position, author_id
    ) INSERT INTO event (stream_id, seq, type, object_id, actor_id)
    SELECT %(channel)s, (position - %(first)s) / %(step)s, 'message.posted', id, author_id
    FROM made
"""


def wanted() -> list[int]:
    """The numbers of the messages that are jumped to, far apart in both directions."""
    spread = [MANY * part // (JUMPS + 1) for part in range(1, JUMPS + 1)]
    return [
        number for pair in zip(spread[:5], reversed(spread[5:]), strict=True) for number in pair
    ]
