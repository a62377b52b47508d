"""People of a drill: they sign in and ask over HTTP, like a client, and keep trying like one."""

import asyncio
import random
import ssl
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.licences import licence

from .record import Record, now

TIMEOUT = 15.0
TOKEN_AGE = 200.0
PASSWORD = "four quiet arches of stone"
_tls = ssl.create_default_context()

Unsettled = (httpx.TransportError, httpx.InvalidURL, httpx.RemoteProtocolError)


@dataclass
class Person:
    """Somebody with a session."""

    id: UUID
    name: str
    email: str
    url: str
    record: Record
    token: str = ""
    refresh: str = ""
    token_at: float = 0.0
    line: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.line = line(self.url)

    def take(self, answer: httpx.Response) -> None:
        """Keeps the tokens of an answer that signs in."""
        self.token, self.token_at = answer.json()["access_token"], now()
        for header in answer.headers.get_list("set-cookie"):
            if header.startswith("__Host-refresh="):
                self.refresh = header.split("=", 1)[1].split(";", 1)[0]

    async def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """One request, judged by I5. Raises one of `Unsettled` when no answer came."""
        headers = {"authorization": f"Bearer {self.token}"}
        answer = await self.line.request(method, path, json=body, headers=headers)
        what = "/".join(
            "…" if len(part) > 30 else part for part in path.partition("?")[0].split("/")
        )
        self.record.status(method, what, answer.status_code, answer.headers.get("retry-after"))
        if answer.status_code == 401:
            self.token_at = 0.0
        return answer

    async def fresh(self) -> None:
        """Renews a token that is old or was refused."""
        if now() - self.token_at > TOKEN_AGE:
            await self.renew()

    async def renew(self) -> None:
        """A new access token, before the old one ends."""
        cookie = {"cookie": f"__Host-refresh={self.refresh}"}
        answer = await self.line.post("/api/sessions/refresh", headers=cookie)
        if answer.status_code == 200:
            self.take(answer)

    async def settle(
        self, method: str, path: str, body: Any, good: Collection[int], patience: float = 60.0
    ) -> httpx.Response | None:
        """Asks until the outcome is known, as a client's outbox does. None when it stays unknown
        or is a refusal, which is noted as a violation."""
        deadline, attempt = now() + patience, 0
        while now() < deadline:
            attempt += 1
            try:
                await self.fresh()
                answer = await self.ask(method, path, body)
            except Unsettled as error:
                self.record.troubles[type(error).__name__] += 1
                await asyncio.sleep(random.random() * min(2.0, 0.1 * 2**attempt))
                continue
            if answer.status_code in good:
                return answer
            if not await self._wait_again(answer, f"{method} {path}"):
                return None
        self.record.troubles["gave up"] += 1
        return None

    async def _wait_again(self, answer: httpx.Response, what: str) -> bool:
        """Whether to try again, after the wait the server asked for."""
        status = answer.status_code
        self.record.troubles[str(status)] += 1
        if status not in (401, 429) and status < 500:
            self.record.violation(f"refused: {what} answered {status} {answer.text[:200]}")
            return False
        pause = float(answer.headers.get("retry-after", 0.5))
        await asyncio.sleep(pause * (0.5 + random.random() / 2))
        return True


def line(url: str, timeout: float = TIMEOUT) -> httpx.AsyncClient:
    """A plain HTTP client for loopback."""
    return httpx.AsyncClient(base_url=url, timeout=timeout, verify=_tls, trust_env=False)


@dataclass
class Scene:
    """A workspace with a group, its channels, and the people in it; `outsider` is in another."""

    url: str
    record: Record
    owner: Person
    group: UUID
    channels: list[UUID]
    people: list[Person]
    outsider: Person

    def everybody(self) -> list[Person]:
        """All who have a session."""
        return [self.owner, self.outsider, *self.people]

    async def move(self, url: str) -> None:
        """From now on everybody but the owner reaches the server at another address."""
        for person in self.everybody()[1:]:
            await person.line.aclose()
            person.url, person.line = url, line(url)

    async def close(self) -> None:
        """Closes everybody's connections."""
        for person in self.everybody():
            await person.line.aclose()


async def set_up(url: str, record: Record, people: int, channels: int) -> Scene:
    """Makes the scene over the public API, on a fresh workspace."""
    async with line(url, 30) as http:
        body = {"workspace_name": "Drill", "name": "Ada", "email": "ada@drill.example"}
        owner = _person(
            await http.post("/api/setup", json={**body, "password": PASSWORD}), url, record
        )
        await owner.ask("PUT", "/api/licence", {"text": licence()})
        group = await _group(owner, "Drill")
        token = await _invite(owner, group)
        joined = await asyncio.gather(
            *(_join(http, url, record, token, number) for number in range(people))
        )
        other = await _invite(owner, await _group(owner, "Elsewhere"))
        outsider = await _join(http, url, record, other, people)
    places = [await _channel(owner, group, f"place {n}") for n in range(channels)]
    return Scene(url, record, owner, group, places, list(joined), outsider)


async def _group(owner: Person, name: str) -> UUID:
    made = await owner.ask("POST", "/api/groups", {"client_id": str(uuid4()), "name": name})
    return UUID(made.json()["id"])


async def _invite(owner: Person, group: UUID) -> str:
    made = await owner.ask("POST", f"/api/groups/{group}/invites", {})
    return str(made.json()["token"])


async def _channel(owner: Person, group: UUID, name: str) -> UUID:
    body = {"client_id": str(uuid4()), "name": name, "private": False, "kind": "text"}
    made = await owner.ask("POST", f"/api/groups/{group}/channels", body)
    return UUID(made.json()["id"])


async def _join(
    http: httpx.AsyncClient, url: str, record: Record, token: str, number: int
) -> Person:
    body = {"token": token, "name": f"Person {number}", "email": f"p{number}@drill.example"}
    return _person(
        await http.post("/api/invites/join", json={**body, "password": PASSWORD}), url, record
    )


def _person(answer: httpx.Response, url: str, record: Record) -> Person:
    assert answer.status_code == 200, answer.text
    me = answer.json()["me"]
    person = Person(UUID(me["id"]), me["name"], me["email"], url, record)
    person.take(answer)
    return person
