"""Whom a word on the command line means: one human being, or nobody, and never somebody else by chance.

Staff numbers and the numbers by which the bot knows people look alike. So a number of the latter kind counts only where
it is called one (`person:12`, as the trail writes it, or `#12`), and what could mean two people is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.cli import Wrong
from bot.cli.voice import Voice
from bot.say import Names
from storage import disclosing, erasing
from storage import people as rows
from storage.held import Whom
from storage.people import Person
from storage.roster import Entry

PERSON, ROSTER = "person", "roster"
"""What stands before the bot's own number of somebody, and before a key of the roster."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody. spelt: a word that means them alone. person: their number; None: the roster's line alone is known.

    line: the number of that line, where it is alone.
    """

    spelt: str
    name: str
    person: int | None
    line: int | None = None

    async def whom(self, session: AsyncSession) -> Whom:
        """As what is held about them is found."""
        if self.person is not None:
            return await disclosing.whom(session, self.person)
        return Whom(frozenset(), lines=frozenset({self.line or 0}))


async def meant(session: AsyncSession, voice: Voice, word: str) -> Meant:
    """Whom a word means: a key or an address of the roster, an account ("acme:U1"), "person:12". Raises Wrong."""
    before, colon, after = word.strip().partition(":")
    found = await _listed(session, word.strip())
    if word.startswith("#") or before == PERSON:
        found += await _numbered(session, after if colon else word.strip()[1:])
    if before == ROSTER:
        found += await _listed(session, after)
    if colon and (account := await rows.account(session, before, after)):
        found += [await _known(session, account.person_id, word.strip())]
    sure, all_ = _once(found), _once([*found, *await _numbered(session, word.strip())])
    if len(sure) != 1 or len(all_) != 1:
        shown = Names(names=tuple(f"{each.spelt} ({each.name})" for each in all_), style="or")
        raise Wrong(voice("cli-desk-which" if all_ else "cli-desk-nobody", who=word, meanings=shown))
    return sure[0]


def _once(found: Iterable[Meant]) -> list[Meant]:
    return list({(each.person, each.line): each for each in found}.values())


async def _listed(session: AsyncSession, word: str) -> list[Meant]:
    """Lines of the roster with this key, or this address."""
    same = or_(col(Entry.key) == word, col(Entry.email) == (word.casefold() or None))
    found = []
    for line in await session.exec(select(Entry).where(same).order_by(col(Entry.id))):
        spelt = f"{ROSTER}:{line.key}"
        if line.person_id is None:
            found.append(Meant(spelt, line.name or line.key, None, line.id))
        else:
            found.append(await _known(session, line.person_id, spelt))
    return found


async def _numbered(session: AsyncSession, word: str) -> list[Meant]:
    """The person whom the bot knows by this number."""
    number = int(word) if word.isdecimal() and len(word) < 10 else 0
    person = await session.get(Person, number) if number else None
    if person is None or await erasing.is_nobody(session, number):
        return []
    return [await _known(session, number, f"{PERSON}:{number}")]


async def _known(session: AsyncSession, person: int, spelt: str) -> Meant:
    now = await people.current(session, person)
    return Meant(spelt, await people.name(session, now), now)
