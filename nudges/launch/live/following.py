"""Following a launch day: counted once in some minutes, said in the room of comms, until the day is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.calendar import wall
from bot.chat import Command
from bot.nudge import Answer, Context, Role, To
from bot.say import Line, Moment, Say, Term
from bot.visits import link
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.live import rules
from storage import launching
from storage import live as rows
from storage.live import LaunchDay


@nudge.command("announce live", by=WRITERS, aliases=["annonce direct"])
async def live(_event: Command, ctx: Context) -> Answer:
    """Follow this day, if nobody did yet; how it goes, and a link to its page."""
    today = ctx.calendar.today(ctx.now)
    row = await begin(ctx, today)
    lines = [*lines_of(row, ctx)]
    if ctx.address:
        lines.append(Line(id="live-link", kind="link", url=await link(ctx, "/launch/live")))
        lines.append(Line(id="live-link-once", args={"count": ctx.link_minutes}, kind="note"))
    return Say(lines=tuple(lines))


@nudge.every(minutes=5)
async def look(ctx: Context) -> None:
    """Count the day that is followed, end the one that is over, and begin the one that a campaign counts from."""
    today = ctx.calendar.today(ctx.now)
    for row in await rows.going_on(ctx.session):
        await _counted(ctx, row, ends=row.day < today)
    if await rows.get(ctx.session, today) is None and await rows.is_day_zero(ctx.session, today, *_span(ctx, today)):
        await begin(ctx, today)


async def begin(ctx: Context, day: date) -> LaunchDay:
    """Follow a day, and say so in each room of comms; one that is followed already stays as it is."""
    is_new = await rows.begin(ctx.session, day, ctx.now)
    row = await rows.get(ctx.session, day)
    assert row is not None, "it was begun just now, or before"
    if not is_new:
        return row
    first = rules.told(rules.Told(), await _counts(ctx, day), ctx.smallest_group)
    await rows.keep(ctx.session, row, first.text(), ctx.now, ends=False)
    row = await rows.get(ctx.session, day) or row
    for room in ctx.rooms.get(Role.COMMS, ()):
        await ctx.outbox.tell(
            To(room=room.room, platform=room.platform),
            Say(lines=tuple(lines_of(row, ctx))),
            name=_name(day, room.platform, room.room),
            kind="decision",
            language=room.language,
        )
    return row


async def _counted(ctx: Context, row: LaunchDay, *, ends: bool) -> None:
    """Count a day anew; where anything else is told now, say it in place of what was said."""
    before = rules.read(row.told)
    now = rules.told(before, await _counts(ctx, row.day), ctx.smallest_group)
    looks = row.looks + 1
    if not await rows.keep(ctx.session, row, now.text(), ctx.now, ends=ends):
        return
    if now.shows(before) and not ends:
        return
    fresh = await rows.get(ctx.session, row.day) or row
    for room in ctx.rooms.get(Role.COMMS, ()):
        head, to = _name(row.day, room.platform, room.room), To(room=room.room, platform=room.platform)
        said, lang = Say(lines=tuple(lines_of(fresh, ctx))), room.language
        await ctx.outbox.tell(to, said, name=f"{head}:{looks}", op="edit", of=head, kind="decision", language=lang)
        if ends:
            last = Say(lines=(Line(id="live-last", args={"day": _day(row.day)}), *figures(now, ctx)))
            await ctx.outbox.tell(to, last, name=f"{head}:last", reply_to=head, kind="decision", language=lang)


async def _counts(ctx: Context, day: date) -> rules.Counts:
    since, until = _span(ctx, day)
    batches = [launching.batch_of(number) for number in await rows.begun(ctx.session, since, until)]
    return rules.Counts(
        of=await rows.population(ctx.session),
        people={
            "joined": await rows.joined(ctx.session, day),
            "first": await rows.first_posts(ctx.session, day),
            "finished": await rows.finished(ctx.session, since, until),
        },
        delivered=await rows.delivered(ctx.session, batches),
        questions=await rows.questions(ctx.session),
    )


def _span(ctx: Context, day: date) -> tuple[datetime, datetime]:
    """From when to when a day is, on the organisation's clocks."""
    zone = ctx.calendar.zone
    return wall(day, time.min, zone), wall(day + timedelta(days=1), time.min, zone)


def _name(day: date, platform: str, room: str) -> str:
    return f"launch-day:{day}:{platform}:{room}"


# ---------------------------------------------------------------- said


def lines_of(row: LaunchDay, ctx: Context) -> list[Line]:
    """A day as it is told, under its title."""
    at = Moment(at=row.counted_at, style="time", zone=ctx.calendar.zone)
    return [
        Line(id="live-title", kind="title", args={"day": _day(row.day)}),
        *figures(rules.read(row.told), ctx),
        Line(id="live-over" if row.ended_at else "live-as-of", kind="note", args={"at": at}),
        Line(id="live-steps", kind="note", args={"k": ctx.smallest_group}),
    ]


def figures(told: rules.Told, ctx: Context) -> list[Line]:
    """Each figure, with what it is of."""
    return [
        Line(id="live-figure", kind="item", args={"name": name, "figure": figure})
        for name, figure in named(told, ctx.smallest_group)
    ]


def named(told: rules.Told, k: int) -> list[tuple[Term, Term]]:
    """What each figure is called, and what is told of it. k: the smallest group about which anything is told."""
    found = [(Term(term="live-delivered"), _said("live-number", told.in_all, k))]
    found += [
        (Term(term="live-delivered-by", args={"medium": medium}), _said("live-number", number, k))
        for medium, number in sorted(told.delivered.items())
        if len(told.delivered) > 1
    ]
    people = [(name, told.people.get(name, 0)) for name in rules.PEOPLE]
    found += [(Term(term=f"live-{name}"), _said("live-at-least", low, k)) for name, low in people]
    return [*found, (Term(term="live-questions"), _said("live-at-least", told.questions, k))]


def _said(term: str, number: int, k: int) -> Term:
    return Term(term=term, args={"number": number}) if number else Term(term="live-few", args={"k": k})


def _day(day: date) -> Moment:
    return Moment(at=wall(day, time(12), "UTC"), style="day")
