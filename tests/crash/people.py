"""People who act while the bot dies under them, and act again when nothing comes of it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from tests.crash.ledger import Input, Ledger, Sight
from tests.crash.place import Place
from tests.humans import Human

PATIENCE = 60.0
"""Seconds after which somebody gives up who hears nothing from a bot that nobody kills any more."""

REFUSED = 1.0
"""Seconds after which somebody tries again whom the platform told that it failed."""

UNHEARD = (16.0, 40.0)
"""Seconds, at least and at most, after which somebody tries again who heard nothing; a message may take a timeout."""

_LETTERS = "abdefgklmnoprstuvz"


class Silent(Exception):
    """Somebody gave up."""


class Actor:
    """One person. inputs: all that they did to the bot."""

    def __init__(self, place: Place, human: Human, ledger: Ledger) -> None:
        self.human = human
        self.name = human.name
        self.place = place
        self.inputs: list[Input] = []
        self._hands = asyncio.Lock()  # one client, which does one thing at a time
        ledger.between(
            self.name,
            "the greeting",
            "Hello, I am Parvis",
            lambda: any(each.acked() for each in self.inputs),
            lambda: 1,
        )

    @property
    def is_busy(self) -> bool:
        """They do something at this moment, or look at something."""
        return self._hands.locked()

    async def sights(self, room: str | None = None) -> list[Sight]:
        """What the bot has said to them, or in a room."""
        async with self._hands:
            return await self.place.sights(self.human, room)

    async def says(self, words: str) -> Input:
        """Write to the bot."""
        async with self._hands:
            did = await self.place.says(self.human, words)
        self.inputs.append(did)
        return did

    async def commands(self, words: str) -> tuple[Input, bool]:
        """As `Place.commands`."""
        async with self._hands:
            did, promised = await self.place.commands(self.human, words)
        self.inputs.append(did)
        return did, promised

    async def presses(self, label: str, near: str, room: str | None = None) -> tuple[Input, bool] | None:
        """As `Place.presses`."""
        async with self._hands:
            done = await self.place.presses(self.human, label, near, room)
        if done is not None:
            self.inputs.append(done[0])
        return done

    async def sees(self, pattern: str, room: str | None = None) -> re.Match[str] | None:
        """The latest message of the bot that this pattern is found in."""
        found = re.compile(pattern, re.DOTALL)
        return next(filter(None, (found.search(each.text) for each in reversed(await self.sights(room)))), None)


@dataclass
class Peace:
    """Whether the bot is left alone. since: when it was last begun, never to be killed again, in the loop's time."""

    since: float | None = None

    def is_over(self, began: float, patience: float = PATIENCE) -> bool:
        """Somebody who waits since then has waited for long enough, with the bot in peace."""
        return self.since is not None and time.monotonic() - max(began, self.since) > patience


async def until(
    act: Callable[[], Awaitable[Input | None]],
    seen: Callable[[], Awaitable[re.Match[str] | None]],
    what: str,
    random: Random,
    place: Place,
    peace: Peace,
) -> re.Match[str]:
    """Act, and act again while nothing comes of it; return what came. act: None, when it could not be done now.

    what: what is waited for, told in the failure. Raises Silent.
    """
    began = time.monotonic()
    while not peace.is_over(began):
        did = await act()
        patience = place.look if did is None else random.uniform(*UNHEARD) if did.is_hopeful() else REFUSED
        again = time.monotonic() + patience
        while True:
            came = await seen()
            if came is not None:
                return came
            if time.monotonic() >= again or peace.is_over(began):
                break
            await asyncio.sleep(place.look)
    raise Silent(what)


async def awaited(
    seen: Callable[[], Awaitable[re.Match[str] | None]], what: str, place: Place, peace: Peace
) -> re.Match[str]:
    """Wait for what comes by itself. Raises Silent."""
    began = time.monotonic()
    while not peace.is_over(began):
        came = await seen()
        if came is not None:
            return came
        await asyncio.sleep(place.look)
    raise Silent(what)


def word(random: Random, letters: int = 12) -> str:
    """A word that looks like no other."""
    return "".join(random.choices(_LETTERS, k=letters))
