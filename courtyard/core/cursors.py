"""Cursors: opaque to clients, checked when they come back (A12)."""

import base64
import binascii
from typing import Protocol
from uuid import UUID

from sqlalchemy import Tuple, func, tuple_

from courtyard.core.errors import Invalid


class Named(Protocol):
    """Anything listed by name."""

    id: UUID  # (attribute of a mapped class)
    name: str  # (attribute of a mapped class)


def name_cursor(row: Named) -> str:
    """The cursor that stands behind a row in a list ordered by (lower(name), id)."""
    return _pack(f"{row.id}{row.name}")


def after_name(cursor: str) -> Tuple:
    """`(lower(name), id)` of a cursor; the database lowers the name, because Python does it
    otherwise. Raises Invalid for a cursor that this server did not make."""
    text = _unpack(cursor)
    try:
        row_id = UUID(text[:36])
    except ValueError:
        raise _bad() from None
    if "\x00" in text:
        raise _bad()
    return tuple_(func.lower(text[36:]), row_id)


def position_cursor(position: int, row_id: UUID) -> str:
    """The cursor that stands at a row in a list ordered by (position, id)."""
    return _pack(f"{position}.{row_id}")


def at_position(cursor: str) -> tuple[int, UUID]:
    """`(position, id)` of a cursor. Raises Invalid for one that this server did not make."""
    position, _, row_id = _unpack(cursor).partition(".")
    try:
        number = int(position)
        if not -(2**62) < number < 2**62:
            raise ValueError
        return number, UUID(row_id)
    except ValueError:
        raise _bad() from None


def _pack(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _unpack(cursor: str) -> str:
    try:
        if len(cursor) > 1000:
            raise _bad()
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        raise _bad() from None


def _bad() -> Invalid:
    return Invalid("That page marker is not one of this server's. Load the list again.")
