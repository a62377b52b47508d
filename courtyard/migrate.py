"""Migrations at start, under a lock, so that two processes do not run them at once."""

import hashlib
import time
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy.exc import OperationalError

from courtyard.core.errors import StartupError

LOCK = 0x636F757274  # "court"
WAIT_SECONDS = 30
RIGHTS = Path(__file__).parent / "channels" / "rights.sql"


def migrate(database_url: str) -> None:
    """Brings the database to this release's tables. Raises StartupError when it is out of reach,
    or newer than this release."""
    url = sa.make_url(database_url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with _connected(engine) as connection:
            connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
            connection.commit()
            _upgrade(connection)
    finally:
        engine.dispose()


def _connected(engine: sa.Engine) -> sa.Connection:
    """A connection; a database that is still starting is waited for."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return engine.connect()
        except OperationalError as error:
            if time.monotonic() > deadline:
                raise StartupError(
                    "The database does not answer. Check COURTYARD_DATABASE_URL and that "
                    f"PostgreSQL runs ({type(error.orig).__name__})."
                ) from error
            time.sleep(0.2)


def configuration(connection: sa.Connection) -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: sa.Connection) -> None:
    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    present = _present(connection)
    if present and present not in known:
        raise StartupError(
            f"This database was used by a newer Courtyard (revision {present}). "
            "Install that release or a later one, or restore a backup of this one."
        )
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StartupError(f"The migration could not run: {error}") from error
    _apply_rights(connection)


def _apply_rights(connection: sa.Connection) -> None:
    """Puts the rule of rights in place whenever its text has changed: it is code, not data, so
    there is one file of it and no history of copies."""
    rule = RIGHTS.read_text()
    mark = hashlib.sha256(rule.encode()).hexdigest()
    applied = connection.scalar(
        sa.text("SELECT obj_description(to_regclass('place_right'), 'pg_class')")
    )
    if applied != mark:
        connection.exec_driver_sql("DROP VIEW IF EXISTS place_right")
        connection.exec_driver_sql(rule)
        connection.exec_driver_sql(f"COMMENT ON VIEW place_right IS '{mark}'")
    connection.commit()


def _present(connection: sa.Connection) -> str | None:
    found = connection.execute(sa.text("SELECT to_regclass('alembic_version')")).scalar()
    if found is None:
        connection.rollback()
        return None
    revision = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    connection.rollback()
    return str(revision) if revision else None
