"""A client's copy of the places it has open, kept by the rules of the wire contract.

Events pass in order and once; a gap, a head that is ahead or a new connection asks the database.
"""

import asyncio
import random
from collections.abc import Iterable
from typing import Any

import httpx

from .people import Person, Unsettled
from .record import now

Row = tuple[str, int, str, bool]
"""Author, position, text, whether it was deleted."""


class Replica:
    """Messages per channel, and the seq up to which they are known."""

    def __init__(self, person: Person, channels: Iterable[str]) -> None:
        self.person = person
        self.channels = list(channels)
        self.rows: dict[str, dict[str, Row]] = {key: {} for key in self.channels}
        self.seqs: dict[str, int] = {}
        self.versions: dict[str, int] = {}
        self.seen: dict[str, float] = {}
        """When a message was first heard of, live or by catching up."""
        self.epoch: str | None = None
        self.resets = 0
        self._wanted: set[str] = set()
        self._held: dict[str, list[Any]] = {}
        self._heads: dict[str, int] = {}
        self._news = asyncio.Event()

    async def load(self) -> None:
        """Reads the history of places that are not held yet. Raises one of `Unsettled`."""
        for channel in self.channels:
            if channel not in self.seqs:
                await self._load(channel)

    async def _load(self, channel: str) -> None:
        self.rows[channel], self.seqs[channel] = await history(self.person, channel)

    def hear(self, frame: dict[str, Any]) -> None:
        """Takes a frame of the socket."""
        if "e" in frame:
            self._events(frame["s"], frame["e"])
        for channel, head in frame.get("opened", {}).items():
            self._head(channel, head)

    def catch_up(self, channels: Iterable[str] | None = None) -> None:
        """Asks for what was missed, soon; of every place when none is named."""
        self._wanted |= set(self.channels if channels is None else channels) & set(self.seqs)
        self._news.set()

    async def work(self) -> None:
        """Answers the wish to catch up, until cancelled. What fails is asked again."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._wanted:
                batch, self._wanted = self._wanted, set()
                try:
                    await self._ask(batch)
                except Unsettled:
                    self._wanted |= batch
                    await asyncio.sleep(random.random())

    async def _ask(self, batch: set[str]) -> None:
        for channel in batch:
            self._held.setdefault(channel, [])
        try:
            known = {channel: self.seqs[channel] for channel in batch}
            answer = await self.person.ask(
                "POST", "/api/sync", {"epoch": self.epoch, "open": known}
            )
            if answer.status_code != 200:
                raise httpx.RemoteProtocolError(f"sync answered {answer.status_code}")
            await self._take(answer.json())
        finally:
            for channel in batch:
                self._release(channel)

    async def _take(self, answer: Any) -> None:
        self.epoch = answer["epoch"]
        for channel, part in answer["streams"].items():
            if part["state"] == "reset":
                self.resets += 1
                await self._load(channel)
            elif part["state"] == "events":
                for event in part["events"]:
                    self._apply(channel, event)
                more = part["more"] and part["events"]
                reached = part["events"][-1]["seq"] if more else part["head"]
                self.seqs[channel] = max(self.seqs[channel], reached)
                if more:
                    self.catch_up([channel])

    def _release(self, channel: str) -> None:
        self._events(channel, self._held.pop(channel, []))
        self._head(channel, self._heads.pop(channel, 0))

    def _events(self, channel: str, events: list[Any]) -> None:
        if channel in self._held:
            self._held[channel] += events
            return
        for event in events:
            known = self.seqs.get(channel)
            if known is None or event["seq"] <= known:
                continue
            if event["seq"] > known + 1:
                self.catch_up([channel])
                return
            self.seqs[channel] = event["seq"]
            self._apply(channel, event)

    def _head(self, channel: str, head: int) -> None:
        if channel in self._held:
            self._heads[channel] = max(head, self._heads.get(channel, 0))
        elif head > self.seqs.get(channel, head):
            self.catch_up([channel])

    def _apply(self, channel: str, event: Any) -> None:
        if "message" not in event:
            return
        message = event["message"]
        self.seen.setdefault(message["id"], now())
        if event["seq"] >= self.versions.get(message["id"], 0):
            self.versions[message["id"]] = event["seq"]
            self.rows[channel][message["id"]] = row(message)


def row(message: Any) -> Row:
    """What a copy of a message has in common with the database's row."""
    return (message["author_id"], message["position"], message["text"], message["deleted"])


async def history(person: Person, channel: str) -> tuple[dict[str, Row], int]:
    """Every message of a channel by paging back from its end, and the head read before them.

    Raises one of `Unsettled`.
    """
    rows: dict[str, Row] = {}
    head, cursor = None, ""
    while cursor is not None:
        path = f"/api/channels/{channel}/messages?limit=200{cursor}"
        answer = await person.ask("GET", path)
        if answer.status_code != 200:
            raise httpx.RemoteProtocolError(f"history answered {answer.status_code}")
        page = answer.json()
        head = page["head"] if head is None else head
        rows.update((message["id"], row(message)) for message in page["messages"])
        cursor = f"&before={page['before']}" if page["before"] else None
    return rows, head or 0
