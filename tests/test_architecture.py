"""The house stays as it is drawn. Most of it is in pyproject.toml (import-linter); here is what that cannot say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot import chat
from bot.chat import Event
from bot.lookup import Lookup
from bot.nudge import Context, Nudge
from nudges import NUDGES, VERBS

ROOT = Path(__file__).resolve().parents[1]
OURS = ("bot", "adapters", "nudges", "storage")
VENDORS = ("slack_bolt", "slack_sdk", "nio")
VENDOR = re.compile(r"(?i)slack|matrix|synapse|homeserver|\bnio\b|xox[a-z]|xapp|\bsy[trl]_")
FILE = 400  # lines that are not blank
FUNCTION = 60  # lines
SPINE = 20  # files directly in bot/; beyond, group them
PORT = 32  # what a platform must be able to do; a port of 42 was the warning example
NAP = 0.05  # seconds: a test waits for a condition, it does not sleep
ASKED = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.Call)  # what is looked at of a file


def sources(*folders: str) -> Iterator[Path]:
    """Every Python file below these folders."""
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def parsed(*folders: str) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of every file below these folders, with the file."""
    for path in sources(*folders):
        for node in nodes(path):
            yield path.relative_to(ROOT), node


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Every node of a file that some test asks about, read once for all of them."""
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ASKED)]


def imported(node: ast.AST) -> list[str]:
    """The modules that a node imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def dotted(node: ast.expr) -> str:
    """`a.b.c` as text; "" for what is no such name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def named_in_layers() -> set[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {name.strip(" ()") for layer in layers for name in layer.split("|")}


def test_every_part_of_the_spine_has_its_layer() -> None:
    parts = {f"bot.{path.stem}" for path in (ROOT / "bot").glob("*.py")} - {"bot.__init__"}
    parts |= {f"bot.{path.parent.name}" for path in (ROOT / "bot").glob("*/__init__.py")}
    assert parts <= named_in_layers(), "name them in the layers contract in pyproject.toml"


# ---------------------------------------------------------------- what capabilities declare


def test_no_two_capabilities_answer_to_one_name() -> None:
    Lookup(NUDGES)  # raises on a command, choice or form declared twice
    ids = [nudge.id for nudge in NUDGES]
    assert len(ids) == len(set(ids))
    for kind in ("ticks", "contacts"):
        names = [getattr(each, "name", getattr(each, "kind", "")) for nudge in NUDGES for each in getattr(nudge, kind)]
        assert len(names) == len(set(names)), f"declared twice: {kind} {names}"


def test_a_choice_that_is_typed_reaches_the_capability_that_offers_it() -> None:
    lookup = Lookup(NUDGES)
    for nudge in NUDGES:
        for choice in nudge.choices.values():
            for path in (tuple(choice.action.split(".")), *choice.aliases):
                found = lookup.typed(" ".join(path))
                assert found, path
                assert found.nudge.id == nudge.id, f"{path} is taken by {found.nudge.id}"


async def ignore(event: Event, ctx: Context) -> None:
    """A handler."""


def test_a_name_declared_twice_is_noticed() -> None:
    one, other = (Nudge(id=id, catalogs=ROOT, settings=BaseModel) for id in ("one", "other"))
    one.command("garden water", aliases=["jardin arroser"])(ignore)
    other.command("jardin Arroser")(ignore)
    with pytest.raises(ValueError, match="declared twice"):
        Lookup([one, other])


@pytest.mark.parametrize("nudge", NUDGES, ids=lambda nudge: nudge.id)
def test_a_capability_has_its_rules_tested_and_its_scenario(nudge: Nudge) -> None:
    for folder in ("rules", "scenarios"):
        tests = list((ROOT / "tests" / folder).glob(f"test_{nudge.id}*.py"))
        assert tests, f"tests/{folder}/test_{nudge.id}.py is missing"


def test_every_folder_of_a_capability_is_in_the_table_of_contents() -> None:
    folders = {path.parent.name for path in (ROOT / "nudges").glob("*/__init__.py")}
    assert folders <= {nudge.id for nudge in NUDGES}


def test_help_knows_every_verb_before_its_capability_is_imported() -> None:
    declared = {nudge.id: sorted(" ".join(verb.path) for verb in nudge.verbs) for nudge in NUDGES if nudge.verbs}
    assert {owner: list(verbs) for owner, verbs in VERBS.items()} == declared, "write them in nudges/__init__.py"
    for nudge in NUDGES:
        assert nudge.catalogs == ROOT / "nudges" / nudge.id / "locales", "help looks for its words there"


# ---------------------------------------------------------------- budgets


def test_files_hold_one_thing() -> None:
    lengths = {
        str(path.relative_to(ROOT)): sum(bool(line.strip()) for line in path.read_text("utf-8").splitlines())
        for path in sources(*OURS)
        if "migrations" not in path.parts
    }
    long = {path: length for path, length in lengths.items() if length > FILE}
    assert not long, f"more than {FILE} lines: {long}"


def test_functions_can_be_read_at_once() -> None:
    lengths = {
        f"{path}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, node in parsed(*OURS)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "migrations" not in path.parts
    }
    assert len(lengths) > 100
    long = {function: length for function, length in lengths.items() if length > FUNCTION}
    assert not long, f"more than {FUNCTION} lines: {long}"


def test_the_spine_is_grouped_before_it_is_a_crowd() -> None:
    files = [path.name for path in (ROOT / "bot").glob("*.py")]
    assert len(files) <= SPINE + 2, files  # besides __init__ and __main__
    assert not [path for path in sources(*OURS) if path.stem in {"utils", "helpers", "misc"}]


def test_the_port_is_small() -> None:
    protocols = (chat.Messages, chat.Rooms, chat.People, chat.Platform)
    asked = {name for each in protocols for name in vars(each) if not name.startswith("_")}
    assert 20 < len(asked) <= PORT, sorted(asked)


# ---------------------------------------------------------------- who may know whom


def test_vendors_are_named_in_adapters_only() -> None:
    named = [
        f"{path}: {module}"
        for path, node in parsed("bot", "nudges", "storage")
        for module in imported(node)
        if module.split(".")[0] in VENDORS
    ]
    assert not named


def said(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a file that its program handles, with its line; what only explains is none."""
    tree = ast.parse(path.read_text("utf-8"))
    explains = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explains:
            yield node.lineno, node.value


