"""`courtyard seed`: a workspace for development, with named people who can all sign in."""

import asyncio
from uuid import UUID

import typer
from sqlalchemy import func, select

from courtyard.accounts import passwords
from courtyard.accounts import service as accounts
from courtyard.accounts.models import User
from courtyard.accounts.schemas import Setup
from courtyard.core.blobs import Blobs
from courtyard.core.errors import Conflict
from courtyard.core.settings import Settings
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.integrations import demo
from courtyard.integrations.demo import DISCHARGE_SCENE, Scene
from courtyard.integrations.demo_people import FIGURES
from courtyard.integrations.demo_ward import WARD
from courtyard.integrations.opened import opened
from courtyard.workspace import service as workspace_service

# For development only: everybody can read it here. `seed` refuses a workspace that is lived in.
PASSWORD = "tea-in-the-courtyard"  # noqa: S105 - documented on purpose
WORKSPACE = "Lindenhof Clinic"
FIRST = "ada"

WARD_SCENE = Scene("ward", "Ward 3", "Twelve beds, three shifts, one kettle", WARD)
SCENES = (DISCHARGE_SCENE, WARD_SCENE)


def seed(settings: Settings, *, force: bool) -> None:
    """Makes the groups and their people, and prints who can sign in. Raises Conflict when other
    people are here, unless forced."""
    asyncio.run(_seed(settings, force=force))
    typer.echo("Sign in as anybody of these, each with the password " + PASSWORD)
    for key in demo.accounts_of(SCENES):
        typer.echo(f"  {FIGURES[key].address:32} {FIGURES[key].name}, {FIGURES[key].title}")
    typer.echo("This password is public. Never open such a workspace to others.")


async def _seed(settings: Settings, *, force: bool) -> None:
    blobs = Blobs(settings.data_dir / "blobs")
    hashed = await passwords.hash_password(PASSWORD)
    async with opened(settings) as units:

        async def act(uow: UnitOfWork) -> None:
            await _fill(uow, blobs, hashed, force=force)

        await units.run(act)


async def _fill(uow: UnitOfWork, blobs: Blobs, hashed: str, *, force: bool) -> None:
    workspace = await _workspace(uow)
    keys = demo.accounts_of(SCENES)
    known = await demo.whereabouts(uow, workspace, keys)
    if not force and await _others(uow, set(known.values())):
        raise Conflict(
            "There are other people in this workspace. Seeding is for empty ones; "
            "--force adds the seeded people beside them, with a password that is public."
        )
    crew = await demo.people(uow, blobs, workspace, keys)
    for key, user_id in crew.items():
        await _open_door(uow, key, user_id, hashed)
    for scene in SCENES:
        uow.actor_id = crew[FIRST]
        await demo.make(uow, blobs, crew[FIRST], scene)


async def _workspace(uow: UnitOfWork) -> UUID:
    """The workspace; set up by the first of the seeded people when it is new."""
    if await workspace_service.find(uow.db) is None:
        figure = FIGURES[FIRST]
        body = Setup(
            workspace_name=WORKSPACE, name=figure.name, email=figure.address, password=PASSWORD
        )
        owner = await accounts.set_up(uow, body, None)
        owner.title = figure.title
    return (await workspace_service.get(uow.db)).id


async def _others(uow: UnitOfWork, own: set[UUID]) -> int:
    count = select(func.count()).where(User.kind == "human", User.id.not_in(own))
    return await uow.db.scalar(count) or 0


async def _open_door(uow: UnitOfWork, key: str, user_id: UUID, hashed: str) -> None:
    """Turns an invited account of the demo content into one that can sign in."""
    user = await accounts.get(uow.db, user_id)
    if user.status == "invited":
        await accounts.claim(uow, user, hashed, FIGURES[key].address)
