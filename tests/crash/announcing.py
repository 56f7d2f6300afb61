"""What comms does while the bot dies: announcements go out to everybody, by chat and by mail; some are recalled.

They stand signed in the bot's database, as the sign-off leaves them; everything after that is done by people. Whoever
is in the chat must see each of them once, or not at all any more where it was recalled, and so must each mailbox.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from tests.crash.ledger import Sight
from tests.crash.people import PATIENCE, Actor, Silent, awaited, word
from tests.crash.state import State
from tests.crash.stories import Company
from tests.servers.mail import MailServer

ADDRESSES = ("mia@acme.test", "milo@acme.test", "mona@acme.test")
"""Of people on the company's list who are in no chat yet."""

SENDER = "parvis@acme.test"
SECRETS = {"PARVIS_MAIL_MAILBOX_PASSWORD": "x"}

PAUSED = 0.3
"""Of all announcements, so many are paused on their way, and so many are recalled."""
_LOOK = 1.0
_OVER = frozenset({"sent", "recalled"})


def mail_settings(post: MailServer) -> dict[str, Any]:
    """The table of the mail platform, with a mailbox of the bot's own: there it looks whether a mail went out."""
    return {
        "kind": "mail", "host": "127.0.0.1", "port": post.port, "tls": "none", "sender": SENDER,
        "mailbox": "127.0.0.1", "mailbox_port": post.imap_port, "mailbox_tls": "none", "mailbox_user": SENDER,
        "look_every": 1.0, "copy_delay": 1.0,
    }  # fmt: skip


@dataclass
class Announcing:
    """One who looks after communication, and all that they send."""

    company: Company
    state: State
    post: MailServer
    random: Random
    sent: list[str] = field(default_factory=list)

    @property
    def _owner(self) -> Actor:
        return self.company.animators[0]

    @property
    def _readers(self) -> list[Actor]:
        return [*self.company.animators, *self.company.employees]

    async def goes_on(self) -> None:
        """Send one after the other, until the bot is left in peace, and the last one is over. Raises Silent."""
        for _ in count():
            await self._sends()
            if self.company.peace.since is not None:
                return

    async def _sends(self) -> None:
        title, recalled = word(self.random), self.random.random() < PAUSED
        accounts = [each.human.external for each in self._readers]
        number = await self.state.announces(title, accounts, ADDRESSES)
        self._expects(title, number, recalled=recalled)
        self.sent.append(title)
        await self._follows(number, recalled=recalled)
        if not recalled:
            for each in self._readers:
                await awaited(
                    lambda who=each: who.sees(rf"^{title}\n"),  # type: ignore[misc]
                    f"{each.name} never saw {title}",
                    self.company.place,
                    self.company.peace,
                )

    def _expects(self, title: str, number: int, *, recalled: bool) -> None:
        ledger = self.company.ledger
        for each in self._readers:
            if not recalled:
                ledger.once(each.name, f"announcement {title}", rf"^{title}\n")
        for address in ADDRESSES:
            (ledger.perhaps if recalled else ledger.once)(address, f"mail {title}", rf"^{title}\n")
        about = rf"nnouncement {number}\b"
        ledger.between(self._owner.name, f"what is said about {title}", about, lambda: 0, lambda: 10_000, anyhow=True)

    async def _follows(self, number: int, *, recalled: bool) -> None:
        """Go on once the first wave was sent; pause and resume some; recall some, once they have begun."""
        patience, began = self.company.peace, asyncio.get_running_loop().time()
        pauses = self.random.random() < PAUSED
        while (state := await self.state.announcement(number)) not in _OVER:
            if patience.is_over(began, 2 * PATIENCE):
                raise Silent(f"announcement {number} stays {state}")
            if recalled and state in {"held", "paused"}:
                people = await self.state.promised(number)
                await self._owner.says(f"!announce recall {number} {people}")
            elif state == "held":
                await self._owner.says(f"!announce go {number}")
            elif state == "paused":
                await self._owner.says(f"!announce resume {number}")
            elif pauses and state == "sending":
                pauses = False
                await self._owner.says(f"!announce pause {number}")
            await asyncio.sleep(_LOOK * self.random.uniform(0.5, 2.0))

    def mailed(self) -> dict[str, list[Sight]]:
        """Mailbox -> what stands in it."""
        return {
            address: [
                Sight(f"{each['Subject']}\n{each.get_body(('plain',)).get_content()}", str(each["Message-ID"]))  # type: ignore[union-attr]
                for each in self.post.read(address)
            ]
            for address in ADDRESSES
        }
