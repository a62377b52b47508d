"""A reader who does not keep up is let go (N09); nobody else waits for them."""

import socket as sockets
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from courtyard.realtime import connection
from courtyard.realtime.sockets import encode
from tests.house import House
from tests.mutants import instead
from tests.patience import until
from tests.tab import PROTOCOL

MUTANTS = {
    "slow readers are waited for": (
        instead("courtyard.realtime.connection", "BUFFER_LIMIT", 10**12),
        ["test_n09_who_lets_a_megabyte_pile_up_is_let_go"],
    ),
}


async def _stuck(house: House, ticket: str) -> ClientConnection:
    """A socket with a small window that nobody reads."""
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", house.port))
    raw.setblocking(False)
    protocols: Any = [PROTOCOL, f"ticket.{ticket}"]
    return await connect(
        f"ws://127.0.0.1:{house.port}/api/socket",
        sock=raw,
        origin=house.origin,  # type: ignore[arg-type]
        subprotocols=protocols,
        compression=None,
        max_queue=1,
    )


async def test_n09_who_lets_a_megabyte_pile_up_is_let_go(house: House) -> None:
    zoe, yan = await house.newcomer("zoe"), await house.newcomer("yan")
    place = await house.group(zoe, yan)
    stuck = await _stuck(house, await zoe.ticket())
    well = await yan.tab(place.channel)
    hub = house.state.hub
    [mine] = await until(lambda: [c for c in hub.connections if c.user_id == zoe.id])
    chunk, most = encode(b"x" * 60_000), 0
    for _ in range(1_000):
        mine.send(chunk)
        most = max(most, mine.socket.buffered())
        if mine.socket.close_sent:
            break
    assert mine.socket.close_sent
    assert most <= connection.BUFFER_LIMIT + 100
    said = await yan.say(place.channel)
    await well.message(said["id"])
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            await stuck.recv()
    assert closed.value.rcvd
    assert closed.value.rcvd.code == connection.TOO_SLOW
    await until(lambda: mine not in hub.connections)
