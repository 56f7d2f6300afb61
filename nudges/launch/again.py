"""What was signed is confirmed again before it is sent, where something happened that who signed it could not know."""

from __future__ import annotations

from bot import people
from bot.attention import hushes
from bot.chat import Press
from bot.nudge import Answer, Context, Refused
from bot.say import Line, Pick, Say
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import found, over
from nudges.launch.signing import may_sign
from storage import launching
from storage import signing as moves
from storage.launch import HELD, LATE, OPEN, PAUSED, Announcement

AGAIN = Pick(label="announce-again", action="announce.again")
"""The choice that confirms it; its value is the announcement's number."""


async def needs_again(ctx: Context, made: Announcement) -> Line | None:
    """Why a signed announcement is not to be sent before somebody confirms it again; None: nothing stands against it.

    A quiet time was declared since it was signed. That nobody speaks for whoever is no leader any more is another
    matter (`signing.may_sign`): this no confirmation mends.
    """
    request = await moves.request_of(ctx.session, made)
    signed = request.decided_at if request is not None and request.state == "approved" else None
    if signed is None:
        return None
    known = max(signed, made.again_at or signed)
    if any(since > known for since, _ in await hushes(ctx.session)):
        return Line(id="announcement-again-hush")
    return None


async def asked(ctx: Context, made: Announcement) -> Say | None:
    """What whoever lets it go on is told first, with the choice that confirms it; None: nothing stands against it."""
    line = await needs_again(ctx, made)
    if line is None:
        return None
    first = Line(id="announcement-again-first", args={"number": str(made.id)})
    return Say(lines=(line, first), choices=(AGAIN.model_copy(update={"value": str(made.id), "style": "primary"}),))


_NEXT = {HELD: "go", PAUSED: "resume", LATE: "send-now"}
"""What lets it go on once it is confirmed again, by its state; all others go on by themselves."""


@nudge.choice("announce.again", by=WRITERS, aliases=["annonce reconfirmer"])
async def again(event: Press, ctx: Context) -> Answer:
    """It is to be sent all the same."""
    made, version = await found(ctx, event.value)
    if made.state not in (*OPEN, *launching.UNDER_WAY):
        raise over(made, version)
    args = {"number": str(made.id), "title": version.title}
    if not await may_sign(ctx, made):
        raise Refused("announce-not-gone", speaker=await people.name(ctx.session, made.speaker_id), **args)
    why = await needs_again(ctx, made)
    if why is None or not await moves.confirm_again(ctx.session, made.id or 0, ctx.now):
        raise Refused("announcement-again-nothing", **args)
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.actor.person,
        action="announce.again",
        subject=f"announcement:{made.id}",
        after={"because": why.id.removeprefix("announcement-again-")},
    )
    if (then := _NEXT.get(made.state)) is None:
        return Say(lines=(Line(id="announcement-again-done", args={**args}),))
    goes_on = Pick(label=f"announce-{then}", action=f"announce.{then}", value=str(made.id), style="primary")
    return Say(lines=(Line(id="announcement-again-then", args={**args}),), choices=(goes_on,))
