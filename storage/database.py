"""The store: one SQLite file by default, PostgreSQL by changing one URL.

What is set here decides whether a crash, a second process or a stalled one can lose or double anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from sqlalchemy import Connection, event, func, inspect, select, text
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine import Dialect as DialectObject
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage import sqlite
from storage.turns import Burst, Turn

if TYPE_CHECKING:
    from alembic.config import Config

Dialect = Literal["sqlite", "postgresql"]

CHANNEL = "parvis"
"""Where processes over one PostgreSQL tell one another that something is new."""

KEY = "key"
"""Where a session has the key of `Store.key`."""

DEFAULT_URL = "sqlite+aiosqlite:///parvis.db"
# A process stopped inside a transaction would keep its row locks for ever; the server ends it instead.
_PG_LIMITS = {"idle_in_transaction_session_timeout": "3000", "lock_timeout": "2000"}
# What that does not end is a process stopped between two messages of one statement: to the server, it is at work. From
# PostgreSQL 17 on it ends what lasts too long, whatever the client does (its manual, "transaction_timeout").
_PG_LONGEST = (
    "SELECT set_config('transaction_timeout', '600000', false)"
    " WHERE current_setting('server_version_num')::int >= 170000"
)
# Seconds after which a statement is given up that the server says nothing of: its machine may be gone.
_SILENT = 15.0
# Any number will do, as long as every version of this program uses the same one.
_MIGRATING = 7_216_043_511
_SQLITE_AWAY = {
    "SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_FULL", "SQLITE_LOCKED", "SQLITE_NOTADB",
    "SQLITE_PERM", "SQLITE_READONLY",
}  # fmt: skip
# SQLSTATE classes and codes (PostgreSQL manual, appendix A): connection, resources, operator intervention, the two
# timeouts above, serialization and deadlock. None of them is about what was asked.
_PG_AWAY = ("08", "53", "57", "58", "25006", "25P03", "25P04", "55P03", "40001", "40P01", "28", "3D000")
# What asyncpg says, without a code, when the server has just ended a connection and it does not know yet that it did:
# it is asked something while it still reads the server's last words. SQLAlchemy does not see that everywhere.
_ENDING = "InternalClientError"

_COMPILED: dict[str, tuple[DialectObject, LRUCache[Any, Any]]] = {}


class StoreUnavailable(Exception):
    """The database cannot be reached, or cannot take more now; nothing of the transaction was kept."""


class Store:
    """Transactions on one database. Made by `Store.open`."""

    def __init__(self, writing: AsyncEngine, reading: AsyncEngine) -> None:
        self._writing = writing
        self._reading = reading
        self.dialect: Dialect = "sqlite" if writing.dialect.name == "sqlite" else "postgresql"
        self.key = b""  # by which who was erased is known again (`storage.erased`)
        self.origin = uuid4().hex  # what this process signs its news with, to know them when they come back
        self.burst = Burst()
        # Writers of one process would starve each other in SQLite's busy wait; they queue here instead.
        self._turn = Turn(self.burst)

    @classmethod
    async def open(
        cls, url: str = DEFAULT_URL, migrate: bool = True, *, driver: type[sqlite.Driver] | None = None
    ) -> Store:
        """Open the database, and bring its tables up to date.

        url: "sqlite+aiosqlite:///FILE" or "postgresql+asyncpg://USER:PASSWORD@HOST/NAME". driver: of `sqlite.engine`.
        Raises StoreUnavailable, with the reason in words an administrator can act on.
        """
        where = _checked(url)
        if migrate:
            await _migrate(where)
        store = cls(_engine(where, driver=driver), _engine(where, reading=True, driver=driver))
        with _translated():
            async with store._reading.connect() as connection:
                await connection.execute(text("SELECT 1"))
        _compile_once(store._reading, store._writing)
        return store

    @asynccontextmanager
    async def write(self, *, first: bool = False) -> AsyncIterator[AsyncSession]:
        """One transaction: kept when the block ends, undone when it raises. Never call the network inside.

        first: before all others of this process that wait for their turn: a vendor waits for an acknowledgement.
        Raises StoreUnavailable when the database is away, full, or locked for too long.
        """
        if self.dialect == "postgresql":
            async with self._transaction(self._writing) as session:
                yield session
                if session.info.get(CHANNEL):
                    await (await session.connection()).execute(select(func.pg_notify(CHANNEL, self.origin)))
            return
        async with self._turn.taken(first=first), self._transaction(self._writing) as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A view that changes nothing and waits for no writer. Raises StoreUnavailable."""
        with _translated():
            async with AsyncSession(self._reading, expire_on_commit=False) as session:
                session.info[KEY] = self.key
                yield session

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[Apart]:
        """A connection of one's own, for tables that nobody else sees and that end with it. Raises StoreUnavailable."""
        with _translated():
            async with self._writing.connect() as connection:
                try:
                    yield Apart(connection, self.key, self._turn)
                finally:
                    await connection.invalidate()  # its tables are not for whoever is given it next

    @asynccontextmanager
    async def driver(self) -> AsyncIterator[Any]:
        """A connection as the driver of PostgreSQL has it (asyncpg's `Connection`). Raises StoreUnavailable."""
        from asyncpg import InterfaceError as DriverError  # noqa: PLC0415 - only PostgreSQL has it
        from asyncpg import PostgresError  # noqa: PLC0415

        try:
            with _translated():
                async with self._writing.connect() as connection:
                    yield (await connection.get_raw_connection()).driver_connection
        except (DriverError, PostgresError) as error:  # said to the driver itself, whose errors nobody translates
            raise StoreUnavailable(type(error).__name__) from error

    async def is_migrated(self) -> bool:
        """Whether the tables are those of this version. Raises StoreUnavailable."""
        from alembic.migration import MigrationContext  # noqa: PLC0415 - only who asks this needs it
        from alembic.script import ScriptDirectory  # noqa: PLC0415

        newest = ScriptDirectory.from_config(migrations()).get_current_head()
        with _translated():
            async with self._reading.connect() as connection:
                found = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
        return found == newest

    async def tidy(self) -> None:
        """Let what was forgotten leave the disk: the log beside an SQLite file still holds it. Raises StoreUnavailable.

        PostgreSQL does so by itself, with time: its vacuum, and the end of its own log's files.
        """
        if self.dialect == "postgresql":
            return
        with _translated():
            async with self._turn.taken(), self._writing.connect() as connection:
                raw = await connection.get_raw_connection()
                driver: Any = raw.driver_connection
                # Outside any transaction (SQLite manual, "PRAGMA wal_checkpoint"): waits for readers, as writers do.
                await (await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")).close()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._writing.dispose()
        await self._reading.dispose()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        with _translated():
            async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
                session.info[KEY] = self.key
                yield session


class Apart:
    """One connection with its own temporary tables. Made by `Store.apart`."""

    def __init__(self, connection: AsyncConnection, key: bytes, turn: Turn) -> None:
        """turn: of those who write, of this process."""
        self._connection, self._key, self._turn = connection, key, turn

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[AsyncSession]:
        """A transaction that writes into temporary tables only: it keeps nobody else from writing."""
        async with self._transaction() as session:
            if self._connection.dialect.name == "sqlite":
                await session.connection()
                raw = await self._connection.get_raw_connection()
                raw.driver_connection.begins("BEGIN")  # type: ignore[union-attr]
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """As `Store.write`, by this connection."""
        if self._connection.dialect.name == "postgresql":
            async with self._transaction() as session:
                yield session
            return
        async with self._turn.taken(), self._transaction() as session:
            yield session

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self._connection, expire_on_commit=False) as session, session.begin():
            session.info[KEY] = self._key
            yield session


