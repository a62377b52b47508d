"""The rule of rights against the plain Python one, on 100,000 random worlds."""

import psycopg
import pytest

from tests.channels.test_rights import WORLDS, compare
from tests.house import House

from .record import Say

pytestmark = pytest.mark.drill
FULL = 100_000


async def test_the_rule_holds_on_very_many_worlds(house: House, full: bool, say: Say) -> None:
    rounds = -(-FULL // WORLDS) if full else 1
    people = list(house.world.people.values())
    with psycopg.connect(house.settings.database_url) as connection:
        answers = sum(compare(connection, people, seed, WORLDS) for seed in range(rounds))
    say(f"rule of rights: {rounds * WORLDS} worlds, {answers} answers, all as the oracle says")
