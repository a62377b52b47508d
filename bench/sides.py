"""The two servers behind one face, so that every measure does the same to both."""

import asyncio
import contextlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import orjson

from bench import seed
from bench.processes import Server, served
from bench.wire import Broken, Http, Socket, http, request, socket

ROOMS = 34
HISTORY_ROOM = 33
AT_ONCE = 16
TRIES = 10
OWNER = {"name": "Ada", "email": "ada@bench.example", "password": "a long bench password"}

Heard = Callable[[bytes, int], None]


class Side(Protocol):
    """What a measure needs of a server."""

    name: str
    server: Server

    def post(self, person: int, room: int, text: str) -> bytes:
        """The request that says something."""

    def newest(self, person: int) -> bytes:
        """The request for the newest 50 of 20,000 messages."""

    async def join(self, person: int, rooms: Sequence[int], heard: Heard) -> Socket:
        """A socket that hears everything said in these rooms."""

    async def heads(self, rooms: Sequence[int]) -> dict[int, int]:
        """Where the rooms are now."""

    async def come_back(
        self, person: int, known: dict[int, int], heard: Heard
    ) -> tuple[Socket, list[bytes]]:
        """What a tab does after a break: a socket, and the answers with what it missed."""


def _named() -> Callable[[], str]:
    """Names that no message had before, without the cost of randomness."""
    numbers = itertools.count(1)
    return lambda: str(UUID(int=next(numbers)))


class Ours:
    """Courtyard as people run it."""

    name = "courtyard"

    def __init__(self, server: Server, many: int = seed.PEOPLE) -> None:
        self.server = server
        self.many = many
        self.rooms: list[str] = []
        self.people: list[seed.Person] = []
        self._client_id = _named()

    async def prepare(self) -> None:
        """The first run, a group and its rooms over the API; people and history by SQL."""
        link = await http(self.server.port)
        signed_in = await _json(link, "POST", "/api/setup", {"workspace_name": "Bench", **OWNER})
        token = signed_in["access_token"]
        new = {"client_id": self._client_id(), "name": "Bench"}
        group = await _json(link, "POST", "/api/groups", new, token)
        for number in range(ROOMS):
            new = {"client_id": self._client_id(), "name": f"room-{number}", "kind": "text"}
            path = f"/api/groups/{group['id']}/channels"
            self.rooms.append((await _json(link, "POST", path, new, token))["id"])
        link.close()
        self.people = seed.people(self.server.data_dir, group["id"], self.rooms, self.many)
        seed.history(self.server.data_dir, self.rooms[HISTORY_ROOM], self.people[:50])

    def post(self, person: int, room: int, text: str) -> bytes:
        """POST /api/channels/{id}/messages."""
        body = b'{"client_id":"%s","text":"%s"}' % (self._client_id().encode(), text.encode())
        path = f"/api/channels/{self.rooms[room]}/messages"
        return request("POST", path, body, self.people[person].token)

    def newest(self, person: int) -> bytes:
        """GET /api/channels/{id}/messages."""
        path = f"/api/channels/{self.rooms[HISTORY_ROOM]}/messages?limit=50"
        return request("GET", path, token=self.people[person].token)

    async def join(self, person: int, rooms: Sequence[int], heard: Heard) -> Socket:
        """Ticket, socket, hello, open."""
        link = await http(self.server.port)
        try:
            return await self._socket(link, person, rooms, heard)
        finally:
            link.close()

    async def _socket(self, link: Http, person: int, rooms: Sequence[int], heard: Heard) -> Socket:
        token = self.people[person].token
        ticket = (await _json(link, "POST", "/api/socket/ticket", None, token))["ticket"]
        opened, answer = asyncio.Event(), [b"closed before it was open"]

        def hear(data: bytes, now: int) -> None:
            if data.startswith((b'{"opened"', b'{"error"')):
                answer.append(data)
                opened.set()
            else:
                heard(data, now)

        protocols = f"courtyard.1, ticket.{ticket}"
        link_up = await socket(self.server.port, "/api/socket", hear, protocols)
        ids = [self.rooms[room] for room in rooms]
        link_up.say(orjson.dumps({"op": "open", "streams": ids}))
        await _first(opened, link_up.lost)
        if not answer[-1].startswith(b'{"opened"'):
            link_up.close()
            raise Broken(answer[-1])
        return link_up

    async def heads(self, rooms: Sequence[int]) -> dict[int, int]:
        """The heads, as a page of history tells them."""
        link = await http(self.server.port)
        token = self.people[0].token
        found = {}
        for room in rooms:
            path = f"/api/channels/{self.rooms[room]}/messages?limit=1"
            found[room] = (await _json(link, "GET", path, None, token))["head"]
        link.close()
        return found

    async def come_back(
        self, person: int, known: dict[int, int], heard: Heard
    ) -> tuple[Socket, list[bytes]]:
        """Ticket, socket, open, and POST /api/sync until there is no more."""
        link = await http(self.server.port)
        opened = await self._socket(link, person, list(known), heard)
        answers: list[bytes] = []
        wanted = {self.rooms[room]: seq for room, seq in known.items()}
        followed = dict.fromkeys(set(self.rooms) - wanted.keys(), 0)
        while wanted:
            body = orjson.dumps({"epoch": None, "open": wanted, "followed": followed})
            ask = request("POST", "/api/sync", body, self.people[person].token)
            status, answer = await link.ask(ask)
            if status >= 300:
                link.close()
                opened.close()
                raise Broken(answer)
            answers.append(answer)
            wanted = _unfinished(answers[-1]) if b'"more":true' in answers[-1] else {}
        link.close()
        return opened, answers


