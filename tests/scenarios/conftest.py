"""What scenarios ask for: `async def test_…(ana, alice, company, fresh)`; each runs on every platform.

A file or test narrows the platforms, or changes settings, with

    @pytest.mark.parametrize("where", ["memory"])
    @pytest.mark.parametrize("settings", [{"communities": {"quorum": 2}}])
"""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.nudge import Nudge
from nudges import NUDGES
from storage.database import Store
from tests.humans import Human
from tests.humans.towns import PLAINLY, open_town, server_for
from tests.scenarios.company import PLATFORM, Clock, Company
from tests.servers.process import free_port

_serial = itertools.count(1)


@pytest.fixture(params=PLAINLY)
def where(request: pytest.FixtureRequest) -> str:
    """The platform: one of `tests.humans.towns.TOWNS`."""
    return str(request.param)


@pytest.fixture
def server(request: pytest.FixtureRequest, where: str) -> tuple[Any, ...]:
    """The server of the run that this platform stands on, if any."""
    return server_for(request, where)


@pytest.fixture
def port() -> int:
    """A port of this machine that is free."""
    return free_port()


@pytest.fixture
def settings() -> dict[str, Any]:
    """Tables of the file of settings that differ from the usual ones."""
    return {}


@pytest.fixture
def released() -> bool:
    """Whether what capabilities send unasked by themselves was confirmed long ago.

    What the bot looks for by itself, such as reminders, is not: who tells of it calls `company.releases()`.
    """
    return True


@pytest.fixture
def capabilities() -> Sequence[Nudge]:
    """What the bot can do; a file that needs a capability of its own adds it."""
    return NUDGES


@pytest.fixture(scope="session")
async def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with all its tables and nothing in them, made once: migrating takes half a second."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    await (await Store.open(f"sqlite+aiosqlite:///{path}")).close()
    return path


@pytest.fixture
async def company(
    where: str,
    server: tuple[Any, ...],
    settings: dict[str, Any],
    released: bool,
    capabilities: Sequence[Nudge],
    empty_store: Path,
    tmp_path: Path,
) -> AsyncIterator[Company]:
    """A company with its people and the bot at work, on a Tuesday at ten."""
    clock = Clock()
    shutil.copyfile(empty_store, tmp_path / "parvis.db")
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}", migrate=False)
    async with open_town(where, PLATFORM, clock.now, *server) as town:
        company = Company(where, town, store, clock, tmp_path)
        company.capabilities = capabilities
        try:
            await company.found(settings)
            if released:
                await company.releases(swept=False)
            yield company
        finally:
            await company.stop()
            await store.close()


@pytest.fixture
def ana(company: Company) -> Human:
    """An employee, who reads French."""
    return company.people["ana"]


@pytest.fixture
def bob(company: Company) -> Human:
    """An employee, who reads English."""
    return company.people["bob"]


@pytest.fixture
def alice(company: Company) -> Human:
    """An animator, who reads English."""
    return company.people["alice"]


@pytest.fixture
def arthur(company: Company) -> Human:
    """An animator, who reads French."""
    return company.people["arthur"]


@pytest.fixture
def diane(company: Company) -> Human:
    """A leader, who reads French."""
    return company.people["diane"]


@pytest.fixture
def odile(company: Company) -> Human:
    """The administrator, who reads French."""
    return company.people["odile"]


@pytest.fixture
def fresh() -> Callable[[str], str]:
    """A maker of names that no other test uses, such as gardening-71."""
    return lambda word: f"{word}-{next(_serial)}{time.time_ns() % 10**7}"
