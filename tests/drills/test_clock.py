"""The machine's clock jumps by two hours, forth and back: messages keep their order, tokens stay
bounded, people are signed in again by themselves (N08).

libfaketime is preloaded into PostgreSQL, whose clock gives messages their positions, and into the
application, whose clock bounds tokens. Both read the same offset from a file at each call.
"""

import asyncio
import base64
import importlib
import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from courtyard.accounts import tokens
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.lock import ServerLock
from courtyard.embedded.postgres import Postgres
from courtyard.embedded.supervisor import Supervisor

from .drill import Drill, drill
from .people import Person
from .record import Say
from .serving import open_folder, serving

FAKER = next(Path("/usr/lib").glob("**/faketime/libfaketimeMT.so.1"), None)

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(FAKER is None, reason="needs libfaketime: apt-get install libfaketime"),
]

JUMPS = ("+7200", "+0", "-7200", "+0")


class Clock:
    """What preloaded processes take for the time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.jump("+0")

    def jump(self, offset: str) -> None:
        """Moves the clock to this many seconds beside the real one."""
        draft = self._file.with_suffix(".new")
        draft.write_text(f"{offset}\n")
        draft.chmod(0o644)
        draft.rename(self._file)

    @property
    def environment(self) -> Mapping[str, str]:
        """What preloads the clock into a child."""
        return {
            "LD_PRELOAD": str(FAKER),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }


async def test_the_clock_may_jump(data_dir: Path, full: bool, say: Say) -> None:
    with open_folder() as folder, _swept():
        clock = Clock(folder / "clock")
        with (
            _postgres(data_dir, clock.environment) as url,
            serving(
                folder / "data", env={"COURTYARD_DATABASE_URL": url, **clock.environment}
            ) as server,
        ):
            async with drill(server, writers=4, channels=2, listeners=2) as made:
                owner, ahead = made.scene.owner, ""
                for offset in JUMPS:
                    clock.jump(offset)
                    await _moved(made, int(offset))
                    ahead = ahead or owner.token
                    await asyncio.sleep(10 if full else 1)
                stale = await owner.line.get(
                    "/api/me", headers={"authorization": f"Bearer {ahead}"}
                )
                findings = await made.finish()
                renewed = made.record.troubles["401"]
    say(
        f"{len(JUMPS)} jumps by two hours: {findings}; {renewed} tokens renewed; a token from "
        f"two hours ahead answered {stale.status_code}"
    )
    assert findings.sound, str(findings)
    assert findings.acknowledged > 40
    assert renewed > 0, "the clock of the application did not jump"
    assert stale.status_code == 401, "a token made two hours ahead must not live for two hours"


async def _moved(made: Drill, offset: int) -> None:
    """Both clocks have jumped: new positions and new tokens say so."""
    async with asyncio.timeout(30):
        while abs(_issued(made.scene.owner) - time.time() - offset) > 60:
            await made.scene.owner.renew()
            await asyncio.sleep(0.1)
        if offset > 0:
            while (made.record.acknowledged()[-1].position / 1e6 - time.time()) < offset - 60:
                await asyncio.sleep(0.1)


def _issued(person: Person) -> int:
    body = person.token.split(".")[1]
    return int(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))["iat"])


@contextmanager
def _postgres(data_dir: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The embedded PostgreSQL with another environment, which `serve` does not hand on."""
    folder, service = DataFolder(data_dir), Postgres(data_dir)
    with ServerLock(folder), Supervisor(_quiet, own_signals=False) as supervisor:
        service.prepare()
        spec = service.child_spec()
        supervisor.add_spec(replace(spec, env={**spec.env, **environment}))
        supervisor.start(service.name)
        faked = subprocess.run(
            ["grep", "-l", "libfaketime", f"/proc/{supervisor.pids()['postgres']}/maps"],
            capture_output=True,
            check=False,
        )
        assert faked.returncode == 0, "libfaketime was not loaded into PostgreSQL"
        yield service.url


@contextmanager
def _swept() -> Iterator[None]:
    """libfaketime leaves its shared memory behind; what came while we ran goes with us."""
    memory = Path("/dev/shm")
    before = set(memory.glob("*faketime_*"))
    try:
        yield
    finally:
        for left in set(memory.glob("*faketime_*")) - before:
            left.unlink(missing_ok=True)


def _quiet(_event: str, /, **_fields: object) -> None:
    """The drill says what it does itself."""


def _trusts_the_clock_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    post = importlib.import_module("courtyard.messages.post")
    start, rest = post._POST.split("greatest(", 1)
    clock, rest = rest.split(", position + 1)", 1)
    monkeypatch.setattr(post, "_POST", f"{start}({clock}){rest}")


MUTANTS = {
    "trusts the clock alone": (_trusts_the_clock_alone, ["test_the_clock_may_jump"]),
    "takes tokens of tomorrow": (
        lambda monkeypatch: monkeypatch.setattr(tokens, "LEEWAY_SECONDS", 100_000),
        ["test_the_clock_may_jump"],
    ),
}
