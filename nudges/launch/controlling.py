"""What is done about an announcement on its way: gone on with, stopped, paused, resumed, sent late, recalled.

Of two people who press at once one does it, and the other is told what it is by now.
"""

from __future__ import annotations

from bot.chat import Press
from bot.nudge import Answer, Context, Refused
from bot.say import Line, Pick, Say, say
from nudges.launch import again, posting, progress, sending, stopping
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import found
from nudges.launch.signing import may_sign
from nudges.launch.waves import FEW
from storage import launching
from storage.launch import (
    CANCELLED,
    HELD,
    LATE,
    PAUSED,
    RECALLED,
    SENDING,
    SENT,
    Announcement,
    AnnouncementVersion,
)

_RECALLABLE = (SENDING, HELD, PAUSED, SENT, CANCELLED)


@nudge.choice("announce.go", by=WRITERS, aliases=["annonce continuer"])
async def go(event: Press, ctx: Context) -> Answer:
    """The first wave went well, or reaches nobody for now: everybody else gets it."""
    made, version = await found(ctx, event.value)
    number = made.id or 0
    await _speaks(ctx, made, version)
    unseen = (await progress.of(ctx, made)).is_held_up(made)
    if (made.state == HELD or unseen) and (asks := await again.asked(ctx, made)):
        return asks
    if not await launching.go_on(ctx.session, number, [SENDING] if unseen else [HELD], ctx.now):
        first = made.state == SENDING and made.wave == FEW
        raise Refused("announce-first-under-way" if first else "announce-not-held", number=str(number))
    await sending.extend(ctx, number)
    await stopping.trace(ctx, number, "go", **({"seen": "nobody"} if unseen else {}))
    return await stopping.shown(ctx, number, "announce-to-all-unseen" if unseen else "announce-to-all")


@nudge.choice("announce.stop", by=WRITERS, aliases=["annonce arreter"])
async def stop(event: Press, ctx: Context) -> Answer:
    """Nothing more of it is said."""
    made, _ = await found(ctx, event.value)
    return await stopping.stop(ctx, made)


@nudge.choice("announce.pause", by=WRITERS, aliases=["annonce pause"])
async def pause(event: Press, ctx: Context) -> Answer:
    """Nothing more of it is said until it is resumed; what is being said at this instant is."""
    made, _ = await found(ctx, event.value)
    if not await _paused(ctx, made.id or 0):
        raise Refused("announce-not-under-way", number=str(made.id))
    return await stopping.shown(ctx, made.id or 0, "announce-paused")


async def _paused(ctx: Context, number: int) -> bool:
    if not await launching.move(ctx.session, number, [SENDING, HELD], ctx.now, state=PAUSED):
        return False
    await ctx.outbox.pause(launching.batch_of(number))
    await stopping.trace(ctx, number, "pause")
    return True


@nudge.choice("announce.resume", by=WRITERS, aliases=["annonce reprendre"])
async def resume(event: Press, ctx: Context) -> Answer:
    """It goes on where it was paused; what waited for its hour still does."""
    made, version = await found(ctx, event.value)
    number = made.id or 0
    await _speaks(ctx, made, version)
    if made.state == PAUSED and (asks := await again.asked(ctx, made)):
        return asks
    if not await launching.move(ctx.session, number, [PAUSED], ctx.now, state=SENDING):
        raise Refused("announce-not-paused", number=str(number))
    await sending.extend(ctx, number)
    await ctx.outbox.resume(launching.batch_of(number))
    await stopping.trace(ctx, number, "resume")
    return await stopping.shown(ctx, number, "announce-resumed")


async def _speaks(ctx: Context, made: Announcement, version: AnnouncementVersion) -> None:
    """Whose words they are speaks for the organisation still. Raises Refused."""
    if made.state in launching.UNDER_WAY and not await may_sign(ctx, made):
        speaker = await progress.called(ctx, made.speaker_id)
        raise Refused("announce-no-voice", number=str(made.id), title=version.title, speaker=speaker)


# ---------------------------------------------------------------- late


@nudge.choice("announce.send-now", by=WRITERS, aliases=["annonce envoyer-maintenant"])
async def send_now(event: Press, ctx: Context) -> Answer:
    """It was not sent in time, or has to be confirmed again: it is sent now, as it was signed."""
    made, version = await found(ctx, event.value)
    number = made.id or 0
    if made.state != LATE:
        raise Refused("announce-not-waiting", number=str(number))
    if why := await sending.unready(ctx, made):
        speaker = await progress.called(ctx, made.speaker_id)
        raise Refused(f"announce-not-{why}", number=str(number), title=version.title, speaker=speaker)
    if asks := await again.asked(ctx, made):
        return asks
    values = {"state": SENDING, "wave": 0, "planned": 0}
    if not await launching.move(ctx.session, number, [LATE], ctx.now, **values):
        raise Refused("announce-not-waiting", number=str(number))
    await stopping.trace(ctx, number, "send-now")
    return say("announce-sends-now", number=str(number), title=version.title)


# ---------------------------------------------------------------- recalled


@nudge.choice("announce.recall", by=WRITERS, aliases=["annonce rappeler"])
async def recall(event: Press, ctx: Context) -> Answer:
    """Take back what was sent. Asked first, it is paused, and the number of people is to be repeated."""
    words = event.value.split()
    made, _ = await found(ctx, words[0] if words else "")
    number = made.id or 0
    if made.state not in _RECALLABLE or made.begun_at is None:
        raise Refused("announce-not-recallable", number=str(number))
    if made.state in {SENDING, HELD}:
        await _paused(ctx, number)
        made, _ = await progress.fresh(ctx.session, number)
    people = (await progress.of(ctx, made)).people
    if len(words) < 2 or words[1] != str(people):
        return await _asked(ctx, number, people)
    was = _RECALLABLE
    if not await launching.move(ctx.session, number, was, ctx.now, state=RECALLED, planned=0, ended_at=ctx.now):
        raise Refused("announce-not-recallable", number=str(number))
    await sending.take_back(ctx, made)
    if made.own_name:
        await posting.take_down(ctx, made)
    await stopping.trace(ctx, number, "recall", people=str(people))
    return await stopping.shown(ctx, number, "announce-recalled")


async def _asked(ctx: Context, number: int, people: int) -> Say:
    """The number that is to be repeated: of all to whom it was promised, since it may have reached any of them."""
    made, version = await progress.fresh(ctx.session, number)
    now = await stopping.shown(ctx, number, "announce-recall-asks")
    args = {"number": str(number), "title": version.title, "people": people}
    again = Pick(
        label="announce-recall-yes", action="announce.recall", value=f"{number} {people}", style="danger",
        args={"people": people},
    )  # fmt: skip
    kept = tuple(each for each in now.choices if each.action == "announce.resume")
    stays = [(bool(set(ctx.addressed)), "mail"), (bool(made.paper), "paper"), (made.own_name, "own")]
    notes = [Line(id=f"announce-recall-{what}", kind="note") for holds, what in stays if holds]
    return Say(lines=(Line(id="announce-recall-asks", args={**args}), *notes), choices=(again, *kept))
