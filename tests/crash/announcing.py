"""What comms does while the bot dies: announcements go out to everybody, by chat and by mail; some are recalled.

They stand signed in the bot's database, as the sign-off leaves them; everything after that is done by people. Whoever
is in the chat must see each of them once, or not at all any more where it was recalled, and so must each mailbox.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from tests.crash.ledger import Ledger, Sight
from tests.crash.people import PATIENCE, Actor, Silent, awaited, word
from tests.crash.place import PLATFORM
from tests.crash.state import State
from tests.crash.stories import Company
from tests.servers.mail import MailServer

ADDRESSES = ("mia@acme.test", "milo@acme.test", "mona@acme.test")
"""Of people on the company's list who are in no chat yet."""

SENDER = "parvis@acme.test"
SECRETS = {"PARVIS_MAIL_MAILBOX_PASSWORD": "x"}

PAUSED = 0.3
"""Of all announcements, so many are paused on their way, and so many are recalled."""
AT_LEAST = 2
"""Announcements of a batch. The second one is always recalled."""
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

    async def begins(self) -> None:
        """Whoever is in no chat is on the company's list, before anything is sent."""
        await self.state.lists(ADDRESSES)

    async def goes_on(self) -> None:
        """Send one after the other, until the bot is left in peace, and the last one is over. Raises Silent."""
        for turn in count(1):
            await self._sends(recalled=turn == AT_LEAST or (turn > AT_LEAST and self.random.random() < PAUSED))
            if self.company.peace.since is not None and turn >= AT_LEAST:
                return

    async def _sends(self, *, recalled: bool) -> None:
        title = word(self.random)
        accounts = [each.human.external for each in self._readers]
        number = await self.state.announces(title, accounts, ADDRESSES)
        expects(self.company.ledger, title, number, self._owner, self._readers, recalled=recalled)
        self.sent.append(title)
        await follows(self.company, self.state, self._owner, self.random, number, recalled=recalled)
        if not recalled:
            await read_by(self.company, self._readers, title)

    def mailed(self) -> dict[str, list[Sight]]:
        """Mailbox -> what stands in it."""
        return {
            address: [
                Sight(f"{each['Subject']}\n{each.get_body(('plain',)).get_content()}", str(each["Message-ID"]))  # type: ignore[union-attr]
                for each in self.post.read(address)
            ]
            for address in ADDRESSES
        }


def expects(ledger: Ledger, title: str, number: int, owner: Actor, readers: Sequence[Actor], *, recalled: bool) -> None:
    """What everybody has of an announcement in the end: one copy; where it was recalled none, but for mail.

    Its owner is told that all of it is taken back only when nobody has it in front of them.
    """
    for each in readers:
        if not recalled:
            ledger.once(each.name, f"announcement {title}", rf"^{title}\n")
    for address in ADDRESSES:
        (ledger.perhaps if recalled else ledger.once)(address, f"mail {title}", rf"^{title}\n")
    about = rf"nnouncement {number}\b"
    if recalled:
        gone = rf"{about}.*recalled(?!.*(being taken back|cannot be taken back from \d+ \w+ by {PLATFORM}))"
        ledger.between(owner.name, f"the report that {title} is gone", gone, lambda: 1, lambda: 10_000, anyhow=True)
    ledger.between(owner.name, f"what is said about {title}", about, lambda: 0, lambda: 10_000, anyhow=True)


async def follows(company: Company, state: State, owner: Actor, random: Random, number: int, *, recalled: bool) -> None:
    """Go on once the first wave was sent; pause and resume some; recall some, once they have begun. Raises Silent."""
    patience, began = company.peace, time.monotonic()
    pauses = random.random() < PAUSED
    while (now := await state.announcement(number)) not in _OVER:
        if patience.is_over(began, 2 * PATIENCE):
            raise Silent(f"announcement {number} stays {now}")
        if recalled and now in {"held", "paused"}:
            people = await state.promised(number)
            await owner.says(f"!announce recall {number} {people}")
        elif now == "held":
            await owner.says(f"!announce go {number}")
        elif now == "paused":
            await owner.says(f"!announce resume {number}")
        elif pauses and now == "sending":
            pauses = False
            await owner.says(f"!announce pause {number}")
        await asyncio.sleep(_LOOK * random.uniform(0.5, 2.0))


async def read_by(company: Company, readers: Sequence[Actor], title: str) -> None:
    """Wait until all of them see it. Raises Silent."""
    for each in readers:
        await awaited(
            lambda who=each: who.sees(rf"^{title}\n"),  # type: ignore[misc]
            f"{each.name} never saw {title}",
            company.place,
            company.peace,
        )
