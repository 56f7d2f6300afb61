"""A company with a real `parvis run`, and ways to look at all that this process wrote or said."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Table, select

from storage.database import Store
from storage.tables import METADATA
from tests.crash.place import PLATFORM, MatrixPlace, SlackPlace
from tests.crash.process import PARVIS, Process
from tests.humans import Human, eventually
from tests.servers.postgres import Postgres

LATER = (sys.executable, "-m", "tests.leaks.later")
DAYS = 366 + 31  # ahead: beyond whatever is kept
PATIENCE = 60.0  # seconds


@dataclass
class House:
    """The people and the bot. url: of its database. said: what it answered to monitoring and on the command line."""

    place: SlackPlace | MatrixPlace
    folder: Path
    url: str
    alice: Human
    animators: str
    process: Process
    environment: Mapping[str, str]
    said: list[bytes] = field(default_factory=list)

    async def start(self, *, later: bool = False) -> None:
        """Start the bot. later: on a clock that is ahead."""
        self.process.command = LATER if later else PARVIS
        self.process.begin()
        assert await self.process.ready(), self.log()

    async def stop(self) -> None:
        """Stop it in good order."""
        await self.process.stop()

    def log(self) -> str:
        """What it logged."""
        return self.process.log.read_text("utf-8")

    async def asked(self) -> None:
        """Ask it all that can be asked for monitoring, and keep the answers."""
        async with aiohttp.ClientSession() as session:
            for path in ("/healthz", "/readyz", "/metrics", "/nothing"):
                async with session.get(f"{self.process.private}{path}") as answer:
                    self.said.append(await answer.read())

    async def ran(self, *words: str) -> None:
        """Run a command beside it, and keep what it says."""
        done = await asyncio.to_thread(
            subprocess.run,
            [*PARVIS, *words, "--config", "parvis.toml"],
            cwd=self.folder,
            env=dict(self.environment),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        self.said.append(done.stdout + done.stderr)

    async def columns(self, word: str) -> set[str]:
        """Where a word stands in the database: "table.column"."""
        store = await Store.open(self.url, migrate=False)
        found: set[str] = set()
        try:
            async with store.read() as session:
                for table in METADATA.tables.values():
                    for row in (await session.exec(select(table))).mappings():  # type: ignore[call-overload]
                        found |= _holding(table, row, word)
        finally:
            await store.close()
        return found

    async def settled(self, within: float = PATIENCE) -> None:
        """Wait until nothing is left to be handled, said or done."""
        store = await Store.open(self.url, migrate=False)
        event, promise, sequence = (METADATA.tables[name] for name in ("event", "promise", "sequence"))
        waits = [
            select(event.c.id).where(event.c.state == "new"),
            select(promise.c.id).where(promise.c.state.in_(["todo", "going"])),
            select(sequence.c.id).where(sequence.c.phase == "running"),
        ]

        async def still() -> bool:
            async with store.read() as session:
                return not [row for query in waits for row in (await session.exec(query)).all()]  # type: ignore[call-overload]

        try:
            await eventually(still, "all is handled and said", within)
        finally:
            await store.close()

    async def written(self, postgres: Postgres | None = None) -> dict[str, bytes]:
        """All that the process wrote or said, by where. postgres: the server of its database, whose dump is taken."""
        files = {str(each.relative_to(self.folder)): each.read_bytes() for each in _files(self.folder)}
        if postgres is not None and self.url.startswith("postgresql"):
            name = self.url.partition("?")[0].rpartition("/")[2]
            files["dump"] = await postgres.runs("pg_dump", "-h", str(postgres.home), "-U", "postgres", name)
        return files | {f"said {number}": answer for number, answer in enumerate(self.said)}


def found(written: Mapping[str, bytes], words: Iterable[str]) -> dict[str, set[str]]:
    """Which words stand where, in whatever alphabet of bytes: place -> words."""
    places: dict[str, set[str]] = {}
    for word in words:
        forms = (word.encode(), word.encode("utf-16-le"), word.encode().hex().encode(), word[::-1].encode())
        for place, held in written.items():
            if any(form in held for form in forms):
                places.setdefault(place, set()).add(word)
    return places


def _holding(table: Table, row: Mapping[str, Any], word: str) -> set[str]:
    values = {name: value if isinstance(value, bytes) else str(value).encode() for name, value in row.items()}
    return {f"{table.name}.{name}" for name, value in values.items() if word.encode() in value}


def _files(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file() and each.name != "parvis.toml"]


@asynccontextmanager
async def house(place: SlackPlace | MatrixPlace, folder: Path, url: str = "") -> AsyncIterator[House]:
    """A bot that is not started yet. url: of its database; "" for a file in its folder."""
    alice = await place.town.person("alice")
    animators = await place.town.room(f"animators{datetime.now(UTC):%H%M%S%f}", [alice], private=True)
    settings = {
        "parvis": {"contact": "Arthur", "zone": "Europe/Paris", "default_language": "en"},
        "working_time": {"start": "00:00", "end": "23:59", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        "platforms": {PLATFORM: place.settings},
        "roles": {role: [f"{PLATFORM}:{alice.external}"] for role in ("animator", "admin")},
        "rooms": {"animator": [{"platform": PLATFORM, "room": animators, "language": "en"}]},
        "communities": {"find_strays": False},
        **({"database": {"url": url}} if url else {}),
    }
    temporary = folder / "tmp"
    temporary.mkdir(parents=True)
    environment = {**place.secrets, "TMPDIR": str(temporary), "PARVIS_DAYS_AHEAD": str(DAYS)}
    process = Process(folder, settings, environment)
    made = House(
        place=place,
        folder=folder,
        url=url or f"sqlite+aiosqlite:///{folder / 'parvis.db'}",
        alice=alice,
        animators=animators,
        process=process,
        environment=process.environment,
    )
    try:
        yield made
    finally:
        await process.stop()
