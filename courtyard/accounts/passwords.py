"""Passwords: argon2id in a thread, and a short list of those everybody tries first."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from courtyard.core.errors import Invalid

# OWASP's second profile: 19 MiB, two passes; two at a time, so that sign-in cannot eat the memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_at_once = asyncio.Semaphore(2)
_NOBODY = _hasher.hash("nobody has this password")

_WORN = [
    "password",
    "passw0rd",
    "1234567890",
    "0123456789",
    "qwertyuiop",
    "letmein",
    "changeme",
    "welcome",
    "iloveyou",
    "administrator",
    "courtyard",
    "1q2w3e4r5t",
    "abcdefghij",
    "1111111111",
    "0000000000",
    "q1w2e3r4t5",
    "asdfghjkl",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "superman",
    "trustno1",
    "dragon",
    "monkey",
    "master",
    "secret",
    "admin",
]


async def hash_password(password: str) -> str:
    """The argon2id hash of a password."""
    async with _at_once:
        return await asyncio.to_thread(_hasher.hash, password)


async def verify(password: str, stored: str | None) -> bool:
    """Whether the password is right. Takes equally long when there is no account (S12)."""
    async with _at_once:
        right = await asyncio.to_thread(_matches, password, stored or _NOBODY)
    return right and stored is not None


def require_strong(password: str, *, about: str = "", field: str = "password") -> None:
    """Refuses passwords that are guessed first. Raises Invalid naming `field`."""
    plain = password.lower().strip()
    core = plain.rstrip("0123456789!?.#*")
    if plain in _WORN or core in _WORN or len(set(plain)) < 4:
        raise Invalid(fields={field: "Everybody tries this one. Take a few words of your own."})
    words = [*about.lower().split(), *about.lower().replace("@", " ").split()]
    own = {word for word in words if len(word) > 3}
    if plain in own or core in own:
        raise Invalid(fields={field: "This is your own name or address. Take something else."})


def _matches(password: str, stored: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (Argon2Error, InvalidHashError):
        return False
