"""Moving day zero: the difference first, then all that is not sent, in one go. Clocks keep their hour.

A line keeps its distance from day zero in days, and its hour on the wall: 09:00 stays 09:00 when clocks change between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import times
from bot.calendar import day_in
from bot.chat import Command, Press
from bot.decide import split_number
from bot.nudge import Answer, Context, Refused
from bot.say import Line, Moment, Names, Pick, Say, Term
from bot.times import Meant, Unclear
from bot.times.result import settle
from nudges.launch import moment, reaching, thread
from nudges.launch.campaign import importing, showing
from nudges.launch.campaign.settling import day_of
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.moment import When
from storage import campaigns as rows
from storage import launch
from storage.campaigns import Campaign, Planned
from storage.launch import Announcement


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one line. to: its time; None: it stays as it is. begins: when it begins, which is when the first
    clocks show that, where it is the same hour for each person. voids: it was signed, and is signed no more.

    wrong: why it cannot be moved so; for_some: that is so where some people are, and not on the clocks of its zone.
    """

    planned: Planned
    to: Meant | None = None
    begins: datetime | None = None
    voids: bool = False
    wrong: Unclear | None = None
    for_some: bool = False

    @property
    def made(self) -> Announcement:
        """The announcement."""
        return self.planned[1]


def moves(planned: Sequence[Planned], by: timedelta, now: datetime, zones: Collection[str] = ()) -> list[Move]:
    """What becomes of each line when day zero moves by so many days. zones: IANA, on whose clocks people live. Pure.

    What was begun or given up stays; what should have been sent already stays as well, where it would still be over.
    """
    found = []
    for each in planned:
        made = each[1]
        if made.state not in launch.OPEN or not made.local:
            found.append(Move(each))
            continue
        local = datetime.fromisoformat(made.local) + by
        to: Meant | Unclear = settle(local.date(), local.hour * 60 + local.minute, made.zone, now)
        for_some = False
        if isinstance(to, Meant):
            begins = moment.begins(When(made.id or 0, to.at, to.zone, made.each_local), zones)
            if begins > now:
                found.append(Move(each, to, begins, voids=made.state in {launch.SIGNING, launch.SIGNED}))
                continue
            to, for_some = Unclear("past", local=to.local, zone=to.zone), True
        if to.code == "past" and (made.at is None or made.at <= now):
            found.append(Move(each))
        else:
            found.append(Move(each, wrong=to, for_some=for_some))
    return found


def seal(found: Sequence[Move]) -> str:
    """What tells this difference from another one, in few letters."""
    said = [f"{each.made.id}:{each.made.state}:{each.made.local}:{each.to}" for each in found]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


# ---------------------------------------------------------------- shown


@nudge.command("campaign move", by=WRITERS, aliases=["campagne deplacer"])
async def asked(event: Command, ctx: Context) -> Answer:
    """Where day zero is to be: what would change."""
    campaign = await showing.found(ctx, event.text)
    _, said = split_number(event.text)
    if not said:
        raise Refused("campaign-move-where", number=str(campaign.id))
    day = read_day(said, campaign, ctx)
    return await _difference(ctx, campaign, day) if isinstance(day, date) else Say(lines=(day,))


def read_day(said: str, campaign: Campaign, ctx: Context) -> date | Line:
    """The day that is meant, or what has to be asked."""
    language = ctx.actor.language
    found = times.read(said, now=ctx.now, zone=campaign.zone, language=language)
    if isinstance(found, Unclear) and found.code == "which-time" and found.day is None:
        # Which days may be meant is told of a time alone.
        found = times.read(f"{said} 12:00", now=ctx.now, zone=campaign.zone, language=language)
    if isinstance(found, Unclear) and found.day is None:
        return times.spoken(found)
    day = found.local.date() if isinstance(found, Meant) else found.day
    assert day is not None
    if day < day_in(ctx.now, campaign.zone):
        return Line(id="campaign-move-past", args={"day": day_of(day)})
    return day


async def _moves(ctx: Context, campaign: Campaign, day: date) -> list[Move]:
    planned = await rows.lines(ctx.session, campaign.id or 0)
    return moves(planned, day - campaign.day_zero, ctx.now, await reaching.zones(ctx))


