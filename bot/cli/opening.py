"""The settings and the store, or what an administrator has to repair first."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError, ProgrammingError

from adapters import PLATFORMS
from bot.cli import Wrong
from bot.config import Config, ConfigError, load
from nudges import NUDGES
from storage.database import Store, StoreUnavailable


def settings(path: Path) -> Config:
    """Read the settings, secrets from the environment. Raises Wrong with a line for each error."""
    try:
        return load(path, os.environ, {nudge.id: nudge.settings for nudge in NUDGES}, PLATFORMS)
    except ConfigError as error:
        raise Wrong(str(error)) from None


@asynccontextmanager
async def opened(config: Config, *, migrate: bool = False) -> AsyncIterator[Store]:
    """The store, closed at the end of the block. Raises Wrong when it cannot be used.

    migrate: bring its tables up to date. A question asked with a newer version must not change what a running bot of an
    older one works with, so only `run` and `migrate` do.
    """
    url = config.database.url
    if not migrate and not _is_there(url):
        raise Wrong(f"{url}: there is no database yet; parvis run makes it, and so does parvis migrate")
    try:
        store = await Store.open(config.database.address(), migrate)
        try:
            yield store
        finally:
            await store.close()
    except StoreUnavailable as error:
        raise Wrong(f"{url}: {error}") from None
    except (OperationalError, ProgrammingError) as error:
        if migrate:
            raise
        raise Wrong(f"{url}: its tables are not those of this version; run parvis migrate") from error


def _is_there(url: str) -> bool:
    """Whether a file exists: SQLite would make an empty one. What is no file is asked by connecting."""
    engine, _, path = url.partition(":///")
    return not engine.startswith("sqlite") or Path(path.partition("?")[0]).exists()
