"""Random lives of a group, step by step beside a model: rights, streams, and what clients hold.

Whatever happened, everybody can do exactly what the rule says, every stream counts 1, 2, 3 …, and
a client that catches up holds what the database holds.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from courtyard.channels.service import LET_IN
from courtyard.groups.permissions import PLACE, SHIPPED_ROLES, Permission
from tests import mutants
from tests.house import House
from tests.oracle import Rules, rights
from tests.person import Person

PEOPLE = st.integers(0, 3)
LEADERS = st.sampled_from([0, 0, 1, 1, 2, 3])
CHANNELS = st.integers(0, 2)
EXAMPLES, STEPS = 6, 30

MUTANTS = {
    "leaving leaves the rules": (
        mutants.instead("courtyard.channels.service.moments", "left", []),
        ["test_random_lives_of_a_group"],
    ),
    "admins see all": (
        mutants.rule("WHEN p & 1 = 0 THEN 0", "WHEN p & 1 = 0 AND base & 8192 = 0 THEN 0"),
        ["test_random_lives_of_a_group"],
    ),
}


@dataclass
class Channel:
    """A channel of the model."""

    id: UUID
    rules: Rules = field(default_factory=Rules)
    archived: bool = False
    follows: set[int] = field(default_factory=set)
    messages: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Id → (author, present text)."""


