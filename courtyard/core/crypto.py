"""The key ring and the envelope of content columns.

An envelope is `version | key id (4) | nonce (12) | ciphertext`, AES-256-GCM (NIST SP 800-38D),
with `table|column|id` as associated data, so that a value moved to another row does not open.
Version 0 is plain: `0x00 | UTF-8`. Sealing is a policy; every content column can hold both.
"""

import base64
import contextlib
import json
import os
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from courtyard.core.errors import StartupError

PLAIN, SEALED = 0, 1
KEY_BYTES = 32


class Unreadable(Exception):
    """An envelope that no key of the ring opens, or that stands in the wrong place."""


class KeyRing:
    """The keys of this workspace: current first for sealing, all of them for opening."""

    def __init__(self, keys: dict[int, bytes], current: int) -> None:
        self._keys = keys
        self._current = current

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """Reads the ring, making it at first start (mode 0600).

        Raises StartupError when the file cannot be read or understood: content sealed with a
        lost key cannot be opened, so nothing is made anew over a damaged file.
        """
        if not path.exists():
            _create(path)
        try:
            ring = json.loads(path.read_text())
            keys = {int(k): base64.b64decode(v, validate=True) for k, v in ring["keys"].items()}
            if any(len(key) != KEY_BYTES for key in keys.values()):
                raise ValueError("a key of another length")
            current = int(ring["current"])
            if current not in keys:
                raise ValueError("the current key is not there")
            return cls(keys, current)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StartupError(
                f"The key ring {path} cannot be read ({type(error).__name__}). "
                "Restore it from your backup; without it sealed content stays closed."
            ) from error

    def derive(self, purpose: str) -> bytes:
        """A 256-bit key for one purpose (HKDF, RFC 5869) from the oldest key of the ring."""
        root = self._keys[min(self._keys)]
        return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(root)

    def bus_channel(self) -> bytes:
        """The name under which the processes of this workspace, and no other, hear each other."""
        return self.derive("bus")[:12].hex().encode()

    def seal(self, text: str, table: str, column: str, row: UUID) -> bytes:
        """The text as a sealed envelope bound to its place."""
        nonce = os.urandom(12)
        box = AESGCM(self._keys[self._current])
        sealed = box.encrypt(nonce, text.encode(), _place(table, column, row))
        return bytes([SEALED]) + self._current.to_bytes(4, "big") + nonce + sealed

    def open(self, envelope: bytes, table: str, column: str, row: UUID) -> str:
        """The text of an envelope of either version. Raises Unreadable."""
        if envelope[:1] == b"\x00":
            return envelope[1:].decode()
        key = self._keys.get(int.from_bytes(envelope[1:5], "big"))
        if envelope[:1] != bytes([SEALED]) or key is None:
            raise Unreadable(f"{table}.{column}: unknown version or key")
        try:
            place = _place(table, column, row)
            return AESGCM(key).decrypt(envelope[5:17], envelope[17:], place).decode()
        except InvalidTag as error:
            raise Unreadable(f"{table}.{column}: the seal is broken") from error


def plain(text: str) -> bytes:
    """The text as a plain envelope."""
    return b"\x00" + text.encode()


def _place(table: str, column: str, row: UUID) -> bytes:
    return f"{table}|{column}|{row}".encode()


def _create(path: Path) -> None:
    ring = {"current": 1, "keys": {"1": base64.b64encode(os.urandom(KEY_BYTES)).decode()}}
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked into place: whole or not at all, and the first of two wins.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(ring, file)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
