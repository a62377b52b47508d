"""No route, no socket operation without a declared policy."""

from typing import get_args

import pytest
from fastapi import APIRouter, Depends, FastAPI

from courtyard.core.errors import StartupError
from courtyard.core.policies import Public, policy, policy_table
from courtyard.realtime.gateway import OPERATIONS
from courtyard.realtime.schemas import Operation
from tests.house import House
from tests.mutants import instead

MUTANTS = {
    "nested routes are not seen": (
        instead("courtyard.core.policies", "iter_route_contexts", lambda _: ()),
        [
            "test_a_route_without_a_policy_stops_the_start",
            "test_every_documented_route_is_in_the_table",
        ],
    ),
}


@policy("somebody")
async def _somebody() -> None:
    """Decides access."""


def test_a_route_without_a_policy_stops_the_start() -> None:
    router = APIRouter(prefix="/api")
    router.add_api_route("/open", lambda: None)
    app = FastAPI()
    app.include_router(router)
    with pytest.raises(StartupError, match=r"GET /api/open declares no policy"):
        policy_table(app)


def test_one_directly_on_the_application_too() -> None:
    app = FastAPI()
    app.add_api_route("/open", lambda: None, methods=["PUT"])
    with pytest.raises(StartupError, match=r"PUT /open"):
        policy_table(app)


def test_policies_are_found_however_deep_they_are_nested() -> None:
    def outer(_: None = Depends(_somebody)) -> None:
        """Leans on the one that decides."""

    app, router = FastAPI(), APIRouter(prefix="/api")
    router.add_api_route("/deep", lambda: None, dependencies=[Depends(outer)])
    router.add_api_route("/public", lambda: None, dependencies=[Public])
    app.include_router(router)
    assert policy_table(app) == {"GET /api/deep": ["somebody"], "GET /api/public": ["public"]}


async def test_every_documented_route_is_in_the_table(house: House) -> None:
    document = await house.anybody().get("/api/openapi.json")
    documented = {
        f"{method.upper()} {path}" for path, verbs in document["paths"].items() for method in verbs
    }
    assert set(house.state.policies) - documented == {"POST /api/reports/csp"}
    assert documented <= set(house.state.policies)
    assert len(documented) > 40


def test_every_operation_of_the_socket_has_one() -> None:
    union, _ = get_args(Operation)
    operations = {get_args(kind.model_fields["op"].annotation)[0] for kind in get_args(union)}
    assert operations == set(OPERATIONS)
