"""What the planner makes of the two hot paths."""

from typing import Any

import psycopg
import pytest
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer

from courtyard.messages import history
from tests.conftest import Opener
from tests.house import House
from tests.mutants import replace

MANY = 5_000
MUTANTS = {
    "history goes by another order": (
        replace("courtyard.messages.history", "_OLDER", "ORDER BY position DESC, id DESC LIMIT",
                "ORDER BY created_at DESC LIMIT"),
        ["test_a_page_of_history_walks_its_index"],
    ),
}  # fmt: skip


async def _fill(house: House) -> None:
    await house.sql(
        "INSERT INTO message (id, channel_id, position, author_id, client_id, text)"
        " SELECT gen_random_uuid(), c.id, n, %s, gen_random_uuid(), '\\x00'"
        " FROM channel c, generate_series(1, %s) n",
        house.world.people["cy"],
        MANY,
    )
    await house.sql("ANALYZE message")


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for child in plan.get("Plans", ()) for node in _nodes(child))]


async def _plan(connection: Any, statement: str, values: dict[str, Any]) -> dict[str, Any]:
    """The plan as it runs: prepared, and the same for all values."""
    query = PostgresQuery(Transformer(connection))
    query.convert(statement, values)
    prepared = query.query.decode()
    arguments = ", ".join(f"'{values[name]}'" for name in query._order or ())
    await connection.execute("SET plan_cache_mode = force_generic_plan")
    await connection.execute(f"PREPARE page AS {prepared}")
    explain = f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE page({arguments})"
    row = await (await connection.execute(explain)).fetchone()
    plan: dict[str, Any] = row[0][0]["Plan"]
    return plan


@pytest.mark.parametrize("statement", ["_OLDER", "_NEWER"])
async def test_a_page_of_history_walks_its_index(open_house: Opener, statement: str) -> None:
    house: House = await open_house()
    await _fill(house)
    values = {
        "session": house.world.sessions["cy"],
        "user": house.world.people["cy"],
        "channel": house.world.channels["open"],
        "position": MANY // 2,
        "message": history.FIRST[1],
        "limit": 50,
    }
    async with await psycopg.AsyncConnection.connect(
        house.settings.database_url, autocommit=True
    ) as connection:
        plan = await _plan(connection, getattr(history, statement), values)
    touched = [n for n in _nodes(plan) if n.get("Relation Name") == "message"]
    assert [node.get("Index Name") for node in touched] == ["ix_message_history"]
    assert touched[0]["Actual Rows"] <= 50
    assert not [n for n in _nodes(plan) if n.get("Rows Removed by Filter", 0) > 100]
