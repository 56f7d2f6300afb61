"""What readers get: their language, their zone, and no half sentence."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat import Choice, Option
from bot.say import Ask, Line, Moment, Names, Pick, Question, Say, Term, plain, say
from bot.words import Reader, Words, WordsError

SPINE = Path("bot/locales")
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ENGLISH = Reader("en", "Europe/Paris")
FRENCH = Reader("fr", "Europe/Paris")

EN = """
waiting = { $count ->
    [one] One request waits.
   *[other] { $count } requests wait.
}
due = Due { $when }.
by = Asked by { $who }.
state-open = open
state = It is { $state }.
total = { $n }
request = { $number }
visibility = private
    .label = Visibility
approve = Approve { $name }
form-community-request =
    .title = Ask for a community
    .submit = Send
    .cancel = Cancel
field-community-request-name =
    .label = Name
    .hint = As short as possible
field-community-request-kind =
    .label = Kind
option-business = Business
option-interest = Interest
"""
FR = """
waiting = { $count ->
    [one] { $count } demande attend.
   *[other] { $count } demandes attendent.
}
due = Échéance\u00a0: { $when }.
by = Demandée par { $who }.
state-open = ouverte
state = Elle est { $state }.
total = { $n }
request = { $number }
visibility = privée
    .label = Visibilité
approve = Approuver { $name }
form-community-request =
    .title = Demander une communauté
    .submit = Envoyer
    .cancel = Annuler
field-community-request-name =
    .label = Nom
    .hint = Le plus court possible
field-community-request-kind =
    .label = Type
