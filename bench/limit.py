"""The bare limit: the smallest server that keeps a message and tells everybody.

Raw ASGI on uvicorn. A post inserts one row with one commit and sends the same bytes to every
socket. No accounts, no rights, no order restored, nothing repaired. It stands on an embedded
PostgreSQL of its own, with the settings of ours.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import orjson
import psycopg
import uvicorn
from psycopg_pool import AsyncConnectionPool

from courtyard.embedded import running

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

TABLE = """
    CREATE TABLE IF NOT EXISTS message (
        seq bigint GENERATED ALWAYS AS IDENTITY, room int NOT NULL, id uuid NOT NULL,
        author_id uuid NOT NULL, client_id uuid NOT NULL, text text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (room, seq)
    )
"""
INSERT = """
    INSERT INTO message (room, id, author_id, client_id, text) VALUES (%s, %s, %s, %s, %s)
    RETURNING seq, created_at
"""
COLUMNS = "seq, room, id, author_id, client_id, text, created_at"
NEWEST = f"SELECT {COLUMNS} FROM message WHERE room = %s ORDER BY seq DESC LIMIT 50"
SINCE = f"SELECT {COLUMNS} FROM message WHERE room = ANY(%s) AND seq > %s ORDER BY seq"
NAMES = COLUMNS.split(", ")


class Limit:
    """The whole server."""

    def __init__(self, url: str) -> None:
        self._pool = AsyncConnectionPool(
            url, min_size=1, max_size=12, open=False, kwargs={"autocommit": True}
        )
        self._sockets: set[Send] = set()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """One door for all three kinds of scope."""
        match scope["type"]:
            case "http":
                await self._http(scope, receive, send)
            case "websocket":
                await self._socket(receive, send)
            case "lifespan":
                await self._lifespan(receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._pool.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _socket(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self._sockets.add(send)
        while (await receive())["type"] == "websocket.receive":
            pass
        self._sockets.discard(send)

    async def _http(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        _, verb, *rest = scope["path"].split("/")
        if verb == "post":
            await _answer(send, await self._post(int(rest[0]), orjson.loads(await _body(receive))))
        elif verb == "newest":
            await _answer(send, await self._rows(NEWEST, (int(rest[0]),)))
        elif verb == "since":
            rooms = [int(room) for room in rest[1].split(",")]
            await _answer(send, await self._rows(SINCE, (rooms, int(rest[0]))))
        else:
            await _answer(send, b'{"status":"ok"}')

    async def _post(self, room: int, body: dict[str, str]) -> bytes:
        author, client_id = UUID(body["author_id"]), UUID(body["client_id"])
        values = (room, uuid4(), author, client_id, body["text"])
        async with self._pool.connection() as connection:
            row = await (await connection.execute(INSERT, values)).fetchone()
        assert row
        message = dict(zip(NAMES, (row[0], *values, row[1]), strict=True))
        data = orjson.dumps({"type": "message.posted", "message": message})
        for tell in list(self._sockets):
            await tell({"type": "websocket.send", "bytes": data})
        return data

    async def _rows(self, statement: str, values: tuple[object, ...]) -> bytes:
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(statement, values)).fetchall()
        return orjson.dumps([dict(zip(NAMES, row, strict=True)) for row in rows])


async def _body(receive: Receive) -> bytes:
    body = b""
    while (message := await receive()).get("more_body"):
        body += message["body"]
    return body + message["body"]


async def _answer(send: Send, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main() -> None:
    """Serves on COURTYARD_PORT with PostgreSQL in COURTYARD_DATA_DIR until told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # for uvicorn to give back to
    with running(os.environ["COURTYARD_DATA_DIR"], valkey=False) as urls:
        with psycopg.connect(urls.database_url) as connection:
            connection.execute(TABLE)
        uvicorn.run(
            Limit(urls.database_url),
            port=int(os.environ["COURTYARD_PORT"]),
            loop="uvloop",
            http="httptools",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            backlog=2048,
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
        )


if __name__ == "__main__":
    main()
