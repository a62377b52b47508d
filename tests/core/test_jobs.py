"""Jobs: worked off, put back when their worker dies, and the upkeep they do."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from courtyard.accounts.jobs import forget_sessions, sweep_avatars
from courtyard.core import jobs
from courtyard.core.ids import new_id
from courtyard.core.upkeep import Tools, prune_events
from courtyard.realtime.jobs import forget_tickets
from tests.conftest import Opener
from tests.house import House
from tests.mutants import instead
from tests.patience import until


async def _none(*_: Any, **__: Any) -> int:
    return 0


MUTANTS = {
    "stalled jobs are left": (
        instead("courtyard.core.jobs", "requeue_stalled", _none),
        ["test_a_job_whose_worker_died_is_put_back"],
    ),
}


def _context(house: House) -> Any:
    state = house.state
    kit = Tools(house.settings, state.database, state.bus, state.blobs)
    return SimpleNamespace(additional_context={"tools": kit})


async def test_the_worker_in_the_server_works_jobs_off(open_house: Opener) -> None:
    house: House = await open_house(worker=True)
    zoe = await house.newcomer("zoe")
    await house.sql(
        "UPDATE session SET expires_at = now() - interval '100 days' WHERE id = %s", zoe.session
    )
    await house.sql("UPDATE socket_ticket SET session_id = NULL WHERE false")
    with jobs.queue.replace_connector(jobs._connector(house.settings.database_url)) as app:
        async with app.open_async():
            await forget_sessions.defer_async(timestamp=0)
    question = "SELECT id FROM session WHERE id = %s"
    await until(lambda: _empty(house, question, zoe.session), "the end of an old session")


async def _empty(house: House, question: str, *values: Any) -> bool:
    return await house.sql(question, *values) == []


async def test_a_job_whose_worker_died_is_put_back(fresh: House) -> None:
    with jobs.queue.replace_connector(jobs._connector(fresh.settings.database_url)) as app:
        async with app.open_async():
            await forget_sessions.defer_async(timestamp=0)
            worker_id = await app.job_manager.register_worker()
            job = await app.job_manager.fetch_job(queues=None, worker_id=worker_id)
            assert job
            assert await jobs.requeue_stalled(app, seconds=60) == 0
            await fresh.sql(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'"
            )
            assert await jobs.requeue_stalled(app, seconds=60) == 1
    assert await fresh.sql("SELECT status FROM procrastinate_jobs") == [("todo",)]


async def test_pruning_forgets_old_events_and_says_up_to_where(fresh: House) -> None:
    cy, channel = fresh.person("cy"), fresh.world.channels["open"]
    said = [await cy.say(channel) for _ in range(3)]
    await fresh.sql("DELETE FROM outbox")
    await fresh.sql(
        "UPDATE event SET created_at = now() - interval '31 days'"
        " WHERE stream_id = %s AND seq <= %s",
        channel,
        said[1]["seq"],
    )
    await prune_events(_context(fresh), 0)
    [row] = await fresh.sql("SELECT head, pruned_to FROM stream WHERE id = %s", channel)
    assert row == (said[2]["seq"], said[1]["seq"])
    left = await fresh.sql("SELECT seq FROM event WHERE stream_id = %s", channel)
    assert left == [(said[2]["seq"],)]
    body = {"open": {str(channel): 0}}
    answer = await cy.post("/api/sync", body)
    assert answer["streams"][str(channel)]["state"] == "reset"


async def test_pruning_leaves_what_a_reactor_still_waits_for(fresh: House) -> None:
    channel = fresh.world.channels["open"]
    await fresh.sql("UPDATE event SET created_at = now() - interval '31 days'")
    before = await fresh.sql("SELECT count(*) FROM event WHERE stream_id = %s", channel)
    await prune_events(_context(fresh), 0)
    assert await fresh.sql("SELECT count(*) FROM event WHERE stream_id = %s", channel) == before


async def test_pictures_nobody_shows_are_swept_after_an_hour(fresh: House) -> None:
    blobs, cy = fresh.state.blobs, fresh.world.people["cy"]
    shown, young = await blobs.put("avatar", b"shown"), await blobs.put("avatar", b"young")
    old = UUID(int=new_id().int - (2 * 3_600_000 << 80))
    await blobs._store.put_async(f"avatar/{old.hex[-2:]}/{old}", b"old")
    await fresh.sql('UPDATE "user" SET avatar_id = %s WHERE id = %s', shown, cy)
    await sweep_avatars(_context(fresh), 0)
    left = set(await blobs.ids("avatar"))
    assert {shown, young} <= left
    assert old not in left


async def test_unused_tickets_are_forgotten(fresh: House) -> None:
    cy = fresh.person("cy")
    await cy.ticket()
    await fresh.sql("UPDATE socket_ticket SET expires_at = now() - interval '1 second'")
    await cy.ticket()
    await forget_tickets(_context(fresh), 0)
    assert await fresh.sql("SELECT count(*) FROM socket_ticket") == [(1,)]
