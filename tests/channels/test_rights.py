"""The rule of rights, held against a plain Python one on hundreds of random worlds."""

import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import select

from courtyard.channels.access import audience, can, place_right, readable_streams
from courtyard.core.ids import new_id
from courtyard.groups.permissions import Permission
from tests.house import House
from tests.mutants import rule
from tests.oracle import Rules, rights
from tests.world import READERS

WORLDS = 300
CHOICES = [0, 0, 1, 2, 3, 4, 7, 15, 2**9, 2**13, 2**13 + 1]

ORACLE = ["test_the_view_agrees_with_the_oracle_on_random_worlds"]
MUTANTS = {
    "everyone's denial is forgotten": (rule("base & ~everyone_deny", "base"), ORACLE),
    "a role's denial is forgotten": (rule("& ~roles_deny", ""), ORACLE),
    "a person's denial is forgotten": (rule("& ~person_deny", ""), ORACLE),
    "allowances come before denials": (
        rule("& ~roles_deny) | roles_allow", "| roles_allow) & ~roles_deny"),
        ORACLE,
    ),
    "who cannot view may still write": (rule("WHEN p & 1 = 0 THEN 0", "WHEN false THEN 0"), ORACLE),
    "in a conversation everybody reads": (
        rule("0::bigint & ~o.deny", "1::bigint & ~o.deny"),
        ORACLE,
    ),
    "a person's own allowance is cut": (
        rule("& ~person_deny) | person_allow", "& ~person_deny) | (person_allow & ~4)"),
        ORACLE,
    ),
    "blocked people write on": (rule(" OR pair.parted", ""), ORACLE),
    "blocks count among many": (rule("count(*) = 2 AND ", ""), ORACLE),
    "only who blocks is stopped": (
        rule("OR (b.user_id = p.subject_id AND b.blocked_id = o.subject_id)", ""),
        ORACLE,
    ),
    "only who is blocked is stopped": (
        rule("(b.user_id = o.subject_id AND b.blocked_id = p.subject_id)\n               OR ", ""),
        ORACLE,
    ),
    "rules of other places count": (
        rule("ov.channel_id = c.id\n          AND", "true AND"),
        ORACLE,
    ),
}


@dataclass
class Rows:
    """Rows of many worlds, and what the oracle says of them."""

    tables: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    expected: dict[tuple[UUID, UUID], int] = field(default_factory=dict)

    def add(self, table: str, *values: Any) -> None:
        self.tables.setdefault(table, []).append(values)


COLUMNS = {
    '"group"': "id, name, archived_at",
    "role": "id, group_id, name, kind, position, permissions",
    "member": "group_id, user_id",
    "member_role": "group_id, user_id, role_id",
    "channel": "id, group_id, kind, name, archived_at",
    "override": "channel_id, subject_kind, subject_id, allow, deny",
    "block": "user_id, blocked_id",
}


def _world(dice: random.Random, people: list[UUID], rows: Rows) -> None:
    """One group with roles, members and channels at random."""
    group, archived = new_id(), dice.random() < 0.15
    rows.add('"group"', group, "G", "now" if archived else None)
    roles = {new_id(): dice.choice(CHOICES) for _ in range(dice.randint(1, 4))}
    for position, (role, bits) in enumerate(roles.items()):
        rows.add("role", role, group, "R", "custom", position, bits)
    members = {
        person: set(dice.sample(list(roles), dice.randint(0, min(2, len(roles)))))
        for person in dice.sample(people, dice.randint(1, 5))
    }
    for person, held in members.items():
        rows.add("member", group, person)
        for role in held:
            rows.add("member_role", group, person, role)
    for number in range(dice.randint(1, 4)):
        channel, closed = new_id(), dice.random() < 0.15
        rows.add("channel", channel, group, "text", f"c{number}", "now" if closed else None)
        rules = _rules(dice, rows, channel, [*roles, new_id()], [*members, *people[:2]])
        for person, held in members.items():
            base = 0
            for role in held:
                base |= roles[role]
            rows.expected[person, channel] = rights(
                base, channel, held, person, rules, read_only=closed or archived
            )


