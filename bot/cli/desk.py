"""Answering what a person asks for about what is held: all of it in a file, or all of it erased."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot import people
from bot.app import App
from bot.cli import FINE, Wrong, show
from bot.cli.opening import Desk, opened
from bot.cli.voice import Voice
from bot.cli.whom import Meant, meant
from bot.desk import days, erasure, export
from bot.say import Arg, Names
from bot.words import Reader
from storage import disclosing
from storage.held import HELD, Whom


async def exported(desk: Desk, who: str, out: Path, now: datetime) -> int:
    """Write all that is held about a person into a new file, which its owner alone may read. Raises Wrong.

    What they chose, what they were sent, and whether they responded is left out: no role sees that.
    """
    voice = desk.voice

    def tell(id: str, args: dict[str, Arg]) -> str:
        return voice(id, **args)

    async with opened(desk) as store, store.read() as session:
        found = await meant(session, voice, who)
        about = await found.whom(session)
        text = await export.of(session, about, now, days(desk.config), tell, private=False)
    try:
        made = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Wrong(voice("cli-desk-exists", file=str(out))) from None
    except OSError as error:
        raise Wrong(voice("cli-file-unwritable", file=str(out), reason=str(error.strerror))) from None
    with os.fdopen(made, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
    _who(voice, found, about)
    show.line(voice("cli-desk-exported", file=str(out), name=found.name))
    return FINE


async def erased(desk: Desk, who: str, confirm: str, now: datetime) -> int:
    """Show what erasing a person does; with their name repeated, do it. Raises Wrong.

    How much there is of what they chose is not told: no role sees that.
    """
    voice = desk.voice
    async with opened(desk) as store:
        app = App(desk.config, store, {}, lambda: now)
        async with store.read() as session:
            found = await meant(session, voice, who)
            about = await found.whom(session)
            counts = await disclosing.counts(session, about)
        name = found.name
        _who(voice, found, about)
        if not confirm:
            _preview(voice, counts)
            show.line(voice("cli-desk-confirm", name=name))
            return FINE
        if confirm != name:
            raise Wrong(voice("cli-desk-other-name", name=name))
        async with store.write() as session:
            context = app.parts.context(session, now, None, app.nudges[-1])
            if found.person is None:
                await erasure.erase_line(context, about)
            else:
                done = app.words.text(Reader(*(await people.reader(session, found.person))), "desk-erased")
                await erasure.at_request(context, found.person, app.nudges, app.parts.context, done)
        await store.tidy()
    show.line(voice("cli-desk-erased"))
    return FINE


def _who(voice: Voice, found: Meant, about: Whom) -> None:
    """Who it is, before anything else is said of them."""
    accounts = ", ".join(f"{platform}:{external}" for platform, external in about.accounts)
    show.line(voice("cli-desk-who" if accounts else "cli-desk-who-listed", name=found.name, accounts=accounts))


def _preview(voice: Voice, counts: Mapping[str, int]) -> None:
    """What erasing does with what is held, by group. counts: rows by table; what nobody else may see is left out."""
    seen = {name: number for name, number in counts.items() if "*" not in HELD[name].private}
    for group in dict.fromkeys(HELD[name].group for name in seen):
        show.line(voice(f"cli-desk-group-{group}"))
        theirs = {name: number for name, number in seen.items() if HELD[name].group == group}
        for effect in dict.fromkeys(HELD[name].erasure for name in theirs):
            names = [f"{name} ({number})" for name, number in theirs.items() if HELD[name].erasure == effect]
            show.wrapped(voice(f"cli-desk-effect-{effect}", tables=Names(names=tuple(names))), indent=2)
    show.wrapped(voice("cli-desk-private"))
    if "roster" in seen:
        show.wrapped(voice("cli-desk-listed"))
