"""The settings and the store, or what an administrator has to repair first."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError, ProgrammingError

from adapters import PLATFORMS
from bot.cli import Hindered, Wrong
from bot.cli.voice import Voice
from bot.cli.voice import voice as voice_of
from bot.config import Config, ConfigError, Kind, Problem, load
from nudges import NUDGES
from storage.database import Store, StoreUnavailable


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works at. file: of the settings. voice: in whose language it answers."""

    file: Path
    config: Config
    voice: Voice

    @property
    def kinds(self) -> Mapping[str, Kind[Any]]:
        """The kinds of platforms that there are, configured or not."""
        return PLATFORMS

    def page(self, platform: str) -> str:
        """The page of the documentation about a configured platform."""
        return self.kinds[self.config.platforms[platform].kind].page


def desk(path: Path) -> Desk:
    """Read the settings, secrets from the environment. Raises Wrong with a line for each error."""
    _imported()
    config = settled(path, os.environ, PLATFORMS)
    return Desk(path, config, voice_of(os.environ, config.parvis.default_language, _catalogs()))


def _imported() -> None:
    """Collect garbage from here on, but not among what was imported: it stays.

    To look through it while it grows is a tenth of a start, and each full look later would stop us a tenth of a second.
    """
    if not gc.isenabled():  # so `bot.__main__` began; a process that others began has its own ways
        gc.freeze()
        gc.set_threshold(10_000, 20, 50)
        gc.enable()


def settled(path: Path, env: Mapping[str, str], kinds: Mapping[str, Kind[Any]]) -> Config:
    """Read the settings. Raises Wrong with a line for each error.

    The lines are in the language of the terminal; where that names none, in the default one of the file, if it can be
    read. path: of the file. env: secrets, and the terminal's language. kinds: of platforms, by name.
    """
    try:
        contacts = {each.kind for nudge in NUDGES for each in nudge.contacts if each.optional}
        return load(path, env, {nudge.id: nudge.settings for nudge in NUDGES}, kinds, contacts)
    except ConfigError as error:
        voice = voice_of(env, error.language or "en", _catalogs())
        raise Wrong("\n".join(told(problem, voice) for problem in error.problems)) from None


def told(problem: Problem, voice: Voice) -> str:
    """What is wrong with the settings, as a line for people: file, key, what is wrong, what to write."""
    about = "-environment" if not problem.file else "" if problem.key else "-file"
    wrong, write = voice.line(problem.wrong), voice.line(problem.write)
    return voice(f"settings-problem{about}", file=problem.file, key=problem.key, wrong=wrong, write=write)


def _catalogs() -> list[Path]:
    return [nudge.catalogs for nudge in NUDGES]


@asynccontextmanager
async def opened(at: Desk, *, migrate: bool = False) -> AsyncIterator[Store]:
    """The store, closed at the end of the block. Raises Wrong when it cannot be used, Hindered while it is away.

    migrate: bring its tables up to date. A question asked with a newer version must not change what a running bot of an
    older one works with, so only `run` and `migrate` do.
    """
    url, voice = at.config.database.url, at.voice
    if not migrate and not is_there(url):
        raise Wrong(voice("cli-no-database", database=url))
    try:
        store = await Store.open(at.config.database.address(), migrate)
        try:
            yield store
        finally:
            await store.close()
    except StoreUnavailable as error:
        raise Hindered(voice("cli-store-away", database=url, reason=str(error))) from None
    except (OperationalError, ProgrammingError) as error:
        if migrate:
            raise
        raise Wrong(voice("cli-other-tables", database=url)) from error


@contextmanager
def alone(desk: Desk) -> Iterator[None]:
    """No other `parvis run` on this SQLite file: both would take themselves for the one that holds its duties.

    Raises Hindered when there is one.
    """
    url, voice = desk.config.database.url, desk.voice
    if not url.startswith("sqlite"):
        yield
        return
    import fcntl  # noqa: PLC0415 - not on every system, and needed only here

    path = Path(f"{url.partition(':///')[2].partition('?')[0]}-lock")
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise Wrong(voice("cli-file-unwritable", file=str(path), reason=str(error.strerror))) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Hindered(voice("cli-run-twice", database=url)) from None
        yield


def content(desk: Desk, file: Path) -> bytes:
    """What a file holds that the command line names. Raises Wrong: it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Wrong(desk.voice("cli-file-unreadable", file=str(file), reason=str(error.strerror))) from None


def is_there(url: str) -> bool:
    """Whether a file exists: SQLite would make an empty one. What is no file is asked by connecting."""
    engine, _, path = url.partition(":///")
    return not engine.startswith("sqlite") or Path(path.partition("?")[0]).exists()
