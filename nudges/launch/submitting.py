"""A draft is shown to whose words it holds: asked for by who looks after it."""

from __future__ import annotations

from bot import people
from bot.chat import Press
from bot.decide import number_of, submit
from bot.nudge import Answer, Context, Refused
from bot.say import Line, Pick, Say
from nudges.launch import moment, showing
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import changeable
from nudges.launch.link import mail
from nudges.launch.signing import PROCESS, fields_for, may_sign
from nudges.launch.video import wrong
from storage import signing as moves
from storage.launch import Announcement

_ASKS = ("announce.audience", "announce.when", "announce.preview")
"""Where what a signature is for is said: whom it is for, when it comes, to how many."""


def _lacks(made: Announcement) -> list[str]:
    """What is still to be said before anybody can sign it: nobody answers for what they do not see. Pure."""
    lacking = {"audience": not made.audience, "time": made.at is None}
    lacking["number"] = made.counted is None
    return [what for what, holds in lacking.items() if holds]


@nudge.choice("announce.submit", by=WRITERS, aliases=["annonce soumettre"])
async def submitted(event: Press, ctx: Context) -> Answer:
    """Show it to whose words it holds, to be signed."""
    made, version = await changeable(ctx, event.value)
    args = {"number": str(made.id), "title": version.title}
    if made.state not in moves.UNASKED:
        raise Refused("announcement-asked-already", **args)
    if made.at is not None and made.at <= ctx.now:
        raise Refused("announcement-past", at=moment.said_at(made, ctx.now), **args)
    if (odd := wrong(version.text)) is not None:  # of a text that came otherwise than by the form: a plan, a message
        raise Refused(odd.id, **odd.args)
    if lacks := _lacks(made):
        line = Line(id="announcement-lacks", args={**args})
        ways = tuple(each for each in showing.ways(made) if each.action in _ASKS)
        return Say(lines=(line, *(Line(id=f"announcement-lacks-{each}", kind="item") for each in lacks)), choices=ways)
    speaker = await people.name(ctx.session, made.speaker_id)
    if not await may_sign(ctx, made):
        raise Refused("announcement-no-leader", speaker=speaker, **args)
    if not await moves.show(ctx.session, made.id or 0, version.number, ctx.now):
        raise Refused("announce-changed-meanwhile", number=str(made.id), version=made.version)
    before = await moves.request_of(ctx.session, made)
    await ctx.session.refresh(made)
    later = before.version + 1 if before else 1
    request = await submit(ctx, PROCESS, await fields_for(ctx, made, version), needed_by=made.at, version=later)
    await moves.ask(ctx.session, made.id or 0, number_of(request))
    await ctx.session.refresh(made)
    await mail(ctx, made, request)
    withdraw = Pick(label="decide-withdraw", action="announcement.withdraw", value=str(made.id))
    line = Line(id="announcement-asked", args={"speaker": speaker, **args})
    return Say(lines=(line,), choices=(withdraw,))
