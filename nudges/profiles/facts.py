"""What is known of people, read from rows, for the rules."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.roster.headings import OWN
from nudges.profiles import rules
from nudges.profiles.rules import Held, Own, Stands, Told
from nudges.profiles.settings import Settings
from storage import profiles as rows
from storage import roster
from storage.people import Account
from storage.profiles import NEVER, Reading
from storage.roster import Entry


async def held(session: AsyncSession, people: Collection[int]) -> dict[int, Held]:
    """All that is known of these people's profiles. Who has no member's account, or left, is left out: they are nobody
    here.
    """
    accounts: dict[int, list[tuple[Account, Reading | None]]] = {}
    for account, read in await rows.told(session, people):
        accounts.setdefault(account.person_id, []).append((account, read))
    own: dict[int, dict[str, Own]] = {}
    for each in await rows.own(session, people):
        own.setdefault(each.person_id, {})[each.field] = Own(each.value, each.state)
    lines = await roster.of_people(session, people)
    met, places = await rows.people(session, people), await rows.places(session)
    return {
        person: Held(
            names=_names(met[person].name, theirs, lines.get(person)),
            own=own.get(person, {}),
            roster=columns(lines[person]) if person in lines else {},
            told=tuple(_told(account, read) for account, read in theirs),
            places=places,
            told_on=met[person].told_on,
        )
        for person, theirs in accounts.items()
        if person not in lines or lines[person].state != "left"
    }


def _names(met: str, theirs: Collection[tuple[Account, Reading | None]], line: Entry | None) -> tuple[str, ...]:
    every = (met, *(account.name for account, _ in theirs), line.name if line else "")
    return tuple(dict.fromkeys(each for each in every if each))


def columns(line: Entry) -> Mapping[str, str]:
    """A line of the roster, by column."""
    more = json.loads(line.more or "{}")
    return {**{str(key): str(text) for key, text in more.items()}, **{key: getattr(line, key) for key in OWN}}


def _told(account: Account, read: Reading | None) -> Told:
    if read is None:
        return Told(account.platform, account=account.external_id)
    listed = None if read.listed_at == NEVER else json.loads(read.listed)
    details = json.loads(read.details) if read.details else None
    return Told(account.platform, listed, details, account.external_id)


async def profile(session: AsyncSession, settings: Settings, person: int) -> tuple[Stands, ...]:
    """How every field stands with one person; () where they are nobody here."""
    return (await profiles(session, settings, [person])).get(person, ())


async def profiles(session: AsyncSession, settings: Settings, people: Collection[int]) -> dict[int, tuple[Stands, ...]]:
    """How every field stands with each of these people, those alone who are members and have not left."""
    known = await held(session, people)
    return {person: rules.profile(settings.fields, each) for person, each in known.items()}


async def is_here(session: AsyncSession, person: int) -> bool:
    """Whether somebody is a member of the organisation who has not left it."""
    return person in await held(session, [person])
