"""A leader who is in no chat signs by a letter: its link shows all to anybody, and acts for its owner alone."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar
from sqlmodel import select
from yarl import URL

from bot.visits import SECRET
from bot.visits.tokens import BROWSER, sign
from bot.web import Public
from storage import keeping
from storage.acts import MOST, Act
from storage.audit import Entry as Trace
from storage.database import Store
from storage.launch import Announcement, AnnouncementVersion
from storage.requests import Request
from storage.roster import Entry
from tests.humans import Human, eventually
from tests.humans.mail import Reader
from tests.humans.towns import open_town
from tests.printed import codes
from tests.scenarios.announced import ready
from tests.scenarios.company import Clock
from tests.scenarios.pages import listening
from tests.scenarios.test_mail import Company
from tests.servers.mail import mail_server

LINK = re.compile(r"https?://\S+/act/[\w.-]+")


class Launch(Company):
    """ana prepares announcements; diane is a leader, who never wrote to the bot in the chat."""

    language = "en"
    """Diane's."""
    public: Public
    """Where its pages are."""

    async def found(self) -> None:
        self.diane: Human = await self.town.person("diane", email="diane@example.org", language=self.language)
        self.mail = Reader("diane@example.org", self.server)
        self.more |= {"roles": {"leader": [f"acme:{self.diane.external}"]}}
        async with self.store.write() as session:
            at = self.clock.now()
            about = {"email": "diane@example.org", "language": self.language, "created_at": at, "changed_at": at}
            session.add(Entry.model_validate({"key": "3", "name": "Diane", **about}))
        await super().found()

    async def only(self, table: Any) -> Any:
        async with self.store.read() as session:
            return (await session.exec(select(table))).all()[-1]

    async def state(self) -> str:
        return str((await self.only(Announcement)).state)

    async def asked(self, text: str = "It opens **on Monday**.", press: str = "Sign, change or refuse") -> str:
        """An announcement of hers waits to be signed; the link that she is mailed. press: what it says there."""
        await self.ana.types("announce new The network opens")
        assert await self.ana.fills(text=text, speaker=self.diane.external) == {}
        await self.ana.is_told("is kept as a draft")
        await ready(self.store, self.clock.now())
        await self.ana.types("announce submit 1")
        return self.link(await self.mail.is_told(press))

    def link(self, letter: str) -> str:
        return str(LINK.findall(letter)[0])

    async def number(self, nth: int = 1) -> str:
        """The nth one that she was sent."""

        def numbers() -> list[str]:
            said = r"(?:the number is|le numéro est) (\d{6})"
            return [found for each in self.mail.reads() for found in re.findall(said, each)]

        async def sent() -> bool:
            return len(numbers()) >= nth

        await eventually(sent, "a number comes")
        return numbers()[nth - 1]


@pytest.fixture
def by_mail() -> str:
    """`[launch] sign_by_mail`."""
    return "absent"


@pytest.fixture
def language() -> str:
    """Of the leader."""
    return "en"


@pytest.fixture
async def launch(tmp_path: Path, empty_store: Path, by_mail: str, language: str) -> AsyncIterator[Launch]:
    clock = Clock()
    shutil.copyfile(empty_store, tmp_path / "parvis.db")
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}", migrate=False)
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(open_town("memory", "acme", clock.now))
        server = await stack.enter_async_context(mail_server())
        made = Launch(store, clock, town, server, tmp_path / "parvis.toml")
        made.more, made.language = {"launch": {"sign_by_mail": by_mail}}, language
        await made.found()
        made.public = await stack.enter_async_context(listening(made.app, made.port))
        yield made
        await made.app.stop()
        await store.close()


class Page:
    """What a browser shows of a link."""

    def __init__(self, http: ClientSession, address: str) -> None:
        self._http = http
        self._address = address

    async def sees(self, status: int = 200) -> str:
        async with self._http.get(self._address) as answer:
            said = await answer.text()
            assert answer.status == status, said
            return said

    def shows(self, **cookies: str) -> None:
        """It keeps these from now on."""
        self._http.cookie_jar.update_cookies(cookies, URL(self._address))

    async def tries(self, do: str) -> int:
        """Press without looking at what comes of it; the status."""
        async with self._http.post(self._address, data={"do": f"announcement.{do}", "value": "1 v1"}) as answer:
            return answer.status

    async def sends(self, status: int, do: str, value: str = "1 v1", /, **form: str) -> str:
        data = {"do": f"announcement.{do}", "value": value, **form}
        async with self._http.post(self._address, data=data) as answer:
            said = await answer.text()
            assert answer.status == status, said
            return said


