"""A writer: an ordered outbox that resends until it knows, and changes its own words at times."""

import asyncio
import random
from uuid import UUID, uuid4

import httpx

from .people import Person
from .record import Record, Sent, now

EDITS, DELETIONS, LOST_ANSWERS = 0.10, 0.03, 0.05


class Writer:
    """One person writing into one channel, one message after the other."""

    def __init__(
        self, person: Person, channel: UUID, record: Record, pause: float = 0.02, seed: int = 0
    ) -> None:
        self.person, self.channel, self.record, self.pause = person, channel, record, pause
        self._random = random.Random(seed)
        self._own: list[Sent] = []

    async def run(self, stop: asyncio.Event) -> None:
        """Writes until told to stop; what was begun is brought to its end."""
        while not stop.is_set():
            sent = await self.say(len(self._own) + 1)
            if sent.id and self._random.random() < EDITS:
                await self._edit(self._random.choice(self._own))
            if sent.id and self._random.random() < DELETIONS:
                await self._delete(self._random.choice(self._own))
            await asyncio.sleep(self._random.random() * 2 * self.pause)

    async def say(self, number: int) -> Sent:
        """Sends one message until it is acknowledged. Some answers get lost on their way."""
        text = f"{self.person.name} {number}: {'stone ' * self._random.randint(0, 12)}"
        sent = Sent(uuid4(), self.person.id, self.channel, number, text.strip())
        sent.wanted = {sent.text}
        self.record.sent.append(sent)
        self._own.append(sent)
        began = now()
        answer = await self._post(sent)
        if answer and self._random.random() < LOST_ANSWERS:
            self.record.lost_answers += 1
            self._same(answer, await self._post(sent))
        if answer:
            body = answer.json()
            sent.id, sent.position, sent.seq = UUID(body["id"]), body["position"], body["seq"]
            sent.at = now()
            self.record.answers.append(sent.at)
            self.record.slowest.append((sent.at, sent.at - began))
        return sent

    async def _post(self, sent: Sent) -> httpx.Response | None:
        body = {"client_id": str(sent.client_id), "text": sent.text}
        path = f"/api/channels/{self.channel}/messages"
        return await self.person.settle("POST", path, body, {200, 201})

    def _same(self, first: httpx.Response, again: httpx.Response | None) -> None:
        """A second answer to the same message names the same message (I2)."""
        if again:
            one, two = first.json(), again.json()
            if any(one[key] != two[key] for key in ("id", "position", "seq", "client_id")):
                self.record.violation(f"I2: one client id, two answers: {one} {two}")

    async def _edit(self, sent: Sent) -> None:
        if not sent.id or sent.deletion != "no":
            return
        text = f"{sent.text} (changed {self._random.randint(0, 999)})"
        sent.wanted.add(text)
        if await self.person.settle("PATCH", f"/api/messages/{sent.id}", {"text": text}, {200}):
            sent.wanted = {text}

    async def _delete(self, sent: Sent) -> None:
        if not sent.id or sent.deletion != "no":
            return
        sent.deletion = "asked"
        if await self.person.settle("DELETE", f"/api/messages/{sent.id}", None, {204}):
            sent.deletion = "acknowledged"
