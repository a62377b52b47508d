"""When a person is not to be disturbed: until a time they chose, and in hours of every week."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


class Resting(Protocol):
    """Anybody who may want quiet."""

    @property
    def dnd_until(self) -> datetime | None:
        """Until when they said so."""

    @property
    def quiet_hours(self) -> Mapping[str, Any] | None:
        """Their hours of quiet, as QuietHours has them on the wire."""


def is_quiet(user: Resting, at: datetime) -> bool:
    """Whether a person is not to be disturbed at this instant."""
    if user.dnd_until is not None and user.dnd_until > at:
        return True
    return user.quiet_hours is not None and in_quiet_hours(user.quiet_hours, at)


def in_quiet_hours(hours: Mapping[str, Any], at: datetime) -> bool:
    """Whether an instant lies in the hours of quiet that began on this day or the one before.

    Compared as instants, not by the clock: when the clock is put back, a night that ends at 02:30
    ends once.
    """
    zone = ZoneInfo(hours["tz"])
    begins, ends = time.fromisoformat(hours["from"]), time.fromisoformat(hours["to"])
    today = at.astimezone(zone).date()
    for day in (today - DAY, today):
        last = day if ends > begins else day + DAY
        start = datetime.combine(day, begins, zone).astimezone(UTC)
        end = datetime.combine(last, ends, zone).astimezone(UTC)
        if day.weekday() in hours["days"] and start <= at < end:
            return True
    return False
