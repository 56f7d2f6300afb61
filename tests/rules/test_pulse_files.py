"""Files of other tools' numbers, marks as they are typed, and how a report is written down."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from bot.cli.voice import LOCALES, Voice
from bot.figures import NO_DEPARTMENT, OTHERS, Told
from bot.nudge import Refused
from bot.words import Words
from nudges.pulse import export, imported
from nudges.pulse.capability import nudge
from nudges.pulse.imported import Row
from nudges.pulse.marking import Marking, marking
from nudges.pulse.report import Asked, Mark, Other, Point, Report, Series
from storage.beside import Number

TODAY = date(2026, 11, 24)
DAY = date(2026, 11, 2)
HEAD = "day,tool,measure,count\n"
VOICE, FRENCH = (Voice(Words([LOCALES, nudge.catalogs]), language) for language in ("en", "fr"))


def wrong(data: bytes) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.wrong.id) for each in imported.read(data, TODAY).troubles]


@pytest.mark.parametrize(
    "data",
    [
        b"day,tool,measure,count\n2026-11-02,mail,sent,7\n",
        b"\xef\xbb\xbfDay;Tool;Measure;Count\r\n2026-11-02; mail ;sent;7\r\n;;;\r\n",
        "sep=;\nJour;Outil;Mesure;Nombre\n2 novembre 2026;mail;sent;7\n".encode("utf-16"),
        b"count\tmeasure\ttool\tdate\n7\tsent\tmail\t02/11/2026\n".replace(b"02/11", b"2026-11-02").replace(
            b"/2026", b""
        ),
    ],
)
def test_a_number_is_read_however_the_file_was_saved(data: bytes) -> None:
    sheet = imported.read(data, TODAY)
    assert (sheet.troubles, sheet.rows) == ([], [Row(DAY, "mail", "sent", 7)])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", [(0, "", "pulse-import-no-rows")]),
        (HEAD, [(0, "", "pulse-import-no-rows")]),
        ("day,tool,count\n2026-11-02,mail,7\n", [(1, "", "pulse-import-lacking")]),
        ("day,tool,measure,count,who\n", [(1, "", "pulse-import-heading")]),
        ("day,date,tool,measure,count\n", [(1, "", "pulse-import-heading-twice")]),
        (f"{HEAD}2026-11-02,mail,sent\n", [(2, "count", "pulse-import-empty")]),
        (f"{HEAD}2026-11-02,mail,sent,7,8\n", [(2, "", "people-more-cells")]),
        (f"{HEAD}2026-02-30,mail,sent,7\n", [(2, "day", "pulse-import-no-day")]),
        (f"{HEAD}2026-11-25,mail,sent,7\n", [(2, "day", "pulse-import-to-come")]),
        (f"{HEAD}1999-12-31,mail,sent,7\n", [(2, "day", "pulse-import-long-ago")]),
        (f"{HEAD}2026-11-02,mail,sent,7.5\n", [(2, "count", "pulse-import-no-count")]),
        (f"{HEAD}2026-11-02,mail,sent,²\n", [(2, "count", "pulse-import-no-count")]),
        (f"{HEAD}2026-11-02,mail,sent,3000000000\n", [(2, "count", "pulse-import-large")]),
        (f"{HEAD}2026-11-02,{'m' * 61},sent,7\n", [(2, "tool", "people-too-long")]),
        (f'{HEAD}2026-11-02,"mail,sent,7\n', [(2, "", "people-quotes")]),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(text: str, what: list[tuple[int, str, str]]) -> None:
    assert wrong(text.encode()) == what


def test_what_is_no_text_is_refused() -> None:
    assert wrong(b"PK\x03\x04rest") == [(0, "", "people-workbook")]
    assert [each[2] for each in wrong(b"day,tool\0")] == ["people-nul"]


def test_names_stay_as_they_were_first_written_and_only_what_differs_changes() -> None:
    rows = [Row(DAY, "INTRANET", "Vues", 5), Row(DAY, "mail", "vues", 6), Row(TODAY, "Mail", "vues", 6)]
    rows = imported.spelled(rows, [("Intranet", "vues")])
    assert [(each.tool, each.measure) for each in rows] == [("Intranet", "vues"), ("mail", "vues"), ("mail", "vues")]
    known = {("Intranet", "vues", DAY): Number(4, 3), ("mail", "vues", DAY): Number(6, 1)}
    found = imported.changes(rows, known)
    assert [(each.row.tool, each.row.day, each.version) for each in found] == [("Intranet", DAY, 4), ("mail", TODAY, 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-02 Fair", Marking(DAY, "Fair")),
        (
            "22/11/2026  campaign Posters in the canteen",
            Marking(date(2026, 11, 22), "Posters in the canteen", "campaign"),
        ),
        ("2026-11-02 relance Cuisine", Marking(DAY, "Cuisine", "boost")),
        ("2026-11-02 Note", Marking(DAY, "Note")),
        ("2026-11-02", Marking(DAY, "")),
        ("2026-11-02 campaign ", Marking(DAY, "campaign")),
        ("02/02/2026 Fair", Marking(date(2026, 2, 2), "Fair")),
    ],
)
def test_a_mark_as_it_is_typed(text: str, found: Marking) -> None:
    assert marking(text) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "pulse-mark-unknown"),
        ("Fair", "pulse-mark-no-day"),
        ("2026-02-30 Fair", "pulse-mark-no-day"),
        ("12/11/2026 US", "pulse-mark-two-days"),
    ],
)
def test_a_mark_of_no_day_or_of_two_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        marking(text)
    assert refused.value.line.id == why


@pytest.mark.parametrize(
    ("day", "write"),
    [
        ("2026-02-30", "correct the day, or take the row out"),
        ("31/02/2026", "correct the day, or take the row out"),
        ("2026-11-25", "correct the day, or take the row out"),
        ("1999-12-31", "correct the day, or take the row out"),
        ("03/04/2026", "write it as 2026-04-03 or 2026-03-04"),
        ("soon", "write the day as year, month and day, such as 2026-11-30"),
    ],
)
def test_what_to_do_about_a_day_corrupts_nothing(day: str, write: str) -> None:
    (trouble,) = imported.read(f"{HEAD}{day},mail,sent,7\n".encode(), TODAY).troubles
    assert VOICE.line(trouble.write) == write


def test_a_file_without_rows_has_no_numbers_in_it() -> None:
    (trouble,) = imported.read(HEAD.encode(), TODAY).troubles
    assert VOICE.line(trouble.wrong) == "has no numbers in it"
    assert FRENCH.line(trouble.wrong) == "ne contient aucun nombre"


def test_groups_keep_names_of_their_own_among_the_gauges() -> None:
    groups = ["", OTHERS, NO_DEPARTMENT, "=", f"={OTHERS}", f"={NO_DEPARTMENT}", "=Sales"]
    assert len({export.label(each) for each in groups}) == len(groups)
    assert export.label("=Sales") == "Sales"


def test_everything_that_a_report_tells_is_written_down_and_nothing_else() -> None:
    small, few = Point(TODAY, TODAY, why="small"), Point(TODAY, TODAY, count=3)
    series = [
        Series("active", "all", "", "", [Point(DAY, DAY, told=Told(5, 9, 20), taken=DAY), small]),
        Series("posts", "all", "", "", [Point(DAY, DAY, None, 0, partial=True, version=2), few]),
    ]  # fmt: skip
    mail = Other("=mail()", "posts", [Point(DAY, DAY, count=40)])
    asked = Asked(("active", "posts"), "day", DAY, TODAY)
    report = Report(
        asked, series, [Mark(DAY, "boost", "+Fair")], [mail], datetime(2026, 11, 25, tzinfo=UTC), 5, 28, DAY, ("Bees",)
    )
    lines = export.csv(report, VOICE).splitlines()
    assert len(lines) == 1 + 5
    assert lines[1].startswith("parvis,active,all,everybody,,2026-11-02,2026-11-02,,5,9,20,25,45,,no,1,2026-11-02,28,")
    assert lines[2].startswith("parvis,active,all,everybody,,2026-11-24,2026-11-24,,,,,,,small,no,1,,28,")
    assert lines[3].startswith("parvis,posts,all,everybody,,2026-11-02,2026-11-02,0,,,,,,,yes,2,,,")
    assert lines[5].startswith("'=mail(),posts,all,,,2026-11-02,2026-11-02,40,")
    document = json.loads(export.json(report, VOICE))
    assert [each["count"] for each in document["figures"]] == [None, None, 0, 3, 40]
    assert (document["not_measured"], document["complete_until"]) == (["Bees"], "2026-11-25T00:00+00:00")
    assert document["marks"] == [{"day": "2026-11-02", "kind": "boost", "name": "Boost: +Fair"}]
    gauges = {(each.name, each.labels.get("measure")): each.value for each in export.gauges([report])}
    assert gauges == {
        ("pulse_people_at_least", "active"): 5, ("pulse_people_at_most", "active"): 9,
        ("pulse_people_of", "active"): 20, ("pulse_count", "posts"): 3, ("pulse_imported", "posts"): 40,
    }  # fmt: skip
