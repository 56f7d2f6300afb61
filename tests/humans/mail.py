"""A person who reads their mail, and does with it what mail programs let them do."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage

import aiohttp

from tests.humans import PATIENCE, eventually
from tests.servers.mail import MailServer


@dataclass(frozen=True)
class Reader:
    """Who has a mailbox."""

    address: str
    server: MailServer

    def inbox(self) -> list[EmailMessage]:
        """What they find in it."""
        return self.server.read(self.address)

    def reads(self) -> list[str]:
        """The subjects and the words of all that they got."""
        return [f"{each['Subject']}\n{text_of(each)}" for each in self.inbox()]

    async def is_told(self, text: str, within: float = PATIENCE) -> str:
        """Wait until something contains it."""

        async def there() -> bool:
            return any(text in each for each in self.reads())

        await eventually(there, f"{self.address} gets no {text!r} but {self.reads()}", within)
        return next(each for each in self.reads() if text in each)

    async def unsubscribes(self, text: str) -> int:
        """Take "unsubscribe" where their program offers it (RFC 8058, section 3.2); the status that it got."""
        mail = next(each for each in self.inbox() if text in text_of(each))
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        url = str(mail["List-Unsubscribe"]).strip("<>")
        async with aiohttp.ClientSession() as http, http.post(url, data={"List-Unsubscribe": "One-Click"}) as answer:
            return answer.status


def text_of(mail: EmailMessage) -> str:
    """The words of a mail, as who reads no HTML sees them."""
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def html_of(mail: EmailMessage) -> str:
    """The same as most see it."""
    body = mail.get_body(("html",))
    return str(body.get_content()) if body is not None else ""
