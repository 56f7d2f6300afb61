"""A file of people, as it comes out of spreadsheets: read, or refused with everything that is wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.config.platforms import Shape
from bot.roster import cells
from bot.roster.comparing import allowed, differing, digest
from bot.roster.headings import asked_for, columns, folded
from bot.roster.matching import Verdict, judge
from bot.roster.reading import Row, Sheet, loops, read, separator
from bot.say import Names
from bot.sheets.cells import Unfit, is_formula, safe
from bot.sheets.files import TOLD, Trouble
from storage.matching import Evidence

HEAD = "matricule;courriel;nom;prénom;service;poste;responsable\n"


def rows(sheet: Sheet) -> list[Row]:
    assert not sheet.wrong, sheet.troubles
    return [row for block in sheet.rows() for row in block]


def one(text: str, encoding: str = "utf-8") -> Row:
    (row,) = rows(read(text.encode(encoding), ("acme", "element")))
    return row


def wrong(text: str | bytes, *platforms: str) -> list[Trouble]:
    sheet = read(text if isinstance(text, bytes) else text.encode(), platforms)
    assert sheet.wrong == len(sheet.troubles)
    return sheet.troubles


def said(text: str | bytes) -> list[tuple[int, str, str]]:
    """Row, column, what is wrong."""
    return [(each.row, each.column, each.wrong.id) for each in wrong(text)]


def remarks(sheet: Sheet) -> list[tuple[str, str, list[int]]]:
    return [(each.kind, each.column, each.rows) for each in sheet.remarks.by_column.values()]


# ---------------------------------------------------------------- encodings and separators


@pytest.mark.parametrize(
    ("encoding", "known"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("latin-1", "cp1252"), ("utf-16", "utf-16")],
)
def test_french_is_read_whatever_saved_it(encoding: str, known: str) -> None:
    name = "Ouf" if encoding == "latin-1" else "Œuf"
    text = f"{HEAD}1;zoé@example.org;{name};Zoé;Été à la mer;Chargée;\n"
    sheet = read(text.encode(encoding))
    assert sheet.encoding == known
    (row,) = rows(sheet)
    assert (row.name, row.department) == (f"Zoé {name}", "Été à la mer")


@pytest.mark.parametrize("by", [";", ",", "\t", "|"])
def test_the_separator_is_seen(by: str) -> None:
    text = f"key{by}email{by}job\n1{by}ana@example.org{by}Cook\n2{by}bob@example.org{by}Smith\n"
    assert read(text.encode()).separator == by
    assert [each.job for each in rows(read(text.encode()))] == ["Cook", "Smith"]


def test_the_separator_of_one_column_does_not_matter() -> None:
    assert [each.key for each in rows(read(b"email\nana@example.org\n"))] == ["ana@example.org"]


def test_a_comma_within_cells_is_no_separator() -> None:
    text = 'key;name;job\n1;"Martin, Ana";"Cook, pastry"\n2;"Roy, Bob";"Smith, iron"\n'
    assert separator(text) == ";"
    assert [each.name for each in rows(read(text.encode()))] == ["Martin, Ana", "Roy, Bob"]


def test_what_excel_writes_first_names_the_separator() -> None:
    assert one("sep=|\nkey|name\n1|Ana\n").name == "Ana"


def test_a_line_break_within_a_cell_ends_no_row() -> None:
    text = 'key,name,email\n1,"Ana\nMartin",ana@example.org\n2,Bob,nonsense\n'
    assert said(text) == [(3, "email", "people-no-email")], "rows are counted as a spreadsheet does"


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Matricule", "key"), ("STAFF NUMBER", "key"), ("N° matricule", ""), ("Numéro matricule", "key"),
        ("Courriel", "email"), ("E-mail", "email"), ("Adresse électronique", "email"),
        ("Service", "department"), ("Département", "department"), ("Fonction", "job"), ("Poste", "job"),
        ("Responsable", "manager"), ("N+1", "manager"), ("Langue", "language"), ("Fuseau horaire", "zone"),
        ("time_zone", "zone"), ("Pays", "country"), ("Jours travaillés", "days"), ("Absent jusqu’au", "until"),
        ("Absent from", "from"), ("Bureau", ""),
    ],
)  # fmt: skip
def test_headings_are_known_in_both_languages(heading: str, field: str) -> None:
    there = columns([heading], ())
    assert list(there.found) == ([field] if field else [])
    assert list(there.unread) == ([] if field else [heading])


def test_headings_are_compared_without_case_accents_and_spaces() -> None:
    assert folded(" Prénom ") == folded("PRENOM") == "prenom"


@pytest.mark.parametrize(
    ("headings", "name"),
    [
        ("key,nom,prénom", "Ana Martin"), ("key,nom de famille,prenom", "Ana Martin"), ("key,nom,x", "Martin"),
        ("key,last name,first name", "Ana Martin"), ("key,name,x", "Martin"), ("key,name,given name", "Ana Martin"),
        ("key,nom complet,prénom", "Martin"),
    ],
)  # fmt: skip
def test_a_name_is_whole_or_in_two_parts(headings: str, name: str) -> None:
    assert one(f"{headings}\n1,Martin,Ana\n").name == name


def test_the_plainer_of_two_headings_counts_and_the_other_is_not_read() -> None:
    sheet = read(b"key,direction,service\n1,Finance,Payroll\n")
    (row,) = rows(sheet)
    assert (row.department, row.more) == ("Payroll", "{}")
    assert sheet.columns
    assert sheet.columns.passed == ["direction"]


def test_columns_that_no_setting_asks_for_are_not_kept() -> None:
    sheet = read("key,salaire,Motif absence,Étage\n1,50000,maladie,3\n".encode(), wanted=["étage", "location", "job"])
    assert [json.loads(each.more) for each in rows(sheet)] == [{"étage": "3"}]
    assert sheet.columns
    assert sheet.columns.unread == ["salaire", "Motif absence"]
    assert sheet.columns.lacking == ["job", "location"]


@pytest.mark.parametrize(
    ("headings", "kept"),
    [
        ("key,Lieu,x", {"location": "Paris"}), ("key,bureau,lieu", {"location": "B12"}),
        ("key,Site,Location", {"location": "B12"}), ("key,direction,x", {"direction": "Paris"}),
        ("key,poste,téléphone", {"phone": "B12"}),
    ],
)  # fmt: skip
def test_a_column_that_settings_ask_for_is_known_by_its_usual_headings(headings: str, kept: dict[str, str]) -> None:
    sheet = read(f"{headings}\n1,Paris,B12\n".encode(), wanted=["location", "phone", "direction"])
    assert [json.loads(each.more) for each in rows(sheet)] == [kept]


def test_what_is_pushed_is_kept_only_where_settings_ask_for_it() -> None:
    said = {"phone": "+33 1", "division": "North", "cost center": "7"}
    assert asked_for(said, ["téléphone", "job"]) == {"téléphone": "+33 1"}
    assert asked_for(said, []) == {}


def test_accounts_are_named_by_platform() -> None:
    row = one("key,Account acme,Compte ELEMENT\n1,U0ANA,@ana:example.org\n")
    assert json.loads(row.accounts) == {"acme": "U0ANA", "element": "@ana:example.org"}


def test_only_the_columns_that_a_file_has_are_its_fields() -> None:
    assert read(b"key,email,first name\n1,ana@example.org,Ana\n").fields == ("email", "name")
    assert read(b"key,absent from,room\n1,2026-12-01,B\n").fields == ("away",)
    assert read(b"key,absent from,room\n1,2026-12-01,B\n", wanted=["room"]).fields == ("away", "more")


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("text", "code"),
    [("fr", "fr"), ("FR", "fr"), ("fr-CA", "fr"), ("fr_FR", "fr"), ("Français", "fr"), ("French", "fr"),
     ("anglais", "en"), ("German", "de"), ("", "")],
)  # fmt: skip
def test_a_language_is_known_by_code_and_by_name(text: str, code: str) -> None:
    assert cells.language(text) == code


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon tue", "mon tue"), ("mardi, lundi", "mon tue"), ("lun-ven", "mon tue wed thu fri"),
        ("lundi au jeudi", "mon tue wed thu"), ("Monday to Wednesday", "mon tue wed"), ("lun à mar", "mon tue"),
        ("sun-mon", "mon sun"), ("mer;jeu/ven", "wed thu fri"), ("", ""),
    ],
)  # fmt: skip
def test_working_days_are_written_in_many_ways(text: str, days: str) -> None:
    assert cells.days(text) == days


@pytest.mark.parametrize(
    ("read_", "text", "value"),
    [
        (cells.zone, "europe/paris", "Europe/Paris"), (cells.country, "fr", "FR"), (cells.country, "France", "FR"),
        (cells.country, "fr-57", "FR-57"), (cells.country, "Royaume-Uni", "GB"), (cells.country, "CA_QC", "CA-QC"),
        (cells.day, "31/12/2026", "2026-12-31"), (cells.day, "2026-12-31", "2026-12-31"),
        (cells.email, "Ana@Example.ORG", "ana@example.org"),
    ],
)  # fmt: skip
def test_a_value_is_written_in_one_way(read_: object, text: str, value: str) -> None:
    assert callable(read_)
    assert read_(text) == value


@pytest.mark.parametrize(
    ("read_", "text", "write"),
    [
        (cells.zone, "Europe/Pari", "Europe/Paris"), (cells.zone, "Noumea", "Pacific/Noumea"),
        (cells.language, "frnch", "fr"), (cells.country, "Frence", "FR"), (cells.country, "XX", "FR"),
        (cells.days, "all week", "mon tue wed"), (cells.days, "5", "mon tue wed"), (cells.day, "soon", "2026-12-31"),
        (cells.email, "Ana <ana@example.org>", "ana@example.org"), (cells.email, "ana", "ana@example.org"),
        (cells.email, "a@b@example.org", "b@example.org"), (cells.email, "ana@localhost", "ana@example.org"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_used_is_refused_with_what_to_write(read_: object, text: str, write: str) -> None:
    assert callable(read_)
    with pytest.raises(Unfit) as refused:
        read_(text)
    assert refused.value.write.args["what"] == write


@pytest.mark.parametrize(
    ("read_", "text", "how"),
    [
        (cells.zone, "Europe/Pari", "people-write"), (cells.zone, "GMT+1", "people-example"),
        (cells.zone, "UTC-3", "people-example"), (cells.zone, "+02:00", "people-example"),
        (cells.email, "Ana <ana@example.org>", "people-write"), (cells.email, "alice@company", "people-example"),
        (cells.language, "frnch", "people-write"), (cells.language, "xx", "people-example"),
        (cells.country, "Frence", "people-write"), (cells.country, "XX", "people-example"),
        (cells.day, "soon", "people-example"), (cells.days, "5", "people-example"),
    ],
)  # fmt: skip
def test_an_example_is_not_told_as_what_was_meant(read_: object, text: str, how: str) -> None:
    assert callable(read_)
    with pytest.raises(Unfit) as refused:
        read_(text)
    assert refused.value.write.id == how
    assert not str(refused.value.write.args["what"]).startswith("Etc/")


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [("=HYPERLINK(1)", True), ("@SUM(A1)", True), ("+cmd|x", True), ("-2+3+cmd", True), ("+33 1 23 45", False),
     ("-", False), ("Ana", False), ("", False), ("-12,5", False)],
)  # fmt: skip
def test_formulas_are_told_from_telephone_numbers(cell: str, is_one: bool) -> None:
    assert is_formula(cell) is is_one


def test_formulas_are_text_and_noted() -> None:
    sheet = read(b"key,name,job\n1,=1+1,Cook\n2,@bob,=HYPERLINK(0)\n")
    assert [each.name for each in rows(sheet)] == ["=1+1", "@bob"]
    assert remarks(sheet) == [("formula", "name", [2, 3]), ("formula", "job", [3])]


def test_accounts_begin_as_platforms_write_them_and_are_no_formulas() -> None:
    sheet = read(b"key,account element,name\n1,@ana:example.org,=1+1\n", ["element"])
    assert remarks(sheet) == [("formula", "name", [2])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("key,language\n1,de\n2,fr\n3,\n", [("language", "language", [2])]),
        ("key,absent from,absent until\n1,2026-12-01,\n2,2026-12-01,2026-12-02\n", [("endless", "absent from", [2])]),
        ("key,absent from,absent until\n1,01/12/2026,13/12/2026\n", [("day-first", "absent from", [2])]),
        ("key,absences\n1,2026-12-01..2026-12-02\n2,2026-12-01; 02.03.2027\n", [("day-first", "absences", [3])]),
        ("key,absences\n1,12/12/2026\n2,31/01/2027\n", []),
        ("key,name,job\n1,Martin\n2,Roy,\n", [("short", "", [2])]),
    ],
)  # fmt: skip
def test_what_could_be_meant_otherwise_is_told(text: str, found: list[tuple[str, str, list[int]]]) -> None:
    sheet = read(text.encode())
    assert rows(sheet)
    assert remarks(sheet) == found


def test_of_many_rows_the_first_are_named_and_all_counted() -> None:
    (remark,) = read(b"key,name\n" + b"".join(b"%d\n" % each for each in range(9))).remarks.by_column.values()
    assert (remark.count, remark.rows) == (9, [2, 3, 4, 5, 6])


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-1", "@x", "\t=1", "\r=1"])
def test_what_is_written_for_a_spreadsheet_computes_nothing(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    assert safe("Ana") == "Ana"


def test_cells_are_one_line_without_what_cannot_be_seen() -> None:
    assert one('key,name\n1,"  Ana\u202e \n Mar\u00a0tin\x07 "\n').name == "Ana Mar tin"


# ---------------------------------------------------------------- absence


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("2027-02-01..2027-02-05; 2026-12-24", [["2026-12-24", "2026-12-24"], ["2027-02-01", "2027-02-05"]]),
        ("01/12/2026 au 15/12/2026 ; 01/02/2027", [["2026-12-01", "2026-12-15"], ["2027-02-01", "2027-02-01"]]),
        ("2026-12-01 - 2026-12-15", [["2026-12-01", "2026-12-15"]]),
        ("", []),
    ],
)  # fmt: skip
def test_somebody_is_absent_several_times(text: str, away: list[list[str]]) -> None:
    assert json.loads(one(f"key|absences\n1|{text}\n").away) == away


def test_one_absence_in_columns_of_its_own_is_added_to_the_others() -> None:
    row = one("key,absent from,absent until,absences\n1,2027-01-01,2027-01-02,2026-12-24\n")
    assert json.loads(row.away) == [["2026-12-24", "2026-12-24"], ["2027-01-01", "2027-01-02"]]


@pytest.mark.parametrize("text", ["soon", "2026-12-15..2026-12-01", "2026-12-01..", "2026-12-01..02..03"])
def test_absences_that_cannot_be_read_are_said(text: str) -> None:
    assert said(f"key,absences\n1,{text}\n") == [(2, "absences", "people-no-absences")]


def test_absence_is_kept_without_a_reason() -> None:
    row = one("matricule;absent du;absent au;motif d'absence\n1;01/12/2026;15/12/2026;\n")
    assert json.loads(row.away) == [["2026-12-01", "2026-12-15"]]


def test_an_absence_may_be_without_an_end() -> None:
    assert json.loads(one("key,absent from\n1,2026-12-01\n").away) == [["2026-12-01", "9999-12-31"]]


@pytest.mark.parametrize(
    ("begin", "end", "found"),
    [("2026-12-15", "2026-12-01", "people-absent-order"), ("", "2026-12-01", "people-absent-since")],
)
def test_an_absence_needs_its_beginning_first(begin: str, end: str, found: str) -> None:
    assert said(f"key,absent from,absent until\n1,{begin},{end}\n") == [(2, "absent until", found)]


# ---------------------------------------------------------------- what is wrong with a file


@pytest.mark.parametrize("data", [b"", b"\n\n", b"key,email\n", b"\xef\xbb\xbf", b"key;name\n;;\n"])
def test_a_file_without_people_is_refused(data: bytes) -> None:
    assert [each for _, _, each in said(data)] == ["people-empty"]


def test_a_byte_without_meaning_is_named_by_its_row() -> None:
    assert said(b"key,name\n1,Ana\n2,B\0b\n") == [(3, "", "people-nul")]


def test_what_no_encoding_explains_is_refused() -> None:
    assert [each for _, _, each in said(b"key,name\n1,\x81\x8d\n")] == ["people-undecodable"]


def test_quotation_marks_must_be_closed() -> None:
    assert said('key,name\n1,Ana\n2,"Bob\n3,Eve\n') == [(3, "", "people-quotes")]


@pytest.mark.parametrize(
    ("headings", "heading", "found"),
    [
        ("name,job", "", "people-no-key"),
        ("key,Key ", "Key", "people-heading-twice"),
        ("key,room,Room", "Room", "people-heading-twice"),
        ("key,account skype", "account skype", "people-no-platform"),
    ],
)
def test_headings_that_cannot_be_used_are_refused(headings: str, heading: str, found: str) -> None:
    troubles = wrong(f"{headings}\n1,2\n", "acme")
    assert [(each.row, each.column, each.wrong.id) for each in troubles] == [(1, heading, found)]


def test_everything_that_is_wrong_is_told_at_once_and_in_order() -> None:
    text = (
        "key,email,time zone,country,days,language,manager\n"
        "1,ana@example.org,Europe/Pari,FR,mon,fr,9\n"
        "2,ana@example.org,Europe/Paris,XX,noday,tlhh,1\n"
        "2,bob,Europe/Paris,FR,mon,fr,\n"
        ",eve@example.org,,,,,\n"
        "3,a@example.org,,,,,,extra\n"
    )
    assert sorted(said(text)) == [
        (2, "manager", "people-no-manager"), (2, "time zone", "people-no-zone"), (3, "country", "people-no-country"),
        (3, "days", "people-no-day"), (3, "email", "people-twice"), (3, "language", "people-no-language"),
        (4, "email", "people-no-email"), (4, "key", "people-twice"), (5, "key", "people-missing"),
        (6, "", "people-more-cells"),
    ]  # fmt: skip
    assert [row for row, _, _ in said(text)] == sorted(row for row, _, _ in said(text))


def test_who_has_the_same_address_is_said_with_the_other_row() -> None:
    (found,) = wrong("email\nana@example.org\nAna@Example.org\n")
    assert (found.row, found.wrong.args["row"]) == (3, 2)


def test_one_account_is_one_persons() -> None:
    (found,) = wrong("key,account acme\n1,U1\n2,U1\n", "acme")
    assert (found.row, found.column, found.wrong.id) == (3, "account acme", "people-twice")


def test_an_account_is_written_as_its_platform_numbers_it() -> None:
    shapes = {"acme": Shape(r"U[0-9A-Z]+", "U0123456789")}
    (found,) = read(b"key,account acme\n1,@ana\n2,U0BOB\n", ("acme",), None, shapes).troubles
    assert (found.row, found.column, found.wrong.id) == (2, "account acme", "people-no-account")
    assert found.write.args["what"] == "U0123456789"


def test_of_many_errors_the_first_are_told_and_all_counted() -> None:
    sheet = read(b"key,email\n" + b"".join(b"%d,x\n" % each for each in range(1000)))
    assert (sheet.wrong, len(sheet.troubles)) == (1000, TOLD)
    assert [each.row for each in sheet.troubles] == list(range(2, TOLD + 2))


def test_missing_cells_at_the_end_are_empty() -> None:
    assert one("key,name,job\n1,Ana\n").job == ""


# ---------------------------------------------------------------- managers


def test_a_manager_is_named_by_key_or_by_address() -> None:
    text = "key,email,manager\n1,ana@example.org,\n2,bob@example.org,1\n3,eve@example.org,ANA@example.org\n"
    assert [each.manager for each in rows(read(text.encode()))] == ["", "1", "1"]


def test_a_manager_may_be_somebody_who_is_looked_after_elsewhere() -> None:
    sheet = read(b"key,manager\n1,boss@example.org\n", (), {"boss@example.org": "B1"})
    assert [each.manager for each in rows(sheet)] == ["B1"]


def test_a_loop_of_managers_is_told_once_with_who_and_in_which_rows() -> None:
    (found,) = wrong("key,manager\n1,2\n2,3\n3,1\n4,1\n")
    assert found.row == 2
    assert found.wrong.args["who"] == Names(names=("1 (2)", "2 (3)", "3 (4)"))


def rings(above: dict[str, str]) -> Iterator[set[str]]:
    return (set(each) for each in loops(above))


def test_who_is_their_own_manager_is_told_so() -> None:
    (found,) = wrong("key,manager\n1,1\n2,1\n")
    assert (found.row, found.column, found.wrong.id) == (2, "manager", "people-own-manager")


@pytest.mark.parametrize("begin", [b"PK\x03\x04\x14\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"])
def test_a_workbook_is_called_one(begin: bytes) -> None:
    assert said(begin + b"\0\0") == [(0, "", "people-workbook")]


def test_each_ring_is_found_once() -> None:
    assert list(rings({"a": "a"})) == [{"a"}]
    assert list(rings({"x": "a", "a": "b", "b": "a", "c": "d", "d": "c", "e": "x"})) == [{"a", "b"}, {"c", "d"}]
    assert not list(rings({str(each): str(each // 2) for each in range(1, 500)} | {"1": "top"}))


# ---------------------------------------------------------------- what changes, and who may leave


def test_what_changes_is_told_by_column() -> None:
    before = Row("1", "ana@example.org", "Ana", department="Sales", zone="Europe/Paris")
    after = before._replace(department="Legal", zone="", name="Ana M.")
    assert differing(digest(before), before, ("department",)) == []
    assert differing(digest(before), after, ("name", "department")) == ["name", "department"]
    assert differing(digest(before), before._replace(key="2"), ()) == ["key"]


@pytest.mark.parametrize(
    ("leaving", "here", "said_", "fine"),
    [(0, 0, None, True), (20, 100, None, True), (21, 100, None, False), (21, 100, 21, True), (21, 100, 20, False),
     (5, 100, 6, False), (1, 4, None, False)],
)  # fmt: skip
def test_more_than_one_in_five_leave_only_when_their_number_is_said(
    leaving: int, here: int, said_: int | None, fine: bool
) -> None:
    assert allowed(leaving, here, said_) is fine


# ---------------------------------------------------------------- whose account is whose


def account(number: int, platform: str, person: int, *, named: bool = False) -> Evidence:
    return Evidence(1, number, platform, person, named)


@pytest.mark.parametrize(
    ("linked", "accounts", "held", "parted", "verdict"),
    [
        (None, [], [], [], Verdict(None)),
        (None, [account(1, "work", 10)], [], [], Verdict(10)),
        (7, [], [], [], Verdict(7)),
        (7, [account(1, "work", 10)], [], [], Verdict(10)),
        (None, [account(1, "work", 10), account(2, "club", 20)], [], [], Verdict(10, ((1, 2),))),
        (20, [account(1, "work", 10), account(2, "club", 20)], [], [], Verdict(20, ((2, 1),))),
        (None, [account(1, "work", 10), account(2, "club", 10)], [], [], Verdict(10)),
        (None, [account(1, "work", 10), account(2, "work", 20)], [], [], Verdict(None, trouble="ambiguous")),
        (20, [account(1, "work", 10), account(2, "work", 20)], [], [], Verdict(20, trouble="ambiguous")),
        (
            None,
            [account(1, "work", 10), account(2, "work", 20), account(3, "club", 30)],
            [],
            [],
            Verdict(30, trouble="ambiguous"),
        ),
        (None, [account(1, "work", 10)], [10], [], Verdict(None, trouble="taken")),
        (None, [account(1, "work", 10), account(2, "club", 20)], [10], [], Verdict(20, trouble="taken")),
        (
            None,
            [account(1, "work", 10), account(2, "club", 20)],
            [],
            [frozenset({1, 2})],
            Verdict(10, trouble="apart"),
        ),
    ],
)
def test_whom_a_line_is_matched_with(
    linked: int | None, accounts: list[Evidence], held: list[int], parted: list[frozenset[int]], verdict: Verdict
) -> None:
    assert judge(linked, accounts, held, parted) == verdict
