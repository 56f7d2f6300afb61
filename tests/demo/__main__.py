"""`python -m tests.demo`: see the module."""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from bot.words import Words
from tests.demo import on_memory
from tests.demo.script import AFTER, PHRASES
from tests.demo.stage import Stage, Times, stage_for
from tests.demo.story import Cast, play, settled
from tests.servers.process import ROOT

FOLDER = ROOT / ".demo"


def options(words: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog='make demo ARGS="…"',
        description="A community is asked for, decided on and opened, before your eyes.",
    )
    parser.add_argument("--exit", action="store_true", help="end after the story; status 0 when it went as it should")
    parser.add_argument(
        "--platform",
        choices=["matrix", "terminal"],
        default="matrix",
        help="matrix: on a real Matrix server (the default); terminal: inside this program, nothing to install",
    )
    parser.add_argument("--pace", choices=["fast", "readable"], help="readable is usual in a terminal, fast elsewhere")
    parser.add_argument("--language", choices=["en", "fr"], default="en", help="what most of the company reads")
    return parser.parse_args(words)


@contextmanager
def alone(language: str) -> Iterator[None]:
    """Keep two demos out of one folder; the lock goes with its process, however that ends."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(AFTER[language]["busy"]) from None
        yield


def catalogs(language: str) -> Words:
    """The bot's sentences, to know what people must see."""
    return Words([ROOT / "bot" / "locales", *ROOT.glob("nudges/*/locales")], language)


async def tell(cast: Cast, console: Console, log: Path) -> bool:
    """Play the story; False, with what was missing, when it did not go as it should."""
    stage, phrases = cast.stage, PHRASES[cast.stage.language]
    try:
        with stage.times.of("playing"):
            await play(cast)
            await settled(cast)
    except AssertionError as missing:
        console.print(f"\n{stage.say('stopped', number=stage.number, text=stage.narration)}", style="bold red")
        for line in (phrases["expected"], missing, *getattr(missing, "__notes__", ())):
            console.print(line, markup=False, highlight=False)
        console.print(stage.say("look", path=log.relative_to(ROOT)), markup=False)
        return False
    finally:
        stage.times.spent["playing"] -= stage.times.spent.get("reading-time", 0.0)
    for number, text in enumerate(stage.told if console.is_terminal else (), 1):
        console.print(f"[green]✓[/] {number}. {text}", highlight=False)
    console.print(f"\n{phrases['done']}", style="bold green")
    console.print(stage.times.table(stage.language))
    return True


async def terminal(stage: Stage, console: Console, *, stay: bool) -> bool:
    """The story inside this process."""
    async with on_memory.company(FOLDER, stage, catalogs(stage.language)) as (cast, _bot):
        return await tell(cast, console, FOLDER / "memory.log")


def main(words: Sequence[str]) -> int:
    """Run the demo; returns the exit status."""
    wanted = options(words)
    console = Console()
    pace = wanted.pace or ("readable" if console.is_terminal else "fast")
    times = Times()
    stage = stage_for(console, wanted.language, pace, times)
    try:
        with alone(wanted.language):
            went_well = asyncio.run(terminal(stage, console, stay=not wanted.exit))
    except KeyboardInterrupt:
        console.print(f"\n{AFTER[wanted.language]['interrupted']}")
        return 130
    return 0 if went_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
