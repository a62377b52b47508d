"""The wire of the licence."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from courtyard.licence.paper import LONGEST


class Paper(BaseModel):
    """A licence as it was pasted."""

    text: Annotated[str, Field(max_length=LONGEST)]


class Covered(BaseModel):
    """What a licence covers. `covers_release` compares its support date with the day this release
    was made, never with a clock."""

    id: UUID
    issued_to: str
    seats: int
    issued_on: date
    support_until: date
    covers_release: bool


class LicenceOut(BaseModel):
    """How the workspace stands: `seats` are those there are, `seats_used` those taken. Without a
    licence it is the free edition; `problem` says why an installed one does not count."""

    edition: Literal["free", "licensed"]
    seats: int
    seats_used: int
    released: date
    installed_at: datetime | None
    licence: Covered | None
    problem: str | None
