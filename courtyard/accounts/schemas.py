"""The wire of accounts."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, EmailStr, Field

from courtyard.core.streams import Event
from courtyard.core.text import Line, Name

WorkspaceRole = Literal["owner", "admin", "member", "guest"]

# Not e-mail rules of our own: a bounded address whose domain is compared without case.
Email = Annotated[EmailStr, Field(max_length=254), AfterValidator(str.lower)]
# The upper bound keeps a megabyte from being hashed (Q02).
Password = Annotated[str, Field(min_length=10, max_length=256)]
GivenPassword = Annotated[str, Field(min_length=1, max_length=256)]


class UserOut(BaseModel):
    """What everybody who shares a place with a person may know of them (A16)."""

    id: UUID
    name: str
    title: str
    avatar: str | None
    kind: Literal["human", "bot"]
    active: bool


class Me(BaseModel):
    id: UUID
    name: str
    email: str | None
    title: str
    avatar: str | None
    workspace_role: WorkspaceRole
    offline_copy: bool


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


class UserUpdated(Event):
    type: Literal["user.updated"] = "user.updated"
    user: UserOut


class AccessChanged(Event):
    """On a person's own stream: ask again what you may see."""

    type: Literal["access.changed"] = "access.changed"
