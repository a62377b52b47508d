"""Reading values of foreign JSON, where anything can be missing or of another type."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

Record = dict[str, Any]

_TIME = re.compile(r"(\d{1,11})(?:\.(\d{1,6}))?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def string(record: Record, key: str) -> str:
    """The text under a key; empty when there is none. Characters that cannot be stored are
    replaced, control characters go."""
    value = record.get(key)
    return clean(value) if isinstance(value, str) else ""


def clean(text: str) -> str:
    """Text without control characters and lone surrogates, with plain line ends."""
    whole = text.encode("utf-8", "replace").decode()
    return _CONTROL.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))


def mapping(record: Record, key: str) -> Record:
    """The object under a key; empty when there is none."""
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def objects(record: Record, key: str) -> list[Record]:
    """The objects in the list under a key; everything else in it is left out."""
    value = record.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def strings(record: Record, key: str) -> list[str]:
    """The texts in the list under a key; everything else in it is left out."""
    value = record.get(key)
    return (
        [clean(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []
    )


def microseconds(value: object) -> int | None:
    """A Slack timestamp ("1452837318.000002", also a whole number) as microseconds since 1970,
    exactly. None for anything else, and for a time that cannot be: before 1970 or to come."""
    found = _TIME.fullmatch(str(value)) if isinstance(value, str | int) else None
    if found is None:
        return None
    at = int(found[1]) * 1_000_000 + int((found[2] or "").ljust(6, "0"))
    # A message from the future would push everything said from now on behind it.
    latest = (datetime.now(UTC) + timedelta(minutes=5) - EPOCH) / timedelta(microseconds=1)
    return at if 0 < at <= latest else None


def instant(at: int) -> datetime:
    """Microseconds since 1970 as an instant, exactly."""
    return EPOCH + timedelta(microseconds=at)
