"""What the bot says by e-mail arrives as it was meant, once, and what the server answers is understood."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from adapters.mail.platform import MailPlatform
from adapters.mail.render import message_id
from adapters.mail.settings import Mail
from bot.chat import (
    Choice,
    Deferred,
    Event,
    LockedOut,
    Message,
    NotAllowed,
    NotFound,
    Paced,
    Part,
    Picture,
    Undelivered,
    Unknown,
    Unreachable,
    WebRequest,
    plain,
)
from bot.markdown import read
from tests.humans import eventually
from tests.humans.mail import Reader, html_of, text_of
from tests.servers.mail import TLS, MailServer, mail_server

ANA, SENDER = "ana@example.org", "parvis@example.org"
PASSWORD = "correct horse"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HELLO = Message(parts=(Part(kind="title", text="Bonjour"), Part(text="Voilà un mot.")))


def settings(server: MailServer, **more: Any) -> Mail:
    given: dict[str, Any] = {"kind": "mail", "host": "127.0.0.1", "port": server.port, "tls": "none", "sender": SENDER}
    if server.secure:
        given |= {"tls": "starttls", "ca_file": str(TLS / "authority.pem"), "mailbox_tls": "tls"}
    return Mail.model_validate(given | more)


def boxed(server: MailServer, **more: Any) -> Mail:
    """With a mailbox for copies."""
    given = {"mailbox": "127.0.0.1", "mailbox_port": server.imap_port, "mailbox_user": SENDER, "look_every": 0.02}
    tls = {} if server.secure else {"mailbox_tls": "none"}
    return settings(server, **given, **tls, mailbox_password=PASSWORD, **more)


@asynccontextmanager
async def platform(how: Mail, at: datetime = NOW) -> AsyncIterator[MailPlatform]:
    made = MailPlatform("mail", how, lambda: at)
    try:
        yield made
    finally:
        await made.close()


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server(now=lambda: NOW) as found:
        yield found


# ---------------------------------------------------------------- what arrives


async def test_a_message_arrives_as_text_and_as_html_and_nothing_that_people_wrote_is_markup(
    server: MailServer,
) -> None:
    parts = (
        Part(kind="title", text="Réunion <b>demain</b>\nà 9 h"),
        Part(text="<script>alert(1)</script> & @room"),
        Part(kind="item", text="un"),
        Part(kind="item", text="deux"),
        Part(kind="fact", label="Où", text="ici"),
        Part(kind="link", text="La page", url="https://parvis.example.org/x?a=1&b=2"),
    )
    choices = (Choice(label="Oui", action="a", typed="community approve 12"), Choice(label="Non", action="b"))
    picture = Picture(data=b"\x89PNG", alt="Une courbe", name="courbe.png")
    async with platform(settings(server, reply_to="comms@example.org", sender_name="Parvis, l’outil")) as mail:
        sent = await mail.post(ANA, Message(parts=parts, choices=choices, picture=picture), name="word:1")
    [found] = server.read(ANA)
    assert found["Message-ID"] == sent == message_id("word:1", SENDER)
    assert (found["Subject"], found["Reply-To"]) == ("Réunion <b>demain</b> à 9 h", "comms@example.org")
    assert found["From"].addresses[0].display_name == "Parvis, l’outil"
    assert (found["Auto-Submitted"], found["Precedence"]) == ("auto-generated", "bulk")
    assert found["List-Unsubscribe"] is None, "what does not come unasked is not to be ended"
    text, html = text_of(found), html_of(found)
    assert "<script>alert(1)</script> & @room" in text
    assert "1. Oui: community approve 12" in text
    assert "Non" not in text, "nothing can be pressed in a mail"
    assert "Une courbe" in text
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<ul><li>un</li><li>deux</li></ul>" in html
    assert 'href="https://parvis.example.org/x?a=1&amp;b=2"' in html
    images = [part for part in found.walk() if part.get_content_type() == "image/png"]
    assert [part["Content-ID"] for part in images] == ["<picture>"]
    assert 'src="cid:picture" alt="Une courbe"' in html


async def test_a_text_with_headings_lists_and_links_is_read_with_and_without_html(server: MailServer) -> None:
    words = (
        "**Salut** @room\n\n## Où\n\n- [le plan](https://x.example/a?b=1&c=2)\n- <script>\n\n> cité\n\n"
        + "mot " * 2_000
    )
    blocks = read(words).blocks
    rich = Part(kind="rich", text=plain(blocks), rich=blocks)
    async with platform(settings(server)) as mail:
        await mail.post(ANA, Message(parts=(Part(kind="title", text="Lundi"), rich)), name="word:1")
    (found,) = server.read(ANA)
    text, html = text_of(found).replace("\r\n", "\n"), html_of(found)
    assert "Salut @room\n\nOù\n\n• le plan (https://x.example/a?b=1&c=2)\n• <script>\n\n> cité\n" in text
    assert "<strong>Salut</strong> @room" in html
    assert '<ul><li><a href="https://x.example/a?b=1&amp;c=2">le plan</a></li><li>&lt;script&gt;</li></ul>' in html
    assert (text.count("mot"), html.count("mot")) == (2_000, 2_000)
    raw = server.boxes[ANA][0].content
    assert max(map(len, raw.splitlines())) <= 998


async def test_what_is_optional_can_be_ended_with_one_press_however_long_the_address_is(server: MailServer) -> None:
    url = "https://parvis.example.org/stop/" + "x" * 400
    async with platform(settings(server)) as mail:
        await mail.post(ANA, HELLO.model_copy(update={"stop": url}), name="word:1")
    raw = server.boxes[ANA][0].content.decode()
    assert f"List-Unsubscribe: <{url}>\r\n" in raw, "in one line, and never as an encoded word"
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


async def test_passwords_cross_an_encrypted_line_and_one_connection_serves_many() -> None:
    async with mail_server(secure=True, users={"parvis": PASSWORD}) as server:
        async with platform(settings(server, user="parvis", password=PASSWORD)) as mail:
            for number in range(3):
                await mail.post(ANA, HELLO, name=f"word:{number}")
            assert (len(server.read(ANA)), server.connections) == (3, 1)
        async with platform(settings(server, user="parvis", password="wrong")) as mail:
            with pytest.raises(LockedOut, match="smtp_535"):
                await mail.post(ANA, HELLO, name="word:9")


def test_nothing_crosses_a_network_in_the_clear() -> None:
    given = {"kind": "mail", "host": "smtp.example.org", "sender": SENDER, "tls": "none"}
    with pytest.raises(ValidationError):
        Mail.model_validate(given)
    assert Mail.model_validate(given | {"host": "localhost"}).tls == "none"


# ---------------------------------------------------------------- what the server answers


REFUSALS = [
    ("451 4.7.1 greylisted", Deferred, "smtp_451"),
    ("550 5.1.1 nobody", NotFound, "smtp_550"),
    ("550 5.7.1 not from you", NotAllowed, "smtp_550"),
    ("552 5.2.2 full", NotAllowed, "smtp_552"),
    ("530 5.7.0 sign in", LockedOut, "smtp_530"),
]


@pytest.mark.parametrize(("answer", "error", "code"), REFUSALS)
async def test_a_refused_recipient_gets_nothing_and_so_does_the_mailbox(
    server: MailServer, answer: str, error: type[Exception], code: str
) -> None:
    server.refused[ANA] = [answer]
    async with platform(boxed(server)) as mail:
        with pytest.raises(error, match=code):
            await mail.post(ANA, HELLO, name="word:1")
        assert not server.handed, "a copy alone would tell that it was sent"
        await mail.post("bob@example.org", HELLO, name="word:2")
    assert server.handed == ["bob@example.org", SENDER]


async def test_what_the_server_says_at_the_end_counts(server: MailServer) -> None:
    async with platform(settings(server)) as mail:
        server.on_data.extend(["451 4.3.0 later", "554 5.6.0 not like this", "lose"])
        with pytest.raises(Deferred):
            await mail.post(ANA, HELLO, name="word:1")
        with pytest.raises(NotAllowed):
            await mail.post(ANA, HELLO, name="word:1")
        with pytest.raises(Unreachable) as lost:
            await mail.post(ANA, HELLO, name="word:1")
        assert not lost.value.undone, "nobody knows"
    assert len(server.read(ANA)) == 1


async def test_a_server_that_is_away_took_nothing_and_one_that_refuses_the_copy_is_to_be_repaired() -> None:
    async with mail_server() as server:
        server.refused[SENDER] = ["550 5.1.1 no such box"]
        async with platform(boxed(server)) as mail:
            with pytest.raises(LockedOut, match="copy_550"):
                await mail.post(ANA, HELLO, name="word:1")
        assert not server.handed
        away = settings(server)
    async with platform(away) as mail:
        with pytest.raises(Unreachable) as gone:
            await mail.post(ANA, HELLO, name="word:1")
        assert gone.value.undone


async def test_what_mail_does_not_have_is_refused(server: MailServer) -> None:
    async with platform(settings(server)) as mail:
        for call in (mail.edit(ANA, "<1@x>", HELLO, name="e"), mail.delete(ANA, "<1@x>", name="d"), mail.pin(ANA, "x")):
            with pytest.raises(NotAllowed):
                await call
        assert [each async for each in mail.people()] == []
        assert await mail.direct(ANA) == ANA


# ---------------------------------------------------------------- looking for it


async def test_a_message_whose_answer_was_lost_is_found_by_its_copy(server: MailServer) -> None:
    async with platform(boxed(server)) as mail:
        server.on_data.append("lose")
        with pytest.raises(Unreachable):
            await mail.post(ANA, HELLO, name="word:1")
        assert await mail.find(ANA, "word:1", NOW) == message_id("word:1", SENDER)
        with pytest.raises(Paced) as waits:
            await mail.find(ANA, "word:2", NOW - timedelta(seconds=50))
        assert waits.value.retry_after == 70, "its copy may be on its way"
        assert await mail.find(ANA, "word:2", NOW - timedelta(seconds=120)) is None


async def test_without_a_mailbox_nobody_can_tell(server: MailServer) -> None:
    async with platform(settings(server)) as mail:
        with pytest.raises(Unknown):
            await mail.find(ANA, "word:1", NOW)


# ---------------------------------------------------------------- what comes back


class Hall:
    """A door that keeps what is handed in."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.at = ""
        self.hooks: dict[str, Any] = {}

    async def record(self, event: Event) -> None:
        self.events.append(event)

    async def position(self, _platform: str) -> str:
        return self.at

    async def advance(self, _platform: str, events: list[Event], position: str, things: object = None) -> None:
        assert things is None
        self.events += events
        self.at = position

    def serve(self, path: str, hook: Any) -> None:
        self.hooks[path] = hook


