"""The wire of catch-up and of the socket's operations."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from courtyard.core.wire import all_required

OPEN_LIMIT = 20
WATCH_LIMIT = 200
SYNC_OPEN_LIMIT = 600

Seq = Annotated[int, Field(ge=0, lt=2**53)]


class Ticket(BaseModel):
    ticket: str
    expires_in: int


class Sync(BaseModel):
    """What a client holds: per open stream the seq of its last event, per followed channel the
    head it knows."""

    epoch: UUID | None = None
    open: Annotated[dict[UUID, Seq], Field(max_length=SYNC_OPEN_LIMIT)] = {}
    followed: Annotated[dict[UUID, Seq], Field(max_length=5_000)] = {}


class StreamEvents(BaseModel):
    """The events behind what the client holds: the last per object, in its present state."""

    model_config = ConfigDict(json_schema_extra=all_required)

    state: Literal["events"] = "events"
    events: list["EventOnTheWire"]
    head: int
    more: bool


class StreamHead(BaseModel):
    """A followed place that is not on screen: how far it is, how far it was read."""

    model_config = ConfigDict(json_schema_extra=all_required)

    state: Literal["head"] = "head"
    head: int
    last_position: int
    read_position: int
    mentions: int


class StreamReset(BaseModel):
    """The log does not reach back that far: load the place anew."""

    model_config = ConfigDict(json_schema_extra=all_required)

    state: Literal["reset"] = "reset"
    head: int


class StreamGone(BaseModel):
    """Not readable any more, or not there: the two are the same on purpose."""

    model_config = ConfigDict(json_schema_extra=all_required)

    state: Literal["gone"] = "gone"


class EventOnTheWire(BaseModel):
    """Any event; the union of all of them is the webhook `event` of this document."""

    model_config = ConfigDict(extra="allow")

    seq: int
    type: str
    actor_id: UUID | None
    cause: UUID | None


class Synced(BaseModel):
    epoch: UUID
    reset_all: bool
    places_changed: bool
    streams: dict[
        UUID,
        Annotated[
            StreamEvents | StreamHead | StreamReset | StreamGone, Field(discriminator="state")
        ],
    ]


class Open(BaseModel):
    op: Literal["open"]
    streams: Annotated[list[UUID], Field(max_length=OPEN_LIMIT)]


class Typing(BaseModel):
    op: Literal["typing"]
    s: UUID


class SetPresence(BaseModel):
    op: Literal["presence"]
    state: Literal["online", "idle"]


class Watch(BaseModel):
    op: Literal["watch"]
    users: Annotated[list[UUID], Field(max_length=WATCH_LIMIT)]


Operation = Annotated[Open | Typing | SetPresence | Watch, Field(discriminator="op")]
