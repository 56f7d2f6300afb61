"""All that is held about a person as JSON, and cut into messages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk.clocks import slug, until
from bot.say import Arg, Term
from storage import disclosing
from storage.held import PERSON, Whom

PIECE = 9_000
"""Characters of one message, counted as JSON writes them in ASCII: each platform takes so many, encrypted or not."""

Tell = Callable[[str, dict[str, Arg]], str]
"""A message of the catalogs in the reader's language."""


async def written(
    session: AsyncSession, person: int, now: datetime, kept: dict[str, int], tell: Tell, *, private: bool = True
) -> str:
    """Everything as JSON. kept: clock -> days. tell: says what each part is in the reader's language.

    private: with what a person chose, what they were sent, and how they responded, which nobody else may see.
    """
    return await of(session, await disclosing.whom(session, person), now, kept, tell, private=private)


async def of(
    session: AsyncSession, about: Whom, now: datetime, kept: dict[str, int], tell: Tell, *, private: bool = True
) -> str:
    """The same of somebody who may be known by a line of the roster alone."""
    rows = await disclosing.everything(session, about, private=private)
    held = {name: {**_explained(name, kept, tell), "rows": each} for name, each in rows.items()}
    whole: dict[str, Any] = {
        "exported_at": now.isoformat(timespec="seconds"),
        "accounts": [f"{platform}:{external}" for platform, external in about.accounts],
        "held": held,
        **(
            {}
            if private
            else {
                "left_out": tell("desk-export-private", {"time": Term(term="held-time", args={"days": kept[PERSON]})})
            }
        ),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _explained(table: str, kept: dict[str, int], tell: Tell) -> dict[str, str]:
    words = f"held-{slug(table)}"
    ends = tell("plain", {"text": until(table, kept)})
    return {"what": tell(words, {}), "why": tell(f"{words}.why", {}), "until": ends}


def undisturbed(text: str) -> str:
    """The same JSON without a sign that a platform would make a mention or a link of, or break with one of its own."""
    for sign in "@#":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return re.sub("(?i)m(?=atrix)", lambda found: f"\\u{ord(found[0]):04x}", text)


def pieces(text: str, most: int = PIECE) -> list[str]:
    """A text in messages, cut between lines; only a line that is too long itself is cut within."""
    found: list[str] = []
    for line in _lines(text, most):
        together = f"{found[-1]}\n{line}" if found else line
        if found and _size(together) <= most:
            found[-1] = together
        else:
            found.append(line)
    return found


def _lines(text: str, most: int) -> Iterator[str]:
    for line in text.split("\n"):
        left = line
        while _size(left) > most:
            cut = most // 13  # a letter takes twelve characters in ASCII at most
            yield left[:cut]
            left = left[cut:]
        yield left


def _size(text: str) -> int:
    return len(json.dumps(text))
