"""Which stretches of a community's past were heard by nobody: what happened in them is counted afterwards (`past`).

What is heard late of such a stretch is left to it, so that nothing is counted twice, and nothing not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.calendar import wall
from bot.nudge import Context
from storage import backfill, events, frozen
from storage.backfill import Begun
from storage.pulse import PulseBackfill, PulseHeard

AWAY = timedelta(minutes=5)
"""For less, a platform is not said to have been away: as long is what it could not deliver told once more."""

Stretch = tuple[datetime, datetime]
"""From an instant on, and before another."""


def was_away(row: PulseHeard, since: datetime, now: datetime) -> bool:
    """Whether a platform, connected to since an instant, was not listened to before, for so long that it counts.
    Pure.
    """
    return (row.away or since > row.at) and now - row.at > AWAY


def is_away(row: PulseHeard, now: datetime) -> bool:
    """Whether a platform is not listened to, and has not been for so long that it counts. Pure."""
    return row.away and now - row.at > AWAY


def heard_since(community: Begun, since: datetime | None) -> datetime | None:
    """Since when a community is heard; None: from its beginning, or nobody knows. Pure.

    since: when its platform was listened to first.
    """
    if since is None or (community.by_bot and community.created_at >= since):
        return None
    return max(community.created_at, since)


@dataclass(frozen=True, slots=True)
class Stretches:
    """What is not counted when it is heard. arrivals: community -> since when it is heard. away: of platforms.

    spans: community -> other stretches of it.
    """

    arrivals: Mapping[int, datetime] = field(default_factory=dict)
    spans: Mapping[int, Sequence[Stretch]] = field(default_factory=dict)
    away: Mapping[str, Stretch] = field(default_factory=dict)

    def holds(self, community: int, platform: str, at: datetime) -> bool:
        """Whether an instant is in one of them."""
        if community in self.arrivals and is_before(at, self.arrivals[community]):
            return True
        spans = [*self.spans.get(community, ()), *([self.away[platform]] if platform in self.away else ())]
        return any(since <= at and is_before(at, until) for since, until in spans)


def is_before(at: datetime, since: datetime) -> bool:
    """Whether something happened before an instant. Pure.

    at: of some events a platform tells the second alone, such as who came and went.
    """
    return at < (since if at.microsecond else since.replace(microsecond=0))


async def of(ctx: Context, communities: Collection[int], after: datetime) -> Stretches:
    """The stretches of communities, as far as they end after an instant."""
    if not ctx.settings.past_days:
        return Stretches()
    rows = await frozen.heard(ctx.session)
    first = {**ctx.connected, **{name: row.since for name, row in rows.items()}}
    arrivals = {}
    for each in await backfill.begun(ctx.session, communities):
        if (since := heard_since(each, first.get(each.platform))) is not None:
            arrivals[each.community] = since
    spans: defaultdict[int, list[Stretch]] = defaultdict(list)
    for row in await backfill.of(ctx.session, communities, after):
        if row.kind != "arrival":
            spans[row.community_id].append((row.since, row.until))
    away = {}
    for name, heard in rows.items():
        since = ctx.connected.get(name)
        if since is not None and was_away(heard, since, ctx.now) and not await events.position(ctx.session, name):
            away[name] = (heard.at, since)
    return Stretches(arrivals, dict(spans), away)


async def left(ctx: Context, platform: str, since: datetime, until: datetime) -> None:
    """Nobody listened to a platform for a while: write down what is to be counted of its communities."""
    if not ctx.settings.past_days:
        return
    begin = max(since, earliest(ctx, until))
    rows = [
        PulseBackfill(community_id=each.id or 0, kind="away", since=begin, until=until, changed_at=ctx.now)
        for each in await frozen.communities(ctx.session)
        if each.platform == platform and begin < until
    ]
    await backfill.add(ctx.session, rows)


def earliest(ctx: Context, until: datetime) -> datetime:
    """How far back before an instant is counted: from the beginning of a day on."""
    day = ctx.calendar.today(until) - timedelta(days=ctx.settings.past_days)
    return wall(day, time(0), ctx.calendar.zone)
