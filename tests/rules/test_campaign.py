"""A plan of announcements is read from a file, settled on a day zero, and moved: nothing is guessed."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import WorkingTime
from bot.say import Line, Names
from nudges.launch import audience
from nudges.launch.campaign import importing, moving, plan, settling
from nudges.launch.campaign.plan import Plan
from nudges.launch.campaign.settling import At, Known, Settled
from storage.campaigns import CampaignLine, Planned
from storage.launch import Announcement, AnnouncementVersion

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ZERO = date(2027, 1, 18)
PARIS = WorkingTime("Europe/Paris", holidays_country="FR")
KNOWN = Known(
    {"diane": [1], "acme:udiane": [1], "twin": [2, 3]},
    ["Diane", "Twin"],
    audience.Known(["Sales", "Finance"], [audience.Place(4, "Garden", "garden")], {"bob": [7]}),
    "https://network.example/sign-in",
)
HEADINGS = ["key", "when", "title", "text", "speaker"]


def at(day_zero: date = ZERO, **more: object) -> At:
    return replace(At(NOW, day_zero, "Europe/Paris", "en", PARIS), **more)  # type: ignore[arg-type]


def sheet(*rows: list[str], headings: list[str] = HEADINGS) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


def row(key: str = "open", when: str = "J 09:00", speaker: str = "Diane") -> list[str]:
    return [key, when, "It opens", "On **Monday**.", speaker]


def settled(data: bytes, where: At | None = None, name: str = "plan.csv") -> tuple[Plan, settling.Whole]:
    read = plan.read(data, name)
    return read, settling.settle(read, where or at(), KNOWN)


def wrong(read: Plan) -> list[tuple[int, str, str, str]]:
    """What is wrong: row, column, and the two messages."""
    return [(each.row, each.column, each.wrong.id, each.write.id) for each in read.troubles]


# ---------------------------------------------------------------- files


TOML = b'''
name = "The network opens"
day_zero = 2027-01-18
zone = "Europe/Paris"
owner = "acme:UBOB"

[[line]]
key = "teaser"
when = "J-7 09:00"
title = "Something comes"
text = """
Dear all,

