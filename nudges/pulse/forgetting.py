"""When it is forgotten who was there; the numbers stay."""

from __future__ import annotations

from datetime import timedelta

from bot.nudge import Context
from nudges.pulse.capability import nudge
from storage import pulse


async def forgets(ctx: Context) -> None:
    """Nobody's days are known for longer than figures look back; nor a link that is over."""
    today = ctx.calendar.today(ctx.now)
    await pulse.forget_before(ctx.session, today - timedelta(days=ctx.settings.presence_days))
    await pulse.forget_links(ctx.session, ctx.now - timedelta(days=ctx.settings.link_days))


nudge.forgets = forgets
