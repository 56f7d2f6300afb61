"""`make crash-proof`: the suite finds fault with each bot that lacks one of its guards, and none with the whole one.

One line of JSON for each on standard output: what was taken out, what was found, and what the same lives do to a bot
that lacks nothing. The status is not 0 when anything went unnoticed, or fault was found with the whole one.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.crash.batch import Batch, How, Outcome, Servers, servers
from tests.crash.broken import TORN, command
from tests.crash.cells import Cell, Share
from tests.crash.plan import LEASE, LOOKED_FOR, Life
from tests.crash.progress import say

SLACK, MATRIX = Cell("slack", "sqlite", 1), Cell("matrix", "sqlite", 1)
SEVERAL = Cell("slack", "postgresql", 3)


@dataclass(frozen=True)
class Proof:
    """A part that is taken out, where, and the lives in which that shows. finds: "lost" or "doubled".

    announces: it shows in announcements and campaigns.
    """

    part: str
    cell: Cell
    lives: Sequence[Life]
    finds: str
    announces: bool = False


def at(*steps: str) -> list[Life]:
    """A life for each step, which it ends at."""
    return [Life(20.0, armed=(step,)) for step in steps]


def patient(*steps: str) -> list[Life]:
    """As `at`, where it takes a while until the step is reached."""
    return [Life(60.0, armed=(step,)) for step in steps]


def asleep(nth: int) -> Life:
    """Stopped between an attempt it wrote and the call, until another has taken over, looked for it and said it.

    The other may fall asleep as well, soon after it took over: then there is a third.
    """
    return Life(60.0, armed=(f"outbox.attempted:{nth}:stop",), pause=LOOKED_FOR + LEASE + 6)


PROOFS = (
    Proof("keys", SLACK, at(*(f"intake.recorded:{nth}" for nth in (1, 3, 2, 5, 1, 4, 2, 3))), "doubled"),
    Proof("look-up", SLACK, at("outbox.posted", "outbox.posted:3", "outbox.posted:2"), "doubled"),
    Proof("look-up-and-names", MATRIX, at("outbox.posted", "outbox.posted:3", "outbox.posted:2"), "doubled"),
    Proof("mark-in-one-commit", SLACK, at(TORN, f"{TORN}:3", f"{TORN}:2"), "lost"),
    Proof("position-in-one-commit", MATRIX, at(TORN, f"{TORN}:3", f"{TORN}:2"), "lost"),
    Proof("fencing", SEVERAL, [asleep(3), asleep(12), asleep(12), asleep(3)], "doubled"),
    Proof("look-up-of-mail", SLACK, patient(TORN, f"{TORN}:2"), "doubled", announces=True),
    Proof("day-zero-in-one-commit", SLACK, patient(TORN, TORN), "lost", announces=True),
)


async def tried(proof: Proof, there: Servers, seed: int = 1, *, whole: bool = False) -> Outcome:
    """What the suite finds. whole: with nothing taken out, for comparison."""
    share = Share(proof.cell, seed, 0, len(proof.lives))
    how = How(lives=proof.lives, command=() if whole else command(proof.part), announces=proof.announces)
    return await Batch(share, there, how).run()


def found(proof: Proof, outcome: Outcome) -> int:
    """How much of what the missing part is for."""
    counts: Mapping[str, int] = {"lost": outcome.verdict.lost, "doubled": outcome.verdict.doubled}
    return counts[proof.finds]


async def main() -> int:
    """All of them, or those named."""
    wanted = [each for each in PROOFS if not sys.argv[1:] or each.part in sys.argv[1:]]
    unnoticed = 0
    platforms, engines = {each.cell.platform for each in wanted}, {each.cell.engine for each in wanted}
    async with servers({*platforms}, {*engines}) as there:
        for number, proof in enumerate(wanted):
            say(f"without {proof.part}: {len(proof.lives)} kills on {proof.cell.name}…")
            # Each another seed, hence other names: the homeserver is the same, and those of the others are taken there.
            outcome = await tried(proof, there, 2 * number + 1)
            whole = await tried(proof, there, 2 * number + 2, whole=True)
            noticed = found(proof, outcome) > 0 and not whole.verdict.differences
            unnoticed += not noticed
            line = {
                "without": proof.part,
                "platform": proof.cell.platform,
                "engine": proof.cell.engine,
                "replicas": proof.cell.replicas,
                "kills": outcome.kills,
                "expected": outcome.verdict.expected,
                "lost": outcome.verdict.lost,
                "doubled": outcome.verdict.doubled,
                "lost_by_the_whole": whole.verdict.lost,
                "doubled_by_the_whole": whole.verdict.doubled,
                "noticed": noticed,
            }
            print(json.dumps(line), flush=True)  # noqa: T201 - it is what the command is for
            for difference in outcome.verdict.differences[:5]:
                say(f"  {difference}")
            for difference in whole.verdict.differences:
                say(f"  with nothing taken out: {difference}")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
