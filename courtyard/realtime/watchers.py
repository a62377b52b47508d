"""Who has whom on screen, and what they are told of them.

A change is told at once when it is calm. When much changes, what changed is gathered for a while
and each tab hears it in one frame: in a large house every tab would else get a frame for every
person who looks away from their desk.
"""

import asyncio
import time
from collections import defaultdict
from uuid import UUID

from courtyard.realtime.connection import Connection

GATHER = 2.0


class Watchers:
    """The tabs of this process that show people."""

    def __init__(self) -> None:
        self._tabs: dict[UUID, set[Connection]] = defaultdict(set)
        self._changed: dict[UUID, str] = {}
        self._told_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def __contains__(self, user_id: UUID) -> bool:
        """Whether somebody looks at this person."""
        return user_id in self._tabs

    def look_at(self, connection: Connection, users: set[UUID]) -> None:
        """Makes these people the ones whose presence a tab is told."""
        for user_id in connection.watching - users:
            self._tabs[user_id].discard(connection)
            if not self._tabs[user_id]:
                del self._tabs[user_id]
        for user_id in users - connection.watching:
            self._tabs[user_id].add(connection)
        connection.watching = users

    def tell(self, user_id: UUID, state: str) -> None:
        """Tells those who have a person on screen, now or soon."""
        if user_id not in self._tabs:
            return
        self._changed[user_id] = state
        if self._timer is None:
            wait = max(0.0, self._told_at + GATHER - time.monotonic())
            self._timer = asyncio.get_running_loop().call_later(wait, self._tell)

    def _tell(self) -> None:
        self._timer, self._told_at = None, time.monotonic()
        changed, self._changed = self._changed, {}
        lines: dict[Connection, dict[UUID, str]] = {}
        for user_id, state in changed.items():
            for connection in self._tabs.get(user_id, ()):
                lines.setdefault(connection, {})[user_id] = state
        for connection, states in lines.items():
            connection.say({"presence": states})
