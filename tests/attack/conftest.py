"""What these tests begin with."""

from pathlib import Path

import pytest

from storage.database import Store


@pytest.fixture(scope="session")
async def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with all its tables and nothing in them."""
    path = tmp_path_factory.mktemp("attack") / "empty.db"
    await (await Store.open(f"sqlite+aiosqlite:///{path}")).close()
    return path


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the commands sign with."""
    monkeypatch.setenv("PARVIS_AUDIT_KEY", "0123456789abcdef" * 4)
