"""A backup made under load is put back elsewhere: people go on, and nobody reads anything a second time.

Processes answer questions without a pause while the database is copied; then all are killed. Another process, with a
database of its own made from the copy, goes on in their place.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.crash.process import AUDIT_KEY, PARVIS, Process
from tests.humans import Human, eventually, slack
from tests.humans.slack import SlackTown
from tests.servers.postgres import Postgres

SOON = 60.0
BEFORE, DURING = 12, 12  # questions each person asked before the copy was begun, and while it was made


@pytest.fixture
async def town() -> AsyncIterator[SlackTown]:
    """A workspace where time passes."""
    async with slack.lively_town("acme") as place:
        yield place


class Load:
    """People who ask without a pause. asked: each question, which no other equals."""

    def __init__(self, people: Sequence[Human]) -> None:
        self.people = people
        self.asked: dict[str, list[str]] = {each.name: [] for each in people}
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        """From now on."""
        self._tasks = [asyncio.create_task(self._asks(each)) for each in self.people]

    async def _asks(self, who: Human) -> None:
        while True:
            await self.ask(who)
            await asyncio.sleep(0.05)

    async def ask(self, who: Human) -> str:
        """One question."""
        word = f"{who.name}{len(self.asked[who.name]):03}x"
        self.asked[who.name].append(word)
        await who.says(f"community search {word}")
        return word

    async def end(self) -> None:
        """No more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def answers(self) -> Counter[str]:
        """How often each question was answered."""
        counted: Counter[str] = Counter()
        for who in self.people:
            texts = await who.reads()
            counted.update({word: sum(word in text for text in texts) for word in self.asked[who.name]})
        return counted

    def answered(self, number: int) -> Callable[[], Any]:
        """Whether so many are answered in all."""

        async def there() -> bool:
            return sum((await self.answers()).values()) >= number

        return there


def parvis(folder: Path, secrets: dict[str, str], *words: str) -> None:
    """A command, as an administrator runs it."""
    environment = {**os.environ, "PARVIS_AUDIT_KEY": AUDIT_KEY, **secrets}
    done = subprocess.run(
        [*PARVIS, *words, "--config", "parvis.toml"], check=False, cwd=folder, env=environment, capture_output=True
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


@pytest.mark.postgres
@pytest.mark.parametrize("engine", [pytest.param("sqlite", marks=pytest.mark.slow), "postgresql"])
async def test_a_backup_made_under_load_is_put_back_elsewhere_and_says_nothing_again(
    engine: str, town: SlackTown, postgres: Postgres, tmp_path: Path
) -> None:
    people, alice = [await town.person(name) for name in ("ana", "bob", "kim")], await town.person("alice")
    room = await town.room("animators", [alice], private=True)
    secrets = {"PARVIS_ACME_BOT_TOKEN": town.server.bot_token, "PARVIS_ACME_APP_TOKEN": town.server.app_token}
    settings: dict[str, Any] = {
        "parvis": {"contact": "Arthur", "zone": "Europe/Paris", "default_language": "en"},
        "platforms": {"acme": {"kind": "slack", "api_url": town.server.api_url}},
        "roles": {role: [f"acme:{alice.external}"] for role in ("animator", "admin")},
        "rooms": {"animator": [{"platform": "acme", "room": room, "language": "en"}]},
        "audit": {"heads": ""},
    }
    async with postgres.database() as here, postgres.database() as elsewhere:

        def process(name: str, url: str) -> Process:
            database = {"database": {"url": url}} if engine == "postgresql" else {}
            return Process(tmp_path / name, {**settings, **database}, secrets)

        first = [process("one", here), *([process("two", here)] if engine == "postgresql" else [])]
        second = process("elsewhere", elsewhere)
        load = Load(people)
        try:
            for each in first:
                each.begin()
                assert await each.ready()
            load.begin()
            await eventually(load.answered(BEFORE * len(people)), "people are answered", SOON)
            dump, copy = b"", tmp_path / "copy.db"
            if engine == "postgresql":
                dump = await postgres.runs("pg_dump", "-Fc", here.replace("+asyncpg", ""))
            else:
                await asyncio.to_thread(parvis, tmp_path / "one", secrets, "backup", str(copy))
            await eventually(load.answered((BEFORE + DURING) * len(people)), "they go on asking", SOON)
            for each in first:
                each.send(signal.SIGKILL)
            await load.end()

            if engine == "postgresql":
                await postgres.runs("pg_restore", "-d", elsewhere.replace("+asyncpg", ""), said=dump)
            else:
                copy.rename(tmp_path / "elsewhere" / "parvis.db")
            await asyncio.to_thread(parvis, tmp_path / "elsewhere", secrets, "restored")
            second.begin()
            assert await second.ready()
            for who in people:
                word = await load.ask(who)
                await who.is_told(word, within=SOON)
            counted = await load.answers()
            assert [word for word, count in counted.items() if count > 1] == []
            # What was asked around the end may have been acknowledged and be in no copy; the last ones are answered.
            assert sum(counted.values()) >= (BEFORE + DURING + 1) * len(people)
        finally:
            await load.end()
            for each in (*first, second):
                await each.stop()
