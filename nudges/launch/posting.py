"""In their own name: the leader posts, and says so; whoever is in no chat yet gets the same relayed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.chat import Press
from bot.nudge import EVERYONE, Answer, Context, Refused, To, Told
from bot.say import Arg, Line, Moment, Pick, Say, plain, say
from nudges.launch import audience, progress, wording
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import found
from nudges.launch.settings import Settings
from nudges.launch.waves import ALL, FEW, first
from storage import communities, launching, outbox, voice
from storage.launch import SENDING, Announcement, AnnouncementVersion


def relayed(ctx: Context, made: Announcement, told: Iterable[Told]) -> list[Told]:
    """Those to whom the bot says it: all, or, where its speaker posts it, those who are in no chat."""
    if not made.own_name:
        return list(told)
    return [each for each in told if each.media and each.media[0] in ctx.addressed]


async def ask(ctx: Context, made: Announcement, version: AnnouncementVersion) -> None:
    """Give the speaker their words, where to post them, and a button for when they did."""
    title = Line(id="announce-post-title", kind="title", args={"number": str(made.id), "title": version.title})
    lines = [title, Line(id="announce-post-how"), *await _places(ctx, made), plain(wording.to_post(version), "paste")]
    posted = Pick(label="announce-posted", action="announce.posted", value=str(made.id), style="primary")
    await ctx.outbox.tell(
        To(person=made.speaker_id),
        Say(lines=tuple(lines), choices=(posted,)),
        name=f"announce:{made.id}:post",
        kind="decision",
        asks=True,
    )


async def _places(ctx: Context, made: Announcement) -> list[Line]:
    """The rooms of the communities that it is for; where it is for others, wherever they like."""
    kept = audience.kept(made.audience)
    places = []
    for number in kept.whom.communities if kept else ():
        community = await communities.get(ctx.session, number)
        if community is not None and community.state != "closed" and community.room:
            args = {"name": community.name}
            places.append(Line(id="announce-post-room", kind="room", room=community.room, args={**args}))
    return places or [Line(id="announce-post-anywhere")]


async def is_overdue(ctx: Context, made: Announcement) -> bool:
    """Whether it was to be posted by now, nobody said that it was, and that was not told yet."""
    if made.begun_at is None or made.wave or not made.own_name or made.state != SENDING:
        return False
    if ctx.now < made.begun_at + timedelta(minutes=made.window_minutes):
        return False
    return not await outbox.named(ctx.session, [_reminder(made)])


def _reminder(made: Announcement) -> str:
    return f"announce:{made.id}:unposted"


async def remind(ctx: Context, made: Announcement, version: AnnouncementVersion) -> None:
    """Once its window is over and it was not posted, say so to those who look after communication; once."""
    at = made.at or made.begun_at or ctx.now
    args = {
        "number": str(made.id), "title": version.title, "at": Moment(at=at, zone=made.zone),
        "speaker": await progress.called(ctx, made.speaker_id),
    }  # fmt: skip
    value = str(made.id)
    picks = (
        Pick(label="announce-posted", action="announce.posted", value=value, style="primary"),
        Pick(label="announce-stop", action="announce.stop", value=value, style="danger"),
    )
    told = Say(lines=(Line(id="announce-unposted", args={**args}),), choices=picks)
    await progress.ask(ctx, made, _reminder(made), told)


@nudge.choice("announce.posted", by=EVERYONE, aliases=["annonce publiee"])
async def posted(event: Press, ctx: Context) -> Answer:
    """It stands in the chat: whoever is in none gets it now. For its speaker, and those who follow it."""
    words = event.value.split()
    made, version = await found(ctx, words[0] if words else "")
    if ctx.actor.person != made.speaker_id and not ctx.actor.roles & WRITERS:
        raise Refused("announce-posted-whose")
    if not made.own_name or made.state != SENDING or made.wave:
        raise Refused("announce-posted-not", number=str(made.id))
    settings: Settings = ctx.settings
    if made.people >= settings.wave_from and words[1:] != [str(made.people)]:
        return _number(made)
    wave = FEW if first(made.people, settings.first_wave, settings.wave_from) else ALL
    if not await launching.move(ctx.session, made.id or 0, [SENDING], ctx.now, wave=wave):
        raise Refused("announce-posted-not", number=str(made.id))
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.actor.person,
        action="announce.posted",
        subject=f"announcement:{made.id}",
    )
    await launching.note(ctx.session, made.id or 0, gone_on_at=ctx.now)
    made, version = await progress.fresh(ctx.session, made.id or 0)
    await progress.renew(ctx, made, version)
    done = _thanks(made, ctx.smallest_group)
    if ctx.actor.person == made.speaker_id and not await voice.places_of(ctx.session, made.id or 0):
        return done.model_copy(update={"lines": (*done.lines, Line(id="question-here-how", kind="note"))})
    return done


def _number(made: Announcement) -> Say:
    """How many get it relayed, which is to be repeated: so much mail is not sent by one press."""
    args: dict[str, Arg] = {"number": str(made.id), "people": made.people}
    yes = Pick(
        label="announce-posted-yes", action="announce.posted", value=f"{made.id} {made.people}", style="primary",
        args={"people": made.people},
    )  # fmt: skip
    return say("announce-posted-asks", yes, **args)


def _thanks(made: Announcement, smallest: int) -> Say:
    """What follows of it, with the number where they are not few."""
    if made.people < smallest:
        return say("announce-posted-done")
    return say("announce-posted-first" if made.wave == FEW else "announce-posted-people", people=made.people)


async def take_down(ctx: Context, made: Announcement) -> None:
    """It is recalled: what its speaker posted, only they can remove; what they did not post yet, they are not to."""
    _, version = await progress.fresh(ctx.session, made.id or 0)
    told = Line(id="announce-take-down", args={"number": str(made.id), "title": version.title})
    name = f"announce:{made.id}:take-down"
    await ctx.outbox.tell(To(person=made.speaker_id), Say(lines=(told,)), name=name, kind="decision", asks=True)
