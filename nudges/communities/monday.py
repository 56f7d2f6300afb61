"""Monday: each animator is told once what waits, where the quota stands, and which communities to look at.

Decisions that wait are the animators' work, so what tells of them is no optional contact: it counts in no budget,
keeps their working hours, and comes though they asked for less. A week without any, in which communities alone are to
be looked at, is optional: it counts, and "parvis stop" stops it. With nothing to do, nothing is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot import people
from bot.decide import fields_of, number_of
from bot.nudge import ContactSpec, Context, Priority, Role, To
from bot.say import Arg, Line, Moment, Pick, Say, Term
from nudges.communities import facts, rules
from nudges.communities.capability import nudge
from nudges.communities.card import day, limit_of
from nudges.communities.life.pausing import is_paused
from nudges.communities.life.rules import Facts, Look, to_look_at, week_begins
from storage import changes, communities, strays
from storage.requests import Request

DECISIONS, LOOKS = "community.monday", "community.monday.look"
WAITING, LOOKED_AT = 3, 3
"""Requests with a button of their own, and communities to look at."""

STALE = timedelta(days=6)
"""After so long the next one is near, and says how things stand then."""

SMALLEST = 5
"""Accounts from which it may be said that a community was not heard from: fewer would be told about by name."""


@dataclass(frozen=True, slots=True)
class _Week:
    """What a week begins with. blocked: openings that the platform refused; byhand: changes kept to its admins."""

    waiting: Sequence[Request]
    blocked: int
    byhand: int
    strays: int
    looks: Sequence[Look]
    quota: rules.Quota


@nudge.every(minutes=1)
async def monday(ctx: Context) -> None:
    """On the first working day of the week, from its first hour on, tell each animator; once a week."""
    week = week_begins(ctx.now, ctx.calendar)
    if not week or not await strays.first(ctx.session, f"monday:{week}", ctx.now):
        return
    found = await _week(ctx)
    for person in await people.with_role(ctx.session, Role.ANIMATOR):
        mine = [each for each in found.waiting if each.requester_id != person]
        told = _say(ctx, found, mine)
        if told is None:
            continue
        decisions = bool(mine or found.blocked or found.byhand)
        if decisions:
            told = Say(lines=(*told.lines, Line(id="monday-why", kind="note")), choices=told.choices)
        await ctx.outbox.tell(
            To(person=person),
            told,
            name=f"monday:{week}:{person}",
            kind=DECISIONS if decisions else LOOKS,
            reason="first working day of the week",
            priority=Priority.REMINDER,
            not_after=ctx.now + STALE,
        )


async def _week(ctx: Context) -> _Week:
    land = await facts.landscape(ctx.session)
    today = ctx.calendar.today(ctx.now)
    every = [
        Facts(each.id or 0, each.name, each.leaderless_at, each.missing_at, each.review_on, each.heard_at, each.members)
        for each in await communities.opened(ctx.session)
        if not is_paused(each, today)
    ]
    unheard = timedelta(weeks=ctx.settings.unheard_weeks)
    looks = to_look_at(every, ctx.now, ctx.calendar.zone, unheard, SMALLEST, LOOKED_AT)
    private = sum(each.visibility == "private" for each in land.communities)
    return _Week(
        waiting=land.waiting,
        blocked=sum(each.state == "blocked" for each in land.communities),
        byhand=len(await changes.in_states(ctx.session, "stuck", "undo-stuck")),
        strays=len(await strays.in_states(ctx.session, "found", "told")) if ctx.settings.find_strays else 0,
        looks=looks,
        quota=rules.quota(private, len(land.communities), 0, ctx.settings, adds=False),
    )


def _say(ctx: Context, week: _Week, mine: Sequence[Request]) -> Say | None:
    """The week's message; None when there is nothing to do."""
    lines, picks = [*_waits(ctx, mine)], [*_show(mine)]
    for id, count in (
        ("monday-blocked", week.blocked),
        ("monday-by-hand", week.byhand),
        ("monday-strays", week.strays),
    ):
        if count:
            lines.append(Line(id=id, kind="item", args={"count": count}))
    if week.strays:
        picks.append(Pick(label="strays-all", action="community.strays"))
    if week.looks:
        lines.append(Line(id="monday-looks"))
    for look in week.looks:
        began = ctx.calendar.today(look.since).isoformat()
        since = day(began) if look.why == "review" else Moment(at=look.since, style="date")
        lines.append(Line(id=f"monday-{look.why}", kind="item", args={"name": look.name, "since": since}))
        args = {"name": look.name[:50]}
        picks.append(Pick(label="directory-info-named", action="community.info", value=str(look.id), args={**args}))
    if not lines:
        return None
    lines = [Line(id="monday-title", kind="title"), *lines, _quota(week.quota)]
    return Say(lines=tuple(lines), choices=tuple(picks))


def example(ctx: Context) -> Say:
    """A week with one community to look at, which is nobody's; see `bot.nudge.ContactSpec`."""
    name, since = Term(term="community-example-name"), Moment(at=ctx.now, style="date")
    lines = (
        Line(id="monday-title", kind="title"),
        Line(id="monday-looks"),
        Line(id="monday-review", kind="item", args={"name": name, "since": since}),
        _quota(rules.quota(0, 1, 0, ctx.settings, adds=False)),
    )
    return Say(lines=lines, choices=(Pick(label="directory-info-named", action="community.info", args={"name": name}),))


CALLED = ("communities", "the week’s communities to look at", "les communautés à regarder dans la semaine")
nudge.contacts += [ContactSpec(DECISIONS, optional=False), ContactSpec(LOOKS, example=example, called=CALLED)]


def _waits(ctx: Context, mine: Sequence[Request]) -> list[Line]:
    if not mine:
        return []
    oldest = Moment(at=mine[0].created_at, style="date")
    lines = [Line(id="monday-waits", args={"count": len(mine), "since": oldest})]
    for each in mine[:WAITING]:
        args: dict[str, Arg] = {
            "number": str(number_of(each)),
            "name": fields_of(each)["name"],
            "days": ctx.calendar.age(ctx.now, each.created_at),
        }
        lines.append(Line(id="monday-waiting", kind="item", args=args))
    return lines


def _show(mine: Sequence[Request]) -> list[Pick]:
    return [
        Pick(
            label="monday-show",
            action="community.show",
            value=str(number_of(each)),
            style="primary",
            args={"number": str(number_of(each))},
        )
        for each in mine[:WAITING]
    ]


def _quota(quota: rules.Quota) -> Line:
    """Private communities as they are now."""
    args: dict[str, Arg] = {"private": quota.private, "total": quota.total, "limit": limit_of(quota)}
    return Line(id="monday-quota", kind="fact", args=args)
