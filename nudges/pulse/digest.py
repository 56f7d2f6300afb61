"""Once a month, in its first two weeks, animators and comms are told how the month before went, unless they want none.

It is made of what was told of that month's last night (`reading.of`), so it comes once the night's work is done, on the
organisation's own calendar, whatever its clocks do. Whom it was said to is a row, written with the promise to say it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.calendar import wall
from bot.figures import Told
from bot.figures import words as figures
from bot.nudge import ContactSpec, Context, Nudge, Prospect, Role
from bot.say import Arg, Drawing, Line, Pick, Say
from nudges.pulse import naming
from nudges.pulse.asking import Drawn, Reads
from nudges.pulse.days import NIGHT, over
from nudges.pulse.publishing import is_due
from nudges.pulse.report import Asked, Measure, Point, Report, Series
from storage import charted, pulse, strays

DIGEST = "pulse.digest"
"""The kind of contact."""

MEASURES: tuple[Measure, ...] = ("activated", "adopting", "active", "posts", "replies", "reactions", "reads")
FIRST_DAYS = 14
"""Days of a month on which the one before is news: two weeks, each with room for one contact in everybody's budget."""
BACK = timedelta(days=365)
"""How far back its picture goes."""

_DAY = timedelta(days=1)


def month_before(today: date) -> date | None:
    """The first day of the month that is told of on a day; None: it is no news any more. Pure."""
    if today.day > FIRST_DAYS:
        return None
    return (today.replace(day=1) - _DAY).replace(day=1)


def said(report: Report, month: date, *, has_page: bool = False) -> Say | None:
    """A month as a message: its figures beside those of the month before, and a picture. None: there are none.

    Figures that are not of the same length of time are not compared in words. Pure.
    """
    if not any(point.since == month and naming.known(point) for each in report.series for point in each.points):
        return None
    found = [_line(each, report.series, month) for each in report.series]
    lines = [each for each in found if each is not None]
    title = Line(
        id="pulse-digest-title",
        kind="title",
        args={"since": figures.day(month), "until": figures.day(report.asked.until)},
    )
    picture = Drawing(by="pulse.charts", of=Drawn(report=report).model_dump_json())
    more = [Pick(label="pulse-digest-more", action="pulse", value="month")]
    if has_page:
        more.append(Pick(label="pulse-digest-page", action="pulse.page"))
    return Say(lines=(title, *lines, *naming.about(report, [])), choices=tuple(more), picture=picture)


def _line(series: Series, among: Sequence[Series], month: date) -> Line | None:
    """One figure of a month; None: there is none, and nothing is to be said about why."""
    now = next((each for each in series.points if each.since == month), None)
    before = next((each for each in reversed(series.points) if each.since < month), None)
    if now is None or not (naming.known(now) or now.why == "unavailable"):
        return None
    args: dict[str, Arg] = {"curve": naming.curve(series, among), "figure": naming.partly(now)}
    if before is None or not naming.known(before) or not naming.known(now):
        return Line(id="pulse-digest-line", kind="item", args=args)
    args["before"] = naming.partly(before)
    if now.count is None or before.count is None or now.partial or before.partial:
        return Line(id="pulse-digest-line-since", kind="item", args=args)
    change = now.count - before.count
    kind = "more" if change > 0 else "fewer" if change < 0 else "same"
    return Line(id=f"pulse-digest-line-{kind}", kind="item", args={**args, "change": abs(change)})


