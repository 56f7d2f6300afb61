"""What a change of an announcement does to its signature: nobody answers for words that they did not see."""

from __future__ import annotations

from bot import people
from bot.decide import correct, withdraw
from bot.nudge import Context, To
from bot.say import Line, Say
from nudges.launch.link import mail
from nudges.launch.signing import PROCESS, fields_for
from storage import launch as rows
from storage import launching
from storage import signing as moves
from storage.launch import Announcement, AnnouncementVersion

_ASKED = ("waiting", "refusing", "approved")


async def changed(
    ctx: Context, made: Announcement, version: AnnouncementVersion, *, urgent: bool = False
) -> list[Line]:
    """Its words, its time, its audience or who posts it were written anew: whatever was signed is signed no more.

    Who was to sign it is shown it as it is now. To be called once the change is written. made, version: as it is now.
    urgent: that it is urgent is what changed; any other change is one that those who declared so did not see. Returns
    what whoever changed it is to hear of that. Raises Refused: a refusal is about to be told.
    """
    calmed = not urgent and await launching.calm(ctx.session, made.id or 0)
    lines = [Line(id="announce-urgent-void", args={"number": str(made.id)})] if calmed else []
    await ctx.session.refresh(made)
    was = made.state
    request = await moves.request_of(ctx.session, made)
    asked = request is not None and request.state in _ASKED and made.state in (rows.SIGNING, rows.SIGNED, rows.LATE)
    if asked and (made.at is None or made.at > ctx.now):
        asked_again = await fields_for(ctx, made, version)
        request = await correct(ctx, PROCESS, made.id or 0, asked_again, own=False, needed_by=made.at)
        await mail(ctx, made, request)
    else:
        if request is not None and request.state == "waiting":
            await withdraw(ctx, PROCESS, made.id or 0, own=False)
        await moves.void(ctx.session, made.id or 0, ctx.now)
    await ctx.session.refresh(made)
    if was not in {rows.SIGNING, rows.SIGNED, rows.LATE}:
        return lines
    told = "anew" if made.state == rows.SIGNING else "unasked"
    args = {"speaker": await people.name(ctx.session, made.speaker_id)}
    return [*lines, Line(id=f"announcement-{told}{'' if was == rows.SIGNING else '-signed'}", args={**args})]


def uncounted(made: Announcement, *, was: bool) -> list[Line]:
    """That the number of people has to be confirmed anew. made: as it is now. was: it had been confirmed. Pure."""
    return [Line(id="announcement-uncounted")] if was and made.counted is None else []


async def given_up(ctx: Context, made: Announcement, version: AnnouncementVersion) -> None:
    """It will not be sent: nobody is asked to sign it any more, and who signed it hears so."""
    request = await moves.request_of(ctx.session, made)
    if request is None:
        return
    if request.state in ("waiting", "refusing"):
        await withdraw(ctx, PROCESS, made.id or 0, own=False)
    elif request.state == "approved" and made.speaker_id != ctx.actor.person:
        line = Line(id="announcement-told-cancelled", args={"number": str(made.id), "title": version.title})
        name = f"announcement:{made.id}:cancelled"
        await ctx.outbox.tell(To(person=made.speaker_id), Say(lines=(line,)), name=name, kind="decision")
