"""The files for those who install it say what is so."""

import configparser
import re
from pathlib import Path

from bot.__main__ import command
from bot.cli.voice import voice

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
UNIT = DOCS / "deploy" / "parvis.service"
CONTAINER = DOCS / "deploy" / "Containerfile"
# In a page, `parvis word` or `parvis word word`, at the start of what is marked as code.
SAID = re.compile(r"`(?:\.venv/bin/)?parvis ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)")


def commands() -> dict[str, set[str]]:
    """What may follow `parvis` on a line -> what may follow that; "" where arguments follow."""
    app = command(voice({}))
    return {name: {below for below in app[name] if not below.startswith("-")} or {""} for name in app}


def test_every_command_that_a_page_names_is_there() -> None:
    known = commands()
    wrong = set()
    for page in (DOCS / "operating.md", DOCS / "commands.md", DOCS / "configuration.md", ROOT / "README.md"):
        for said in SAID.findall(page.read_text(encoding="utf-8")):
            word, _, below = said.partition(" ")
            if word not in known or ("" not in known[word] and below not in known[word]):
                wrong.add((page.name, said))
    assert not wrong


def test_the_unit_file_starts_what_is_there_and_gives_up_on_wrong_settings() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign] # systemd's keys have capitals
    unit.read_string(UNIT.read_text(encoding="utf-8"))
    service = unit["Service"]
    for key in ("ExecStart", "ExecStartPre"):
        program, _, word = service[key].partition(" ")
        assert program.endswith("/.venv/bin/parvis")
        assert word in commands()
    assert service["RestartPreventExitStatus"] == "2", "the status of wrong settings (bot/cli/__init__.py)"
    assert int(service["TimeoutStopSec"]) > 60, "three parts finish what is in hand, 20 s each"


def test_the_container_file_copies_what_is_there() -> None:
    text = CONTAINER.read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    assert copied
    assert all((ROOT / name).exists() for names in copied for name in names.split())


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*DOCS.glob("*.md"), *ROOT.glob("*.md")]
    broken = {
        (page.name, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    }
    assert not broken
