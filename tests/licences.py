"""A key pair of this run, and licences signed with it."""

import base64
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from courtyard import RELEASED
from courtyard.licence.paper import Facts, key_name, sign

PRIVATE = Ed25519PrivateKey.generate()
_PUBLIC = PRIVATE.public_key().public_bytes_raw()
PUBLIC = base64.b64encode(_PUBLIC).decode()
MANY = 100_000


def facts(**change: Any) -> Facts:
    """What a licence says, with changes."""
    told = {
        "id": uuid4(),
        "key": key_name(_PUBLIC),
        "issued_to": "Lantern Works",
        "seats": MANY,
        "issued_on": date(2026, 1, 1),
        "support_until": RELEASED + timedelta(days=365),
    }
    return Facts.model_validate(told | change)


def licence(**change: Any) -> str:
    """A licence of this run's key, for as many as any test wants unless it says otherwise."""
    return sign(facts(**change), PRIVATE)
