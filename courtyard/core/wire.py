"""How what goes over the wire is described."""

from typing import Any


def all_required(schema: dict[str, Any]) -> None:
    """Says that every property is always sent, also those with a default in Python: without it
    a client's types would have to doubt the discriminator of a union."""
    schema["required"] = list(schema["properties"])
