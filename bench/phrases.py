"""How many times that people write are read rightly, by a table that was written apart from the parser."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bench.measure import Claim, Figure, publish, say
from bot.times import Meant, Read, read
from tests.rules.phrases_apart import PHRASES, Phrase

ZONE = "Europe/Paris"
TARGET = 0.9


def _read(phrase: Phrase) -> Read:
    now = datetime.fromisoformat(phrase.now).replace(tzinfo=ZoneInfo(ZONE))
    zero = date.fromisoformat(phrase.day_zero[:10]) if phrase.day_zero else None
    return read(phrase.text, now=now, zone=ZONE, language=phrase.language, day_zero=zero)


async def main() -> None:
    """Each phrase once. Right is what it means, or a question where only that is right; wrong is any other time.

    Raises RuntimeError: one is wrong.
    """
    right = asked = wrong = 0
    for phrase in PHRASES:
        found = _read(phrase)
        got = f"{found.at.astimezone(ZoneInfo(ZONE)):%Y-%m-%dT%H:%M}" if isinstance(found, Meant) else ""
        if got == phrase.means:
            right += 1
            continue
        asked, wrong = (asked, wrong + 1) if got else (asked + 1, wrong)
        instead = got or f"asked ({getattr(found, 'code', '')})"
        say(f"  {phrase.language} {phrase.text!r}, {phrase.now}: {instead}, means {phrase.means or 'a question'}")
    more = {"phrases": float(len(PHRASES)), "asked": float(asked), "wrong": float(wrong)}
    share = Figure(right / len(PHRASES), more=more)
    publish(Claim("phrases_understood", "share", TARGET, "higher", [share], [Figure(1.0)]))
    if wrong:
        raise RuntimeError(f"{wrong} were read as a time that was not meant")
