"""The wire of accounts."""

import zoneinfo
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, EmailStr, Field

from courtyard.core.clock import now
from courtyard.core.emoji import Emoji
from courtyard.core.streams import Event
from courtyard.core.text import Line, Name

WorkspaceRole = Literal["owner", "admin", "member", "guest"]
Standing = Literal["invited", "active", "deactivated"]

# Not e-mail rules of our own: a bounded address whose domain is compared without case.
Email = Annotated[EmailStr, Field(max_length=254), AfterValidator(str.lower)]
# The upper bound keeps a megabyte from being hashed (Q02).
Password = Annotated[str, Field(min_length=10, max_length=256)]
GivenPassword = Annotated[str, Field(min_length=1, max_length=256)]

FAR = timedelta(days=3660)


def _within_years(value: datetime) -> datetime:
    if abs(value - now()) > FAR:
        raise ValueError("choose a time within ten years")
    return value


@cache
def _zones() -> set[str]:
    """The time zones that mean the same on every machine."""
    return zoneinfo.available_timezones() - {"localtime"}


def _known_zone(value: str) -> str:
    if value not in _zones():
        raise ValueError("choose a time zone, such as Europe/Berlin")
    return value


Until = Annotated[AwareDatetime, AfterValidator(_within_years)]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Zone = Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
Weekday = Annotated[int, Field(ge=0, le=6)]
Weekdays = Annotated[
    list[Weekday], Field(min_length=1, max_length=7), AfterValidator(lambda days: sorted(set(days)))
]


class Status(BaseModel):
    """What a person says of themself, until a time or until they say otherwise."""

    emoji: str | None
    text: str
    until: datetime | None


class QuietHours(BaseModel):
    """Every week's hours of quiet, by the clock of `tz`. `days` are those on which they begin, 0
    is Monday. What ends no later than it begins goes on past midnight."""

    # Events are written without being asked for aliases.
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    days: Weekdays
    from_: Annotated[ClockTime, Field(alias="from")]
    to: ClockTime
    tz: Zone


class UserOut(BaseModel):
    """What everybody who shares a place with a person may know of them (A16)."""

    id: UUID
    name: str
    title: str
    avatar: str | None
    kind: Literal["human", "bot"]
    active: bool
    status: Status | None
    dnd: bool


class Me(BaseModel):
    id: UUID
    name: str
    email: str | None
    title: str
    avatar: str | None
    workspace_role: WorkspaceRole
    offline_copy: bool
    status: Status | None
    dnd: bool
    dnd_until: datetime | None
    quiet_hours: QuietHours | None


class AccountOut(BaseModel):
    """An account as who looks after the workspace sees it: how it stands, never what it wrote."""

    user: UserOut
    email: str | None
    workspace_role: WorkspaceRole
    standing: Standing
    created_at: datetime
    first_signed_in_at: datetime | None
    last_used_at: datetime | None
    sessions: int


class Accounts(BaseModel):
    accounts: list[AccountOut]
    next: str | None
    total: int


class Active(BaseModel):
    active: bool


class NewRole(BaseModel):
    role: WorkspaceRole


class SignedIn(BaseModel):
    access_token: str
    expires_in: int
    me: Me


class Setup(BaseModel):
    workspace_name: Name
    name: Name
    email: Email
    password: Password
    setup_code: Annotated[str, Field(max_length=64)] | None = None


class SignIn(BaseModel):
    email: Annotated[str, Field(max_length=254)]
    password: GivenPassword
    remember: bool = False


class Profile(BaseModel):
    name: Name | None = None
    title: Line | None = None


class NewStatus(BaseModel):
    """Neither emoji nor text is no status."""

    emoji: Emoji | None = None
    text: Annotated[Line, Field(max_length=100)] = ""
    until: Until | None = None


class Dnd(BaseModel):
    until: Until | None


class QuietHoursChange(BaseModel):
    quiet_hours: QuietHours | None


class PasswordChange(BaseModel):
    current: GivenPassword
    new: Password


class SessionOut(BaseModel):
    id: UUID
    user_agent: str
    address: str
    created_at: datetime
    last_used_at: datetime
    current: bool


class BlockOut(BaseModel):
    user_id: UUID
    created_at: datetime


class UserUpdated(Event):
    type: Literal["user.updated"] = "user.updated"
    user: UserOut


class AccessChanged(Event):
    """On a person's own stream: ask again what you may see."""

    type: Literal["access.changed"] = "access.changed"


class QuietChanged(Event):
    """How much quiet a person wants changed, or began or ended with the clock. On their own
    stream: their other devices keep quiet, too, and show it."""

    type: Literal["quiet.changed"] = "quiet.changed"
    dnd: bool
    dnd_until: datetime | None
    quiet_hours: QuietHours | None


class BlockChanged(Event):
    """On the stream of the one who blocks, and nowhere else."""

    type: Literal["block.changed"] = "block.changed"
    user_id: UUID
    blocked: bool
