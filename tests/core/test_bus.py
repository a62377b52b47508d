"""The bus: hints here at once, elsewhere through Redis, and nothing lost when it is away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtyard.core.bus import NUDGE, Bus, Frame
from courtyard.core.ids import new_id
from tests.patience import until
from tests.services import Services

ORIGIN = b"originof"


@given(st.uuids(), st.integers(-(2**63), 2**63 - 1), st.binary(max_size=200))
def test_a_frame_comes_back_as_it_was(stream, seq: int, body: bytes) -> None:
    frame = Frame(stream, seq, body)
    assert Frame.unpack(frame.pack(ORIGIN)) == (ORIGIN, frame)


@given(st.binary(max_size=31))
def test_what_is_too_short_is_no_frame(data: bytes) -> None:
    with pytest.raises(ValueError, match="too short"):
        Frame.unpack(data)


def test_listeners_here_hear_at_once() -> None:
    bus, heard = Bus(None), []
    bus.listen(heard.append)
    bus.publish(NUDGE)
    assert heard == [NUDGE]


async def test_others_hear_through_redis_and_oneself_only_once(services: Services) -> None:
    name = new_id().bytes
    here, there = (Bus(services.urls.redis_url, name) for _ in range(2))
    heard: list[list[Frame]] = [[], []]
    for bus, listener in zip((here, there), heard, strict=True):
        bus.listen(listener.append)
        await bus.start()
    await until(lambda: here.company and there.company)
    frames = [Frame(new_id(), seq, b"%d" % seq) for seq in range(1, 50)]
    for frame in frames:
        here.publish(frame)
    await until(lambda: len(heard[1]) == len(frames))
    assert heard == [frames, frames]
    for bus in (here, there):
        await bus.stop()


async def test_nonsense_on_the_channel_is_passed_over(services: Services) -> None:
    name = new_id().bytes
    bus, heard = Bus(services.urls.redis_url, name), []
    bus.listen(heard.append)
    await bus.start()
    await until(lambda: bus.alive)
    async with bus._client() as client:
        await client.publish(name, b"short")
        await client.publish(name, NUDGE.pack(ORIGIN))
    await until(lambda: heard)
    assert heard == [NUDGE]
    await bus.stop()


async def test_without_redis_publishing_still_works_here() -> None:
    bus, heard = Bus("unix:///nowhere/valkey.sock"), []
    bus.listen(heard.append)
    await bus.start()
    bus.publish(NUDGE)
    assert heard == [NUDGE]
    assert not bus.alive
    assert not await bus.ping()
    await bus.stop()
