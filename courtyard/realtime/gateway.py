"""The socket's door: origin, ticket, hello; then the operations of a tab."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
import structlog
from pydantic import TypeAdapter, ValidationError
from starlette.types import Receive, Scope, Send

from courtyard import MIN_CLIENT
from courtyard.channels import people
from courtyard.core.http import Here, same_origin
from courtyard.core.unit_of_work import database_trouble
from courtyard.presence.service import Presence
from courtyard.realtime import rights, tickets
from courtyard.realtime.connection import TYPING_SECONDS, Connection
from courtyard.realtime.hub import Hub
from courtyard.realtime.schemas import Open, Operation, SetPresence, Typing, Watch
from courtyard.realtime.sockets import EXTENSION

log = structlog.get_logger()

PROTOCOL = "courtyard.1"
BAD_TICKET = 4002
POLICY = 1008
BROKEN = 1003
TABS_PER_PERSON = 40
OPERATIONS_PER_10_SECONDS = 100
# After a break everybody says at once whom they look at: the rest wait here, not for a connection.
WATCHES_AT_ONCE = 4
SEEN_LIMIT = 500
_operation: TypeAdapter[Open | Typing | SetPresence | Watch] = TypeAdapter(Operation)

# The policy of every socket operation, in the words of the policy table.
OPERATIONS = {
    "open": "channel: view",
    "typing": "channel: post",
    "presence": "oneself",
    "watch": "people who share a group or a conversation",
}


@dataclass(slots=True)
class Gateway:
    """An ASGI application for `/api/socket`."""

    hub: Hub
    presence: Presence
    here: Here
    public_url: str | None = None
    counted: dict[UUID, list[float]] = field(default_factory=dict)
    _watches: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(WATCHES_AT_ONCE))

    def __post_init__(self) -> None:
        self.presence.on_change(self.hub.watchers.tell)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a tab in, or refuses with 403 before the handshake is done (W07)."""
        await receive()
        who = await self._let_in(scope)
        if (
            who is None
            or EXTENSION not in scope["extensions"]
            or self.hub.tabs[who.user_id] >= TABS_PER_PERSON
        ):
            await send({"type": "websocket.close", "code": BAD_TICKET})
            return
        await send({"type": "websocket.accept", "subprotocol": PROTOCOL})
        connection = Connection(scope["extensions"][EXTENSION], who.user_id, who.session_id)
        self.hub.join(connection)
        try:
            await self._hello(connection, who.epoch)
            self.presence.set(connection.user_id, connection.id, "online")
            while (message := await receive())["type"] == "websocket.receive":
                await self._heard(connection, message)
        finally:
            self.counted.pop(connection.id, None)
            self.hub.leave(connection)
            self.presence.gone(connection.user_id, connection.id)

    async def _let_in(self, scope: Scope) -> tickets.Holder | None:
        headers = {key: value.decode("latin-1") for key, value in scope["headers"]}
        host = headers.get(b"host", "")
        if not self.here(host) or not same_origin(
            headers.get(b"origin", ""), host, self.public_url
        ):
            return None
        offered = scope["subprotocols"]
        ticket = next((p[7:] for p in offered if p.startswith("ticket.")), None)
        if scope["query_string"] or PROTOCOL not in offered or not ticket:
            return None
        try:
            return await tickets.use(self.hub.database, ticket)
        except Exception as error:
            log.warning("ticket_unchecked", kind=type(error).__name__)
            return None

    async def _hello(self, connection: Connection, epoch: UUID) -> None:
        """Subscribes, reads heads, and only then says hello."""
        await rights.apply(self.hub, [connection])
        heads = self.hub.read(connection, connection.always)
        connection.say(
            {
                "hello": {
                    "epoch": str(epoch),
                    "connection": str(connection.id),
                    "min_client": MIN_CLIENT,
                    "heads": {str(key): head for key, head in heads.items()},
                }
            }
        )

    async def _heard(self, connection: Connection, message: Any) -> None:
        """One frame of a tab. Nonsense is answered or closes this socket, never another."""
        text = message.get("text")
        if text is None:
            connection.socket.close(BROKEN)
            return
        if self._too_often(connection):
            connection.socket.close(POLICY)
            return
        name = ""
        try:
            body = orjson.loads(text)
            name = str(body.get("op", ""))[:40]
            await self._do(connection, _operation.validate_python(body))
        except (orjson.JSONDecodeError, ValidationError, AttributeError):
            connection.refuse(name, "invalid", "This frame is not one the server knows.")
        except Exception as error:
            log.warning("operation_failed", kind=type(database_trouble(error)).__name__)
            connection.refuse(name, "unavailable", "The server is catching its breath.")

    def _too_often(self, connection: Connection) -> bool:
        now = time.monotonic()
        recent = [at for at in self.counted.get(connection.id, ()) if now - at < 10]
        self.counted[connection.id] = [*recent, now]
        return len(recent) >= OPERATIONS_PER_10_SECONDS

    async def _do(
        self, connection: Connection, operation: Open | Typing | SetPresence | Watch
    ) -> None:
        match operation:
            case Open():
                refused = await rights.open_streams(self.hub, connection, set(operation.streams))
                for _ in refused:
                    connection.refuse("open", "not_found", "This place is not open to you.")
            case Typing():
                await self._typing(connection, operation.s)
            case SetPresence():
                self.presence.set(connection.user_id, connection.id, operation.state)
            case Watch():
                await self._watch(connection, operation.users)

    async def _typing(self, connection: Connection, channel_id: UUID) -> None:
        if connection.typed_enough():
            return
        if not await rights.may_write(self.hub.database, connection.user_id, channel_id):
            connection.refuse("typing", "not_found", "This place is not open to you.")
            return
        self.hub.announce_typing(channel_id, connection.user_id, TYPING_SECONDS)

    async def _watch(self, connection: Connection, users: list[UUID]) -> None:
        """Asks only for people whom this tab was not found to know before."""
        seen, wanted = connection.seen, set(users)
        known, apart = await self._acquainted(connection.user_id, wanted - seen)
        if connection.seen is not seen:  # rights changed while we asked
            await self._watch(connection, users)
            return
        seen |= known - apart
        self.hub.watchers.look_at(connection, wanted & seen)
        # Who blocks looks like somebody who is away, not like somebody who is not told of.
        states = self.presence.states(wanted & seen) | dict.fromkeys(known & apart, "offline")
        connection.say({"presence": {str(key): state for key, state in states.items()}})
        if len(seen) > SEEN_LIMIT:
            seen &= wanted

    async def _acquainted(self, me: UUID, users: set[UUID]) -> tuple[set[UUID], set[UUID]]:
        """Whom of these people somebody knows, and from whom of them a block parts them."""
        if not users:
            return set(), set()
        async with self._watches:
            found = await people.pairs(self.hub.database, [(me, user) for user in users])
        known = {person for _, person in found}
        return known, {person for (_, person), parted in found.items() if parted}
