"""The rules of communities: names, likeness, quota, balance, flags, dates."""

from datetime import date
from pathlib import Path

import pytest

from bot.calendar import WorkingTime
from bot.nudge import Refused
from bot.say import Line
from bot.words import Reader, Words
from nudges.communities import rules
from nudges.communities.ask import read_line
from nudges.communities.card import day as told_day
from nudges.communities.forms import Meta, cleaned, read_meta
from nudges.communities.rules import Known
from nudges.communities.settings import Settings

SETTINGS = Settings()
ROOT = Path(__file__).parents[2]
WORDS = Words([ROOT / "bot" / "locales", ROOT / "nudges" / "communities" / "locales"])
TODAY = date(2030, 3, 5)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Gardening", "gardening"),
        ("Élan Vital", "elan-vital"),
        ("L’équipe d’à côté", "l-equipe-d-a-cote"),
        ("Œuvres & Ærø", "oeuvres-aero"),
        ("R&D", "r-d"),
        ("  --Vélo--  ", "velo"),
        ("日本", ""),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_name_as_platforms_show_it(name: str, slug: str) -> None:
    assert rules.slugify(name) == slug


@pytest.mark.parametrize(
    ("name", "code", "suggestion"),
    [
        ("Gardening", "", ""),
        ("Élan", "", ""),
        ("Cœur de métier", "", ""),
        ("R&D", "", ""),
        ("L’équipe", "", ""),
        ("ab", "short", "ab seeds"),
        ("", "short", "seeds"),
        ("x" * 51, "long", "x" * 50),
        (
            "Recherche et développement des énergies de demain matin",
            "long",
            "Recherche et développement des énergies de demain",
        ),
        ("Phоto", "look-alike", "Photo"),  # a Cyrillic o
        ("Сосо", "look-alike", "Coco"),  # all Cyrillic
        ("ＶＥＬＯ", "", ""),  # full width letters are the letters themselves
        ("<!channel> hello", "characters", "!channel hello"),
        ("@room garden", "characters", "room garden"),
        ("<b>garden</b>", "characters", "b garden /b"),
        ("gar\u200bden", "characters", "gar den"),
        ("gar\u202eden", "characters", "gar den"),
        ("日本語", "characters", ""),  # letters of another alphabet: nothing to suggest
        ("Cб", "short", ""),
        ("👍👍👍", "characters", "seeds"),
        ("general", "reserved", "general seeds"),
        ("Général", "reserved", "Général seeds"),
        ("Cooking", "taken", "Cooking seeds"),
        ("cooking", "taken", "cooking seeds"),
        ("Çooking", "taken", "Çooking seeds"),
    ],
)
def test_a_name_is_judged_and_another_suggested(name: str, code: str, suggestion: str) -> None:
    verdict = rules.judge_name(name, {"cooking"}, SETTINGS, "Share seeds and advice")
    assert (verdict.code, verdict.suggestion) == (code, suggestion)


@pytest.mark.parametrize("name", ["Phоto", "x" * 60, "<!here>", "general", "Cooking", "@@@", "ab"])
def test_what_is_suggested_would_do(name: str) -> None:
    suggestion = rules.judge_name(name, {"cooking"}, SETTINGS, "seeds").suggestion
    assert suggestion
    assert not rules.judge_name(suggestion, {"cooking"}, SETTINGS).code


def test_without_a_word_to_add_a_number_is() -> None:
    assert rules.judge_name("Cooking", {"cooking", "cooking-2"}, SETTINGS).suggestion == "Cooking 3"


# ---------------------------------------------------------------- likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Photo club", "Photographie"),
        ("Course à pied", "Running"),
        ("Jardinage", "Jardiniers"),
        ("Gardening", "Jardinage"),
        ("Ressources humaines", "HR"),
        ("Data", "Data science"),
        ("Développement durable", "Sustainability"),
        ("Comptabilité", "Accounting"),
        ("Méthode agile", "Agilité"),
        ("Negotiation", "Negociation"),
    ],
)
def test_what_means_the_same_is_alike(one: str, other: str) -> None:
    assert rules.likeness(one, "", Known("1", other, "")) >= rules.ALIKE
    assert rules.likeness(other, "", Known("1", one, "")) >= rules.ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gardening", "Cooking"),
        ("Lean", "Learn"),
        ("RH", "RSE Lyon"),
        ("Juriste", "Journal"),
        ("Équipe de nuit", "Équipe de jour"),
        ("Team work", "Share work"),
        ("Sales", "Salads"),
        ("Finance", "Ventes et contrôle de gestion"),
    ],
)
def test_what_means_something_else_is_not(one: str, other: str) -> None:
    assert rules.likeness(one, "", Known("1", other, "")) < rules.ALIKE