def test_neither_the_spine_nor_a_sentence_names_a_vendor() -> None:
    """What the spine must know of a vendor (its loggers, its tokens, our page about it) its `Kind` declares."""
    texts = [(path, line, text) for path in sources("bot") for line, text in said(path)]
    assert len(texts) > 1000
    catalogs = [*(ROOT / "bot").rglob("*.ftl"), *(ROOT / "nudges").rglob("*.ftl")]
    lines = [(path, number, line) for path in catalogs for number, line in enumerate(path.open(encoding="utf-8"), 1)]
    named = [f"{path.relative_to(ROOT)}:{line}" for path, line, text in texts + lines if VENDOR.search(text)]
    assert not named


# How every capability's messages may begin (`bot/nudge/`): the spine looks for them by these.
CONVENTIONS = (
    "command-", "choice-", "form-", "field-", "option-", "contact-", "verb-", "capability-", "clock-", "page-",
)  # fmt: skip


@cache
def of_capabilities() -> frozenset[str]:
    """What is a capability's own: its id, what it declares, its messages."""
    own = {nudge.id for nudge in NUDGES}
    for nudge in NUDGES:
        own |= {*nudge.choices, *nudge.forms, *nudge.sequences, *(each.kind for each in nudge.contacts)}
        paths = [*(each.path for each in nudge.commands), *(each.path for each in nudge.verbs)]
        own |= {between.join(path) for path in paths for between in (" ", ".") if len(path) > 1}
        for catalog in nudge.catalogs.glob("*.ftl"):
            own |= set(re.findall(r"^(-?[a-z][a-z0-9_-]*) *=", catalog.read_text("utf-8"), re.MULTILINE))
    return frozenset(own)


def names_a_capability(text: str) -> bool:
    """Whether a text of the program is a capability's own, is below its id ("profiles.fields"), or begins a message."""
    if text in of_capabilities() or text.partition(".")[0] in {nudge.id for nudge in NUDGES}:
        return True
    begins = text.endswith("-") and text not in CONVENTIONS
    return begins and any(each.startswith(text) for each in of_capabilities())


def test_neither_the_spine_nor_platforms_name_a_capability() -> None:
    """They have a list of them (`nudges.NUDGES`), and what each declares: what is one's own touches one folder."""
    named = [f"{path}:{line}: {text}" for path, line, text in texts_of("bot", "adapters") if names_a_capability(text)]
    assert not named
    imports = [
        f"{path}:{node.lineno}"
        for path, node in parsed("bot", "adapters", "storage")
        if isinstance(node, ast.Import | ast.ImportFrom) and not is_the_list(node)
    ]
    assert not imports


def texts_of(*folders: str) -> Iterator[tuple[Path, int, str]]:
    """Every text that the programs below these folders handle."""
    for path in sources(*folders):
        yield from ((path.relative_to(ROOT), line, text) for line, text in said(path))


