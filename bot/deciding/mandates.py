"""Who decides in the place of a person who is named: a dated mandate, given by the person themselves, taken back.

Preparing needs none. It gives no role: its holder may decide on what names its giver, and on nothing else.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import people
from bot.calendar import day_in, read_day, wall
from bot.deciding import cards
from bot.deciding.deputies import NAME
from bot.deciding.entitled import able
from bot.deciding.process import Process
from bot.lookup import account_ids
from bot.nudge import Asking, Context, FieldErrors, Refused, To
from bot.say import Arg, Ask, Line, Moment, Pick, Question, Say, say
from storage import mandates as rows
from storage import requests
from storage.mandates import Mandate

LONGEST = timedelta(days=366)
"""A mandate has a date, so that somebody thinks of it again."""

KEPT = timedelta(days=92)
"""How long one that is over is known, so that its holder is told so; the trail keeps it."""


def question(process: Process, today: str, typed: str = "") -> Ask:
    """The form that gives a mandate: to whom, `on` which day it begins, `until` which it lasts.

    today: ISO. typed: what was said already: a name, a first and a last day; with one day alone it is the last one, and
    the mandate begins today. Raises Refused: nobody is called like that.
    """
    words, days = typed.split(), list[str]()
    while words and len(days) < 2 and (day := read_day(words[-1])):
        words.pop()
        days.insert(0, day.isoformat())
    person = " ".join(words).strip(" ,")
    if len(person) > NAME:
        raise Refused("decide-deputy-who")
    since, until = (today, *days) if len(days) == 1 else days or (today, "")
    return Ask(
        id=f"{process.id}.mandate",
        questions=(
            Question(name="person", kind="person", value=person),
            Question(name="on", kind="date", max_length=10, value=since),
            Question(name="until", kind="date", max_length=10, value=until),
        ),
        review=bool(person and until),
    )


def first_instant(text: str, now: datetime, zone: str) -> datetime | None:
    """When a day begins in a zone (IANA); None when it is no day (see `read_day`), past, or too far."""
    day, today = read_day(text), day_in(now, zone)
    return wall(day, time(), zone) if day and today <= day <= today + LONGEST else None


def last_instant(text: str, since: datetime, zone: str) -> datetime | None:
    """When a day ends in a zone (IANA); None when it is no day, ends before `since`, or lies too far from it."""
    day, first = read_day(text), day_in(since, zone)
    return wall(day + timedelta(days=1), time(), zone) if day and first <= day <= first + LONGEST else None


async def wrong(asking: Asking) -> FieldErrors:
    """What is wrong with the form."""
    values, errors = asking.submission.values, dict[str, Line]()
    zone = asking.who.zone or asking.calendar.zone
    named = account_ids(values.get("person", ""))
    if named or values.get("until", "").strip():  # line by line, the person is asked first
        kind = asking.accounts.get(named[0], "later") if len(named) == 1 else "unknown"
        if kind not in ("member", "later") or named == [asking.who.external]:
            errors["person"] = Line(id="decide-deputy-who")
        elif kind == "later":
            errors["person"] = Line(id="decide-deputy-later")
    since = first_instant(values["on"], asking.now, zone) if values.get("on", "").strip() else asking.now
    if since is None:
        errors["on"] = Line(id="decide-mandate-since")
    elif values.get("until", "").strip() and last_instant(values["until"], since, zone) is None:
        errors["until"] = Line(id="decide-mandate-until")
    return errors


async def give(ctx: Context, process: Process, external: str, first: str, last: str) -> Say:
    """Let a colleague decide in the actor's place from one day to another; a former mandate of theirs is replaced.

    Raises Refused. Who decides waits from here on.
    """
    zone = ctx.actor.zone or ctx.calendar.zone
    since = first_instant(first, ctx.now, zone)
    until = last_instant(last, since, zone) if since else None
    if since is None or until is None:
        raise Refused("decide-mandate-since" if since is None else "decide-mandate-until")
    await requests.hold(ctx.session, process.id)
    named = account_ids(external)
    holder = await people.find(ctx.session, ctx.actor.platform, named[0], ctx.now) if len(named) == 1 else None
    if holder is None or holder == ctx.actor.person:
        raise Refused("decide-deputy-who")
    given = await rows.between(ctx.session, process.id, ctx.actor.person, holder)
    given = given or Mandate(
        process=process.id, person_id=ctx.actor.person, holder_id=holder, since=since, until=until, created_at=ctx.now
    )
    given.since, given.until, given.stage, given.created_at = since, until, "ahead", ctx.now
    ctx.session.add(given)
    await ctx.session.flush()
    await _trace(ctx, process, "mandate", given)
    args = {**_days(given, zone), "command": f"{process.id} mandates"}
    told = say("decide-told-mandate", who=await cards.name(ctx, ctx.actor.person), **args)
    await _tell(ctx, given, holder, "given", told)
    if since > ctx.now:  # it may have taken the place of one that was in force
        await cards.refresh_waiting(ctx, process)
    await look(ctx, process)
    return say("decide-done-mandate", who=await cards.name(ctx, holder), **args)


def _days(given: Mandate, zone: str) -> dict[str, Arg]:
    """The first and the last day, as they were written by who gave it, wherever they are read."""
    place = ZoneInfo(zone)
    return {
        "since": Moment(at=given.since.astimezone(place), style="day"),
        "until": Moment(at=(given.until - timedelta(seconds=1)).astimezone(place), style="day"),
    }


async def _tell(ctx: Context, given: Mandate, person: int, what: str, told: Say) -> None:
    name = f"mandate:{given.process}:{given.id}:{what}:{int(ctx.now.timestamp())}"
    await ctx.outbox.tell(To(person=person), told, name=name, kind="decision")


async def listed(ctx: Context, process: Process) -> Say:
    """The mandates that the actor gave and holds, each with a way to end it."""
    found = await rows.about(ctx.session, process.id, ctx.actor.person, ctx.now)
    if not found:
        return say("decide-mandates-none")
    zone, lines, picks = ctx.actor.zone or ctx.calendar.zone, list[Line](), list[Pick]()
    for each in found:
        mine = each.person_id == ctx.actor.person
        other = await cards.name(ctx, each.holder_id if mine else each.person_id)
        which = "decide-mandate-given" if mine else "decide-mandate-held"
        lines.append(Line(id=which, kind="item", args={"who": other, **_days(each, zone)}))
        args: dict[str, Arg] = {"who": other}
        picks.append(
            Pick(label="decide-mandate-end", action=f"{process.id}.mandate-end", value=str(each.id), args=args)
        )
    return Say(lines=(Line(id="decide-mandates"), *lines), choices=tuple(picks))


async def end(ctx: Context, process: Process, number: int | None) -> Say:
    """End a mandate that the actor gave or holds. Raises Refused: there is none."""
    await requests.hold(ctx.session, process.id)
    given = await rows.get(ctx.session, process.id, number) if number is not None else None
    mine = given is not None and ctx.actor.person in (given.person_id, given.holder_id)
    if given is None or not mine or given.until <= ctx.now:
        raise Refused("decide-mandate-unknown")
    given.since, given.until, given.stage = min(given.since, ctx.now), ctx.now, "over"
    ctx.session.add(given)
    await ctx.session.flush()
    await _trace(ctx, process, "mandate-ends", given)
    await cards.refresh_waiting(ctx, process)
    other = given.holder_id if given.person_id == ctx.actor.person else given.person_id
    told = say("decide-told-mandate-over", who=await cards.name(ctx, ctx.actor.person))
    await _tell(ctx, given, other, "ended", told)
    return say("decide-done-mandate-over", who=await cards.name(ctx, other))


async def _trace(ctx: Context, process: Process, action: str, given: Mandate) -> None:
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.who.person if ctx.who else None,
        action=f"{process.id}.{action}",
        subject=f"person:{given.person_id}",
        after={
            "holder": str(given.holder_id),
            "since": given.since.astimezone(UTC).isoformat(),
            "until": given.until.astimezone(UTC).isoformat(),
        },
    )


async def look(ctx: Context, process: Process) -> None:
    """Show what waits to those whose mandate began, and no longer to those whose mandate is over."""
    changed = await rows.changing(ctx.session, process.id, ctx.now)
    for each in changed:
        is_over = each.until <= ctx.now
        each.stage = "over" if is_over else "begun"
        ctx.session.add(each)
        await ctx.session.flush()
        if is_over:
            await _trace(ctx, process, "mandate-ends", each)
    for request in await requests.waiting(ctx.session, process.id) if changed else []:
        await cards.refresh(ctx, process, request)
        await cards.post_to(ctx, process, request, await able(ctx, process, request))
    await rows.forget(ctx.session, process.id, ctx.now - KEPT)