class _Digest:
    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    async def due(
        self, ctx: Context, limit: int, *, after: Prospect | None = None, among: Collection[int] | None = None
    ) -> Sequence[Prospect]:
        """Those who were not told of the month yet; see `bot.nudge.Due`."""
        month = await _month(ctx)
        if month is None:
            return []
        settled = await pulse.digested(ctx.session)
        waiting = [
            each
            for each in await _readers(ctx.session)
            if (among is None or each in among)
            and (after is None or each > after.person)
            and (each not in settled or (settled[each].month < month and settled[each].next_at <= ctx.now))
        ]
        return await self._prospects(ctx, month, waiting[:limit])

    async def concerns(self, ctx: Context, people: Collection[int]) -> Sequence[Prospect]:
        """Those of these people who have one of the roles, while there is a month to tell of."""
        month = await _month(ctx)
        if month is None:
            return []
        return await self._prospects(ctx, month, [each for each in await _readers(ctx.session) if each in people])

    async def _prospects(self, ctx: Context, month: date, people: Sequence[int]) -> list[Prospect]:
        if not people:
            return []
        last = ctx.calendar.today(ctx.now).replace(day=1) - _DAY
        report = await self._reads(ctx, Asked(MEASURES, "month", month - BACK, last))
        say = said(report, month, has_page=bool(ctx.address))
        since = wall(last + _DAY, NIGHT, ctx.calendar.zone)
        if say is None:
            return []
        return [Prospect(each, say, key=f"{month:%Y-%m}", asks=False, since=since) for each in people]


async def _month(ctx: Context) -> date | None:
    """The month that there is to tell of now; None: of none, or the night's work is not done yet."""
    month, last = month_before(ctx.calendar.today(ctx.now)), over(ctx.now, ctx.calendar)
    if month is None or last < ctx.calendar.today(ctx.now) - _DAY:
        return None
    known = await charted.extent(ctx.session)
    if known.first is None or known.first >= ctx.calendar.today(ctx.now).replace(day=1):
        return None
    is_done = await strays.is_done(ctx.session, f"pulse:night:{last}") and not await is_due(ctx.session, last)
    return month if is_done else None


async def first(ctx: Context) -> datetime | None:
    """When anybody can be told of a month at the earliest: now, or in the next month's first night."""
    if await _month(ctx) is not None:
        return ctx.now
    after = (ctx.calendar.today(ctx.now).replace(day=1) + timedelta(days=31)).replace(day=1)
    return wall(after, NIGHT, ctx.calendar.zone)


async def _readers(session: AsyncSession) -> list[int]:
    found = {each for role in (Role.ANIMATOR, Role.COMMS) for each in await people.with_role(session, role)}
    return sorted(found)


async def _settled(ctx: Context, prospect: Prospect) -> None:
    """It will be said; or it is not to be said, this month."""
    await pulse.digest(ctx.session, prospect.person, date.fromisoformat(f"{prospect.key}-01"), ctx.now)


async def _put_off(ctx: Context, people: Mapping[int, datetime]) -> None:
    """It may be said only later."""
    await pulse.digest_later(ctx.session, people)


def example(ctx: Context) -> Say:
    """A month of nobody's; see `bot.nudge.ContactSpec`."""
    month = (ctx.calendar.today(ctx.now).replace(day=1) - _DAY).replace(day=1)
    before = (month - _DAY).replace(day=1)

    def points(now: Point, then: Point) -> list[Point]:
        return [then, now]

    until = ctx.calendar.today(ctx.now).replace(day=1) - _DAY
    series = [
        Series(
            "active", "all", "", "",
            points(Point(month, until, Told(30, 34, 120)), Point(before, month - _DAY, Told(25, 29, 118))),
        ),
        Series("posts", "all", "", "", points(Point(month, until, count=310), Point(before, month - _DAY, count=290))),
    ]  # fmt: skip
    asked = Asked(("active", "posts"), "month", before, until)
    fresh = wall(until + _DAY, time(0), ctx.calendar.zone)
    report = Report(asked, series, (), (), fresh, ctx.smallest_group, 28, before)
    say = said(report, month)
    assert say is not None, "there are figures"
    return say.model_copy(update={"picture": None})


CALLED = ("indicators", "the month’s indicators", "indicateurs", "les indicateurs du mois")


def declare(nudge: Nudge, reads: Reads) -> None:
    """Let the capability tell of months. reads: where reports come from."""
    digest = _Digest(reads)
    nudge.contacts.append(
        ContactSpec(
            DIGEST,
            due=digest.due,
            promised=_settled,
            passed=_settled,
            put_off=_put_off,
            concerns=digest.concerns,
            example=example,
            first=first,
            called=CALLED,
        )
    )
