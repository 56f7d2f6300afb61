"""What a capability adds to the command `parvis`, for administrators, and what it works with there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.nudge.context import Context
from bot.say import Arg, Line


class Voice(Protocol):
    """Says messages of the catalogs in the language of the terminal; implemented by `bot.cli.voice`."""

    @property
    def language(self) -> str:
        """The language that it speaks."""

    def __call__(self, id: str, /, **args: Arg) -> str:
        """A message of the catalogs: `at.voice("profile-gaps-none")`."""

    def line(self, line: Line) -> str:
        """A message that came with its arguments."""


class Terminal(Protocol):
    """Where a verb is called: the settings were read, nothing is opened yet; implemented by `bot.cli.terminal`.

    No platform is there: what is to be said to people is promised with `ctx.outbox`, and the running bot says it.
    """

    @property
    def voice(self) -> Voice:
        """The language of the terminal."""

    def reads(self) -> AbstractAsyncContextManager[Context]:
        """A transaction that only reads, with the capability's own settings; nobody acts (`ctx.who` is None)."""

    def writes(self) -> AbstractAsyncContextManager[Context]:
        """The same, and what is written in it is kept at its end. A large import takes several, one after another."""

    async def file(self, path: Path) -> bytes:
        """What a file holds. One that cannot be read ends the verb, which then says so: exit status 2."""

    def line(self, text: str) -> None:
        """Print a line of the answer."""

    def note(self, text: str) -> None:
        """Print a line beside the answer: it is not in what a script reads."""

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Print a table; None is an empty cell."""


Asked = Callable[..., Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Verb:
    """A command of `parvis`. path: ("people", "gaps"), a group and a name; the group is there already, or begins here.
    A name alone stands beside `parvis run`.

    handler: `async (at: Terminal, …) -> whether something was found` that deserves a look: exit status 1. Its further
    parameters are what follows on the line, read by their types (`file: Path, /, *, dry_run: bool = False` is
    `FILE [--dry-run]`); `--config` is added. It refuses with `Refused`, exit status 2.
    Its words: `verb-people-gaps`, what it does, with `.NAME` for each parameter of which `cli-option-NAME` tells
    nothing; those of a group that begins here: `verb-GROUP`. They stand in a catalog of their own,
    `locales/verbs.LANG.ftl`, which the running bot does not read.
    """

    path: tuple[str, ...]
    handler: Asked
