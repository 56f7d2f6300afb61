"""The bot is killed after a mail server took a message and before that is written down: nobody gets it twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from adapters.mail.platform import MailPlatform
from adapters.mail.settings import Mail
from bot.nudge import To
from bot.outbox import Outbox
from storage.database import Store
from storage.people import Account, Person
from tests.contract.world import Death, Killed, World, words
from tests.servers.mail import MailServer, mail_server

ANA, SENDER = "ana@example.org", "parvis@example.org"


@pytest.fixture
def engine() -> str:
    """What is asked of the database is asked on both engines elsewhere."""
    return "sqlite"


class Post(World):
    """A bot that writes to one address."""

    def __init__(self, store: Store, server: MailServer, *, mailbox: bool) -> None:
        super().__init__(store)
        given: dict[str, Any] = {"kind": "mail", "host": "127.0.0.1", "port": server.port, "tls": "none"}
        if mailbox:
            given |= {"mailbox": "127.0.0.1", "mailbox_port": server.imap_port, "mailbox_tls": "none"}
            given |= {"mailbox_user": SENDER, "mailbox_password": "x"}
        self.mail = MailPlatform("mail", Mail.model_validate({**given, "sender": SENDER}), self.now)

    def process(self, death: Death | None = None) -> Outbox:
        return Outbox(
            self.store, self.words, {"mail": self.mail}, self.attention, self.now, death or Death(), holder="here",
            sleep=self.now.sleep,
        )  # fmt: skip

    async def promises(self) -> None:
        async with self.store.write() as session:
            person = Person(name="ana", created_at=self.now())
            session.add(person)
            await session.flush()
            address = Account(person_id=person.id or 0, platform="mail", external_id=ANA, created_at=self.now())
            address.kind = "address"
            session.add(address)
            planner = self.process().within(session, self.now())
            await planner.tell(To(person=person.id), words("hello"), name="hello", kind="notice", media=("mail",))


@asynccontextmanager
async def post(store: Store, *, mailbox: bool) -> AsyncIterator[tuple[Post, MailServer]]:
    async with mail_server() as server:
        made = Post(store, server, mailbox=mailbox)
        await made.promises()
        try:
            yield made, server
        finally:
            await made.mail.close()


def taken(server: MailServer) -> int:
    return len(server.read(ANA))


@pytest.mark.parametrize("step", ["outbox.attempted", "outbox.posted"])
async def test_with_a_mailbox_exactly_one_mail_is_sent(store: Store, step: str) -> None:
    async with post(store, mailbox=True) as (bot, server):
        with pytest.raises(Killed):
            await bot.process(Death(step)).drain()
        assert taken(server) == (step == "outbox.posted")
        for _ in range(4):
            bot.now.advance(minutes=1)
            await bot.process().drain()
        assert taken(server) == 1
        row = await bot.row("hello")
        assert (row.state, row.platform) == ("sent", "mail")
        assert row.external_id == str(server.read(ANA)[0]["Message-ID"])


async def test_with_a_mailbox_a_lost_answer_is_found_and_one_that_was_not_taken_is_sent(store: Store) -> None:
    async with post(store, mailbox=True) as (bot, server):
        server.on_data.extend(["break", "lose"])
        for _ in range(8):
            await bot.process().drain()
            bot.now.advance(minutes=1)
        assert (taken(server), (await bot.row("hello")).state) == (1, "sent")


@pytest.mark.parametrize("lost", [True, False])
async def test_without_a_mailbox_none_is_repeated(store: Store, *, lost: bool) -> None:
    async with post(store, mailbox=False) as (bot, server):
        if lost:
            server.on_data.append("lose")
            await bot.process().drain()
        else:
            with pytest.raises(Killed):
                await bot.process(Death("outbox.posted")).drain()
        for _ in range(4):
            bot.now.advance(minutes=1)
            await bot.process().drain()
        row = await bot.row("hello")
        assert (taken(server), row.state, row.error) == (1, "dead", "unknown")
        assert await bot.process().retry("hello")
        await bot.process().drain()
        assert taken(server) == 1, "nor when an administrator asks for it: nobody can tell"


async def test_greylisting_is_waited_for(store: Store) -> None:
    async with post(store, mailbox=False) as (bot, server):
        server.refused[ANA] = ["451 4.7.1 come back", "451 4.7.1 come back", "250 OK"]
        for _ in range(4):
            await bot.process().drain()
            bot.now.advance(minutes=5)
        assert (taken(server), (await bot.row("hello")).state) == (1, "sent")
