"""The wire of threads: what a person has of them."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from courtyard.accounts.schemas import UserOut
from courtyard.core.streams import Event
from courtyard.messages.schemas import MessageOut, Position, ThreadOut


class ThreadFollowing(BaseModel):
    following: bool


class ThreadRead(BaseModel):
    """How far a thread is read; `back` also moves the mark back."""

    position: Position
    back: bool = False


class ThreadState(BaseModel):
    """What a person has of a thread. `read_position` is how far they have read it."""

    following: bool
    read_position: int


class ThreadView(ThreadState):
    """The head of a thread's panel. `thread` is null while nobody has answered yet."""

    root: MessageOut
    thread: ThreadOut | None
    users: list[UserOut]


class Followed(ThreadState):
    """A line of the Threads inbox: the root and the newest replies."""

    thread: ThreadOut
    root: MessageOut
    latest: list[MessageOut]


class FollowedPage(BaseModel):
    """Threads one follows, last answered first."""

    threads: list[Followed]
    users: list[UserOut]
    before: str | None


class ThreadFollowChanged(Event):
    """On a person's own stream: how it stands with a thread they follow, or did."""

    type: Literal["thread.followed"] = "thread.followed"
    thread_id: UUID
    following: bool
    read_position: int
