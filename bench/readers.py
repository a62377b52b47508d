"""Who can see this? Asked in a group of ten thousand, in an open place and in a closed one that a
role opens, from the first page to the last."""

import time
from urllib.parse import quote

import orjson
import psycopg
import uvloop

from bench.load import percentile
from bench.processes import folder, served
from bench.report import Line, Report
from bench.sides import Ours
from bench.wire import Broken, Http, http, request
from courtyard.embedded.postgres import Postgres

PEOPLE = 10_000
LIMIT_MS = 50
OPEN, CLOSED = 1, 2
PAGE = 100


async def _measured(side: Ours, rounds: int, pages: int) -> dict[str, list[float]]:
    await side.prepare()
    _close(side)
    link = await http(side.server.port)
    found: dict[str, list[float]] = {"an open place": [], "a closed place": []}
    for _ in range(rounds):
        for name, room in zip(found, (OPEN, CLOSED), strict=True):
            await _walk(link, side, room, 3)
            found[name].append(percentile(await _walk(link, side, room, pages), 0.95))
    link.close()
    return found


async def _walk(link: Http, side: Ours, room: int, pages: int) -> list[float]:
    """Milliseconds per page."""
    taken, after = [], ""
    for _ in range(pages):
        path = f"/api/channels/{side.rooms[room]}/people?limit={PAGE}{after}"
        began = time.perf_counter()
        status, body = await link.ask(request("GET", path, token=side.people[0].token))
        taken.append((time.perf_counter() - began) * 1e3)
        answer = orjson.loads(body) if status == 200 else {}
        if answer.get("total", 0) < PEOPLE:
            raise Broken(f"{status} with {body[:200]!r}")
        after = f"&after={quote(answer['next'])}" if answer["next"] else ""
    return taken


def _close(side: Ours) -> None:
    """Closes a room to everyone and opens it to members, by their role."""
    with psycopg.connect(Postgres(side.server.data_dir).url) as db:
        db.execute(
            """INSERT INTO override (channel_id, subject_kind, subject_id, allow, deny)
               SELECT c.id, 'everyone', c.id, 0, 1 FROM channel c WHERE c.id = %(room)s
               UNION ALL
               SELECT c.id, 'role', r.id, 1, 0 FROM channel c
               JOIN role r ON r.group_id = c.group_id AND r.kind IN ('member', 'owner')
               WHERE c.id = %(room)s""",
            {"room": side.rooms[CLOSED]},
        )


def run(report: Report, rounds: int, quick: bool) -> None:
    """On a server of its own."""
    with folder() as home, served("courtyard.cli serve", home / "ours") as server:
        side = Ours(server, PEOPLE)
        found = uvloop.run(_measured(side, rounds, 20 if quick else PEOPLE // PAGE))
    for name, values in found.items():
        what = f"readers of {name} among {PEOPLE}, a page of {PAGE}, p95"
        report.add(Line("readers", what, "ms", values, limit=LIMIT_MS))
