"""A report as pictures: curves as SVG, for the page, and the same as PNG, for the chat. Pure.

Nothing is told by colour alone: each curve has dashes of its own, and its letter stands at its end and in the legend.
A count that is told as a range is drawn as one: a bar from its lower to its upper end, and the curve through the
middle. Where nothing is known the curve has a hole. A picture has no letters where no font is found, and no error says
so, so the font is one that is installed with the bot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent

from bot.chat import Picture
from bot.nudge import Voice
from bot.say import Term
from nudges.pulse import naming
from nudges.pulse.report import Measure, Period, Point, Report
from nudges.pulse.rules import BALANCE, PEOPLE

Theme = Literal["light", "dark"]

CURVES, MARKS, TICKS = 8, 9, 8
"""So many curves, marks and labels of days a chart takes at most; the tables beside it have the others."""
WIDTH, PLOT, ROW, MARGIN = 960, 360, 22.5, 20  # pixels: of a chart, its curves, a line of its legend, what is around
SHARP = 1.5  # pixels of a PNG for each of these

_DASHES = ("", "9,5", "2,4", "14,4,2,4", "5,3", "14,6", "2,8", "9,3,2,3,2,3")


@dataclass(frozen=True, slots=True)
class Look:
    """Colours. curves: told apart by people who see no red or green, and 3 to 1 against the ground (WCAG 1.4.11)."""

    ground: str
    text: str
    quiet: str
    curves: tuple[str, ...]


LOOKS: dict[Theme, Look] = {
    "light": Look("#ffffff", "#1b1b1b", "#595959", ("#0b5394", "#b8430f", "#00705a", "#8a3a86", "#6b5b00", "#3d3d3d")),
    "dark": Look("#16191d", "#f2f2f2", "#b5b9be", ("#6cb4f0", "#f59a62", "#4cc9a4", "#e09bdc", "#e6c84c", "#d0d0d0")),
}


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve. letter: in the legend and at its end. spots: x (a day's ordinal), low, middle, high; None: a hole."""

    letter: str
    name: str
    spots: Sequence[tuple[float, float, float, float] | None]
    partial: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What one picture shows. share: in percent, else in numbers. marks: x and what it is. ticks: x and the label.

    bars: what they are, in words.
    """

    title: str
    share: bool
    curves: Sequence[Curve]
    marks: Sequence[tuple[float, str]]
    ticks: Sequence[tuple[float, str]]
    left_out: int = 0
    bars: str = ""


def charts(report: Report, voice: Voice) -> list[Chart]:
    """The charts of a report: shares and numbers have no common scale, and stand apart."""
    found = [_chart(report, voice, share=share) for share in (True, False)]
    return [each for each in found if each.curves or each.left_out]


def svg(chart: Chart, voice: Voice, theme: Theme = "light") -> str:
    """The chart as SVG: no script, nothing from elsewhere, its own size. The same chart gives the same text."""
    import pygal  # noqa: PLC0415 - a large library, and few look at charts
    from pygal.style import Style  # noqa: PLC0415

    look = LOOKS[theme]
    rows = list(_rows(chart, look))
    style = Style(
        background=look.ground,
        plot_background=look.ground,
        foreground=look.text,
        foreground_strong=look.text,
        foreground_subtle=look.quiet,
        colors=tuple(row.colour for row in rows) or (look.text,),
        value_colors=(look.text,) * max(1, len(rows)),
        font_family=f"{FONT}, sans-serif",  # a page has its reader’s own fonts
        guide_stroke_color=look.quiet,
        major_guide_stroke_color=look.quiet,
        guide_stroke_dasharray="1,5",
        major_guide_stroke_dasharray="1,5",
        stroke_width="2.5",
        **{f"{what}_font_size": size for what, size in _SIZES.items()},
    )
    plot = pygal.XY(
        style=style,
        width=WIDTH,
        height=PLOT + 2 * round(ROW * sum(1 for row in rows if row.title) / 2),  # whole pixels of the PNG
        margin_bottom=MARGIN - ROW * sum(1 for row in rows if not row.title),  # pygal keeps a line for each
        explicit_size=True,
        title=chart.title,
        js=[],
        disable_xml_declaration=True,
        allow_interruptions=True,
        print_labels=True,
        include_x_axis=True,
        legend_at_bottom=True,
        legend_at_bottom_columns=1,
        truncate_legend=-1,
        truncate_label=-1,
        dots_size=4,
        no_data_text=voice("pulse-chart-empty"),
        value_formatter=lambda value: _number(value, voice, share=chart.share),
        **_range(chart),
    )
    plot.x_labels = [{"label": label, "value": x} for x, label in chart.ticks]
    for row in rows:
        plot.add(row.title, row.values, show_dots=row.dots, stroke_style={"dasharray": row.dash} if row.dash else {})
    plot.uuid = sha256(repr((chart, theme)).encode()).hexdigest()[:12]  # else by chance; several may be in one page
    plot.add_xml_filter(_without_script)
    plot.add_xml_filter(_apart)
    return str(plot.render(is_unicode=True))


def png(drawn: Sequence[str], *, sharp: float = SHARP, fonts: Sequence[str] | None = None) -> bytes:
    """Charts as one picture, one below the other. drawn: as `svg` gives them. fonts: files; None for the bot's own."""
    import resvg_py  # noqa: PLC0415 - as above

    placed, top = [], 0
    for each in drawn:
        placed.append(each.replace("<svg ", f'<svg y="{top}" ', 1))
        top += int(each.partition(' height="')[2].partition('"')[0])
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}">{"".join(placed)}</svg>'
    families = dict.fromkeys(("font_family", "sans_serif_family", "serif_family", "monospace_family"), FONT)
    made = resvg_py.svg_to_bytes(
        svg_string=whole,
        zoom=sharp,
        skip_system_fonts=True,
        font_files=_fonts() if fonts is None else list(fonts),
        **families,  # type: ignore[arg-type]
    )
    return bytes(made)


