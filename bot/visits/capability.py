"""In the chat: whether the browser in which somebody's link was opened is theirs."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.chat import Press
from bot.deciding.rules import split_number
from bot.nudge import Answer, Context, Nudge, Priority, Refused, To
from bot.say import Line, Pick, Say, Term, say
from bot.visits import REMEMBERED
from storage import visits
from storage.visits import Visit


class VisitsSettings(BaseModel):
    """There is nothing to set here: what concerns pages is `[web]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def make(stay: timedelta) -> Nudge:
    """The capability. stay: how long a visit lasts."""
    nudge = Nudge(id="visits", catalogs=Path(__file__).parents[1] / "locales", settings=VisitsSettings)
    nudge.choice("parvis.open-page", aliases=["parvis ouvrir-page"])(partial(open_page, stay=stay))
    nudge.choice("parvis.close-page", aliases=["parvis fermer-page"])(close_page)
    return nudge


async def ask(ctx: Context, visit: Visit, number: str, page: Term) -> None:
    """Ask whom the link was made for whether the browser that shows this number is theirs. page: what it opens."""
    lines = (Line(id="visit-asked", args={"number": number, "page": page}), Line(id="visit-asked-else", kind="note"))
    picks = (
        Pick(label="visit-open", action="parvis.open-page", value=str(visit.id), style="primary"),
        Pick(label="visit-close", action="parvis.close-page", value=str(visit.id), style="danger"),
    )
    await ctx.outbox.tell(
        To(person=visit.person_id),
        Say(lines=lines, choices=picks),
        name=f"visit:{visit.id}",
        kind="answer",
        priority=Priority.ANSWER,
        not_after=visit.until,
    )


async def open_page(event: Press, ctx: Context, stay: timedelta) -> Answer:
    """It is theirs."""
    visit = await _mine(event, ctx)
    if not await visits.confirm(ctx.session, visit.id or 0, ctx.actor.person, ctx.now, ctx.now + stay):
        raise Refused("visit-over")
    return say("visit-opened")


async def close_page(event: Press, ctx: Context) -> Answer:
    """It is not: nothing is shown there, or no longer. After a yes, no browser is believed to be theirs any more."""
    visit = await _mine(event, ctx)
    if visit.confirmed_at is not None:
        await visits.distrust(ctx.session, ctx.actor.person, ctx.now, ctx.now + REMEMBERED)
        return say("visit-distrusted")
    if not await visits.end(ctx.session, visit.id or 0, ctx.actor.person, ctx.now):
        raise Refused("visit-over")
    return say("visit-closed")


async def _mine(event: Press, ctx: Context) -> Visit:
    """The visit meant. Raises Refused: there is none of this person's."""
    number, _ = split_number(event.value)
    visit = await visits.get(ctx.session, number) if number else None
    if not number or visit is None or visit.person_id != ctx.actor.person:
        raise Refused("visit-none")
    return visit
