"""Catalogs and code agree: nothing missing, nothing unused, nothing said elsewhere. Each rule is seen to fail too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from adapters import PLATFORMS
from bot.attention.ways import words_of
from bot.nudge import Nudge, Role
from bot.words import Words, slug
from tests import catalog_rules as rules
from tests.catalog_rules import Catalog, Code

ROOT = Path(__file__).parent.parent
FOLDERS = [ROOT / "bot/locales", *sorted((ROOT / "nudges").glob("*/locales"))]
LANGUAGES = ("en", "fr")


def sources(*patterns: str) -> dict[str, str]:
    files = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}


def python(*folders: str) -> Code:
    return rules.scan(sources(*(f"{folder}/**/*.py" for folder in folders)))


def declared() -> tuple[Nudge, ...]:
    """What the capabilities declare."""
    return tuple(import_module("nudges").NUDGES) if find_spec("nudges") else ()


def choices() -> set[str]:
    """What can be pressed or typed and is no command: said in words where rights are listed."""
    commands = {".".join(command.path) for nudge in declared() for command in nudge.commands}
    return {action for nudge in declared() for action in nudge.choices} - commands


@pytest.fixture(scope="module")
def catalogs() -> dict[str, Catalog]:
    files = [path for folder in FOLDERS for path in sorted(folder.glob("*.ftl"))]
    return {
        language: rules.read(
            {
                str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
                for path in files
                if rules.language(path) == language
            }
        )
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def code() -> Code:
    """Of adapters only what their settings refuse: they have no words of their own beyond."""
    return rules.scan(sources("bot/**/*.py", "nudges/**/*.py", "adapters/*/settings.py"))


def told(found: Iterator[str]) -> None:
    lines = sorted(set(found))
    assert not lines, "\n" + "\n".join(lines)


def one(found: Iterator[str]) -> str:
    (line,) = found
    return line


# ---------------------------------------------------------------- what is shipped


def test_every_catalog_is_read_without_error_and_in_both_languages() -> None:
    assert Words(FOLDERS).languages == set(LANGUAGES)


def test_both_languages_say_the_same(catalogs: dict[str, Catalog]) -> None:
    told(rules.differences(catalogs["en"], catalogs["fr"], "fr"))
    told(rules.differences(catalogs["fr"], catalogs["en"], "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_has_its_plural(catalogs: dict[str, Catalog], language: str) -> None:
    told(rules.missing_plurals(catalogs[language]))


def test_french_marks_keep_their_spaces(catalogs: dict[str, Catalog]) -> None:
    told(rules.plain_spaces(catalogs["fr"]))


def test_in_french_one_thing_has_one_name(catalogs: dict[str, Catalog]) -> None:
    told(rules.other_terms(catalogs["fr"]))


def test_a_rubric_of_the_profile_speaks_to_nobody(catalogs: dict[str, Catalog]) -> None:
    told(rules.addressed(catalogs["fr"]))
    assert one(rules.addressed(catalog("profile-field-x = ce que vous faites")))
    assert not list(rules.addressed(catalog("profile-field-x = fonction\nprofile-y = Votre profil")))


def test_everything_code_says_is_in_the_catalogs(catalogs: dict[str, Catalog], code: Code) -> None:
    told(rules.missing(catalogs["en"], code))


def test_everything_a_convention_asks_for_is_in_the_catalogs(catalogs: dict[str, Catalog], code: Code) -> None:
    commands = [command.path for nudge in declared() for command in nudge.commands]
    forms = [form for nudge in declared() for form in nudge.forms]
    verbs = [verb.path for nudge in declared() for verb in nudge.verbs]
    told(rules.missing_by_convention(catalogs["en"], code, commands, forms, list(Role), choices(), verbs))


def test_every_kind_that_people_may_stop_says_what_it_is_and_why_it_comes(catalogs: dict[str, Catalog]) -> None:
    kinds = [each.kind for nudge in declared() for each in nudge.contacts if each.optional]
    assert "community.invitation" in kinds
    told(lacking(kinds, catalogs))
    assert one(lacking(["cake"], {"fr": catalogs["fr"]})) == "fr: no message contact-cake with .why"


def lacking(kinds: list[str], catalogs: dict[str, Catalog]) -> Iterator[str]:
    for language, catalog in catalogs.items():
        for name in (words_of(kind) for kind in kinds):
            if name not in catalog or not {"", "why"} <= set(catalog[name].patterns):
                yield f"{language}: no message {name} with .why"


def test_everything_in_the_catalogs_is_said(catalogs: dict[str, Catalog], code: Code) -> None:
    # What a process installs is named after it, so no constant of code spells it.
    names = {form for nudge in declared() for form in nudge.forms}
    names |= {" ".join(command.path) for nudge in declared() for command in nudge.commands} | choices()
    names |= {f"contact-{slug(each.kind)}" for nudge in declared() for each in nudge.contacts}
    told(rules.unused(catalogs["en"], replace(code, constants=code.constants | names), list(Role)))


def test_no_sentence_is_written_in_code() -> None:
    told(iter(python("bot", "nudges", "adapters").sentences))


def test_no_refusal_of_a_setting_is_written_in_code() -> None:
    files = sources("bot/config/*.py", "adapters/*/settings.py", "nudges/*/settings.py")
    models = [kind.settings for kind in PLATFORMS.values()] + [nudge.settings for nudge in declared()]
    assert {f"{model.__module__.replace('.', '/')}.py" for model in models} <= files.keys() | {"pydantic/main.py"}
    told(rules.in_settings(files))


# ---------------------------------------------------------------- each rule, broken


def catalog(source: str) -> Catalog:
    return rules.read({"x.ftl": source})


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("a = A\nb = B", "a = A", "x.ftl: b is missing in fr"),
        ("a = A\n    .label = L", "a = A", "x.ftl: a.label is missing in fr"),
        ("a = A\n    .label = L", "a =\n    .label = L", "x.ftl: a is missing in fr"),
        ("a = A { $who }", "a = A", "x.ftl: a does not use who in fr"),
        ("-t = T\na = { -t }", "a = T", "x.ftl: -t is missing in fr"),
    ],
)
def test_a_difference_is_found(first: str, second: str, found: str) -> None:
    assert one(rules.differences(catalog(first), catalog(second), "fr")) == found
    assert not list(rules.differences(catalog(first), catalog(first), "fr"))


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("a = { $count } requests wait.", True),
        ("a = Within { $days }\u00a0jours.", True),
        ("a = A\n    .label = { $days } days", True),
        ("a = { $who ->\n    [me] { $count } requests\n   *[other] none\n}", True),
        ("a = { $count ->\n    [one] One request\n   *[other] { $count } requests\n}", False),
        ("a = Waiting: { $count }.", False),
        ("a = Waiting: { $count } (of { $limit })", False),
        ("a = { $who } waits.", False),
    ],
)
def test_a_missing_plural_is_found(source: str, is_found: bool) -> None:
    assert bool(list(rules.missing_plurals(catalog(source)))) is is_found


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("a = Pourquoi ?", True),
        ("a = Motif : { $reason }", True),
        ("a = { $who } : oui", True),
        ("a = « Vélo\u00a0»", True),
        ("a = «\u00a0Vélo »", True),
        ("a = A\n    .hint = Bravo !", True),
        ("a = Pourquoi\u00a0? Bravo\u202f! «\u00a0Vélo\u00a0»", False),
        ("a = Écrivez !community request à 09:00", False),
    ],
)
def test_a_plain_space_is_found(source: str, is_found: bool) -> None:
    assert bool(list(rules.plain_spaces(catalog(source)))) is is_found


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ('raise Refused("gone", who=1)', True),
        ('say("gone")', True),
        ('say("known" if x else "gone")', True),
        ('Line(id="gone")', True),
        ('raise WrongValueError("gone", "09:00")', True),
        ('raise WrongValueError("known", "09:00", how="gone")', True),
        ('message("gone", shown=1)', True),
        ('Line(id="known", kind="fact")', True),
        ('Line(id="fact", kind="fact")', False),
        ('Pick(label="gone", action="a.b")', True),
        ('Term(term="gone")', True),
        ('words.text(reader, "known.gone")', True),
        ('words.text(reader, f"told-{x}")', False),
        ('words.text(reader, f"told-{x}-more")', True),
        ('WHY = {"a": "told-gone"}', True),
        ('WHY = {"a": "told-one", "b": "other-gone"}', False),
        ('say("known")\nAsk(id="known.form")', False),
    ],
)
def test_a_missing_message_is_found(source: str, is_found: bool) -> None:
    known = catalog("known = K\nfact = F\n    .label = L\ntold-one = 1\ntold-two = 2\ntold-three = 3")
    assert bool(list(rules.missing(known, rules.scan({"x.py": source})))) is is_found


@pytest.mark.parametrize(
    ("source", "term"),
    [
        ("a = Sur quelle plate-forme\u00a0?", "plateforme"),
        ("a = Les Plates-formes", "plateforme"),
        ("a = PLATE-FORME:ID", "plateforme"),
        ("a = Le robot écrit", "bot"),
        ("a = D’après la liste du personnel", "annuaire du personnel"),
        ("a = A\n    .why = La liste de l’entreprise le dit", "annuaire du personnel"),
        ("a = { $n ->\n    [one] l’annuaire de votre entreprise\n   *[other] rien\n}", "annuaire du personnel"),
        ("a = Par e-mail", "courriel"),
        ("a = Sur quelle plateforme\u00a0? Le bot et l’annuaire du personnel, une liste de noms, un robotique", ""),
        ("a = Voyez `parvis.mail`", ""),
    ],
)
def test_another_name_for_a_thing_is_found(source: str, term: str) -> None:
    found = list(rules.other_terms(catalog(source)))
    assert [line.rpartition(" ")[2] if " " not in term else line.split("say ")[1] for line in found] == (
        [repr(term)] if term else []
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("", []),
        ('Question(name="purpose")', ["x.py:1: no message field-...-purpose.label"]),
        ('Question(name="name", options=("work", "fun"))', ["no message option-fun"]),
        ('Question(name="name", options=("fun",), labels=shown)', []),
        ('Ask(id="a.b")', ["no message form-a-b.cancel", "no message form-a-b.submit", "no message form-a-b.title"]),
    ],
)
def test_a_missing_convention_is_found(source: str, found: list[str]) -> None:
    known = catalog("field-c-d-name =\n    .label = N\noption-work = W\nrole-lead = L")
    assert list(rules.missing_by_convention(known, rules.scan({"x.py": source}), [], [], ["lead"])) == found


def test_what_capabilities_declare_is_asked_for() -> None:
    found = rules.missing_by_convention(
        catalog("a = A\ncli-help-people = P"),
        Code(),
        [("community", "mine")],
        ["community.request"],
        ["lead"],
        ["community.approve"],
        [("people", "gaps"), ("seeds", "sow"), ("weed",)],
    )
    assert list(found) == [
        "no message choice-community-approve",
        "no message command-community-mine.example",
        "no message command-community-mine.help",
        "no message command-community-mine.usage",
        "no message form-community-request.cancel",
        "no message form-community-request.submit",
        "no message form-community-request.title",
        "no message role-lead",
        "no message verb-people-gaps",
        "no message verb-seeds",
        "no message verb-seeds-sow",
        "no message verb-weed",
    ]


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ('say("told-b")', True),
        ('f"told-{x}"', True),
        ('"""told-b"""', False),
        ('f"{x}-b"', False),
        ('say("told-c")', False),
    ],
)
def test_an_unused_message_is_found(source: str, used: bool) -> None:
    found = list(rules.unused(catalog("told-b = A"), rules.scan({"x.py": source}), []))
    assert found == ([] if used else ["x.ftl: told-b is used by nothing"])


def test_an_unused_convention_is_found() -> None:
    known = catalog(
        "command-a-b = .\nchoice-c-d = .\nform-c-d = .\nfield-c-d-name = .\noption-e = .\n"
        "role-lead = .\nverb-g-h = .\n-t = T\nm = { -t }\n"
        "command-x = .\nchoice-x = .\nform-x = .\nfield-c-d-x = .\noption-x = .\nrole-x = .\nverb-x = .\n-u = U\n"
    )
    source = (
        'nudge.command("a b")\nnudge.verb("g h")\nnudge.form("c.d")\n'
        'Question(name="name", options=("e",))\nsay("m")\nf"option-{v}"'
    )
    found = [line.split()[1] for line in rules.unused(known, rules.scan({"x.py": source}), ["lead"])]
    assert found == ["command-x", "choice-x", "form-x", "field-c-d-x", "option-x", "role-x", "verb-x", "-u"]


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ('Part(text="Your request was approved")', True),
        ('chat.Choice(label="Join this one instead", action="a")', True),
        ('plain("Your request was approved")', True),
        ('plain(f"Hello {name}, welcome to us")', True),
        ('say("plain", text="Your request was approved")', True),
        ('x = {"type": "plain_text", "text": "Something went wrong here"}', True),
        ('raise Wrong(f"{url}: there is no database yet")', True),
        ('show.line("Everything promised was said.")', True),
        ('show.table(("name", "what it means to people"), rows)', True),
        ('app.command(run, help="Run the bot until it is told to stop")', True),
        ('show.line(voice("cli-parked-none"))', False),
        ("plain(request.name)", False),
        ('Part(text=f"{a}: {b}")', False),
        ('log.info("a request was approved")', False),
        ('Problem(text="not shown to people")', False),
    ],
)
def test_a_sentence_in_code_is_found(source: str, is_found: bool) -> None:
    assert bool(rules.scan({"x.py": source}).sentences) is is_found


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("raise ValueError(f'\"{value}\" is no port')", True),
        ('raise WrongValueError("is missing")', True),
        ('raise PydanticCustomError("port", "{shown} is no port")', True),
        ('wrong = "is missing" if key is None else f"{key} is none"', True),
        ('WRONG = {"missing": "is missing"}', True),
        ('self.add(key, "is not a table", f"write [{near}]")', True),
        ('" or ".join(f"set {variable}" for variable in variables)', True),
        ('raise WrongValueError("settings-hour", "09:00", shown=value)', False),
        ('port: int = Field(80, description="where it listens", examples=["just here"])', False),
        ('class Web:\n    """Where it listens."""', False),
        ('f"{name} = {text}"', False),
        ('re.fullmatch(r"(.*), at line (\\d+)", text)', False),
    ],
)
def test_a_refusal_in_code_is_found(source: str, is_found: bool) -> None:
    assert bool(list(rules.in_settings({"x.py": source}))) is is_found
