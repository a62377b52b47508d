"""Every route, socket operation and admin view declares who may use it.

A dependency that decides access is marked with `policy(...)`; start-up walks all routes and
refuses to serve one whose dependencies carry no mark.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from fastapi import Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from courtyard.core.errors import StartupError

F = TypeVar("F", bound=Callable[..., Any])


def policy(name: str) -> Callable[[F], F]:
    """Marks a dependency as one that decides access, under a name for the policy table."""

    def mark(dependency: F) -> F:
        dependency.__policy__ = name  # type: ignore[attr-defined] # a mark on a function
        return dependency

    return mark


@policy("public")
async def _public() -> None:
    """Open to anybody who reaches the server."""


Public = Depends(_public)


def policies(dependant: Dependant) -> Iterator[str]:
    """The names of all policies that guard a route, nested dependencies included."""
    name = getattr(dependant.call, "__policy__", None)
    if name:
        yield name
    for inner in dependant.dependencies:
        yield from policies(inner)


def policy_table(app: FastAPI) -> dict[str, list[str]]:
    """`METHOD path` → the policies that guard it.

    Raises StartupError for a route without a policy.
    """
    table: dict[str, list[str]] = {}
    for route in _routes(app.routes):
        found = sorted(set(policies(route.dependant)))
        for method in sorted(route.methods or ()):
            if not found:
                raise StartupError(f"{method} {route.path} declares no policy and is not served.")
            table[f"{method} {route.path}"] = found
    return table


def _routes(routes: Iterable[Any]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
