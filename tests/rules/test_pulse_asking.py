"""What `pulse` is asked for, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.cli.voice import LOCALES, Voice
from bot.figures import OTHERS, Told
from bot.words import Reader, Words
from nudges.pulse import asking, naming, viewing
from nudges.pulse.asking import Wanted, wanted
from nudges.pulse.capability import nudge
from nudges.pulse.report import Asked, Kind, Mark, Other, Point, Report, Series

TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 16)
WORDS = Words([LOCALES, nudge.catalogs])


def report(kind: Kind = "all", *series: Series) -> Report:
    asked = Asked(("active",), "week", MONDAY, TODAY, kind)
    return Report(asked, series, (), (), datetime(2026, 11, 24, tzinfo=UTC), 5, 28, MONDAY, ("Bees",))


def active(group: str, name: str = "", kind: Kind = "department") -> Series:
    weeks = [MONDAY - timedelta(weeks=1), MONDAY]
    points = [Point(each, each + timedelta(days=6), told=Told(5, 9, 20)) for each in weeks]
    return Series("active", kind, group, name, points)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Wanted()),
        ("month", Wanted("month")),
        ("Mois", Wanted("month")),
        ("jour sombre", Wanted("day", theme="dark")),
        ("departments", Wanted(kind="department")),
        ("month communautes", Wanted("month", "community")),
        ("communautés mois", Wanted("month", "community")),
        ("department Head office", Wanted(kind="department", name="Head office")),
        ("service week", Wanted(kind="department", name="week")),
        ("week community Garden", Wanted("week", "community", "Garden")),
        ("phases", Wanted(kind="phase")),
        ("objectif Vendre mieux", Wanted(kind="objective", name="Vendre mieux")),
        ("department", None),
        ("departments communities", None),
        ("who is lazy", None),
    ],
)
def test_what_is_asked_for(text: str, found: Wanted | None) -> None:
    assert wanted(text) == found


def test_one_group_is_asked_for_as_each_and_looked_for_in_what_may_be_told() -> None:
    asked = Wanted("month", "department", "Sales").asked(TODAY)
    assert (asked.kind, asked.group, asked.period, asked.until) == ("department", "", "month", TODAY)
    assert "activated" in asked.measures
    assert Wanted(kind="department").asked(TODAY).measures == ("active",)


@pytest.mark.parametrize("name", ["Ventes", "ventes", "VENTES"])
def test_a_group_is_found_by_its_name(name: str) -> None:
    whole = report("department", active("=Ventes"), active("=Achats"), active(OTHERS))
    assert [each.group for each in asking.only(whole, name, lambda each: each.name).series] == ["=Ventes"]
    assert asking.only(whole, "Nobody", lambda each: each.name).series == []


def test_a_message_has_the_figures_their_definition_and_the_picture() -> None:
    said = asking.told(report("all", active("", kind="all")))
    voice = Voice(WORDS, "en")
    text = "\n".join(voice.line(each) for each in said.lines)
    assert "Active contributors, week from Monday 16 November 2026: 25 % to 45 % (5 to 9 of 20)" in text
    assert "Active contributors: People who wrote or reacted in a community within the 28 days up to that day" in text
    assert "until Tuesday 24 November 2026" in text
    assert "Bees" in text
    assert said.picture is not None
    drawn = asking.draw(said.picture.of, voice)
    assert drawn is not None
    assert drawn.data.startswith(b"\x89PNG")
    assert "Curves: A Active contributors" in drawn.alt
    assert "25 % to 45 %" not in drawn.alt, "it is said above"


def test_a_message_is_drawn_for_its_reader_and_comes_without_picture_where_nobody_draws() -> None:
    said, words = asking.told(report("all", active("", kind="all"))), Words([LOCALES, nudge.catalogs])
    assert words.message(said, Reader("fr")).picture is None
    words.draws({"pulse.charts": asking.draw})
    french, english = (words.message(said, Reader(language)).picture for language in ("fr", "en"))
    assert french is not None
    assert english is not None
    assert "Contributeurs actifs" in french.alt
    assert french.data != english.data


def test_what_stands_beside_the_curves_is_said_too() -> None:
    mail = Other("mail", "letters", [Point(MONDAY, TODAY, count=31, partial=True)])
    whole = replace(report("all", active("", kind="all")), others=(mail,), marks=(Mark(TODAY, "campaign", "Fair"),))
    text = "\n".join(Voice(WORDS, "en").line(each) for each in asking.told(whole).lines)
    assert "letters, counted by mail, week from Monday 16 November 2026, in part: 31" in text
    assert "Tuesday 24 November 2026: Campaign: Fair" in text


def test_what_other_tools_counted_is_said_before_there_is_anything_of_our_own() -> None:
    mail = Other("mail", "letters", [Point(MONDAY, TODAY, count=31, partial=True)])
    nothing = Series("active", "all", "", "", [Point(MONDAY, TODAY, why="before")])
    whole = report("all", nothing)
    answer = asking.answered(replace(whole, others=(mail,)))
    text = "\n".join(Voice(WORDS, "en").line(each) for each in answer.lines)
    assert "letters, counted by mail, week from Monday 16 November 2026, in part: 31" in text
    assert "There are no figures yet. I count each day in the following night" in text
    assert "Active contributors" not in text
    assert answer.picture is not None
    bare = asking.answered(whole)
    assert [each.id for each in bare.lines] == ["pulse-nothing"]
    assert bare.picture is None


def test_an_exact_count_is_no_range() -> None:
    few = Series(
        "private", "all", "", "", [Point(MONDAY, TODAY, told=Told(0, 0, 4)), Point(TODAY, TODAY, told=Told(1, 1, 3))]
    )
    for language, said in (
        ("en", ["0 of 4 (0 %)", "1 of 3 (33 %)"]),
        ("fr", ["0 sur 4 (0\u00a0%)", "1 sur 3 (33\u00a0%)"]),
    ):
        assert [viewing.said(naming.figure(each), Voice(WORDS, language)) for each in few.points] == said


def test_where_small_communities_are_told_together_a_note_says_so() -> None:
    posts = [Series("posts", "community", each, "", [Point(MONDAY, TODAY, count=3)]) for each in ("7", OTHERS)]
    for series, is_said in ((posts, True), (posts[:1], False)):
        assert ("pulse-others" in [each.id for each in asking.told(report("community", *series)).lines]) is is_said
    departments = report("department", active("=Sales"), active(OTHERS))
    assert "pulse-others" not in [each.id for each in asking.told(departments).lines]


def test_a_figure_of_another_period_than_the_newest_says_which() -> None:
    weeks = [MONDAY - timedelta(weeks=number) for number in (1, 0)]
    old = [Point(weeks[0], weeks[0] + timedelta(days=6), count=7), Point(MONDAY, TODAY, why="small")]
    new = [Point(each, each + timedelta(days=6), count=9) for each in weeks]
    posts = [Series("posts", "community", name, name, points) for name, points in (("7", old), ("8", new))]
    page = viewing.by_group(report("community", *posts), Voice(WORDS, "en"))
    assert [list(cells) for _, _, cells in page.rows] == [["7 (week from Monday 9 November 2026)"], ["9"]]


def test_curves_beyond_what_a_chat_holds_are_counted() -> None:
    many = [active(f"={number}") for number in range(20)]
    said = asking.told(report("department", *many))
    assert [each.kind for each in said.lines].count("item") == asking.LINES
    assert "8 curves more" in "\n".join(Voice(WORDS, "en").line(each) for each in said.lines)
