"""People who are in no chat yet are written to by mail, end what they do not want, and are reached elsewhere when it
comes back.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters import PLATFORMS, open_platform
from bot.app import App
from bot.chat import Platform
from bot.config import load
from bot.nudge import To
from nudges import NUDGES
from nudges.communities.invited import INVITATION
from storage import people, wishes
from storage.database import Store
from storage.outbox import Promise, named
from storage.roster import Entry
from storage.wishes import Wish
from tests.contract.world import words
from tests.humans import Human, Town, eventually
from tests.humans.mail import Reader, html_of
from tests.humans.towns import open_town
from tests.scenarios.company import Clock, merged, release, toml
from tests.scenarios.pages import listening, on_the_web
from tests.servers.mail import MailServer, mail_server
from tests.servers.process import free_port

BOT = "parvis@example.org"


class Company:
    """A chat, a mail server, and the bot on both. ana is in the chat, and zoe on the company's list alone."""

    def __init__(self, store: Store, clock: Clock, town: Town, server: MailServer, file: Path) -> None:
        self.store, self.clock, self.town, self.server = store, clock, town, server
        self._file = file
        self.zoe, self.ana_reads = Reader("zoe@example.org", server), Reader("ana@example.org", server)
        self.port = free_port()
        self.more: dict[str, Any] = {}  # settings besides the usual ones

    async def found(self) -> None:
        self.ana: Human = await self.town.person("ana", email="ana@example.org")
        async with self.store.write() as session:
            at = self.clock.now()
            for key, name in (("1", "Zoé"), ("2", "Ana")):
                email = f"{'zoe' if key == '1' else 'ana'}@example.org"
                session.add(Entry(key=key, name=name, email=email, language="fr", created_at=at, changed_at=at))
        me = [f"acme:{self.ana.external}"]
        settings: dict[str, Any] = {
            "parvis": {"contact": "comms", "zone": "Europe/Paris", "default_language": "en"},
            "platforms": {
                "acme": {"kind": "memory"},
                "mail": {
                    "kind": "mail", "host": "127.0.0.1", "port": self.server.port, "tls": "none", "sender": BOT,
                    "mailbox": "127.0.0.1", "mailbox_port": self.server.imap_port, "mailbox_tls": "none",
                    "mailbox_user": BOT, "look_every": 0.05,
                },
            },
            "roles": {"animator": me, "admin": me, "leader": me},
            **on_the_web(self.port),
        }  # fmt: skip
        settings["web"]["private"] = "off"
        settings = merged(settings, self.more)
        self._file.write_text(toml(settings), "utf-8")
        secrets = {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4, "PARVIS_MAIL_MAILBOX_PASSWORD": "x"}
        config = load(self._file, secrets, {each.id: each.settings for each in NUDGES}, PLATFORMS)
        platforms: dict[str, Platform] = {
            "acme": self.town.platform(),
            "mail": open_platform("mail", config.platforms["mail"], self.clock.now),
        }
        self.app = App(config, self.store, platforms, self.clock.now)
        self.store.key = b"0123456789abcdef" * 4
        await self.app.start()
        await release(self.store, [INVITATION], self.clock.now())

        async def known() -> bool:
            if self.app.tasks.soon:
                return False
            async with self.store.read() as session:
                found = [await people.account(session, "mail", each) for each in (self.zoe.address, "ana@example.org")]
                ana = await people.account(session, "acme", self.ana.external)
            if all(found) and ana is not None and found[1] is not None and found[1].person_id == ana.person_id:
                return True
            self.app.wake()
            return False

        await eventually(known, "the list is known, and ana's accounts are one person's")

    async def says(self, email: str, text: str, media: tuple[str, ...], kind: str = INVITATION) -> None:
        async with self.store.write() as session:
            account = await people.account(session, "mail", email)
            assert account is not None
            planner = self.app.outbox.within(session, self.clock.now())
            await planner.tell(To(person=account.person_id), words(text), name=text, kind=kind, media=media)
        self.app.outbox.wake()

    async def row(self, name: str) -> Promise:
        async with self.store.read() as session:
            return (await named(session, [name]))[name]


@pytest.fixture
async def company(tmp_path: Path, empty_store: Path) -> AsyncIterator[Company]:
    clock = Clock()
    shutil.copyfile(empty_store, tmp_path / "parvis.db")
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}", migrate=False)
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(open_town("memory", "acme", clock.now))
        server = await stack.enter_async_context(mail_server())
        made = Company(store, clock, town, server, tmp_path / "parvis.toml")
        await made.found()
        await stack.enter_async_context(listening(made.app, made.port))
        yield made
        await made.app.stop()
        await store.close()


async def test_who_is_in_no_chat_is_written_to_by_mail_and_ends_a_kind_with_one_press(company: Company) -> None:
    await company.says("zoe@example.org", "venez", ("acme", "mail"))
    told = await company.zoe.is_told("venez")
    assert "Plus de messages de cette sorte" in told, "in her language, as the list has it"
    url = str(company.zoe.inbox()[0]["List-Unsubscribe"]).strip("<>")
    assert url in html_of(company.zoe.inbox()[0]).replace("&amp;", "&")
    async with aiohttp.ClientSession() as http:
        async with http.get(url) as page:  # as scanners do: it changes nothing
            assert page.status == 200
            assert "N’en plus recevoir" in await page.text()
        async with http.post(f"{url}x") as wrong:
            assert wrong.status == 404
    person = await _wishing(company)
    assert person == []
    assert await company.zoe.unsubscribes("venez") == 200
    [wish] = await _wishing(company)
    assert (wish.kind, wish.stopped_at is not None) == (INVITATION, True)
    await company.says("zoe@example.org", "encore", ("mail",))
    assert (await company.row("encore")).state == "dropped"
    async with aiohttp.ClientSession() as http, http.post(f"{url}/yes") as done:
        assert "vous n’en recevez plus" in await done.text()
    await company.says("zoe@example.org", "indispensable", ("mail",), kind="decision")
    assert "Plus de messages" not in await company.zoe.is_told("indispensable")


async def test_what_comes_back_reaches_who_is_in_the_chat_there_once(company: Company) -> None:
    company.server.bouncing.add("ana@example.org")
    await company.says("ana@example.org", "a word", ("mail", "acme"))
    await company.ana.is_told("a word")
    assert company.server.handed.count("ana@example.org") == 1
    assert company.ana_reads.inbox() == []
    assert (await company.row("a word")).platform == "acme"
    company.server.bouncing.add("zoe@example.org")
    await company.says("zoe@example.org", "un mot", ("mail",), kind="decision")

    async def listed() -> bool:
        return (await company.row("un mot")).error == "bounced:5.1.1"

    await eventually(listed, "what nobody could be told is listed with its reason")
    assert (await company.row("un mot")).state == "dead"


async def _wishing(company: Company) -> list[Wish]:
    async with company.store.read() as session:
        account = await people.account(session, "mail", "zoe@example.org")
        assert account is not None
        return (await wishes.of_people(session, [account.person_id])).get(account.person_id, [])


async def test_a_guide_comes_by_mail_to_who_asks_for_it_in_the_chat(company: Company) -> None:
    await company.ana.types("guide")
    await company.ana.presses("By e-mail", near="Your company’s network")
    await company.ana.is_told("on its way to your e-mail address")
    told = await company.ana_reads.is_told("Le réseau de votre entreprise")
    assert "1. Une question" in told, "as the list says of her: the letter is rendered when it is sent"
    assert company.ana_reads.inbox()[0]["List-Unsubscribe"] is None, "she asked for it"
    assert company.zoe.inbox() == []
