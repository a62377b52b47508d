"""Importing a Slack export: what comes in, once and in the right hands, however often it runs."""

from pathlib import Path
from typing import Any

import pytest

from courtyard.integrations.slack import history
from courtyard.integrations.slack.archive import Refused
from courtyard.messages import bulk as messages
from tests.integrations.conftest import Desk
from tests.integrations.export_of_2016 import old
from tests.integrations.exports import Export, channel, person, said
from tests.integrations.samples import modern
from tests.mutants import instead, nothing


async def _nobody(*_: Any) -> set[Any]:
    return set()


async def _all(_: Any, __: Any, ids: Any) -> list[Any]:
    return list(dict.fromkeys(ids))


MUTANTS = {
    "another author, another message": (
        instead("courtyard.messages.bulk", "_stored_before", _nobody),
        ["test_a_person_matched_otherwise_says_nothing_twice"],
    ),
    "who was removed comes back": (
        instead("courtyard.channels.bulk", "newcomers", _all),
        ["test_who_left_or_was_removed_stays_out"],
    ),
    "guests are members": (
        instead("courtyard.integrations.slack.membership.Membership", "_let_in", nothing),
        ["test_a_guest_sees_only_their_channels"],
    ),
    "nothing is ever skipped": (
        instead("courtyard.integrations.slack.report.Tally", "skip", lambda self, reason: None),
        ["test_every_record_becomes_exactly_one_thing"],
    ),
}


async def test_the_talk_of_today_comes_in(desk: Desk, tmp_path: Path) -> None:
    await desk.load(modern().write(tmp_path))
    assert await desk.texts("general") == [
        "Look, @Yan Yilmaz: **done**🎉",
        "root",
        "reply",
        "reply to all",
        "I was here",
        "from outside",
        "reply to what is gone",
        "with a file\n\n📎\u00a0plan_b.pdf (122\u00a0kB)\n📎\u00a0_a file that is gone_",
        "shipped",
    ]
    assert await desk.texts("ovens") == ["hot", "_very_ hot", "a new kind"]


async def test_the_talk_of_2016_comes_in(desk: Desk, tmp_path: Path) -> None:
    report = await desk.load(old().write(tmp_path))
    assert await desk.texts("salt") == [
        "@yan: see https://example.org/a_b",
        "[oven] **hot**:\n> [abc](http://o.example/1): up",
        "ahoy",
        "for **you**\n\n📎\u00a0cities.js (4\u00a0kB)",
        "```\na = 1\n```\n\n📎\u00a0cities.js (4\u00a0kB)",
        "_waves_",
    ]
    authors = await desk.house.sql(
        'SELECT u.name, u.kind, u.status FROM message m JOIN "user" u ON u.id = m.author_id'
        " JOIN channel c ON c.id = m.channel_id WHERE c.name = 'salt' ORDER BY m.position"
    )
    assert authors == [
        ("Zoe Zimmer", "human", "invited"),
        ("oven watch", "bot", "active"),
        ("pager", "bot", "active"),
        ("yan", "human", "invited"),
        ("yan", "human", "invited"),
        ("Zoe Zimmer", "human", "invited"),
    ]
    assert report.notes["link previews"] == 1
    assert not any("xoxe" in text for text in await desk.texts("salt"))


async def test_every_record_becomes_exactly_one_thing(desk: Desk, tmp_path: Path) -> None:
    report = await desk.load(modern().write(tmp_path))
    general, ovens = report.messages["general"], report.messages["ovens"]
    assert (general.read, general.imported, ovens.read, ovens.imported) == (16, 9, 4, 3)
    assert dict(general.skipped) == {
        "note: tombstone": 1, "note: channel_join": 1, "shown to one person only": 1,
        "malformed": 2, "listed twice": 1, "nothing in it": 1,
    }  # fmt: skip
    assert {name: dict(tally.skipped) for name, tally in report.messages.items()
            if name not in ("general", "ovens")} == {
        "secret": {"in a private channel, not yet": 1},
        "D1": {"in a direct message, not yet": 1},
        "mpdm-zoe--yan-1": {"in a group conversation, not yet": 1},
        "nowhere": {"in a folder of no listed channel": 1},
    }  # fmt: skip
    assert (report.people.read, report.people.imported) == (7, 7)
    assert (report.channels.read, report.channels.imported) == (5, 2)
    assert dict(report.files.skipped) == {"log of integrations": 1, "other file": 1}
    assert dict(+report.notes) == {
        "reactions, not imported": 2, "replies in threads": 3, "files named, not imported": 2,
        "accounts for those who spoke and are not listed": 1,
    }  # fmt: skip
    assert (report.invitable, report.uninvitable) == (3, 1)
    total = report.as_json()["messages"]
    assert total["read"] == total["imported"] + sum(total["skipped"].values()) == 24
    assert desk.progress.seen == desk.progress.total
    for line in report.lines():
        assert "\n" not in line


