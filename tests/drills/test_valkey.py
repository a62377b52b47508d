"""Valkey dead or frozen: it only made things faster. Sign-in and talk go on, live updates come by
way of the database, and a session that was ended is out in time (N03)."""

import asyncio
import os
import random
import signal
import statistics
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from courtyard.realtime import watch
from courtyard.realtime.hub import Hub

from .drill import Drill, drill, wait_healthy
from .listener import Listener
from .people import PASSWORD, line
from .record import Say, now
from .serving import Serve, serving

pytestmark = pytest.mark.drill

LIVE_WITHIN = 5.0
LIVE_AGAIN = 0.5
SIGN_IN_WITHIN = 5.0
REVOKED_WITHIN = 30.0


@asynccontextmanager
async def _dead(server: Serve) -> AsyncIterator[None]:
    """Valkey is killed as soon as it is there again."""

    async def keep_dead() -> None:
        killed = 0
        while True:
            pid = server.pid("valkey")
            if pid != killed:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                killed = pid
            await asyncio.sleep(0.01)

    task = asyncio.create_task(keep_dead())
    try:
        yield
    finally:
        task.cancel()


@asynccontextmanager
async def _frozen(server: Serve) -> AsyncIterator[None]:
    """Valkey takes connections and answers nothing."""
    pid = server.pid("valkey")
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


BROKEN: dict[str, Callable[[Serve], Any]] = {"dead": _dead, "frozen": _frozen}


async def test_talk_goes_on_without_valkey(data_dir: Path, full: bool, say: Say) -> None:
    with serving(data_dir, workers=2) as server:
        async with drill(server, writers=4, channels=2, listeners=5, pause=0.05) as made:
            assert made.leaver
            for how, out in (("frozen", made.listeners.pop()), ("dead", made.leaver)):
                say(await _without(made, how, out, 60 if full else 6))
            findings = await made.finish()
    assert findings.sound, str(findings)
    assert not made.record.troubles, "no write had to be repeated"


async def _without(made: Drill, how: str, out: Listener, seconds: float) -> str:
    """Breaks Valkey for so long, and measures; `out` is the person whose session ends."""
    await _spread(made)
    async with BROKEN[how](made.server):
        began = now()
        signing_in = asyncio.create_task(_sign_in_again_and_again(made))
        await asyncio.sleep(1)
        revoked_after = await _revoke(out)
        await asyncio.sleep(max(0.0, began + seconds - now()))
        ended = now()
        signing_in.cancel()
    recovered = await wait_healthy(made.server.url)
    whole = now()
    await asyncio.sleep(2)
    sign_ins, delays = await signing_in, made.delays(began, ended - 2)
    usual = statistics.median(made.delays(whole, now() - 1))
    assert len(sign_ins) > 1
    assert max(sign_ins) < SIGN_IN_WITHIN
    assert len(delays) > 100
    assert max(delays) < LIVE_WITHIN
    assert revoked_after < REVOKED_WITHIN
    assert usual < LIVE_AGAIN, "hints no longer go from process to process"
    return (
        f"Valkey {how} for {ended - began:.0f} s: {len(sign_ins)} sign-ins, the slowest "
        f"{max(sign_ins):.1f} s; {len(delays)} live updates, the slowest {max(delays):.1f} s; "
        f"a session that was ended was out after {revoked_after:.1f} s; healthy again after "
        f"{recovered:.1f} s"
    )


async def _sign_in_again_and_again(made: Drill) -> list[float]:
    """Seconds that sign-ins took, until cancelled."""
    took = []
    with suppress(asyncio.CancelledError):
        while True:
            for person in made.scene.people[: len(made.writers)]:
                began = now()
                async with line(made.server.url, 30) as http:
                    body = {"email": person.email, "password": PASSWORD, "remember": False}
                    answer = await http.post("/api/sessions", json=body)
                assert answer.status_code == 200, answer.text
                took.append(now() - began)
                await asyncio.sleep(0.5)
    return took


async def _revoke(leaver: Listener) -> float:
    """Ends the sessions of somebody who listens; seconds until the socket was closed."""
    assert (await leaver.person.ask("DELETE", "/api/sessions")).status_code == 204
    began = now()
    while leaver.close_code != 4001:
        if now() - began > REVOKED_WITHIN:
            return float("inf")
        await asyncio.sleep(0.05)
    assert (await leaver.person.ask("GET", "/api/me")).status_code == 401
    return now() - began


async def _spread(made: Drill) -> None:
    """Sees to it that both processes have listeners: only then hints have a way to go."""
    deadline = now() + 20
    while len({_process_of(made.server, one) for one in made.listeners} - {None}) < 2:
        assert now() < deadline, "all sockets are with one process"
        one = random.choice(made.listeners)
        if one.socket and one.online.is_set():
            one.online.clear()
            await one.socket.close()
        await made.all_online()


def _process_of(server: Serve, listener: Listener) -> int | None:
    """The process of the application that holds this listener's socket."""
    if listener.socket is None:
        return None
    port = listener.socket.local_address[1]
    for name in server.apps():
        pid = server.pid(name)
        for connection in psutil.Process(pid).net_connections("tcp"):
            if connection.raddr and connection.raddr.port == port:
                return pid
    return None


async def _nothing(*_: object) -> None:
    return


MUTANTS = {
    "fills no gaps": (
        lambda monkeypatch: monkeypatch.setattr(Hub, "fill", _nothing),
        ["test_talk_goes_on_without_valkey"],
    ),
    "does not look at the database": (
        lambda monkeypatch: monkeypatch.setattr(watch, "look", _nothing),
        ["test_talk_goes_on_without_valkey"],
    ),
}
