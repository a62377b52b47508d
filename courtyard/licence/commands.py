"""What a person types: `courtyard licence show`, `courtyard licence install FILE`."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from courtyard.core.settings import Settings, load_settings

if TYPE_CHECKING:
    from courtyard.licence.schemas import LicenceOut

Services = Callable[[Settings], AbstractContextManager[Settings]]

licence = typer.Typer(no_args_is_help=True, help="The licence of this workspace.")


def register(app: typer.Typer, services: Services) -> None:
    """Adds the commands. `services` gives the settings with both URLs."""

    @licence.command()
    def show() -> None:
        """Say what the licence covers and how many seats are taken."""
        with services(load_settings()) as settings:
            _tell(asyncio.run(_ask(settings, None)))

    @licence.command()
    def install(
        file: Annotated[Path, typer.Argument(help="The licence as you got it.", exists=True)],
    ) -> None:
        """Put a licence in place of the former one, after checking it."""
        text = file.read_text(encoding="utf-8", errors="replace")
        with services(load_settings()) as settings:
            _tell(asyncio.run(_ask(settings, text)))

    app.add_typer(licence, name="licence")


async def _ask(settings: Settings, text: str | None) -> "LicenceOut":
    from courtyard.core.bus import Bus  # noqa: PLC0415 - loads the database's driver
    from courtyard.core.crypto import KeyRing  # noqa: PLC0415 - as above
    from courtyard.core.database import Database  # noqa: PLC0415 - as above
    from courtyard.core.unit_of_work import work  # noqa: PLC0415 - as above
    from courtyard.licence import keys, service  # noqa: PLC0415 - as above

    assert settings.database_url, "the launcher fills in the embedded database"
    service.trust(keys.trusted(settings))
    database = Database(settings.database_url, 2)
    ring = KeyRing.load(settings.data_dir / "keys.json")
    bus = Bus(settings.redis_url, ring.bus_channel())
    await database.open()
    try:
        async with work(database, bus) as uow:
            return await (service.show(uow.db) if text is None else service.install(uow, text))
    finally:
        await database.close()


def _tell(stands: "LicenceOut") -> None:
    held = stands.licence
    if held is None:
        typer.echo("Free edition: everything, for up to 10 people.")
    else:
        typer.echo(f"Licensed to {held.issued_to} ({held.id}).")
        covers = "covers" if held.covers_release else "does not cover"
        typer.echo(
            f"Support until {held.support_until}; {covers} this release of {stands.released}."
        )
    if stands.problem:
        typer.echo(f"The licence that is installed does not count: {stands.problem}")
    typer.echo(f"Seats: {stands.seats_used} of {stands.seats} taken.")
