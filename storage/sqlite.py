"""SQLite, as this program has it: its settings, and a driver that goes to a connection's thread as rarely as it can.

aiosqlite gives each connection a thread, and SQLAlchemy goes there four times for a statement (a cursor, to execute, to
fetch, to close) and once to begin. Each trip costs more than most statements. Here a statement is one trip, and a
transaction begins with its first one.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from typing import Any, Self

import aiosqlite
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_BUSY_MS = 5000


def engine(url: URL, *, reading: bool, foreign_keys: bool, driver: type[Driver] | None = None) -> AsyncEngine:
    """Connections to a file: WAL, so that readers never wait; FULL, since a lost outbox mark is a message sent twice.

    BEGIN IMMEDIATE, since a transaction that reads first and writes later fails at once when another wrote meanwhile.
    Migrations go without foreign keys: SQLite alters a table by making it anew, and dropping the old one would empty
    those that point to it (SQLite manual, "Making Other Kinds Of Table Schema Changes").

    driver: by which it is reached; a thread for each connection, unless another is named.
    """
    settings = {
        "synchronous": "FULL",
        "foreign_keys": "ON" if foreign_keys else "OFF",
        "query_only": int(reading),
        "secure_delete": "ON",  # what is forgotten is written over, or it would stay in the file for years
        "temp_store": "MEMORY",  # what people wrote is never sorted in a file of its own
    }
    begin = "BEGIN" if reading else "BEGIN IMMEDIATE"
    arguments: tuple[Any, Any] = url.get_dialect()().create_connect_args(url)
    where, how = arguments

    def connect() -> sqlite3.Connection:
        connection: sqlite3.Connection = sqlite3.connect(*where, **how)
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        _to_wal(connection)
        for name, setting in settings.items():
            connection.execute(f"PRAGMA {name}={setting}")
        return connection

    made = create_async_engine(url, hide_parameters=True, async_creator=lambda: (driver or Driver)(connect))

    @event.listens_for(made.sync_engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.connection.driver_connection.begins(begin)  # type: ignore[union-attr]

    return made


class Driver(aiosqlite.Connection):
    """A connection whose cursors take one trip to its thread for a statement."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        """connect: called in the thread."""
        super().__init__(connect, iter_chunk_size=64)
        self._thread.daemon = True  # as SQLAlchemy has it: a connection left open keeps no program from ending
        self._begin = ""

    def begins(self, how: str) -> None:
        """The next statement is the first of a transaction. how: "BEGIN IMMEDIATE"."""
        self._begin = how

    def cursor(self) -> Cursor:  # type: ignore[override]  # what SQLAlchemy asks of one, and no more
        """For one statement at a time."""
        return Cursor(self)

    async def run(self, statement: Callable[[sqlite3.Connection], None]) -> None:
        """Run a statement in the thread, after what begins its transaction. Raises sqlite3.Error."""
        begin, self._begin = self._begin, ""
        await self._execute(self._run, begin, statement)  # type: ignore[no-untyped-call]

    def _run(self, begin: str, statement: Callable[[sqlite3.Connection], None]) -> None:
        if begin:
            self._conn.execute(begin)
        statement(self._conn)

    async def commit(self) -> None:
        """Keep what was done."""
        if not self._begin:
            await super().commit()
        self._begin = ""

    async def rollback(self) -> None:
        """Undo what was done."""
        if not self._begin:
            await super().rollback()
        self._begin = ""


class Cursor:
    """What one statement brought: all rows at once, since the cursor in the thread is closed with it.

    A cursor left open, as in the trace of a task that was cancelled, would keep SQLite from ending the connection and
    its transaction (SQLite manual, sqlite3_close_v2), and nobody else could write.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Nothing to open."""
        return self

    async def execute(self, statement: str, parameters: Iterable[Any] = ()) -> Self:
        """Raises sqlite3.Error."""
        await self._driver.run(lambda connection: self._take(connection.execute(statement, parameters)))  # type: ignore[arg-type]
        return self

    async def executemany(self, statement: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Raises sqlite3.Error."""
        await self._driver.run(lambda connection: self._take(connection.executemany(statement, parameters)))  # type: ignore[arg-type]
        return self

    def _take(self, cursor: sqlite3.Cursor) -> None:
        try:
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()

    async def fetchall(self) -> list[Any]:
        """The rows."""
        return self._rows

    async def close(self) -> None:
        """Nothing is open."""


def _to_wal(connection: sqlite3.Connection) -> None:
    """Once in the life of a file. The busy timeout does not help: whoever meets another doing the same tries again."""
    for _ in range(_BUSY_MS // 10):
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY":
                raise
            time.sleep(0.01)
