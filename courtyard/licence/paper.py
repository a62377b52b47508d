"""What a licence is: a few facts and an Ed25519 signature (RFC 8032) over them, in text that
survives mail and copying.

    COURTYARD LICENCE 1
    <base64 of the facts as JSON>
    .
    <base64 of the signature>

The signature covers the first line too, so that nothing else signed with the key passes for a
licence. Nothing here asks a clock or a network.
"""

import base64
import binascii
import hashlib
import textwrap
from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from courtyard.core.errors import Invalid

HEAD = "COURTYARD LICENCE 1"
LONGEST = 4_000
Keys = Mapping[str, bytes]


class Facts(BaseModel):
    """What a licence says. `key` names the pair that signed it; dates are days."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    key: str
    issued_to: Annotated[str, Field(min_length=1, max_length=200)]
    seats: Annotated[int, Field(ge=1, le=1_000_000)]
    issued_on: date
    support_until: date


class BadLicence(Invalid):
    """A text that is no licence, or none of ours."""

    code = "bad_licence"
    message = "This is not a licence of Courtyard, or something of it is missing. Paste it whole."


def key_name(public: bytes) -> str:
    """The short name of a public key of 32 bytes."""
    return hashlib.sha256(public).hexdigest()[:8]


def sign(facts: Facts, private: Ed25519PrivateKey) -> str:
    """The licence as text."""
    told = facts.model_dump_json().encode()
    signature = private.sign(_signed(told))
    parts = (textwrap.fill(base64.b64encode(part).decode(), 64) for part in (told, signature))
    return f"{HEAD}\n" + "\n.\n".join(parts) + "\n"


def read(text: str, keys: Keys) -> Facts:
    """The facts of a licence that one of these public keys signed. Raises BadLicence."""
    if len(text) > LONGEST:
        raise BadLicence
    told, signature = _parts(text)
    try:
        facts = Facts.model_validate_json(told)
    except ValidationError as error:
        raise BadLicence from error
    public = keys.get(facts.key)
    if public is None:
        raise BadLicence("This licence was signed with a key that this server does not know.")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(told))
    except (InvalidSignature, ValueError) as error:
        raise BadLicence(
            "This licence was changed after it was signed. Paste it as you got it."
        ) from error
    return facts


def _parts(text: str) -> tuple[bytes, bytes]:
    """Facts and signature, whatever line ends and blanks came in on the way."""
    head, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    parts = ["".join(part.split()) for part in rest.split(".")]
    if head.strip() != HEAD or len(parts) != 2:
        raise BadLicence
    try:
        told, signature = (base64.b64decode(part, validate=True) for part in parts)
    except binascii.Error as error:
        raise BadLicence from error
    return told, signature


def _signed(told: bytes) -> bytes:
    return HEAD.encode() + b"\n" + told