@asynccontextmanager
async def page(address: str) -> AsyncIterator[Page]:
    jar = CookieJar(unsafe=True)
    async with ClientSession(cookie_jar=jar, headers={"Accept-Language": "en"}) as http:
        yield Page(http, address)


async def test_a_leader_signs_by_a_letter_with_a_number_that_was_sent_to_her(launch: Launch) -> None:
    address = await launch.asked()
    letter = launch.mail.reads()[-1]
    for part in (
        "for your signature",
        "from diane, relayed by Parvis",
        "on Monday",
        "As it looks in an e-mail",
    ):
        assert part in letter
    async with page(address) as hers, page(address) as others:
        seen = await hers.sees()
        assert "<strong>on Monday</strong>" in seen
        assert "This link was made for diane" in seen
        await others.sees()  # as scanners do, and as often
        act = await launch.only(Act)
        assert (act.used_at, act.sent, await launch.state()) == (None, 0, "signing")

        assert "a number of six digits" in await others.sends(200, "approve")
        assert "not the number" in await others.sends(403, "approve", number="000000")
        assert await launch.state() == "signing", "who was handed the letter signs nothing"
        number = await launch.number()  # and she hears of it
        assert "Somebody opened a link" in launch.mail.reads()[-1]
        assert "Signed: announcement 1" in await hers.sends(200, "approve", number=f"{number[:3]} {number[3:]}")
        assert await launch.state() == "signed"
        assert "used already" in await others.sends(410, "approve", number=number)
        assert "used already" in await hers.sees(410)
    await launch.ana.is_told("signed announcement 1 “The network opens”")
    assert (await launch.only(Trace)).action == "act.used"


async def test_she_changes_or_refuses_it_with_words_on_the_page(launch: Launch) -> None:
    address = await launch.asked()
    async with page(address) as hers:
        await hers.sends(200, "amend")
        number = await launch.number()
        assert "The network opens" in await hers.sends(200, "amend", number=number)
        filled = {"q-title": " ", "q-text": "It opens on Tuesday.\r\n\r\nSee you there."}
        assert "Give it a title" in await hers.sends(422, "amend", number=number, **filled)
        filled["q-title"] = "Our internal Facebook <b>"
        warned = await hers.sends(200, "amend", number=number, **filled)
        assert "Your organisation would rather not use these words" in warned
        (filled["meta"],) = re.findall(r'name="meta" value="([^"]+)"', warned)
        assert "Signed: announcement 1" in await hers.sends(200, "amend", number=number, **filled)
    assert await launch.state() == "signed"
    version = await launch.only(AnnouncementVersion)
    assert (version.number, version.text) == (2, "It opens on Tuesday.\n\nSee you there.")

    await launch.ana.types("announce edit 1")
    assert await launch.ana.fills(text="It opens <script>alert(1)</script> on Friday.") == {}
    again = launch.link(await launch.mail.is_told("on Friday"))
    async with page(again) as hers, page(address) as old:
        assert "<script>alert" not in await hers.sees()
        await old.sees(410)
        await hers.sends(409, "approve", "1 v1")
        await hers.sends(409, "ask", "1 v3")
        await hers.sends(200, "refuse", "1")
        number = await launch.number(2)
        assert "Why?" in await hers.sends(200, "refuse", "1", number=number)
        words = {"q-code": "other", "q-text": "", "q-alternative": ""}
        assert "please say which" in await hers.sends(422, "refuse", "1", number=number, **words)
        words["q-text"] = "Not on a Friday"
        await hers.sends(200, "refuse", "1", number=number, **words)
    launch.clock.advance(minutes=11)
    launch.app.wake()
    assert "Not on a Friday" in await launch.ana.is_told("did not sign it")


