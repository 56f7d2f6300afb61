"""Who decides for whom while they are away: a right lent until a date, written in the trail, taken back by itself."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import people
from bot.calendar import read_day
from bot.deciding import cards
from bot.deciding.entitled import able
from bot.deciding.process import Process
from bot.lookup import account_ids
from bot.nudge import Asking, Context, FieldErrors, Refused, To
from bot.say import Ask, Line, Moment, Question, Say, say
from storage import people as people_rows
from storage import requests
from storage.requests import Deputy

LONGEST = timedelta(days=92)
"""A right is lent for an absence, not for good."""

NAME = 255
"""Characters of the longest name of a colleague, or account: Matrix specification, appendix "User identifiers"."""

_LAST_PLACE = "Etc/GMT+12"
"""Where a day ends last: a check that does not know somebody's zone refuses no day that is not over everywhere."""


def question(process: Process, typed: str = "") -> Ask:
    """The form that names a deputy. typed: what was said already, a name of several words, the last day after it.

    Raises Refused: nobody is called like that.
    """
    said, _, last = typed.strip().rpartition(" ")
    day = read_day(last)
    person, until = (said.strip(" ,"), day.isoformat()) if day else (typed.strip(), "")
    if len(person) > NAME:
        raise Refused("decide-deputy-who")
    return Ask(
        id=f"{process.id}.deputy",
        questions=(
            Question(name="person", kind="person", value=person),
            Question(name="until", kind="date", max_length=10, value=until),
        ),
        review=bool(person and until),
    )


def last_day(text: str, now: datetime, zone: str) -> datetime | None:
    """The end of a day in a zone (IANA), as an instant; None when it is no day (see `read_day`), past, or too far."""
    day = read_day(text)
    if day is None or day > (now + LONGEST).date():
        return None
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
    return end if now < end <= now + LONGEST else None


async def wrong(asking: Asking) -> FieldErrors:
    """What is wrong with the form."""
    values, errors = asking.submission.values, dict[str, Line]()
    until, zone = values.get("until", "").strip(), asking.who.zone or _LAST_PLACE
    named = account_ids(values.get("person", ""))
    if named or until:  # line by line, the person is asked first
        kind = asking.accounts.get(named[0], "later") if len(named) == 1 else "unknown"
        if kind not in ("member", "later") or named == [asking.who.external]:
            errors["person"] = Line(id="decide-deputy-who")
        elif kind == "later":
            errors["person"] = Line(id="decide-deputy-later")
    if until and last_day(until, asking.now, zone) is None:
        errors["until"] = Line(id="decide-deputy-until")
    return errors


async def name(ctx: Context, process: Process, external: str, until: str) -> Say:
    """Lend the actor's right to decide to a colleague until the end of a day. Raises Refused.

    Who decides waits from here on: what is decided now is not shown to them as something that waits.
    """
    zone = ctx.actor.zone or ctx.calendar.zone
    end = last_day(until, ctx.now, zone)
    if end is None:
        raise Refused("decide-deputy-until")
    role = await requests.own_right(ctx.session, ctx.actor.person, process.entitled)
    if role is None:
        raise Refused("decide-deputy-not-lent")
    await requests.hold(ctx.session, process.id)
    named = account_ids(external)
    person = await people.find(ctx.session, ctx.actor.platform, named[0], ctx.now) if len(named) == 1 else None
    if person is None or person == ctx.actor.person:
        raise Refused("decide-deputy-who")
    replaced = await end_of(ctx, process, ctx.actor.person)
    ctx.session.add(
        Deputy(
            process=process.id,
            person_id=ctx.actor.person,
            deputy_id=person,
            role=role,
            until=end,
            created_at=ctx.now,
        )
    )
    await people_rows.set_grants(ctx.session, role, _source(process, ctx.actor.person), [person])
    if replaced:
        await cards.refresh_waiting(ctx, process)
    await _trace(ctx, process, ctx.actor.person, "deputy", person, end)
    # The day that was written, wherever it is read; the zone says when it ends.
    at = Moment(at=(end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)), style="day")
    await _tell(ctx, process, person, at)
    return say("decide-done-deputy", who=await cards.name(ctx, person), at=at, command=f"{process.id} deputy off")


async def _tell(ctx: Context, process: Process, person: int, at: Moment) -> None:
    """Tell a deputy, and show them what waits."""
    who, stamp = await cards.name(ctx, ctx.actor.person), int(ctx.now.timestamp())
    told = Say(lines=(Line(id="decide-told-deputy", args={"who": who, "at": at}),))
    promise = f"deputy:{process.id}:{ctx.actor.person}:{person}:{stamp}"
    await ctx.outbox.tell(To(person=person), told, name=promise, kind="decision")
    for request in await requests.waiting(ctx.session, process.id):
        if person in await able(ctx, process, request):
            await cards.post_to(ctx, process, request, [person])


def _source(process: Process, person: int) -> str:
    return f"deputy:{process.id}:{person}"


async def end_of(ctx: Context, process: Process, person: int) -> bool:
    """Take back what a person lent; say whether there was something."""
    lent = await requests.deputy_of(ctx.session, process.id, person)
    if lent is None:
        return False
    await people_rows.set_grants(ctx.session, lent.role, _source(process, person), [])
    await ctx.session.delete(lent)
    await ctx.session.flush()
    await _trace(ctx, process, person, "deputy-ends", lent.deputy_id, None)
    return True


async def _trace(ctx: Context, process: Process, person: int, action: str, deputy: int, until: datetime | None) -> None:
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.who.person if ctx.who else None,
        action=f"{process.id}.{action}",
        subject=f"person:{person}",
        after={"deputy": str(deputy), "until": until.isoformat() if until else ""},
    )


async def expire(ctx: Context, process: Process) -> None:
    """Take back the rights whose time is over, and those that who lent them has no more."""
    over = False
    for lent in await requests.deputies(ctx.session, process.id):
        if lent.until <= ctx.now or await requests.own_right(ctx.session, lent.person_id, [lent.role]) is None:
            over = await end_of(ctx, process, lent.person_id)
    if over:
        await cards.refresh_waiting(ctx, process)
