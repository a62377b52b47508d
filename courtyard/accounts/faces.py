"""The public face of a person, made in one place, however its row was read."""

from datetime import datetime
from typing import Any, LiteralString, NamedTuple, Self
from uuid import UUID

from courtyard.accounts.models import User
from courtyard.accounts.quiet import is_quiet

# What a statement selects after the id of a user `u`, for `Face(id, *columns)`.
COLUMNS: LiteralString = (
    "u.name, u.title, u.avatar_id, u.kind, u.status, u.status_emoji, u.status_text,"
    " u.status_until, u.dnd_until, u.quiet_hours"
)


class Face(NamedTuple):
    """What a public face is made of, in the order of COLUMNS."""

    id: UUID
    name: str
    title: str
    avatar_id: UUID | None
    kind: str
    account: str
    status_emoji: str | None
    status_text: str
    status_until: datetime | None
    dnd_until: datetime | None
    quiet_hours: dict[str, Any] | None

    @classmethod
    def of(cls, user: User) -> Self:
        """The face of a row of the user table."""
        return cls(
            user.id,
            user.name,
            user.title,
            user.avatar_id,
            user.kind,
            user.status,
            user.status_emoji,
            user.status_text,
            user.status_until,
            user.dnd_until,
            user.quiet_hours,
        )

    def status(self, at: datetime) -> dict[str, Any] | None:
        """The status in the shape of a Status; None when there is none or its time is over."""
        if not self.status_emoji and not self.status_text:
            return None
        if self.status_until is not None and self.status_until <= at:
            return None
        return {"emoji": self.status_emoji, "text": self.status_text, "until": self.status_until}

    def public(self, at: datetime) -> dict[str, Any]:
        """The fields of a UserOut, as they are at an instant."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "avatar": str(self.avatar_id) if self.avatar_id else None,
            "kind": "bot" if self.kind == "bot" else "human",
            "active": self.account != "deactivated",
            "status": self.status(at),
            "dnd": is_quiet(self, at),
        }
