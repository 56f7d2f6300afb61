"""The papers of `parvis privacy` say what is so: they follow the settings and the declarations, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from adapters import PLATFORMS
from bot.app import App
from bot.cli import privacy
from bot.cli.opening import Desk
from bot.cli.privacy.facts import _NoStore, gathered
from bot.cli.voice import voice
from bot.config import Config, load
from nudges import NUDGES
from storage.held import HELD
from tests.contract.test_cli import KEY, LANGUAGE, Home
from tests.scenarios.company import merged, toml

SECRETS = {"PARVIS_AUDIT_KEY": KEY, "PARVIS_DATABASE_PASSWORD": "Zirkonia-password"}
USUAL = {
    "parvis": {"contact": "the team", "contact_in": {"fr": "l’équipe"}, "zone": "Europe/Paris"},
    "platforms": {"acme": {"kind": "memory"}},
    "roles": {"animator": ["acme:ana"], "admin": ["acme:bob"]},
}

JOB = [{"name": "title", "sources": ["roster:job", "own"], "weight": 1}]
ROOM = [{"name": "title", "sources": ["roster:room", "roster:phone", "own"], "weight": 1}]


def config(folder: Path, more: Mapping[str, Any] | None = None) -> Config:
    (folder / "parvis.toml").write_text(toml(merged(USUAL, more or {})), "utf-8")
    return load(folder / "parvis.toml", SECRETS, {nudge.id: nudge.settings for nudge in NUDGES}, PLATFORMS)


def papers(folder: Path, language: str = "en", more: Mapping[str, Any] | None = None) -> dict[str, str]:
    desk = Desk(folder, config(folder, more), voice({}, "en", [nudge.catalogs for nudge in NUDGES]))
    return privacy.papers(desk, language)


@pytest.mark.parametrize("language", privacy.LANGUAGES)
def test_every_table_every_kind_and_every_clock_appears(tmp_path: Path, language: str) -> None:
    found = papers(tmp_path, language)
    app = App(config(tmp_path), _NoStore(), {}, lambda: datetime.now(UTC))
    kinds = [each.kind for nudge in app.nudges for each in nudge.contacts]
    assert len(kinds) > 3
    for name in ("processing-record", "impact-assessment", "works-council"):
        missing = [table for table in HELD if f"`{table}`" not in found[name]]
        assert not missing, name
    for name in ("impact-assessment", "works-council", "staff-notice"):
        assert [kind for kind in kinds if f"`{kind}`" not in found[name]] == []
    for clock in ("retention.contacts", "communities.keep_days", "retention.gone"):
        assert f"`{clock}`" in found["processing-record"]


def test_the_works_council_reads_every_limit_of_what_is_sent(tmp_path: Path) -> None:
    limits = {"per_week": 4, "first_week": 5, "silence_after": 6, "announcements_per_week": 7}
    note = papers(tmp_path, more={"attention": limits})["works-council"]
    assert "at most 7 a week with each person" in note
    assert [number for number in limits.values() if not re.search(rf"^- .*\b{number}\b", note, re.MULTILINE)] == []
    assert "au plus 7 par semaine" in papers(tmp_path, "fr", {"attention": limits})["works-council"]


def test_no_paper_denies_what_a_preview_or_ones_own_page_shows(tmp_path: Path) -> None:
    """A preview names people, and a field that they lack; a profile has a percentage."""
    found = papers(tmp_path)
    for text in found.values():
        assert not re.search("no person is scored|there is no list of who|no list of names exists", text, re.IGNORECASE)
    assert "A preview alone names people" in found["works-council"]
    assert "whose profile lacks which field" in found["impact-assessment"]


def test_every_field_of_the_settings_is_told_with_where_it_is_from_and_who_sees_it(tmp_path: Path) -> None:
    fields = [{"name": "phone", "sources": ["roster:phone", "acme:XF1", "own"], "weight": 1}]
    for name in privacy.PAPERS:
        usual = papers(tmp_path)[name]
        assert "where you work" in usual, name
        assert "picture" in usual, name
        text = papers(tmp_path, more={"profiles": {"fields": fields}})[name]
        (row,) = [line for line in text.splitlines() if line.startswith("| phone |")]
        assert "column `phone`" in row
        assert "on acme (`XF1`)" in row
        assert "who tells the bot" in row
        assert "by reminders" in row
        assert "colleagues" in row
        assert "where you work" not in text
    assert "time zone, working days" in papers(tmp_path)["processing-record"], "all of the list of staff is named"


OF_THEMSELVES = {"en": r"\b(you|your|yourself|I|me|my)\b", "fr": r"(?i)\b(vous|votre|vos|je|moi|mon|ma|mes|m’\w+)\b"}


@pytest.mark.parametrize("language", privacy.LANGUAGES)
def test_a_paper_speaks_of_people_and_of_the_bot_in_the_third_person(tmp_path: Path, language: str) -> None:
    """But for what it quotes: commands and their help, and what people read as the name or the use of something."""
    found = gathered(config(tmp_path), voice({}, language, [nudge.catalogs for nudge in NUDGES]))
    quoted = {text for each in found.data for text in (each.what, each.why)} | {each.what for each in found.contacts}
    for name, text in papers(tmp_path, language).items():
        told = re.sub(r"(?m)^- `.*$|`[^`]*`|“[^”]*”|«[^»]*»", "", text)
        for each in sorted(quoted, key=len, reverse=True):
            told = told.replace(each, "")
        assert not re.search(OF_THEMSELVES[language], told), name


@pytest.mark.parametrize("language", privacy.LANGUAGES)
def test_headings_are_one_level_below_the_one_above_them(tmp_path: Path, language: str) -> None:
    for name, text in papers(tmp_path, language).items():
        levels = [len(each) for each in re.findall(r"^(#+) ", text, re.MULTILINE)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
    draft = papers(tmp_path, "fr")["impact-assessment"]
    assert "### Données\n\n#### Rubriques du profil" in draft
    assert "#### Qui est qui" in draft


def test_a_page_of_summary_stands_before_any_table(tmp_path: Path) -> None:
    for name in ("processing-record", "impact-assessment", "works-council"):
        before = papers(tmp_path)[name].partition("## In short")
        summary = before[2].partition("\n## ")[0]
        assert len(re.findall("^- ", summary, re.MULTILINE)) >= 9, name
        assert "|" not in summary
        assert "|" not in before[0] or name == "impact-assessment"
    note = papers(tmp_path)["works-council"]
    assert note.index("## Annex 1") < note.index("`promise`"), "all tables stand at the end"


def test_names_of_settings_and_capabilities_are_said_in_words(tmp_path: Path) -> None:
    for text in papers(tmp_path).values():
        assert not re.search(r"^#+ .*(wishes|desk|nudging|“)", text, re.MULTILINE)
        assert "`codes`" not in text
        assert "`person` |" not in text or "The person" in text
        assert not re.search(r"^\| `", text, re.MULTILINE), "a code stands first in no row"
    assert "names and reasons in the trail of decisions | `retention.trail`" in papers(tmp_path)["works-council"]


def test_the_notice_to_staff_says_what_articles_13_and_14_ask_for(tmp_path: Path) -> None:
    found = papers(tmp_path)["staff-notice"]
    fields = "controller data.protection.officer legal.basis profile.on.the.platform list.of.staff human.resources"
    rights = "parvis.me parvis.export parvis.object parvis.erase article.18 article.19 article.22 CNIL death"
    for each in [*fields.split(), *rights.split(), "395 days", "by law or by contract", "articles 44 to 49"]:
        assert re.search(each, found), each
    assert "décès" not in papers(tmp_path, "fr")["works-council"], "no example starts a dispute"


def test_what_lets_somebody_be_known_again_is_called_by_its_name(tmp_path: Path) -> None:
    for name in ("processing-record", "impact-assessment", "works-council"):
        text = papers(tmp_path)[name]
        assert "pseudonymised personal data (recital 26" in text
        assert "reveals nobody" not in text
        assert "reveals nothing" not in text


def test_each_purpose_has_a_basis_to_be_confirmed(tmp_path: Path) -> None:
    record = papers(tmp_path)["processing-record"]
    assert len(re.findall(r"\(`basis-\w+`\)", record)) == 6


def shape(text: str) -> list[int]:
    """How many headings, rows, items and places to fill."""
    return [len(re.findall(mark, text, re.MULTILINE)) for mark in ("^#+ ", r"^\|", "^- ", "^> ")]


def test_both_languages_say_as_much(tmp_path: Path) -> None:
    shapes = []
    for language in privacy.LANGUAGES:
        found = papers(tmp_path, language)
        assert set(found) == set(privacy.PAPERS)
        for text in found.values():
            assert "{ $" not in text
            assert not re.search(r"(?m)^#+ *$|^- *$|^> \*\*[^*]*\*\* *$", text), "nothing is left blank"
        shapes.append({name: shape(text) for name, text in found.items()})
    assert shapes[0] == shapes[1]
    assert papers(tmp_path, "en") != papers(tmp_path, "fr")


@pytest.mark.parametrize(
    ("more", "paper", "said"),
    [
        ({"retention": {"contacts": 77}}, "processing-record", "77 days"),
        ({"retention": {"gone": 1}}, "works-council", "and 1 day more"),
        ({"profiles": {"fields": ROOM}}, "works-council", "fields of profiles ask for them: `phone` and `room`."),
        ({"profiles": {"fields": JOB}}, "processing-record", "no other column is kept"),
        ({"communities": {"keep_days": 123}}, "impact-assessment", "123 days after the decision"),
        ({"attention": {"per_week": 2}}, "works-council", "At most 2 contacts a week"),
        ({"attention": {"silence_after": 5}}, "works-council", "After 5 contacts"),
        ({"working_time": {"start": "08:30", "country": "FR"}}, "works-council", "Between 08:30 and 18:00"),
        ({"working_time": {"country": "FR"}}, "works-council", "Not on public holidays (FR)"),
        ({"parvis": {"contact": "the new team"}}, "processing-record", "Installed by: the new team"),
        ({"roles": {"comms": ["acme:ana", "acme:bob"]}}, "processing-record", "2 entries of the settings"),
        ({"parvis": {"smallest_group": 8}}, "works-council", "department of fewer than 8 people is named"),
        ({"web": {"public": "127.0.0.1:8080"}}, "processing-record", "listens on a public address"),
        ({"platforms": {"town": {"kind": "memory"}}}, "processing-record", "| town | memory |"),
    ],
)  # fmt: skip
def test_the_papers_change_with_the_settings(tmp_path: Path, more: dict[str, Any], paper: str, said: str) -> None:
    assert said not in papers(tmp_path)[paper]
    assert said in papers(tmp_path, more=more)[paper]


def test_what_the_code_does_not_keep_is_not_claimed(tmp_path: Path) -> None:
    """Sealed rooms, a safe way to the platforms, a record that staff were informed: only where they are so."""
    app = App(config(tmp_path), _NoStore(), {}, lambda: datetime.now(UTC))
    commands = {" ".join(command.path) for nudge in app.nudges for command in nudge.commands}
    note = papers(tmp_path)["works-council"]
    assert ("recorded that staff were informed" in note) == ("nudge informed" in commands)
    text = papers(tmp_path)["processing-record"]
    assert "sealed in the database" not in text
    assert "listens on no public address" in text


def test_of_no_message_more_is_claimed_than_is_so(tmp_path: Path) -> None:
    rows = [line for line in papers(tmp_path)["works-council"].splitlines() if line.endswith("|") and "`" in line]
    (silence,) = [line for line in rows if "`parvis.silence`" in line]
    (monday,) = [line for line in rows if "`community.monday`" in line]
    assert "said once, and asks for nothing" in silence
    assert "waits for this person" in monday


def test_no_secret_stands_in_a_paper(tmp_path: Path) -> None:
    url = {"database": {"url": "postgresql+asyncpg://parvis@db/parvis"}}
    for text in papers(tmp_path, more=url).values():
        for secret in SECRETS.values():
            assert secret not in text
    assert "PostgreSQL" in papers(tmp_path, more=url)["processing-record"]


async def test_the_command_writes_them_all_without_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARVIS_AUDIT_KEY", KEY)
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)
    home, out = Home(tmp_path), tmp_path / "papers"
    answer = await home.asks("privacy", "--out", str(out))
    assert answer.status == 0, answer.err
    assert sorted(each.name for each in out.iterdir()) == sorted(
        name
        for language in privacy.LANGUAGES
        for name in (*(f"{paper}.{language}.md" for paper in privacy.PAPERS), f"answers.{language}.toml")
    )
    assert not (tmp_path / "parvis.db").exists()
    only = await home.asks("privacy", "--out", str(tmp_path / "one"), "--language", "fr")
    assert (only.status, len(list((tmp_path / "one").iterdir()))) == (0, 5)
    assert (await home.asks("privacy", "--language", "de")).status == 2


async def test_what_the_company_said_survives_and_what_somebody_changed_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARVIS_AUDIT_KEY", KEY)
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)
    home, out = Home(tmp_path), tmp_path / "papers"
    assert (await home.asks("privacy", "--out", str(out))).status == 0
    answers = out / "answers.fr.toml"
    assert '\nofficer = ""\n' in answers.read_text("utf-8")
    answers.write_text(
        answers.read_text("utf-8").replace('officer = ""', 'officer = "Odile Dubois, dpo@example.org"'), "utf-8"
    )
    said = answers.read_bytes()
    assert (await home.asks("privacy", "--out", str(out))).status == 0
    paper = out / "processing-record.fr.md"
    assert "\n> Odile Dubois, dpo@example.org" in paper.read_text("utf-8")
    assert answers.read_bytes() == said

    paper.write_text(paper.read_text("utf-8").replace("Odile Dubois", "Denis Roy"), "utf-8")
    before = {each: each.read_bytes() for each in out.iterdir()}
    refused = await home.asks("privacy", "--out", str(out))
    assert refused.status == 2
    assert "processing-record.fr.md" in refused.err
    assert "answers.fr.toml" in refused.err
    assert {each: each.read_bytes() for each in out.iterdir()} == before, "nothing is written"
    answers.write_text('offcer = "x"\n', "utf-8")
    assert "offcer" in (await home.asks("privacy", "--out", str(out))).err
