"""A far and uneven line: usable, and nobody resends because of it (N13)."""

import asyncio
from pathlib import Path

import pytest

from .drill import drill
from .proxy import slow_line
from .record import Say, now
from .serving import serving

pytestmark = pytest.mark.drill

ONE_WAY, JITTER = 0.3, 0.15
# There and back is 0.6 s on average and 0.9 s at most; a new connection goes twice.
SEND_WITHIN, HEAR_WITHIN = 2.5, 2.0


async def test_a_slow_line_is_usable(data_dir: Path, full: bool, say: Say) -> None:
    with serving(data_dir) as server:
        async with (
            slow_line(server.port, ONE_WAY, JITTER) as via,
            drill(server, writers=8, channels=2, listeners=2, via=via) as made,
        ):
            began = now()
            await asyncio.sleep(60 if full else 5)
            ended = now()
            findings = await made.finish()
            sends = sorted(seconds for _, seconds in made.record.slowest)
            delays = made.delays(began, ended)
    say(
        f"{ONE_WAY * 1000:.0f} ± {JITTER * 1000:.0f} ms each way: {len(sends)} sends, half within "
        f"{sends[len(sends) // 2]:.2f} s, the slowest {sends[-1]:.2f} s; heard within "
        f"{max(delays):.2f} s of the acknowledgement; tried again: {made.record.troubles.total()}"
    )
    assert findings.sound, str(findings)
    assert len(sends) > 20
    assert not made.record.troubles, "a slow line made clients try again"
    assert sends[-1] < SEND_WITHIN
    assert max(delays) < HEAR_WITHIN
