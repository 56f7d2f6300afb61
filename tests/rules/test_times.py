"""Times as people write them, by the table they were made with; whatever is written, nothing is guessed."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.times import Meant, Read, Unclear, read, spoken
from bot.words import Reader, Words
from tests.rules.phrases_apart import PHRASES as PHRASES_APART
from tests.rules.phrases_own import DAY_ZERO, PHRASES, Own

ROOT = Path(__file__).resolve().parents[2]
PARIS = "Europe/Paris"
ZONES = [
    PARIS,
    "Pacific/Noumea",
    "America/Montreal",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "UTC",
]
WORDS = Words([ROOT / "bot/locales"])


def asked(
    text: str, now: str = "2026-11-23T10:00", zone: str = PARIS, language: str = "fr", day_zero: str = DAY_ZERO
) -> Read:
    instant = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone))
    zero = date.fromisoformat(day_zero) if day_zero else None
    return read(text, now=instant, zone=zone, language=language, day_zero=zero)


def told(found: Read, language: str = "en", zone: str = "Asia/Tokyo") -> str:
    """As a reader elsewhere is told."""
    line = spoken(found)
    return WORDS.text(Reader(language, zone), line.id, line.args)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda each: f"{each.text} ({each.now[5:13]})")
def test_what_people_write(phrase: Own) -> None:
    found = asked(phrase.text, phrase.now, language=phrase.language)
    if isinstance(found, Unclear):
        assert found.code == phrase.means
    else:
        assert f"{found.at.astimezone(ZoneInfo(PARIS)):%Y-%m-%dT%H:%M}" == phrase.means


def test_what_was_written_apart_is_read_rightly_or_asked_about() -> None:
    """How many are read at all is measured: `python -m bench phrases`."""
    for each in PHRASES_APART:
        found = asked(each.text, each.now, language=each.language, day_zero=each.day_zero)
        got = f"{found.at.astimezone(ZoneInfo(PARIS)):%Y-%m-%dT%H:%M}" if isinstance(found, Meant) else ""
        assert got in {each.means, ""}, each


def test_the_table_is_large_and_no_phrase_stands_there_twice() -> None:
    assert len(PHRASES) >= 60
    assert len({(each.language, each.text, each.now) for each in PHRASES}) == len(PHRASES)


# ---------------------------------------------------------------- what is known is kept, and said


def test_a_question_keeps_what_is_known() -> None:
    assert asked("demain") == Unclear("which-time", day=date(2026, 11, 24))
    assert asked("à 9h") == Unclear("which-day", time="09:00")
    assert asked("demain vers 9h") == Unclear("unknown", word="vers")
    found = asked("demain à 3h")
    assert isinstance(found, Unclear)
    assert [f"{each.local:%d %H:%M}" for each in found.options] == ["24 03:00", "24 15:00"]
    assert asked("J-7 à 9h", day_zero="") == Unclear("no-day-zero", time="09:00")


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("demain 9h", "Tuesday 24 November 2026, 09:00 (Europe/Paris)", "mardi 24 novembre 2026 à 09:00 (Europe"),
        ("demain", "At what time on Tuesday 24 November 2026?", "À quelle heure, le mardi 24 novembre 2026\u00a0?"),
        ("9h", "On which day, at 09:00?", "Quel jour, à 09:00\u00a0?"),
        ("lundi 9h", "Is Monday 30 November 2026, 09:00 (Europe/Paris) meant?", "Est-ce lundi 30 novembre"),
        ("mardi prochain 9h", "09:00 (Europe/Paris) or Tuesday 1 December", "(Europe/Paris) ou mardi 1er décembre"),
        ("hier 9h", "Sunday 22 November 2026, 09:00 is over.", "Le dimanche 22 novembre 2026 à 09:00 est passé."),
        ("28/03/2027 02:30", "02:30 does not exist on Sunday 28 March 2027 in Europe/Paris", "02:30 n’existe pas le"),
        ("31/10/2027 02:30", "02:30 comes twice on Sunday 31 October 2027", "02:30 arrive deux fois"),
        ("demain vers 9h", "“vers” is not understood", "«\u00a0vers\u00a0» n’est pas compris"),
        ("mercredi 24 novembre 9h", "two ways that are not the same day", "deux façons"),
        ("30 février 9h", "There is no such day.", "Ce jour n’existe pas."),
        ("demain 9h 10h", "More than one time", "plus d’une heure"),
        ("demain matin à 15h", "15:00 is not in that part of the day", "15:00 n’est pas dans cette partie"),
        ("24/11/2062 9h", "more than 5 years ahead", "dans plus de 5 ans"),
        ("semaine prochaine 9h", "On which day, at 09:00?", "Quel jour, à 09:00\u00a0?"),
        ("semaine prochaine", "On which day exactly?", "Quel jour précisément\u00a0?"),
        ("vendredi prochain", "Which day exactly, and at what time?", "Quel jour précisément, et à quelle heure"),
        ("", "Which day, and at what time?", "Quel jour, et à quelle heure"),
    ],
)  # fmt: skip
def test_it_is_read_back_in_full_or_asked_about_in_both_languages(text: str, english: str, french: str) -> None:
    assert english in told(asked(text), "en")
    assert french in told(asked(text), "fr")


# ---------------------------------------------------------------- nights on which clocks change


@pytest.mark.parametrize(
    ("zone", "text", "means"),
    [
        (PARIS, "2027-03-28 01:59", "00:59Z"),
        (PARIS, "2027-03-28 02:00", "gap"),
        (PARIS, "2027-03-28 02:59", "gap"),
        (PARIS, "2027-03-28 03:00", "01:00Z"),
        (PARIS, "2027-10-31 01:59", "23:59Z"),
        (PARIS, "2027-10-31 02:00", "twice"),
        (PARIS, "2027-10-31 02:59", "twice"),
        (PARIS, "2027-10-31 03:00", "02:00Z"),
        ("America/Montreal", "2027-03-14 02:30", "gap"),
        ("America/Montreal", "2027-03-14 03:00", "07:00Z"),
        ("America/Montreal", "2027-11-07 01:30", "twice"),
        ("America/Montreal", "2027-11-07 02:30", "07:30Z"),
        ("Pacific/Noumea", "2027-03-28 02:30", "15:30Z"),
        ("Pacific/Noumea", "2027-10-31 02:30", "15:30Z"),
    ],
)
def test_an_hour_that_clocks_pass_over_or_show_twice_is_asked_about(zone: str, text: str, means: str) -> None:
    found = asked(text, zone=zone)
    assert means == (found.code if isinstance(found, Unclear) else f"{found.at:%H:%M}Z")


def test_a_distance_is_counted_in_hours_that_pass() -> None:
    found = asked("in 3 hours", "2027-03-28T00:30", language="en")
    assert isinstance(found, Meant)
    assert f"{found.local:%H:%M}" == "04:30"
    # It is one instant, but its clock would be read as another.
    assert asked("in 2 hours", "2027-10-31T00:30", language="en").code == "twice"  # type: ignore[union-attr]


def test_of_an_hour_that_comes_twice_what_is_over_is_not_offered() -> None:
    now = datetime(2027, 10, 31, 0, 45, tzinfo=UTC)  # 02:45, the first time
    found = read("today at 02:30", now=now, zone=PARIS, language="en")
    assert isinstance(found, Unclear)
    assert [each.at for each in found.options] == [datetime(2027, 10, 31, 1, 30, tzinfo=UTC)]


def test_a_named_zone_where_it_is_another_day_is_asked_about() -> None:
    found = asked("tomorrow at 09:00 Pacific/Noumea", "2026-11-23T20:00", language="en")
    assert isinstance(found, Unclear)
    assert [f"{each.local:%d %H:%M}" for each in found.options] == ["24 09:00", "25 09:00"]
    assert isinstance(asked("24 November at 09:00 Pacific/Noumea", "2026-11-23T20:00", language="en"), Meant)


# ---------------------------------------------------------------- whatever is written

_SAID = sorted({word for each in PHRASES for word in each.text.split()})
_TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_SAID), max_size=8).map(" ".join))
_NOWS = st.datetimes(datetime(2024, 1, 1), datetime(2034, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - as st asks


@given(_TEXTS, _NOWS, st.sampled_from(ZONES), st.sampled_from(["fr", "en", "fr-CA", "de", ""]), st.booleans())
@settings(max_examples=400, deadline=None)
def test_whatever_is_written_is_a_time_to_come_or_a_question(
    text: str, now: datetime, zone: str, language: str, zero: bool
) -> None:
    found = read(text, now=now, zone=zone, language=language, day_zero=now.date() if zero else None)
    assert told(found, "fr")
    for each in (found,) if isinstance(found, Meant) else found.options:
        assert each.at > now
        assert each.at.astimezone(ZoneInfo(each.zone)).replace(tzinfo=None) == each.local


@given(_NOWS, st.integers(1, 3 * 366 * 24 * 60), st.sampled_from(ZONES), st.sampled_from(["fr", "en"]))
@settings(max_examples=150, deadline=None)
def test_what_is_read_back_means_the_same(now: datetime, minutes: int, zone: str, language: str) -> None:
    local = (now + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    found = read(f"{local:%Y-%m-%d %H:%M}", now=now, zone=zone, language=language)
    if isinstance(found, Unclear):
        assert found.code == "twice"
    else:
        assert read(told(found, language), now=now, zone="Asia/Tokyo", language=language) == found


def test_many_words_do_not_take_long() -> None:
    for text in ("at 9 10 " * 25, "9h " * 66, "le 24 novembre 10 " * 11, "a" * 10_000, "mardi 24 " * 22):
        assert isinstance(asked(text), Unclear)


def test_dates_are_read_by_a_library_that_is_imported_where_one_is_written() -> None:
    script = (
        "import sys; from datetime import UTC, datetime; from bot.times import read;"
        "read('tomorrow 9h', now=datetime(2026, 11, 23, tzinfo=UTC), zone='UTC', language='en');"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=60).returncode == 0
