"""A report as curves and as words: that letters are there, that colour is not all, that a hole stays one."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.cli.voice import LOCALES, Voice
from bot.figures import NO_DEPARTMENT, OTHERS, Told
from bot.words import Words
from nudges.pulse import drawing, naming, viewing
from nudges.pulse.capability import nudge
from nudges.pulse.report import Asked, Mark, Other, Point, Report, Series

MONDAY = date(2026, 9, 7)
WORDS = Words([LOCALES, nudge.catalogs])
VOICES = {language: Voice(WORDS, language) for language in ("en", "fr")}
EN = VOICES["en"]


def points(*figures: dict[str, Any]) -> list[Point]:
    weeks = [MONDAY + timedelta(weeks=number) for number in range(len(figures))]
    return [Point(each, each + timedelta(days=6), **figure) for each, figure in zip(weeks, figures, strict=True)]


def shares(*lows: int | None) -> list[Point]:
    """Of 40 people, in ranges of five; None: not measured."""
    return points(*({"why": "not_measured"} if low is None else {"told": Told(low, low + 4, 40)} for low in lows))


def report(*series: Series, marks: tuple[Mark, ...] = (), others: tuple[Other, ...] = ()) -> Report:
    asked = Asked([each.measure for each in series], "week", MONDAY, MONDAY + timedelta(weeks=12))
    fresh = datetime(2026, 11, 30, 1, tzinfo=UTC)
    return Report(asked, series, marks, others, fresh, 5, 28, MONDAY)


ALL = report(
    Series("activated", "all", "", "", shares(20, 20, 25, 25)),
    Series("adopting", "all", "", "", shares(10, None, 15, 15)),
    Series("active", "all", "", "", shares(5, 5, 5, 10)),
    Series("posts", "all", "", "", points({"count": 120}, {"count": 80}, {"count": 0}, {"count": 95, "partial": True})),
    marks=(Mark(MONDAY + timedelta(days=8), "campaign", "Rentrée <b>&"),),
)


def pixels(data: bytes) -> list[bytes]:
    """The rows of a PNG of eight bits with alpha, as resvg writes them (PNG specification, "Filtering")."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (depth, kind) == (8, 6)
    at, packed = 8, b""
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        packed += data[at + 8 : at + 8 + size] if name == b"IDAT" else b""
        at += size + 12
    raw, step = zlib.decompress(packed), width * 4
    rows: list[bytes] = []
    above = bytearray(step)
    for start in range(0, height * (step + 1), step + 1):
        row = bytearray(raw[start + 1 : start + 1 + step])
        _unfilter(raw[start], row, above)
        rows.append(bytes(row))
        above = row
    return rows


