"""What every HTTP answer goes through: size limits, headers, one shape of error, one log line."""

import asyncio
import ipaddress
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from courtyard.core.errors import CourtyardError, NotFound, TooLarge
from courtyard.core.ids import new_id
from courtyard.core.unit_of_work import database_trouble

log = structlog.get_logger()

BODY_LIMIT = 1_000_000
UPLOAD_LIMIT = 5_000_000  # a picture, and the most of any body
CHUNK_LIMIT = 4 * 2**20  # a piece of a file
STEPS = 8
BODY_SECONDS = 30

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; "
    "worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
    "report-uri /api/reports/csp"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), payment=(), usb=(), browsing-topics=()",
}
# What the framework refuses by itself, in our words.
FRAMEWORK = {
    400: ("invalid", "This request could not be read. Check what was sent."),
    404: ("not_found", NotFound.message),
    405: ("method_not_allowed", "This cannot be done to that."),
    408: ("too_slow", "The request took too long to arrive. Send it again."),
    413: ("too_large", TooLarge.message),
}
_PAGE_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_API_HEADERS = [*_PAGE_HEADERS, (b"cache-control", b"no-store")]
_OURS = {name for name, _ in _API_HEADERS}
_UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


# Whether a Host header names this server.
Here = Callable[[str], bool]


@lru_cache(maxsize=64)
def names_loopback(host: str) -> bool:
    """For a server that only its own machine reaches: another name that leads here is a page
    that rebound its name to reach what no password protects yet, the first run."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def any_name(_: str) -> bool:
    """For a server that a proxy or a certificate vouches for."""
    return True


class Gate:
    """The outermost layer, written for ASGI directly because every request passes it."""

    def __init__(self, app: ASGIApp, here: Here, public_url: str | None = None) -> None:
        self._app = app
        self._here = here
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        refusal = self._refusal(scope, headers)
        if refusal:
            await problem(refusal)(scope, receive, _with_headers(send, scope))
            return
        limited = _limited(receive, _body_limit(scope["path"]))
        try:
            await self._app(scope, limited, _with_headers(send, scope))
        except Exception:
            # Answered and noted already (see `install`); the server's own log would quote what
            # drivers say of the values.
            if not scope["path"].startswith("/api/"):
                raise

    def _refusal(self, scope: Scope, headers: Mapping[bytes, bytes]) -> CourtyardError | None:
        if not self._here(headers.get(b"host", b"").decode("latin-1")):
            return CourtyardError(
                "This server does not answer to that name. Open it under http://localhost.",
                code="wrong_host",
            ).with_status(421)
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > UPLOAD_LIMIT:
            return TooLarge()
        if headers.get(b"content-encoding", b"identity") != b"identity":
            return CourtyardError(
                "Send the body as it is, not compressed.", code="unsupported_encoding"
            ).with_status(415)
        if scope["method"] in _UNSAFE and self._foreign(headers):
            return CourtyardError(
                "This request came from another site and was refused.", code="foreign_origin"
            ).with_status(403)
        return None

    def _foreign(self, headers: Mapping[bytes, bytes]) -> bool:
        """Whether a browser says that another site sent this (S15). Programs send neither."""
        site = headers.get(b"sec-fetch-site")
        if site and site not in (b"same-origin", b"none"):
            return True
        origin = headers.get(b"origin")
        return origin is not None and not same_origin(
            origin.decode("latin-1"), headers.get(b"host", b"").decode("latin-1"), self._public_url
        )


def same_origin(origin: str, host: str, public_url: str | None) -> bool:
    """Whether an Origin header names this server (by its public URL, else by the Host header)."""
    if public_url:
        return origin == public_url
    return origin in (f"http://{host}", f"https://{host}")


def _body_limit(path: str) -> int:
    if path.endswith("/avatar"):
        return UPLOAD_LIMIT
    return CHUNK_LIMIT if path.startswith("/api/uploads/") else BODY_LIMIT


def _limited(receive: Receive, limit: int) -> Receive:
    """Counts the body while it arrives (chunked bodies have no length to check before), and does
    not wait for it for ever. Raises HTTPException, which the framework lets through."""
    seen = 0
    deadline = asyncio.get_running_loop().time() + BODY_SECONDS

    async def counted() -> Message:
        nonlocal seen
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408) from None
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413)
        return message

    return counted


def _with_headers(send: Send, scope: Scope) -> Send:
    started = time.perf_counter()

    async def extended(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = _API_HEADERS if scope["path"].startswith("/api/") else _PAGE_HEADERS
            theirs = {name for name, _ in message["headers"]}
            if theirs & _OURS:
                ours = [pair for pair in ours if pair[0] not in theirs]
            message["headers"] = [*message["headers"], *ours]
            _note(scope, message["status"], time.perf_counter() - started)
        await send(message)

    return extended


def _note(scope: Scope, status: int, seconds: float) -> None:
    """Errors and slow requests are worth a line; the route's pattern, never the path's values."""
    if status >= 500 or seconds > 1:
        route = scope.get("route")
        log.warning(
            "request",
            method=scope["method"],
            route=getattr(route, "path", "unmatched"),
            status=status,
            ms=round(seconds * 1000),
        )


def problem(error: CourtyardError, ref: UUID | None = None) -> Response:
    """The one shape of an error answer."""
    body: dict[str, Any] = {
        "code": error.code,
        "message": error.message,
        "fields": error.fields,
        "ref": str(ref or new_id())[-12:],
    }
    headers = {"retry-after": str(error.retry_after)} if error.retry_after else None
    return Response(
        orjson.dumps({"error": body}),
        status_code=error.status,
        headers=headers,
        media_type="application/json",
    )


def install(app: FastAPI) -> None:
    """Teaches the application to answer errors of the family, and all others, in one shape."""

    @app.exception_handler(CourtyardError)
    async def _family(_: Request, error: CourtyardError) -> Response:
        return problem(error)

    @app.exception_handler(RequestValidationError)
    async def _shape(_: Request, error: RequestValidationError) -> Response:
        return misshapen(error.errors())

    @app.exception_handler(HTTPException)
    async def _starlette(_: Request, error: HTTPException) -> Response:
        return refused_by_framework(error.status_code)

    @app.exception_handler(Exception)
    async def _unforeseen(_: Request, error: Exception) -> Response:
        return unforeseen(error)


def refused_by_framework(status: int) -> Response:
    """What the framework refuses by itself, in our words."""
    code, message = FRAMEWORK.get(status, FRAMEWORK[400])
    return problem(CourtyardError(message, code=code).with_status(status))


def misshapen(errors: Sequence[Any]) -> Response:
    """The answer to a request whose parts are not what they must be."""
    fields = {_field(e["loc"]): e["msg"] for e in errors[:20]}
    return problem(
        CourtyardError(
            "Some of this cannot be right. Look at the marked fields.",
            code="invalid",
            fields=fields,
        ).with_status(422)
    )


def unforeseen(error: Exception) -> Response:
    """The answer to an error that no code expected, and its line in the log."""
    known = database_trouble(error)
    if isinstance(known, CourtyardError):
        return problem(known)
    ref = new_id()
    # The way there, not what the error says: a driver's words quote the values of a row.
    steps = traceback.extract_tb(error.__traceback__)[-STEPS:]
    way = [f"{step.filename}:{step.lineno} {step.name}" for step in steps]
    log.error("unforeseen", kind=type(error).__name__, ref=str(ref)[-12:], way=way)
    return problem(CourtyardError(), ref)


def _field(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location if part not in ("body", "query", "path"))
