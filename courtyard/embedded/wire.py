"""Asks a service over its socket whether it is ready, without a driver."""

import socket
import struct
from pathlib import Path

PROTOCOL_3 = 3 << 16
# SQLSTATE cannot_connect_now: the server is starting, recovering or stopping.
NOT_YET = b"C57P03\x00"


def postgres_answers(address: Path, user: str, database: str) -> bool:
    """Whether PostgreSQL takes sessions: it asks for a password, so it is out of recovery."""
    fields = f"user\0{user}\0database\0{database}\0\0".encode()
    hello = struct.pack("!ii", len(fields) + 8, PROTOCOL_3) + fields
    answer = _ask(address, hello)
    return answer.startswith(b"R") or (answer.startswith(b"E") and NOT_YET not in answer)


def valkey_answers(address: Path) -> bool:
    """Whether Valkey answers a PING."""
    return _ask(address, b"PING\r\n").startswith(b"+PONG")


def _ask(address: Path, question: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        try:
            line.connect(str(address))
            line.sendall(question)
            return line.recv(4096)
        except OSError:
            return b""
