"""The command `courtyard`. One of the three composition roots."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from courtyard.core.errors import CourtyardError, StartupError
from courtyard.core.settings import Settings, load_settings
from courtyard.embedded import running
from courtyard.embedded.errors import EmbeddedError
from courtyard.integrations import commands as integrations
from courtyard.licence import commands as licence

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.command()
def serve() -> None:
    """Run the workspace: the application and, where none are configured, its services."""
    settings = load_settings()
    env = dict(os.environ) | settings.for_launcher()
    if settings.reachable:
        env.setdefault("COURTYARD_SETUP_CODE", secrets.token_hex(4))
    if settings.tls:
        from courtyard.core.certificates import ensure  # noqa: PLC0415 - only where it is used

        ensure(settings)
    # The launcher is another program so that what was imported here is not kept in memory.
    os.execve(sys.executable, [sys.executable, "-m", "courtyard.launch"], env)


@app.command()
def migrate() -> None:
    """Bring the database to this release's tables."""
    from courtyard.migrate import migrate as run  # noqa: PLC0415 - alembic is slow to import

    with services(load_settings()) as settings:
        assert settings.database_url
        run(settings.database_url)


@app.command()
def worker() -> None:
    """Run reactions and jobs in a process of their own."""
    from courtyard.worker import main as run  # noqa: PLC0415 - loads every slice

    run()


@app.command(hidden=True)
def openapi() -> None:
    """Print the OpenAPI document, without a database: `make gen` types the client with it."""
    from courtyard.app import document  # noqa: PLC0415 - loads every slice

    typer.echo(document())


@contextmanager
def services(settings: Settings) -> Iterator[Settings]:
    """The settings with both URLs: configured, of the running server, or started for a while."""
    if settings.database_url and settings.redis_url:
        yield settings
        return
    with running(
        settings.data_dir,
        postgres=settings.database_url is None,
        valkey=settings.redis_url is None,
    ) as urls:
        yield settings.model_copy(
            update={
                "database_url": settings.database_url or urls.database_url,
                "redis_url": settings.redis_url or urls.redis_url,
            }
        )


@contextmanager
def migrated(settings: Settings) -> Iterator[Settings]:
    """The same, with this release's tables in the database."""
    from courtyard.migrate import migrate as run  # noqa: PLC0415 - alembic is slow to import

    with services(settings) as complete:
        assert complete.database_url
        run(complete.database_url)
        yield complete


integrations.register(app, migrated)
licence.register(app, migrated)


def main() -> NoReturn:
    """Runs the command; what cannot be done is one line and exit code 1."""
    try:
        app()
    except (StartupError, CourtyardError, EmbeddedError) as error:
        typer.echo(f"courtyard: {error}", err=True)
        sys.exit(1)
    sys.exit(0)


if __name__ == "__main__":
    main()
