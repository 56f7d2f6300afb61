"""What a message of the bot is about, as who reads it sees it: from its words, and from what it lets one do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.memory import Posted

WORDS: Mapping[str, re.Pattern[str]] = {
    "poll": re.compile("question of the week|question de la semaine"),
    "tip": re.compile(r"A tip:|Une astuce\s:"),
}
ASKING = frozenset({"poll", "profile"})


@dataclass(frozen=True, slots=True)
class Letter:
    """Something unasked. optional: nobody waits for it. asks: it wants a response."""

    subjects: frozenset[str]
    optional: bool
    asks: bool


def read(posted: Posted) -> Letter | None:
    """What a message is; None: an answer to what was just done."""
    text = "\n".join(part.text for part in posted.message.parts)
    if posted.name.startswith("answer:"):
        return None
    subjects = frozenset(subject for subject, words in WORDS.items() if words.search(text))
    if subjects:
        return Letter(subjects, optional=True, asks=bool(subjects & ASKING))
    if posted.name.startswith("greeting:"):
        return Letter(frozenset({"introduction"}), optional=False, asks=False)
    return Letter(frozenset({posted.name.partition(":")[0]}), optional=True, asks=True)