async def test_times_are_kept_to_the_microsecond(desk: Desk, tmp_path: Path) -> None:
    await desk.load(modern().write(tmp_path))
    [(position, edited)] = await desk.house.sql(
        "SELECT position, edited_at::text FROM message"
        " WHERE convert_from(substr(text, 2), 'utf8') LIKE 'Look, %%' OR edited_at IS NULL"
        " AND position = 1736478514897649"
    )
    assert (position, edited) == (1736478514897649, None)
    [(edited,)] = await desk.house.sql("SELECT edited_at::text FROM message WHERE edited_at"
                                       " IS NOT NULL")  # fmt: skip
    assert edited == "2025-01-10 03:11:01.5+00"


async def test_people_come_as_what_they_were(desk: Desk, tmp_path: Path) -> None:
    await desk.load(modern().write(tmp_path))
    rows = await desk.house.sql(
        'SELECT name, email, kind, status, workspace_role, title FROM "user"'
        " WHERE password_hash IS NULL AND id NOT IN (SELECT user_id FROM session) ORDER BY name"
    )
    assert rows == [
        ("Deploy", None, "bot", "active", "member", ""),
        ("Far Away", None, "human", "deactivated", "member", ""),
        ("Gina Guest", "gina@example.org", "human", "invited", "guest", ""),
        ("No Address", None, "human", "invited", "member", ""),
        ("Old Hand", "old@example.org", "human", "deactivated", "member", ""),
        ("Slackbot", None, "bot", "active", "member", ""),
        ("Yan Yilmaz", "yan@example.org", "human", "invited", "member", ""),
        ("Zoe Zimmer", "zoe@example.org", "human", "invited", "member", "Baker"),
    ]
    members = [row[1:] for row in (await desk.state())["members"] if row[0] == "Lantern"]
    assert members == [
        ("Gina Guest", "guest"), ("No Address", "member"), ("Yan Yilmaz", "member"),
        ("Zoe Zimmer", "member"), ("ada", "owner"),
    ]  # fmt: skip


async def test_the_first_channel_is_the_general_one(desk: Desk, tmp_path: Path) -> None:
    await desk.load(modern().write(tmp_path))
    rows = [row for row in (await desk.state())["channels"] if row[0] in ("general", "ovens")]
    imported = [row for row in rows if row[4].version == 5]
    assert [(row[0], row[1], row[3], row[5]) for row in imported] == [
        ("general", "Everything & more for @Zoe Zimmer", True, True),
        ("ovens", "Heat", False, False),
    ]
    [(count,)] = await desk.house.sql(
        'SELECT count(*) FROM channel WHERE group_id = (SELECT id FROM "group" WHERE name = %s)',
        "Lantern",
    )
    assert count == 2


async def test_running_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = modern().write(tmp_path)
    first = await desk.load(path)
    state = await desk.state()
    heads = await desk.house.sql("SELECT sum(head) FROM stream")
    second = await desk.load(path)
    assert await desk.state() == state
    assert await desk.house.sql("SELECT sum(head) FROM stream") == heads
    assert (second.total.imported, second.total.present) == (0, first.total.imported)
    assert (second.people.imported, second.channels.imported) == (0, 0)
    assert second.total.skipped == first.total.skipped


@pytest.mark.parametrize("breaks_at", range(1, 5))
async def test_what_broke_off_is_completed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks_at: int, open_house: Any
) -> None:
    """The result is the same as that of a run that was never interrupted."""
    path = modern().write(tmp_path)
    monkeypatch.setattr(history, "BATCH", 3)
    calls = 0
    whole = messages.import_batch

    async def breaking(*args: Any) -> int:
        nonlocal calls
        calls += 1
        stored = await whole(*args)
        if calls == breaks_at:
            raise RuntimeError("the power went out")
        return stored

    monkeypatch.setattr(messages, "import_batch", breaking)
    with pytest.raises(RuntimeError):
        await desk.load(path)
    monkeypatch.setattr(messages, "import_batch", whole)
    completed = await desk.load(path)
    undisturbed = Desk(await open_house())
    reference = await undisturbed.load(path)
    assert completed.total.present == (breaks_at - 1) * 3
    assert completed.total.read == reference.total.read
    assert completed.total.skipped == reference.total.skipped
    assert await desk.state() == await undisturbed.state()


