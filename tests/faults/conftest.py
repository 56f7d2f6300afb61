"""The company of the scenarios, on SQLite as there, and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from storage.database import Store
from tests.humans.towns import open_town
from tests.scenarios.company import PLATFORM, Clock, Company
from tests.scenarios.conftest import (
    alice,
    ana,
    bob,
    capabilities,
    company,
    empty_store,
    fresh,
    released,
    server,
    settings,
    where,
)
from tests.servers.postgres import Postgres

__all__ = [
    "alice",
    "ana",
    "bob",
    "capabilities",
    "company",
    "empty_store",
    "fresh",
    "released",
    "server",
    "settings",
    "where",
]


@pytest.fixture
async def on_postgresql(
    where: str, server: tuple[Any, ...], settings: dict[str, Any], postgres: Postgres, tmp_path: Path
) -> AsyncIterator[Company]:
    """A company whose bot remembers in PostgreSQL."""
    clock = Clock()
    async with postgres.database() as url, open_town(where, PLATFORM, clock.now, *server) as town:
        store = await Store.open(url)
        made = Company(where, town, store, clock, tmp_path)
        made.url = url
        try:
            await made.found(settings)
            yield made
        finally:
            await made.stop()
            await store.close()
