"""The application: the composition root that joins all slices into one ASGI app."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated, Any

from fastapi import FastAPI
from pydantic import Field
from starlette.types import ASGIApp, Receive, Scope, Send

from courtyard import __version__
from courtyard.accounts import admin_routes
from courtyard.accounts import routes as accounts
from courtyard.accounts.tokens import Tokens
from courtyard.channels import routes as channels
from courtyard.channels import rule_routes
from courtyard.core import http, logs
from courtyard.core.blobs import Blobs
from courtyard.core.bus import Bus
from courtyard.core.crypto import KeyRing
from courtyard.core.database import Database
from courtyard.core.hot import Door
from courtyard.core.limits import Limiter
from courtyard.core.policies import policy_table
from courtyard.core.settings import Settings, load_settings
from courtyard.core.streams import EVENT_TYPES, Event
from courtyard.files import routes as files
from courtyard.groups import role_routes
from courtyard.groups import routes as groups
from courtyard.integrations import routes as integrations
from courtyard.licence import keys as licence_keys
from courtyard.licence import routes as licence
from courtyard.licence import service as licences
from courtyard.messages import routes as messages
from courtyard.messages import thread_routes
from courtyard.messages.post import Poster
from courtyard.notifications import routes as notifications
from courtyard.presence.service import Presence
from courtyard.realtime import routes as realtime
from courtyard.realtime import watch
from courtyard.realtime.gateway import Gateway
from courtyard.realtime.hub import Hub
from courtyard.realtime.sync import Syncer
from courtyard.web import Client
from courtyard.worker import Worker, register
from courtyard.workspace import reports
from courtyard.workspace import routes as workspace

SOCKET_PATH = "/api/socket"
HOT = (*messages.HOT, *realtime.HOT)
ROUTERS = (
    workspace,
    reports,
    accounts,
    admin_routes,
    licence,
    groups,
    role_routes,
    channels,
    rule_routes,
    files,
    notifications,
    messages,
    thread_routes,
    realtime,
    integrations,
)


def create_app(settings: Settings) -> ASGIApp:
    """The whole server for one process. Raises StartupError for what it refuses to start with."""
    app = _api()
    _compose(app.state, settings)
    return http.Gate(_Doors(app), _here(settings), settings.public_url)


def _here(settings: Settings) -> http.Here:
    return http.any_name if settings.reachable or settings.tls else http.names_loopback


def document() -> str:
    """The OpenAPI document, indented so that its changes can be read."""
    return json.dumps(_api().openapi(), indent=1, sort_keys=True)


def _api() -> FastAPI:
    app = FastAPI(
        title="Courtyard",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        lifespan=_lifespan,
    )
    for module in ROUTERS:
        app.include_router(module.router)
    http.install(app)
    _document_events(app)
    app.state.policies = policy_table(app)
    return app


def _compose(state: Any, settings: Settings) -> None:
    assert settings.database_url, "the launcher fills in the embedded database"
    state.settings = settings
    state.setup_code = settings.setup_code
    state.database = Database(settings.database_url, settings.database_pool)
    state.ring = KeyRing.load(settings.data_dir / "keys.json")
    state.bus = Bus(settings.redis_url, state.ring.bus_channel())
    state.tokens = Tokens(state.ring)
    state.limiter = Limiter(settings.redis_url, settings.limit_factor)
    state.poster = Poster(state.database, state.bus, state.ring)
    state.blobs = Blobs(settings.data_dir / "blobs")
    state.hub = Hub(state.database, state.bus)
    state.presence = Presence(state.bus)
    state.syncer = Syncer(state.hub)
    state.gateway = Gateway(state.hub, state.presence, _here(settings), settings.public_url)
    state.worker = Worker(settings, state.database, state.bus, state.blobs)
    register(state.ring)
    licences.trust(licence_keys.trusted(settings))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state = app.state
    async with AsyncExitStack() as stack:
        await state.database.open()
        stack.push_async_callback(state.database.close)
        await state.bus.start()
        stack.push_async_callback(state.bus.stop)
        tasks = [
            asyncio.create_task(watch.run(state.hub)),
            asyncio.create_task(state.presence.run()),
            asyncio.create_task(state.worker.run()),
        ]
        stack.push_async_callback(_end, tasks)
        yield


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class _Doors:
    """Three doors: the socket, the API, and the client's files for everything else."""

    def __init__(self, api: FastAPI) -> None:
        self._api = api
        self._door = Door(api, HOT)
        self._client = Client()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            scope["app"] = self._api
            await self._socket(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._api(scope, receive, send)
        elif scope["path"].startswith("/api/"):
            await self._door(scope, receive, send)
        else:
            await self._client(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == SOCKET_PATH:
            await self._api.state.gateway(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})


def _document_events(app: FastAPI) -> None:
    """Puts the union of all events into the OpenAPI document as the webhook `event`."""
    union: Any = None
    for event_type in EVENT_TYPES.values():
        union = event_type if union is None else union | event_type
    AnyEvent = Annotated[union, Field(discriminator="type")]  # noqa: N806 - a type

    async def event(body: Event) -> None:
        """Every event that goes over the socket and out of a catch-up."""

    event.__annotations__["body"] = AnyEvent
    app.webhooks.add_api_route("event", event, methods=["POST"], status_code=204)


def from_environment() -> ASGIApp:
    """What uvicorn imports in each process of `courtyard serve`."""
    settings = load_settings()
    logs.configure(settings.log_level, settings.log_format)
    return create_app(settings)
