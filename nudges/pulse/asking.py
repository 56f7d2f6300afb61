"""`/pulse`: what is told, as text and as a picture, to who may read figures, wherever they ask."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pydantic import BaseModel

from bot.chat import Command, Picture
from bot.lookup import fold
from bot.nudge import Answer, Context, Nudge, Refused, Role, Voice
from bot.say import Drawing, Line, Say, say
from nudges.pulse import drawing, naming, rules
from nudges.pulse.report import Asked, Kind, Measure, Period, Report, Series

READERS = frozenset({Role.ANIMATOR, Role.COMMS, Role.ADMIN})
"""Who reads figures, by command, page and file."""

Reads = Callable[[Context, Asked], Awaitable[Report]]
"""Makes a report from rows (`nudges.pulse.reading.of`)."""

BACK: dict[Period, timedelta] = {"day": timedelta(days=27), "week": timedelta(weeks=12), "month": timedelta(days=365)}
"""How far back figures are shown that are asked for without saying since when."""
LINES = 12
"""Curves that are said in words at most: a chat is no table."""

_PERIODS: dict[str, Period] = {
    "day": "day", "jour": "day", "days": "day", "jours": "day", "week": "week", "semaine": "week", "weeks": "week",
    "semaines": "week", "month": "month", "mois": "month", "months": "month",
}  # fmt: skip
_ONE: dict[str, Kind] = {
    "department": "department", "service": "department", "departement": "department",
    "community": "community", "communaute": "community",
    "phase": "phase", "objective": "objective", "objectif": "objective",
}  # fmt: skip
_EACH: dict[str, Kind] = {
    "departments": "department", "services": "department", "departements": "department",
    "communities": "community", "communautes": "community",
    "phases": "phase", "objectives": "objective", "objectifs": "objective",
}  # fmt: skip
_MEASURES: dict[Kind, tuple[Measure, ...]] = {
    "all": ("activated", "adopting", "active", "posts", "replies", "reactions", "reads"),
    "department": ("activated", "adopting", "active"),
    "community": ("adopting", "active", "posts", "replies", "reactions", "reads"),
    "phase": ("posts", "replies", "reactions", "reads"),
    "objective": ("posts", "replies", "reactions", "reads"),
}
_COMPARED: dict[Kind, tuple[Measure, ...]] = {
    "department": ("active",), "community": ("active", "posts"), "phase": ("posts",), "objective": ("posts",),
}  # fmt: skip
"""Of each group beside the others: few measures, or nobody could read the picture."""

HELP = frozenset({"help", "aide", "?"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for. name: of the group, as it was typed; "" for each, or for all."""

    period: Period = "week"
    kind: Kind = "all"
    name: str = ""
    theme: drawing.Theme = "light"

    def asked(self, today: date) -> Asked:
        """As a report answers it. Of one group, the report is of each: its name is looked for in what may be told."""
        one = self.kind == "all" or bool(self.name)
        measures = _MEASURES[self.kind] if one else _COMPARED[self.kind]
        return Asked(measures, self.period, today - BACK[self.period], today, self.kind)


def wanted(text: str) -> Wanted | None:
    """What the words after `pulse` ask for, in any of our languages; None: they are no such words. Pure."""
    found, words = Wanted(), text.split()
    while words:
        word = fold(words[0])
        if word in _PERIODS:
            found = replace(found, period=_PERIODS[word])
        elif word in {"dark", "sombre"}:
            found = replace(found, theme="dark")
        elif word in _EACH and found.kind == "all":
            found = replace(found, kind=_EACH[word])
        elif word in _ONE and found.kind == "all" and words[1:]:
            return replace(found, kind=_ONE[word], name=" ".join(words[1:]))
        else:
            return None
        words = words[1:]
    return found


def only(report: Report, name: str, called: Callable[[Series], str]) -> Report:
    """What a report tells of the group of that name. called: as its reader reads a group's name. Pure."""
    mine = [each for each in report.series if fold(name) in {fold(called(each)), fold(each.group.removeprefix("="))}]
    return replace(report, series=mine)


class Drawn(BaseModel):
    """What a picture is made from."""

    report: Report
    theme: drawing.Theme = "light"


def draw(of: str, voice: Voice) -> Picture | None:
    """The picture of a report."""
    drawn = Drawn.model_validate_json(of)
    return drawing.picture(drawn.report, voice, drawn.theme)


def told(report: Report, theme: drawing.Theme = "light") -> Say:
    """A report as a message: its figures as text, how they come about, and their picture. Pure."""
    lines = naming.lines(report)
    kind = report.asked.kind
    measures = naming.measures(report)
    definitions = [(naming.measure(each), rules.definition(each, kind, report.window)) for each in measures]
    about, args = naming.subject(report), naming.extent(report)
    title = Line(id="pulse-title", kind="title", args=args)
    if about is not None:
        title = Line(id="pulse-title-of", kind="title", args={**args, "what": about})
    more = [Line(id="pulse-more", kind="note", args={"count": len(lines) - LINES})] if len(lines) > LINES else []
    picture = Drawing(by="pulse.charts", of=Drawn(report=report, theme=theme).model_dump_json())
    said = (title, *lines[:LINES], *more, *naming.marks(report), *naming.about(report, definitions))
    return Say(lines=said, picture=picture)


def answered(report: Report, theme: drawing.Theme = "light") -> Say:
    """The answer to `pulse`: what is told; of other tools alone, while there is nothing of the network's own. Pure."""
    if naming.tells(report.series):
        return told(report, theme)
    if not naming.tells(report.others):
        return say("pulse-nothing", smallest=report.smallest)
    others = told(replace(report, series=()), theme)
    nothing = Line(id="pulse-nothing", args={"smallest": report.smallest}, kind="note")
    return others.model_copy(update={"lines": (*others.lines, nothing)})


def declare(nudge: Nudge, reads: Reads) -> None:
    """Let the capability answer `pulse`. reads: where reports come from."""
    nudge.draws("charts")(draw)

    @nudge.command("pulse", by=READERS, aliases=["indicateurs"])
    async def pulse(event: Command, ctx: Context) -> Answer:
        """How it goes: of all, of one group, of each group beside the others."""
        if fold(event.text.strip()) in HELP:
            return say("pulse-can")
        asked = wanted(event.text)
        if asked is None:
            raise Refused("pulse-unknown", words=event.text.strip()[:80])
        report = await reads(ctx, asked.asked(ctx.calendar.today(ctx.now)))
        if asked.name:
            report = only(report, asked.name, _called)
            if not report.series:
                raise Refused("pulse-no-group", name=asked.name[:80], smallest=report.smallest)
            if asked.kind == "community":  # what is marked of others is no business of its page
                report = await reads(ctx, replace(report.asked, group=report.series[0].group))
        return answered(report, asked.theme)


def _called(series: Series) -> str:
    name = naming.group(series)
    return name if isinstance(name, str) else ""
