"""The wire of groups."""

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from courtyard.accounts.schemas import Email, Password, UserOut
from courtyard.core.streams import Event
from courtyard.core.text import Line, Name
from courtyard.groups.permissions import PermissionName

RoleKind = Literal["owner", "admin", "member", "guest", "custom"]
Token = Annotated[str, Field(min_length=10, max_length=100)]
Permissions = Annotated[list[PermissionName], Field(max_length=20)]
Level = Literal["all", "mentions", "nothing"]
# Bounded: whoever wants quiet for good names a far day, and every driver can read it back.
Until = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(9000, 1, 1, tzinfo=UTC)),
]


class GroupCore(BaseModel):
    """What every member may know of a group, guests included."""

    id: UUID
    name: str
    description: str
    archived: bool


class GroupOut(GroupCore):
    """A group as its reader sees it: with the reader's permissions, place in the rail, and what
    the reader wants to hear of it."""

    permissions: list[str]
    position: int
    level: Level | None
    muted_until: datetime | None


class NewGroup(BaseModel):
    client_id: UUID
    name: Name
    description: Line = ""


class GroupChange(BaseModel):
    name: Name | None = None
    description: Line | None = None


class Hearing(BaseModel):
    """What somebody wants to be told, whole: a level, None for what is usual there, and how long
    nothing at all."""

    level: Level | None = None
    muted_until: Until | None = None


class Archived(BaseModel):
    archived: bool


class Order(BaseModel):
    ids: Annotated[list[UUID], Field(max_length=500)]


class MemberOut(BaseModel):
    user: UserOut
    role_ids: list[UUID]
    joined_at: datetime


class Members(BaseModel):
    members: list[MemberOut]
    next: str | None
    total: int


class RoleOut(BaseModel):
    id: UUID
    name: str
    kind: RoleKind
    position: int
    permissions: list[str]
    members: int


class NewRole(BaseModel):
    """A role under the id its maker chose."""

    client_id: UUID
    name: Name
    permissions: Permissions = []


class RoleChange(BaseModel):
    name: Name | None = None
    permissions: Permissions | None = None


class MemberRoles(BaseModel):
    """All roles of a member."""

    role_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)]


class NewInvite(BaseModel):
    expires_in_hours: Annotated[int, Field(ge=1, le=24 * 365)] | None = 168
    max_uses: Annotated[int, Field(ge=1, le=100_000)] | None = None
    role_id: UUID | None = None


class InviteOut(BaseModel):
    id: UUID
    role_id: UUID | None
    created_by: UUID | None
    created_at: datetime
    expires_at: datetime | None
    max_uses: int | None
    uses: int
    revoked: bool
    token: str | None = None


class InviteToken(BaseModel):
    token: Token


class InviteLook(BaseModel):
    """What the holder of a link is told before joining."""

    kind: Literal["join", "claim"]
    workspace_name: str
    group_name: str | None
    inviter_name: str | None
    name: str | None
    email: str | None


class Join(BaseModel):
    token: Token
    name: Name | None = None
    email: Email | None = None
    password: Password


class GroupUpdated(Event):
    type: Literal["group.updated"] = "group.updated"
    group: GroupCore


class MemberJoined(Event):
    type: Literal["member.joined"] = "member.joined"
    user_id: UUID


class MemberLeft(Event):
    type: Literal["member.left"] = "member.left"
    user_id: UUID


class MemberChanged(Event):
    """A person's roles in the group changed."""

    type: Literal["member.changed"] = "member.changed"
    user_id: UUID


class RolesChanged(Event):
    """Roles of the group were made, changed, ordered or removed."""

    type: Literal["roles.changed"] = "roles.changed"


class HearingChanged(Event):
    """On a person's own stream: what they want to hear of a group."""

    type: Literal["hearing.changed"] = "hearing.changed"
    group_id: UUID
    level: Level | None
    muted_until: datetime | None
