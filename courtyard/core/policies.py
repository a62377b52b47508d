"""Every route, socket operation and admin view declares who may use it.

A dependency that decides access is marked with `policy(...)`; start-up walks all routes and
refuses to serve one whose dependencies carry no mark.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from fastapi import Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

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
    # Included routers stay nested in `app.routes`; these are the routes as they are served.
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        if dependant is None:
            continue  # the OpenAPI document itself
        found = sorted(set(policies(dependant)))
        for method in sorted(route.methods or ()):
            if not found:
                raise StartupError(f"{method} {route.path} declares no policy and is not served.")
            table[f"{method} {route.path}"] = found
    return table
