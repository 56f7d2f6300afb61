"""What neither the chat nor mail carries is printed: by team, without names, and only once it was signed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import update

from bot import people
from bot.cli.opening import Desk
from bot.cli.terminal import Terminal
from bot.cli.voice import Voice, voice
from bot.nudge import Context, Refused
from nudges.launch.audience import Audience, Some
from nudges.launch.capability import nudge
from nudges.launch.paper import giving
from storage import launch as rows
from storage.launch import Announcement
from storage.roster import Entry
from tests.humans import Human
from tests.humans.towns import FIRST_PLAINLY
from tests.printed import pages
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.pages import LINK, listening, on_the_web
from tests.scenarios.test_launch import at_work, cleo
from tests.scenarios.test_pulse import community
from tests.scenarios.test_visits import browser

__all__ = ["at_work", "cleo"]
FILM = "https://video.example.org/12"
TEXT = f"It opens **on Monday**. #import\n\n[Video: Welcome]({FILM})\n\n> Good morning."
CATALOGS = Path(giving.__file__).parents[1] / "locales"


async def announced(
    company: Company, owner: Human, speaker: Human, teams: Iterable[tuple[str, int]], text: str = TEXT
) -> None:
    """An announcement for everybody, and people on the company's list who have no account and no address."""
    now = company.clock.now()
    async with company.store.write() as session:
        who = [await people.find(session, PLATFORM, each.external, now, each.name) for each in (owner, speaker)]
        made = Announcement(
            owner_id=who[0], speaker_id=who[1], created_at=now, changed_at=now,
            audience=Audience(whom=Some(everybody=True)).text(), at=now + timedelta(days=1),
            local="2026-11-25T09:00", zone="Europe/Paris", each_local=True,
        )  # fmt: skip
        await rows.write(session, made, "It opens", text)
        for team, count in teams:
            for number in range(count):
                name = f"{team}-{number}"
                session.add(Entry(key=name, name=f"Somebody {name}", department=team, created_at=now, changed_at=now))


async def becomes(company: Company, state: str) -> None:
    async with company.store.write() as session:
        await session.exec(update(Announcement).values(state=state))


@dataclass
class At:
    """A terminal beside the running bot."""

    company: Company
    said: list[str] = field(default_factory=list)

    @property
    def voice(self) -> Voice:
        return voice({"LANG": "fr_FR.UTF-8"}, more=[CATALOGS])

    @asynccontextmanager
    async def reads(self) -> AsyncIterator[Context]:
        async with self.company.store.read() as session:
            yield self.company.app.parts.context(session, self.company.clock.now(), None, nudge)

    def writes(self) -> Any:
        raise AssertionError("it only reads")

    async def file(self, path: Path) -> bytes:
        raise AssertionError(path)

    def line(self, text: str) -> None:
        self.said.append(text)

    note = line

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        self.said += [str(tuple(each)) for each in (headings, *rows)]


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_who_has_neither_chat_nor_mail_reads_it_on_paper(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human, port: int, tmp_path: Path
) -> None:
    await community(company, "garden", [ana], slug="garden")
    await community(company, "cellar", [ana], slug="cellar", visibility="private")
    rooms = {"platforms": {PLATFORM: {"kind": "memory", "rooms_at": "https://chat.example.org"}}}
    await company.restart({**on_the_web(port), **rooms})
    await announced(company, cleo, diane, [("Quay", 12), ("Attic", 2), ("Loft", 4)])
    await cleo.types("announce paper 1")
    await cleo.is_told("is not signed off, or was taken back")
    await ana.types("announce paper 1")
    await ana.is_told("Ceci revient à un autre rôle")
    await becomes(company, rows.SIGNED)
    await cleo.types("announce show 1")
    await cleo.presses("On paper", near="It opens")
    await cleo.is_told("“It opens” needs")
    link = LINK.findall(await cleo.is_told("Open the sheets to be printed"))[-1]
    async with listening(company.app, port) as public, browser() as hers:
        await hers.presses(link)
        await cleo.presses("Yes, it is mine")
        await cleo.is_told("It opens there now")
        answer = await hers.asks(f"http://127.0.0.1:{public.port}/visit/wait")
        cover, *sheets = pages(await answer.read())
        assert answer.headers["Content-Disposition"] == 'attachment; filename="launch-1.pdf"'
        assert "There is no announcement" in await hers.sees(
            f"http://127.0.0.1:{public.port}/launch/paper.pdf?announcement=x", 404
        )
    assert "Quay: " in cover
    assert "before 09:00 on Wednesday 25 November 2026, on the team’s own clocks" in cover
    assert len(sheets) == 2, "one for the quay, one for all small ones"
    for each in sheets:
        assert "It opens from diane, relayed by Parvis It opens on Monday. #import" in each
        assert f"Video: Welcome {FILM} Good morning." in each
        assert "garden" in each
        assert "cellar" not in each
    assert not [each for each in (cover, *sheets) if "Somebody" in each or "Attic" in each or "Loft" in each]

    at = At(company)
    assert await giving.printing(at, 1, out=tmp_path / "sheets") is False
    assert "équipe" in at.said[1]
    found = pages((tmp_path / "sheets" / "launch-1.pdf").read_bytes())
    assert len(found) == 3
    assert "de la part de diane, relayé par Parvis" in found[1]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="sheets-not-written"):
        await giving.printing(at, 1, out=tmp_path / "file")
    await becomes(company, rows.RECALLED)
    with pytest.raises(Refused, match="sheets-unsigned"):
        await giving.printing(at, 1, out=tmp_path)


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_video_without_transcript_is_asked_about_beside_its_field(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await cleo.types("announce new The network opens")
    wrong = await cleo.fills(text=f"Look:\n\n[Video: Welcome]({FILM})", speaker=diane.external)
    assert "The video “Welcome” has no transcript" in wrong["text"]
    wrong = await cleo.fills(text=TEXT.replace("https", "http"), speaker=diane.external)
    assert "it begins with https://" in wrong["text"]
    assert await cleo.fills(text=TEXT, speaker=diane.external) == {}
    told = await cleo.is_told("is kept as a draft")
    assert "Video: Welcome" in told
    assert FILM in told
    await announced(company, cleo, diane, [], TEXT.replace("> Good morning.", ""))  # as a plan may bring it
    await cleo.types("announce submit 2")
    await cleo.is_told("The video “Welcome” has no transcript")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_nothing_is_printed_where_everybody_is_reached(
    company: Company, at_work: None, cleo: Human, diane: Human, tmp_path: Path
) -> None:
    await announced(company, cleo, diane, [])
    async with company.store.write() as session:
        bob = await people.find(session, PLATFORM, cleo.external, company.clock.now(), cleo.name)
        only = Audience(whom=Some(people=(bob,))).text()
        await session.exec(update(Announcement).values(state=rows.SIGNED, audience=only))
    await cleo.types("announce paper 1")
    await cleo.is_told("needs no paper")
    company.settings["database"] = {"url": company.url}
    company.settings["platforms"]["mail"] = {"kind": "mail", "host": "127.0.0.1", "sender": "parvis@company.test"}
    spoken = voice({"LANG": "en"}, more=[CATALOGS])
    async with AsyncExitStack() as stack:
        at = Terminal(Desk(tmp_path / "parvis.toml", company.config(), spoken), nudge, company.clock.now, stack)
        with pytest.raises(Refused, match="sheets-nobody"):
            await giving.printing(at, 1, out=tmp_path)
        async with at.reads() as ctx:
            assert (ctx.platforms, ctx.addressed) == ((PLATFORM, "mail"), frozenset({"mail"}))
