"""After a million events the bot holds as much memory as after half of them.

By Matrix's sync, a hundred events at once: conversation of others, recorded and done with in one commit, and among it
one in a thousand that asks the bot for something, which is handled, answered and sent.
"""

from __future__ import annotations

import asyncio
from statistics import median

from bench.matrix_side import ME, SECRETS, MatrixSide
from bench.measure import Claim, Figure, publish, resident, say
from bench.parties import at_rest, parvis, ready

EVENTS = 1_000_000
ASKING = 1_000
"""Events of which one asks something."""
TARGET = 1.02
SAMPLES = 0.5
"""Seconds between two looks at the memory."""


async def main() -> None:
    """The last quarter beside the second."""
    async with MatrixSide(asking=ASKING) as side:
        settings = f'kind = "matrix"\nhomeserver = "{side.url}"\nuser = "{ME}"\nencryption = false'
        async with parvis(settings, SECRETS) as party:
            await ready(party)
            looks: list[tuple[int, float]] = []
            handed = asyncio.create_task(side.hand_out(EVENTS))
            while not handed.done():
                looks.append((EVENTS - side.left, resident(party.pid)))
                if len(looks) % 20 == 0:
                    say(f"  {looks[-1][0]:9,} events, {looks[-1][1]:.1f} MB, {len(side.sent)} answers")
                await asyncio.wait({handed}, timeout=SAMPLES)
            seconds = await handed
            await at_rest(party)
            say(f"  {EVENTS / seconds:.0f} events a second, {len(side.sent)} answers")
            if len(side.sent) < EVENTS / ASKING:
                raise RuntimeError("not all who asked were answered")
    second, last = (
        [Figure(median(size for number, size in looks if EVENTS * begin <= number < EVENTS * (begin + 0.25)))]
        for begin in (0.25, 0.75)
    )
    publish(Claim("memory_flat", "MB", TARGET, "lower", last, second))
