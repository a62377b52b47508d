"""Presence by gossip: every process tells the others who is connected to it.

Nothing is stored. A process that dies stops telling, and what it said expires; Redis being away
means that each process knows its own people only. A reload does not flap: going offline waits
for half a minute.
"""

import asyncio
import os
import time
from collections.abc import Callable, Iterable
from typing import Literal
from uuid import UUID

import orjson

from courtyard.core.bus import Bus, Frame

State = Literal["online", "idle", "offline"]
GRACE = 25.0
TELL_EVERY = 20.0
EXPIRES = 60.0
GOSSIP = UUID(int=1)


class Presence:
    """Merged presence of everybody, as known to this process."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._me = os.urandom(6).hex()
        self._tabs: dict[UUID, dict[UUID, State]] = {}
        self._leaving: dict[UUID, tuple[asyncio.TimerHandle, UUID]] = {}
        self._others: dict[str, tuple[float, dict[UUID, State]]] = {}
        self._listeners: list[Callable[[UUID, State], None]] = []
        bus.listen(self._hear)

    def on_change(self, listener: Callable[[UUID, State], None]) -> None:
        """Calls `listener(user id, state)` whenever somebody's merged state changes."""
        self._listeners.append(listener)

    def state(self, user_id: UUID) -> State:
        """The merged state: online when any device is, else idle, else offline."""
        states = {others.get(user_id) for _, others in self._others.values()}
        states.add(self._here(user_id))
        return "online" if "online" in states else "idle" if "idle" in states else "offline"

    def states(self, users: Iterable[UUID]) -> dict[UUID, State]:
        """The merged states of these people."""
        return {user_id: self.state(user_id) for user_id in users}

    def set(self, user_id: UUID, tab: UUID, state: State) -> None:
        """Notes what a tab says of its person."""
        before = self._seen(user_id)
        if leaving := self._leaving.pop(user_id, None):
            timer, old = leaving
            timer.cancel()
            self._tabs[user_id].pop(old, None)  # the tab that closed; this one took its place
        self._tabs.setdefault(user_id, {})[tab] = state
        self._changed(user_id, before)

    def gone(self, user_id: UUID, tab: UUID) -> None:
        """Notes that a tab closed; the last one keeps its person here for a little while."""
        tabs = self._tabs.get(user_id, {})
        if len(tabs) > 1:
            before = self._seen(user_id)
            tabs.pop(tab, None)
            self._changed(user_id, before)
        elif tab in tabs and user_id not in self._leaving:
            loop = asyncio.get_running_loop()
            self._leaving[user_id] = (loop.call_later(GRACE, self._left, user_id, tab), tab)

    def _left(self, user_id: UUID, tab: UUID) -> None:
        self._leaving.pop(user_id, None)
        before = self._seen(user_id)
        tabs = self._tabs.get(user_id, {})
        tabs.pop(tab, None)
        if not tabs:
            self._tabs.pop(user_id, None)
        self._changed(user_id, before)

    def _here(self, user_id: UUID) -> State:
        states = set(self._tabs.get(user_id, {}).values())
        return "online" if "online" in states else "idle" if states else "offline"

    def _seen(self, user_id: UUID) -> tuple[State, State]:
        """The state as known to this process alone, and merged with what the others say."""
        return self._here(user_id), self.state(user_id)

    def _changed(self, user_id: UUID, before: tuple[State, State]) -> None:
        here, merged = self._seen(user_id)
        if here != before[0]:
            self._tell({user_id: here}, whole=False)
        if merged != before[1]:
            for listener in self._listeners:
                listener(user_id, merged)

    def _tell(self, users: dict[UUID, State], *, whole: bool) -> None:
        body = {"p": self._me, "w": whole, "u": {str(key): value for key, value in users.items()}}
        self._bus.publish(Frame(GOSSIP, 0, orjson.dumps(body)))

    def _hear(self, frame: Frame) -> None:
        if frame.stream_id != GOSSIP:
            return
        said = orjson.loads(frame.body)
        if said["p"] == self._me:
            return
        users: dict[UUID, State] = {UUID(key): value for key, value in said["u"].items()}
        _, known = self._others.get(said["p"], (0.0, {}))
        now = users if said["w"] else known | users
        self._replace(said["p"], {key: value for key, value in now.items() if value != "offline"})

    def _replace(self, process: str, users: dict[UUID, State] | None) -> None:
        _, known = self._others.get(process, (0.0, {}))
        touched = set(known) | set(users or {})
        before = self.states(touched)
        if users is None:
            self._others.pop(process, None)
        else:
            self._others[process] = (time.monotonic() + EXPIRES, users)
        for user_id, old in before.items():
            if (new := self.state(user_id)) != old:
                for listener in self._listeners:
                    listener(user_id, new)

    async def run(self) -> None:
        """Repeats what is known here and forgets processes that fell silent; until cancelled."""
        while True:
            self._tell({user_id: self._here(user_id) for user_id in self._tabs}, whole=True)
            for process, (expires, _) in list(self._others.items()):
                if expires < time.monotonic():
                    self._replace(process, None)
            await asyncio.sleep(TELL_EVERY)
