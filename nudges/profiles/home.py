"""One's own profile on one's own page: how full it is, and what is next. It waits for nobody, and nags nobody."""

from __future__ import annotations

from bot.nudge import Context
from bot.say import Line, Pick, Say
from nudges.profiles import facts, rules, words
from nudges.profiles.capability import nudge

PROFILE = Pick(label="command-profile", action="profile")


async def page(ctx: Context) -> Say:
    """A line, and the way to the rest."""
    whole = await facts.profile(ctx.session, ctx.settings, ctx.actor.person)
    coming = next(iter(rules.missing(whole)), None)
    percent = rules.meter(whole).percent
    if coming is None:
        return Say(lines=(Line(id="profile-page", kind="fact", args={"percent": percent}),), choices=(PROFILE,))
    args = {"percent": percent, "field": words.label(coming.field)}
    return Say(lines=(Line(id="profile-page-next", kind="fact", args={**args}),), choices=(PROFILE,))


nudge.page = page
nudge.home = page
