"""A mail server for tests: real SMTP (aiosmtpd) with TLS, passwords and refusals, and its mailboxes by IMAP.

The IMAP half speaks what clients of one mailbox use (RFC 3501: LOGIN, SELECT, EXAMINE, UID SEARCH, FETCH and STORE,
EXPUNGE, LOGOUT): the servers to be found as packages have not been kept up for years.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

TLS = Path(__file__).parent / "tls"
VALIDITY = "7"
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')
# As Postfix writes it (bounce(8)).
_REPORT = """\
Date: {at}
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {sender}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="9D1.1764000000/mx.example.org"

This is a MIME-encapsulated message.

--9D1.1764000000/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered to one or more recipients.

--9D1.1764000000/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Sender: rfc822; {sender}

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {code}
Diagnostic-Code: smtp; 550 {code} no such user

--9D1.1764000000/mx.example.org
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{headers}

--9D1.1764000000/mx.example.org--
"""


@dataclass
class Kept:
    """A message in a mailbox."""

    uid: int
    content: bytes
    at: datetime
    deleted: bool = False

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.content, policy=default)
        assert isinstance(found, EmailMessage)
        return found


@dataclass
class MailServer:
    """What tests ask of it.

    boxes: address -> what arrived. users: who may sign in -> password; nobody need without any. refused: address -> the
    answers to the next attempts to name it as a recipient, the last of them for ever. bouncing: addresses taken, and
    returned later. on_data: what happens to the next messages: "lose" (taken, and the connection ends before the
    answer), "break" (it ends before it is taken), or an answer instead. senders: who may send, all where it is empty.
    now: of what arrives. handed: recipients of what was taken, in order. late: what arrives does so only when told.
    """

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    secure: bool = False
    users: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[str, list[str]] = field(default_factory=dict)
    bouncing: set[str] = field(default_factory=set)
    on_data: deque[str] = field(default_factory=deque)
    senders: set[str] = field(default_factory=set)
    handed: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    imap_port: int = 0
    _lines: set[asyncio.Transport] = field(default_factory=set)

    # ------------------------------------------------------------ what tests look at

    def read(self, address: str) -> list[EmailMessage]:
        """What somebody finds in their mailbox."""
        return [each.message for each in self.boxes[address] if not each.deleted]

    def deliver(self, address: str, content: bytes) -> None:
        """Put a message into a mailbox."""
        box = self.boxes[address]
        box.append(Kept(len(box) + 1, content, self.now()))

    def bounce(self, sender: str, content: bytes, recipient: str, code: str = "5.1.1", action: str = "failed") -> None:
        """Return a message to its sender, as RFC 3464 has it."""
        headers = content.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode()
        report = _REPORT.format(
            at=format_datetime(self.now()),
            sender=sender,
            recipient=recipient,
            code=code,
            action=action,
            headers=headers,
        )
        self.deliver(sender, report.encode())

    # ------------------------------------------------------------ SMTP, as aiosmtpd calls it

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.senders and address not in self.senders:
            return "550 5.7.1 not your address"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if answers := self.refused.get(address):
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if not answer.startswith("2"):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        what = self.on_data.popleft() if self.on_data else ""
        if what not in {"", "lose"}:
            _end(server, what)
            return what if what != "break" else "451 ended"
        content = envelope.original_content or b""
        for address in envelope.rcpt_tos:
            self.handed.append(address)
            if address in self.bouncing:
                self.bounce(str(envelope.mail_from), content, address)
            else:
                self.deliver(address, content)
        _end(server, what)
        return "250 OK"

    def _authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and self.users.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=good, handled=False)

    def protocol(self, context: ssl.SSLContext | None) -> SMTP:
        self.connections += 1
        how: dict[str, Any] = {"tls_context": context, "require_starttls": True} if context else {}
        if self.users:
            how |= {"authenticator": self._authenticate, "auth_required": True, "auth_require_tls": bool(context)}
        return SMTP(self, hostname="mx.example.org", **how)

    # ------------------------------------------------------------ IMAP

    async def imap(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client."""
        client = _Client(self, writer)
        client.says("* OK ready")
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while not client.over and (line := await reader.readline()):
                client.hears(line.decode().rstrip("\r\n"))
                await writer.drain()
        writer.close()


def _end(server: SMTP, what: str) -> None:
    if what in {"lose", "break"} and server.transport is not None:
        server.transport.close()