def insert(session: AsyncSession, table: Any) -> Any:
    """An INSERT of the session's own dialect, for `on_conflict_do_nothing`, which only dialects have.

    table: a row class. Returns SQLAlchemy's `Insert`.
    """
    if session.get_bind().dialect.name == "sqlite":
        return sqlite_insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - two megabytes that SQLite has no use for

    return postgresql.insert(table)


def news(session: AsyncSession) -> None:
    """Other processes are told, when this transaction is kept, that there is something for them to look at."""
    session.info[CHANNEL] = True


# How PostgreSQL plans what is executed again (its manual, "plan_cache_mode"), until the transaction ends.
_PLANNED = text("SELECT set_config('plan_cache_mode', :how, true)")


@asynccontextmanager
async def afresh(session: AsyncSession) -> AsyncIterator[None]:
    """Every statement of the block is planned for the tables as they are now.

    PostgreSQL keeps the plan of what it has executed some times until somebody counts the rows again. One that was made
    when a table had just been emptied goes through all of it once it has grown, and in a join does so for each row.
    """
    if session.get_bind().dialect.name == "sqlite":
        yield
        return
    await (await session.connection()).execute(_PLANNED, {"how": "force_custom_plan"})
    yield
    # Checks of foreign keys are planned too, once for each row that is written.
    await (await session.connection()).execute(_PLANNED, {"how": "auto"})


async def clock(session: AsyncSession) -> datetime:
    """The database's own time (UTC), which all processes share whatever their own clocks say."""
    if session.get_bind().dialect.name == "sqlite":
        read = func.strftime("%Y-%m-%d %H:%M:%f", "now", type_=UTCDateTime())
    else:
        read = func.clock_timestamp(type_=UTCDateTime())
    found: datetime = (await session.exec(select(read))).scalar_one()  # type: ignore[call-overload]
    return found


