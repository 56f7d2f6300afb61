"""The files for those who install it say what is so."""

import configparser
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from cyclopts import App

from bot.__main__ import command
from bot.cli.verbs import helping
from nudges import NUDGES

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
UNIT = DOCS / "deploy" / "parvis.service"
CONTAINER = DOCS / "deploy" / "Containerfile"
PAGES = (
    *(DOCS / f"{name}.md" for name in ("operating", "commands", "configuration", "slack", "matrix")),
    ROOT / "README.md",
)
CODE = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"--[a-z][a-z-]*")
WORD = re.compile(r"[a-z][a-z-]*")
MORE = "write what they do in docs/commands.md"


def lines_of(page: str) -> list[str]:
    """What a page marks as code, a command a piece, with the options that its row of a table names besides."""
    found = [line for block in FENCED.findall(page) for line in block.splitlines()]
    for row in FENCED.sub("", page).splitlines():
        pieces = CODE.findall(row)
        if row.startswith("| `parvis ") and len(pieces) > 1:
            pieces[0] += " " + " ".join(option for each in pieces[1:] for option in OPTION.findall(each)[:1])
        found += pieces
    return [part.split(" #")[0].strip().removeprefix("sudo ") for line in found for part in line.split("&&")]


def wrong_in(line: str, app: App) -> list[str]:
    """What `parvis …` on a line of code says that is not so; [] when all is, or when it is another program's."""
    program, _, rest = line.partition(" ")
    words = rest.split()
    if program.removeprefix(".venv/bin/") != "parvis" or not words or not WORD.fullmatch(words[0]):
        return []
    at = app
    while words and WORD.fullmatch(words[0]) and below(at):
        if words[0] not in below(at):
            return [line]
        at = at[words.pop(0)]
    if below(at):
        return [line]
    known = {name for argument in at.assemble_argument_collection() for name in argument.names} | {"--help"}
    return [line for option in OPTION.findall(" ".join(words)) if option not in known]


def below(app: App) -> set[str]:
    """What may follow on the line, where a command is to follow."""
    return {name for name in app if not name.startswith("-")}


def test_every_command_that_a_page_names_is_there_with_its_options() -> None:
    app = command(helping({}))
    lines = [(page.name, line) for page in PAGES for line in lines_of(page.read_text(encoding="utf-8"))]
    assert [(name, wrong) for name, line in lines for wrong in wrong_in(line, app)] == []
    named = {name for name, line in lines if re.match(r"(\.venv/bin/)?parvis [a-z]", line)}
    assert named >= {"operating.md", "commands.md", "slack.md", "matrix.md", "README.md"}, "they were looked at"


def leaves(app: App, *before: str) -> Iterator[str]:
    """Every command that does something: "people gaps"."""
    for name in sorted(below(app)):
        yield from leaves(app[name], *before, name) if below(app[name]) else [" ".join((*before, name))]


def test_the_page_of_commands_has_every_command() -> None:
    there = list(leaves(command(helping({}))))
    assert {"run", "people gaps", "audit verify"} <= set(there)
    lines = lines_of((DOCS / "commands.md").read_text(encoding="utf-8"))
    told = {tuple(WORD.findall(line.removeprefix("parvis "))) for line in lines if line.startswith("parvis ")}
    assert [
        each for each in there if not any(line[: len(each.split())] == tuple(each.split()) for line in told)
    ] == [], MORE


def typed_on(page: str) -> set[tuple[str, ...]]:
    """What a page says can be typed in chat; of several in a cell the first words go on: `nudge preview`, `confirm`."""
    found = set()
    for row in page.splitlines():
        pieces = [piece.lstrip("/!").split() for piece in CODE.findall(row.split("|")[1] if row[:1] == "|" else "")]
        found |= {(*pieces[0][:1], *piece) for piece in pieces[1:]} | {tuple(piece) for piece in pieces}
    return found


def test_the_page_of_commands_has_what_capabilities_let_people_type() -> None:
    told = typed_on((DOCS / "commands.md").read_text(encoding="utf-8"))
    paths = [each.path for nudge in NUDGES for each in nudge.commands]
    assert ("community", "search") in paths
    assert [path for path in paths if not any(each[: len(path)] == path for each in told)] == [], MORE


def test_what_is_not_there_is_found() -> None:
    app = command(helping({}))
    assert wrong_in("parvis manifest --link", app) == []
    assert wrong_in("cp parvis.db elsewhere", app) == []
    for line in ("parvis manifest --links", ".venv/bin/parvis rum", "parvis outbox", "parvis outbox rety NAME"):
        assert wrong_in(line, app) == [line]


def test_the_unit_file_starts_what_is_there_and_gives_up_on_wrong_settings() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign] # systemd's keys have capitals
    unit.read_string(UNIT.read_text(encoding="utf-8"))
    service = unit["Service"]
    for key in ("ExecStart", "ExecStartPre"):
        program, _, word = service[key].partition(" ")
        assert program.endswith("/.venv/bin/parvis")
        assert word in below(command(helping({})))
    assert service["RestartPreventExitStatus"] == "2", "the status of wrong settings (bot/cli/__init__.py)"
    assert int(service["TimeoutStopSec"]) > 60, "three parts finish what is in hand, 20 s each"


def test_the_administrators_command_takes_secrets_as_systemd_does(tmp_path: Path) -> None:
    """Nothing is done with a value: neither is a dollar followed, nor is a part of it run."""
    value = 'pa$5word&touch x `touch y` "quoted" = z'
    (tmp_path / "secrets.env").write_text(f"# said to nobody\n\nPARVIS_HOME_PASSWORD={value}\nOTHER=1", "utf-8")
    others = tmp_path / "setpriv"  # only root may become another user: here it stays who it is
    others.write_text('#!/bin/sh\nshift 3\nexec "$@"\n', "utf-8")
    others.chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PARVIS_SECRETS": str(tmp_path / "secrets.env"),
        "PARVIS_HOME_FOLDER": str(tmp_path),
        "PARVIS_PROGRAM": sys.executable,
    }
    show = "import os; print(os.environ['PARVIS_HOME_PASSWORD'], os.environ['OTHER'], os.environ['PARVIS_CONFIG'])"
    command = ["sh", str(DOCS / "deploy" / "parvis"), "-c", show]
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    assert said == f"{value} 1 /etc/parvis/parvis.toml\n"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["secrets.env", "setpriv"]


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
