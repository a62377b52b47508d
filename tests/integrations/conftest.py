"""A workspace to import into, and the import as a call."""

from pathlib import Path
from typing import Any

import pytest

from courtyard.integrations.slack import archive, run
from courtyard.integrations.slack.report import Report
from courtyard.integrations.units import Units
from tests.house import House

# Channels made by an import are known by their lasting client id.
MADE = "uuid_extract_version(c.client_id) = 5"


class Silent:
    """Progress nobody looks at."""

    def begin(self, total: int) -> None:
        self.total = total
        self.seen = 0

    def advance(self, place: str, size: int) -> None:
        self.seen += size

    def done(self, place: str, said: str) -> None:
        pass


class Desk:
    """Imports into one house and looks at what came of it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.progress = Silent()

    async def load(self, path: Path, group: str | None = None) -> Report:
        """One run of the import."""
        units = Units(self.house.state.database, self.house.state.bus)
        with archive.opened(path) as source:
            return await run.run(source, units, self.progress, group, "Lantern")

    async def state(self) -> dict[str, list[Any]]:
        """Everything an import makes, ids and times of creation aside."""
        return {
            name: await self.house.sql(statement)
            for name, statement in {
                "messages": 'SELECT c.name, m.position, u.name, m.client_id, m.text, m.edited_at'
                ' FROM message m JOIN channel c ON c.id = m.channel_id'
                ' JOIN "user" u ON u.id = m.author_id'
                f" WHERE {MADE} ORDER BY 1, 2, 4",
                "people": 'SELECT name, email, kind, status, workspace_role, title FROM "user"'
                " ORDER BY 1, 2, 3",
                "channels": "SELECT name, topic, position, is_default, client_id,"
                f" archived_at IS NULL FROM channel c WHERE {MADE} ORDER BY 1, 3",
                "members": 'SELECT g.name, u.name, r.kind FROM member_role m'
                ' JOIN "group" g ON g.id = m.group_id JOIN "user" u ON u.id = m.user_id'
                " JOIN role r ON r.id = m.role_id ORDER BY 1, 2, 3",
                "follows": 'SELECT c.name, u.name, f.level, r.position FROM follow f'
                ' JOIN channel c ON c.id = f.channel_id JOIN "user" u ON u.id = f.user_id'
                " JOIN read_mark r ON r.user_id = u.id AND r.channel_id = c.id"
                f" WHERE {MADE} ORDER BY 1, 2",
                "rules": 'SELECT c.name, u.name, o.allow, o.deny FROM override o'
                ' JOIN channel c ON c.id = o.channel_id LEFT JOIN "user" u ON u.id = o.subject_id'
                f" WHERE {MADE} ORDER BY 1, 2",
            }.items()
        }  # fmt: skip

    async def texts(self, channel: str) -> list[str]:
        """What stands in a channel, in order."""
        rows = await self.house.sql(
            "SELECT convert_from(substr(text, 2), 'utf8') FROM message m JOIN channel c"
            f" ON c.id = m.channel_id WHERE c.name = %s AND {MADE} ORDER BY m.position, m.id",
            channel,
        )
        return [text for (text,) in rows]


@pytest.fixture
async def desk(fresh: House) -> Desk:
    """The import into a house of its own, whose workspace ada looks after."""
    return Desk(fresh)
