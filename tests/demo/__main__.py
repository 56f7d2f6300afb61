"""`python -m tests.demo`: see the module."""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.words import Words
from tests.demo import on_matrix, on_memory
from tests.demo.acting import Acting
from tests.demo.cast import Cast
from tests.demo.client import Client, ClientError
from tests.demo.company import PEOPLE
from tests.demo.progress import Progress
from tests.demo.script import AFTER, ROLES, SIGN_IN
from tests.demo.stage import Pace, Times, stage_for
from tests.demo.story import play, settled
from tests.servers.process import ROOT, ServerError
from tests.servers.synapse import install

FOLDER = Path(os.environ.get("PARVIS_DEMO") or ROOT / ".demo")


def options(words: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog='make demo ARGS="…"',
        description="A community is asked for, decided on and opened, and an announcement is sent, before your eyes.",
    )
    parser.add_argument("--exit", action="store_true", help="end after the story; status 0 when it went as it should")
    parser.add_argument("--community", action="store_true", help="the first part alone: no announcement")
    parser.add_argument(
        "--platform",
        choices=["matrix", "terminal"],
        default="matrix",
        help="matrix: on a real Matrix server (the default); terminal: inside this program, nothing to install",
    )
    parser.add_argument(
        "--pace",
        choices=["fast", "readable"],
        help="readable leaves time to read: usual in a terminal, unless --exit is given; fast does not",
    )
    parser.add_argument("--language", choices=["en", "fr"], default="en", help="what most of the company reads")
    return parser.parse_args(words)


def _short(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


@contextmanager
def alone(language: str) -> Iterator[None]:
    """Keep two demos out of one folder; the lock goes with its process, however that ends."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(AFTER[language]["busy"]) from None
        yield


class Demo:
    """One run. stay: when the story is over, everything goes on until it is stopped. over: it is.

    community: its first part alone.
    """

    def __init__(self, wanted: argparse.Namespace, console: Console) -> None:
        """wanted: what the command line says."""
        self.language: str = wanted.language
        self.stay = not wanted.exit
        self.community: bool = wanted.community
        self.over = False
        self.console = console
        self.times = Times()
        pace: Pace = wanted.pace or ("readable" if console.is_terminal and self.stay else "fast")
        self.stage = stage_for(console, self.language, pace, self.times)
        self.progress = Progress(console, self.language, self.times)
        self.words = Words([ROOT / "bot" / "locales", *ROOT.glob("nudges/*/locales")], self.language)

    async def terminal(self) -> bool:
        """Inside this process. Returns whether the story went as it should."""
        async with AsyncExitStack() as open_:
            with self.progress.step("start-inside"):
                cast = await open_.enter_async_context(on_memory.company(FOLDER, self.stage, self.words))
            went_well = await self.tell(cast, FOLDER / "memory.log")
            if went_well and self.stay:
                await Acting(cast, self.console).run()
        return went_well

    async def matrix(self) -> bool:
        """On a Matrix server. Returns whether the story went as it should."""
        async with on_matrix.company(FOLDER, self.stage, self.words, self.progress) as office:
            went_well = await self.tell(office.cast, office.log)
            if went_well and self.stay:
                return await self._stay(office)
        return went_well

    async def tell(self, cast: Cast, log: Path) -> bool:
        """Play the story; say what was missing, and where more is told (log), when it did not go as it should."""
        try:
            with self.times.of("playing"):
                await play(cast, whole=not self.community)
                await settled(cast)
        except AssertionError as missing:
            self._missing(missing, log)
            return False
        finally:
            self.times.add("playing", -self.times.spent.get("reading-time", 0.0))
        self.over = True
        for number, text in enumerate(self.stage.told if self.console.is_terminal else (), 1):
            self._print(f"✓ {number}. {text}")
        self._print(f"\n{self.stage.say('done-community' if self.community else 'done')}", "bold green")
        self._print(self.times.line(self.language), "bold")
        if self.stay and not self.community:
            self._print(AFTER[self.language]["tomorrow"])
        return True

    def _missing(self, missing: AssertionError, log: Path) -> None:
        self._print(f"\n{self.stage.say('stopped', number=self.stage.number, text=self.stage.narration)}", "bold red")
        for line in (self.stage.say("expected"), missing, *getattr(missing, "__notes__", ())):
            self._print(str(line))
        self._print(self.stage.say("look", path=_short(log)))

    async def _stay(self, office: on_matrix.Office) -> bool:
        """Until we are stopped; False: the bot ended before that."""
        accounts = "\n".join(
            f"    {who.account:<13}{who.password:<15}{who.name}, {ROLES[self.language][who.account]}" for who in PEOPLE
        )
        self._print(SIGN_IN[self.language].format(homeserver=office.homeserver, accounts=accounts))
        async with AsyncExitStack() as open_:
            await self._client(office.homeserver, open_)
            self._print(f"\n{AFTER[self.language]['stay']}", "bold")
            while not office.ended():  # noqa: ASYNC110 - a process that dies sets no event
                await asyncio.sleep(1)
        self._print(AFTER[self.language]["ended"].format(path=_short(office.log)), "bold red")
        return False

    async def _client(self, homeserver: str, open_: AsyncExitStack) -> None:
        """Serve a client for the browser, or say in a line why there is none."""
        phrases, client = AFTER[self.language], Client(FOLDER / "client")
        self._print("")
        if not client.possible and not client.ready:
            self._print(phrases["client-no-npm"])
            return
        try:
            if not client.ready:
                with self.progress.step("client-building"):
                    await client.build()
            url = await open_.enter_async_context(client.served(homeserver))
        except (ClientError, OSError):
            self._print(phrases["client-failed"].format(path=_short(client.log)))
        else:
            self._print(phrases["client"].format(url=url), "bold")

    def _print(self, text: str, style: str = "") -> None:
        # A log is searched for whole sentences; a terminal is read.
        self.console.print(Text(text, style), soft_wrap=not self.console.is_terminal)


def _since_make(env: Mapping[str, str], now: float) -> float:
    """Seconds since `make` began, which may have installed all of us first; 0 where it did not start us."""
    began = env.get("PARVIS_DEMO_BEGAN", "")
    return max(0.0, now - int(began)) if began.isdigit() else 0.0


def main(words: Sequence[str]) -> int:
    """Run the demo; returns the exit status."""
    wanted, console = options(words), Console()
    demo = Demo(wanted, console)
    demo.times.add("installing", _since_make(os.environ, time.time()))
    for ending in (signal.SIGTERM, signal.SIGHUP):  # as Ctrl-C: what was started is stopped in good order
        signal.signal(ending, signal.default_int_handler)
    try:
        with alone(wanted.language):
            if wanted.platform == "matrix":
                with demo.times.of("installing"):
                    install()
            went_well = asyncio.run(demo.matrix() if wanted.platform == "matrix" else demo.terminal())
    except KeyboardInterrupt:
        console.print(f"\n{AFTER[wanted.language]['stopping' if demo.over else 'interrupted']}")
        return 0 if demo.over else 130
    except ServerError as error:
        console.print(Text(str(error), "red"))
        return 1
    return 0 if went_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
