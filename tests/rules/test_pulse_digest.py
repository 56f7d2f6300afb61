"""The month that is told of, and what is said of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.figures import Told
from bot.say import Line
from nudges.pulse.digest import MEASURES, month_before, said
from nudges.pulse.report import Asked, Measure, Point, Report, Series

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
ENDS = {OCTOBER: date(2026, 10, 31), NOVEMBER: date(2026, 11, 30)}


def point(month: date, **more: object) -> Point:
    return Point(month, ENDS[month], **more)  # type: ignore[arg-type]


def report(**points: list[Point]) -> Report:
    series = [Series(each, "all", "", "", points[each]) for each in MEASURES if each in points]
    asked = Asked(MEASURES, "month", OCTOBER, ENDS[NOVEMBER])
    return Report(asked, series, (), (), datetime(2026, 12, 1, tzinfo=UTC), 5, 28, OCTOBER)


def lines(**points: list[Point]) -> list[str]:
    message = said(report(**points), NOVEMBER)
    return [each.id for each in message.lines if each.kind == "item"] if message else []


def line(what: Measure, points: list[Point]) -> Line:
    message = said(report(**{what: points}), NOVEMBER)
    assert message is not None
    return next(each for each in message.lines if each.kind == "item")


def test_in_the_first_two_weeks_the_month_before_is_told_of() -> None:
    assert month_before(date(2026, 12, 1)) == NOVEMBER
    assert month_before(date(2026, 12, 14)) == NOVEMBER
    assert month_before(date(2026, 12, 15)) is None
    assert month_before(date(2027, 1, 1)) == date(2026, 12, 1)
    assert month_before(date(2028, 3, 3)) == date(2028, 2, 1)


def test_what_changed_is_said_where_both_months_were_counted_throughout() -> None:
    for now, then, id in ((310, 290, "more"), (290, 310, "fewer"), (300, 300, "same")):
        found = line("posts", [point(OCTOBER, count=then), point(NOVEMBER, count=now)])
        assert (found.id, found.args["change"]) == (f"pulse-digest-line-{id}", abs(now - then))
    assert lines(posts=[point(OCTOBER, count=9, partial=True), point(NOVEMBER, count=5)]) == ["pulse-digest-line-since"]
    assert lines(posts=[point(OCTOBER, count=9), point(NOVEMBER, count=5, partial=True)]) == ["pulse-digest-line-since"]
    assert lines(posts=[point(OCTOBER, why="before"), point(NOVEMBER, count=5)]) == ["pulse-digest-line"]


def test_what_is_told_in_steps_stands_beside_what_was_told_and_is_not_subtracted() -> None:
    found = line("active", [point(OCTOBER, told=Told(25, 29, 118)), point(NOVEMBER, told=Told(30, 34, 120))])
    assert found.id == "pulse-digest-line-since"
    assert "change" not in found.args


def test_a_part_of_a_month_says_so() -> None:
    found = line("posts", [point(NOVEMBER, count=5, partial=True)])
    assert getattr(found.args["figure"], "term", "") == "pulse-figure-partial"


def test_a_month_of_which_nothing_may_be_told_is_no_message() -> None:
    """What is not available on the platform is said beside figures, and alone it is none."""
    assert said(report(), NOVEMBER) is None
    assert said(report(posts=[point(OCTOBER, count=4), point(NOVEMBER, why="not_measured")]), NOVEMBER) is None
    assert said(report(reads=[point(NOVEMBER, why="unavailable")]), NOVEMBER) is None
    both = {"posts": [point(NOVEMBER, count=5)], "reads": [point(NOVEMBER, why="unavailable")]}
    assert lines(**both) == ["pulse-digest-line", "pulse-digest-line"]


def test_it_is_short_and_says_where_there_is_more() -> None:
    message = said(report(posts=[point(NOVEMBER, count=5)]), NOVEMBER, has_page=True)
    assert message is not None
    assert message.picture is not None
    assert [(each.action, each.value) for each in message.choices] == [("pulse", "month"), ("pulse.page", "")]
    assert len(message.lines) == 3  # its title, one figure, of which days it is