def test_a_purpose_tells_when_names_do_not() -> None:
    other = Known("1", "Green thumbs", "Seeds, compost and advice for balconies")
    assert rules.likeness("Friday corner", "Advice on compost, seeds, balconies", other) >= rules.ALIKE
    assert rules.likeness("Friday corner", "Advice on contracts and suppliers", other) < rules.ALIKE


def test_the_nearest_come_first_and_not_too_many() -> None:
    others = [Known("1", "Cooking", ""), Known("2", "Gardens of Lyon", ""), Known("3", "Gardening", "")]
    assert [each.key for each in rules.alike("Gardening", "", others, 3)] == ["3", "2"]
    assert [each.key for each in rules.alike("Gardening", "", others, 1)] == ["3"]
    assert rules.alike("Gardening", "", others, 0) == []


# ---------------------------------------------------------------- quota, balance


@pytest.mark.parametrize(
    ("private", "total", "ahead", "would", "of", "limit", "percent", "over"),
    [
        (0, 0, 0, 1, 1, 2, None, False),  # few communities: two may be private
        (1, 5, 0, 2, 6, 2, None, False),
        (2, 5, 0, 3, 6, 2, None, True),
        (1, 5, 1, 3, 7, 2, None, True),  # a request made earlier keeps its turn
        (1, 9, 0, 2, 10, 2, 20, False),  # from ten on, the percentage
        (2, 9, 0, 3, 10, 2, 20, True),
        (3, 12, 0, 4, 13, 2, 20, True),
        (3, 19, 0, 4, 20, 4, 20, False),
        (3, 19, 1, 5, 21, 4, 20, True),
    ],
)
def test_the_quota_of_private_communities(
    private: int, total: int, ahead: int, would: int, of: int, limit: int, percent: int | None, over: bool
) -> None:
    found = rules.quota(private, total, ahead, SETTINGS, adds=True)
    assert (found.would, found.of, found.limit, found.percent, found.over) == (would, of, limit, percent, over)


def test_a_public_community_adds_nothing_to_the_quota() -> None:
    found = rules.quota(2, 5, 0, SETTINGS, adds=False)
    assert (found.would, found.over) == (2, False)


def test_a_company_may_want_no_private_community_at_all() -> None:
    none = Settings(private_percent=0, private_before=0)
    assert rules.quota(0, 3, 0, none, adds=True).over
    assert rules.quota(0, 30, 0, none, adds=True).over


@pytest.mark.parametrize(
    ("business", "interest", "kind", "percent", "out"),
    [
        (3, 0, "interest", 25, False),  # too few to speak of a balance
        (4, 6, "interest", 64, True),
        (4, 6, "business", 55, False),
        (9, 1, "business", 9, True),
        (9, 1, "interest", 18, False),  # still below the band, but it comes nearer
        (6, 4, "interest", 45, False),
    ],
)
def test_the_balance_of_business_and_interest(business: int, interest: int, kind: str, percent: int, out: bool) -> None:
    found = rules.balance(business, interest, kind, SETTINGS)
    assert (found.percent, found.out) == (percent, out)


# ---------------------------------------------------------------- flags, dates


@pytest.mark.parametrize(
    ("texts", "flags"),
    [
        (["Gardening", "Share seeds", "Advice on plants"], []),
        (["Pioneers", "For early adopters of the network", ""], ["enthusiasts"]),
        (["Ambassadeurs", "", ""], ["enthusiasts"]),
        (["Trucs et astuces", "Mieux utiliser Slack", ""], ["tool"]),
        (["Slacklining", "Balance between trees", ""], []),
        (["RÉSEAU SOCIAL", "les Pionniers du numérique", ""], ["enthusiasts", "tool"]),
    ],
)
def test_what_animators_should_look_at_twice(texts: list[str], flags: list[str]) -> None:
    assert rules.flags(texts, SETTINGS) == flags


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2030, 3, 5), 6, date(2030, 9, 5)),
        (date(2030, 8, 31), 6, date(2031, 2, 28)),
        (date(2031, 8, 31), 6, date(2032, 2, 29)),
        (date(2030, 12, 1), 1, date(2031, 1, 1)),
        (date(2030, 1, 31), 24, date(2032, 1, 31)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert rules.months_later(day, months) == later


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Pago_Pago", "Europe/Paris", "America/Los_Angeles"])
@pytest.mark.parametrize("day", ["2030-12-05", "2030-07-05"])
def test_a_day_is_the_same_day_for_every_reader(day: str, zone: str) -> None:
    line = Line(id="community-charter-review", args={"day": told_day(day)})
    said = WORDS.text(Reader("en", zone), line.id, line.args)
    assert " 5 " in said, said


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2030, 3, 5), date(2030, 9, 5)),
        (date(2030, 3, 7), date(2030, 9, 9)),  # the day would be a Saturday
        (date(2030, 5, 1), date(2030, 11, 4)),  # All Saints, a Friday
    ],
)
def test_a_review_falls_on_a_day_when_people_work(today: date, day: date) -> None:
    assert rules.review_day(today, 6, WorkingTime("Europe/Paris", holidays_country="FR").works_on) == day


