"""Marks beside the curves: what was done on a day, so that whoever sees a curve bend knows. Of what, not of whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.calendar import read_day
from bot.chat import Command
from bot.figures import words as figures
from bot.lookup import fold
from bot.nudge import Answer, Context, Refused
from bot.say import Names, say
from bot.sheets import cells
from nudges.pulse import rules
from nudges.pulse.asking import READERS
from nudges.pulse.capability import nudge
from storage import beside

Kind = Literal["campaign", "boost", "note"]
LONGEST = 80
"""Characters of a mark: it stands in the legend of a chart."""

_KINDS: dict[str, Kind] = {
    "campaign": "campaign", "campagne": "campaign", "boost": "boost", "relance": "boost", "note": "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marking:
    """A mark, as it was asked for. name: "" where none was said; kind: likewise."""

    day: date
    name: str
    kind: Kind | Literal[""] = ""


def marking(text: str, command: Literal["mark", "unmark"] = "mark") -> Marking:
    """What the words after `pulse mark` say: a day, perhaps a kind, a name. Pure.

    Raises Refused: there is no day, or one that could be another.
    """
    first, _, rest = text.strip().partition(" ")
    day = read_day(first)
    if not first:
        raise Refused(f"pulse-{command}-unknown")
    if day is None:
        raise Refused(f"pulse-{command}-no-day", words=first[:LONGEST])
    if cells.two_ways(first):
        raise Refused("pulse-mark-two-days", words=first, **cells.both_ways(first))
    word, _, after = rest.strip().partition(" ")
    kind = _KINDS.get(fold(word)) if after.strip() else None
    return Marking(day, (after if kind else rest).strip(), kind or "")


def named(text: str) -> str:
    """The name of a mark on one line. Raises Refused: it is none."""
    try:
        name = cells.clean(text)
    except cells.Unfit:
        name = ""
    if not 0 < len(name) <= LONGEST:
        raise Refused("pulse-mark-name", most=LONGEST)
    return name


async def put(ctx: Context, what: Marking) -> Kind:
    """Put a mark; as what. Raises Refused: it is there, is of a year without figures, or has no name to be shown."""
    if not what.name:
        raise Refused("pulse-mark-unknown")
    if not what.kind and fold(what.name) in _KINDS:
        raise Refused("pulse-mark-kind-alone", kind=what.name)
    kind: Kind = what.kind or "note"
    name, today = named(what.name), ctx.calendar.today(ctx.now)
    if not rules.may_be_told(what.day, today):
        raise Refused("pulse-mark-far", first=str(rules.FIRST_YEAR), last=str(today.year + 1))
    if not await beside.mark(ctx.session, what.day, kind, name):
        raise Refused("pulse-mark-there", day=figures.day(what.day), name=name)
    await _trace(ctx, "mark", what.day, kind, name)
    return kind


async def take(ctx: Context, what: Marking) -> str:
    """Take a mark away; how it was called. Raises Refused: there is none of that name on that day."""
    there, day = await beside.marks(ctx.session, what.day), figures.day(what.day)
    names = Names(names=tuple(each.name for each in there))
    if not there:
        raise Refused("pulse-mark-none-that-day", day=day)
    if not what.name:
        raise Refused("pulse-mark-which", day=day, names=names)
    name = named(what.name)
    for each in there:
        if fold(each.name) == fold(name) and what.kind in {"", each.kind}:
            await beside.unmark(ctx.session, each)
            await _trace(ctx, "unmark", what.day, each.kind, each.name)
            return each.name
    raise Refused("pulse-mark-none", day=day, name=name, names=names)


async def _trace(ctx: Context, action: str, day: date, kind: str, name: str) -> None:
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.who.person if ctx.who else None,
        action=f"pulse.{action}",
        subject=f"day:{day}",
        after={"kind": kind},
        texts={"name": name},
    )


@nudge.command("pulse mark", by=READERS, aliases=["indicateurs repere"])
async def mark(event: Command, ctx: Context) -> Answer:
    """Put a mark beside the curves."""
    what = marking(event.text)
    kind = await put(ctx, what)
    return say(f"pulse-mark-put-{kind}", day=figures.day(what.day), name=named(what.name))


@nudge.command("pulse unmark", by=READERS, aliases=["indicateurs sans-repere"])
async def unmark(event: Command, ctx: Context) -> Answer:
    """Take one away."""
    what = marking(event.text, "unmark")
    return say("pulse-mark-gone", day=figures.day(what.day), name=await take(ctx, what))
