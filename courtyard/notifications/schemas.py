"""The wire of notifications."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from courtyard.accounts.schemas import UserOut
from courtyard.core.streams import Event
from courtyard.notifications.reasons import Why

Filter = Literal["all", "mentions", "replies", "reactions"]


class NotificationOut(BaseModel):
    """What one was told of. `counts`: whether it is in a number while it is unread."""

    id: UUID
    why: Why
    place_id: UUID | None
    thread_id: UUID | None
    object_kind: str
    object_id: UUID
    actor_id: UUID
    position: int
    counts: bool
    created_at: datetime
    read_at: datetime | None


class Unread(BaseModel):
    counting: int


class Activity(BaseModel):
    """A page of one's inbox, newest first; `before` is the cursor of the next. `head` is that of
    one's own stream, read before the rest."""

    head: int
    notifications: list[NotificationOut]
    users: list[UserOut]
    before: UUID | None
    unread: Unread


class ActivityRead(BaseModel):
    """Which of one's notifications are read: these, or all."""

    ids: Annotated[list[UUID], Field(max_length=200)] = []
    all: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.ids) == self.all:
            raise ValueError("name the ids, or say all")
        return self


class NotificationAdded(Event):
    """On a person's own stream, as the following ones are."""

    type: Literal["notification.added"] = "notification.added"
    notification: NotificationOut


class NotificationRemoved(Event):
    """What it told of is gone."""

    type: Literal["notification.removed"] = "notification.removed"
    id: UUID


class NotificationRead(Event):
    """Some were read. The state of the whole inbox: of those known to a client, the ones listed
    are unread; the others are read, unless there are `more` and they are older than all listed."""

    late: ClassVar[bool] = True
    type: Literal["notification.read"] = "notification.read"
    unread: list[UUID] = Field(default_factory=list)
    more: bool = False
    counting: int = 0


class CountsChanged(Event):
    """How many unread notifications count in a thread, or in a place outside its threads, or,
    with neither, outside of all places."""

    late: ClassVar[bool] = True
    type: Literal["counts.changed"] = "counts.changed"
    place_id: UUID | None = None
    thread_id: UUID | None = None
    mentions: int = 0
