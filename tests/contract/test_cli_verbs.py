"""What a capability adds to the command line: declared once, and called as the spine's own commands are."""

from __future__ import annotations

import asyncio
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from cyclopts import App
from pydantic import BaseModel
from sqlmodel import select

from bot import people
from bot.__main__ import verb as add
from bot.chat import Profile
from bot.cli import FINE, FOUND, Wrong, verbs
from bot.cli.voice import voice
from bot.nudge import Nudge, Refused, Terminal
from storage.people import Account
from tests.contract.test_cli import NOW, Home, environment, home  # noqa: F401 - its fixtures

pytestmark = pytest.mark.usefixtures("environment")

WORDS = """
verb-seeds = Seeds and beds.
verb-seeds-sow = Sow what a file names.
    .beds = How many beds there are.
verb-weeds = Count what grows.
"""
seeds = Nudge(id="seeds", catalogs=Path(), settings=BaseModel)


@seeds.verb("seeds sow")
async def sow(at: Terminal, file: Path, /, *, beds: int = 2, dry_run: bool = False) -> bool:
    """Meet whoever a file names, each in a transaction of their own; more than there are beds are refused."""
    names = (await at.file(file)).decode().split()
    for number, name in enumerate(names if not dry_run else ()):
        async with at.writes() as ctx:
            await people.update(ctx.session, "here", Profile(id=name, name=name), ctx.now)
            if number >= beds:
                raise Refused("plain", text=f"no bed for {name}")
    at.table(("seed",), [(name,) for name in names])
    return False


@seeds.verb("weeds")
async def weeds(at: Terminal) -> bool:
    """Whether anything grows."""
    async with at.reads() as ctx:
        assert (ctx.who, ctx.now, ctx.smallest_group) == (None, NOW, 5)
        found = (await ctx.session.exec(select(Account))).all()
    at.line(at.voice("plain", text=f"growing {len(found)}"))
    return bool(found)


def parvis(folder: Path) -> App:
    """The command line with these verbs alone. folder: of their words."""
    (folder / "verbs.en.ftl").write_text(WORDS, "utf-8")
    app = App(name="parvis", help_format="plaintext")
    for each in seeds.verbs:
        function = verbs.calling(seeds, each, lambda: NOW)
        add(app, voice({}, more=[folder]), " ".join(each.path), function)
    return app


async def asks(home: Home, *words: str) -> tuple[object, str]:  # noqa: F811 - a fixture
    """The status, and what was printed."""

    def called() -> object:
        return parvis(home.folder)(line, exit_on_error=False, print_error=False, result_action="return_value")

    line = [*words, "--config", str(home.folder / "parvis.toml")]
    with redirect_stdout(StringIO()) as out:
        status = await asyncio.to_thread(called)
    return status, out.getvalue()


def test_help_says_what_it_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = parvis(tmp_path)
    app("--help", result_action="return_value")
    shown = capsys.readouterr().out
    assert "Seeds and beds." in shown
    assert "Count what grows." in shown
    app("seeds sow --help", result_action="return_value")
    shown = capsys.readouterr().out
    assert "Usage: parvis seeds sow [OPTIONS] FILE" in shown
    for option in ("--beds", "How many beds there are.", "--dry-run", "Show what would change", "--config"):
        assert option in shown


async def test_what_it_writes_is_kept_and_what_it_finds_is_the_status(home: Home) -> None:  # noqa: F811
    (home.folder / "seeds.txt").write_text("pea oat", "utf-8")
    assert await asks(home, "seeds", "sow", str(home.folder / "seeds.txt"), "--dry-run") == (FINE, "seed\npea \noat \n")
    assert await asks(home, "weeds") == (FINE, "growing 0\n")
    assert (await asks(home, "seeds", "sow", str(home.folder / "seeds.txt")))[0] == FINE
    assert await asks(home, "weeds") == (FOUND, "growing 2\n")


async def test_the_usual_file_of_settings_need_not_be_named(
    home: Home,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(home.folder)

    def called() -> object:
        return parvis(home.folder)("weeds", exit_on_error=False, print_error=False, result_action="return_value")

    with redirect_stdout(StringIO()) as out:
        assert await asyncio.to_thread(called) == FINE
    assert out.getvalue() == "growing 0\n"


async def test_what_it_refuses_is_said_and_undone(home: Home) -> None:  # noqa: F811
    (home.folder / "seeds.txt").write_text("pea oat rye", "utf-8")
    with pytest.raises(Wrong, match="no bed for rye") as refused:
        await asks(home, "seeds", "sow", str(home.folder / "seeds.txt"))
    assert refused.value.status == 2
    assert await asks(home, "weeds") == (FOUND, "growing 2\n"), "what was kept before stays"


async def test_what_cannot_be_opened_is_said_as_for_any_other(home: Home) -> None:  # noqa: F811
    with pytest.raises(Wrong, match=r"seeds\.txt: cannot be read"):
        await asks(home, "seeds", "sow", str(home.folder / "seeds.txt"))
    (home.folder / "parvis.db").unlink()
    with pytest.raises(Wrong, match="parvis migrate"):
        await asks(home, "weeds")


def test_a_verb_that_is_not_on_the_line_is_not_imported() -> None:
    """And one that is can be called, wherever options stand."""
    shown = verbs.function("people gaps", ["people", "--help"], lambda: NOW)
    assert shown is verbs.function("people completeness", ["people"], lambda: NOW)
    assert shown is not verbs.function("people gaps", ["--config", "x", "people", "gaps"], lambda: NOW)
    assert shown is not verbs.function("people gaps", None, lambda: NOW)
