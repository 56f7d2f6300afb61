"""Words that the organisation would rather not use, found in a text while it is written. Pure.

They are a warning and never a block: who writes decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.lookup import fold
from nudges.launch.settings import Avoided

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


@dataclass(frozen=True, slots=True)
class Found:
    """Words to avoid that stand in a text. written: as they stand there. avoided: which of the settings they are."""

    written: str
    avoided: Avoided

    @property
    def key(self) -> str:
        """What tells them from others, however they were written."""
        return _folded(self.avoided.words)


def found(text: str, avoid: Iterable[Avoided], language: str = "") -> list[Found]:
    """What of these words stands in a text, each once, in the order of the text. language: of the text; "" unknown."""
    folded, places = _traced(text)
    seen: list[tuple[int, Found]] = []
    for each in avoid:
        if language and each.language not in {"", language}:
            continue
        at = _pattern(each.words).search(folded)
        if at:
            seen.append((at.start(), Found(text[places[at.start()] : places[at.end() - 1] + 1], each)))
    return [each for _, each in sorted(seen, key=lambda one: one[0])]


def _pattern(words: str) -> re.Pattern[str]:
    """Each of the words, alone or in the plural, with any space or hyphen in between."""
    parts: Sequence[str] = re.split(r"[\s-]+", _folded(words))
    return re.compile(r"(?<!\w)" + r"[\s-]+".join(f"{re.escape(each)}(?:e?s)?" for each in parts) + r"(?!\w)")


def _folded(text: str) -> str:
    return _traced(text)[0]


def _traced(text: str) -> tuple[str, list[int]]:
    """A text without case, accents and kinds of apostrophes; and where each of its letters stood."""
    letters, places = [], []
    for at, letter in enumerate(text):
        for each in fold(letter.translate(_APOSTROPHES)):
            letters.append(each)
            places.append(at)
    return "".join(letters), places
