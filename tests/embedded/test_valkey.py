"""Valkey as it is set up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from redis.client import PubSub

from courtyard.embedded import running, valkey
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.valkey import Valkey


@pytest.fixture(scope="module")
def bus(made_once: Path) -> Iterator["redis.Redis"]:
    with (
        running(made_once, postgres=False) as urls,
        redis.Redis.from_url(urls.redis_url, decode_responses=True) as client,
    ):
        yield client


def _setting(bus: "redis.Redis", name: str) -> str:
    return str(bus.config_get(name)[name])


def test_it_carries_hints(bus: "redis.Redis") -> None:
    with PubSub(bus.connection_pool, ignore_subscribe_messages=True) as heard:
        heard.subscribe("stream")
        heard.get_message(timeout=5)
        bus.publish("stream", "7")
        message = heard.get_message(timeout=5) or heard.get_message(timeout=5)
    assert message
    assert message["data"] == "7"


def test_it_is_reached_by_a_closed_socket_only(bus: "redis.Redis", made_once: Path) -> None:
    assert _setting(bus, "port") == "0"
    assert Valkey(made_once).socket.stat().st_mode & 0o777 == 0o700


def test_it_writes_nothing_to_the_disk(bus: "redis.Redis", made_once: Path) -> None:
    bus.set("hint", "1")
    assert (_setting(bus, "save"), _setting(bus, "appendonly")) == ("", "no")
    assert list((DataFolder(made_once).home / "valkey").iterdir()) == []


def test_when_full_it_forgets_instead_of_refusing(bus: "redis.Redis") -> None:
    for number in range(90):
        bus.set(f"big:{number}", "x" * 2**20)
    assert bus.dbsize() < 90
    bus.flushall()


MUTANTS = {
    "refuses when full": (
        lambda patch: patch.setitem(valkey.SETTINGS, "maxmemory-policy", "noeviction"),
        ["test_when_full_it_forgets_instead_of_refusing"],
    ),
    "opens a port": (
        lambda patch: patch.setitem(valkey.SETTINGS, "port", "16399"),
        ["test_it_is_reached_by_a_closed_socket_only"],
    ),
    "writes snapshots": (
        lambda patch: patch.setitem(valkey.SETTINGS, "save", "60 1"),
        ["test_it_writes_nothing_to_the_disk"],
    ),
}
