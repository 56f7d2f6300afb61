"""The tests' Slack workspace, which refuses what comes too fast, on a clock that runs faster than life."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert

from bench import hurried
from bot.attention import Attention, Limits
from bot.calendar import WorkingTime
from bot.nudge import Priority, To
from bot.outbox.planning import Plan
from bot.say import say
from storage.database import Store
from storage.people import Account, Person
from tests.servers.slack.clock import Clock
from tests.servers.slack.server import SlackServer
from tests.servers.slack.state import BOT_USER_ID

PER_MINUTE = 600
"""Messages that the workspace takes in a minute."""


@dataclass
class Workspace:
    """A workspace, and how fast its clock runs since `origin` (seconds since 1970)."""

    server: SlackServer
    speed: float
    origin: float

    @property
    def settings(self) -> str:
        """The platform's table."""
        return f'kind = "slack"\napi_url = "{self.server.api_url}"'

    @property
    def secrets(self) -> dict[str, str]:
        """What the environment tells the bot."""
        return {
            "BOT_TOKEN": self.server.bot_token,
            "APP_TOKEN": self.server.app_token,
            hurried.SPEED: str(self.speed),
            hurried.ORIGIN: repr(self.origin),
        }

    def now(self) -> datetime:
        """Its clock."""
        return datetime.fromtimestamp(self.server.clock.now(), UTC)

    def people(self, number: int, *, met: int) -> list[tuple[str, str]]:
        """Let people come; (account, direct room with the bot or "" where it never met them). met: how many it did."""
        found = []
        for each in range(number):
            user = self.server.workspace.add_user(f"person{each}")
            room = ""
            # Spread evenly: some of those met, then one who was not.
            if (each + 1) * met // number > each * met // number:
                members = [BOT_USER_ID, user.id]
                room = self.server.workspace.add_channel("", creator=BOT_USER_ID, kind="im", members=members).id
            found.append((user.id, room))
        return found

    def told(self) -> list[tuple[float, str]]:
        """(when by its clock, text) of each direct message of the bot, in their order."""
        return sorted(
            (float(message["ts"]), str(message["text"]))
            for channel in self.server.workspace.channels.values()
            if channel.kind == "im"
            for message in channel.messages.values()
            if message["user"] == BOT_USER_ID
        )

    def refused(self) -> Counter[str]:
        """How often it had to say that it was too fast, by method."""
        return Counter(method for method, _, answer in self.server.calls if answer.get("error") == "ratelimited")


@asynccontextmanager
async def workspace(speed: float, per_minute: int = PER_MINUTE) -> AsyncIterator[Workspace]:
    """An empty one. speed: seconds on its clock in one of ours."""
    origin = time.time()
    async with SlackServer(limits="on", clock=Clock(hurried.clock(origin, speed))) as server:
        server.limits.posts_per_minute = per_minute
        yield Workspace(server, speed, origin)


async def promised(url: str, people: list[tuple[str, str]], now: datetime) -> None:
    """A database that knows these people, in which a message to each of them waits. now: on the workspace's clock."""
    store = await Store.open(url)
    attention = Attention([], WorkingTime(), Limits())
    async with store.write() as session:
        connection = await session.connection()
        ids = range(1, len(people) + 1)
        # The database is empty: it counts them in this order.
        rows = [Person(name=f"Person {id_}", created_at=now, greeted_at=now) for id_ in ids]
        await connection.execute(insert(Person), [row.model_dump(exclude={"id"}) for row in rows])
        accounts = [
            Account(
                person_id=id_, platform="acme", external_id=account, direct_room=room, checked_at=now, created_at=now
            ).model_dump(exclude={"id"})
            for id_, (account, room) in zip(ids, people, strict=True)
        ]
        await connection.execute(insert(Account), accounts)
    for first in range(1, len(people) + 1, 500):
        async with store.write() as session:
            await _tell(Plan(session, now, attention), range(first, min(first + 500, len(people) + 1)))
    await store.close()


async def _tell(plan: Plan, people: range) -> None:
    for id_ in people:
        text = say("plain", text=f"Message {id_}")
        await plan.tell(
            To(person=id_, platform="acme"), text, name=f"bench:{id_}", kind="answer",
            priority=Priority.ANNOUNCEMENT, language="en",
        )  # fmt: skip
