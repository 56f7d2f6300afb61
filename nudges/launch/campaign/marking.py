"""Day zero, and what a campaign sent, beside the curves: whoever sees one bend knows what was done."""

from __future__ import annotations

from bot.calendar import day_in
from bot.nudge import Context
from nudges.launch.campaign.plan import NAME
from nudges.launch.capability import nudge
from storage import beside
from storage import campaigns as rows

KIND = "campaign"


@nudge.every(minutes=10)
async def marked(ctx: Context) -> None:
    """Whose day zero has come, and what was sent since the last look."""
    for campaign in await rows.unmarked(ctx.session, ctx.calendar.today(ctx.now)):
        await beside.mark(ctx.session, campaign.day_zero, KIND, campaign.name[:NAME])
        await rows.alter(ctx.session, campaign.id or 0, ctx.now, marked=campaign.day_zero)
    for row, made, version in await rows.sent_unmarked(ctx.session):
        day = day_in(made.begun_at or ctx.now, ctx.calendar.zone)
        await beside.mark(ctx.session, day, KIND, version.title[:NAME])
        await rows.alter_line(ctx.session, row.announcement_id, marked=True)
