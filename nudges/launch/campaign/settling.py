"""A plan settled on a day zero: whose words, for whom, and when exactly; all that is wrong, and what deserves a look.

Pure. Nothing is guessed: a name that means nobody, or several, is refused, and so is an hour that clocks pass over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot import times
from bot.calendar import WorkingTime
from bot.lookup import fold
from bot.say import Line, Moment, Names
from bot.sheets.cells import quoted
from bot.times import Meant, Unclear
from nudges.launch import audience, moment
from nudges.launch.audience import Audience
from nudges.launch.campaign.plan import Plan, Planned, amiss
from nudges.launch.moment import When

SHOWN = 8
"""Leaders who are named to whoever wrote somebody else's name."""


@dataclass(frozen=True, slots=True)
class Known:
    """What names mean. leaders: a name as names are compared -> whom it may mean. shown: how leaders are called.
    audience: as `nudges.launch.audience` reads names. sign_in: the address at which people sign in, "" for none.
    usual: where things are said of which a plan does not say it.
    """

    leaders: Mapping[str, Collection[int]]
    shown: Sequence[str] = ()
    audience: audience.Known = field(default_factory=audience.Known)
    sign_in: str = ""
    usual: Sequence[str] = ("chat", "mail", "paper")


@dataclass(frozen=True, slots=True)
class At:
    """When and where a plan is settled. zone: IANA, of the campaign. language: in which times are read first.

    standing: key -> what the clocks showed, whose, and whether each person's own did, of lines that are there already:
    these may be over. zones: IANA, on whose clocks people live.
    """

    now: datetime
    day_zero: date
    zone: str
    language: str
    calendar: WorkingTime
    standing: Mapping[str, tuple[str, str, bool]] = field(default_factory=dict)
    zones: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A line that can be kept. at: the instant (UTC) when it begins, which is when the first clocks show `local`, where
    it is that hour for each person; None: it is over, and was there already. local: what clocks show
    then ("2026-12-01T09:00"). days: from day zero.
    """

    key: str
    title: str
    text: str
    speaker: int
    own: bool
    each: bool
    local: str
    zone: str
    at: datetime | None
    days: int
    audience: str
    invites: bool
    media: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(slots=True)
class Whole:
    """All lines, and what deserves a look though nothing is wrong."""

    lines: list[Settled] = field(default_factory=list)
    warnings: list[Line] = field(default_factory=list)


def settle(plan: Plan, at: At, known: Known) -> Whole:
    """Settle every line; what is wrong is noted in the plan."""
    whole = Whole()
    for line in plan.lines:
        settled = _line(plan, line, at, known)
        if settled is not None:
            whole.lines.append(settled)
            whole.warnings += _looks(settled, at, known)
    _in_order(plan, whole.lines)
    if all_in_chat((each.media for each in whole.lines), known.usual):
        whole.warnings.append(Line(id="campaign-all-chat"))
    plan.told()
    return whole


def day_of(day: date) -> Moment:
    """A day, as its reader writes days."""
    return Moment(at=datetime(day.year, day.month, day.day, tzinfo=UTC), style="day")


def all_in_chat(media: Iterable[Sequence[str]], usual: Sequence[str]) -> bool:
    """Whether all that is planned is said in the chat alone. media: of each line; none is what is usual."""
    every = [set(each or usual) for each in media]
    return bool(every) and all(each == {"chat"} for each in every)


def _line(plan: Plan, line: Planned, at: At, known: Known) -> Settled | None:
    before = plan.wrong
    speaker = _speaker(plan, line, known)
    whom = _audience(plan, line, known)
    meant = _time(plan, line, at)
    if plan.wrong != before or speaker is None or meant is None:
        return None
    instant, local, zone = meant
    text = line.text
    if line.invites and known.sign_in and known.sign_in not in text:
        text = f"{text}\n\n<{known.sign_in}>"
    days = (datetime.fromisoformat(local).date() - at.day_zero).days
    return Settled(
        line.key, line.title, text, speaker, line.own, line.each, local, zone, instant, days,
        whom, line.invites, line.media, line.after,
    )  # fmt: skip


def _speaker(plan: Plan, line: Planned, known: Known) -> int | None:
    found = set(known.leaders.get(fold(line.speaker.removeprefix("@")), ()))
    if len(found) == 1:
        return found.pop()
    wrong = Line(id="plan-several" if found else "plan-no-leader", args={"shown": quoted(line.speaker)})
    if known.shown:
        names = Names(names=tuple(known.shown[:SHOWN]), style="or")
        amiss(plan, line, "speaker", wrong, "plan-write-leader", names=names)
    else:
        amiss(plan, line, "speaker", wrong, "plan-add-leader")
    return None


def _audience(plan: Plan, line: Planned, known: Known) -> str:
    """As it is kept; where nobody is named, everybody is meant."""
    whom, but = (audience.read(each, known.audience) for each in audience.split(line.audience))
    for wrong in (whom, but):
        if isinstance(wrong, Line):
            amiss(plan, line, "audience", wrong, "plan-write-audience")
            return ""
    assert not isinstance(whom, Line)
    assert not isinstance(but, Line)
    named = audience.Some(everybody=True) if whom.is_empty else whom
    return Audience(whom=named, but=but, not_yet=line.invites).text()


def _time(plan: Plan, line: Planned, at: At) -> tuple[datetime | None, str, str] | None:
    """The instant, what clocks show then, and whose; None: something is wrong, which is noted."""
    when = re.sub(r"^[dD](?=\s|$)", "D-day", line.when)
    away = times.read(when, now=at.now, zone=at.zone, language=at.language)
    if isinstance(away, Meant) or away.code not in {"no-day-zero", "empty", "unknown", "several"}:
        amiss(plan, line, "when", Line(id="plan-absolute", args={"shown": quoted(line.when)}), "plan-write-when")
        return None
    found = times.read(when, now=at.now, zone=at.zone, language=at.language, day_zero=at.day_zero)
    over = isinstance(found, Unclear) and found.code == "past"
    if isinstance(found, Meant):
        begins = moment.begins(When(0, found.at, found.zone, line.each), at.zones)
        if begins > at.now:
            return begins, _clock(found.local), found.zone
        over = True
    if over and found.local is not None:
        stands = (_clock(found.local), found.zone)
        if at.standing.get(line.key) == (*stands, line.each):
            return None, *stands
    if isinstance(found, Meant):
        wrong = Line(id="plan-past-for-some", args={"time": f"{found.local:%H:%M}", "day": day_of(found.local.date())})
        amiss(plan, line, "when", wrong, "plan-other-time")
    elif found.code in {"unknown", "empty", "which-time", "which-day"}:
        amiss(plan, line, "when", Line(id="plan-no-time", args={"shown": quoted(line.when)}), "plan-write-when")
    else:
        amiss(plan, line, "when", _unclear(found), "plan-other-time")
    return None


def _unclear(found: Unclear) -> Line:
    """Why it is no time, without asking: nobody is there to answer."""
    asks = times.spoken(found)
    return Line(id=f"plan-{found.code}", args=asks.args) if found.code in {"gap", "twice", "past"} else asks


def _clock(local: datetime) -> str:
    return f"{local:%Y-%m-%dT%H:%M}"


def _in_order(plan: Plan, lines: Sequence[Settled]) -> None:
    """Nothing waits for what is said later."""
    known, written = {each.key: each for each in lines}, {each.key: each for each in plan.lines}
    for line in lines:
        for key in line.after:
            first = known.get(key)
            if first and first.at and line.at and first.at > line.at:
                wrong = Line(id="plan-after-later", args={"shown": quoted(key)})
                amiss(plan, written[line.key], "after", wrong, "plan-order")


def _looks(line: Settled, at: At, known: Known) -> list[Line]:
    """What deserves a look in a line that can be kept."""
    found = []
    local = datetime.fromisoformat(line.local)
    if line.at is not None and not at.calendar.works_on(local.date()):
        found.append(Line(id="campaign-no-work", args={"key": line.key, "day": day_of(local.date())}))
    if line.invites and not known.sign_in and "http" not in line.text:
        found.append(Line(id="campaign-no-link", args={"key": line.key}))
    return found
