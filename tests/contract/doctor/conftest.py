"""The company that is looked at."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.contract.doctor.place import Place, now, settings
from tests.contract.test_platform import fresh
from tests.humans.towns import open_town, server_for


@pytest.fixture
def where(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "slack"))


@pytest.fixture
def server(request: pytest.FixtureRequest, where: str) -> tuple[Any, ...]:
    return server_for(request, where)


@pytest.fixture
async def place(where: str, server: tuple[Any, ...], migrated_file: Path, tmp_path: Path) -> AsyncIterator[Place]:
    """A company that is in order: an animator, their room, the bot in it, a database of this version."""
    shutil.copy(migrated_file, tmp_path / "parvis.db")
    async with open_town(where, "acme", now, *server) as town:
        alice = await town.person("alice")
        room = await town.room(fresh("animators"), [alice], private=True)
        table, env = settings(town)
        yield Place(town, tmp_path, table, env, [alice.external], [room])
