"""A copy of the database while the bot runs, and what to do once one was put back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.cli import FINE, Wrong, show
from bot.cli.opening import Desk, alone, opened
from storage import restoring


async def backed_up(desk: Desk, file: Path) -> int:
    """Copy an SQLite database into a new file; the bot may run meanwhile. Raises Wrong.

    SQLite's own backup reads a state of one instant, whatever is written meanwhile (manual, "Online Backup API").
    """
    url = desk.config.database.url
    engine, _, path = url.partition(":///")
    if not engine.startswith("sqlite"):
        raise Wrong(desk.voice("backup-not-sqlite", database=url))
    async with opened(desk):
        pass  # it is there, and has our tables
    try:
        await asyncio.to_thread(_copy, Path(path.partition("?")[0]), file)
    except FileExistsError:
        raise Wrong(desk.voice("backup-exists", file=str(file))) from None
    except (sqlite3.Error, OSError) as error:
        raise Wrong(desk.voice("backup-failed", file=str(file), reason=type(error).__name__)) from None
    show.line(desk.voice("backup-done", file=str(file)))
    return FINE


def _copy(database: Path, file: Path) -> None:
    # Its readers are the owner's alone: it holds what people asked for.
    file.touch(mode=0o600, exist_ok=False)
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
    except BaseException:
        file.unlink()  # half a backup would be taken for one
        raise


async def restored(desk: Desk) -> int:
    """Take what is promised, and will be for a day, for doubtful: each is looked for before it is said."""
    async with opened(desk):
        pass  # a database that is not there is not made: it would be the wrong one
    with alone(desk):
        return await _doubted(desk)


async def _doubted(desk: Desk) -> int:
    async with opened(desk, migrate=True) as store, store.write() as session:
        since = await restoring.taken(session)
        number = await restoring.doubt(session, since) if since else 0
    at = show.instant(since, desk.config.parvis.zone) if since else ""
    show.line(desk.voice("backup-restored", promises=number, since=at) if since else desk.voice("backup-empty"))
    return FINE
