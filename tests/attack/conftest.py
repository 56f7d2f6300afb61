"""What these tests begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Store


@pytest.fixture(scope="session")
async def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with all its tables and nothing in them."""
    path = tmp_path_factory.mktemp("attack") / "empty.db"
    await (await Store.open(f"sqlite+aiosqlite:///{path}")).close()
    return path


@pytest.fixture(scope="module", autouse=True)
def key() -> Iterator[None]:
    """What the commands sign with."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PARVIS_AUDIT_KEY", "0123456789abcdef" * 4)
        yield
