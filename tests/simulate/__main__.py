"""`make simulate`: a year of ten thousand people, day by day, with the real bot among them.

One line of JSON for each promise on standard output, as `make bench` writes them: messages that broke it, beside none.
Progress and the distribution on standard error. The status is not 0 when a promise was broken, or the bot failed.
With --broken: bots that lack a rule each, in a small company; the status is not 0 when one of them goes unnoticed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bench.measure import publish
from bot.app import App
from tests.simulate.people import Person, company
from tests.simulate.report import claims, tell
from tests.simulate.year import Year

_MEMORY = Path("/dev/shm")  # a year writes some gigabytes, which no disk need see
_AMPLE = 8 * 2**30
_SMALL = (300, 60)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulate", description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1, help="of all that is drawn: the same year again")
    parser.add_argument("--broken", action="store_true", help="small, by bots that lack a rule each")
    return parser.parse_args()


def _home() -> Path | None:
    free = os.statvfs(_MEMORY) if _MEMORY.is_dir() else None
    return _MEMORY if free and free.f_bavail * free.f_frsize >= _AMPLE else None


async def run(people: list[Person], days: int, seed: int, console: Console, make: type[App] = App) -> Year:
    """A company's life for so many days, with progress."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with tempfile.TemporaryDirectory(dir=_home(), prefix="parvis-year-") as home:
        year = Year(people, Path(home), seed, make)
        with Progress(*columns, console=console) as progress:
            task = progress.add_task(f"{len(people)} people", total=days)

            def passed(day: date) -> None:
                told = f"{day} · {year.figures.letters:,} messages · {len(year.judge.breaches)} breaches"
                progress.update(task, advance=1, description=told)

            await year.start()
            try:
                await year.live(days, passed)
            finally:
                await year.stop()
    return year


async def main() -> int:
    """Run what was asked for."""
    asked, console = _asked(), Console(stderr=True)
    people = company(asked.people, asked.seed)
    year = await run(people, asked.days, asked.seed, console)
    tell(console, year.judge, people)
    for failure in year.figures.failures[:20]:
        console.print(f"the bot failed: {failure}", markup=False)
    for claim in claims(year.judge):
        publish(claim)
    return 1 if year.judge.breaches or year.figures.failures else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
