"""Somebody who sends files in pieces, as a client does: after a break it asks how far the server
is, or simply sends the last piece again."""

import asyncio
import os
import random
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from .people import Person, Unsettled
from .record import Record

LEAST, MOST = 64 * 2**10, 400 * 2**10
LARGEST = 3 * 2**20
LOST_ANSWERS = 0.08
# Of each seven files, which one is left on its way, after what part, and whether it is cancelled.
ENDINGS = {1: (0.5, False), 3: (0.9, True), 5: (0.1, False), 6: (0.5, True)}


@dataclass(slots=True)
class Sent:
    """A file somebody wanted to send. `file` is its id once the server has it whole."""

    person: Person
    size: int
    hash: str
    file: str = ""
    left: bool = False
    """Whether it was cancelled or given up on purpose."""
    broken: bool = False
    """Whether an answer stayed away on the way."""


class Sender:
    """One person who sends one file after the other; every third is the picture, some are left on their way."""

    def __init__(self, person: Person, record: Record, seed: int, picture: bytes) -> None:
        self.person, self.record, self.sent = person, record, list[Sent]()
        self._picture = picture
        self._random = random.Random(seed)

    async def run(self, stop: asyncio.Event) -> None:
        """Sends until told to stop; what was begun is brought to its end."""
        while not stop.is_set():
            await self._one()
            await asyncio.sleep(self._random.random() * 0.1)

    async def _one(self) -> None:
        content = self._content()
        one = Sent(self.person, len(content), sha256(content).hexdigest())
        self.sent.append(one)
        new = {"client_id": str(uuid4()), "name": "thing.png", "size": one.size}
        answer = await self.person.settle("POST", "/api/uploads", new, {201})
        state: dict[str, Any] | None = answer.json() if answer else None
        ending = ENDINGS.get((len(self.sent) - 1) % 7)
        while state and not state["file"]:
            if ending and state["received"] >= one.size * ending[0]:
                one.left = True
                if ending[1]:
                    path = f"/api/uploads/{state['id']}"
                    await self.person.settle("DELETE", path, None, {204, 404})
                return
            state = await self._next(one, content, state)
        if state:
            one.file = state["file"]["id"]
        else:
            self.record.violation("an upload has no known end")

    def _content(self) -> bytes:
        if len(self.sent) % 3 == 2:
            return self._picture
        return os.urandom(self._random.randint(0, LARGEST))

    async def _next(
        self, one: Sent, content: bytes, state: dict[str, Any]
    ) -> dict[str, Any] | None:
        """The next piece; how far the upload is then. None when that stays unknown."""
        at = state["received"]
        piece = content[at : at + self._random.randint(LEAST, MOST)]
        said = await self._put(state["id"], at, piece)
        if said and self._random.random() < LOST_ANSWERS:
            self.record.lost_answers += 1
            said = await self._put(state["id"], at, piece)
        if said is None:
            one.broken = True
            if self._random.random() < 0.5:  # the outcome is unknown: the same again
                said = await self._put(state["id"], at, piece)
        if said is None:
            answer = await self.person.settle("GET", f"/api/uploads/{state['id']}", None, {200})
            return answer.json() if answer else None
        return state | said

    async def _put(self, upload: str, at: int, piece: bytes) -> dict[str, Any] | None:
        """One request; None when there was no answer, or none that says how far it is."""
        path = f"/api/uploads/{upload}"
        try:
            await self.person.fresh()
            headers = {"authorization": f"Bearer {self.person.token}", "upload-offset": str(at)}
            answer = await self.person.line.patch(path, content=piece, headers=headers)
        except Unsettled as error:
            self.record.troubles[type(error).__name__] += 1
            await asyncio.sleep(0.1)
            return None
        self.record.status(
            "PATCH", "uploads", answer.status_code, answer.headers.get("retry-after")
        )
        body: dict[str, Any] = answer.json()
        if answer.status_code == 200:
            return body
        if answer.status_code == 409 and body["error"]["code"] == "wrong_offset":
            return {"received": int(body["error"]["fields"]["offset"])}
        if answer.status_code < 500:
            self.record.violation(f"refused: PATCH uploads answered {answer.text[:200]}")
        return None
