"""Three processes over one PostgreSQL, each with a way to it that can be cut, and a door of its own to the platform."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

import asyncpg

from bench.parties import PATIENCE, Party, parvis, ready


class Wire:
    """A way to the database, which can be cut: refused at once, or silent."""

    def __init__(self, path: str) -> None:
        """path: of the server's socket."""
        self._path = path
        self._server: asyncio.Server | None = None
        self._both: set[asyncio.StreamWriter] = set()
        self._open = asyncio.Event()
        self._open.set()
        self.port = 0

    async def __aenter__(self) -> Self:
        await self._listen()
        return self

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._joined, "127.0.0.1", self.port)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def __aexit__(self, *_: object) -> None:
        await self.refuse()

    async def refuse(self) -> None:
        """Cut what there is, and let nothing new through."""
        if self._server:
            self._server.close()
        for writer in list(self._both):
            writer.transport.abort()

    def silence(self) -> None:
        """Carry nothing more, and say nothing about it."""
        self._open.clear()

    async def mend(self) -> None:
        """As before."""
        self._open.set()
        if self._server and not self._server.is_serving():
            await self._listen()

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, theirs = await asyncio.open_unix_connection(self._path)
        self._both |= {writer, theirs}
        try:
            await asyncio.gather(self._carry(reader, theirs), self._carry(there, writer))
        finally:
            self._both -= {writer, theirs}
            for each in (writer, theirs):
                each.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        writer.close()


@dataclass
class Replica:
    """One of the processes. door: the port at which it comes to the platform. settings: its platform's table."""

    number: int
    door: int
    settings: str
    wire: Wire
    url: str
    secret: Mapping[str, str]
    module: str
    log: Path | None
    party: Party | None = None
    _life: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def user(self) -> str:
        """How it is called in the database."""
        return f"replica{self.number}"

    async def start(self) -> None:
        """Start it, and wait until it is ready."""
        running = parvis(self.settings, self.secret, database=self.url, module=self.module, told=self.log)
        self.party = await self._life.enter_async_context(running)
        await ready(self.party)

    def signal(self, number: signal.Signals) -> None:
        """Send it one."""
        assert self.party
        os.kill(self.party.pid, number)

    async def again(self) -> None:
        """Start it again, however it ended."""
        await self.stop()
        await self.start()

    async def stop(self) -> None:
        """End it, however it is."""
        await self._life.aclose()
        self.party = None


class Three:
    """All of them. stores: the address of their database for whoever measures."""

    def __init__(self, database: str, replicas: list[Replica]) -> None:
        self.database = database
        self.replicas = replicas

    def at(self, door: int) -> Replica:
        """Who comes through a door."""
        return next(each for each in self.replicas if each.door == door)

    async def holder(self, duty: str) -> Replica | None:
        """Who has a duty; None when nobody here has."""
        connection = await _connected(self.database)
        try:
            name = await connection.fetchval("SELECT holder FROM duty WHERE name = $1", duty)
        finally:
            await connection.close()
        pids = {each.party.pid: each for each in self.replicas if each.party}
        return pids.get(int(str(name or ":0").rpartition(":")[2] or 0))

    async def is_inside(self, replica: Replica) -> bool:
        """It has a transaction open and does nothing in it right now."""
        connection = await _connected(self.database)
        try:
            found = await connection.fetchval(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = $1 AND state = 'idle in transaction'"
                " AND backend_xid IS NOT NULL",
                replica.user,
            )
        finally:
            await connection.close()
        return bool(found)


async def _connected(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(url.replace("+asyncpg", ""))


@asynccontextmanager
async def three(
    database: str, doors: list[int], settings: Callable[[int], str], secret: Mapping[str, str], *,
    module: str = "bot", log: Path | None = None,
) -> AsyncIterator[Three]:  # fmt: skip
    """Start them. database: on the server's own socket. settings: the platform's table for a door."""
    folder = parse_qs(urlsplit(database).query)["host"][0]
    name = urlsplit(database).path.strip("/")
    connection = await _connected(database)
    try:
        for number in range(len(doors)):
            await connection.execute(
                f"DO $$ BEGIN CREATE ROLE replica{number} LOGIN SUPERUSER; "
                "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            )
    finally:
        await connection.close()
    shared = {"PARVIS_AUDIT_KEY": secrets.token_hex(32), **secret}
    async with AsyncExitStack() as stack:
        replicas = []
        for number, door in enumerate(doors):
            wire = await stack.enter_async_context(Wire(f"{folder}/.s.PGSQL.5432"))
            url = f"postgresql+asyncpg://replica{number}@127.0.0.1:{wire.port}/{name}"
            kept = log.with_suffix(f".{number}") if log else None
            replicas.append(Replica(number, door, settings(door), wire, url, shared, module, kept))
        for replica in replicas:
            stack.push_async_callback(replica.stop)
        for replica in replicas:
            await replica.start()
        yield Three(database, replicas)


async def eventually(holds: Callable[[], object], within: float = PATIENCE, every: float = 0.005) -> None:
    """Wait until something is so; within, every: seconds. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not holds():  # noqa: ASYNC110 - whatever it is, it has no event
            await asyncio.sleep(every)
