"""What is an answer, what is missing, what the meter says, and what settings are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from adapters import PLATFORMS
from bot.config import ConfigError, load
from bot.words import Reader, Words
from nudges.profiles import capability, gaps, reminding, rules
from nudges.profiles.filling import _named, wrong
from nudges.profiles.rules import Held, Own, Stands, Told
from nudges.profiles.settings import KNOWN, FieldSettings, Settings

NAMES = ("Zoé Martin-Dupont", "zoe.martin")
USUAL = Settings()
TITLE = FieldSettings(name="title", sources=("platform", "roster:job", "own"), weight=30)
PHONE = FieldSettings(name="phone", sources=("platform", "own"), weight=5, letters=False)
DEPARTMENT = FieldSettings(name="department", sources=("roster:department",), weight=10, changed_by="administrator")
TOPICS = FieldSettings(name="topics", kind="long", sources=("own",), weight=25)
PICTURE = FieldSettings(name="picture", kind="picture", sources=("platform",), weight=5, required=False)
CUSTOM = FieldSettings(
    name="skills",
    label={"en": "skills", "fr": "compétences"},
    why={"en": "To be found.", "fr": "Pour être trouvé."},
    sources=("acme:Xf1", "own"),
    weight=10,
)


# ---------------------------------------------------------------- what says something


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "--", ".", "…", "?", "??", "/", "n/a", "N/A", "n. a.", "N A", "none", "None.", "(none)", "néant",
        "NÉANT", "neant", "x", "X", "xxx", "x x x", "à compléter", "A COMPLETER", "« à compléter »", "tbd", "T.B.D.",
        "to be defined", "à définir", "rien", "aucun", "aucune", "null", "12", "42 17", "2024-01", "\u200b", "\u00a0",
        "\u200bn/a\u200b", "🙂", "___", "Zoé Martin-Dupont", "zoe martin dupont", "MARTIN-DUPONT ZOÉ",
        "  Martin Dupont, Zoé ", "zoe.martin",
    ],
)  # fmt: skip
def test_what_says_nothing_is_no_answer(text: str) -> None:
    assert rules.answer(text, TITLE, NAMES) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Head of seeds", "Head of seeds"),
        ("  Responsable   semences ", "Responsable semences"),
        ("DG", "DG"),
        ("R&D", "R&D"),
        ("Nanny", "Nanny"),
        ("None of your business manager", "None of your business manager"),
        ("Zoé Martin-Dupont, head of seeds", "Zoé Martin-Dupont, head of seeds"),
        ("Line\u2028one\u200b", "Line one"),
        ("Half\ud83dof a character", "Half of a character"),
        ("研究員", "研究員"),
        ("Niveau 2", "Niveau 2"),
    ],
)
def test_what_says_something_is_kept_tidy(text: str, kept: str) -> None:
    assert rules.answer(text, TITLE, NAMES) == kept


def test_digits_are_an_answer_where_letters_are_not_asked_for() -> None:
    assert rules.answer("+33 1 23 45", PHONE) == "+33 1 23 45"
    assert rules.answer("+33 1 23 45", TITLE) == ""
    assert rules.answer("0", PHONE) == ""
    assert rules.answer("--", PHONE) == ""


def test_a_field_has_words_of_its_own_that_say_nothing() -> None:
    field = FieldSettings(name="title", weight=1, no_answers=("employé", "Staff member"))
    assert [rules.answer(text, field) for text in ("Employe", "STAFF-MEMBER", "Staff manager")] == [
        "",
        "",
        "Staff manager",
    ]


def test_only_a_picture_that_was_chosen_is_one() -> None:
    assert rules.answer("yes", PICTURE) == "yes"
    assert rules.answer("", PICTURE) == ""
    assert rules.answer("https://gravatar.example/default.png", PICTURE) == ""


@given(st.text(max_size=60), st.text(max_size=30))
def test_an_answer_is_always_the_same_answer_again(text: str, name: str) -> None:
    said = rules.answer(text, TITLE, [name])
    assert rules.answer(said, TITLE, [name]) == said
    assert rules.answer(f"\u200b {text} \n", TITLE, [name]) == said
    assert said == "" or any(each.isalpha() for each in said)


@given(st.permutations(["Zoé", "Martin", "Dupont"]), st.sampled_from(["upper", "lower", "title"]))
def test_a_name_is_a_name_in_whatever_order(words: list[str], case: str) -> None:
    assert rules.answer(getattr(" ".join(words), case)(), TITLE, NAMES) == ""


# ---------------------------------------------------------------- where a value comes from


def slack(**listed: str) -> Told:
    return Told("acme", listed, {})


def test_sources_are_looked_at_in_their_order() -> None:
    both = Held(told=(slack(title="Gardener"),), own={"title": Own("Head of seeds", "kept")})
    found = rules.stands(TITLE, both)
    assert (found.standing, found.value, found.source and found.source.kind) == ("present", "Gardener", "platform")
    turned = FieldSettings(name="title", sources=("own", "platform"), weight=1)
    assert rules.stands(turned, both).value == "Head of seeds"


def test_a_text_that_says_nothing_lets_the_next_source_speak() -> None:
    held = Held(NAMES, told=(slack(title="n/a"),), own={"title": Own("Head of seeds", "kept")})
    assert rules.stands(TITLE, held).value == "Head of seeds"


def test_of_two_accounts_the_one_that_says_something_counts() -> None:
    held = Held(told=(Told("home", {}, {}), slack(title="x"), Told("shop", {"title": "Cook"}, None)))
    assert rules.stands(TITLE, held).value == "Cook"


def test_the_roster_offers_and_does_not_decide() -> None:
    held = Held(told=(slack(),), roster={"job": "ING. ETUDES 2"})
    found = rules.stands(TITLE, held)
    assert (found.standing, found.value, found.offer, found.here) == ("missing", "", "ING. ETUDES 2", True)
    suffices = FieldSettings(name="title", sources=("roster:job", "own"), weight=1, roster_suffices=True)
    assert rules.stands(suffices, held).standing == "present"


def test_what_was_confirmed_holds_while_the_roster_says_it() -> None:
    own = {"title": Own("Gardener", "confirmed")}
    now = rules.stands(TITLE, Held(told=(slack(),), roster={"job": "Gardener"}, own=own))
    assert (now.standing, now.value) == ("present", "Gardener")
    later = rules.stands(TITLE, Held(told=(slack(),), roster={"job": "Head of seeds"}, own=own))
    assert (later.standing, later.offer) == ("missing", "Head of seeds")
    gone = rules.stands(TITLE, Held(told=(slack(),), own=own))
    assert gone.standing == "present", "the roster says nothing else"


def test_what_only_the_administrator_can_fill_is_a_gap() -> None:
    assert rules.stands(DEPARTMENT, Held(told=(slack(),))).standing == "gap"
    assert rules.stands(DEPARTMENT, Held(told=(slack(),), roster={"department": "Seeds"})).standing == "present"


def test_what_was_not_read_is_not_missing() -> None:
    unread = rules.stands(CUSTOM, Held(told=(Told("acme", {}, None),)))
    assert unread.standing == "unread"
    assert rules.stands(CUSTOM, Held(told=(Told("acme", {}, {}),))).standing == "missing"
    assert rules.stands(CUSTOM, Held(told=(Told("home", {}, None),))).standing == "missing", "they are not on acme"
    assert rules.stands(CUSTOM, Held(told=(Told("acme", {}, {"Xf1": "Roses"}),))).value == "Roses"


def test_where_a_field_can_be_changed() -> None:
    assert rules.stands(PICTURE, Held(told=(slack(),))).there == ("acme",)
    assert rules.stands(TITLE, Held(told=(slack(),))).there == (), "nobody there has a title: there may be none"
    assert rules.stands(TITLE, Held(told=(slack(),), places={("acme", "title")})).there == ("acme",)
    only = FieldSettings(name="title", sources=("platform", "own"), weight=1)
    assert rules.stands(only, Held()).here
    assert not rules.stands(PICTURE, Held(told=(slack(),))).here


def test_declined_counts_and_a_value_weighs_more() -> None:
    own = {"title": Own("", "declined")}
    assert rules.stands(TITLE, Held(told=(slack(),), own=own)).standing == "declined"
    assert rules.stands(TITLE, Held(told=(slack(title="Cook"),), own=own)).standing == "present"


# ---------------------------------------------------------------- the whole


def test_the_meter_counts_what_they_can_have() -> None:
    fields = (TITLE, DEPARTMENT, TOPICS, PICTURE)
    nothing = rules.profile(fields, Held(told=(slack(),)))
    assert rules.meter(nothing) == rules.Meter(0, 60), "the department is the administrator's"
    some = Held(told=(slack(title="Cook"),), own={"topics": Own("", "declined")})
    whole = rules.profile(fields, some)
    assert rules.meter(whole) == rules.Meter(55, 60)
    assert rules.meter(whole).percent == 91
    assert rules.is_complete(whole), "a picture is not required"
    assert rules.to_ask(whole) is None
    assert [each.field.name for each in rules.missing(whole)] == ["picture"]
    assert [each.name for each in rules.gaps(whole)] == ["department"]


def test_the_heaviest_required_field_is_next() -> None:
    heavy = FieldSettings(name="phone", sources=("own",), weight=90, required=False)
    whole = rules.profile((heavy, TOPICS, TITLE), Held(told=(slack(),)))
    assert [each.field.name for each in rules.missing(whole)] == ["title", "topics", "phone"]
    found = rules.to_ask(whole)
    assert found is not None
    assert found.field.name == "title"
    assert rules.after(whole, found) == rules.Meter(30, 145)


def test_whoever_declines_everything_is_complete() -> None:
    own = {each.name: Own("", "declined") for each in USUAL.fields}
    whole = rules.profile(USUAL.fields, Held(told=(slack(),), own=own))
    assert rules.is_complete(whole)
    assert rules.meter(whole).percent == 100


@given(st.sets(st.sampled_from(["title", "location"])))
def test_what_somebody_prefers_not_to_say_is_seen_by_nobody(declined: set[str]) -> None:
    held = Held(told=(slack(phone="1"),), own={"topics": Own("Seeds", "kept")})
    private = replace(held, own={**held.own, **{each: Own("", "declined") for each in declined}})
    assert rules.openly(private, objected=False) == rules.openly(held, objected=False) == held


def test_of_who_objected_nothing_is_known() -> None:
    held = Held(told=(slack(title="Gardener"),), own={"topics": Own("Seeds", "kept")}, roster={"job": "Cook"})
    whole = rules.profile(Settings().fields, rules.openly(held, objected=True))
    assert {each.standing for each in whole} <= {"missing", "gap"}


def test_what_was_not_read_yet_keeps_a_profile_from_being_whole() -> None:
    whole = rules.profile((CUSTOM,), Held(told=(Told("acme", {}, None),)))
    assert not rules.is_complete(whole)
    assert rules.to_ask(whole) is None


_texts = st.dictionaries(st.sampled_from([each.name for each in USUAL.fields]), st.text(max_size=12))
_own = st.dictionaries(
    st.sampled_from([each.name for each in USUAL.fields]),
    st.builds(Own, st.text(max_size=12), st.sampled_from(["kept", "confirmed", "declined"])),
)


@given(_texts, _texts, _own)
def test_a_meter_never_passes_its_ends_and_grows_by_what_is_filled(
    listed: dict[str, str], roster: dict[str, str], own: dict[str, Own]
) -> None:
    held = Held(NAMES, own, roster, (Told("acme", listed, {}),))
    whole = rules.profile(USUAL.fields, held)
    meter = rules.meter(whole)
    assert 0 <= meter.percent <= 100
    assert (meter.percent == 100) == (meter.done == meter.total)
    for stand in rules.missing(whole):
        assert stand.field.changed_by == "person"
        assert rules.after(whole, stand).percent >= meter.percent
        declined = {**own, stand.field.name: Own("", "declined")}
        after = rules.profile(USUAL.fields, Held(NAMES, declined, roster, held.told))
        assert rules.meter(after) == rules.after(whole, stand)


# ---------------------------------------------------------------- what is said


def test_a_reminder_leads_to_the_profile_of_where_it_is_read() -> None:
    """Somebody on two platforms chose one of them to be told on; each may have its own language."""
    both = (Told("home", {}, {}, "@ana:home"), Told("acme", {}, {}, "U1"))
    for told_on, account in (("", "@ana:home"), ("acme", "U1"), ("gone", "@ana:home")):
        held = Held(told=both, told_on=told_on)
        whole = rules.profile((PICTURE,), held)
        said = reminding.said(whole, whole[0], held)
        assert [line.account for line in said.lines if line.kind == "profile"] == [account]
    elsewhere = Held(told=both, told_on="home", places={("acme", "title")})
    whole = rules.profile((FieldSettings(name="title", sources=("platform",), weight=1),), elsewhere)
    assert whole[0].there == ("home", "acme")


def test_a_reminder_names_one_field_why_it_helps_and_how_far_it_leads() -> None:
    held = Held(told=(slack(),), roster={"job": "Gardener"})
    whole = rules.profile((TITLE, TOPICS), held)
    said = reminding.said(whole, whole[0], held)
    ids = [line.id for line in said.lines]
    assert ids == ["profile-remind", "profile-why", "profile-offer", "plain", "profile-remind-progress"]
    assert (said.lines[-1].args["percent"], said.lines[-1].args["then"]) == (0, 54)
    assert [pick.action for pick in said.choices] == ["profile.confirm", "profile.edit", "profile.prefer-not"]


def test_what_a_preview_shows_of_a_reminder_is_the_same_whoever_would_get_it() -> None:
    fields = (TITLE, TOPICS, PHONE, PICTURE)
    full = {"topics": Own("Pots", "kept"), "phone": Own("", "declined")}
    people = [
        Held(told=(slack(),), roster={"job": "Gardener"}),
        Held(told=(slack(),), roster={"job": "n/a"}, own=full),
        Held(told=(Told("acme", None, None, "U77"),), names=NAMES, own=full),
    ]
    shown = []
    for held in people:
        whole = rules.profile(fields, held)
        shown.append(reminding.sample(whole, replace(whole[0], standing="missing"), held))
    assert shown[1:] == shown[:1] * 2
    assert [line.id for line in shown[0].lines] == [
        "profile-remind", "profile-why", "profile-offer", "profile-sample", "profile-remind-progress",
    ]  # fmt: skip
    assert (shown[0].lines[-1].args["percent"], shown[0].lines[-1].args["then"]) == (53, 100)
    assert not any(each in shown[0].model_dump_json() for each in ("Gardener", "Pots", "U77"))


# ---------------------------------------------------------------- what is typed


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("n/a", "profile-wrong-nothing"),
        ("zoe martin dupont", "profile-wrong-name"),
        ("y" * 151, "profile-wrong-long"),
        ("Head of seeds", ""),
    ],
)
def test_what_is_wrong_with_what_was_typed(text: str, id: str) -> None:
    line = wrong(text, TITLE, NAMES)
    assert (line.id if line else "") == id


def test_a_choice_is_one_of_its_options() -> None:
    office = FieldSettings(name="location", kind="choice", options=("Paris", "Nouméa"), weight=1)
    assert wrong("Nouméa", office, ()) is None
    line = wrong("Rome", office, ())
    assert line is not None
    assert line.id == "profile-wrong-option"


# ---------------------------------------------------------------- settings

FILE = """
parvis = { contact = "comms", zone = "UTC" }
platforms.acme.kind = "memory"
roles = { animator = ["acme:ana"], admin = ["acme:ana"] }
"""


def found(tmp_path: Path, *fields: str, more: str = "") -> list[tuple[str, str]]:
    """What is wrong with these fields: (key, message)."""
    path = tmp_path / "parvis.toml"
    path.write_text(f"{FILE}[profiles]\n{more}\nfields = [\n{','.join(fields)}\n]\n", "utf-8")
    try:
        load(path, {"PARVIS_AUDIT_KEY": "k" * 32}, {"profiles": Settings}, PLATFORMS)
    except ConfigError as error:
        return [(each.key, each.wrong.id) for each in error.problems]
    return []


GOOD = '{ name = "title", weight = 10 }'


@pytest.mark.parametrize(
    ("second", "key", "id"),
    [
        ('name = "phone", sources = ["acme:Xf2", "platform:phone", "roster:tel", "own"]', "", ""),
        ('name = "phone", sources = ["slak"]', "sources", "profile-source-wrong"),
        ('name = "phone", sources = ["acne:Xf2"]', "sources", "profile-source-nowhere"),
        ('name = "phone", sources = ["roster:"]', "sources", "profile-source-wrong"),
        ('name = "phone", sources = []', "sources", "settings-empty"),
        ('name = "shoes"', "label", "profile-words-missing"),
        ('name = "shoes", label = { en = "shoes", fr = "souliers" }', "why", "profile-words-missing"),
        ('name = "phone", label = { en = "phone" }', "label", "profile-words-missing"),
        ('name = "phone", kind = "choice"', "options", "profile-options-missing"),
        ('name = "phone", options = ["a", "b"]', "options", "profile-options-needless"),
        ('name = "picture", kind = "picture", sources = ["own"]', "sources", "profile-picture-elsewhere"),
        ('name = "phone", changed_by = "administrator"', "changed_by", "profile-own-of-administrator"),
        ('name = "phone", sources = ["roster:tel"]', "changed_by", "profile-roster-of-person"),
        ('name = "Phone!"', "name", "settings-not-shaped"),
        ('name = "phone", colour = 1', "colour", "settings-unknown"),
    ],
)
def test_a_field_that_cannot_be_is_refused(tmp_path: Path, second: str, key: str, id: str) -> None:
    told = found(tmp_path, GOOD, f"{{ weight = 1, {second} }}")
    assert (f"profiles.fields[1].{key}", id) in told if key else not told


@pytest.mark.parametrize(
    ("second", "write"),
    [
        ('sources = ["roaster:job", "own"]', 'sources = ["roster:job", "own"]'),
        ('sources = ["slack:XF1"]', 'sources = ["acme:XF1"]'),
        ('sources = ["platfrom:phone"]', 'sources = ["platform:phone"]'),
        ('sources = ["own", "slak"]', 'sources = ["own", "own"]'),
        ('label = "x"', 'label = { en = "office", fr = "bureau" }'),
    ],
)  # fmt: skip
def test_what_is_suggested_for_a_field_is_accepted(tmp_path: Path, second: str, write: str) -> None:
    path = tmp_path / "parvis.toml"
    refused = f'{GOOD}, {{ name = "phone", weight = 1, {second} }}'
    path.write_text(f"{FILE}[profiles]\nfields = [\n{refused}\n]\n", "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path, {"PARVIS_AUDIT_KEY": "k" * 32}, {"profiles": Settings}, PLATFORMS)
    (problem,) = caught.value.problems
    assert problem.write.args["what"] == write
    assert not found(tmp_path, GOOD, f'{{ name = "phone", weight = 1, {write} }}')


@pytest.mark.parametrize(
    ("fields", "key", "id"),
    [
        ([GOOD, GOOD], "fields", "profile-field-twice"),
        (['{ name = "title", weight = 1, required = false }'], "fields", "profile-none-required"),
        (['{ name = "title", weight = 0 }'], "fields", "profile-no-weight"),
        (['{ name = "title" }'], "fields[0].weight", "settings-missing"),
        (['{ name = "title", weight = 101 }'], "fields[0].weight", "settings-above"),
        ([], "fields", "settings-empty"),
    ],
)
def test_fields_that_cannot_be_together_are_refused(tmp_path: Path, fields: list[str], key: str, id: str) -> None:
    assert found(tmp_path, *fields) == [(f"profiles.{key}", id)]


@pytest.mark.parametrize("days", ["[7, 21]", "[0, 21, 7]", "[0, 0]", "[]", "[0, 1, 2, 3]"])
def test_days_that_do_not_grow_from_the_first_are_refused(tmp_path: Path, days: str) -> None:
    assert [key for key, _ in found(tmp_path, GOOD, more=f"days = {days}")] == ["profiles.days"]


def test_the_usual_fields_weigh_a_hundred_and_ask_for_three() -> None:
    assert sum(each.weight for each in USUAL.fields) == 100
    assert USUAL.required() == ("title", "location", "topics")
    assert USUAL.custom() == frozenset()
    assert 4 <= len(USUAL.fields) <= 6


def names(whole: tuple[Stands, ...]) -> list[str]:
    return [each.field.name for each in whole]


def test_a_profile_has_each_field_in_the_order_of_the_settings() -> None:
    empty: Any = Held()
    assert names(rules.profile(USUAL.fields, empty)) == [each.name for each in USUAL.fields]


# ---------------------------------------------------------------- what only an administrator can fill


@pytest.mark.parametrize(
    ("counted", "shown", "others"),
    [
        ({}, None, 0),
        ({"Seeds": 4}, None, 0),
        ({"Seeds": 5}, [("Seeds", 5)], 0),
        ({"Seeds": 9, "Roses": 5}, [("Seeds", 9), ("Roses", 5)], 0),
        ({"Seeds": 9, "Roses": 5, "Figs": 1}, [("Seeds", 9)], 6),
        ({"Seeds": 9, "Figs": 1}, [], 10),
        ({"Figs": 3, "Pears": 3}, [], 6),
        ({"Figs": 3, "Pears": 1}, None, 0),
        ({"": 7, "Figs": 3, "Pears": 2}, [("", 7)], 5),
    ],
)
def test_gaps_are_told_of_five_people_and_more(
    counted: dict[str, int], shown: list[tuple[str, int]] | None, others: int
) -> None:
    gap = gaps.told(DEPARTMENT, counted, 5)
    assert (gap and (list(gap.departments), gap.others)) == (None if shown is None else (shown, others))


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 12), max_size=6))
def test_no_difference_of_what_is_told_is_about_fewer_than_five(counted: dict[str, int]) -> None:
    gap = gaps.told(DEPARTMENT, counted, 5)
    if gap is None:
        assert all(people < 5 for people in counted.values())
        return
    assert gap.people == sum(counted.values())
    assert gap.is_exact
    assert all(isinstance(people, int) and people >= 5 for _, people in gap.departments)
    assert gap.others == 0 or (isinstance(gap.others, int) and gap.others >= 5)


def test_reading_nobody_is_no_setting() -> None:
    """Nobody is reminded who was not read lately: none an hour would end all reminders, and say so nowhere."""
    with pytest.raises(ValidationError):
        Settings(read_per_hour=0)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", KNOWN)
def test_a_field_is_known_by_the_words_that_people_are_shown(name: str, language: str) -> None:
    words = Words([capability.nudge.catalogs], "en", "UTC", lambda: datetime(2026, 11, 30, tzinfo=UTC))
    label = words.text(Reader(language), f"profile-field-{name}", {})
    fields = Settings(fields=(FieldSettings(name=name, weight=1, changed_by="person"),))
    for said in (label, label.upper(), label.replace("’", "'"), name):
        found = _named(fields, said)
        assert found is not None, said
        assert found.name == name
