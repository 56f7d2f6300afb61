"""When it is forgotten who was there, and what an objective was called; the numbers stay."""

from __future__ import annotations

from datetime import timedelta

from bot.nudge import Context
from nudges.pulse.capability import nudge
from storage import frozen, pulse
from storage.strays import first


async def forgets(ctx: Context) -> None:
    """Nobody's days are known for longer than figures look back; once a day it is looked for what has lost its name."""
    today = ctx.calendar.today(ctx.now)
    await pulse.forget_before(ctx.session, today - timedelta(days=ctx.settings.presence_days))
    if await first(ctx.session, f"pulse:objectives:{today}", ctx.now):
        await frozen.forget_objectives(ctx.session)


nudge.forgets = forgets