@asynccontextmanager
async def running(mail: MailPlatform, hall: Any) -> AsyncIterator[None]:
    task = asyncio.create_task(mail.run(hall))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_what_was_taken_and_returned_is_heard_of_once(server: MailServer) -> None:
    server.bouncing.add(ANA)
    hall = Hall()
    async with platform(boxed(server)) as mail, running(mail, hall):
        sent = await mail.post(ANA, HELLO, name="word:1")
        await mail.post("bob@example.org", HELLO, name="word:2")
        late = server.boxes["bob@example.org"][0].content
        server.bounce(SENDER, late, "bob@example.org", "4.4.1", action="delayed")
        server.deliver(SENDER, b"From: ana@example.org\r\nSubject: hello\r\n\r\nA word for nobody.")
        server.deliver(SENDER, b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/\xff")
        await eventually(lambda: _is(hall.at == "7:6"), f"looked through to {hall.at}")
    [event] = hall.events
    assert isinstance(event, Undelivered)
    assert (event.on, event.account, event.reason) == (sent, ANA, "5.1.1")
    async with platform(boxed(server)) as mail, running(mail, hall):
        await eventually(lambda: _is(mail.connected), "begins anew")
        server.bounce(SENDER, late, "bob@example.org", "5.2.1")
        await eventually(lambda: _is(len(hall.events) == 2), "goes on from where it was")


async def test_a_service_tells_of_it_with_the_token_it_was_given(server: MailServer) -> None:
    hall = Hall()
    async with platform(settings(server, bounce_token="t" * 32)) as mail, running(mail, hall):
        await eventually(lambda: _is(mail.connected), "runs")
        answer = hall.hooks["/bounces/mail"]

        async def told(body: bytes, token: str = "t" * 32) -> int:
            headers: Mapping[str, str] = {"authorization": f"Bearer {token}"}
            asked = WebRequest(method="POST", path="/bounces/mail", headers=headers, body=body)
            return int((await answer(asked)).status)

        good = b'{"message_id": "<1@example.org>", "recipient": "Ana@example.org", "code": "5.1.1"}'
        assert [await told(good, "x"), await told(b"[17]"), await told(good)] == [401, 400, 204]
    [event] = hall.events
    assert isinstance(event, Undelivered)
    assert (event.on, event.account) == ("<1@example.org>", ANA)


async def test_copies_are_removed_after_some_days_and_nothing_else_is() -> None:
    async with mail_server(now=lambda: NOW - timedelta(days=15)) as server:
        async with platform(boxed(server)) as mail:
            await mail.post(ANA, HELLO, name="word:1")
            server.deliver(SENDER, b"Subject: from somebody\r\n\r\nhello")
            async with running(mail, Hall()):
                await eventually(lambda: _is(len(server.read(SENDER)) == 1), "the old copy goes")
        assert server.read(SENDER)[0]["Subject"] == "from somebody"
        assert len(server.read(ANA)) == 1


async def test_a_password_that_is_refused_stops_the_start() -> None:
    async with mail_server(secure=True, users={"parvis": PASSWORD}) as server:
        mail = MailPlatform("mail", settings(server, user="parvis", password="wrong"), lambda: NOW)
        with pytest.raises(LockedOut):
            await mail.run(Hall())  # type: ignore[arg-type]


# ---------------------------------------------------------------- how it stands


def stands(found: Any) -> list[tuple[str, str]]:
    return [(each.code, each.state) for each in found]


async def test_an_administrator_sees_how_the_server_stands_and_nothing_is_sent() -> None:
    async with mail_server(secure=True, users={"parvis": PASSWORD, SENDER: PASSWORD}) as server:
        good = boxed(server, user="parvis", password=PASSWORD)
        async with platform(good) as mail:
            found = await mail.examine("", "https://parvis.example.org")
        assert stands(found) == [
            ("address", "fine"), ("wire", "fine"), ("credentials", "fine"), ("sender", "fine"), ("mailbox", "fine"),
            ("unsubscribing", "fine"),
        ]  # fmt: skip
        async with platform(good.model_copy(update={"ca_file": ""})) as mail:
            found = await mail.examine()
        assert (found[0].code, found[0].state, found[-1].state) == ("wire", "wrong", "warning")
        server.senders.add("other@example.org")
        wrong = settings(server, user="parvis", password=PASSWORD)
        async with platform(wrong) as mail:
            assert ("sender", "wrong") in stands(await mail.examine())
            assert ("mailbox", "warning") in stands(await mail.examine())
        async with platform(settings(server, user="parvis", password="wrong")) as mail:
            assert ("credentials", "wrong") in stands(await mail.examine())
        assert not server.handed


async def test_people_read_their_mail(server: MailServer) -> None:
    async with platform(settings(server)) as mail:
        await mail.post(ANA, HELLO, name="word:1")
    assert "Voilà" in await Reader(ANA, server).is_told("Bonjour")


async def _is(so: bool) -> bool:
    return so