@dataclass
class _Client:
    server: MailServer
    writer: asyncio.StreamWriter
    box: list[Kept] = field(default_factory=list)
    user: str = ""
    over: bool = False

    def says(self, line: str) -> None:
        self.writer.write(line.encode() + b"\r\n")

    def hears(self, line: str) -> None:
        tag, _, rest = line.partition(" ")
        word, _, rest = rest.partition(" ")
        if word.upper() == "UID":
            word, _, rest = rest.partition(" ")
        known: Mapping[str, Callable[[str], str]] = {
            "CAPABILITY": self._capability, "LOGIN": self._login, "SELECT": self._select, "EXAMINE": self._select,
            "SEARCH": self._search, "FETCH": self._fetch, "STORE": self._store, "EXPUNGE": self._expunge,
            "LOGOUT": self._logout,
        }  # fmt: skip
        act = known.get(word.upper())
        self.says(f"{tag} {act(rest) if act else 'BAD unknown'} (done)")

    def _capability(self, _rest: str) -> str:
        self.says("* CAPABILITY IMAP4rev1")
        return "OK"

    def _login(self, rest: str) -> str:
        user, password = _words(rest)[:2]
        if self.server.users and self.server.users.get(user) != password:
            return "NO wrong"
        self.user = user
        return "OK"

    def _select(self, rest: str) -> str:
        if _words(rest)[0] != "INBOX":
            return "NO no such folder"
        self.box = self.server.boxes[self.user]
        self.says(f"* {len(self.box)} EXISTS")
        self.says(f"* OK [UIDVALIDITY {VALIDITY}] valid")
        return "OK"

    def _search(self, rest: str) -> str:
        words = _words(rest)
        found = [each for each in self.box if not each.deleted]
        while words:
            word = words.pop(0).upper()
            if word == "HEADER":
                name, value = words.pop(0), words.pop(0)
                found = [each for each in found if value.lower() in str(each.message.get(name, "")).lower()]
            elif word == "BEFORE":
                day = datetime.strptime(words.pop(0), "%d-%b-%Y").replace(tzinfo=UTC)
                found = [each for each in found if each.at.date() < day.date()]
            elif word == "UID":
                first = int(words.pop(0).partition(":")[0])
                # "*" is the last message, whatever its number (RFC 3501, 9, seq-range).
                found = [each for each in found if each.uid >= first] or found[-1:]
        self.says(" ".join(["* SEARCH", *(str(each.uid) for each in found)]))
        return "OK"

    def _fetch(self, rest: str) -> str:
        which, _, what = rest.partition(" ")
        for place, each in enumerate(self.box, 1):
            if str(each.uid) not in which.split(","):
                continue
            content = each.content
            if header := re.search(r"HEADER\.FIELDS \((\S+)\)", what):
                value = each.message.get(header[1])
                content = f"{header[1]}: {value}\r\n\r\n".encode() if value is not None else b"\r\n"
            self.writer.write(f"* {place} FETCH (UID {each.uid} BODY[] {{{len(content)}}}\r\n".encode())
            self.writer.write(content + b")\r\n")
        return "OK"

    def _store(self, rest: str) -> str:
        for each in self.box:
            each.deleted = each.deleted or str(each.uid) in rest.partition(" ")[0].split(",")
        return "OK"

    def _expunge(self, _rest: str) -> str:
        return "OK"

    def _logout(self, _rest: str) -> str:
        self.over = True
        self.says("* BYE")
        return "OK"


def _words(rest: str) -> list[str]:
    return [quoted if quoted or not plain else plain for quoted, plain in _QUOTED.findall(rest)]


@asynccontextmanager
async def mail_server(*, secure: bool = False, **how: Any) -> AsyncIterator[MailServer]:
    """A server that listens. secure: SMTP asks for STARTTLS, and IMAP speaks TLS; both as 127.0.0.1."""
    server = MailServer(secure=secure, **how)
    context = None
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(TLS / "server.pem", TLS / "server.key")
    loop = asyncio.get_running_loop()
    smtp = await loop.create_server(lambda: server.protocol(context), "127.0.0.1", 0)
    imap = await asyncio.start_server(server.imap, "127.0.0.1", 0, ssl=context)
    server.port, server.imap_port = (each.sockets[0].getsockname()[1] for each in (smtp, imap))
    try:
        yield server
    finally:
        smtp.close()
        imap.close()