def migrations(connection: Connection | None = None) -> Config:
    """Alembic's settings. connection: an open one to migrate, inside its transaction."""
    from alembic.config import Config  # noqa: PLC0415 - see _upgrade

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def _migrate(url: URL) -> None:
    """Bring the tables to the newest version, in one transaction that only one process has at a time."""
    engine = _engine(url, migrating=True)
    try:
        with _translated():
            async with engine.begin() as connection:
                if engine.dialect.name == "postgresql":
                    await connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
                await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    """Alembic costs a tenth of a second and nine megabytes: most starts find nothing to change."""
    if _version(connection) == _newest():
        return
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(migrations(connection), "head")


def _version(connection: Connection) -> str:
    """The revision of the tables that are there; "" without any."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _newest() -> str:
    """The revision of the last migration: how its file's name begins."""
    files = (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py")
    return max(each.name.partition("_")[0] for each in files)


def _checked(url: str) -> URL:
    try:
        where = make_url(url)
    except ArgumentError:
        raise StoreUnavailable("the database URL cannot be read; write sqlite+aiosqlite:///parvis.db") from None
    if where.drivername not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
        raise StoreUnavailable(f"{where.drivername} is not known; write sqlite+aiosqlite or postgresql+asyncpg")
    if where.drivername == "sqlite+aiosqlite" and where.database in {None, "", ":memory:"}:
        raise StoreUnavailable("an SQLite database needs a file: readers and writer are separate connections")
    return where


def _engine(
    url: URL, *, reading: bool = False, migrating: bool = False, driver: type[sqlite.Driver] | None = None
) -> AsyncEngine:
    if url.get_backend_name() == "sqlite":
        return sqlite.engine(url, reading=reading, foreign_keys=not migrating, driver=driver)
    limits = {} if migrating else _PG_LIMITS
    # Errors name no parameters: those are people's words.
    options: dict[str, Any] = {
        "hide_parameters": True,
        "connect_args": {"server_settings": limits, **({} if migrating else {"command_timeout": _SILENT})},
        "pool_pre_ping": True,
    }
    if reading:
        options["execution_options"] = {"postgresql_readonly": True}
    engine = create_async_engine(url, pool_size=10, max_overflow=10, pool_timeout=5, **options)
    if not (reading or migrating):
        event.listen(engine.sync_engine, "connect", _limit)
    return engine


def _limit(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(_PG_LONGEST)
    cursor.close()
    connection.commit()


def ends_long_transactions(session: AsyncSession) -> bool:
    """Whether the server can be told to end a transaction after some time."""
    dialect = session.get_bind().dialect
    return dialect.name == "postgresql" and (dialect.server_version_info or (0,)) >= (17,)


def _compile_once(connected: AsyncEngine, *others: AsyncEngine) -> None:
    """Each statement is compiled once in a process, not once for each engine: it takes longer than to execute it.

    SQLAlchemy keeps what it compiled by dialect object, and a dialect knows its server once one engine has connected.
    connected: an engine that has.
    """
    dialect, compiled = _COMPILED.setdefault(connected.dialect.name, (connected.sync_engine.dialect, LRUCache(1000)))
    for engine in (connected, *others):
        engine.sync_engine.dialect = dialect
        engine.update_execution_options(compiled_cache=compiled)


@contextmanager
def _translated() -> Iterator[None]:
    """Say StoreUnavailable for what has nothing to do with the question asked; all else goes through as it is."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable("all connections to the database are busy") from error
    except InterfaceError as error:
        raise StoreUnavailable(_code(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated or _is_away(_code(error)):
            raise StoreUnavailable(_code(error)) from error
        raise
    except sqlite3.OperationalError as error:  # when connecting, which SQLAlchemy does not translate
        if _is_away(error.sqlite_errorname):
            raise StoreUnavailable(error.sqlite_errorname) from error
        raise
    except Exception as error:
        if reason := _while_connecting(error):
            raise StoreUnavailable(reason) from error
        raise


def _while_connecting(error: Exception) -> str:
    """What is wrong, where asyncpg said it as it connected, which it does by itself: nothing of it is wrapped."""
    name = type(error).__name__
    if isinstance(error, OSError) and _of_the_driver(error):
        return f"cannot connect: {name}"
    ended = type(error).__module__.startswith("asyncpg.") and name in {"InterfaceError", _ENDING}
    return name if ended else ""


def _is_away(code: str) -> bool:
    return code in {*_SQLITE_AWAY, _ENDING} or code.startswith(("SQLITE_IOERR", "SQLITE_BUSY", *_PG_AWAY))


def _code(error: SQLAlchemyError) -> str:
    """The database's own code for what went wrong, never its text, which may quote what people wrote."""
    cause = getattr(error, "orig", None)
    return str(getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or type(cause).__name__)


def _of_the_driver(error: OSError) -> bool:
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").startswith("asyncpg."):
            return True
        trace = trace.tb_next
    return False
