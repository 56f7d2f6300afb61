"""The capability itself: everything that is its own hangs on this value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.nudge import Context, Nudge, Role
from bot.say import Line
from nudges.launch.settings import Settings

WRITERS = frozenset({Role.COMMS, Role.ADMIN})
"""Who prepares announcements."""

nudge = Nudge(id="launch", catalogs=Path(__file__).parent / "locales", settings=Settings)

_waiting: list[Callable[[Context], Awaitable[Sequence[Line]]]] = []
_forgets: list[Callable[[Context], Awaitable[None]]] = []
_erases: list[Callable[[Context, int], Awaitable[None]]] = []


def also(
    *,
    waiting: Callable[[Context], Awaitable[Sequence[Line]]] | None = None,
    forgets: Callable[[Context], Awaitable[None]] | None = None,
    erases: Callable[[Context, int], Awaitable[None]] | None = None,
) -> None:
    """Let a part of the capability do what a capability declares once: each of its parts has something of its own."""
    _waiting.extend([waiting] if waiting else ())
    _forgets.extend([forgets] if forgets else ())
    _erases.extend([erases] if erases else ())


async def _what_waits(ctx: Context) -> Sequence[Line]:
    return [line for each in _waiting for line in await each(ctx)]


async def _forget(ctx: Context) -> None:
    for each in _forgets:
        await each(ctx)


async def _erase(ctx: Context, person: int) -> None:
    for each in _erases:
        await each(ctx, person)


nudge.waiting, nudge.forgets, nudge.erases = _what_waits, _forget, _erase