class Life(RuleBasedStateMachine):
    """Person 0 owns the group, 1 administers it, 2 and 3 are members."""

    house: House
    loop: asyncio.AbstractEventLoop

    def do(self, act: Coroutine[Any, Any, Any]) -> Any:
        """Runs in the loop of the server, from the thread of the machine."""
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(30)

    @initialize()
    def begin(self) -> None:
        self.do(self._begin())
        self.held: dict[tuple[int, int], tuple[int, dict[str, str]]] = {}

    async def _begin(self) -> None:
        house = self.house
        self.people: list[Person] = [await house.newcomer(f"p{n}") for n in range(4)]
        self.roles = {0: "owner", 1: "admin", 2: "member", 3: "member"}
        place = await house.group(self.people[0], *self.people[2:])
        await house.join(place.group, self.people[1], role="admin")
        self.group = place.group
        owner, guest = self.people[0], self.people[2]
        ids = [
            place.channel,
            await house.channel(self.group, owner),
            await house.channel(self.group, owner, owner, guest),
        ]
        self.channels = [Channel(i) for i in ids]
        for channel, follows in zip(self.channels, ({0, 1, 2, 3}, {0}, {0, 2}), strict=True):
            channel.follows |= follows
        closed = self.channels[2]
        closed.rules.deny[closed.id] = 1
        closed.rules.allow |= {owner.id: LET_IN, guest.id: LET_IN}

    # The model

    def may(self, who: int, channel: Channel) -> int:
        """What the rule gives a person in a channel."""
        if who not in self.roles:
            return 0
        base = int(SHIPPED_ROLES[self.roles[who]])
        person = self.people[who].id
        return rights(base, channel.id, set(), person, channel.rules, read_only=channel.archived)

    def status(self, who: int, channel: Channel, needed: Permission, good: int) -> int:
        bits = self.may(who, channel)
        return 404 if not bits else good if bits & needed else 403

    def manages(self, who: int, channel: Channel, good: int) -> int:
        if not self.may(who, channel):
            return 404
        return good if self.roles[who] in ("owner", "admin") else 403

    # What people do

    @rule(who=PEOPLE, where=CHANNELS)
    def post(self, who: int, where: int) -> None:
        channel, text = self.channels[where], uuid4().hex
        expect = self.status(who, channel, Permission.POST, 201)
        said = self.do(self.people[who].say(channel.id, text, expect=expect))
        if expect == 201:
            channel.messages[said["id"]] = (who, text)

    @rule(who=PEOPLE, where=CHANNELS, which=st.integers(0, 99), delete=st.booleans())
    def change(self, who: int, where: int, which: int, delete: bool) -> None:
        channel = self.channels[where]
        if not channel.messages:
            return
        message_id = list(channel.messages)[which % len(channel.messages)]
        author, text = channel.messages[message_id]
        path, words = f"/api/messages/{message_id}", "" if delete else uuid4().hex
        if delete:
            needed = Permission.POST if author == who else Permission.MANAGE_MESSAGES
            expect = self.status(who, channel, needed, 204)
            self.do(self.people[who].delete(path, expect=expect))
        else:
            expect = self.status(who, channel, Permission.POST, 200 if text else 409)
            expect = 403 if expect != 404 and author != who else expect
            self.do(self.people[who].patch(path, {"text": words}, expect=expect))
        if expect in (200, 204):
            channel.messages[message_id] = (author, words)

    @rule(who=LEADERS, where=CHANNELS, private=st.booleans())
    def close_or_open(self, who: int, where: int, private: bool) -> None:
        channel, person = self.channels[where], self.people[who]
        expect = self.manages(who, channel, 200)
        path = f"/api/channels/{channel.id}/private"
        self.do(person.put(path, {"private": private}, expect=expect))
        if expect != 200:
            return
        channel.rules.deny[channel.id] = int(private)
        if private:
            for one in {*channel.follows, who}:
                channel.rules.allow[self.people[one].id] = LET_IN

    @rule(who=LEADERS, where=CHANNELS, archived=st.booleans())
    def archive(self, who: int, where: int, archived: bool) -> None:
        channel = self.channels[where]
        expect = self.manages(who, channel, 200)
        path = f"/api/channels/{channel.id}/archived"
        self.do(self.people[who].put(path, {"archived": archived}, expect=expect))
        channel.archived = archived if expect == 200 else channel.archived

    @rule(who=LEADERS, where=CHANNELS, whom=PEOPLE, into=st.booleans())
    def let_in_or_take_out(self, who: int, where: int, whom: int, into: bool) -> None:
        channel, guest = self.channels[where], self.people[whom].id
        known = whom in self.roles if into else guest in channel.rules.allow
        expect = self.manages(who, channel, 204 if known else 404)
        path = f"/api/channels/{channel.id}/people/{guest}"
        self.do(self.people[who].ask("PUT" if into else "DELETE", path, expect))
        if expect == 204 and into:
            channel.rules.allow[guest] = LET_IN
            channel.follows.add(whom)
        elif expect == 204:
            del channel.rules.allow[guest]

    @rule(who=PEOPLE, where=CHANNELS, follows=st.booleans())
    def follow(self, who: int, where: int, follows: bool) -> None:
        channel, person = self.channels[where], self.people[who]
        allowed = bool(self.may(who, channel))
        path = f"/api/channels/{channel.id}/follow"
        if follows:
            self.do(person.put(path, {"level": "all"}, expect=200 if allowed else 404))
        else:
            self.do(person.delete(path, expect=204 if allowed else 404))
        if allowed:
            (channel.follows.add if follows else channel.follows.discard)(who)

    @rule(who=st.integers(2, 3))
    def leave_or_join(self, who: int) -> None:
        if who not in self.roles:
            self.do(self.house.join(self.group, self.people[who]))
            self.roles[who] = "member"
            self.channels[0].follows.add(who)
        else:
            path = f"/api/groups/{self.group}/members/{self.people[who].id}"
            self.do(self.people[1].delete(path))
            del self.roles[who]
            for channel in self.channels:
                channel.follows.discard(who)
                channel.rules.allow.pop(self.people[who].id, None)

    # What must hold

    @rule(who=PEOPLE, where=CHANNELS)
    def read(self, who: int, where: int) -> None:
        channel = self.channels[where]
        path = f"/api/channels/{channel.id}/messages?limit=200"
        expect = self.status(who, channel, Permission.VIEW, 200)
        page = self.do(self.people[who].get(path, expect=expect))
        if expect == 200:
            shown = {m["id"]: m["text"] for m in page["messages"]}
            assert shown == {key: text for key, (_, text) in channel.messages.items()}

    @rule(who=PEOPLE, where=CHANNELS)
    def catch_up(self, who: int, where: int) -> None:
        channel = self.channels[where]
        seq, held = self.held.get((who, where), (0, {}))
        body = {"open": {str(channel.id): seq}}
        answer = self.do(self.people[who].post("/api/sync", body))["streams"][str(channel.id)]
        if not self.may(who, channel):
            assert answer == {"state": "gone"}
            return
        assert answer["state"] == "events"
        for event in answer["events"]:
            if "message" in event:
                held[event["message"]["id"]] = event["message"]["text"]
        self.held[who, where] = (answer["head"], held)
        assert held == {key: text for key, (_, text) in channel.messages.items()}

    def teardown(self) -> None:
        """In the end everybody finds what the rule gives them, and no stream has a gap."""
        if hasattr(self, "channels"):
            self.do(self._doors())
            self.do(self._counts())

    async def _doors(self) -> None:
        for channel in self.channels:
            for who, person in enumerate(self.people):
                expect = self.status(who, channel, Permission.VIEW, 200)
                found = await person.get(f"/api/channels/{channel.id}", expect=expect)
                if expect == 200:
                    held = sum(Permission[name.upper()] for name in found["permissions"])
                    assert held & PLACE == self.may(who, channel) & PLACE

    async def _counts(self) -> None:
        rows = await self.house.sql(
            "SELECT s.id FROM stream s LEFT JOIN event e ON e.stream_id = s.id"
            " WHERE s.id = ANY(%s) GROUP BY s.id"
            " HAVING s.head <> count(e.seq) OR s.head <> coalesce(max(e.seq), 0)",
            [self.group, *(channel.id for channel in self.channels)],
        )
        assert rows == []


async def test_random_lives_of_a_group(house: House) -> None:
    Life.house, Life.loop = house, asyncio.get_running_loop()
    lives = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # a life takes seconds: it is told as it was, not shortened
        suppress_health_check=list(HealthCheck),
    )
    await asyncio.to_thread(run_state_machine_as_test, Life, settings=lives)