async def test_what_is_stale_forged_old_or_guessed_is_said_and_does_nothing(launch: Launch) -> None:
    address = await launch.asked()
    async with page(f"{address}x") as forged:
        assert "not one of mine" in await forged.sees(404)
        await forged.sends(404, "approve")
    async with ClientSession() as http:
        foreign = {"Sec-Fetch-Site": "cross-site"}
        async with http.post(address, data={"do": "announcement.approve", "value": "1 v1"}, headers=foreign) as answer:
            assert answer.status == 403
    async with page(address) as hers:
        await launch.ana.types("announce edit 1")
        assert await launch.ana.fills(title="The network opens at last") == {}
        fresh = launch.link(await launch.mail.is_told("at last"))
        assert "was changed after this link was sent" in await hers.sees(410)
        await hers.sends(410, "approve")
    async with page(fresh) as hers:
        await hers.sends(200, "approve", "1 v2")
        number = await launch.number()
        launch.clock.advance(minutes=31)
        await hers.sends(403, "approve", "1 v2", number=number)  # too old: another one is sent
        assert await launch.number(2) != number
        for _ in range(3):
            await hers.sends(403, "approve", "1 v2", number="12345")
        await hers.sends(403, "approve", "1 v2", number="12345")
        assert "Too many wrong numbers" in await hers.sees(410)
        await hers.sends(410, "approve", "1 v2", number=await launch.number(2))
    assert await launch.state() == "signing"
    assert (await launch.only(Request)).state == "waiting"


@pytest.mark.parametrize("language", ["en", pytest.param("fr", marks=pytest.mark.slow)])
async def test_when_no_more_numbers_are_sent_the_page_says_what_to_do_instead(launch: Launch, language: str) -> None:
    worn, last = {
        "en": ("ask whoever prepared it to submit it to you again", "The last one is good until"),
        "fr": ("demandez à la personne qui l’a préparé de vous le soumettre à nouveau", "Le dernier vaut jusqu’à"),
    }[language]
    press = {"en": "Sign, change or refuse", "fr": "Signer, modifier ou refuser"}[language]
    number = ""
    async with page(await launch.asked(press=press)) as hers:
        for nth in range(1, MOST + 1):
            assert last not in await hers.sends(200, "approve")
            number = await launch.number(nth)
            launch.clock.advance(minutes=2)
        assert last in await hers.sends(200, "approve"), "the fifth is still good"
        launch.clock.advance(minutes=31)
        assert worn in await hers.sends(410, "approve")
        assert worn in await hers.sends(410, "approve", number=number)
    assert len([each for each in launch.mail.reads() if number in each]) == 1
    assert (await launch.only(Act)).sent == MOST
    assert await launch.state() == "signing"


@pytest.mark.parametrize("by_mail", ["always"])
async def test_where_she_uses_the_chat_the_number_goes_there_and_her_own_browser_needs_none(launch: Launch) -> None:
    await launch.diane.types("help")
    await launch.diane.is_told("Hello, I am Parvis")
    address = await launch.asked()
    async with page(address) as others:
        await others.sends(200, "approve")
        told = await launch.diane.is_told("the number is")
        assert "The network opens" in told
    assert not any("the number is" in each for each in launch.mail.reads()), "whoever has the letter has not the number"
    async with launch.store.read() as session:
        key = await keeping.known(session, SECRET)
    assert key is not None
    person, now = (await launch.only(Act)).person_id, int(launch.clock.now().timestamp())
    async with page(address) as hers:
        hers.shows(parvis_browser=sign(key, BROWSER, [person, now]))
        first, second = await asyncio.gather(*(hers.tries("approve") for _ in range(2)))
        assert sorted([first, second]) in ([200, 409], [200, 410]), "once"
    assert await launch.state() == "signed"


async def test_the_letter_and_the_page_show_the_sheet_that_is_printed(launch: Launch) -> None:
    at = launch.clock.now()
    async with launch.store.write() as session:
        for number in range(6):
            about = {"key": f"q{number}", "name": f"Somebody {number}", "created_at": at, "changed_at": at}
            session.add(Entry.model_validate(about))
    address = await launch.asked("It opens.\n\n[Video: Welcome](https://video.example.org/12)\n\n> Good morning.")
    (sheet,) = [part.get_content() for part in launch.mail.inbox()[-1].walk() if part.get_content_type() == "image/png"]
    assert codes([sheet]) == ["https://video.example.org/12"]
    async with page(address) as hers, ClientSession() as http:
        assert f'<img src="{URL(address).path}?picture" alt="The sheet as it is printed' in await hers.sees()
        async with http.get(f"{address}?picture") as answer:
            assert answer.content_type == "image/png"
            assert codes([await answer.read()]) == ["https://video.example.org/12"]
    assert (await launch.only(Act)).used_at is None
