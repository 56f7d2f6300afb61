"""Answering what a person asks for about what is held: all of it in a file, or all of it erased."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.app import App
from bot.cli import FINE, Wrong, show
from bot.cli.opening import Desk, opened
from bot.desk import days, erasure, export
from bot.desk.clocks import slug
from bot.say import Arg
from bot.words import Reader
from storage import disclosing, erasing
from storage import people as rows
from storage.held import HELD
from storage.people import Person
from storage.roster import Entry


async def exported(desk: Desk, who: str, out: Path, now: datetime) -> int:
    """Write all that is held about a person into a new file, which its owner alone may read. Raises Wrong.

    What they chose, what they were sent, and whether they responded is left out: no role sees that.
    """
    voice = desk.voice

    def tell(id: str, args: dict[str, Arg]) -> str:
        return voice(id, **args)

    async with opened(desk) as store, store.read() as session:
        person = await _person(desk, session, who)
        text = await export.written(session, person, now, days(desk.config), tell, private=False)
    try:
        made = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Wrong(voice("cli-desk-exists", file=str(out))) from None
    except OSError as error:
        raise Wrong(voice("cli-file-unwritable", file=str(out), reason=str(error.strerror))) from None
    with os.fdopen(made, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
    show.line(voice("cli-desk-exported", file=str(out)))
    return FINE


async def erased(desk: Desk, who: str, confirm: str, now: datetime) -> int:
    """Show what erasing a person does; with their name repeated, do it. Raises Wrong.

    How much there is of what they chose is not told: no role sees that.
    """
    voice = desk.voice
    async with opened(desk) as store:
        app = App(desk.config, store, {}, lambda: now)
        async with store.read() as session:
            person = await _person(desk, session, who)
            name = await people.name(session, person)
            accounts = (await disclosing.whom(session, person)).accounts
        shown = ", ".join(f"{platform}:{external}" for platform, external in accounts)
        show.line(voice("cli-desk-who", name=name, accounts=shown))
        if not confirm:
            headings = [voice("cli-column-what"), voice("cli-desk-effect")]
            personal = [each for each, held in HELD.items() if held.is_personal]
            table = [(voice(f"held-{slug(each)}"), voice(f"held-{slug(each)}.erasure")) for each in personal]
            show.table(headings, table)
            show.line(voice("cli-desk-confirm", name=name))
            return FINE
        if confirm != name:
            raise Wrong(voice("cli-desk-other-name", name=name))
        async with store.write() as session:
            context = app.parts.context(session, now, None, app.nudges[-1])
            done = app.words.text(Reader(*(await people.reader(session, person))), "desk-erased")
            await erasure.at_request(context, person, app.nudges, app.parts.context, done)
        await store.tidy()
    show.line(voice("cli-desk-erased"))
    return FINE


async def _person(desk: Desk, session: AsyncSession, who: str) -> int:
    """Whom a word means: the roster's key, an account ("acme:U1"), or a number. Raises Wrong."""
    found = await session.exec(select(Entry.person_id, Entry.id).where(Entry.key == who))
    line = found.first()
    if line is not None and line[0] is None:
        raise Wrong(desk.voice("cli-desk-unmatched", who=who))
    if line is not None and line[0] is not None:
        return await people.current(session, line[0])
    platform, _, external = who.partition(":")
    account = await rows.account(session, platform, external) if external else None
    if account is not None:
        return account.person_id
    number = int(who) if who.isdecimal() and len(who) < 10 else 0
    person = await session.get(Person, number) if number else None
    if person is None or await erasing.is_nobody(session, number):
        raise Wrong(desk.voice("cli-desk-nobody", who=who))
    return await people.current(session, number)
