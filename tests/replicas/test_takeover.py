"""Two processes over one PostgreSQL, and one Matrix account in encrypted rooms: whichever vanishes, the other goes on.

The real process is stopped inside a transaction, killed, cut off from the database, and ended in good order; people go
on asking, and each answer is there once. The device, its keys and its place in the stream move with the duty.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.crash.process import Process
from tests.humans import Human, eventually, matrix
from tests.humans.matrix import MatrixTown
from tests.servers.postgres import Postgres
from tests.servers.synapse import Synapse

LONG = 180  # seconds
SOON = 60.0  # seconds in which another has taken over, on a busy machine
ROLES = ("one", "two")
TWICE = "outbox.claimed:2:stop"  # the second time that it claims what is to be said, inside that transaction


@dataclass
class Replicas:
    """Processes by the database role they sign in as: the way to cut one off. asked: what people said so far."""

    processes: dict[str, Process]
    database: asyncpg.Connection
    ana: Human
    asked: list[str] = field(default_factory=list)

    async def holder(self) -> str:
        """Who is connected to the homeserver; "" for nobody."""
        found = await self.database.fetchval(
            "select holder from duty where name = 'platform:acme' and until > clock_timestamp()"
        )
        pid = int(str(found or ":0").rpartition(":")[2])
        return next((name for name, each in self.processes.items() if each.runs and each.pid == pid), "")

    async def holds(self, name: str) -> None:
        """Wait until it is this one."""

        async def it_is() -> bool:
            return await self.holder() == name

        await eventually(it_is, f"{name} has the duty", SOON)

    async def asks(self, word: str) -> None:
        """Ana asks for communities about something, and waits for nothing."""
        self.asked.append(word)
        await self.ana.types(f"community search {word}")

    async def is_answered(self, word: str) -> None:
        """She has been answered."""
        await self.ana.is_told(word, within=SOON)

    async def cut(self, name: str) -> None:
        """From now on the database takes nothing from it."""
        await self.database.execute(f'alter role "{name}" nologin')
        await self.database.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = $1", name)

    async def join(self, name: str) -> None:
        """It may come back."""
        await self.database.execute(f'alter role "{name}" login')

    async def is_settled(self) -> bool:
        """Nothing waits to be said."""
        waits = "select count(*) from promise where state not in ('sent', 'dropped')"
        return not await self.database.fetchval(waits)

    async def answers(self) -> Counter[str]:
        """How often each thing she asked for was answered."""
        texts = await self.ana.reads()
        return Counter({word: sum(word in text for text in texts) for word in self.asked})


@asynccontextmanager
async def replicas(
    town: MatrixTown, postgres: Postgres, folder: Path, kills: dict[str, Sequence[str]]
) -> AsyncIterator[Replicas]:
    """The first one is at work before the others begin."""
    ana, alice = await town.person("ana"), await town.person("alice")
    room = await town.room("animators", [alice], private=True)
    settings: dict[str, Any] = {
        "parvis": {"contact": "Arthur", "zone": "Europe/Paris", "default_language": "en"},
        "working_time": {"start": "00:00", "end": "23:59", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        "platforms": {
            "acme": {
                "kind": "matrix",
                "homeserver": town.synapse.url,
                "user": town.bot.user_id,
                "device_id": town.bot.device_id,
            }
        },
        "roles": {role: [f"acme:{alice.external}"] for role in ("animator", "admin")},
        "rooms": {"animator": [{"platform": "acme", "room": room, "language": "en"}]},
    }
    secrets = {"PARVIS_ACME_ACCESS_TOKEN": town.bot.access_token, "PARVIS_ACME_ENCRYPTION_KEY": "a secret" * 4}
    async with postgres.database() as url:
        database = await asyncpg.connect(url.replace("+asyncpg", ""))
        for role in ROLES:
            await database.execute(f'create role "{role}" superuser login')
        processes = {
            role: Process(
                folder / role,
                {**settings, "database": {"url": url.replace("postgres@", f"{role}@")}, "audit": {"heads": ""}},
                secrets,
            )
            for role in ROLES
        }
        there = Replicas(processes, database, ana)
        try:
            for role, process in processes.items():
                process.begin(kills.get(role, ()))
                assert await process.ready()
            yield there
        finally:
            for process in processes.values():
                process.send(signal.SIGCONT)
                await process.stop()
            for role in ROLES:
                await database.execute(f'drop owned by "{role}" cascade; drop role "{role}"')
            await database.close()


@pytest.mark.timeout(LONG)
async def test_whatever_becomes_of_one_process_the_other_goes_on_in_encrypted_rooms(
    synapse: Synapse, postgres: Postgres, tmp_path: Path
) -> None:
    async with (
        matrix.town("acme", lambda: datetime.now(UTC), synapse, encrypted=True) as town,
        replicas(town, postgres, tmp_path, {"one": [TWICE]}) as there,
    ):
        one, two = (there.processes[name] for name in ROLES)
        assert await there.holder() == "one"

        # Stopped inside a transaction: its locks must not hold the other up.
        for word in ("apples", "bees", "carrots"):
            await there.asks(word)

        async def stopped() -> bool:
            return one.is_stopped

        await eventually(stopped, "it stopped inside a transaction", SOON)
        await there.holds("two")
        await there.is_answered("carrots")

        # It wakes up late, says nothing, and takes its turn again when the other is killed.
        one.send(signal.SIGCONT)
        await there.asks("dill")
        await there.is_answered("dill")
        two.send(signal.SIGKILL)
        await there.asks("elder")
        await there.holds("one")
        await there.is_answered("elder")

        # Cut off from the database, it is still connected to the homeserver, and must not act on what it hears.
        two.begin()
        assert await two.ready()
        await there.cut("one")
        await there.asks("fennel")
        await there.holds("two")
        await there.is_answered("fennel")

        # Back again, it waits; ended in good order, the other lets it have the duty at once.
        await there.join("one")
        await there.asks("garlic")
        await there.is_answered("garlic")
        await two.stop()
        await there.asks("hops")
        await there.holds("one")
        await there.is_answered("hops")

        await eventually(there.is_settled, "what was cut off is looked for, and found", SOON)
        assert await there.answers() == Counter(dict.fromkeys(there.asked, 1))
        assert "no key" not in "".join(await there.ana.reads())
