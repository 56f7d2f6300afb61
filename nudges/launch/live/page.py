"""A launch day in a browser: it is only read, and shows itself anew while it is open."""

from __future__ import annotations

from bot.nudge import Browsed, Context, Page
from bot.say import Line
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.live import following, rules
from storage import live as rows


@nudge.shows("live", by=WRITERS)
async def live(browsed: Browsed, ctx: Context) -> Page:
    """The day that is followed, or was last."""
    voice, row = browsed.voice, await rows.latest(ctx.session)
    if row is None:
        return Page("live.html", {"title": voice("live-none"), "figures": [], "notes": [voice("live-none-how")]})
    title, *_, counted, steps = following.lines_of(row, ctx)
    said = [
        (voice(name.term, **name.args), voice(figure.term, **figure.args))
        for name, figure in following.named(rules.read(row.told), ctx.smallest_group)
    ]
    notes = [voice.line(steps), voice.line(Line(id="live-about", args=dict(steps.args)))]
    return Page(
        "live.html",
        {
            "title": voice.line(title),
            "counted": voice.line(counted),
            "going": row.ended_at is None,
            "figures": said,
            "notes": notes,
        },
    )
