"""The database: one SQLAlchemy engine for ordinary work, one raw pool for the hot paths."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool
from psycopg_pool import PoolTimeout as PoolTimeout
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase

# A person waits at most this long for a statement; then 503 and a retry (N26). One statement may
# wait for several locks. Who had to wait for a connection waits for the statement as well, so on
# the hot paths that wait is short.
STATEMENT_MS = 5_000
LOCK_MS = 3_000
POOL_SECONDS = 1.5
ENGINE_POOL_SECONDS = 3.0
SESSION_OPTIONS = (
    f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={LOCK_MS}"
    " -c idle_in_transaction_session_timeout=5s -c timezone=UTC"
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)


class Database:
    """Connections to PostgreSQL.

    `sessions()` gives SQLAlchemy sessions for units of work; `pool` gives raw connections in
    autocommit for the few statements that are a whole transaction by themselves.
    """

    def __init__(self, url: str, pool_size: int = 12) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            "postgresql+psycopg://",
            async_creator=self._connect,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=ENGINE_POOL_SECONDS,
            pool_recycle=1800,
            hide_parameters=True,  # errors are logged, and parameters hold content
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self.pool: AsyncConnectionPool[psycopg.AsyncConnection[TupleRow]] = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=pool_size,
            timeout=POOL_SECONDS,
            max_idle=120,
            reconnect_timeout=30,
            open=False,
            # The hot statements are few, always the same, and their plan is too: planning each
            # anew took two thirds of a page's time in the database.
            kwargs={
                "autocommit": True,
                "prepare_threshold": 0,
                "options": f"{SESSION_OPTIONS} -c plan_cache_mode=force_generic_plan",
            },
        )

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(
            self.url, options=SESSION_OPTIONS, connect_timeout=5
        )

    async def open(self) -> None:
        """Starts the raw pool; does not wait for the database."""
        await self.pool.open(wait=False)

    async def close(self) -> None:
        """Closes every connection."""
        await self.pool.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A session that is rolled back unless its user commits."""
        async with self._sessions() as session:
            yield session

    def raw(self) -> AbstractAsyncContextManager[psycopg.AsyncConnection[TupleRow]]:
        """A raw autocommit connection of the pool, for hot paths."""
        return self.pool.connection()
