"""The standard fields of ten thousand profiles are read by few calls: Slack tells them page by page."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from bench.measure import Claim, Figure, publish, say
from bench.parties import parvis
from bench.workspace import Workspace, workspace

PEOPLE = 10_000
CALLS = 60
"""Pages of two hundred, and some to spare. One call for each person would be ten thousand."""
SPEED = 4.0
"""Seconds of the workspace in one of ours."""
PATIENCE = 600.0
"""Seconds after which everybody should have been met."""
_ITS_OWN = frozenset({"auth.test", "apps.connections.open"})
"""How it is connected, whatever it reads."""


def _met(file: Path) -> int:
    """People whose profile was written, fields and all."""
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        try:
            found = database.execute("SELECT count(*) FROM profile_reading WHERE listed LIKE '%title%'").fetchone()
        except sqlite3.OperationalError:  # the tables are being made
            return 0
        return int(found[0])


async def _read(place: Workspace, folder: Path) -> Figure:
    """How many calls it took until all are known. Raises RuntimeError when the workspace was asked too fast."""
    file = folder / "profiles.db"
    url = f"sqlite+aiosqlite:///{file}"
    async with parvis(place.settings, place.secrets, database=url, module="bench.hurried", told=folder / "log"):
        async with asyncio.timeout(PATIENCE):
            while (met := _met(file)) < PEOPLE:
                say(f"  {met:6} of {PEOPLE} read, {len(place.server.calls)} calls")
                await asyncio.sleep(10)
        by_method = Counter(method for method, _, _ in place.server.calls if method not in _ITS_OWN)
    if refused := place.refused():
        raise RuntimeError(f"the workspace was asked too often: {dict(refused)}")
    return Figure(by_method.total(), more={method: float(count) for method, count in by_method.most_common()})


async def main() -> None:
    """One round through a workspace, from the start of the bot."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        async with workspace(SPEED) as place:
            for number in range(PEOPLE):
                user = place.server.workspace.add_user(f"person{number}")
                user.profile |= {"title": "Engineer", "phone": "+33 1 23 45 67 89"}
            ours = await _read(place, Path(folder))
    publish(Claim("profile_sweep_calls", "calls", 1.0, "lower", [ours], [Figure(CALLS)]))
