"""Hours of quiet: by the clock of the person, over the nights in which clocks are put."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from courtyard.accounts import quiet
from tests.mutants import instead

DAY, HOUR, STEP = timedelta(days=1), timedelta(hours=1), timedelta(minutes=5)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe",
         "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Chatham", "Africa/Cairo", "America/Santiago",
         "Africa/Casablanca", "Pacific/Kiritimati"]  # fmt: skip


def _by_the_clock(hours: Any, at: datetime) -> bool:
    """The rule as one would write it first: what the clock on the wall shows."""
    local = at.astimezone(ZoneInfo(hours["tz"]))
    begins, ends = time.fromisoformat(hours["from"]), time.fromisoformat(hours["to"])
    today, now = local.weekday() in hours["days"], local.time()
    if begins < ends:
        return today and begins <= now < ends
    yesterday = (local.weekday() - 1) % 7 in hours["days"]
    return (today and begins <= now) or (yesterday and now < ends)


def _on_the_day_itself(hours: Any, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(hours["tz"]))
    return local.weekday() in hours["days"] and _rule(hours, at)


def _greenwich(hours: Any, at: datetime) -> bool:
    return _rule({**hours, "tz": "UTC"}, at)


_rule = quiet.in_quiet_hours
MUTANTS = {
    "by the clock on the wall": (
        instead("courtyard.accounts.quiet", "in_quiet_hours", _by_the_clock),
        ["test_when_clocks_are_put_a_night_stays_whole"],
    ),
    "a night belongs to its morning too": (
        instead("courtyard.accounts.quiet", "in_quiet_hours", _on_the_day_itself),
        ["test_a_night_belongs_to_the_day_on_which_it_begins"],
    ),
    "everybody lives in Greenwich": (
        instead("courtyard.accounts.quiet", "in_quiet_hours", _greenwich),
        ["test_far_from_a_change_it_is_what_the_clock_shows"],
    ),
}


@cache
def _changes(zone: str) -> list[datetime]:
    """When the clocks of a zone are put, from 2024 to 2027, to five minutes."""
    local, at, found = ZoneInfo(zone), datetime(2024, 1, 1, tzinfo=UTC), []
    while at.year < 2028:
        if at.astimezone(local).utcoffset() != (at + HOUR).astimezone(local).utcoffset():
            found.append(at)
        at += HOUR
    return found


def _shift(zone: str, at: datetime) -> timedelta:
    """By how much the clocks of a zone are put within two days around an instant."""
    local = ZoneInfo(zone)
    offsets = {(at + step * HOUR).astimezone(local).utcoffset() for step in range(-49, 50)}
    return max(offsets) - min(offsets)  # type: ignore[type-var, operator]


@st.composite
def _hours(draw: st.DrawFn, zones: list[str] = ZONES) -> dict[str, Any]:
    clock = st.times().map(lambda t: t.replace(second=0, microsecond=0).strftime("%H:%M"))
    return {
        "days": draw(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True)),
        "from": draw(clock),
        "to": draw(clock),
        "tz": draw(st.sampled_from(zones)),
    }


def _nominal(hours: Any) -> timedelta:
    begins, ends = (
        datetime.combine(date.min, time.fromisoformat(hours[k])) for k in ("from", "to")
    )
    return ends - begins if ends > begins else ends - begins + DAY


_instants = st.integers(1_400_000_000, 2_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


@given(_hours(), _instants)
@settings(max_examples=300, deadline=None)
def test_far_from_a_change_it_is_what_the_clock_shows(hours: Any, at: datetime) -> None:
    if not _shift(hours["tz"], at):
        full_day = hours["from"] == hours["to"]
        assert quiet.in_quiet_hours(hours, at) == (
            _by_the_clock({**hours, "to": hours["from"]} if full_day else hours, at)
        )


@given(_hours([zone for zone in ZONES if _changes(zone)]), st.data())
@settings(max_examples=200, deadline=None)
def test_when_clocks_are_put_a_night_stays_whole(hours: Any, data: st.DataObject) -> None:
    """No stretch of quiet and no stretch between two of them gets shorter than it is on paper,
    but for the hour that is put."""
    hours["days"] = list(range(7))
    change = data.draw(st.sampled_from(_changes(hours["tz"])))
    shift, nominal = _shift(hours["tz"], change), _nominal(hours)
    for was_quiet, length in _stretches(hours, change - 2 * DAY, change + 2 * DAY):
        shortest = nominal if was_quiet else DAY - nominal
        assert length >= shortest - shift - STEP


def _stretches(hours: Any, start: datetime, end: datetime) -> list[tuple[bool, timedelta]]:
    """The whole stretches of quiet and of none between two instants, to five minutes."""
    found: list[tuple[bool, timedelta]] = []
    at, since, state = start, None, quiet.in_quiet_hours(hours, start)
    while at < end:
        if (now := quiet.in_quiet_hours(hours, at)) != state:
            if since:
                found.append((state, at - since))
            since, state = at, now
        at += STEP
    return found


BERLIN = {"days": list(range(7)), "from": "22:00", "to": "02:30", "tz": "Europe/Berlin"}


def _is(hours: Any, *clock: int) -> bool:
    return quiet.in_quiet_hours(hours, datetime(*clock, tzinfo=UTC))


def test_when_the_clock_is_put_back_half_past_two_comes_once() -> None:
    # 02:30 in Berlin is 00:30 and, an hour later, 01:30 of Greenwich.
    night = [_is(BERLIN, 2026, 10, 25, hour, minute) for hour in (0, 1) for minute in (0, 29, 30)]
    assert night == [True, True, False, False, False, False]


def test_when_the_clock_is_put_forward_the_night_keeps_its_length() -> None:
    assert [_is(BERLIN, 2026, 3, 29, 1, minute) for minute in (0, 29, 30)] == [True, True, False]


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    friday = {**BERLIN, "days": [4], "to": "07:00"}
    assert _is(friday, 2026, 6, 5, 21)
    assert _is(friday, 2026, 6, 6, 4)
    assert not _is(friday, 2026, 6, 6, 21)
    assert not _is(friday, 2026, 6, 5, 4)


def test_to_the_same_time_is_a_whole_day() -> None:
    sunday = {**BERLIN, "days": [6], "from": "00:00", "to": "00:00"}
    spring = datetime(2026, 3, 28, 23, tzinfo=UTC)  # midnight before a day of 23 hours
    hours = [quiet.in_quiet_hours(sunday, spring + n * HOUR) for n in range(-1, 25)]
    assert hours == [False, *[True] * 23, False, False]


def test_quiet_is_by_ones_word_or_by_ones_hours() -> None:
    at = datetime(2026, 6, 5, 12, tzinfo=UTC)
    for until, hours, expected in (
        (None, None, False),
        (at, None, False),
        (at + STEP, None, True),
        (None, BERLIN, False),
        (None, {**BERLIN, "from": "13:00", "to": "15:00"}, True),
        (at - STEP, {**BERLIN, "from": "13:00", "to": "15:00"}, True),
    ):
        user = SimpleNamespace(dnd_until=until, quiet_hours=hours)
        assert quiet.is_quiet(user, at) is expected