def picture(report: Report, voice: Voice, theme: Theme = "light") -> Picture | None:
    """The report as a picture for the chat; None where nothing is to be drawn.

    Its words say what is drawn. Figures are not among them: they stand in the message, and some clients show both.
    """
    drawn = charts(report, voice)
    if not drawn:
        return None
    names = [f"{curve.letter} {curve.name}" for each in drawn for curve in each.curves]
    alt = voice("pulse-chart-alt", title="; ".join(each.title for each in drawn), curves=", ".join(names))
    return Picture(data=png([svg(each, voice, theme) for each in drawn]), alt=alt, name="pulse.png")


# ---------------------------------------------------------------- what is drawn


def _chart(report: Report, voice: Voice, *, share: bool) -> Chart:
    mine = [each for each in report.series if (each.measure in (*PEOPLE, *BALANCE)) == share]
    told: list[tuple[Term | str, Sequence[Point]]] = [(naming.curve(each, report.series), each.points) for each in mine]
    others = [] if share else [(naming.other(each), each.points) for each in report.others]
    every = [*told, *others]
    curves = [
        _curve("ABCDEFGH"[number], _said(name, voice), points, voice)
        for number, (name, points) in enumerate(every[:CURVES])
    ]
    days = [each for _, points in every for each in points]
    ticks = _ticks(days, report.asked.period, voice)
    marks = [
        (float(each.day.toordinal()), _said(naming.mark(each), voice))
        for each in report.marks
        if days and min(point.since for point in days) <= each.day <= max(point.until for point in days)
    ]
    return Chart(
        _title(report, voice, share=share),
        share,
        curves,
        marks[:MARKS],
        ticks,
        max(0, len(every) - CURVES),
        voice("pulse-chart-bars"),
    )


def _title(report: Report, voice: Voice, *, share: bool) -> str:
    measures = [each for each in naming.measures(report) if (each in (*PEOPLE, *BALANCE)) == share]
    about = voice(f"pulse-chart-{_about(measures) if share else 'numbers'}")
    if len(measures) == 1 and (share or not report.others):
        about = _said(naming.measure(measures[0]), voice)
    title = voice("pulse-chart-title", about=about, by=voice(f"pulse-by-{report.asked.period}"))
    if len({(each.kind, each.group) for each in report.series}) == 1:
        title = voice("pulse-chart-title-of", title=title, group=_said(naming.group(report.series[0]), voice))
    return title


def _about(measures: Sequence[Measure]) -> str:
    """Of what the shares are: of people, of communities, or of both."""
    kinds = {each in PEOPLE for each in measures}
    return "shares" if len(kinds) != 1 else "people" if kinds == {True} else "balance"


def _curve(letter: str, name: str, points: Sequence[Point], voice: Voice) -> Curve:
    spots = [_spot(each) for each in points]
    last = next((each for each in reversed(points) if naming.known(each)), None)
    partial = last is not None and last.partial
    return Curve(letter, voice("pulse-curve-partial", curve=name) if partial else name, spots, partial)


def _spot(point: Point) -> tuple[float, float, float, float] | None:
    if point.told is not None and point.told.of:
        low, high = (100 * each / point.told.of for each in (point.told.low, point.told.high))
        return _x(point), low, (low + high) / 2, high
    if point.told is None and point.count is not None:
        return _x(point), point.count, point.count, point.count
    return None


def _x(point: Point) -> float:
    """The middle of the days that it is about."""
    return (point.since.toordinal() + point.until.toordinal()) / 2


