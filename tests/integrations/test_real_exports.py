"""Two exports that Slack and slackdump made, nine years apart. They are not part of the project;
where they are absent the test says so."""

from pathlib import Path

import pytest

from tests.integrations.conftest import Desk

EXPORTS = Path(__file__).parents[3] / "shared" / "data" / "imports" / "slack"

# file → messages read, imported, people, channels, what was skipped
REAL = {
    "slack-export-viewer_testarchive.zip": (
        158, 147, 4, 2, {"note: channel_join": 8, "note: bot_add": 3},
    ),
    "slackdump_export.zip": (16, 14, 10, 1, {"note: channel_join": 1, "note: tombstone": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
async def test_a_real_export_comes_in_once(desk: Desk, name: str) -> None:
    path = EXPORTS / name
    if not path.exists():
        pytest.skip(f"the export {name} is not beside the project")
    read, imported, people, channels, skipped = REAL[name]
    first = await desk.load(path)
    assert (first.total.read, first.total.imported, first.total.present) == (read, imported, 0)
    assert dict(first.total.skipped) == skipped
    assert (first.people.imported, first.channels.imported) == (people, channels)
    state = await desk.state()
    second = await desk.load(path)
    assert (second.total.read, second.total.imported, second.total.present) == (read, 0, imported)
    assert await desk.state() == state
    assert not any(b"xoxe" in row[4] for row in state["messages"])
