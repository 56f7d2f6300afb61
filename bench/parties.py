"""Who is measured: `parvis run` with the example's settings, and programs of the bare libraries; each a process."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
"""Seconds after which what should have happened did not."""
KEPT = {"PYTHONDONTWRITEBYTECODE": ""}
"""What Python compiled is kept, as in any installation: of the libraries it always is, of what is ours only then."""


@dataclass(frozen=True, slots=True)
class Party:
    """A running process. private: where `parvis run` tells of itself; 0 for the bare ones."""

    pid: int
    private: int = 0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def bare(program: str, *words: str) -> AsyncIterator[Party]:
    """A program of `bench/bare/`, named without its ending."""
    async with _process([sys.executable, "-m", f"bench.bare.{program}", *words], {}) as pid:
        yield Party(pid)


@asynccontextmanager
async def parvis(
    settings: str,
    secret: Mapping[str, str],
    *,
    database: str = "",
    public: int = 0,
    module: str = "bot",
    told: Path | None = None,
) -> AsyncIterator[Party]:
    """`parvis run`, with the settings of config.example.toml but for its platform and its addresses.

    settings: the table of the platform "acme". secret: its environment variables, without PARVIS_ACME_. database: a
    url; a new SQLite file unless given. public: the port of the public listener; 0 for none. module: what runs it.
    told: where its log is kept.
    """
    private = free_port()
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        file = Path(folder) / "parvis.toml"
        url = database or f"sqlite+aiosqlite:///{folder}/parvis.db"
        file.write_text(example(settings, url, private, public), encoding="utf-8")
        # What begins with the prefix is named in full.
        environment = {key if key.startswith("PARVIS_") else f"PARVIS_ACME_{key}": v for key, v in secret.items()}
        environment.setdefault("PARVIS_AUDIT_KEY", secrets.token_hex(32))
        async with _process([sys.executable, "-m", module, "run", "--config", str(file)], environment, told) as pid:
            yield Party(pid, private)


def example(settings: str, url: str, private: int, public: int = 0) -> str:
    """The example's settings with another platform, database, and place for health and metrics."""
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    text = text.replace("comms@example.com", "comms@bench.test")  # a bot that says it is the example's is not started
    table = re.compile(r"^\[platforms\.acme\]\n.*?(?=^\[roles\])", re.MULTILINE | re.DOTALL)
    text = table.sub(lambda _: f"[platforms.acme]\n{settings}\n\n", text)
    if 'kind = "matrix"' in settings:
        text = re.sub(r'"acme:(U\d+)"', r'"acme:@\1:bench.test"', text)
        text = re.sub(r', "acme:group:\w+"', "", text).replace('room = "C0000000001"', 'room = "!animators:bench.test"')
    text = re.sub(r"^#url = .*$", f'url = "{url}"', text, flags=re.MULTILINE)
    text = re.sub(r"^#private = .*$", f'private = "127.0.0.1:{private}"', text, flags=re.MULTILINE)
    if public:
        text = re.sub(r"^#public = .*$", f'public = "127.0.0.1:{public}"', text, flags=re.MULTILINE)
    return re.sub(r"^#heads = .*$", 'heads = ""', text, flags=re.MULTILINE)


@asynccontextmanager
async def _process(command: list[str], environment: Mapping[str, str], log: Path | None = None) -> AsyncIterator[int]:
    with log.open("ab+") if log else tempfile.TemporaryFile() as told:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env={**os.environ, **KEPT, **environment}, stdout=told, stderr=told
        )
        try:
            yield process.pid
        except TimeoutError:
            told.seek(0)
            raise RuntimeError(told.read()[-2000:].decode(errors="replace")) from None
        finally:
            with suppress(ProcessLookupError):  # it may have been killed, or stopped
                process.terminate()
                process.send_signal(signal.SIGCONT)
            await process.wait()


async def ready(party: Party) -> None:
    """Wait until `parvis run` says that it is ready. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{party.private}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.01)


async def at_rest(party: Party) -> None:
    """Wait until all that `parvis run` recorded is handled; a bare party is at rest. Raises TimeoutError."""
    if not party.private:
        return
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"http://127.0.0.1:{party.private}/metrics") as answer:
                if re.search(r"^parvis_intake_backlog 0\.0$", await answer.text(), re.MULTILINE):
                    return
            await asyncio.sleep(0.05)
