"""Whoever is on the company's list with an address can be written to there, before they are met in any chat.

The address is an account of theirs on each platform of addresses (`Account.kind`). When an account of theirs appears
in a chat, the list says that both are one person's, as it says of any two accounts (`matching`).
"""

from __future__ import annotations

from datetime import timedelta

from bot.nudge import Look
from storage import addressing

AT_ONCE = 200
"""Lines written in one transaction: nobody else writes meanwhile, and whoever presses a button waits."""

EACH = timedelta(minutes=5)
"""How often it is looked whether the list has addresses that are not known yet."""


async def look(at: Look, at_once: int = AT_ONCE) -> None:
    """Give people the addresses that the list has of them, and close those that it has no longer."""
    async with at.write() as session:
        if session is None:
            return
        ctx = at.context(session)
        platforms = sorted(ctx.addressed)
        if platforms:
            await addressing.follow(session, platforms, ctx.now)
    for platform in platforms:
        await _give(at, platform, at_once)


async def _give(at: Look, platform: str, at_once: int) -> None:
    after = 0
    while True:
        async with at.write() as session:
            if session is None:
                return
            lines = await addressing.lacking(session, platform, after, at_once)
            await addressing.add(session, platform, lines, at.context(session).now)
            after = lines[-1].id or 0 if lines else 0
        if len(lines) < at_once:
            return
