"""From what is typed or pressed to what answers it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.lookup import Lookup, account_id, fold, options
from bot.nudge import Answer, Context, Nudge, Role
from bot.say import Pick, Say, plain
from bot.words import Reader, Words
from nudges import NUDGES

SPINE = Path(__file__).parents[2] / "bot" / "locales"
ACTIONS = ("garden.dig", "garden.water", "garden.rest", "garden.delve")

ANIMATORS = frozenset({Role.ANIMATOR})
EMPLOYEES = frozenset({Role.EMPLOYEE})


async def handler(_event: object, _ctx: Context) -> Answer:
    return None


def capability(id: str = "garden") -> Nudge:
    return Nudge(id=id, catalogs=Path(), settings=BaseModel)


def garden() -> Nudge:
    nudge = capability()
    nudge.command("garden")(handler)
    nudge.command("garden seeds", aliases=["jardin semées", "graines"])(handler)
    nudge.command("garden seeds give", by=ANIMATORS)(handler)
    nudge.choice("garden.water", aliases=["jardin arroser"])(handler)
    nudge.choice("garden.close", by=ANIMATORS)(handler)
    return nudge


LOOKUP = Lookup([garden()])


# ---------------------------------------------------------------- typed


@pytest.mark.parametrize(
    ("text", "id", "rest"),
    [
        ("garden", "garden", ""),
        ("garden roses", "garden", "roses"),
        ("garden seeds", "garden.seeds", ""),
        ("garden seeds  of   roses", "garden.seeds", "of   roses"),
        ("garden seeds give U1", "garden.seeds.give", "U1"),
        ("GARDEN Seeds Give", "garden.seeds.give", ""),
        ("  garden\nseeds\tgive\nU1  ", "garden.seeds.give", "U1"),
        ("jardin semees roses", "garden.seeds", "roses"),
        ("Jardin SEMÉES", "garden.seeds", ""),
        ("graines de Noël", "garden.seeds", "de Noël"),
    ],
)
def test_the_longest_path_answers_whatever_its_case_and_accents(text: str, id: str, rest: str) -> None:
    found = LOOKUP.typed(text)
    assert found is not None
    assert (found.id, found.rest, found.press) == (id, rest, False)


@pytest.mark.parametrize("text", ["", "  ", "gardens", "seeds", "unknown garden"])
def test_what_no_path_begins_is_not_found(text: str) -> None:
    assert LOOKUP.typed(text) is None


@pytest.mark.parametrize("text", ["garden water 12 soon", "jardin arroser 12 soon"])
def test_a_choice_is_typed_with_its_value(text: str) -> None:
    found = LOOKUP.typed(text)
    assert found is not None
    assert (found.id, found.rest, found.press) == ("garden.water", "12 soon", True)


def test_a_press_is_answered_by_its_action() -> None:
    found = LOOKUP.choice("garden.close")
    assert found is not None
    assert (found.id, found.by, found.press) == ("garden.close", ANIMATORS, True)
    assert LOOKUP.choice("garden.seeds") is None, "a command is not a choice"


# ---------------------------------------------------------------- suggested


@pytest.mark.parametrize(
    ("text", "roles", "near"),
    [
        ("gadren seeds", EMPLOYEES, "garden seeds"),
        ("garden seeds giv", ANIMATORS | EMPLOYEES, "garden seeds give"),
        ("garden seeds giv", EMPLOYEES, "garden seeds"),
        ("jardin arosser", EMPLOYEES, "jardin arroser"),
        ("garden clos", EMPLOYEES, "garden"),
        ("garden clos", ANIMATORS, "garden close"),
        ("zzz qqq", EMPLOYEES, ""),
        ("garden", frozenset[Role](), ""),
        ("", EMPLOYEES, ""),
    ],
)
def test_a_suggestion_is_near_and_permitted(text: str, roles: frozenset[Role], near: str) -> None:
    assert LOOKUP.suggest(text, roles) == near


def test_commands_are_listed_to_those_who_may_give_them() -> None:
    assert [".".join(spec.path) for _, spec in LOOKUP.commands(EMPLOYEES)] == ["garden", "garden.seeds"]
    assert [".".join(spec.path) for _, spec in LOOKUP.commands(ANIMATORS)] == ["garden.seeds.give"]


# ---------------------------------------------------------------- declared


def twice_a_command() -> Nudge:
    nudge = capability("other")
    nudge.command("garden seeds")(handler)
    return nudge


def twice_an_alias() -> Nudge:
    nudge = capability("other")
    nudge.command("other", aliases=["GRAINES"])(handler)
    return nudge


def twice_a_choice() -> Nudge:
    nudge = capability("other")
    nudge.choice("garden.water")(handler)
    return nudge


def twice_the_alias_of_a_choice() -> Nudge:
    nudge = capability("other")
    nudge.choice("other.rain", aliases=["jardin arroser"])(handler)
    return nudge


@pytest.mark.parametrize("other", [twice_a_command, twice_an_alias, twice_a_choice, twice_the_alias_of_a_choice])
def test_what_is_declared_twice_is_refused(other: object) -> None:
    assert callable(other)
    with pytest.raises(ValueError, match="declared twice"):
        Lookup([garden(), other()])


def test_a_form_declared_twice_is_refused() -> None:
    async def check(_asking: object) -> None:
        return None

    one, two = capability("one"), capability("two")
    one.form("bed", check=check)(handler)
    two.form("bed", check=check)(handler)
    assert Lookup([one]).form("bed") is not None
    assert Lookup([one]).form("no") is None
    with pytest.raises(ValueError, match="declared twice: bed"):
        Lookup([one, two])


def test_a_choice_named_as_a_command_is_pressed_and_the_command_typed() -> None:
    nudge = capability()
    nudge.command("garden ask")(handler)
    nudge.choice("garden.ask")(handler)
    lookup = Lookup([nudge])
    typed, pressed = lookup.typed("garden ask x"), lookup.choice("garden.ask")
    assert typed is not None
    assert pressed is not None
    assert (typed.press, pressed.press) == (False, True)


def test_everything_that_is_declared_has_entitled_roles() -> None:
    rights = Lookup(NUDGES).rights()
    assert rights
    assert all(rights.values())


# ---------------------------------------------------------------- options


@pytest.mark.parametrize(
    ("rest", "free", "found"),
    [
        ("Roses", "Roses", {}),
        ("Roses and tulips --yes", "Roses and tulips", {"yes": "yes"}),
        ("--yes Roses", "Roses", {"yes": "yes"}),
        ("Roses --purpose seeds and advice --yes", "Roses", {"purpose": "seeds and advice", "yes": "yes"}),
        ('Roses --purpose "seeds and advice"', "Roses", {"purpose": "seeds and advice"}),
        ("\u00ab\u00a0Roses\u00a0\u00bb --purpose \u201cseeds\u201d", "Roses", {"purpose": "seeds"}),
        ("Roses \u2014purpose seeds", "Roses", {"purpose": "seeds"}),  # a phone made a dash of two hyphens
        ("Roses --PURPOSE seeds", "Roses", {"purpose": "seeds"}),
        ("Roses --purpose", "Roses", {"purpose": ""}),
        ("Roses --purose seeds", "Roses --purose seeds", {}),
        ("", "", {}),
    ],
)
def test_free_words_and_options_are_told_apart(rest: str, free: str, found: dict[str, str]) -> None:
    assert options(rest, flags=["yes"], values=["purpose"]) == (free, found)


def test_words_are_compared_without_case_or_accents() -> None:
    assert fold("Communauté") == fold("COMMUNAUTE") == "communaute"


@pytest.mark.parametrize(
    ("word", "id"), [("@U123", "U123"), ("U123", "U123"), ("@ana:example.org", "@ana:example.org")]
)
def test_an_account_is_named_as_its_platform_does(word: str, id: str) -> None:
    assert account_id(word) == id


def test_a_reader_of_french_is_shown_what_to_type_in_french() -> None:
    nudge = capability()
    nudge.command("garden dig", aliases=["jardin creuser", "garden delve"])(handler)
    nudge.choice("garden.water", aliases=["jardin arroser"])(handler)
    nudge.choice("garden.rest")(handler)
    words = Words([SPINE])
    words.call(Lookup([nudge]).names())
    said = Say(
        lines=(plain("?"),), choices=tuple(Pick(label="help-button", action=each, value="3") for each in ACTIONS)
    )
    shown = {tongue: [each.typed for each in words.message(said, Reader(tongue)).choices] for tongue in ("fr", "en")}
    assert shown["fr"] == ["jardin creuser 3", "jardin arroser 3", "garden rest 3", "jardin creuser 3"]
    assert shown["en"] == ["garden dig 3", "garden water 3", "garden rest 3", "garden delve 3"]
    assert all(Lookup([nudge]).typed(line) for lines in shown.values() for line in lines)