[[line]] is what **opens**.
"""
speaker = "acme:UDIANE"
audience = ["Sales", "community Garden", "except Finance"]
media = ["mail", "papier"]
invites = true

[[line]]
key = "open"
quand = "J+1"
heure = 14:30:00
fuseau = "Europe/London"
titre = "It opens"
texte = "Today."
dirigeant = "Diane"
voix = "en son nom"
horloge = "chacun"
apres = "teaser"
'''


def test_a_toml_says_all_that_a_plan_may_say() -> None:
    read, whole = settled(TOML, name="plan.toml")
    assert wrong(read) == []
    assert read.head == {
        "name": "The network opens", "day_zero": "2027-01-18", "zone": "Europe/Paris", "owner": "acme:UBOB",
    }  # fmt: skip
    teaser, opens = whole.lines
    assert (teaser.local, teaser.zone, teaser.days) == ("2027-01-11T09:00", "Europe/Paris", -7)
    assert teaser.at == datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
    assert audience.kept(teaser.audience) == audience.Audience(
        whom=audience.Some(departments=("Sales",), communities=(4,)),
        but=audience.Some(departments=("Finance",)),
        not_yet=True,
    )
    assert (teaser.media, teaser.invites) == (("mail", "paper"), True)
    assert teaser.text == "Dear all,\n\n[[line]] is what **opens**.\n\n<https://network.example/sign-in>"
    assert (opens.local, opens.zone, opens.at) == (
        "2027-01-19T14:30", "Europe/London", datetime(2027, 1, 19, 14, 30, tzinfo=UTC),
    )  # fmt: skip
    assert (opens.own, opens.each, opens.after, opens.speaker) == (True, True, ("teaser",), 1)
    assert audience.kept(opens.audience) == audience.Audience(whom=audience.Some(everybody=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_read_however_a_spreadsheet_wrote_it(encoding: str, separator: str) -> None:
    text = io.StringIO()
    write = csv.writer(text, delimiter=separator)
    write.writerow(["Clé", "Quand", "Titre", "Texte", "Dirigeant", "Après"])
    write.writerow(["été", "J-1 9h", "Ça ouvre", "À lundi,\nà tous", "diane", ""])
    write.writerow(["b", "J 9h", "Ça y est", "Voilà", "diane", "été"])
    read, whole = settled(text.getvalue().encode(encoding))
    assert wrong(read) == []
    assert [(each.key, each.text, each.after) for each in whole.lines] == [
        ("été", "À lundi,\nà tous", ()), ("b", "Voilà", ("été",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b'[[line]]\nkey = "a\n', "p.toml", [(2, "", "plan-no-toml", "plan-write-toml")]),
        (b"", "p.toml", [(0, "", "plan-none", "plan-write-lines")]),
        (b"", "p.csv", [(0, "", "plan-none", "plan-write-lines")]),
        (b"PK\x03\x04", "p.csv", [(0, "", "people-workbook", "people-save-csv")]),
        (b"key,when\na,J", "p.csv", [(1, "", "plan-lacking", "plan-columns")]),
        (b"key,key,when,title,text,speaker,mood\n", "p.csv", [(1, "", "plan-twice-in-line", "plan-columns"),
                                                             (1, "", "plan-unknown", "plan-columns")]),
        (b'colour = 1\n[[line]]\nkey="a"\nwhen="J 9h"\ntitle="t"\ntext="t"\nspeaker="Diane"\nmood="x"\n', "p.toml",
         [(1, "", "plan-unknown", "plan-head"), (8, "", "plan-unknown", "plan-columns")]),
        (b'[[line]]\nkey="a"\nwhen="J 9h"\ntitle=3\ntext="t"\nspeaker="Diane"\n', "p.toml",
         [(4, "title", "plan-no-text", "plan-write-text")]),
        (b"line = 3\n", "p.toml", [(0, "", "plan-none", "plan-write-lines")]),
        (sheet(row(), ["", "", "", "", ""], ["b", "J 9h", "", "x", "Diane"]), "p.csv",
         [(4, "title", "plan-empty", "plan-write-title")]),
        (sheet(row("a b")), "p.csv", [(2, "key", "plan-key-odd", "plan-write-key")]),
        (sheet(row(), row()), "p.csv", [(3, "key", "plan-key-twice", "plan-other-key")]),
        (sheet([*row(), "more"]), "p.csv", [(2, "", "people-more-cells", "people-quote")]),
        (sheet(["a", "J 9h", "t", "x" * 3001, "Diane"]), "p.csv", [(2, "text", "people-too-long", "people-shorten")]),
        (sheet(["a", "J 9h", "t", "x" * 60_000, "Diane"]), "p.csv", [(2, "text", "people-too-long", "people-shorten")]),
        (sheet(["a", "J 9h", "t", "[Here](htp:nowhere)", "Diane"]), "p.csv",
         [(2, "text", "plan-link", "plan-write-link")]),
        (sheet(["a", "J 9h", "t", "[Video: Hello](https://example.org/1)", "Diane"]), "p.csv",
         [(2, "text", "plan-video", "plan-write-video")]),
        (sheet(["a", "J 9h", "t" * 151, "x", "Diane"]), "p.csv", [(2, "title", "people-too-long", "people-shorten")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_by_row_and_column(
    data: bytes, name: str, found: list[tuple[int, str, str, str]]
) -> None:
    assert wrong(plan.read(data, name)) == found


@pytest.mark.parametrize(
    ("heading", "said", "write"),
    [
        ("voice", "loud", "plan-write-voice"),
        ("clock", "noon", "plan-write-clock"),
        ("invites", "maybe", "plan-write-invites"),
        ("media", "mail, pigeon", "plan-write-media"),
    ],
)
def test_a_word_that_is_not_known_is_no_word(heading: str, said: str, write: str) -> None:
    read = plan.read(sheet([*row(), said], headings=[*HEADINGS, heading]), "p.csv")
    assert wrong(read) == [(2, heading, "plan-no-word", write)]


@pytest.mark.parametrize(
    ("said", "write"),
    [
        ("community", "community"),
        ("Communauté", "community"),
        ("chat, video", "video"),
        ("guide", "guide"),
        ("PDF", "guide"),
    ],
)
def test_what_would_change_nothing_is_refused_as_a_medium_with_what_to_write_instead(said: str, write: str) -> None:
    read = plan.read(sheet([*row(), said], headings=[*HEADINGS, "media"]), "p.csv")
    assert wrong(read) == [(2, "media", "plan-no-medium", f"plan-instead-{write}")]


def test_lines_that_wait_for_one_another_are_named() -> None:
    headings = [*HEADINGS, "after"]
    read = plan.read(
        sheet([*row("a"), "c"], [*row("b"), "a"], [*row("c"), "b"], [*row("d"), "e"], headings=headings), "p"
    )
    assert (
        wrong(read)
        == [(5, "after", "plan-after-unknown", "plan-write-after"), (2, "after", "plan-cycle", "plan-break-cycle")][
            ::-1
        ]
    )
    cycle = next(each.wrong for each in read.troubles if each.wrong.id == "plan-cycle")
    names = cycle.args["names"]
    assert isinstance(names, Names)
    assert sorted(map(str, names.names)) == ["a (2)", "b (3)", "c (4)"]
    itself = plan.read(sheet([*row("a"), "a"], headings=headings), "p")
    assert wrong(itself) == [(2, "after", "plan-cycle", "plan-break-cycle")]


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), max_size=6))
def test_circles_are_found_where_there_are_some(after: dict[str, list[str]]) -> None:
    circles = plan.cycles(after)
    for circle in circles:
        for one, other in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert one in after[other] or other in after[one]
    left, shrinks = {key: [each for each in some if each in after] for key, some in after.items()}, True
    while shrinks:  # whoever waits for nobody that is left cannot be in a circle
        free = [key for key, some in left.items() if not set(some) & left.keys()]
        shrinks = bool(free)
        left = {key: some for key, some in left.items() if key not in free}
    assert bool(circles) == bool(left)


@given(st.binary(max_size=300), st.sampled_from(["p.csv", "p.toml"]))
def test_no_file_raises_anything(data: bytes, name: str) -> None:
    read = plan.read(data, name)
    assert read.lines or read.wrong


WRITTEN = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60).filter(lambda each: each.strip())
LINES = st.lists(st.tuples(st.integers(-20, 60), st.times(), WRITTEN, WRITTEN), min_size=1, max_size=6)


@given(LINES, st.sampled_from([";", ",", "\t", "|"]))
def test_a_plan_means_the_same_in_toml_and_in_csv(lines: list[tuple[int, object, str, str]], separator: str) -> None:
    rows = [
        [f"k{n}", f"J{days:+d} {time:%H:%M}" if days else f"J {time:%H:%M}", title, text, "Diane"]
        for n, (days, time, title, text) in enumerate(lines)
    ]  # fmt: skip
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([HEADINGS, *rows])
    quoted = ['"' + "".join(f"\\U{ord(c):08X}" for c in each) + '"' for row_ in rows for each in row_]
    tables = [
        "[[line]]\n" + "\n".join(f"{name} = {value}" for name, value in zip(HEADINGS, quoted[n : n + 5], strict=True))
        for n in range(0, len(quoted), 5)
    ]
    toml = "\n".join(tables)
    tomllib.loads(toml)
    one, both = settled(text.getvalue().encode()), settled(toml.encode(), name="p.toml")
    assert one[1].lines == both[1].lines
    assert [each[2:] for each in wrong(one[0])] == [each[2:] for each in wrong(both[0])]
    assert len(one[1].lines) + one[0].wrong >= len(rows)
    for line in one[1].lines:
        local = datetime.fromisoformat(line.local)
        assert (local.date() - ZERO).days == line.days == lines[int(line.key[1:])][0]
        assert line.at == local.replace(tzinfo=ZoneInfo(line.zone)).astimezone(UTC)


# ---------------------------------------------------------------- settled


@pytest.mark.parametrize(
    ("when", "zero", "found"),
    [
        ("J-7 02:30", date(2027, 4, 4), ("plan-gap", "plan-other-time")),
        ("J 02:30", date(2027, 10, 31), ("plan-twice", "plan-other-time")),
        ("J-60 9h", ZERO, ("plan-past", "plan-other-time")),
        ("J-7", ZERO, ("plan-no-time", "plan-write-when")),
        ("9h", ZERO, ("plan-absolute", "plan-write-when")),
        ("J-7 25h", ZERO, ("plan-no-time", "plan-write-when")),
        ("soon", ZERO, ("plan-no-time", "plan-write-when")),
        ("2027-01-18 9h", ZERO, ("plan-absolute", "plan-write-when")),
        ("tomorrow 9h", ZERO, ("plan-absolute", "plan-write-when")),
    ],
)
def test_a_time_that_cannot_be_is_asked_about(when: str, zero: date, found: tuple[str, str]) -> None:
    read, whole = settled(sheet(row(when=when)), at(zero))
    assert wrong(read) == [(2, "when", *found)]
    assert whole.lines == []


@pytest.mark.parametrize("when", ["J-7 9h", "D-7 09:00", "j - 7 à 9h", "D-7 at 9 am", "a week before D-day at 9:00"])
def test_a_time_counts_from_day_zero_in_both_languages(when: str) -> None:
    read, whole = settled(sheet(row(when=when)))
    assert wrong(read) == []
    assert whole.lines[0].local == "2027-01-11T09:00"


@pytest.mark.parametrize("when", ["J 9h", "D 9:00", "D-day 9:00", "jour J à 9h"])
def test_day_zero_itself(when: str) -> None:
    assert settled(sheet(row(when=when)))[1].lines[0].local == "2027-01-18T09:00"


@pytest.mark.parametrize(
    ("speaker", "found"),
    [("Bob", "plan-no-leader"), ("Twin", "plan-several"), ("@diane", ""), ("ACME:UDIANE", "")],
)
def test_whose_words_they_are_is_a_leader_or_refused(speaker: str, found: str) -> None:
    read, _ = settled(sheet(row(speaker=speaker)))
    assert [each[2] for each in wrong(read)] == ([found] if found else [])


def test_a_group_that_does_not_exist_is_refused() -> None:
    rows = sheet([*row(), "Sales, Gardn"], headings=[*HEADINGS, "audience"])
    read, whole = settled(rows)
    assert wrong(read) == [(2, "audience", "audience-unknown", "plan-write-audience")]
    assert whole.lines == []


def test_what_comes_after_is_not_sent_before() -> None:
    headings = [*HEADINGS, "after"]
    read, _ = settled(sheet([*row("a", "J 9h"), "b"], [*row("b", "J+1 9h"), ""], headings=headings))
    assert wrong(read) == [(2, "after", "plan-after-later", "plan-order")]


def test_days_without_work_are_told_and_kept() -> None:
    _, whole = settled(sheet(row("a", "J-1 9h"), row("b", "J+70 9h"), row("c", "J 9h")))
    assert len(whole.lines) == 3
    assert [(each.id, each.args["key"]) for each in whole.warnings] == [
        ("campaign-no-work", "a"),
        ("campaign-no-work", "b"),
    ]


@pytest.mark.parametrize(
    ("media", "warns"),
    [(["chat", "chat"], True), (["chat", "message"], True), (["chat", ""], False), (["chat", "chat, mail"], False)],
)
def test_a_campaign_that_is_only_in_the_chat_is_told_so(media: list[str], warns: bool) -> None:
    rows = [[*row(f"k{n}"), each] for n, each in enumerate(media)]
    _, whole = settled(sheet(*rows, headings=[*HEADINGS, "media"]))
    assert ([each.id for each in whole.warnings] == ["campaign-all-chat"]) is warns


def test_a_campaign_is_only_in_the_chat_where_nothing_else_is_there() -> None:
    read = plan.read(sheet(row()), "p")
    assert [each.id for each in settling.settle(read, at(), replace(KNOWN, usual=("chat",))).warnings] == [
        "campaign-all-chat"
    ]
    assert settling.settle(read, at(), replace(KNOWN, usual=("chat", "mail"))).warnings == []


def test_an_invitation_without_a_link_is_told() -> None:
    read = plan.read(sheet([*row(), "oui"], headings=[*HEADINGS, "invites"]), "p")
    whole = settling.settle(read, at(), replace(KNOWN, sign_in=""))
    assert [each.id for each in whole.warnings] == ["campaign-no-link"]


def test_what_is_over_may_stay_in_the_plan_and_not_come_into_it() -> None:
    data = sheet(row("old", "J-60 9h"), row("new", "J 9h"))
    read, whole = settled(data, at(standing={"old": ("2026-11-19T09:00", "Europe/Paris", False)}))
    assert wrong(read) == []
    assert [(each.key, each.at is None) for each in whole.lines] == [("old", True), ("new", False)]
    read, _ = settled(data, at(standing={"old": ("2026-11-18T09:00", "Europe/Paris", False)}))
    assert wrong(read) == [(2, "when", "plan-past", "plan-other-time")]


ABROAD = ("Asia/Tokyo", "Europe/Paris", "America/New_York")
EACH = [*HEADINGS, "clock"]


def test_the_same_hour_for_each_begins_where_clocks_show_it_first() -> None:
    read, whole = settled(sheet([*row("a"), "each"], [*row("b"), ""], headings=EACH), at(zones=ABROAD))
    assert wrong(read) == []
    assert [(each.local, each.zone, each.at) for each in whole.lines] == [
        ("2027-01-18T09:00", "Europe/Paris", datetime(2027, 1, 18, 0, 0, tzinfo=UTC)),
        ("2027-01-18T09:00", "Europe/Paris", datetime(2027, 1, 18, 8, 0, tzinfo=UTC)),
    ]
    first, second = moving.moves([stands(each) for each in whole.lines], timedelta(days=70), NOW, ABROAD)
    assert first.to is not None
    assert (first.to.local, first.begins) == (datetime(2027, 3, 29, 9, 0), datetime(2027, 3, 29, 0, 0, tzinfo=UTC))  # noqa: DTZ001
    assert second.begins == datetime(2027, 3, 29, 7, 0, tzinfo=UTC)


def test_what_is_over_where_some_people_are_is_over() -> None:
    data = sheet([*row("a", "J 10:30"), "each"], headings=EACH)  # it is ten in Paris, and six in the evening in Tokyo
    today = at(NOW.date(), zones=ABROAD)
    read, _ = settled(data, today)
    assert wrong(read) == [(2, "when", "plan-past-for-some", "plan-other-time")]
    assert wrong(settled(data, replace(today, zones=("Europe/Paris",)))[0]) == []
    read, whole = settled(data, replace(today, standing={"a": ("2026-11-24T10:30", "Europe/Paris", True)}))
    assert (wrong(read), whole.lines[0].at) == ([], None), "it was there already"
    read, _ = settled(data, replace(today, standing={"a": ("2026-11-24T10:30", "Europe/Paris", False)}))
    assert wrong(read) == [(2, "when", "plan-past-for-some", "plan-other-time")], "it was one instant for everybody"
    _, whole = settled(sheet([*row("a", "J 10:30"), "each"], headings=EACH), at(zones=ABROAD))
    (move,) = moving.moves([stands(whole.lines[0])], NOW.date() - ZERO, NOW, ABROAD)
    assert move.wrong is not None
    assert (move.to, move.wrong.code, move.for_some) == (None, "past", True)


# ---------------------------------------------------------------- compared, moved


def stands(line: Settled, state: str = "draft", number: int = 1) -> Planned:
    made = Announcement(
        id=number, owner_id=9, speaker_id=line.speaker, own_name=line.own, state=state, at=line.at, local=line.local,
        zone=line.zone, each_local=line.each, audience=line.audience, created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    words = AnnouncementVersion(announcement_id=number, number=1, title=line.title, text=line.text, by_id=9, at=NOW)
    row = CampaignLine(campaign_id=1, announcement_id=number, key=line.key, invites=line.invites)
    row.media, row.after = " ".join(line.media), " ".join(line.after)
    return row, made, words


def test_the_same_plan_twice_changes_nothing() -> None:
    _, whole = settled(TOML, name="p.toml")
    there = [stands(each, number=n) for n, each in enumerate(whole.lines)]
    assert {each.sort for each in importing.changes(whole.lines, there)} == {"unchanged"}


@pytest.mark.parametrize(
    ("field", "value", "voids"),
    [
        ("title", "Else", True), ("text", "Else", True), ("speaker", 5, True), ("own", True, True),
        ("local", "2027-01-18T10:00", True), ("audience", "{}", True), ("invites", True, True),
        ("media", ("mail",), False), ("after", ("x",), False),
    ],
)  # fmt: skip
def test_what_a_signature_outlives(field: str, value: object, voids: bool) -> None:
    _, whole = settled(sheet(row()))
    (line,) = whole.lines
    changed = replace(line, **{field: value})  # type: ignore[arg-type]
    (found,) = importing.changes([changed], [stands(line, "signed")])
    assert (found.sort, found.voids, len(found.fields)) == ("changed", voids, 1)
    (found,) = importing.changes([changed], [stands(line, "draft")])
    assert (found.sort, found.voids) == ("changed", False)
    (found,) = importing.changes([changed], [stands(line, "sent")])
    assert (found.sort, found.voids) == ("begun", False)


def test_what_is_gone_from_a_plan_ends_unless_it_was_sent() -> None:
    _, whole = settled(sheet(row("a"), row("b"), row("c")))
    there = [
        stands(each, state, n)
        for n, (each, state) in enumerate(zip(whole.lines, ("signed", "sent", "draft"), strict=True))
    ]
    found = importing.changes([whole.lines[2]], there)
    assert [(each.sort, each.key, each.voids) for each in found] == [("unchanged", "c", False), ("gone", "a", True)]


def test_nine_stays_nine_when_clocks_change_between() -> None:
    _, whole = settled(sheet(row("a", "J+60 9h")))
    (move,) = moving.moves([stands(whole.lines[0], "signed")], timedelta(days=30), NOW)
    assert move.to is not None
    assert (move.to.local, move.to.at) == (datetime(2027, 4, 18, 9, 0), datetime(2027, 4, 18, 7, 0, tzinfo=UTC))  # noqa: DTZ001
    assert move.voids


def test_an_hour_that_does_not_exist_there_keeps_all_where_it_is() -> None:
    _, whole = settled(sheet(row("a", "J 02:30")))
    (move,) = moving.moves([stands(whole.lines[0])], date(2027, 3, 28) - ZERO, NOW)
    assert move.to is None
    assert move.wrong is not None
    assert move.wrong.code == "gap"


@pytest.mark.parametrize("state", ["sending", "held", "paused", "sent", "recalled", "cancelled"])
def test_what_was_begun_stays(state: str) -> None:
    _, whole = settled(sheet(row()))
    (move,) = moving.moves([stands(whole.lines[0], state)], timedelta(days=7), NOW)
    assert (move.to, move.wrong) == (None, None)


def test_what_would_be_over_is_refused_and_what_is_over_stays() -> None:
    _, whole = settled(sheet(row("a", "J-50 9h"), row("b", "J 9h")))
    there = [stands(each, number=n) for n, each in enumerate(whole.lines)]
    first, second = moving.moves(there, timedelta(days=-10), NOW)
    assert first.wrong is not None
    assert first.wrong.code == "past"
    assert second.to is not None
    first, second = moving.moves(there, timedelta(days=-2), NOW + timedelta(days=7))
    assert (first.to, first.wrong) == (None, None), "it should have been sent already, and would still be over"
    assert second.to is not None


@given(st.integers(-30, 400), st.times(), st.integers(0, 60))
def test_a_move_keeps_the_hour_and_the_distance(days: int, hour: object, on: int) -> None:
    _, whole = settled(sheet(row("a", f"J+{on} {hour:%H:%M}" if on else f"J {hour:%H:%M}")))
    for line in whole.lines:
        (move,) = moving.moves([stands(line)], timedelta(days=days), NOW)
        if move.to is None:
            assert move.wrong is not None
            assert move.wrong.code in {"gap", "twice", "past"}
        else:
            assert f"{move.to.local:%H:%M}" == line.local[-5:]
            assert (move.to.local.date() - ZERO).days == on + days


def test_another_difference_has_another_seal() -> None:
    _, whole = settled(sheet(row("a"), row("b", "J+1 9h")))
    there = [stands(each, number=n) for n, each in enumerate(whole.lines)]
    week = moving.moves(there, timedelta(days=7), NOW)
    assert moving.seal(week) == moving.seal(moving.moves(there, timedelta(days=7), NOW))
    assert moving.seal(week) != moving.seal(moving.moves(there, timedelta(days=8), NOW))
    there[1][1].state = "sent"
    assert moving.seal(week) != moving.seal(moving.moves(there, timedelta(days=7), NOW))
    assert isinstance(week[0].planned[0], CampaignLine)
    assert Line(id="campaign-move-now").id
