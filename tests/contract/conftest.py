"""What the tests of the store ask for: the same promises on both engines."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Store
from tests.servers.postgres import Postgres


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def store_url(request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of an empty database, once for each engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}"
        return
    async with postgres.database() as url:
        yield url


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """A store with all its tables and nothing in them, once for each engine."""
    opened = await Store.open(store_url)
    yield opened
    await opened.close()
