"""The table of phrases for times, checked in itself: no parser is asked here."""

from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.rules.phrases_apart import ENGLISH, FRENCH, PHRASES, Phrase

PARIS = ZoneInfo("Europe/Paris")
CLEAR = [phrase for phrase in PHRASES if phrase.means]
REFUSED = [phrase for phrase in PHRASES if not phrase.means]


def instant(text: str) -> datetime:
    """The one instant of a wall-clock time written to the minute, which Paris has once."""
    read = datetime.fromisoformat(text)
    assert read.tzinfo is None
    assert read.isoformat(timespec="minutes") == text
    first, second = (read.replace(tzinfo=PARIS, fold=fold).astimezone(UTC) for fold in (0, 1))
    assert first == second, "it happens twice, or never"
    return first


@pytest.mark.parametrize("phrase", CLEAR, ids=lambda phrase: phrase.text)
def test_what_is_meant_is_to_come_and_happens_once(phrase: Phrase) -> None:
    assert instant(phrase.means) > instant(phrase.now)


@pytest.mark.parametrize("phrase", REFUSED, ids=lambda phrase: phrase.text)
def test_what_is_refused_says_why(phrase: Phrase) -> None:
    instant(phrase.now)
    assert phrase.why


def test_a_day_zero_is_a_day() -> None:
    known = [phrase.day_zero for phrase in PHRASES if phrase.day_zero]
    assert known
    assert [date.fromisoformat(text).isoformat() for text in known] == known


def test_texts_are_unique_and_not_empty() -> None:
    seen = Counter(phrase.text.casefold() for phrase in PHRASES)
    assert [text for text, times in seen.items() if times > 1 or text != text.strip() or not text] == []


def test_both_languages_have_about_half() -> None:
    assert {phrase.language for phrase in FRENCH} == {"fr"}
    assert {phrase.language for phrase in ENGLISH} == {"en"}
    assert 0.4 <= len(FRENCH) / len(PHRASES) <= 0.6


def test_there_are_enough_of_each_kind() -> None:
    assert len(PHRASES) >= 80
    for language in ("fr", "en"):
        assert sum(phrase.language == language for phrase in CLEAR) >= 30
        assert sum(phrase.language == language for phrase in REFUSED) >= 8
