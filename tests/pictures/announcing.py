"""An announcement from its draft to its end, as those see it who write it, sign it and get it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from adapters.mail import render
from bot.words import Reader
from nudges.launch import nudge, wording
from storage import launch
from tests.humans import Human, eventually
from tests.pictures import drawing
from tests.pictures.company import company
from tests.scenarios.company import PLATFORM, Company

TITLE = "The network opens on Monday"
TEXT = """Dear all,

From **Monday** on there is one place where questions find those who know:

- ask there what you would ask the colleague beside you;
- answer what you know, in two lines.

I read along, and I answer. [What it is for](https://intranet.example.org/network)"""


async def pictures(home: Path) -> AsyncIterator[tuple[str, str]]:
    """Each picture's name and its page, as HTML of our own."""
    settings = {"launch": {"signed_in": "listed", "wave_from": 400}}
    async with company("slack", (), home, settings, past=False) as found:
        for name in ("Ines", "Omar", "Paul", "Rosa", "Sami"):
            await found.person(name, language="en")
        comms, leader = found.people["bob"], await found.person("Dora", language="en")
        await _granted(found, comms, leader)
        await comms.types(f"announce new {TITLE}")
        await comms.fills(text=TEXT, speaker=leader.external)
        await comms.is_told("is kept as a draft")
        await comms.types("announce when 1 tomorrow 9:00")
        await comms.presses("Yes, keep it", near="Is that right?")
        await comms.is_told("knows when it is sent")
        await comms.types("announce audience 1 everybody")
        await comms.is_told("knows whom it is for")
        await comms.types("announce preview 1")
        shown = await comms.is_told("Preview of announcement 1")
        yield "announce-preview", _drawn(comms, "Preview of announcement 1", "announce preview 1", found)
        label = re.findall(r"Confirm: [\d, ]+ people", shown)[-1]
        await comms.presses(label, near="Preview of announcement 1")
        await comms.presses("Ask for the signature", near="Confirmed")
        await leader.is_told("for your signature")
        yield "announce-sign", _drawn(leader, "for your signature", "", found)
        await leader.presses("Sign", near="for your signature")
        await comms.is_told("Good news")
        async with found.store.read() as session:
            row = await launch.get(session, 1)
            assert row is not None
            context = found.app.parts.context(session, found.clock.now(), None, nudge)
            say = await wording.say_of(context, *row)
        letter = render.html(found.app.parts.words.message(say, Reader(language="en")))
        yield "announce-mail", drawing.page("E-mail", "", letter)
        await found.releases(swept=False)
        assert row[0].at is not None
        found.clock.advance_to(row[0].at)
        reader = found.people["alice"]
        await _sees(found, reader, "relayed by Parvis")
        yield "announce-chat", _drawn(reader, "relayed by Parvis", "", found)
        await _sees(found, comms, "12 of 12")
        yield "announce-report", _drawn(comms, "How it went", "", found)


async def _sees(found: Company, who: Human, text: str) -> None:
    """Wait until somebody sees it, while the bot looks around."""

    async def look() -> bool:
        found.app.wake()
        await found.looked()
        return any(text in each for each in await who.reads())

    await eventually(look, f"{who.name} sees {text}", within=120)


async def _granted(found: Company, comms: Human, leader: Human) -> None:
    """Who looks after communication, and whose words they are."""
    roles = {"comms": [f"{PLATFORM}:{comms.external}"], "leader": [f"{PLATFORM}:{leader.external}"]}
    await found.restart({"roles": roles})
    await found.acquainted()


def _drawn(who: Any, text: str, asked: str, found: Any) -> str:
    """The latest message with this text that somebody sees."""
    seen = [each for each in who._sights(None) if text in str(each.blocks) or text in each.text][-1]
    files = {name: file.content for name, file in found.town.server.workspace.files.items()}
    return drawing.page("Slack", f"/{asked}" if asked else f"What {who.name} sees", drawing.slack(seen.blocks, files))
