"""What a message of the bot is about, as who reads it sees it: from its words, and from what it lets one do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.memory import Posted

WORDS: Mapping[str, re.Pattern[str]] = {
    "poll": re.compile("question of the week|question de la semaine"),
    "tip": re.compile(r"A tip:|Une astuce\s:"),
    "profile": re.compile("is missing from your profile|manque une chose à votre profil"),
}
ASKING = frozenset({"poll", "profile"})
THANKS = "profile:thanks:"
"""How what answers a changed profile is named: in its reader's hours, perhaps the morning after."""
KINDS = {"simulated.poll": "poll", "simulated.tip": "tip", "profile.reminder": "profile"}
"""What the bot calls it -> what it is to its reader."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Something unasked. optional: nobody waits for it. asks: it wants a response. at_once: its reader just did
    something that it answers, so that it may come at any hour.
    """

    subjects: frozenset[str]
    optional: bool
    asks: bool
    at_once: bool = False


def read(posted: Posted, *, acted: bool) -> Letter | None:
    """What a message is; None: an answer. acted: its reader did something just now."""
    if posted.name.startswith("answer:"):
        return None
    text = "\n".join(part.text for part in posted.message.parts)
    subjects = frozenset(subject for subject, words in WORDS.items() if words.search(text))
    if subjects:
        return Letter(subjects, optional=True, asks=bool(subjects & ASKING))
    if posted.name.startswith(THANKS):  # nobody asked to be thanked
        return Letter(frozenset({"thanks"}), optional=False, asks=False, at_once=acted)
    if acted:
        return None
    subject = posted.name.partition(":")[0]
    if subject in {"greeting", "silence"}:
        return Letter(frozenset({subject}), optional=False, asks=False)
    return Letter(frozenset({subject}), optional=True, asks=True)
