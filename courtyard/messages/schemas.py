"""The wire of messages."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, ValidationInfo, field_validator

from courtyard.accounts.schemas import UserOut
from courtyard.core.streams import Event
from courtyard.core.text import Body, not_empty, tidy_text
from courtyard.files.schemas import FileOut

FILES_LIMIT = 20
Position = Annotated[int, Field(ge=0, lt=2**53)]
# Like a Body, but nothing may be said when something else goes with it.
Words = Annotated[str, Field(max_length=20_000), AfterValidator(tidy_text)]


class NewMessage(BaseModel):
    """What somebody says, and what goes with it.

    `root_id` is the message in whose thread it goes, `also` shows it in the place too; `reply_to`
    is a message of the same place it answers, `forward_of` one from anywhere whose words and
    files go along.
    """

    client_id: UUID
    root_id: UUID | None = None
    also: bool = False
    reply_to: UUID | None = None
    forward_of: UUID | None = None
    file_ids: Annotated[list[UUID], Field(max_length=FILES_LIMIT)] = []
    text: Annotated[Words, Field(validate_default=True)] = ""

    @field_validator("text")
    @classmethod
    def _says_something(cls, text: str, others: ValidationInfo) -> str:
        more = others.data.get("file_ids") or others.data.get("forward_of")
        return text if more else not_empty(text)

    @property
    def plain(self) -> bool:
        """Whether it is words in a place and nothing else: the hot path."""
        return not (self.root_id or self.reply_to or self.forward_of or self.file_ids)


class MessageChange(BaseModel):
    text: Body


class Forwarded(BaseModel):
    """Whose words these were, where and when. Whether one may go there is asked there."""

    message_id: UUID
    channel_id: UUID
    author_id: UUID
    created_at: datetime
    text: str


class ReactionOut(BaseModel):
    """One emoji on a message. `users` are the first thirty of `count`; in an answer to somebody
    they are the first of them."""

    emoji: str
    count: int
    users: list[UUID]


class ThreadOut(BaseModel):
    """What everybody may know of a thread: how much is said in it, by whom lately."""

    id: UUID
    channel_id: UUID
    root_kind: str
    root_id: UUID
    replies: int
    last_position: int
    people: list[UUID]


class MessageOut(BaseModel):
    """`root_id` is the message at the head of the thread `thread_id`."""

    id: UUID
    channel_id: UUID
    author_id: UUID
    client_id: UUID
    position: int
    created_at: datetime
    text: str
    edited_at: datetime | None
    deleted: bool
    thread_id: UUID | None
    root_id: UUID | None
    also: bool
    reply_to: UUID | None
    forwarded: Forwarded | None
    pinned: bool
    files: list[FileOut]
    reactions: list[ReactionOut]


class Posted(MessageOut):
    """The answer to a post: with the seq of its event, so that the echo is recognised."""

    seq: int


class MessagePage(BaseModel):
    """A stretch of history, oldest first, and the threads that begin in it. `head` was read before
    or with the rows; the cursors lead on, on either side, and are null at the ends."""

    messages: list[MessageOut]
    threads: list[ThreadOut]
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


class NewReaders(BaseModel):
    """How many people of another place do not read the place of a message."""

    count: int


class Version(BaseModel):
    """An earlier wording, and when it was written."""

    text: str
    written_at: datetime


class Messages(BaseModel):
    """Some messages and who wrote them."""

    messages: list[MessageOut]
    users: list[UserOut]


class SavedPage(Messages):
    """Saved messages, last saved first."""

    before: str | None


class DraftText(BaseModel):
    text: Words


class DraftOut(BaseModel):
    """A draft; `root_id` is null in the place itself."""

    channel_id: UUID
    root_id: UUID | None
    text: str
    changed_at: datetime


class MessagePosted(Event):
    type: Literal["message.posted"] = "message.posted"
    message: MessageOut


class MessageEdited(Event):
    type: Literal["message.edited"] = "message.edited"
    message: MessageOut


class MessageDeleted(Event):
    type: Literal["message.deleted"] = "message.deleted"
    message: MessageOut


class MessagePinned(Event):
    """Pinned, or no longer."""

    type: Literal["message.pinned"] = "message.pinned"
    message: MessageOut


class ReactionsChanged(Event):
    type: Literal["reactions.changed"] = "reactions.changed"
    message_id: UUID
    reactions: list[ReactionOut]


class ThreadUpdated(Event):
    type: Literal["thread.updated"] = "thread.updated"
    thread: ThreadOut


class SavedChanged(Event):
    """On a person's own stream."""

    type: Literal["saved.changed"] = "saved.changed"
    message_id: UUID
    saved: bool


class DraftChanged(Event):
    """On a person's own stream. An empty text: sent or thrown away."""

    type: Literal["draft.changed"] = "draft.changed"
    channel_id: UUID
    root_id: UUID | None
    text: str


class HistoryChanged(Event):
    """Many messages came or went at once (an import): load the place anew."""

    type: Literal["history.changed"] = "history.changed"
