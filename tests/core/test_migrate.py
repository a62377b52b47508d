"""Migrations: whole, repeatable, one at a time, and never backwards."""

import asyncio

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from courtyard.core.errors import StartupError
from courtyard.migrate import migrate
from courtyard.tables import metadata
from tests.services import EMPTY, TEMPLATE, Services


def _engine(url: str) -> sa.Engine:
    return sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool
    )


def _ours(_: object, name: str | None, kind: str, __: bool, ___: object) -> bool:
    return not (kind == "table" and (name or "").startswith(("procrastinate", "alembic")))


def test_the_tables_are_those_of_the_models(services: Services, empty: str) -> None:
    assert empty == EMPTY
    with _engine(services.copy(EMPTY)).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": _ours, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []


def test_a_second_run_changes_nothing(services: Services, empty: str) -> None:
    url = services.copy(empty)
    migrate(url)
    with _engine(url).connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM log_epoch")) == 1


async def test_two_processes_at_once_do_it_once(services: Services) -> None:
    url = services.copy()
    await asyncio.gather(*(asyncio.to_thread(migrate, url) for _ in range(2)))
    with _engine(url).connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM log_epoch")) == 1


def test_a_newer_database_is_refused_and_left_alone(services: Services, empty: str) -> None:
    url = services.copy(empty)
    with _engine(url).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StartupError, match="newer Courtyard"):
        migrate(url)
    with _engine(url).connect() as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_changed_rule_of_rights_is_put_in_place(services: Services, empty: str) -> None:
    url = services.copy(empty)
    with _engine(url).begin() as connection:
        connection.execute(sa.text("DROP VIEW place_right"))
        connection.execute(
            sa.text("CREATE VIEW place_right AS SELECT 1 AS permissions, 'old' AS mark")
        )
    migrate(url)
    with _engine(url).connect() as connection:
        columns = connection.execute(sa.text("SELECT * FROM place_right LIMIT 0")).keys()
    assert list(columns) == ["user_id", "channel_id", "group_id", "permissions"]


def test_stream_heads_move_within_their_page(services: Services, world: object) -> None:
    with _engine(services.copy(TEMPLATE)).connect() as connection:
        options = connection.scalar(
            sa.text("SELECT reloptions FROM pg_class WHERE relname = 'stream'")
        )
    assert options == ["fillfactor=50"]
