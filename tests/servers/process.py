"""What every server started by tests and the demo needs: a port, an end when we end, a readable last word."""

import asyncio
import functools
import random
import shutil
import signal
import socket
import subprocess
from pathlib import Path

POLL_SECONDS = 0.05
ROOT = Path(__file__).resolve().parents[2]


class ServerError(Exception):
    """A server did not start or did not do what was asked; the text holds its last words."""


def free_port() -> int:
    """A port on 127.0.0.1 that nobody uses at this moment.

    Not one of those that the system gives to whoever calls somebody (Linux: ip_local_port_range, from 32768 on): a
    server that is started again must find it free.
    """
    for port in random.SystemRandom().sample(range(10_240, 32_000), k=200):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ServerError("no port is free on 127.0.0.1")


@functools.cache
def _can_follow_parent() -> bool:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return False
    answer = subprocess.run([setpriv, "--help"], check=False, capture_output=True, text=True)
    return "--pdeathsig" in answer.stdout


def dies_with_us(how: signal.Signals = signal.SIGTERM) -> list[str]:
    """Words to put before a command, so that it ends even when we are killed and can stop nothing ourselves.

    Where the system has no such tool (other than Linux), a killed test run leaves its servers behind.
    The child follows the thread that started it: start servers from the event loop's own thread.
    """
    return ["setpriv", "--pdeathsig", how.name.removeprefix("SIG")] if _can_follow_parent() else []


def last_words(log: Path, lines: int = 20) -> str:
    """The end of a server's log."""
    if not log.exists():
        return "(it wrote nothing)"
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


async def wait_for_end(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the process ended within so many seconds; the event loop goes on meanwhile."""
    try:
        async with asyncio.timeout(seconds):
            while process.poll() is None:
                await asyncio.sleep(POLL_SECONDS)
    except TimeoutError:
        return False
    return True


async def end(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask the process to end, and kill it if it does not."""
    if process.poll() is None:
        process.send_signal(how)
        if not await wait_for_end(process, seconds):
            process.kill()
            await wait_for_end(process, seconds)