def _rules(
    dice: random.Random, rows: Rows, channel: UUID, roles: list[UUID], people: list[UUID]
) -> Rules:
    rules = Rules()
    subjects = [
        ("everyone", channel),
        *(("role", r) for r in roles),
        *(("user", p) for p in people),
    ]
    for kind, subject in {subject: kind for kind, subject in subjects}.items():
        if dice.random() < 0.45:
            rules.allow[kind], rules.deny[kind] = dice.choice(CHOICES), dice.choice(CHOICES)
            rows.add("override", channel, subject, kind, rules.allow[kind], rules.deny[kind])
    return rules


def _blocks(dice: random.Random, people: list[UUID], rows: Rows) -> set[frozenset[UUID]]:
    """Pairs of whom one blocks the other, or both do."""
    pairs = set()
    for person in people:
        for other in dice.sample([one for one in people if one != person], 2):
            rows.add("block", person, other)
            pairs.add(frozenset((person, other)))
    return pairs


def _conversation(
    dice: random.Random, people: list[UUID], rows: Rows, blocks: set[frozenset[UUID]]
) -> None:
    """One conversation: a channel without a group."""
    channel, closed, rules = new_id(), dice.random() < 0.2, Rules()
    rows.add("channel", channel, None, "text", "", "now" if closed else None)
    inside = dice.sample(people, dice.randint(1, 4))
    closed = closed or frozenset(inside) in blocks
    for person in inside:
        rules.allow[person], rules.deny[person] = dice.choice([3, 3, 1, 0]), dice.choice([0, 1])
        rows.add("override", channel, "user", person, rules.allow[person], rules.deny[person])
        rows.expected[person, channel] = rights(0, channel, set(), person, rules, read_only=closed)


def _store(connection: psycopg.Connection[Any], rows: Rows) -> None:
    for table, columns in COLUMNS.items():
        with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows.tables.get(table, ()):
                copy.write_row(row)


def compare(connection: psycopg.Connection[Any], people: list[UUID], seed: int, many: int) -> int:
    """Makes random worlds, asks the view and the oracle, and takes them back. Returns how many
    answers were compared; the test ends at the first that differs."""
    dice, rows = random.Random(seed), Rows()
    blocks = _blocks(dice, people, rows)
    for _ in range(many):
        _world(dice, people, rows)
        _conversation(dice, people, rows, blocks)
    _store(connection, rows)
    channels = list({channel for _, channel in rows.expected})
    found = connection.execute(
        "SELECT user_id, channel_id, permissions FROM place_right WHERE channel_id = ANY(%s)",
        (channels,),
    ).fetchall()
    connection.rollback()
    assert len(found) == len(rows.expected) == len({row[:2] for row in found})
    wrong = {(person, channel): (bits, rows.expected.get((person, channel)))
             for person, channel, bits in found
             if rows.expected.get((person, channel)) != bits}  # fmt: skip
    assert not wrong, f"seed {seed}: {len(wrong)} answers differ, such as {next(iter(wrong))}"
    assert len(set(rows.expected.values())) > 10
    return len(found)


async def test_the_view_agrees_with_the_oracle_on_random_worlds(house: House) -> None:
    with psycopg.connect(house.settings.database_url) as connection:
        compare(connection, list(house.world.people.values()), 1, WORLDS)


async def test_every_door_says_the_same(house: House) -> None:
    world = house.world
    async with house.state.database.session() as db:
        everything = (await db.execute(select(place_right))).all()
        seen = [row for row in everything if row.permissions & Permission.VIEW]
        for person in world.people.values():
            mine = {row.channel_id: row.permissions for row in seen if row.user_id == person}
            assert dict((await db.execute(readable_streams(person))).all()) == mine
            for channel in world.channels.values():
                for permission in (Permission.VIEW, Permission.POST, Permission.MANAGE_MESSAGES):
                    allowed = bool(mine.get(channel, 0) & permission)
                    assert await can(db, person, permission, channel) == allowed
        for channel in world.channels.values():
            readers = set(await db.scalars(audience(channel)))
            assert readers == {row.user_id for row in seen if row.channel_id == channel}


async def test_the_world_is_as_it_was_told(house: House) -> None:
    names = {user_id: name for name, user_id in house.world.people.items()}
    async with house.state.database.session() as db:
        for place, channel in house.world.channels.items():
            readers = {names[i] for i in await db.scalars(audience(channel)) if i in names}
            assert readers - {"fay"} == READERS[place], place
