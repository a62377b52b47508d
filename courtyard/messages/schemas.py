"""The wire of messages."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from courtyard.accounts.schemas import UserOut
from courtyard.core.streams import Event
from courtyard.core.text import Body


class NewMessage(BaseModel):
    client_id: UUID
    text: Body


class MessageChange(BaseModel):
    text: Body


class MessageOut(BaseModel):
    id: UUID
    channel_id: UUID
    author_id: UUID
    client_id: UUID
    position: int
    created_at: datetime
    text: str
    edited_at: datetime | None
    deleted: bool


class Posted(MessageOut):
    """The answer to a post: with the seq of its event, so that the echo is recognised."""

    seq: int


class MessagePage(BaseModel):
    """A stretch of history, oldest first. `head` was read before or with the rows; the cursors
    lead on, on either side, and are null at the ends."""

    messages: list[MessageOut]
    users: list[UserOut]
    head: int
    before: str | None
    after: str | None


class PageQuery(BaseModel):
    """Which stretch of history: at most one of the anchors; none is the newest end."""

    before: Annotated[str | None, Field(max_length=1000)] = None
    after: Annotated[str | None, Field(max_length=1000)] = None
    around: UUID | None = None
    around_position: Annotated[int | None, Field(ge=0, lt=2**53)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class MessagePosted(Event):
    type: Literal["message.posted"] = "message.posted"
    message: MessageOut


class MessageEdited(Event):
    type: Literal["message.edited"] = "message.edited"
    message: MessageOut


class MessageDeleted(Event):
    type: Literal["message.deleted"] = "message.deleted"
    message: MessageOut


class HistoryChanged(Event):
    """Many messages came or went at once (an import): load the place anew."""

    type: Literal["history.changed"] = "history.changed"
