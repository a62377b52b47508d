"""Time as stored: instants in UTC, positions in whole microseconds since 1970."""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """The present instant, UTC."""
    return datetime.now(UTC)


def to_position(instant: datetime) -> int:
    """Microseconds since 1970 of an instant; exact, where float seconds would not be."""
    delta = instant - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def from_position(position: int) -> datetime:
    """The instant of a position. Raises OverflowError beyond the calendar."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=position)
