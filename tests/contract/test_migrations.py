"""Migrations go up and down with rows in every table, make what the rows say, and never collide."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Store, _engine, migrations
from storage.tables import METADATA

SAMPLES: dict[type, Any] = {
    bytes: b"sealed",
    str: "x",
    int: 1,
    bool: True,
    float: 1.5,
    date: date(2026, 11, 23),
    datetime: datetime(2026, 11, 23, tzinfo=UTC),
}


def value(column: sa.Column[Any]) -> Any:
    """Something that fits a column; every identity is 1, so that rows point to one another."""
    return SAMPLES[column.type.python_type]


def fill(connection: sa.Connection) -> None:
    """One row in each table, as the database itself describes it."""
    seen = sa.MetaData()
    seen.reflect(connection)
    for table in seen.sorted_tables:
        if table.name != "alembic_version":
            connection.execute(table.insert().values({column.name: value(column) for column in table.columns}))


def counts(connection: sa.Connection) -> dict[str, int]:
    seen = sa.MetaData()
    seen.reflect(connection)
    return {
        name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for name, table in seen.tables.items()
        if name != "alembic_version"
    }


@asynccontextmanager
async def migrating(url: str) -> AsyncIterator[AsyncConnection]:
    engine = _engine(make_url(url), migrating=True)
    async with engine.begin() as connection:
        yield connection
    await engine.dispose()


async def to(url: str, revision: str) -> None:
    async with migrating(url) as connection:
        move = command.downgrade if revision == "base" or revision.startswith("-") else command.upgrade
        await connection.run_sync(lambda sync: move(migrations(sync), revision))


def revisions() -> list[str]:
    """From the first to the newest."""
    return [script.revision for script in ScriptDirectory.from_config(migrations()).walk_revisions()][::-1]


async def test_every_migration_goes_up_and_down_with_rows_in_every_table(store_url: str) -> None:
    await to(store_url, revisions()[0])
    async with migrating(store_url) as connection:
        await connection.run_sync(fill)
        filled = await connection.run_sync(counts)
    for revision in revisions()[1:]:
        await to(store_url, revision)
        await to(store_url, "-1")
        await to(store_url, revision)
    async with migrating(store_url) as connection:
        kept = await connection.run_sync(counts)
    assert set(filled.values()) == {1}
    assert {name: kept[name] for name in filled} == filled
    await to(store_url, "base")
    async with migrating(store_url) as connection:
        assert await connection.run_sync(counts) == {}
    await to(store_url, "head")


async def test_migrations_make_exactly_what_the_rows_say(store_url: str) -> None:
    await to(store_url, "head")
    async with migrating(store_url) as connection:

        def differences(sync: sa.Connection) -> list[Any]:
            context = MigrationContext.configure(sync, opts={"compare_type": True, "compare_server_default": True})
            return list(compare_metadata(context, METADATA))

        assert await connection.run_sync(differences) == []


async def test_several_processes_may_start_at_once(store_url: str) -> None:
    stores = await asyncio.gather(*(Store.open(store_url) for _ in range(4)))
    for store in stores:
        async with store.read() as session:
            await session.exec(sa.select(METADATA.tables["person"]))  # type: ignore[call-overload]
        await store.close()


async def test_a_migration_that_fails_leaves_the_database_as_it_was(store_url: str) -> None:
    await to(store_url, revisions()[0])

    def break_off(sync: sa.Connection) -> None:
        command.downgrade(migrations(sync), "base")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with migrating(store_url) as connection:
            await connection.run_sync(break_off)
    async with migrating(store_url) as connection:
        assert "person" in await connection.run_sync(counts)