def _ticks(points: Sequence[Point], period: Period, voice: Voice) -> list[tuple[float, str]]:
    spots = sorted({each.since for each in points})
    every = -(-len(spots) // TICKS) or 1
    return [(float(each.toordinal()), _day(each, period, voice)) for each in spots[::every]]


def _day(day: date, period: Period, voice: Voice) -> str:
    return str(format_skeleton("yMMM" if period == "month" else "MMMd", day, locale=_locale(voice)))


def _number(value: float, voice: Voice, *, share: bool) -> str:
    where = _locale(voice)
    return str(format_percent(value / 100, locale=where) if share else format_decimal(value, locale=where))


def _locale(voice: Voice) -> Locale:
    return Locale.parse("en_GB" if voice.language == "en" else voice.language)


def _said(what: Term | str, voice: Voice) -> str:
    return what if isinstance(what, str) else voice(what.term, **what.args)


# ---------------------------------------------------------------- how it is drawn


@dataclass(frozen=True, slots=True)
class _Row:
    """What pygal calls a series. title: None: it is not in the legend."""

    title: str | None
    values: list[Any]
    colour: str
    dash: str
    dots: bool


def _rows(chart: Chart, look: Look) -> Iterator[_Row]:
    has_bars = False
    for number, curve in enumerate(chart.curves):
        colour = look.curves[number % len(look.curves)]
        last = max((index for index, spot in enumerate(curve.spots) if spot), default=-1)
        values: list[Any] = []
        for index, spot in enumerate(curve.spots):
            value: dict[str, Any] = {"value": (spot[0], spot[2]) if spot else (None, None)}
            if index == last:
                value["label"] = curve.letter + ("°" if curve.partial else "")
            values.append(value)
        yield _Row(f"{curve.letter}   {curve.name}", values, colour, _DASHES[number], dots=True)
        bars = [spot for spot in curve.spots if spot and spot[1] < spot[3]]
        if bars:
            ends = [end for x, low, _, high in bars for end in ((x, low), (x, high), (None, None))]
            yield _Row(None, ends, colour, "", dots=False)
        has_bars = has_bars or bool(bars)
    if has_bars:
        yield _Row(chart.bars, [], look.quiet, "", dots=False)
    top = _top(chart)
    for number, (x, name) in enumerate(chart.marks, start=1):
        values = [(x, 0), {"value": (x, top), "label": str(number)}]
        yield _Row(f"{number}   {name}", values, look.quiet, "1,3", dots=True)


def _top(chart: Chart) -> float:
    if chart.share:
        return 100.0
    return max((spot[3] for curve in chart.curves for spot in curve.spots if spot), default=0.0) or 1.0


def _range(chart: Chart) -> dict[str, Any]:
    """The scales: a share is one of all, and a number is more than none."""
    found: dict[str, Any] = {"range": (0, _top(chart))}
    spots = [x for x, _ in chart.ticks]
    spots += [spot[0] for curve in chart.curves for spot in curve.spots if spot]
    spots += [x for x, _ in chart.marks]
    if spots:
        found["xrange"] = (min(spots) - 0.5, max(spots) + 0.5)
    return found


def _without_script(root: Any) -> Any:
    """Take out what pygal puts in for tooltips of its own: pages allow no script of a picture."""
    for holder in list(root.iter()):
        for each in list(holder):
            if str(each.tag).endswith("script"):
                holder.remove(each)
    return root


def _apart(root: Any) -> Any:
    """Put the letters at the ends of curves beside these ends, above the axis, and none upon another."""
    texts = [each for each in root.iter() if str(each.tag).endswith("text") and each.get("class") == "label"]
    letters = [each for each in texts if not (each.text or "").isdigit()]
    lines = [re.match(r"M0\.0+ (\S+) h", each.get("d", "")) for each in root.iter() if str(each.tag).endswith("path")]
    floor = max((float(each[1]) for each in lines if each), default=float(PLOT)) - 3
    for x in {each.get("x") for each in letters}:
        mine = sorted((each for each in letters if each.get("x") == x), key=lambda each: float(each.get("y")))
        places, above = list[float](), 0.0
        for each in mine:  # pygal writes below the point
            above = max(float(each.get("y")) - _SIZES["value"], above + _SIZES["value_label"])
            places.append(above)
        below = floor
        for each, place in reversed(list(zip(mine, places, strict=True))):
            below = min(place, below)
            each.set("y", f"{below:.2f}")
            below -= _SIZES["value_label"]
    return root


FONT = "Source Sans Pro"
_SIZES = {"title": 20, "label": 14, "major_label": 14, "legend": 15, "value_label": 15, "value": 14, "no_data": 20}


def _fonts() -> list[str]:
    found = find_spec("font_source_sans_pro")
    assert found is not None, "installed with the bot"
    assert found.origin is not None, "it has a folder"
    folder = Path(found.origin).parent / "files"
    return [str(folder / f"SourceSansPro-{weight}.ttf") for weight in ("Regular", "Bold")]
