"""Tokens: short access tokens, refresh tokens that rotate, and the media cookie.

Access and media tokens are JWTs (RFC 7519) under one pinned algorithm with their own keys and
`typ`, so that none passes for another. A refresh token is `session.generation.mac`: it is
recomputed, never stored, so that a client whose answer was lost gets the same one again.
"""

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import jwt

from courtyard.core.crypto import KeyRing
from courtyard.core.errors import Unauthenticated

ALGORITHM = "HS256"
ISSUER = "courtyard"
ACCESS_SECONDS = 300
LEEWAY_SECONDS = 5
READ_TOKENS = 20_000
Kind = Literal["access", "media", "device"]


@dataclass(slots=True, frozen=True)
class Claim:
    """Who a token speaks for."""

    user_id: UUID
    session_id: UUID


class Tokens:
    """Makes and reads all tokens of this workspace."""

    def __init__(self, ring: KeyRing) -> None:
        self._keys = {kind: ring.derive(f"token {kind}") for kind in ("access", "media", "device")}
        self._refresh = ring.derive("token refresh")
        self._read: dict[tuple[Kind, str], tuple[Claim, int, int]] = {}

    def issue(self, kind: Kind, claim: Claim, seconds: int = ACCESS_SECONDS) -> str:
        """A signed token of this kind, good for `seconds`."""
        now = int(time.time())
        body = {
            "iss": ISSUER,
            "aud": kind,
            "typ": kind,
            "sub": str(claim.user_id),
            "sid": str(claim.session_id),
            "iat": now,
            "exp": now + seconds,
        }
        return jwt.encode(body, self._keys[kind], ALGORITHM, headers={"typ": kind})

    def read(self, kind: Kind, token: str) -> Claim:
        """Whom the token speaks for. Raises Unauthenticated unless every claim is in order.

        A signature is checked once: the same token comes with every request for five minutes.
        """
        claim, made, ends = self._read.get((kind, token)) or self._decoded(kind, token)
        now = time.time()
        if not made - LEEWAY_SECONDS <= now < ends + LEEWAY_SECONDS:
            raise Unauthenticated
        return claim

    def _decoded(self, kind: Kind, token: str) -> tuple[Claim, int, int]:
        try:
            body = jwt.decode(
                token,
                self._keys[kind],
                algorithms=[ALGORITHM],
                audience=kind,
                issuer=ISSUER,
                leeway=LEEWAY_SECONDS,
                options={"require": ["iss", "aud", "sub", "sid", "iat", "exp", "typ"]},
            )
            if body["typ"] != kind or type(body["exp"]) is not int or type(body["iat"]) is not int:
                raise Unauthenticated
            read = Claim(UUID(body["sub"]), UUID(body["sid"])), body["iat"], body["exp"]
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError, OverflowError) as error:
            raise Unauthenticated from error
        if len(self._read) >= READ_TOKENS:
            self._read.clear()
        self._read[kind, token] = read
        return read

    def refresh(self, session_id: UUID, generation: int) -> str:
        """The refresh token of this generation: 256 bits of HMAC (RFC 2104)."""
        return f"{session_id}.{generation}.{self._mac(session_id, generation)}"

    def read_refresh(self, token: str) -> tuple[UUID, int]:
        """Session and generation of a genuine refresh token. Raises Unauthenticated."""
        session, _, rest = token.partition(".")
        number, _, mac = rest.partition(".")
        try:
            session_id, generation = UUID(session), int(number)
        except ValueError as error:
            raise Unauthenticated from error
        if not hmac.compare_digest(mac.encode(), self._mac(session_id, generation).encode()):
            raise Unauthenticated
        return session_id, generation

    def _mac(self, session_id: UUID, generation: int) -> str:
        digest = hmac.digest(self._refresh, session_id.bytes + b"%d" % generation, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
