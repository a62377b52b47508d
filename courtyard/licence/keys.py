"""The public keys whose licences this server believes."""

import base64
import binascii

from courtyard.core.errors import StartupError
from courtyard.core.settings import Settings
from courtyard.licence.paper import Keys, key_name

# Of those who issue licences for this release, base64. Whoever builds a release for customers puts
# theirs here; the private half never comes near the repository (see tools/licence).
BUILT_IN: tuple[str, ...] = ()
KEY_BYTES = 32


def trusted(settings: Settings) -> Keys:
    """The keys built in and those of COURTYARD_LICENCE_KEYS, by name. Raises StartupError."""
    keys = {}
    for word in (*BUILT_IN, *settings.licence_keys.split()):
        try:
            public = base64.b64decode(word, validate=True)
        except binascii.Error:
            public = b""
        if len(public) != KEY_BYTES:
            raise StartupError(
                "COURTYARD_LICENCE_KEYS: each word must be a public key of 32 bytes in base64"
            )
        keys[key_name(public)] = public
    return keys
