"""`parvis run` as a process of its own: begun, killed, stopped for a while, ended."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aiohttp

from tests.scenarios.company import toml
from tests.servers.process import POLL_SECONDS, ServerError, dies_with_us, end, free_port, last_words

READY_SECONDS = 90.0
AUDIT_KEY = "0123456789abcdef" * 4
PARVIS = (sys.executable, "-m", "bot")
_SOON = aiohttp.ClientTimeout(total=2)
_STRUCK = '"event": "struck"'


class Process:
    """One bot: its folder with settings, database and log; at most one process at a time. command: what runs it."""

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, Any],
        secrets: Mapping[str, str],
        command: Sequence[str] = PARVIS,
    ) -> None:
        """settings: tables of the file. secrets: environment variables."""
        self.folder = folder
        self.log = folder / "parvis.log"
        self.command = command
        self._health = free_port()
        self.environment = {**os.environ, "PARVIS_AUDIT_KEY": AUDIT_KEY, **secrets}
        self._child: subprocess.Popen[bytes] | None = None
        self._said = 0  # of its log, when this life began
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

    @property
    def runs(self) -> bool:
        """There is a process."""
        return self._child is not None and self.status is None

    @property
    def pid(self) -> int:
        """Of the process of the moment, or of the last one."""
        assert self._child
        return self._child.pid

    def begin(self, kill_at: Sequence[str] = ()) -> None:
        """Start it, without waiting. kill_at: steps at which it kills itself, as PARVIS_KILL_AT has them."""
        assert not self.runs, "it runs already"
        self._said = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                [*dies_with_us(signal.SIGKILL), *self.command, "run", "--config", "parvis.toml"],
                cwd=self.folder,
                env={**self.environment, "PARVIS_KILL_AT": ",".join(kill_at)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def send(self, what: signal.Signals) -> None:
        """Send it a signal, if it still runs."""
        if self.runs:
            os.kill(self.pid, what)

    async def kill(self) -> None:
        """End it as a power cut would, and wait until it is gone."""
        self.send(signal.SIGKILL)
        while self.runs:  # noqa: ASYNC110 - a process has no event to wait for
            await asyncio.sleep(POLL_SECONDS / 5)

    @property
    def is_stopped(self) -> bool:
        """It was stopped, by itself or by us, and not told to go on."""
        stopped = os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) if self.runs else None
        return stopped is not None and stopped.si_status in {signal.SIGSTOP, signal.SIGTSTP}

    def struck_at(self) -> str:
        """The named step at which this life struck itself; "" when it did not."""
        with self.log.open("rb") as log:
            log.seek(self._said)
            lines = [line for line in log.read().decode("utf-8", "replace").splitlines() if _STRUCK in line]
        return lines[-1].partition('"step": "')[2].partition('"')[0] if lines else ""

    async def ready(self) -> bool:
        """Wait until it is of use; False: it died before that."""
        began = time.monotonic()
        async with aiohttp.ClientSession() as session:
            while not await self._says_ready(session):
                if not self.runs:
                    return False
                if time.monotonic() - began > READY_SECONDS:
                    raise ServerError(f"Parvis was not ready in {READY_SECONDS:.0f} s:\n{last_words(self.log)}")
                await asyncio.sleep(POLL_SECONDS)
        return True

    async def types(self, *words: str, killed_after: float | None = None) -> tuple[int, str]:
        """Type a command beside it; its status, and what it said. killed_after: seconds."""
        child = await asyncio.create_subprocess_exec(
            *dies_with_us(signal.SIGKILL), *PARVIS, *words, "--config", "parvis.toml",
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        ends = asyncio.create_task(child.communicate())
        await asyncio.wait([ends], timeout=killed_after)
        if not ends.done():
            child.kill()
        said, _ = await ends
        assert child.returncode is not None, "it has ended"
        return child.returncode, said.decode("utf-8", "replace")

    async def stop(self) -> None:
        """End it in good order."""
        if self._child is not None:
            self.send(signal.SIGCONT)
            await end(self._child, seconds=25)

    def check(self) -> None:
        """Raises ServerError: it ended, and nobody killed it."""
        if self._child is not None and self.status not in {None, -signal.SIGKILL}:
            raise ServerError(f"Parvis ended by itself ({self.status}):\n{last_words(self.log)}")

    async def _says_ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.private}/readyz", timeout=_SOON) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False
