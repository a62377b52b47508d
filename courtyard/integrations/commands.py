"""What a person types: `courtyard import slack`, `courtyard import links`, `courtyard seed`.

Only typer is imported here; each command loads what it needs, so that others start fast.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from courtyard.core.settings import Settings, load_settings

Services = Callable[[Settings], AbstractContextManager[Settings]]

importers = typer.Typer(no_args_is_help=True, help="Bring in what stands in another system.")


def register(app: typer.Typer, services: Services) -> None:
    """Adds the commands. `services` gives the settings with both URLs, of a database with this
    release's tables, and starts what is missing for as long."""
    _add_imports(services)
    _add_seed(app, services)
    app.add_typer(importers, name="import")


def _add_imports(services: Services) -> None:
    @importers.command()
    def slack(
        export: Annotated[Path, typer.Argument(help="The zip that Slack made.")],
        group: Annotated[
            str | None, typer.Option(help="Into this group; made when there is none.")
        ] = None,
        report: Annotated[
            Path | None, typer.Option(help="Write what became of every record, as JSON.")
        ] = None,
    ) -> None:
        """Import people, public channels and messages of a Slack export. Run it again to
        complete an import that was interrupted: nothing comes twice."""
        from courtyard.integrations import imports  # noqa: PLC0415 - loads every slice

        imports.slack(services, export, group, report)

    @importers.command()
    def links(
        file: Annotated[Path, typer.Argument(help="The CSV file to write; it must not exist.")],
    ) -> None:
        """Write a link for each imported person with which they claim their account."""
        from courtyard.integrations import imports  # noqa: PLC0415 - loads every slice

        with services(load_settings()) as settings:
            imports.links(settings, file)


def _add_seed(app: typer.Typer, services: Services) -> None:
    @app.command()
    def seed(
        *,
        force: Annotated[
            bool, typer.Option("--force", help="Even beside people who are here already.")
        ] = False,
    ) -> None:
        """Fill a workspace for development with two groups of named people who can sign in."""
        from courtyard.integrations import seeding  # noqa: PLC0415 - loads every slice

        with services(load_settings()) as settings:
            seeding.seed(settings, force=force)
