"""A message to each of ten thousand people goes out as fast as Slack takes them, and not once faster."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Collection
from pathlib import Path

from bench.measure import Claim, Figure, cpu, publish, say
from bench.parties import parvis
from bench.workspace import PER_MINUTE, Workspace, promised, workspace

PEOPLE, NEVER_MET = 10_000, 500
STRANGERS = 1_000
OPENINGS = 50
"""Direct rooms that Slack lets be opened in a minute (conversations.open is of tier 3)."""
SPEED, SPEED_OF_STRANGERS = 8.0, 10.0
"""Seconds of the workspace in one of ours."""
TARGET = 0.98


async def _sent(place: Workspace, url: str, people: list[tuple[str, str]], log: Path) -> Figure:
    """Messages a minute, from the first to the last. Raises RuntimeError when the workspace had to refuse any."""
    await promised(url, people, place.now())
    patience = 2 * 60 * len(people) / OPENINGS / place.speed
    async with parvis(place.settings, place.secrets, database=url, module="bench.hurried", told=log) as party:
        async with asyncio.timeout(patience):
            while len(told := place.told()) < len(people):
                say(f"  {len(told):6} of {len(people)} said, {sum(place.refused().values())} refused")
                await asyncio.sleep(10)
        used = cpu(party.pid) / len(people)
    check(place, told, len(people))
    minutes = (told[-1][0] - told[0][0]) / 60
    return Figure((len(told) - 1) / minutes, used, {"minutes": minutes})


def check(place: Workspace, told: list[tuple[float, str]], number: int, *, but: Collection[str] = ()) -> None:
    """Raises RuntimeError when anything was said twice or not at all, or came too fast. but: methods that may have."""
    texts = [text for _, text in told]
    if len(texts) != number or len(set(texts)) != number:
        raise RuntimeError(f"{number} messages, of which {len(set(texts))} were said, {len(texts)} times")
    if refused := {method: times for method, times in place.refused().items() if method not in but}:
        raise RuntimeError(f"the workspace was asked too often: {refused}")


async def main() -> None:
    """Most of them known to the bot; then all of them new."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        for name, number, met, speed, pace in (
            ("paced_dms", PEOPLE, PEOPLE - NEVER_MET, SPEED, PER_MINUTE),
            ("paced_dms_new", STRANGERS, 0, SPEED_OF_STRANGERS, OPENINGS),
        ):
            async with workspace(speed) as place:
                url = f"sqlite+aiosqlite:///{folder}/{name}.db"
                people = place.people(number, met=met)
                ours = await _sent(place, url, people, Path(folder) / f"{name}.log")
            publish(Claim(name, "msg/min", TARGET, "higher", [ours], [Figure(pace)]))
