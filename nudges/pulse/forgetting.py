"""When it is forgotten who was there; the numbers stay."""

from __future__ import annotations

from datetime import timedelta

from bot.nudge import Context
from nudges.pulse.capability import nudge
from storage import pulse


async def forgets(ctx: Context) -> None:
    """Nobody's days are known for longer than figures look back."""
    today = ctx.calendar.today(ctx.now)
    await pulse.forget_before(ctx.session, today - timedelta(days=ctx.settings.presence_days))


nudge.forgets = forgets
