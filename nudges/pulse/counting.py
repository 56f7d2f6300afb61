"""Hears what happens in communities and adds it up; what anybody wrote never comes here.

Counted are people of the organisation: neither the bot, other programs, guests nor strangers, nor whom the settings
leave out, nor who was erased and has not spoken to the bot since. Of who objected, what happened is one of the numbers,
and nothing is written about them. An event counts on the day of its own instant, however late it comes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from bot.calendar import WorkingTime
from bot.chat import Event, Joined, Left, Reacted, Read, Spoke
from bot.nudge import Adding, Context, Overheard
from nudges.pulse.capability import nudge
from nudges.pulse.settings import AFTER_WINDOW
from storage import people, pulse


def measured(event: Event) -> str:
    """As what an event is counted (`storage.pulse.COUNTED`); "" for nothing."""
    match event:
        case Spoke():
            return "replies" if event.thread else "posts"
        case Reacted():
            return "reactions"
        case Read():
            return "reads"
        case Joined():
            return "joins"
        case Left():
            return "leaves"
    return ""


_DID = {"posts": "wrote", "replies": "wrote", "reactions": "reacted", "reads": "read"}
"""What somebody did who is counted so. Coming and going is none of it: others may do that to them."""


def day_of(event: Event, today: date, calendar: WorkingTime) -> date | None:
    """The day on which an event counts. None: it is older than what can still be corrected, as what is imported is.

    What says that it is to come has happened by now.
    """
    day = min(calendar.today(event.at), today)
    return day if day > today - timedelta(days=AFTER_WINDOW) else None


async def add(done: Sequence[Overheard], ctx: Context) -> None:
    """Add up what people did. What is no community's, or of people who are not counted, is left out."""
    rooms = await pulse.rooms(ctx.session, {(each.event.platform, each.event.room) for each in done})
    if not rooms:
        return
    today = ctx.calendar.today(ctx.now)
    left_out = await pulse.people_of(ctx.session, ctx.settings.not_counted)
    silent = await people.objecting(ctx.session, {each.person for each in done})
    sums: defaultdict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    there: defaultdict[tuple[int, int, date], set[str]] = defaultdict(set)
    for each in done:
        community = rooms.get((each.event.platform, each.event.room))
        day = day_of(each.event, today, ctx.calendar)
        what = measured(each.event)
        if community is None or day is None or not what or each.person in left_out:
            continue
        sums[community, day][what] += 1
        if what in _DID and each.person not in silent:
            there[each.person, community, day].add(_DID[what])
    await pulse.count(ctx.session, sums)
    await pulse.attend(ctx.session, there)
    await pulse.activate(ctx.session, _first(there))


def _first(there: defaultdict[tuple[int, int, date], set[str]]) -> dict[int, date]:
    """The first of the days on which each of these people was there."""
    found: dict[int, date] = {}
    for person, _, day in there:
        found[person] = min(day, found.get(person, day))
    return found


nudge.adding.append(Adding(frozenset({Spoke, Reacted, Read, Joined, Left}), pulse.rooms, add))
