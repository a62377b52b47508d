"""Presence on screens: at once when it is calm, one frame per tab when much changes."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from courtyard.core.ids import new_id
from courtyard.realtime import watchers
from courtyard.realtime.connection import Connection
from courtyard.realtime.watchers import Watchers
from tests.mutants import instead


def _one_by_one(self: Watchers, user_id: UUID, state: str) -> None:
    self._changed[user_id] = state
    self._tell()


def _always_later(self: Watchers, user_id: UUID, state: str) -> None:
    self._changed[user_id] = state
    asyncio.get_running_loop().call_later(watchers.GATHER, self._tell)


MUTANTS = {
    "a frame for every change": (
        instead("courtyard.realtime.watchers.Watchers", "tell", _one_by_one),
        ["test_what_changes_meanwhile_comes_in_one_frame"],
    ),
    "calm is gathered too": (
        instead("courtyard.realtime.watchers.Watchers", "tell", _always_later),
        ["test_the_first_change_is_told_at_once"],
    ),
}


class Screen(Connection):
    """A tab that keeps what it is told."""

    def __init__(self) -> None:
        super().__init__(None, new_id(), new_id())  # type: ignore[arg-type] # has no line
        self.told: list[dict[UUID, str]] = []

    def say(self, message: Any) -> None:
        self.told.append(message["presence"])


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Watchers:
    monkeypatch.setattr(watchers, "GATHER", 0.1)
    return Watchers()


async def test_the_first_change_is_told_at_once(looked: Watchers) -> None:
    screen, zoe = Screen(), new_id()
    looked.look_at(screen, {zoe})
    looked.tell(zoe, "idle")
    await asyncio.sleep(0.02)
    assert screen.told == [{zoe: "idle"}]


async def test_what_changes_meanwhile_comes_in_one_frame(looked: Watchers) -> None:
    one, other, gone = Screen(), Screen(), Screen()
    zoe, yan, xen = new_id(), new_id(), new_id()
    looked.look_at(one, {zoe, yan})
    looked.look_at(other, {yan, xen})
    looked.look_at(gone, {yan})
    looked.tell(xen, "online")
    await asyncio.sleep(0.02)
    for user_id, state in ((zoe, "idle"), (yan, "idle"), (yan, "online")):
        looked.tell(user_id, state)
        await asyncio.sleep(0)
    looked.look_at(gone, set())
    await asyncio.sleep(0.15)
    assert one.told == [{zoe: "idle", yan: "online"}]
    assert other.told == [{xen: "online"}, {yan: "online"}]
    assert gone.told == []
