"""`parvis run` as a process of its own that is killed at named steps, and started again each time it died."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.humans import eventually
from tests.scenarios.company import toml
from tests.servers.process import POLL_SECONDS, ServerError, dies_with_us, end, free_port, last_words

READY_SECONDS = 60.0
AUDIT_KEY = "0123456789abcdef" * 4
PARVIS = (sys.executable, "-m", "bot")


class Process:
    """One bot: its folder with settings, database and log; at most one process at a time. command: what runs it."""

    def __init__(self, folder: Path, settings: Mapping[str, Any], secrets: Mapping[str, str]) -> None:
        """settings: tables of the file. secrets: environment variables."""
        self.folder = folder
        self.log = folder / "parvis.log"
        self.command: Sequence[str] = PARVIS
        self._health = free_port()
        self.environment = {**os.environ, "PARVIS_AUDIT_KEY": AUDIT_KEY, **secrets}
        self._child: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        web = {"web": {"private": f"127.0.0.1:{self._health}", **settings.get("web", {})}}
        (folder / "parvis.toml").write_text(toml({**settings, **web}), "utf-8")

    @property
    def private(self) -> str:
        """The address of its private listener."""
        return f"http://127.0.0.1:{self._health}"

    @property
    def status(self) -> int | None:
        """How it ended: 0, or minus the signal; None while it runs. It runs or has run."""
        assert self._child
        return self._child.poll()

    def begin(self, kill_at: str = "") -> None:
        """Start it, without waiting. kill_at: "STEP" or "STEP:NTH" at which it kills itself."""
        assert self._child is None or self.status is not None, "it runs already"
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                [*dies_with_us(), *self.command, "run", "--config", "parvis.toml"],
                cwd=self.folder,
                env={**self.environment, "PARVIS_KILL_AT": kill_at},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    async def ready(self) -> bool:
        """Wait until it is of use; False: it died before that."""
        began = time.monotonic()
        async with aiohttp.ClientSession() as session:
            while not await self._says_ready(session):
                if self.status is not None:
                    return False
                if time.monotonic() - began > READY_SECONDS:
                    raise ServerError(f"Parvis was not ready in {READY_SECONDS:.0f} s:\n{last_words(self.log)}")
                await asyncio.sleep(POLL_SECONDS)
        return True

    async def stop(self) -> None:
        """End it in good order."""
        if self._child is not None:
            await end(self._child, seconds=25)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What its database answers, looked at from outside."""
        with closing(sqlite3.connect(f"file:{self.folder / 'parvis.db'}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    async def _says_ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.private}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


@dataclass
class Supervisor:
    """Starts a bot again whenever it was killed. left: steps at which its next lives end. died: where it was killed."""

    process: Process
    left: list[str] = field(default_factory=list)
    died: list[str] = field(default_factory=list)
    _now: str = ""
    _watch: asyncio.Task[None] | None = None

    async def start(self, kills: Sequence[str] = ()) -> None:
        """Start, to be killed at each of these steps in turn; what runs already is ended in good order first.

        What runs already and need not be killed goes on.
        """
        if self._watch and not self._watch.done() and not kills and not self.spared:
            return
        await self.stop()
        self.left = list(kills)
        self._begin()
        await self.process.ready()
        self._watch = asyncio.create_task(self._again())

    async def stop(self) -> None:
        """End for good."""
        watch, self._watch = self._watch, None
        if watch:
            watch.cancel()
            failed = (await asyncio.gather(watch, return_exceptions=True))[0]
            if isinstance(failed, Exception):
                raise failed
        await self.process.stop()

    async def up(self) -> None:
        """Wait until the bot is at work."""

        async def there() -> bool:
            self.check()
            return self.process.status is None and await self.process.ready()

        await eventually(there, "the bot is up", within=READY_SECONDS)

    def check(self) -> None:
        """Raises what went wrong in keeping the bot at work."""
        if self._watch and self._watch.done():
            self._watch.result()

    @property
    def spared(self) -> list[str]:
        """Steps that no life reached yet."""
        return ([self._now] if self._now else []) + self.left

    def _begin(self) -> None:
        self._now = self.left.pop(0) if self.left else ""
        self.process.begin(self._now)

    async def _again(self) -> None:
        while True:
            if self.process.status is None:
                await asyncio.sleep(POLL_SECONDS)
                continue
            if self.process.status != -signal.SIGKILL or not self._now:
                raise ServerError(f"Parvis ended by itself ({self.process.status}):\n{last_words(self.process.log)}")
            self.died.append(self._now)
            self._begin()
