"""`make crash`: bots killed again and again, and what people then have in front of them compared with what must be.

One line of JSON for each cell on standard output; progress, differences and a table on standard error. The status is
not 0 when anything is lost or doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import traceback
from collections import defaultdict
from collections.abc import Sequence

from tests.crash import progress
from tests.crash.batch import Batch, How, Outcome, Servers, servers
from tests.crash.cells import CELLS, ENOUGH, Cell, Share, cell_named, shares
from tests.crash.progress import Progress, say
from tests.crash.steps import ALL

AT_ONCE = 2
"""Batches at the same time: a process that starts keeps one core busy, and much of a batch is waiting."""


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=120, help="shared out over the cells")
    parser.add_argument("--seed", type=int, default=1, help="of all that is drawn: the same again")
    parser.add_argument("--cell", default="", help=f"only this one: {', '.join(cell.name for cell in CELLS)}")
    parser.add_argument("--batch", type=int, default=None, help="only this batch of the cell, with that many kills")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help="batches at the same time")
    return parser.parse_args()


def _wanted(asked: argparse.Namespace) -> list[Share]:
    if asked.batch is not None:
        return [Share(cell_named(asked.cell), asked.seed, asked.batch, asked.kills)]
    return shares(asked.kills, asked.seed, [cell_named(asked.cell)] if asked.cell else CELLS)


class Run:
    """All batches, some at the same time. outcomes: how they ended; failed: those that came to no end."""

    def __init__(self, wanted: Sequence[Share]) -> None:
        self._wanted = wanted
        self.outcomes: dict[Share, Outcome] = {}
        self.failed: list[Share] = []

    def resume(self) -> None:
        """Take over what an interrupted run left; a run that came to its end is begun anew."""
        found = {share: outcome for share in self._wanted if (outcome := progress.kept(share)) is not None}
        if len(found) == len(self._wanted):
            progress.forget(self._wanted)
            return
        self.outcomes = found
        if found:
            say(f"{len(found)} of {len(self._wanted)} batches were run already, and are not run again")

    async def go(self, at_once: int) -> None:
        """Run what is left."""
        left = [share for share in self._wanted if share not in self.outcomes]
        told = Progress(sum(share.kills for share in self._wanted), sum(o.kills for o in self.outcomes.values()))
        cells = {share.cell for share in left}
        async with servers({cell.platform for cell in cells}, {cell.engine for cell in cells}) as there:
            queue = iter(left)

            async def work() -> None:
                for share in queue:
                    await self._one(share, there, told)

            await asyncio.gather(*(work() for _ in range(at_once)))

    async def _one(self, share: Share, there: Servers, told: Progress) -> None:
        try:
            outcome = await Batch(share, there, How(announces=True), told.killed).run()
        except Exception:  # noqa: BLE001 - told, and counted as a failure of the run
            say(f"\n{share.name} came to no end:\n{traceback.format_exc()}")
            self.failed.append(share)
            return
        progress.keep(share, outcome)
        self.outcomes[share] = outcome
        if outcome.verdict.differences:
            progress.explain(share, outcome)
        self._tell(share.cell)

    def _tell(self, cell: Cell) -> None:
        mine = [share for share in self._wanted if share.cell == cell]
        if all(share in self.outcomes for share in mine):
            print(json.dumps(progress.result(cell, [self.outcomes[share] for share in mine])), flush=True)  # noqa: T201

    def sum_up(self) -> int:
        """The table, and the status."""
        ended: dict[Cell, list[Outcome]] = defaultdict(list)
        for share in self._wanted:
            if share in self.outcomes:
                ended[share.cell].append(self.outcomes[share])
        rows = {cell: progress.result(cell, outcomes) for cell, outcomes in ended.items()}
        struck = {cell: {step for each in outcomes for step in each.struck} for cell, outcomes in ended.items()}
        progress.table(rows, {cell: set(ALL) - steps for cell, steps in struck.items()})
        wrong = [outcome for outcome in self.outcomes.values() if outcome.verdict.differences]
        for share in self.failed:
            say(f"{share.name}: came to no end")
        few = {share.cell for share in self._wanted if share.kills < ENOUGH}
        # Of three processes, one that is armed may not be the one that has the duty: there some steps may be spared.
        full = [cell for cell in struck if cell.replicas == 1 and cell not in few]
        spared = [cell.name for cell in full if set(ALL) - struck[cell]]
        for name in spared:
            say(f"{name}: nobody was killed at some of the named steps, though there were kills enough")
        return 1 if wrong or self.failed or spared else 0


async def main() -> int:
    """Run what was asked for."""
    asked = _asked()
    run = Run(_wanted(asked))
    run.resume()
    for share, outcome in run.outcomes.items():
        if outcome.verdict.differences:
            progress.explain(share, outcome)
    for cell in dict.fromkeys(share.cell for share in run.outcomes):
        run._tell(cell)
    await run.go(asked.at_once)
    return run.sum_up()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
