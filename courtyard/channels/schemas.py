"""The wire of channels."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from courtyard.accounts.schemas import UserOut
from courtyard.core.streams import Event
from courtyard.core.text import Line, Name
from courtyard.groups.schemas import GroupOut, Level

Kind = Literal["text"]
Position = Annotated[int, Field(ge=0, lt=2**53)]


class ChannelCore(BaseModel):
    """What every reader of a channel may know of it. `people` are those of a conversation, which
    has no name; null in a group."""

    id: UUID
    group_id: UUID | None
    category_id: UUID | None
    kind: Kind
    name: str
    topic: str
    position: int
    private: bool
    archived: bool
    people: list[UUID] | None


class ChannelOut(ChannelCore):
    """A channel as its reader has it: rights, follow, head and what is unread. A followed channel
    without a level goes by that of its group."""

    permissions: list[str]
    followed: bool
    level: Level | None
    muted_until: datetime | None
    head: int
    last_position: int
    read_position: int
    mentions: int


class Listed(ChannelOut):
    """A channel under Browse."""

    followers: int


class CategoryOut(BaseModel):
    id: UUID
    group_id: UUID
    name: str
    position: int


class Places(BaseModel):
    """Everything in a person's rail and sidebar. `heads` were read before the rest."""

    epoch: UUID
    workspace_id: UUID
    heads: dict[UUID, int]
    groups: list[GroupOut]
    categories: list[CategoryOut]
    channels: list[ChannelOut]


class NewChannel(BaseModel):
    client_id: UUID
    name: Name
    topic: Line = ""
    category_id: UUID | None = None
    private: bool = False
    kind: Kind = "text"


class ChannelChange(BaseModel):
    name: Name | None = None
    topic: Line | None = None


class NewConversation(BaseModel):
    """With whom; oneself alone is a place for notes."""

    user_ids: Annotated[list[UUID], Field(min_length=1, max_length=9)]


class Conversations(BaseModel):
    """Conversations, the newest talk first."""

    conversations: list[ChannelOut]
    next: str | None


class Private(BaseModel):
    private: bool


class NewCategory(BaseModel):
    client_id: UUID
    name: Name


class CategoryChange(BaseModel):
    name: Name


class Slot(BaseModel):
    id: UUID
    category_id: UUID | None


class Layout(BaseModel):
    """The order of a group's categories and channels, whole."""

    categories: Annotated[list[UUID], Field(max_length=200)]
    channels: Annotated[list[Slot], Field(max_length=2000)]


class Read(BaseModel):
    position: Position
    back: bool = False


class Reader(BaseModel):
    user: UserOut
    explicit: bool


class Readers(BaseModel):
    members: list[Reader]
    next: str | None
    total: int


class ChannelUpdated(Event):
    type: Literal["channel.updated"] = "channel.updated"
    channel: ChannelCore


class PlacesChanged(Event):
    """On the group's stream: the list of places is another one; ask for it again."""

    type: Literal["places.changed"] = "places.changed"


class FollowChanged(Event):
    """On a person's own stream."""

    type: Literal["follow.changed"] = "follow.changed"
    channel_id: UUID
    followed: bool
    level: Level | None
    muted_until: datetime | None


class ReadMarked(BaseModel):
    """Ephemeral, to a person's own devices."""

    type: Literal["read.marked"] = "read.marked"
    channel_id: UUID
    position: int
