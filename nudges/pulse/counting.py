"""Hears what happens in communities and adds it up; what anybody wrote never comes here.

Counted are people of the organisation: neither the bot, other programs, guests nor strangers, nor whom the settings
leave out, nor who was erased and has not spoken to the bot since. Of who objected, what happened is one of the numbers,
and nothing is written about them. An event counts on the day of its own instant, however late it comes; what is of a
stretch to which nobody listened is left to `past`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.calendar import WorkingTime
from bot.chat import Event, Joined, Left, Reacted, Read, Spoke
from bot.nudge import Adding, Context, Overheard
from nudges.pulse import stretches
from nudges.pulse.capability import nudge
from nudges.pulse.settings import AFTER_WINDOW
from storage import backfill, people, pulse


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


@dataclass
class Tally:
    """What is added up, before it is written. silent: people about whom nothing is written but numbers."""

    silent: Collection[int] = ()
    sums: defaultdict[tuple[int, date], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    there: defaultdict[tuple[int, int, date], set[str]] = field(default_factory=lambda: defaultdict(set))
    spoke: dict[int, datetime] = field(default_factory=dict)

    def add(self, community: int, day: date, event: Event, person: int | None) -> None:
        """Add something that happened in a community on a day. person: who did it; None: nobody that is known now."""
        what = measured(event)
        self.sums[community, day][what] += 1
        if what in {"posts", "replies"}:
            self.spoke[community] = max(event.at, self.spoke.get(community, event.at))
        if what in _DID and person is not None and person not in self.silent:
            self.there[person, community, day].add(_DID[what])

    async def write(self, session: AsyncSession, since: date) -> None:
        """Write it. since: the first day of which it is kept who was there."""
        await pulse.count(session, self.sums)
        await pulse.attend(session, {key: did for key, did in self.there.items() if key[2] >= since})
        await pulse.activate(session, _first(self.there))
        for community, at in sorted(self.spoke.items()):
            await backfill.spoke(session, community, at)


def presence_since(ctx: Context) -> date:
    """The first day of which it is kept who was there."""
    today: date = ctx.calendar.today(ctx.now)
    return today - timedelta(days=ctx.settings.presence_days)


async def add(done: Sequence[Overheard], ctx: Context) -> None:
    """Add up what people did. What is no community's, or of people who are not counted, is left out."""
    rooms = await pulse.rooms(ctx.session, {(each.event.platform, each.event.room) for each in done})
    if not rooms:
        return
    today = ctx.calendar.today(ctx.now)
    left_out = await pulse.people_of(ctx.session, ctx.settings.not_counted)
    later = await stretches.of(ctx, set(rooms.values()), min(each.event.at for each in done))
    tally = Tally(await people.objecting(ctx.session, {each.person for each in done}))
    for each in done:
        event = each.event
        community = rooms.get((event.platform, event.room))
        day = day_of(event, today, ctx.calendar)
        if community is None or day is None or not measured(event) or each.person in left_out:
            continue
        if not later.holds(community, event.platform, event.at):
            tally.add(community, day, event, each.person)
    await tally.write(ctx.session, presence_since(ctx))
    for platform in sorted({platform for platform, _ in rooms} - set(later.away)):
        # Also while it is not connected, at a start or a stop: what is counted here is left to no stretch any more.
        until = ctx.now if platform in ctx.connected else _latest(done, platform, ctx.now)
        await backfill.hear(ctx.session, platform, until)


def _latest(done: Sequence[Overheard], platform: str, now: datetime) -> datetime:
    """After the last instant of which something is counted."""
    last = max(each.event.at for each in done if each.event.platform == platform)
    return min(now, last + timedelta(microseconds=1))


def _first(there: Mapping[tuple[int, int, date], Collection[str]]) -> dict[int, date]:
    """The first of the days on which each of these people was there."""
    found: dict[int, date] = {}
    for person, _, day in there:
        found[person] = min(day, found.get(person, day))
    return found


nudge.adding.append(Adding(frozenset({Spoke, Reacted, Read, Joined, Left}), pulse.rooms, add))
