"""The memory of the application's process ends: the kernel kills it, it comes back by itself, and
nothing that was acknowledged is lost (N27)."""

import asyncio
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PIL import Image

from .drill import Drill, drill, wait_healthy
from .people import Person, Unsettled
from .record import Fault, Say, now
from .serving import serving

pytestmark = pytest.mark.drill

MORE = 64 * 2**20
V1, V2 = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup")
RESTARTED_WITHIN = 30.0


async def test_a_process_without_memory_restarts_alone(data_dir: Path, say: Say) -> None:
    with serving(data_dir) as server:
        async with drill(server, writers=4, channels=2, listeners=2) as made:
            await asyncio.sleep(1)
            others = [server.pid(name) for name in ("postgres", "valkey")]
            with _little_memory(server.pid("app-0")):
                fault = Fault("memory", now())
                made.record.faults.append(fault)
                await _eat(made)
            await wait_healthy(server.url)
            fault.healthy_after = now() - fault.at
            await asyncio.sleep(1)
            findings = await made.finish()
            assert [server.pid(name) for name in ("postgres", "valkey")] == others
            starts = server.starts("app-0")
    say(
        f"memory ended: outage {made.record.outage(fault):.1f} s, healthy again after "
        f"{fault.healthy_after:.1f} s; {findings}"
    )
    assert findings.sound, str(findings)
    assert starts == 2


@contextmanager
def _little_memory(pid: int) -> Iterator[None]:
    """The process may take `MORE` bytes and no more; one that is started in its place may."""
    new = f"courtyard-drill-{os.getpid()}"
    group, limit = (V1 / new, "memory.limit_in_bytes") if V1.exists() else (V2 / new, "memory.max")
    try:
        group.mkdir()
        (group / limit).write_text(str(MORE))
        (group / "cgroup.procs").write_text(str(pid))
    except OSError as error:
        with suppress(OSError):
            group.rmdir()
        pytest.skip(f"cannot limit the memory of a process here: {error}")
    try:
        yield
    finally:
        _remove(group)


def _remove(group: Path) -> None:
    """Lets whoever still lives there go, and removes the group."""
    with suppress(OSError):
        for pid in (group / "cgroup.procs").read_text().split():
            (group.parent / "cgroup.procs").write_text(pid)
    with suppress(OSError):
        group.rmdir()


async def _eat(made: Drill) -> None:
    """Uploads pictures that take much memory to decode, until the process was started anew."""
    picture = io.BytesIO()
    Image.new("RGB", (6000, 6000), "sandybrown").save(picture, "PNG")
    until = now() + RESTARTED_WITHIN
    while made.server.starts("app-0") < 2:
        assert now() < until, "the process was not ended"
        await _upload(made.scene.people[0], picture.getvalue())


async def _upload(person: Person, picture: bytes) -> None:
    headers = {"authorization": f"Bearer {person.token}", "content-type": "image/png"}
    with suppress(*Unsettled):
        await person.line.put("/api/me/avatar", content=picture, headers=headers)