async def test_a_broken_day_stops_and_a_whole_one_completes(desk: Desk, tmp_path: Path) -> None:
    broken = modern().put("general/2025-01-12.json", b'[{"type": "message", ')
    with pytest.raises(Refused, match="general/2025-01-12"):
        await desk.load(broken.write(tmp_path, "broken.zip"))
    before = await desk.house.sql("SELECT count(*) FROM message")
    report = await desk.load(modern().write(tmp_path))
    assert report.total.imported + report.total.present == 12
    assert await desk.house.sql("SELECT count(*) FROM message") >= before


async def test_a_later_export_adds_what_is_new(desk: Desk, tmp_path: Path) -> None:
    await desk.load(modern().write(tmp_path))
    later = modern().day("general", "2025-02-01", said("1738368000.000001", "U2", "later"))
    later.people(person("U7", "Late Comer", email="late@example.org"))
    report = await desk.load(later.write(tmp_path, "later.zip"))
    assert (report.total.imported, report.people.imported) == (1, 1)
    members = {row[1] for row in (await desk.state())["members"] if row[0] == "Lantern"}
    assert "Late Comer" in members


async def test_somebody_who_is_here_is_met_again(desk: Desk, tmp_path: Path) -> None:
    """Found by the address, whatever its case; their account stays as it is."""
    bo = desk.house.person("bo")
    export = Export().people(person("U1", "Another Name", email="BO@example.org", title="x"))
    export.channels(channel("C1", "salt", "U1"))
    export.day("salt", "2025-01-10", said("1736478514.000001", "U1", "it is me"))
    report = await desk.load(export.write(tmp_path))
    assert (report.people.imported, report.people.present) == (0, 1)
    [(author,)] = await desk.house.sql(
        "SELECT author_id FROM message WHERE position = 1736478514000001"
    )
    assert author == bo.id
    user = await desk.house.user(bo.id)
    assert (user.name, user.title, user.status) == ("bo", "", "active")
    places = await bo.get("/api/places")
    assert "salt" in {channel["name"] for channel in places["channels"]}


async def test_a_person_matched_otherwise_says_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    """First imported without an address, later with the address of somebody who is here."""
    without = Export().channels(channel("C1", "salt", "U1"))
    without.people(person("U2", "Someone Else", bot_id="B2"))
    without.day("salt", "2025-01-10", {"type": "message", "bot_id": "B1", "text": "ding",
                                       "ts": "1736478514.000001"})  # fmt: skip
    await desk.load(without.write(tmp_path))
    known = Export().channels(channel("C1", "salt", "U1"))
    known.people(person("U2", "Someone Else", bot_id="B1", is_bot=True))
    known.day("salt", "2025-01-10", {"type": "message", "bot_id": "B1", "text": "ding",
                                     "ts": "1736478514.000001"})  # fmt: skip
    report = await desk.load(known.write(tmp_path, "known.zip"))
    assert (report.total.imported, report.total.present) == (0, 1)
    assert await desk.texts("salt") == ["ding"]


async def test_a_guest_sees_only_their_channels(desk: Desk, tmp_path: Path) -> None:
    await desk.load(modern().write(tmp_path))
    rights = await desk.house.sql(
        'SELECT c.name, p.permissions & 1 FROM place_right p JOIN "user" u ON u.id = p.user_id'
        " JOIN channel c ON c.id = p.channel_id WHERE u.name = 'Gina Guest' ORDER BY 1"
    )
    assert rights == [("general", 0), ("ovens", 1)]


async def test_who_left_or_was_removed_stays_out(desk: Desk, tmp_path: Path) -> None:
    path = modern().write(tmp_path)
    await desk.load(path)
    ada = desk.house.person("ada")
    [(group,)] = await desk.house.sql('SELECT id FROM "group" WHERE name = %s', "Lantern")
    for name in ("Yan Yilmaz", "Gina Guest"):
        [(user_id,)] = await desk.house.sql('SELECT id FROM "user" WHERE name = %s', name)
        await ada.delete(f"/api/groups/{group}/members/{user_id}")
    state = await desk.state()
    await desk.load(path)
    assert await desk.state() == state


async def test_a_channel_taken_out_of_the_sidebar_stays_out(desk: Desk, tmp_path: Path) -> None:
    bo = desk.house.person("bo")
    export = Export().people(person("U1", "Bo", email="bo@example.org"))
    export.channels(channel("C1", "salt", "U1"))
    export.day("salt", "2025-01-10", said("1736478514.000001", "U1", "x"))
    path = export.write(tmp_path)
    await desk.load(path)
    [(salt,)] = await desk.house.sql("SELECT id FROM channel WHERE name = 'salt'")
    await bo.delete(f"/api/channels/{salt}/follow")
    await desk.load(path)
    names = {channel["name"] for channel in (await bo.get("/api/places"))["channels"]}
    assert "salt" not in names
