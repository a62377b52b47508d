"""Hot routes: the few requests that everybody makes all day, taken past the framework's routing.

Routing, middleware and dependencies of the framework cost more than these requests' own work
(docs/decisions/0008). A hot route is a route like any other, declared with its policy; the door
here calls the very same function for requests that are plainly in order. Everything else, a wrong
field or an unusual header, goes to the framework, body included, and gets its answer there.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import FastAPI, Request, Response
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from courtyard.core.errors import CourtyardError
from courtyard.core.http import problem, refused_by_framework, unforeseen

BODY_LIMIT = 200_000

T = TypeVar("T")
# (request, its body, the id in its path; one that means nothing where there is none)
Answer = Callable[[Request, bytes, UUID], Awaitable[Response]]
NO_ID = UUID(int=0)


class Unusual(Exception):
    """A request that the framework shall answer."""


def parsed(shape: TypeAdapter[T], body: bytes) -> T:
    """The body in its shape. Raises Unusual: the framework says what is wrong with it."""
    try:
        return shape.validate_json(body)
    except ValidationError as error:
        raise Unusual from error


def asked(shape: TypeAdapter[T], request: Request) -> T:
    """The query of a request in its shape. Raises Unusual."""
    query = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    try:
        return shape.validate_python(dict(query))
    except ValidationError as error:
        raise Unusual from error


@dataclass(slots=True, frozen=True)
class Hot:
    """A hot route. `path` holds at most one parameter, an id, as `{…}`."""

    method: str
    path: str
    answer: Answer

    def match(self, method: str, path: str) -> UUID | None:
        """The id in the path of a request for this route, NO_ID when it has none; None when the
        request is for another one."""
        before, brace, rest = self.path.partition("{")
        after = rest.partition("}")[2]
        if method != self.method or not path.startswith(before) or not path.endswith(after):
            return None
        if not brace:
            return NO_ID if path == before else None
        try:
            return UUID(path[len(before) : len(path) - len(after)])
        except ValueError:
            return None


class Door:
    """An ASGI application: the hot routes, and behind them the framework."""

    def __init__(self, api: FastAPI, routes: Sequence[Hot]) -> None:
        self._api = api
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        body: bytes | None = None
        try:
            if (found := self._route(scope)) and _plain(scope):
                body = await _read(receive)
                route, object_id = found
                scope["app"], scope["route"] = self._api, route
                answer = await route.answer(Request(scope), body, object_id)
                await answer(scope, receive, send)
                return
        except Unusual:
            scope.pop("route", None)
        except CourtyardError as error:
            await problem(error)(scope, receive, send)
            return
        except HTTPException as error:
            await refused_by_framework(error.status_code)(scope, receive, send)
            return
        except Exception as error:
            await unforeseen(error)(scope, receive, send)
            return
        await self._api(scope, receive if body is None else _again(body, receive), send)

    def _route(self, scope: Scope) -> tuple[Hot, UUID] | None:
        for route in self._routes:
            object_id = route.match(scope["method"], scope["path"])
            if object_id is not None:
                return route, object_id
        return None


def _plain(scope: Scope) -> bool:
    """Whether a request is one the door takes: without a body, or with a short one in JSON."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    length = headers.get(b"content-length")
    if length is None:
        return bool(scope["method"] == "GET")
    kind = headers.get(b"content-type", b"").partition(b";")[0]
    return length == b"0" or (kind == b"application/json" and int(length) <= BODY_LIMIT)


async def _read(receive: Receive) -> bytes:
    message: Any = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, for the framework; then whatever else comes."""
    told = False

    async def first() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return first
