"""The language of the command line: what administrators read comes from the catalogs, as everything does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.say import Arg, Line
from bot.words import Reader, Words

LOCALES = Path(__file__).parents[1] / "locales"


class Voice:
    """Says a message of the catalogs in one language: `voice("cli-parked-none")`."""

    def __init__(self, words: Words, language: str) -> None:
        """language: "" for the catalogs' default."""
        self._words = words
        self._reader = Reader(language=language)

    def __call__(self, id: str, /, **args: Arg) -> str:
        """id, args: a message. Raises WordsError as `Words.text` does."""
        return self._words.text(self._reader, id, args)

    @property
    def language(self) -> str:
        """As the terminal names it; "" for the catalogs' default."""
        return self._reader.language

    def line(self, line: Line) -> str:
        """A message that came with its arguments. Raises WordsError as `Words.text` does."""
        return self._words.text(self._reader, line.id, line.args)

    def has(self, id: str) -> bool:
        """Whether there is such a message."""
        return self._words.has(self._words.match(self._reader.language), id)


def voice(env: Mapping[str, str], default: str = "en", more: Sequence[Path] = ()) -> Voice:
    """The voice for whoever sits at this terminal.

    env: the environment: LC_ALL, LC_MESSAGES and LANG, in this order (POSIX, "Internationalization Variables").
    default: a language with a catalog, for when they name none. more: folders of the capabilities' catalogs.
    """
    words = Words([LOCALES, *more], default)
    named = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    return Voice(words, named.partition(".")[0])
