"""How complete profiles are, by department, week after week: what `bot.figures` lets be told of it.

Counted: members of the organisation who have not left. Who objected is one of them, as the roster has it; their
profile is not looked at, so they say no to everything, and nothing tells them from somebody whose profile is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import Command
from bot.figures import OTHERS, Counted, Told, department, publish, total, week_of
from bot.figures.words import count, day, group, share
from bot.nudge import Answer, Context, Look, Role
from bot.say import Line, Names, Say, Term, say
from nudges.profiles import facts, rules, words
from nudges.profiles.capability import nudge
from nudges.profiles.settings import Settings
from storage import figures, people, profiles, roster
from storage.figures import Figure

READERS = frozenset({Role.ANIMATOR, Role.COMMS, Role.ADMIN})
SUBJECT = "profiles"
COMPLETE, FIELD = "complete", "field:"
"""Measures: the whole profile; one of its fields."""

WEEKS, DEPARTMENTS = 8, 25
"""Of the trend, and of the list of departments, in a message."""

PART = 200
"""People whose profiles are read at a time: nobody is acknowledged meanwhile."""

SAYS = frozenset({"present", "declined"})
"""How a field stands of which nothing is missing."""


# ---------------------------------------------------------------- who is counted


class States(Protocol):
    """Measure -> yes or no, of somebody's profile; of who objected it is not looked at."""

    def __call__(self, whole: Collection[rules.Stands], *, looked_at: bool) -> dict[str, bool]:
        """whole: how each field stands."""


async def states(session: AsyncSession, settings: Settings, of: States) -> list[Counted]:
    """Everybody who is counted, with their department. of: what is counted of each."""
    everybody = await people.everybody(session)
    departments = await roster.here(session)
    found: list[Counted] = []
    for begin in range(0, len(everybody), PART):
        some = everybody[begin : begin + PART]
        objected = {id for id, each in (await profiles.people(session, some)).items() if each.objected_at is not None}
        for person, whole in (await facts.profiles(session, settings, some)).items():
            theirs = of(whole, looked_at=person not in objected)
            found.append(Counted(person, department(departments.get(person, "")), theirs))
    return found


def _states(whole: Collection[rules.Stands], *, looked_at: bool) -> dict[str, bool]:
    """Whether the profile is complete, and each of its fields."""
    fields = {f"{FIELD}{each.field.name}": looked_at and each.standing in SAYS for each in whole}
    return {COMPLETE: looked_at and rules.is_complete(whole), **fields}


async def tell(look: Look, subject: str, of: States, only: Callable[[Settings], Settings]) -> None:
    """Once a week has begun where the organisation is, tell its figures; they stay as they are.

    Not of the week in which the bot came: people are still being met, and those counted first would be told of alone.
    of: what is counted of each. only: the settings with the fields that are looked at.
    """
    async with look.read() as session:
        ctx = look.context(session)
        came = await profiles.first_met(session)
        week = week_of(ctx.calendar.today(ctx.now))
    settings = only(ctx.settings)
    if came is not None and week_of(ctx.calendar.today(came)) < week and settings.fields:
        count_ = partial(states, settings=settings, of=of)
        await publish(look.read, look.write, subject, count_, week, ctx.smallest_group)


@nudge.every(minutes=10, long=True)
async def monday_night(look: Look) -> None:
    """Tell of the week that has begun."""
    await tell(look, SUBJECT, _states, lambda settings: settings)


# ---------------------------------------------------------------- what is shown


@dataclass(frozen=True, slots=True)
class Week:
    """What is told of a week. groups: of whole profiles. fields: name of the field -> of all that is shown."""

    monday: date
    groups: Sequence[Figure]
    fields: dict[str, Told]

    @property
    def all(self) -> Told:
        """Of everything shown."""
        return total(_told(each) for each in self.groups)


def _told(row: Figure) -> Told:
    return Told(row.low, row.high, row.of)


async def weeks(session: AsyncSession, limit: int) -> list[Week]:
    """The last weeks of which something was told, the oldest first."""
    rows = await figures.of_weeks(session, SUBJECT, await figures.weeks(session, SUBJECT, limit))
    by_week: dict[date, list[Figure]] = {}
    for row in rows:
        by_week.setdefault(row.week, []).append(row)
    return [_week(monday, some) for monday, some in sorted(by_week.items())]


def _week(monday: date, rows: Sequence[Figure]) -> Week:
    groups = [each for each in rows if each.measure == COMPLETE]
    by_field: dict[str, list[Told]] = {}
    for each in rows:
        if each.measure.startswith(FIELD):
            by_field.setdefault(each.measure.removeprefix(FIELD), []).append(_told(each))
    fields = {name: total(parts) for name, parts in by_field.items()}
    return Week(monday, sorted(groups, key=lambda each: (each.grp == OTHERS, each.grp.casefold())), fields)


@nudge.command("profile completeness", by=READERS, aliases=["profil completude"])
async def completeness(_event: Command, ctx: Context) -> Answer:
    """How complete profiles are: all, by department, by field, and the trend."""
    found = await weeks(ctx.session, WEEKS)
    if not found or not found[-1].groups:
        return say("completeness-nothing", smallest=ctx.smallest_group)
    last = found[-1]
    lines = [
        Line(id="completeness-title", kind="title", args={"week": day(last.monday)}),
        Line(
            id="completeness-all",
            args={"about": _percent(last.all), "share": share(last.all), "count": count(last.all)},
        ),
        Line(id="completeness-departments"),
        *(_department(each, last) for each in last.groups[:DEPARTMENTS]),
    ]
    if more := len(last.groups) - DEPARTMENTS:
        lines += [Line(id="completeness-more", args={"count": more}, kind="note")] if more > 0 else []
    lines += [*_fields(last, ctx.settings), *_trend(found), *formula(ctx.settings, ctx.smallest_group)]
    return Say(lines=tuple(lines))


def _percent(said: Told) -> int:
    return round(100 * said.about / said.of) if said.of else 0


def _department(row: Figure, week: Week) -> Line:
    said = _told(row)
    args = {
        "group": group(row.grp, alone=len(week.groups) == 1),
        "share": share(said),
        "count": count(said),
        "since": day(row.taken),
    }
    id = "completeness-department" if row.taken == week.monday else "completeness-department-since"
    return Line(id=id, args={**args}, kind="item")


def _fields(week: Week, settings: Settings) -> list[Line]:
    known = [each for each in settings.fields if each.name in week.fields]
    if not known:
        return []
    lines = [Line(id="completeness-fields")]
    for each in known:
        said = week.fields[each.name]
        args = {"field": words.label(each), "share": share(said), "count": count(said)}
        lines.append(Line(id="completeness-field", args={**args}, kind="item"))
    return lines


def _trend(found: Sequence[Week]) -> list[Line]:
    if len(found) < 2:
        return []
    lines = [Line(id="completeness-trend")]
    for each in found:
        args = {"week": day(each.monday), "about": _percent(each.all), "share": share(each.all)}
        lines.append(Line(id="completeness-week", args={**args}, kind="item"))
    return lines


def formula(settings: Settings, smallest: int) -> list[Line]:
    """How it is counted, in words: what is divided by what, and what is not told."""
    asked = [words.label(each) for each in settings.fields if each.name in settings.required()]
    names: Names | Term = Names(names=tuple(asked))
    return [
        Line(id="completeness-formula", args={"fields": names}, kind="note"),
        Line(id="completeness-rule", args={"smallest": smallest}, kind="note"),
    ]
