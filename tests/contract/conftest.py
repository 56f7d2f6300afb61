"""What the tests of the store ask for: the same promises on both engines."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Store
from storage.tables import METADATA
from tests.servers.postgres import Postgres

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
AT_EASE = ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.slow])]
"""PostgreSQL in the long run alone: for a file of many tests whose queries others try there each time.

Such a file has a fixture `engine` of its own.
"""


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The database's engine."""
    return str(request.param)


@pytest.fixture(params=ENGINES)
async def store_url(request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of an empty database, without tables, once for each engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}"
        return
    async with postgres.database() as url:
        yield url


@pytest.fixture(scope="session")
async def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all its tables, to be copied."""
    file = tmp_path_factory.mktemp("store") / "parvis.db"
    await (await Store.open(f"sqlite+aiosqlite:///{file}")).close()
    return file


@pytest.fixture(scope="session")
async def migrated_url(postgres: Postgres) -> AsyncIterator[str]:
    """A PostgreSQL database with all its tables, to be emptied after each test: making one takes half a second."""
    async with postgres.database() as url:
        await (await Store.open(url)).close()
        yield url


@pytest.fixture
async def store(engine: str, migrated_file: Path, migrated_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    """A store with all its tables and nothing in them, once for each engine."""
    if engine == "sqlite":
        file = shutil.copy(migrated_file, tmp_path / "parvis.db")
        opened = await Store.open(f"sqlite+aiosqlite:///{file}", migrate=False)
        yield opened
        await opened.close()
        return
    opened = await Store.open(migrated_url, migrate=False)
    yield opened
    async with opened.write() as session:
        tables = ", ".join(f'"{table}"' for table in METADATA.tables)
        await session.exec(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))  # type: ignore[call-overload]
    await opened.close()
