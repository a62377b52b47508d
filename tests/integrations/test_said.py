"""Single records: what is talk, what is passed over and why, and who spoke."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from courtyard.integrations.slack import listed, said
from courtyard.integrations.slack.fields import microseconds
from courtyard.integrations.slack.mrkdwn import Known
from courtyard.integrations.slack.names import Names
from courtyard.integrations.slack.people import People, address, short
from courtyard.integrations.slack.said import Author, Said
from tests.integrations import exports
from tests.mutants import instead

MUTANTS = {
    "times are floats": (
        instead(
            "courtyard.integrations.slack.said", "microseconds",
            lambda value: int(float(value) * 1_000_000) if isinstance(value, str) else None,
        ),
        ["test_a_time_is_exact"],
    ),
}  # fmt: skip

KNOWN = Known({"U1": "Ada"})


def read(**fields: Any) -> Said | str:
    return said.read(exports.said("1736478514.897649", "U1", "hi") | fields, KNOWN)


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("1452837318.000002", 1452837318000002),
        ("1736478514.897649", 1736478514897649),
        ("1736478514.9", 1736478514900000),
        (1452837318, 1452837318000000),
        ("1452837318", 1452837318000000),
        ("", None), ("x", None), (None, None), (True, None), ([], None), ("-5.0", None),
        ("1e9", None), ("0.0", None), ("99999999999.0", None), ("1.0000001", None),
    ],
)  # fmt: skip
def test_a_time_is_exact(written: object, position: int | None) -> None:
    assert microseconds(written) == position
    found = read(ts=written)
    assert (found.at if isinstance(found, Said) else None) == position


def test_a_time_to_come_is_none() -> None:
    soon = datetime.now(UTC) + timedelta(days=1)
    assert microseconds(f"{soon.timestamp():.6f}") is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"subtype": "channel_join"}, "note: channel_join"),
        ({"subtype": "channel_topic"}, "note: channel_topic"),
        ({"subtype": "tombstone", "hidden": True}, "note: tombstone"),
        ({"subtype": "message_changed"}, said.VERSION),
        ({"subtype": "reply_broadcast"}, said.POINTER),
        ({"hidden": True}, said.HIDDEN),
        ({"is_ephemeral": True}, said.ONLY_FOR_ONE),
        ({"type": "presence_change"}, said.OTHER_KIND),
        ({"text": ""}, said.EMPTY),
        ({"text": 7}, said.EMPTY),
        ({"text": "", "attachments": [{"from_url": "http://a", "text": "b"}]}, said.EMPTY),
        ({"ts": "x"}, said.MALFORMED),
    ],
)
def test_what_is_no_talk_is_passed_over(fields: dict[str, Any], reason: str) -> None:
    assert read(**fields) == reason


@pytest.mark.parametrize("record", [None, "x", 3, [], [{}]])
def test_what_is_no_record_is_malformed(record: object) -> None:
    assert said.read(record, KNOWN) == said.MALFORMED


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"subtype": "me_message"}, "_hi_"),
        ({"subtype": "thread_broadcast"}, "hi"),
        ({"subtype": "never_heard_of"}, "hi"),
        ({"type": ""}, "hi"),
        ({"blocks": None, "attachments": None, "files": "x"}, "hi"),
        ({"files": [{"name": "a.b"}]}, "hi\n\n📎\u00a0a.b"),
        ({"text": "", "files": [{"name": "a.b"}]}, "📎\u00a0a.b"),
        ({"attachments": [{"text": "more"}]}, "hi\n\n> more"),
        ({"blocks": [{"type": "rich_text", "elements": []}]}, "hi"),
        ({"blocks": [{"type": "markdown", "text": "from blocks"}]}, "from blocks"),
    ],
)
def test_what_is_talk_is_kept(fields: dict[str, Any], text: str) -> None:
    found = read(**fields)
    assert isinstance(found, Said)
    assert found.text == text


def test_a_text_too_long_is_cut_and_counted() -> None:
    found = read(text="x" * 200_000)
    assert isinstance(found, Said)
    assert len(found.text) == said.TEXT_LIMIT
    assert found.notes == {"texts shortened": 1}


def test_edits_and_replies_are_noted() -> None:
    found = read(edited={"user": "U1", "ts": "1736478600.25"}, thread_ts="1736478000.000001")
    assert isinstance(found, Said)
    assert found.edited_at == datetime(2025, 1, 10, 3, 10, 0, 250_000, UTC)
    assert found.notes == {"replies in threads": 1}
    root = read(thread_ts="1736478514.897649", edited={"ts": "x"})
    assert isinstance(root, Said)
    assert (root.notes, root.edited_at) == ({}, None)


@pytest.mark.parametrize(
    ("record", "author"),
    [
        ({"user": "U1"}, Author("U1", "", "")),
        ({"user": "U1", "user_profile": {"real_name": "A"}}, Author("U1", "", "A")),
        ({"bot_id": "B1", "username": "deploy"}, Author("", "B1", "deploy")),
        ({"bot_id": "B1", "bot_profile": {"name": "Ci"}}, Author("", "B1", "Ci")),
        ({"user": "U1", "bot_id": "B1"}, Author("U1", "B1", "")),
        ({"comment": {"user": "U2"}}, Author("U2", "", "")),
        ({"user": 5, "bot_id": None}, Author("", "", "")),
    ],
)
def test_who_spoke(record: dict[str, Any], author: Author) -> None:
    assert said.author(record) == author


def test_a_bot_has_one_account_per_name_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courtyard.integrations.slack.people.BOT_NAME_LIMIT", 3)
    people = People(Names("T1"))
    names = [people.author(Author("", "B1", f"n{n}")) for n in range(6)]
    assert names[:3] == [people.author(Author("", "B1", f"n{n}")) for n in range(3)]
    assert len(set(names)) == 4
    assert len(set(names[3:])) == 1


def test_ids_are_the_same_for_ever() -> None:
    """Changing how names are made would import everything a second time."""
    names = Names("T0LANTERN")
    assert str(names.message("C1", 1452837318000002)) == "fb1b28f1-5e67-5e3e-85f3-fac56857a15d"
    assert str(names.person("U1")) == "e4e32421-3da4-50b1-8f72-25487bb0d470"


@pytest.mark.parametrize(
    "record",
    [None, "x", [], {}, {"id": ""}, {"id": 5}],
)
def test_odd_people_and_channels_are_none(record: object) -> None:
    assert listed.person(record) is None
    assert listed.place(record, "") is None


def test_a_person_with_odd_fields_is_a_person() -> None:
    person = listed.person(
        {"id": "U1", "profile": "x", "name": "\u202eevil\x00 name", "deleted": 1}
    )
    assert person
    assert short(person.name, 80, "?") == "evil name"
    assert (person.deleted, address(person)) == (False, None)
    assert short("", 80, "U1") == "U1"
    assert short("x" * 500, 250, "") == "x" * 250


@pytest.mark.parametrize(
    "bad", ["no address", "a@b@c", "a b@c.d", "@x", "x@", "", "a" * 80 + "@b.c"]
)
def test_what_is_no_address_is_left_out(bad: str) -> None:
    person = listed.person(exports.person("U1", "A", email=bad))
    assert person
    assert address(person) is None


def test_the_workspace_is_the_one_of_most_people() -> None:
    people = [
        listed.person({"id": f"U{n}", "team_id": team, "is_stranger": team == "T9"})
        for n, team in enumerate(["T9", "T9", "T9", "T1", "T2", "T1"])
    ]
    assert listed.team(person for person in people if person) == "T1"
    assert listed.team([]) == "slack"
