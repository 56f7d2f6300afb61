"""`make simulate`: a year of ten thousand people, day by day, with the real bot among them.

One line of JSON for each promise on standard output, as `make bench` writes them: messages that broke it, beside none.
Progress and the distribution on standard error. The status is not 0 when a promise was broken, or the bot failed.
With --broken: bots that lack a rule each, in a small company; the status is not 0 when one of them goes unnoticed.
With --launch: announcements for ten thousand people in twelve time zones instead, and when they reached whom.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bench.measure import Claim, Figure, publish
from tests.simulate.broken import BROKEN
from tests.simulate.launch import PLACES
from tests.simulate.launched import DAYS, Launch
from tests.simulate.launched import claims as launch_claims
from tests.simulate.launched import tell as tell_launch
from tests.simulate.people import company
from tests.simulate.report import claims, tell
from tests.simulate.world import in_memory
from tests.simulate.year import How, Year

YEAR, SMALL = (10_000, 365), (60, 35)
"""People and days."""


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulate", description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int)
    parser.add_argument("--days", type=int)
    parser.add_argument("--seed", type=int, default=1, help="of all that is drawn: the same year again")
    parser.add_argument("--launch", action="store_true", help="three announcements, in twelve time zones")
    parser.add_argument("--broken", action="store_true", help="small, by bots that lack a rule each")
    return parser.parse_args()


async def run(asked: argparse.Namespace, console: Console, how: How | None = None, title: str = "") -> Year:
    """A company's life for so many days, with progress. how, title: which bot it is."""
    people, days = company(asked.people, asked.seed), asked.days
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with tempfile.TemporaryDirectory(dir=in_memory(), prefix="parvis-year-") as home:
        year = Year(people, Path(home), asked.seed, how)
        with Progress(*columns, console=console) as progress:
            task = progress.add_task(f"{title}{len(people)} people", total=days + 1)

            def passed(day: date) -> None:
                told = f"{title}{day} · {year.figures.letters:,} messages · {len(year.judge.breaches)} breaches"
                progress.update(task, advance=1, description=told)
                if not console.is_terminal and day.day == 1:
                    console.print(told)

            await year.start()
            try:
                await year.live(days, passed)
            finally:
                await year.stop()
    return year


async def whole(asked: argparse.Namespace, console: Console) -> int:
    """The bot as it is."""
    year = await run(asked, console)
    tell(console, year.judge, list(year.people))
    for failure in year.figures.failures[:20]:
        console.print(f"the bot failed: {failure}", markup=False)
    for claim in claims(year.judge):
        publish(claim)
    if not year.figures.letters:
        console.print("nobody was told anything, which proves nothing")
    return 1 if year.judge.breaches or year.figures.failures or not year.figures.letters else 0


async def broken(asked: argparse.Namespace, console: Console) -> int:
    """Bots that lack a rule each."""
    missed = 0
    for claim, how in BROKEN.items():
        year = await run(asked, console, how, f"without the rule of {claim}: ")
        found = sum(breach.claim == claim for breach in year.judge.breaches)
        figures = {"ours": [Figure(found)], "reference": [Figure(0)]}
        publish(Claim(f"broken_{claim}", "breaches", target=1, better="higher", **figures))
        missed += not found
    return 1 if missed else 0


async def launched(asked: argparse.Namespace, console: Console) -> int:
    """Three announcements; see `launch`."""
    people = company(asked.people or YEAR[0], asked.seed, PLACES)
    with tempfile.TemporaryDirectory(dir=in_memory(), prefix="parvis-launch-") as home:
        launch = Launch(people, Path(home), asked.seed)
        await launch.start()
        try:
            await launch.live(asked.days or DAYS, lambda day: console.print(f"{day} · {launch.figures.letters:,}"))
        finally:
            await launch.stop()
    found = launch.judged()
    tell_launch(console, launch, found)
    for failure in launch.figures.failures[:20]:
        console.print(f"the bot failed: {failure}", markup=False)
    for claim in launch_claims(found):
        publish(claim)
    return 1 if found or launch.figures.failures or not launch.reach.reached else 0


async def main() -> int:
    """Run what was asked for."""
    asked, console = _asked(), Console(stderr=True)
    if asked.launch:
        return await launched(asked, console)
    size, days = SMALL if asked.broken else YEAR
    asked.people, asked.days = asked.people or size, asked.days or days
    return await (broken if asked.broken else whole)(asked, console)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
