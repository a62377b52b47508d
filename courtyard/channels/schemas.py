"""The wire of channels."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from courtyard.accounts.schemas import UserOut
from courtyard.core.streams import Event
from courtyard.core.text import Line, Name
from courtyard.groups.permissions import PlaceName
from courtyard.groups.schemas import GroupOut, Level

KindName = Annotated[str, Field(min_length=1, max_length=20)]
Position = Annotated[int, Field(ge=0, lt=2**53)]


class ChannelCore(BaseModel):
    """What every reader of a channel may know of it. `people` are those of a conversation, which
    has no name; null in a group. A `default` one is followed by whoever joins the group."""

    id: UUID
    group_id: UUID | None
    category_id: UUID | None
    kind: str
    name: str
    topic: str
    position: int
    private: bool
    archived: bool
    default: bool
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
    kind: KindName = "text"


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


class Default(BaseModel):
    default: bool


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
    """Somebody who can read a place: let in by name, or through roles they have, or both."""

    user: UserOut
    explicit: bool
    through: list[UUID]


class Readers(BaseModel):
    members: list[Reader]
    next: str | None
    total: int


class Rule(BaseModel):
    """What a place allows and denies to everyone, to a role or to a person, beyond the roles."""

    subject_kind: Literal["everyone", "role", "user"]
    subject_id: UUID | None = None
    allow: Annotated[list[PlaceName], Field(max_length=10)] = []
    deny: Annotated[list[PlaceName], Field(max_length=10)] = []

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        if (self.subject_id is None) != (self.subject_kind == "everyone"):
            raise ValueError("a rule is for everyone, or for the role or person it names")
        if set(self.allow) & set(self.deny):
            raise ValueError("nothing is both allowed and denied")
        return self


class Rules(BaseModel):
    """All rules of a place."""

    rules: Annotated[list[Rule], Field(max_length=500)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        subjects = [(rule.subject_kind, rule.subject_id) for rule in self.rules]
        if len(set(subjects)) != len(subjects):
            raise ValueError("one rule for each role and person")
        return self


class Reach(BaseModel):
    """Whom a change of rules would reach: how many people may do other things than before, how
    many would see the place for the first time or no more, how many could read and write then, and
    whether oneself is shut out."""

    people: int
    let_in: int
    shut_out: int
    readers: int
    writers: int
    locks_out: bool


class SeenPlace(BaseModel):
    id: UUID
    permissions: list[PlaceName]


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
