"""What is told of a day is frozen in the night after it; what is learned later is a correction, with its own version.

A day is over for this at two o'clock of the next one, where the organisation is: what came late by then is in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.calendar import WorkingTime, wall
from bot.figures import OTHERS
from bot.nudge import Context
from nudges.pulse import activation, stretches
from nudges.pulse.capability import nudge
from nudges.pulse.rules import shown
from nudges.pulse.settings import AFTER_WINDOW
from storage import backfill, events, frozen
from storage.communities import Community
from storage.pulse import COUNTED, PulseDay, PulseGap, PulseHeard
from storage.strays import first

NIGHT = time(2)
_DAY = timedelta(days=1)


def over(now: datetime, calendar: WorkingTime) -> date:
    """The last day that is over at an instant. Pure."""
    today = calendar.today(now)
    return today - (_DAY if now >= wall(today, NIGHT, calendar.zone) else 2 * _DAY)


def days(since: date, until: date) -> Iterator[date]:
    """The days from one to another, both included."""
    return (since + number * _DAY for number in range((until - since).days + 1))


@dataclass(frozen=True, slots=True)
class Known:
    """How much is known of a community and a day. within: nothing happened to be heard of the whole day."""

    whole: bool
    within: bool


def known(community: int, platform: str, day: date, gaps: Sequence[PulseGap]) -> Known:
    """How much is known, by the gaps there are. Pure."""
    mine = [
        each
        for each in gaps
        if each.platform == platform and each.community_id in {None, community} and each.since <= day <= each.until
    ]
    return Known(not mine, any(each.since < day < each.until or (each.since < day and each.goes_on) for each in mine))


# ---------------------------------------------------------------- the night


@nudge.every(minutes=10)
async def night(ctx: Context) -> None:
    """Note that platforms are listened to; once a day is over, freeze what is told of it."""
    await listen(ctx)
    last = over(ctx.now, ctx.calendar)
    if not await first(ctx.session, f"pulse:night:{last}", ctx.now):
        return
    await outside(ctx, last)
    await activation.begin(ctx.session, ctx.calendar)
    await freeze(ctx, last)
    known_since = [ctx.calendar.today(each.since) for each in (await frozen.heard(ctx.session)).values()]
    if last == ctx.calendar.today(ctx.now) - _DAY and min(known_since, default=last + _DAY) <= last:
        # Who was there on days longer ago, or before the bot came, is not known.
        everybody = await activation.population(ctx.session, ctx.settings)
        await frozen.populate(ctx.session, last, Counter(everybody.values()))


async def freeze(ctx: Context, last: date) -> None:
    """Freeze what is told of all days up to one that are not frozen yet, and correct what was told of others."""
    heard, told = await frozen.heard(ctx.session), await frozen.last_days(ctx.session)
    begin, until = {}, {name: await _heard_until(ctx, row, last) for name, row in heard.items()}
    for each in await frozen.communities(ctx.session):
        if each.platform in heard:
            since = max(ctx.calendar.today(heard[each.platform].since), _opened(each, ctx.calendar))
            begin[each.id or 0] = (each, max(since, told.get(each.id or 0, since - _DAY) + _DAY))
    horizon = min([last - timedelta(days=AFTER_WINDOW), *(since for _, since in begin.values())])
    counts = await frozen.counts(ctx.session, horizon, last)
    gaps = await frozen.gaps(ctx.session, horizon, last)
    members = await frozen.members(ctx.session, await activation.left_out(ctx.session, ctx.settings))
    new, pending = [], await _pending(ctx)
    for number, (community, since) in sorted(begin.items()):
        for day in days(since, until[community.platform]):
            stands, sums = known(number, community.platform, day, gaps), counts.get((number, day))
            if stands.within and (sums is None or _is_pending((number, day), pending)):
                continue
            whole = stands.whole and _whole(community, day, heard[community.platform], ctx.calendar)
            new.append(frozen_day(community, day, sums or {}, measured=whole, told_at=ctx.now))
    await correct(ctx, horizon, last, "late")
    await frozen.tell(ctx.session, arranged(new, members, ctx.smallest_group))


async def _heard_until(ctx: Context, row: PulseHeard, last: date) -> date:
    """The last of the days up to one that can be frozen of a platform.

    From when it is not listened to it is not known yet of what nothing will be known: until it is, that waits.
    """
    if not stretches.is_away(row, ctx.now) or await events.position(ctx.session, row.platform):
        return last
    since: date = ctx.calendar.today(row.at)
    return min(last, since - _DAY)


def arranged(rows: Sequence[PulseDay], members: Mapping[int, Collection[int]], k: int) -> Sequence[PulseDay]:
    """What is frozen at once, with what of it is told: of each day's communities together, and never again. Pure.

    members: community -> its people. k: the smallest group.
    """
    by_day: defaultdict[date, list[PulseDay]] = defaultdict(list)
    for each in rows:
        by_day[each.day].append(each)
        each.members = len(members.get(each.community_id, ()))
    for some in by_day.values():
        names = shown({each.community_id: members.get(each.community_id, ()) for each in some}, k)
        for each in some:
            each.shown = names.get(each.community_id, "")
    return rows


def _opened(community: Community, calendar: WorkingTime) -> date:
    return calendar.today(community.opened_at or community.created_at)


def _whole(community: Community, day: date, heard: PulseHeard, calendar: WorkingTime) -> bool:
    """Whether a day was listened to from its beginning, or from that of the community."""
    if _opened(community, calendar) == day:
        return community.request_id is not None  # else it was there before, and taken in during the day
    return calendar.today(heard.since) < day


def frozen_day(
    community: Community, day: date, sums: Mapping[str, int], *, measured: bool, told_at: datetime
) -> PulseDay:
    """What is told of a community and a day. Pure."""
    about = {"community_id": community.id, "day": day, "measured": measured, "told_at": told_at}
    kind = {"private": community.visibility == "private", "interest": community.kind == "interest"}
    then = {"phase": community.state, "objective": community.objective}
    return PulseDay.model_validate({**about, **kind, **then, **sums})


async def correct(ctx: Context, since: date, until: date, why: str, *, only: int | None = None) -> int:
    """Make another version of each day whose numbers are not what was told of them. Returns of how many.

    why: "late", "backfill", "merge". only: of this community, and of the others that it is told of together with. Days
    whose past is still being counted wait.
    """
    counts, told = await frozen.counts(ctx.session, since, until), await frozen.latest(ctx.session, since, until)
    pending = await _pending(ctx)
    counts = {key: sums for key, sums in counts.items() if not _is_pending(key, pending)}
    if only is not None:
        together = {day for (number, day), row in told.items() if number == only and row.shown == OTHERS}
        counts = {
            key: sums
            for key, sums in counts.items()
            if key[0] == only or (key in told and told[key].shown == OTHERS and key[1] in together)
        }
    members = await frozen.members(ctx.session, await activation.left_out(ctx.session, ctx.settings))
    again = corrections(told, counts, members, ctx.smallest_group)
    for each in again:
        each.why, each.told_at = why, ctx.now
    await frozen.tell(ctx.session, again)
    return len(again)


def corrections(
    told: Mapping[frozen.Key, PulseDay],
    counts: Mapping[frozen.Key, Mapping[str, int]],
    members: Mapping[int, Collection[int]],
    k: int,
) -> list[PulseDay]:
    """The next versions of what was told, where something else was counted. Pure.

    Whoever knows the sum of those that are told of together, before and after, knows by how much it moved: so a number
    of theirs is corrected only where it differs in communities of k people altogether; else it waits for others.
    members: community -> its people now.
    """
    changed = {key: _changed(told[key], sums) for key, sums in counts.items() if key in told}
    together: defaultdict[tuple[date, str], list[PulseDay]] = defaultdict(list)
    for key, numbers in changed.items():
        if told[key].shown == OTHERS:
            for name in numbers:
                together[key[1], name].append(told[key])
    for (day, name), some in together.items():
        # Who was there then is not known any more: no more people than there were, of those who are there now.
        people = {person for each in some for person in sorted(members.get(each.community_id, ()))[: each.members]}
        if len(people) < k:
            for each in some:
                del changed[each.community_id, day][name]
    return [
        PulseDay(**{**told[key].model_dump(exclude={"id"}), **numbers, "version": told[key].version + 1})
        for key, numbers in changed.items()
        if numbers
    ]


def _changed(told: PulseDay, sums: Mapping[str, int]) -> dict[str, int]:
    """What is not as it was told. What nothing is known of is in no sum of several communities."""
    nothing = told.untold.split() if told.shown == OTHERS else ()
    return {name: sums[name] for name in COUNTED if name not in nothing and getattr(told, name) != sums[name]}


async def _pending(ctx: Context) -> dict[int, list[tuple[date, date]]]:
    """Community -> the first and the last day of each stretch of its past that is still to be counted."""
    found: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for each in await backfill.unfinished(ctx.session):
        found[each.community_id].append((ctx.calendar.today(each.since), ctx.calendar.today(each.until)))
    return found


def _is_pending(key: frozen.Key, pending: Mapping[int, Sequence[tuple[date, date]]]) -> bool:
    return any(since <= key[1] <= until for since, until in pending.get(key[0], ()))


# ---------------------------------------------------------------- of which days nothing is known


async def listen(ctx: Context) -> None:
    """Note until when each platform is listened to; and that it was not, for so long that something may be lost."""
    rows = await frozen.heard(ctx.session)
    for platform in ctx.platforms:
        row, since = rows.get(platform), ctx.connected.get(platform)
        if since is None:
            if row is not None and not row.away:
                row.away = True
                ctx.session.add(row)
            continue
        if row is None:
            row = PulseHeard(platform=platform, since=since, at=ctx.now)
        elif stretches.was_away(row, since, ctx.now):
            await _was_away(ctx, platform, row.at, since)
        row.at, row.away = max(ctx.now, row.at), False
        row.reads = platform in ctx.receipts
        ctx.session.add(row)
    await ctx.session.flush()


async def _was_away(ctx: Context, platform: str, since: datetime, until: datetime) -> None:
    """Nothing was heard between two instants. A platform that is asked from a position tells what happened then."""
    if await events.position(ctx.session, platform):
        return
    await stretches.left(ctx, platform, since, until)
    first_day, today = ctx.calendar.today(since), ctx.calendar.today(ctx.now)
    ctx.session.add(PulseGap(platform=platform, since=first_day, until=today, why="away"))


async def outside(ctx: Context, last: date) -> None:
    """Note of which communities nothing is heard, since the bot is not in their rooms."""
    going = await frozen.going_on(ctx.session)
    for community in await frozen.communities(ctx.session):
        gap = going.pop(community.id or 0, None)
        if gap is None and community.missing_at is not None:
            gap = _gap(community, ctx.calendar.today(community.missing_at))
        if gap is not None:
            await _go_on(ctx, gap, last, goes_on=community.missing_at is not None)
    for gap in going.values():  # it was closed
        await _go_on(ctx, gap, gap.until, goes_on=False)


def _gap(community: Community, day: date) -> PulseGap:
    return PulseGap(
        platform=community.platform, community_id=community.id, since=day, until=day, why="outside", goes_on=True
    )


async def _go_on(ctx: Context, gap: PulseGap, until: date, *, goes_on: bool) -> None:
    gap.until, gap.goes_on = max(gap.until, until), goes_on
    ctx.session.add(gap)
    await ctx.session.flush()
