"""The wire of the workspace."""

from typing import Literal

from pydantic import BaseModel


class WorkspaceOut(BaseModel):
    """What anybody who reaches the server may know of it."""

    name: str | None
    state: Literal["new", "ready"]
    setup_code_required: bool
    version: str
    min_client: int


class Health(BaseModel):
    status: Literal["ok", "starting", "degraded"]


class Check(BaseModel):
    name: Literal["database", "storage", "bus"]
    ok: bool
    detail: str


class Checks(BaseModel):
    checks: list[Check]