def is_the_list(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether an import of capabilities, if it is one, is of the table of contents alone."""
    if isinstance(node, ast.ImportFrom) and node.module == "nudges":
        return {alias.name for alias in node.names} <= {"NUDGES", "VERBS"}
    return not any(module.startswith("nudges.") for module in imported(node))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("profiles", True),
        ("profiles.fields", True),
        ("people gaps", True),
        ("community.approve", True),
        ("community list", True),
        ("profile-gaps-none", True),
        ("profile-gaps-", True),
        ("profile", False),  # a word of the port
        ("contact-", False),
        ("cli-column-", False),
    ],
)
def test_a_capability_that_is_named_is_noticed(text: str, is_one: bool) -> None:
    assert names_a_capability(text) is is_one


@pytest.mark.parametrize(
    ("line", "is_fine"),
    [
        ("from nudges import NUDGES, VERBS", True),
        ("import nudges", True),
        ("from bot.nudge import Nudge", True),
        ("from nudges import profiles", False),
        ("from nudges.profiles import words", False),
        ("import nudges.profiles", False),
    ],
)
def test_an_import_of_one_capability_is_noticed(line: str, is_fine: bool) -> None:
    node = ast.parse(line).body[0]
    assert isinstance(node, ast.Import | ast.ImportFrom)
    assert is_the_list(node) is is_fine


def test_adapters_are_wired_in_one_place() -> None:
    wired = {
        str(path)
        for path, node in parsed("bot", "nudges", "storage")
        for module in imported(node)
        if module.split(".")[0] == "adapters"
    }
    assert wired <= {"bot/__main__.py", "bot/cli/opening.py"}


def test_no_profile_is_written_and_not_met() -> None:
    """Only bot/parts.py writes what a platform tells of an account: it shows it to the capabilities that ask for it."""
    writes = [
        f"{path}:{node.lineno}"
        for path, node in parsed("bot", "adapters")
        if isinstance(node, ast.Call) and dotted(node.func) in {"people.update", "people.update_all"}
    ]
    assert writes
    assert {each.partition(":")[0] for each in writes} == {"bot/parts.py"}, writes


def test_only_what_is_configured_is_imported() -> None:
    script = (
        "import sys, adapters; settings = adapters.PLATFORMS['memory'].settings(kind='memory');"
        "adapters.open_platform('acme', settings, None);"
        f"sys.exit(sorted(set({VENDORS}) & set(sys.modules)) != [])"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=60).returncode == 0


def test_time_is_given_and_never_taken() -> None:
    """Rules, handlers and queries take `now`; only where the process starts is a clock read.

    bot/schedule.py counts real seconds for the alarm; bot/words.py offers the clock as the default of a parameter.
    """
    may = {"bot/__main__.py", "bot/schedule.py", "bot/words.py"}
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "datetime.datetime.now"}
    taken = [
        f"{path}:{node.lineno}"
        for path, node in parsed("bot", "nudges", "storage")
        if isinstance(node, ast.Call) and dotted(node.func) in clocks and str(path) not in may
    ]
    assert not taken


def test_a_day_is_where_the_organisation_is() -> None:
    """An instant has a date of its own, in UTC: which day it is, `bot.calendar` says."""
    dated = [
        f"{path}:{node.lineno}"
        for path, node in parsed("bot", "nudges", "storage")
        if isinstance(node, ast.Call) and dotted(node.func).endswith("now.date") and str(path) != "bot/calendar.py"
    ]
    assert not dated


# ---------------------------------------------------------------- how tests are written


def test_tests_use_fakes_and_no_mocks() -> None:
    mocked = [
        f"{path}: {module}"
        for path, node in parsed("tests")
        for module in imported(node)
        if "mock" in module.split(".") or module == "pytest_mock"
    ]
    patched = [
        f"{path}:{node.lineno}"
        for path, node in parsed("tests")
        if isinstance(node, ast.Call) and dotted(node.func) in {"monkeypatch.setattr", "mocker.patch"}
    ]
    assert not mocked + patched


def test_tests_wait_for_a_condition_and_do_not_sleep() -> None:
    naps = []
    for path, node in parsed("tests"):
        slept = isinstance(node, ast.Call) and dotted(node.func) in {"time.sleep", "asyncio.sleep", "sleep"}
        # A server that is started by hand stays up, and a demo goes at the pace of who watches it.
        if slept and path.name != "__main__.py" and path.parent.name != "demo":
            assert isinstance(node, ast.Call)
            length = node.args[0]
            if isinstance(length, ast.Constant) and isinstance(length.value, int | float) and length.value > NAP:
                naps.append(f"{path}:{node.lineno}")
    assert not naps
