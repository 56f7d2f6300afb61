"""What these tests begin with, made once."""

from pathlib import Path

import pytest

from storage.database import Store
from tests.rights.bureau import Bureau


@pytest.fixture(scope="session")
async def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with all its tables and nothing in them."""
    file = tmp_path_factory.mktemp("empty") / "parvis.db"
    await (await Store.open(f"sqlite+aiosqlite:///{file}")).close()
    return file


@pytest.fixture(scope="session")
async def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a company in which there is something to do for everybody."""
    file = tmp_path_factory.mktemp("bureau") / "parvis.db"
    bureau = Bureau(file, await Store.open(f"sqlite+aiosqlite:///{file}"))
    await bureau.furnish()
    await bureau.close()
    return file
