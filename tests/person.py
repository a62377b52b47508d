"""A person of a test: speaks HTTP, opens tabs, and has everything they are told recorded."""

import time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx
from fastapi.encoders import jsonable_encoder as jsonable

from courtyard.accounts.tokens import Claim
from tests.tab import Tab
from tests.tap import TAP

# What may go with words.
MORE = ("root_id", "also", "reply_to", "forward_of", "file_ids")

if TYPE_CHECKING:
    from tests.house import House


class Person:
    """Somebody on one device. Without a session: somebody who is not signed in."""

    def __init__(
        self,
        house: "House",
        name: str,
        user_id: UUID | None,
        session_id: UUID | None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.house = house
        self.name = name
        self._user_id = user_id
        self._session_id = session_id
        self.headers = headers or {}
        self._token = ("", 0.0)

    @property
    def id(self) -> UUID:
        assert self._user_id
        return self._user_id

    @property
    def session(self) -> UUID:
        assert self._session_id
        return self._session_id

    @property
    def claim(self) -> Claim:
        return Claim(self.id, self.session)

    @property
    def token(self) -> str:
        """An access token, signed directly: signing in is another test."""
        token, good_until = self._token
        if time.monotonic() > good_until:
            token = self.house.state.tokens.issue("access", self.claim)
            self._token = (token, time.monotonic() + 200)
        return token

    def at(self, house: "House") -> "Person":
        """The same device at another application."""
        return Person(house, self.name, self._user_id, self._session_id, self.headers)

    async def ask(
        self, method: str, path: str, expect: int | None = None, **options: Any
    ) -> httpx.Response:
        """One request. `expect` is the status without which the test ends here."""
        headers = {**self.headers, **options.pop("headers", {})}
        if self._session_id:
            headers.setdefault("authorization", f"Bearer {self.token}")
        answer = await self.house.http.request(method, path, headers=headers, **options)
        where = f"{method} {path} {answer.status_code}"
        TAP.record(self.name, where, answer.content + repr(answer.headers.items()).encode())
        assert expect in (None, answer.status_code), f"{self.name}: {where} {answer.text[:500]}"
        return answer

    async def get(self, path: str, expect: int = 200, **options: Any) -> Any:
        """The JSON of a GET."""
        return _body(await self.ask("GET", path, expect, **options))

    async def post(self, path: str, json: Any = None, expect: int = 200, **options: Any) -> Any:
        """The JSON of a POST."""
        return _body(await self.ask("POST", path, expect, json=json, **options))

    async def put(self, path: str, json: Any = None, expect: int = 200, **options: Any) -> Any:
        """The JSON of a PUT."""
        return _body(await self.ask("PUT", path, expect, json=json, **options))

    async def patch(self, path: str, json: Any = None, expect: int = 200, **options: Any) -> Any:
        """The JSON of a PATCH."""
        return _body(await self.ask("PATCH", path, expect, json=json, **options))

    async def delete(self, path: str, expect: int = 204, **options: Any) -> Any:
        """The JSON of a DELETE, if it answers with any."""
        return _body(await self.ask("DELETE", path, expect, **options))

    async def say(self, channel: UUID, text: str = "hello", **options: Any) -> Any:
        """Posts a message under a client id of its own."""
        client_id = str(options.pop("client_id", uuid4()))
        more = {key: options.pop(key) for key in MORE if key in options}
        body = {"client_id": client_id, "text": text, **jsonable(more)}
        expect = options.pop("expect", 201)
        return await self.post(f"/api/channels/{channel}/messages", body, expect, **options)

    async def ticket(self) -> str:
        """A ticket for a socket."""
        ticket: str = (await self.post("/api/socket/ticket"))["ticket"]
        return ticket

    async def tab(self, *streams: UUID) -> Tab:
        """An open tab that said hello, with these channels on screen."""
        tab = await Tab.open(self.name, self.house.port, await self.ticket())
        if streams:
            await tab.show(*streams)
        return tab


def _body(answer: httpx.Response) -> Any:
    if answer.headers.get("content-type", "").startswith("application/json"):
        return answer.json() if answer.content else None
    return answer.content or None
