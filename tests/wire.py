"""Holding answers that were written by hand against the schema they are declared with."""

from typing import Any

from pydantic import BaseModel


def same_as(schema: type[BaseModel], body: Any) -> bool:
    """Whether an answer is exactly what its schema would have made of it."""
    return bool(schema.model_validate(body).model_dump(mode="json") == body)