def _unfilter(kind: int, row: bytearray, above: bytearray) -> None:
    for index in range(len(row)):
        left, up = (row[index - 4] if index > 3 else 0), above[index]
        corner = above[index - 4] if index > 3 else 0
        if kind == 4:
            guess = left + up - corner
            near = min((left, up, corner), key=lambda each: abs(guess - each))
        else:
            near = (0, left, up, (left + up) // 2)[kind]
        row[index] = (row[index] + near) % 256


def ink(rows: list[bytes]) -> int:
    """Pixels that are not the ground's."""
    ground = rows[0][:4]
    return sum(row[at : at + 4] != ground for row in rows for at in range(0, len(row), 4))


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fr", "dark")])
def test_letters_are_drawn(language: str, theme: drawing.Theme) -> None:
    [chart, _] = drawing.charts(ALL, VOICES[language])
    whole = drawing.svg(chart, VOICES[language], theme)
    mute = re.sub(r"(<text[^>]*>)[^<]*", r"\1", whole)
    with_letters, without = (pixels(drawing.png([each], sharp=0.5)) for each in (whole, mute))
    title, legend = slice(0, 20), slice(len(with_letters) - 40, len(with_letters))
    assert ink(without[title]) == 0
    assert ink(with_letters[title]) > 80
    assert ink(with_letters[legend]) > 2 * ink(without[legend])


def test_without_the_font_there_would_be_none() -> None:
    chart = drawing.svg(drawing.charts(ALL, EN)[0], EN)
    assert ink(pixels(drawing.png([chart], sharp=0.5, fonts=()))[:20]) == 0


def test_a_curve_is_told_apart_without_its_colour() -> None:
    [chart, _] = drawing.charts(ALL, EN)
    drawn = drawing.svg(chart, EN)
    dashes = re.findall(r"series\.serie-\d+\{[^}]*stroke-dasharray:([^;}]+)", drawn)
    assert len(set(dashes)) == len(dashes)
    for letter, name in (("A", "Activated"), ("B", "Adopting"), ("C", "Active contributors")):
        assert re.search(rf"<text[^>]*>{letter}   {name}</text>", drawn)
        assert re.search(rf'<text[^>]*class="label"[^>]*>{letter}</text>', drawn)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", drawing.LOOKS.values(), ids=drawing.LOOKS)
def test_colours_stand_out_from_their_ground(look: drawing.Look) -> None:
    """WCAG 2.2: 4.5 to 1 for letters (1.4.3), 3 to 1 for what is drawn (1.4.11)."""

    def contrast(colour: str) -> float:
        light, dark = sorted((_luminance(colour), _luminance(look.ground)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    assert min(contrast(look.text), contrast(look.quiet)) >= 4.5
    assert min(map(contrast, look.curves)) >= 3


def test_where_nothing_is_known_the_curve_has_a_hole() -> None:
    chart = drawing.charts(ALL, EN)[0]
    assert [spot is None for spot in chart.curves[1].spots] == [False, True, False, False]
    drawn = drawing.svg(chart, EN)
    paths = re.findall(r'<g class="series serie-2 color-2">.*?</g>', drawn, re.DOTALL)
    assert [len(each.split()) for each in re.findall(r'd="M([^"]*)"', paths[0])] == [4]  # from the third to the fourth


def test_zero_is_drawn_and_is_no_hole() -> None:
    assert [spot and spot[2] for spot in drawing.charts(ALL, EN)[1].curves[0].spots] == [120, 80, 0, 95]


def test_a_range_is_drawn_from_end_to_end() -> None:
    chart = drawing.charts(report(Series("active", "all", "", "", shares(5, 10))), EN)[0]
    assert [spot and spot[1:] for spot in chart.curves[0].spots] == [(12.5, 17.5, 22.5), (25.0, 30.0, 35.0)]


def test_what_is_not_over_says_so_in_the_picture_and_in_words() -> None:
    curve = drawing.charts(ALL, EN)[1].curves[0]
    assert (curve.partial, "in part" in curve.name) == (True, True)
    assert "°" in drawing.svg(drawing.charts(ALL, EN)[1], EN)


def test_the_same_report_is_the_same_picture_and_nothing_in_it_runs_or_comes_from_elsewhere() -> None:
    first, again = (drawing.svg(drawing.charts(ALL, EN)[0], EN) for _ in range(2))
    assert first == again
    assert "script" not in first
    assert not re.findall(r"(?:href|src)=|url\(|@import", first)
    assert "Rentrée &lt;b&gt;&amp;" in first


def test_marks_outside_of_what_is_shown_are_not_drawn() -> None:
    far = Mark(MONDAY - timedelta(days=40), "boost", "Old")
    assert drawing.charts(replace(ALL, marks=(far,)), EN)[0].marks == []


def test_what_other_tools_counted_is_beside_the_networks_own() -> None:
    mail = Other("Mail", "posts", points({"count": 900}, {"count": 800}))
    names = [curve.name for curve in drawing.charts(replace(ALL, others=(mail,)), EN)[1].curves]
    assert names[1] == "Messages, counted by Mail"


def test_marks_of_the_last_days_are_drawn_and_stand_behind_the_day_that_a_period_begins_on() -> None:
    last = MONDAY + timedelta(weeks=3, days=5)
    chart = drawing.charts(replace(ALL, marks=(Mark(last, "boost", "Cake"),)), EN)[0]
    assert [x for x, _ in chart.marks] == [last.toordinal()]
    assert [x for x, _ in chart.ticks] == [(MONDAY + timedelta(weeks=number)).toordinal() for number in range(4)]


def test_letters_stand_apart_and_above_the_axis() -> None:
    flat = [Series(each, "all", "", "", points({"count": 9}, {"count": 0})) for each in ("posts", "replies", "reads")]
    drawn = drawing.svg(drawing.charts(report(*flat), EN)[0], EN)
    heights = sorted(float(y) for y in re.findall(r'<text x="[^"]*" y="([^"]*)" class="label">[A-C]<', drawn))
    axis = max(float(y) for y in re.findall(r'd="M0\.0+ (\S+) h', drawn))
    assert len(heights) == 3
    assert heights[-1] < axis
    assert min(high - low for low, high in pairwise(heights)) >= 14


def test_bars_are_explained_where_there_are_some() -> None:
    people, happened = drawing.charts(ALL, EN)
    assert "Upright bars: the true share lies somewhere on the bar" in drawing.svg(people, EN)
    assert "Upright bars" not in drawing.svg(happened, EN)


def test_charts_of_one_page_have_titles_of_their_own() -> None:
    balance = [Series(each, "all", "", "", points({"told": Told(1, 1, 4)})) for each in ("private", "interest")]
    whole = replace(ALL, series=[*ALL.series, *balance])
    titles = [each.title for part in viewing.charted(whole) for each in drawing.charts(part, EN)]
    assert titles == [
        "Who takes part, by week: everybody",
        "Messages, by week: everybody",
        "Kinds of communities, by week: everybody",
    ]


def test_a_correction_says_why() -> None:
    [chart, _] = drawing.charts(replace(ALL, marks=(Mark(MONDAY + timedelta(days=8), "correction", "late"),)), EN)
    assert chart.marks[0][1] == "Corrected: something was told late"


def test_more_curves_than_a_chart_takes_are_counted() -> None:
    many = [Series("posts", "community", str(n), f"Room {n}", points({"count": n})) for n in range(12)]
    [chart] = drawing.charts(report(*many), EN)
    assert (len(chart.curves), chart.left_out) == (8, 4)


def test_nothing_to_draw_is_no_picture() -> None:
    assert drawing.picture(report(), EN) is None
    untold = report(Series("active", "all", "", "", points({"why": "small"}, {"why": "small"})))
    drawn = drawing.picture(untold, EN)
    assert drawn is not None
    assert "Active contributors" in drawn.alt
    assert EN.line(naming.lines(untold)[0]).endswith("not told, to protect people")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Active contributors, week from Monday 28 September 2026: 25 % to 35 % (10 to 14 of 40); before: 12 %"),
        ("fr", "Contributeurs actifs, semaine du lundi 28 septembre 2026\u00a0: 25"),
    ],
)
def test_figures_are_said_too(language: str, said: str) -> None:
    voice = VOICES[language]
    lines = [voice.line(each) for each in naming.lines(ALL)]
    assert lines[2].startswith(said)
    picture = drawing.picture(ALL, voice)
    assert picture is not None
    assert all(name in picture.alt for name in ("A ", "B ", "C ")), "what is drawn"
    assert not any(each in picture.alt for each in lines), "these stand in the message, and would stand there twice"


@pytest.mark.parametrize(
    ("series", "name"),
    [
        (Series("active", "department", "=Sales", "", ()), "Sales"),
        (Series("active", "department", OTHERS, "", ()), "smaller departments, together"),
        (Series("posts", "community", OTHERS, "", ()), "smaller communities, together"),
        (Series("posts", "community", "12", "Garden", ()), "Garden"),
        (Series("posts", "all", "", "", ()), "everybody"),
        (Series("posts", "phase", "pilot", "", ()), "pilots"),
        (Series("posts", "objective", NO_DEPARTMENT, "", ()), "no objective"),
        (Series("active", "department", NO_DEPARTMENT, "", ()), "no department known"),
    ],
)
def test_groups_are_called_by_what_people_call_them(series: Series, name: str) -> None:
    said = naming.group(series)
    assert (said if isinstance(said, str) else EN(said.term, **said.args)) == name


def test_a_picture_is_as_wide_and_as_small_as_a_chat_shows() -> None:
    picture = drawing.picture(ALL, EN)
    assert picture is not None
    assert struct.unpack(">II", picture.data[16:24])[0] == drawing.WIDTH * drawing.SHARP
    assert len(picture.data) < 400_000