async def _first(*events: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in events]
    _, late = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in late:
        wait.cancel()


def _unfinished(answer: bytes) -> dict[str, int]:
    streams = orjson.loads(answer)["streams"]
    return {key: stream["head"] for key, stream in streams.items() if stream.get("more")}


async def _json(
    link: Http, method: str, path: str, body: dict[str, Any] | None, token: str | None = None
) -> Any:
    status, answer = await link.ask(
        request(method, path, orjson.dumps(body) if body else b"", token)
    )
    if status >= 300:
        raise Broken(f"{method} {path}: {status} {answer[:200]!r}")
    return orjson.loads(answer)


class Bare:
    """The limit."""

    name = "bare limit"

    def __init__(self, server: Server) -> None:
        self.server = server
        self._client_id = _named()
        self._author = str(UUID(int=7))

    async def prepare(self) -> None:
        """20,000 rows."""
        seed.bare_history(self.server.data_dir, HISTORY_ROOM)

    def post(self, _person: int, room: int, text: str) -> bytes:
        """One row, one commit, one broadcast."""
        body = b'{"client_id":"%s","author_id":"%s","text":"%s"}'
        body %= self._client_id().encode(), self._author.encode(), text.encode()
        return request("POST", f"/post/{room}", body)

    def newest(self, _person: int) -> bytes:
        """The newest 50 rows."""
        return request("GET", f"/newest/{HISTORY_ROOM}")

    async def join(self, _person: int, _rooms: Sequence[int], heard: Heard) -> Socket:
        """A socket."""
        return await socket(self.server.port, "/", heard)

    async def heads(self, rooms: Sequence[int]) -> dict[int, int]:
        """One counter for all rooms."""
        link = await http(self.server.port)
        body = orjson.loads((await link.ask(self.post(0, ROOMS, "where are we")))[1])
        link.close()
        return dict.fromkeys(rooms, body["message"]["seq"])

    async def come_back(
        self, _person: int, known: dict[int, int], heard: Heard
    ) -> tuple[Socket, list[bytes]]:
        """A socket, and one query."""
        opened = await socket(self.server.port, "/", heard)
        link = await http(self.server.port)
        rooms = ",".join(map(str, known))
        _, answer = await link.ask(request("GET", f"/since/{min(known.values())}/{rooms}"))
        link.close()
        return opened, [answer]


async def join_all(
    side: Side, many: int, rooms: Callable[[int], Sequence[int]], heard: Heard
) -> list[Socket]:
    """Sockets of the first `many` people; `rooms` says what each of them has open."""
    doors = asyncio.Semaphore(AT_ONCE)

    async def one(person: int) -> Socket:
        async with doors:
            for _ in range(TRIES):
                with contextlib.suppress(Broken):
                    return await side.join(person, rooms(person), heard)
                await asyncio.sleep(1)
        raise Broken("the server lets nobody in")

    return await asyncio.gather(*(one(person) for person in range(many)))


@contextmanager
def both(home: Path) -> Iterator[tuple[Ours, Bare]]:
    """Both servers, started; `prepare` comes next."""
    with served("courtyard.cli serve", home / "ours") as ours:
        with served("bench.limit", home / "bare") as bare:
            yield Ours(ours), Bare(bare)
