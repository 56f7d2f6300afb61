"""Which guide is whose, and what is refused of one when the bot starts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from adapters import PLATFORMS
from bot.cli.voice import voice
from bot.config import ConfigError, load
from bot.config.problems import Problem
from nudges.launch.guide.rules import called, is_for, of_job, offered
from nudges.launch.guide.settings import Example, Guide
from nudges.launch.settings import Settings

THREE = tuple(Example(title=f"Example {number}", text="Something happens.") for number in (1, 2, 3))


def guide(title: str, language: str, *jobs: str) -> Guide:
    about = {"title": title, "language": language, "jobs": jobs, "why": "Because of it.", "how": "Like this."}
    return Guide.model_validate({**about, "examples": THREE})


GUIDES = (
    guide("Pour les techniciens", "fr", "technicien*", "*maintenance*"),
    guide("For technicians", "en", "technicien*", "technician*"),
    guide("For cooks", "en", "cook", "chef *"),
)


@pytest.mark.parametrize(
    ("pattern", "job", "meant"),
    [
        ("technicien*", "Technicien de maintenance", True),
        ("TECHNICIEN*", "technicienne", True),
        ("electricien", "Électricien", True),
        ("*maintenance*", "Chef  de la  MAINTENANCE navale", True),
        ("cook", "cook", True),
        ("cook", "cooks", False),
        ("c.ok", "cook", False),
        ("[a-z]*", "cook", False),
        ("*", "", True),
    ],
)
def test_a_pattern_means_jobs_however_they_are_written(pattern: str, job: str, meant: bool) -> None:
    assert is_for(pattern, job) is meant


@pytest.mark.parametrize(
    ("job", "language", "title"),
    [
        ("Technicien", "fr", "Pour les techniciens"),
        ("Technicien", "en", "For technicians"),
        ("Cook", "fr", "For cooks"),  # rather in another language than none
        ("Assistante maintenance", "en", "Pour les techniciens"),  # the first that means it
        ("Pilot", "en", None),
        ("", "en", None),
        ("  ", "fr", None),
    ],
)
def test_a_job_has_its_guide_in_the_readers_language_where_there_is_one(
    job: str, language: str, title: str | None
) -> None:
    found = of_job(GUIDES, job, language)
    assert (found.title if found else None) == title


def test_another_guide_is_chosen_by_its_title_or_by_a_job() -> None:
    for words, title in (("for COOKS", "For cooks"), ("technicien", "For technicians"), ("pilot", "")):
        found = called(GUIDES, words, "en")
        assert (found.title if found else "") == title
    assert [each.title for each in offered(GUIDES, "en")] == ["For technicians", "For cooks"]
    assert len(offered(GUIDES, "de")) == 3


# ---------------------------------------------------------------- settings

ENV = {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4}
GOOD = """[parvis]
contact = "comms"
zone = "Europe/Paris"
[platforms.acme]
kind = "memory"
[roles]
animator = ["acme:u1"]
admin = ["acme:u1"]
"""
EXAMPLE = '[[launch.guides.examples]]\ntitle = "One"\ntext = "Something happens."\n'
TABLE = """[[launch.guides]]
jobs = ["cook*"]
language = "en"
title = "For cooks"
why = "Because of it."
how = "Like this."
"""


def wrong(tmp_path: Path, text: str) -> Problem:
    path = tmp_path / "parvis.toml"
    path.write_text(GOOD + text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path, ENV, {"launch": Settings}, PLATFORMS)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("text", "key", "wrong_says", "write_says"),
    [
        (TABLE + EXAMPLE * 2, "launch.guides[0].examples", "has 2 examples, and a guide has 3", "three tables"),
        (TABLE + EXAMPLE * 4, "launch.guides[0].examples", "has 4 examples", "[[launch.guides.examples]]"),
        ((TABLE + EXAMPLE * 3) * 2, "launch.guides", 'the title "For cooks" twice', "another title"),
        (TABLE.replace('"en"', '"de"') + EXAMPLE * 3, "launch.guides[0].language", "not one of", "language = "),
        (TABLE.replace('["cook*"]', "[]") + EXAMPLE * 3, "launch.guides[0].jobs", "is empty", "jobs = "),
        (
            TABLE + EXAMPLE * 3 + 'community = "The Garden"\n',
            "launch.guides[0].examples[2].community",
            '"The Garden"',
            "community",
        ),
        (
            TABLE + EXAMPLE * 3 + 'comunity = "x"\n',
            "launch.guides[0].examples[2].comunity",
            "is not a setting",
            "community",
        ),
    ],
    ids=["two", "four", "same", "language", "jobs", "community", "unknown"],
)
def test_what_is_wrong_with_a_guide_is_said_at_the_start(
    tmp_path: Path, text: str, key: str, wrong_says: str, write_says: str
) -> None:
    problem = wrong(tmp_path, text)
    speak = voice({"LANG": "en"}, more=[Path("nudges/launch/locales")])
    assert problem.file.endswith("parvis.toml")
    assert problem.key == key
    assert wrong_says in speak.line(problem.wrong)
    assert write_says in speak.line(problem.write)


def test_a_guide_that_is_whole_is_read(tmp_path: Path) -> None:
    path = tmp_path / "parvis.toml"
    path.write_text(GOOD + TABLE + EXAMPLE * 3, encoding="utf-8")
    settings = load(path, ENV, {"launch": Settings}, PLATFORMS).nudges["launch"]
    assert isinstance(settings, Settings)
    assert [each.title for each in settings.guides] == ["For cooks"]


def test_the_one_to_copy_is_whole() -> None:
    """docs/comms.md has one, which the example of settings names."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "comms.md").read_text(encoding="utf-8")
    table = tomllib.loads(text.partition("```toml\n")[2].partition("```")[0])
    (guide,) = Settings.model_validate(table["launch"]).guides
    assert of_job([guide], "Senior technician", "en") is guide