def test_a_review_is_on_no_week_end_even_without_a_calendar() -> None:
    values = {"name": "Gardening", "purpose": "Share seeds", "work": "Advice"}
    assert cleaned(values, SETTINGS, date(2030, 3, 7))["review_on"] == "2030-09-09"


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (date(2030, 3, 5), False),
        (date(2030, 3, 6), True),
        (date(2032, 3, 5), True),
        (date(2032, 3, 6), False),
        (date(2029, 1, 1), False),
    ],
)
def test_a_review_lies_ahead_and_not_too_far(day: date, fits: bool) -> None:
    assert rules.review_fits(day, TODAY) is fits


# ---------------------------------------------------------------- one line


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("", {}),
        ("Gardening", {"name": "Gardening"}),
        (
            'Gardening --purpose "Share seeds" --work advice on plants --private --reason salaries --interest --yes',
            {
                "name": "Gardening",
                "purpose": "Share seeds",
                "work": "advice on plants",
                "visibility": "private",
                "reason": "salaries",
                "kind": "interest",
                "yes": "yes",
            },
        ),
        (
            "Jardinage --but « Partager des graines » --travail conseils --privée --raison paie --intérêt --oui",
            {
                "name": "Jardinage",
                "purpose": "Partager des graines",
                "work": "conseils",
                "visibility": "private",
                "reason": "paie",
                "kind": "interest",
                "yes": "yes",
            },
        ),
        ("Gardening —second @bob:example.org", {"name": "Gardening", "second": "@bob:example.org"}),
        ("Gardening --invite U1 U2 --public", {"name": "Gardening", "invitees": "U1 U2", "visibility": "public"}),
        ("Gardening --purpose", {"name": "Gardening"}),
    ],
)
def test_one_line_with_options(line: str, values: dict[str, str]) -> None:
    assert read_line(line) == values


def test_an_unknown_option_is_named() -> None:
    with pytest.raises(Refused) as refused:
        read_line("Gardening --purpos seeds")
    assert refused.value.line.args == {"option": "purpos"}


def test_what_is_kept_of_a_summary() -> None:
    settings = Settings(objectives=("Sell more", "Waste less"))
    values = {
        "name": "  Gardening   club ",
        "purpose": "Share\n seeds",
        "work": "Advice",
        "visibility": "public",
        "reason": "left over from a private one",
        "objective": "objective-2",
    }
    assert cleaned(values, settings, TODAY) == {
        "name": "Gardening club",
        "purpose": "Share seeds",
        "work": "Advice",
        "kind": "business",
        "visibility": "public",
        "reason": "",
        "objective": "Waste less",
        "review_on": "2030-09-05",
        "language": "",
    }


@pytest.mark.parametrize(
    ("said", "kept"), [("", ""), ("fr", "fr"), ("français", "fr"), ("English", "en"), ("Deutsch", "")]
)
def test_a_community_is_spoken_to_in_a_language_that_the_catalogs_have_or_in_the_usual_one(
    said: str, kept: str
) -> None:
    values = {"name": "Gardening", "purpose": "Share seeds", "work": "Advice", "language": said}
    assert cleaned(values, Settings(), TODAY)["language"] == kept


NEAR = [
    Known("1", "Achats responsables", "Comparer les offres de nos fournisseurs"),
    Known("2", "Photo", "Montrer nos images de chantier"),
    Known("3", "Sales methods", "Share what works with customers"),
    Known("4", "Management", "Meet other managers and directors"),
    Known("5", "Logistique", "Organiser les tournées et les stocks"),
]


@pytest.mark.parametrize(
    ("work", "keys"),
    [
        ("Head of Procurement", ["1"]),
        ("Acheteuse senior", ["1"]),
        ("Regional Sales Director", ["3"]),
        ("Logistics coordinator, sales department", ["5", "3"]),
        ("Directeur général adjoint", []),
        ("Manager", []),
        ("", []),
    ],
)
def test_communities_near_a_job_are_found_in_both_languages(work: str, keys: list[str]) -> None:
    assert sorted(each.key for each in rules.near_works([work], NEAR, 3)[work]) == sorted(keys)


def test_no_more_are_shown_than_asked_for() -> None:
    many = [Known(str(number), f"Sales {number}", "Share") for number in range(9)]
    assert len(rules.near_works(["Sales"], many, 3)["Sales"]) == 3


@pytest.mark.parametrize(
    ("text", "meta"),
    [
        (Meta(12, ("3", "7")).text(), Meta(12, ("3", "7"))),
        ("", Meta()),
        ("not json", Meta()),
        ("[1]", Meta()),
        ('{"correct": "x"}', Meta()),
        ('{"correct": null}', Meta()),
    ],
)
def test_what_a_form_carries_along_is_read_with_care(text: str, meta: Meta) -> None:
    assert read_meta(text) == meta