async def _difference(ctx: Context, campaign: Campaign, day: date, *first: Line) -> Say:
    """From where to where each line goes. Raises Refused: it is there already, or some line cannot go."""
    if day == campaign.day_zero:
        raise Refused("campaign-move-there", day=day_of(day), name=campaign.name)
    found = await _moves(ctx, campaign, day)
    args = {"name": campaign.name, "before": day_of(campaign.day_zero), "day": day_of(day)}
    wrong = [each for each in found if each.wrong is not None]
    if wrong:
        lines = [Line(id="campaign-move-cannot", args={**args})]
        return Say(lines=(*first, *lines, *(_wrong(each) for each in wrong)))
    idle = [each.planned[0].key for each in found if each.to and not _works(ctx, each.to)]
    shown = found[: showing.PAGE]
    lines = [Line(id="campaign-move", kind="title", args={**args}), *(_moved(each) for each in shown)]
    lines += showing.more(len(found) - len(shown))
    void = _void(found)
    if void:
        lines.append(Line(id="campaign-phase-void", kind="note", args={"count": void}))
    if idle:
        lines.append(Line(id="campaign-move-idle", kind="note", args={"keys": Names(names=tuple(idle))}))
    value = f"{campaign.id} {day.isoformat()} {seal(found)}"
    pick = Pick(label="campaign-move-now", action="campaign.moved", value=value, style="primary")
    return Say(lines=(*first, *lines), choices=(pick,))


def _void(found: Sequence[Move]) -> int:
    """Of how many the number of people was confirmed, and counts no more. Pure."""
    return sum(each.to is not None and each.made.counted is not None for each in found)


def _works(ctx: Context, to: Meant) -> bool:
    works: bool = ctx.calendar.in_zone(to.zone).works_on(to.local.date())
    return works


def _wrong(move: Move) -> Line:
    assert move.wrong is not None
    asks = times.spoken(move.wrong)
    if move.for_some and move.wrong.local is not None:
        asks = Line(id="timing-over-for-some", args={"time": f"{move.wrong.local:%H:%M}"})
    key = move.planned[0].key
    return Line(id="campaign-move-wrong", kind="item", args={"key": key, "asks": Term(term=asks.id, args=_terms(asks))})


def _terms(line: Line) -> dict[str, Term | Moment | str | int]:
    return {name: each for name, each in line.args.items() if isinstance(each, Term | Moment | str | int)}


def _moved(move: Move) -> Line:
    row, made, version = move.planned
    args = {"key": row.key, "title": version.title, "state": Term(term=f"announce-is-{made.state}")}
    at = moment.of(made)
    if move.to is None or at is None:
        return Line(id="campaign-move-stays", kind="item", args={**args})
    said = {"before": Moment(at=at.at, zone=at.zone), "at": times.as_moment(move.to)}
    return Line(id="campaign-move-voids" if move.voids else "campaign-move-line", kind="item", args={**args, **said})


# ---------------------------------------------------------------- done


@nudge.choice("campaign.moved", by=WRITERS)
async def moved(event: Press, ctx: Context) -> Answer:
    """Move it, if all is as it was shown; else show it again."""
    campaign = await showing.found(ctx, event.value)
    _, said = split_number(event.value)
    shown, _, sealed = said.partition(" ")
    try:
        day = date.fromisoformat(shown)
    except ValueError:
        raise Refused("campaign-move-where", number=str(campaign.id)) from None
    if day < day_in(ctx.now, campaign.zone):
        raise Refused("campaign-move-past", day=day_of(day))
    found = await _moves(ctx, campaign, day)
    if day == campaign.day_zero or seal(found) != sealed.strip() or any(each.wrong for each in found):
        return await _difference(ctx, campaign, day, Line(id="campaign-move-anew"))
    uncounted = _void(found)
    await _move(ctx, campaign, day, found)
    going = [each for each in found if each.to is not None]
    args = {"name": campaign.name, "day": day_of(day), "count": len(going)}
    void = sum(each.voids for each in going)
    lines = [Line(id="campaign-moved", args={**args})]
    if void:
        lines.append(Line(id="campaign-moved-void", args={"count": void}))
    if uncounted:
        lines.append(Line(id="campaign-entered-void", args={"count": uncounted}))
    again = Pick(label="campaign-show", action="campaign.show", value=str(campaign.id), args={"name": campaign.name})
    return Say(lines=tuple(lines), choices=(again,))


async def _move(ctx: Context, campaign: Campaign, day: date, found: Sequence[Move]) -> None:
    """Day zero and every line, or none. Raises Refused: somebody moved it at this moment."""
    number = campaign.id or 0
    before = campaign.day_zero
    if not await rows.move(ctx.session, number, before, day, ctx.now):
        raise Refused("campaign-meanwhile")
    for each in found:
        if each.to is None:
            continue
        stood = await thread.stands(ctx, each.made)
        values = {"at": each.begins, "local": f"{each.to.local:%Y-%m-%dT%H:%M}"}
        if not await rows.retime(ctx.session, each.made.id or 0, each.made.local, ctx.now, **values):
            raise Refused("campaign-meanwhile")
        await importing.changed(ctx, each.made.id or 0, stood)
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.actor.person,
        action="campaign.move",
        subject=f"campaign:{number}",
        before={"day_zero": before.isoformat()},
        after={"day_zero": day.isoformat(), "lines": str(sum(each.to is not None for each in found))},
    )
