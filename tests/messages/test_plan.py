"""What the planner makes of the two hot paths."""

import json
from typing import Any

import pytest

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
    explain = "EXPLAIN (ANALYZE, FORMAT JSON) " + getattr(history, statement)
    async with house.state.database.raw() as connection:
        [plan] = await (await connection.execute(explain, values)).fetchone()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    touched = [n for n in _nodes(plan[0]["Plan"]) if n.get("Relation Name") == "message"]
    assert [node.get("Index Name") for node in touched] == ["ix_message_history"]
    assert touched[0]["Actual Rows"] <= 50
    assert not [n for n in _nodes(plan[0]["Plan"]) if n.get("Rows Removed by Filter", 0) > MANY]