option-business = Métier
option-interest = Intérêt
"""


@pytest.fixture
def words(tmp_path: Path) -> Words:
    (tmp_path / "en.ftl").write_text(EN, encoding="utf-8")
    (tmp_path / "some.fr.ftl").write_text(FR, encoding="utf-8")
    return Words([SPINE, tmp_path], default="en", zone="Europe/Paris", now=lambda: NOW)


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "0 requests wait.", "0 demande attend."),
        (1, "One request waits.", "1 demande attend."),
        (2, "2 requests wait.", "2 demandes attendent."),
        (1200, "1,200 requests wait.", "1\u202f200 demandes attendent."),
    ],
)
def test_plurals_follow_the_language(words: Words, count: int, english: str, french: str) -> None:
    assert words.text(ENGLISH, "waiting", {"count": count}) == english
    assert words.text(FRENCH, "waiting", {"count": count}) == french


def test_an_instant_names_its_day_and_zone(words: Words) -> None:
    args = {"when": Moment(at=NOW)}
    assert words.text(ENGLISH, "due", args) == "Due Tuesday 24 November 2026, 09:00 (Europe/Paris)."
    assert words.text(FRENCH, "due", args) == "Échéance\u00a0: mardi 24 novembre 2026 à 09:00 (Europe/Paris)."
    montreal = Reader("fr-CA", "America/Montreal")
    assert words.text(montreal, "due", args) == "Échéance\u00a0: mardi 24 novembre 2026 à 03:00 (America/Montreal)."


def test_an_instant_falls_on_the_readers_own_day(words: Words) -> None:
    args = {"when": Moment(at=datetime(2026, 11, 24, 20, 0, tzinfo=UTC), style="date")}
    assert words.text(Reader("en", "Pacific/Noumea"), "due", args) == "Due Wednesday 25 November 2026."


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "/etc"])
def test_an_unknown_zone_is_the_bots_own(words: Words, zone: str) -> None:
    assert words.text(Reader("en", zone), "due", {"when": Moment(at=NOW, style="time")}) == "Due 09:00."


def test_the_first_of_a_month_is_read_as_french_reads_it(words: Words) -> None:
    first = Moment(at=datetime(2026, 12, 1, 12, tzinfo=UTC), style="date")
    eleventh = Moment(at=datetime(2026, 12, 11, 12, tzinfo=UTC), style="date")
    assert words.text(FRENCH, "due", {"when": first}).endswith("mardi 1er décembre 2026.")
    assert words.text(FRENCH, "due", {"when": eleventh}).endswith("vendredi 11 décembre 2026.")
    assert words.text(ENGLISH, "due", {"when": first}) == "Due Tuesday 1 December 2026."


@pytest.mark.parametrize(
    ("away", "english", "french"),
    [
        (timedelta(0), "1 minute ago", "il y a 1 minute"),
        (timedelta(seconds=-20), "1 minute ago", "il y a 1 minute"),
        (timedelta(hours=-2), "2 hours ago", "il y a 2 heures"),
        (timedelta(days=-3), "3 days ago", "il y a 3 jours"),
        (timedelta(hours=2), "in 2 hours", "dans 2 heures"),
    ],
)
def test_how_long_ago(words: Words, away: timedelta, english: str, french: str) -> None:
    args = {"when": Moment(at=NOW + away, style="ago")}
    assert words.text(ENGLISH, "due", args) == f"Due {english}."
    assert words.text(FRENCH, "due", args) == f"Échéance\u00a0: {french}."


@pytest.mark.parametrize(
    ("names", "english", "french"),
    [
        ((), "", ""),
        (("Ana",), "Ana", "Ana"),
        (("Ana", "Bo"), "Ana and Bo", "Ana et Bo"),
        (("Ana", "Bo", "Cy"), "Ana, Bo and Cy", "Ana, Bo et Cy"),
    ],
)
def test_names_are_joined(words: Words, names: tuple[str, ...], english: str, french: str) -> None:
    assert words.text(ENGLISH, "by", {"who": Names(names=names)}) == f"Asked by {english}."
    assert words.text(FRENCH, "by", {"who": Names(names=names)}) == f"Demandée par {french}."


def test_an_argument_may_be_a_message_itself(words: Words) -> None:
    assert words.text(FRENCH, "state", {"state": Term(term="state-open")}) == "Elle est ouverte."


def test_numbers_are_grouped_and_texts_are_not(words: Words) -> None:
    assert words.text(FRENCH, "total", {"n": 1234.5}) == "1\u202f234,5"
    assert words.text(FRENCH, "total", {"n": "1234"}) == "1234"


def test_a_number_that_names_something_is_not_grouped(words: Words) -> None:
    assert words.text(ENGLISH, "request", {"number": 1234}) == "1234"


def test_what_a_person_wrote_is_kept_whatever_it_holds(words: Words) -> None:
    for text in ("{ $who } { plain }", "a\n\n  b", "x" * 40_000, "{", "\ue0000\ue000", "<b>@room</b>"):
        assert words.message(Say(lines=(plain(text),)), FRENCH).parts[0].text == text


def test_several_long_texts_keep_their_places(words: Words) -> None:
    names = Names(names=("a" * 3000, "b" * 3000))
    assert words.text(ENGLISH, "by", {"who": names}) == f"Asked by {'a' * 3000} and {'b' * 3000}."


def test_a_missing_argument_is_an_error(words: Words) -> None:
    with pytest.raises(WordsError, match=r"'due' in 'fr'.*when"):
        words.text(FRENCH, "due")


@pytest.mark.parametrize("message_id", ["nothing", "due.label", "form-community-request"])
def test_a_missing_message_is_an_error(words: Words, message_id: str) -> None:
    with pytest.raises(WordsError, match="no message"):
        words.text(FRENCH, message_id, {"when": "now"})


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr", "fr"), ("fr-CA", "fr"), ("FR_fr", "fr"), ("en-GB", "en"), ("de", "en"), ("", "en"), ("france", "en")],
)
def test_the_best_language_for_a_tag(words: Words, tag: str, language: str) -> None:
    assert words.match(tag) == language


def test_a_message_becomes_final_text(words: Words) -> None:
    pick = Pick(label="approve", action="community.approve", value="12", style="primary", args={"name": "Vélo"})
    lines = (Line(id="visibility", kind="fact"), Line(id="plain", kind="room", room="C1", args={"text": "Vélo"}))
    message = words.message(Say(lines=lines, choices=(pick,)), FRENCH)
    assert [(p.kind, p.label, p.text, p.room) for p in message.parts] == [
        ("fact", "Visibilité", "privée", ""),
        ("room", "", "Vélo", "C1"),
    ]
    assert message.choices == (
        Choice(
            label="Approuver Vélo",
            action="community.approve",
            value="12",
            style="primary",
            typed="community approve 12",
        ),
    )


def test_what_is_said_survives_its_row(words: Words) -> None:
    said = say("due", when=Moment(at=NOW))
    assert words.message(Say.model_validate_json(said.model_dump_json()), FRENCH) == words.message(said, FRENCH)


def test_a_form_takes_its_words_by_convention(words: Words) -> None:
    ask = Ask(
        id="community.request",
        questions=(
            Question(name="name", value="Vélo"),
            Question(name="kind", kind="choice", options=("business", "interest")),
            Question(name="kind", kind="choice", options=("7",), labels={"7": "Jardin"}, required=False),
        ),
        meta="m",
    )
    form = words.form(ask, FRENCH)
    assert (form.id, form.title, form.submit, form.cancel, form.meta) == (
        "community.request",
        "Demander une communauté",
        "Envoyer",
        "Annuler",
        "m",
    )
    name, kind, other = form.fields
    assert (name.label, name.hint, name.value) == ("Nom", "Le plus court possible", "Vélo")
    assert kind.hint == ""
    assert kind.options == (Option(value="business", label="Métier"), Option(value="interest", label="Intérêt"))
    assert other.options == (Option(value="7", label="Jardin"),)
    assert not other.required


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.en.ftl").write_text("same = 1\n", encoding="utf-8")
    (tmp_path / "b.en.ftl").write_text("same = 2\n", encoding="utf-8")
    with pytest.raises(WordsError, match=r"same is in .*a.en.ftl and again in .*b.en.ftl"):
        Words([tmp_path])


def test_a_broken_catalog_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "en.ftl").write_text("ok = 1\n\nbroken = { $x\n", encoding="utf-8")
    with pytest.raises(WordsError, match=r"en\.ftl, line 3"):
        Words([tmp_path]).read()


def test_a_default_language_without_catalog_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fr.ftl").write_text("ok = 1\n", encoding="utf-8")
    with pytest.raises(WordsError, match="'en'"):
        Words([tmp_path])
