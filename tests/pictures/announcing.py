"""An announcement from its draft to its end, as those see it who write it, sign it and get it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from adapters.mail import render
from bot.words import Reader
from nudges.launch import nudge, wording
from storage import launch
from tests.humans import Human
from tests.pictures import drawing
from tests.pictures.company import company
from tests.scenarios import announcing as steps
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
        comms, leader, reader = [await found.person(name, language="en") for name in ("Cleo", "Dora", "Ines")]
        for name in ("Omar", "Paul", "Rosa"):
            await found.person(name, language="en")
        await _granted(found, comms, leader)
        await steps.written(comms, leader, TITLE, TEXT, "tomorrow 9:00")
        number = await steps.looked_at(comms)
        yield "announce-preview", _drawn(comms, "Preview of announcement 1", "announce preview 1", found)
        await steps.confirmed(comms, number)
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
        await steps.sent(found)
        await reader.is_told("relayed by Parvis")
        yield "announce-chat", _drawn(reader, "relayed by Parvis", "", found)
        await comms.is_told(f"{number} of {number}")
        yield "announce-report", _drawn(comms, "How it went", "", found)


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
