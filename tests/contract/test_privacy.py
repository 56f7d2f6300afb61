"""The papers of `parvis privacy` say what is so: they follow the settings and the declarations, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters import PLATFORMS
from bot.app import App
from bot.cli import privacy
from bot.cli.opening import Desk
from bot.cli.privacy.facts import _NoStore
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
    for name, text in found.items():
        missing = [table for table in HELD if f"`{table}`" not in text]
        assert not missing, name
    for name in ("impact-assessment", "works-council"):
        assert [kind for kind in kinds if f"`{kind}`" not in found[name]] == []
    for clock in ("retention.contacts", "communities.keep_days", "person"):
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
        f"{name}.{language}.md" for name in privacy.PAPERS for language in privacy.LANGUAGES
    )
    assert not (tmp_path / "parvis.db").exists()
    only = await home.asks("privacy", "--out", str(tmp_path / "one"), "--language", "fr")
    assert (only.status, len(list((tmp_path / "one").iterdir()))) == (0, 3)
    assert (await home.asks("privacy", "--language", "de")).status == 2
