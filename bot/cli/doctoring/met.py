"""What the bot met itself when it was at work, and remembers: better evidence than any setting that can be read."""

from __future__ import annotations

from collections.abc import Iterable

from bot.cli import Wrong
from bot.cli.opening import Desk, opened
from bot.nudge import Nudge
from nudges import NUDGES
from storage import sequences


def makers(nudges: Iterable[Nudge]) -> dict[str, int]:
    """Kinds of sequences that make a room -> the number of the step that does."""
    return {
        spec.kind: number
        for nudge in nudges
        for spec in nudge.sequences.values()
        for number, step in enumerate(spec.steps)
        if step.makes_room
    }


async def refusals(desk: Desk, platforms: Iterable[str]) -> dict[str, str]:
    """Platform → the code with which it refused to make a room when last asked to; without those that made it.

    Nothing where the database cannot be used: that is said elsewhere.
    """
    steps = makers(NUDGES)
    found = dict[str, str]()
    try:
        async with opened(desk) as store, store.read() as session:
            for platform in platforms:
                last = await sequences.latest(session, platform, steps)
                if last is not None and last.phase == "refused" and last.step == steps[last.kind]:
                    found[platform] = last.error.rpartition(":")[2]  # after the capability's own word for it
    except Wrong:
        return {}
    return found
