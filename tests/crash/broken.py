"""`parvis run` by a bot without one of its guards: proof that the suite here sees what that guard is for.

    python -m tests.crash.broken PART run --config FILE

Each part stands for one promise of the design, and is taken out by a subclass or a wrapper around a whole part of the
bot; everything else is as it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from typing import Any, cast

from sqlalchemy import Update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.chat import Door, Event, Message, Platform
from bot.outbox.hand import Hand
from storage.campaigns import Campaign
from storage.database import Store
from storage.events import Recorded
from tests.crash.hasty import Checkpoint, HastyApp, serve

TORN = "torn"
"""The named step between two commits that should be one."""


class Around:
    """A platform with something changed. What is not written here is the platform's own."""

    def __init__(self, platform: Platform, checkpoint: Checkpoint) -> None:
        self._platform = platform
        self._checkpoint = checkpoint
        self._serial = count()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._platform, name)

    def _fresh(self, name: str) -> str:
        return f"{name}:{os.getpid()}:{next(self._serial)}"


class Forgetful(Around):
    """Without the unique key of events: what comes twice is another event."""

    async def run(self, door: Door) -> None:
        fresh = self._fresh

        class Outside(_Outside):
            async def record(self, event: Event) -> None:
                await self._door.record(event.model_copy(update={"key": fresh(event.key)}))

        await self._platform.run(cast("Door", Outside(door)))


class Torn(Around):
    """Without the single commit of what was heard and how far: the position is kept first, and the events later."""

    async def run(self, door: Door) -> None:
        checkpoint = self._checkpoint

        class Outside(_Outside):
            async def advance(
                self, platform: str, events: Sequence[Event], position: str, things: Mapping[str, bytes | None] | None
            ) -> None:
                await self._door.advance(platform, (), position, things)
                if events:
                    checkpoint(TORN)
                await self._door.advance(platform, events, position, None)

        await self._platform.run(cast("Door", Outside(door)))


class Unasking(Around):
    """Without the look-up after a crash."""

    async def find(self, *_: Any, **__: Any) -> None:
        """Nothing, whatever was said."""


class Unlooked(Unasking):
    """Without the look-up after a crash, which comes where it is needed: what was said is not written down."""

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        """Say it, and die."""
        posted = await self._platform.post(room, message, name=name, reply_to=reply_to)
        self._checkpoint(TORN)
        return posted


class Nameless(Unasking):
    """Without the look-up, and without the name that a homeserver knows a message by when it comes again."""

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        """Say it, whether it was said or not."""
        return await self._platform.post(room, message, name=self._fresh(name), reply_to=reply_to)


class _Outside:
    """A door with something changed."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def __getattr__(self, name: str) -> Any:
        return getattr(self._door, name)


# ---------------------------------------------------------------- the app's own parts


class _TornSession(AsyncSession):
    """Commits what is written of one table by itself, before what belongs with it."""

    checkpoint: Checkpoint
    after: str

    async def exec(self, statement: Any, **how: Any) -> Any:
        result = await super().exec(statement, **how)
        if isinstance(statement, Update) and str(statement.table) == self.after:
            await self.commit()
            self.checkpoint(TORN)
        return result


class _TornStore(Store):
    """Without one transaction around all that handling does. after: the table that it is torn after."""

    checkpoint: Checkpoint
    after: str

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        async with _TornSession(engine, expire_on_commit=False) as session:
            session.checkpoint, session.after = self.checkpoint, self.after
            yield session
            await session.commit()


class TornApp(HastyApp):
    """Without the single commit of an event's mark and its effects."""

    after = Recorded.__tablename__

    def __init__(self, config: Any, store: Store, platforms: Any, now: Any, checkpoint: Checkpoint, **how: Any) -> None:
        super().__init__(config, store, platforms, now, checkpoint, **how)
        torn = _TornStore(store._writing, store._reading)
        torn.checkpoint, torn.after = checkpoint, str(self.after)
        self.dispatcher.parts = replace(self.parts, store=torn)


class HalfMovedApp(TornApp):
    """Without the single commit of day zero and of all that counts from it."""

    after = Campaign.__tablename__


class _Patient(Around):
    """A platform whose calls may come as late as they like."""

    @property
    def pace(self) -> Any:
        return replace(self._platform.pace, timeout=10_000.0)


class UnfencedApp(App):
    """Without fencing: who has claimed something says it, whoever has the duty by then, and however late it is."""

    def __init__(self, config: Any, store: Store, platforms: Any, now: Any, checkpoint: Checkpoint, **how: Any) -> None:
        super().__init__(config, store, platforms, now, checkpoint, **how)
        for sender in self.outbox._senders.values():
            hand = sender._hand
            patient = cast("Platform", _Patient(sender._platform, checkpoint))
            sender._hand = Hand(patient, hand._caller, now, lambda _token: True, sender._news)


PLATFORMS: Mapping[str, type[Around]] = {
    "keys": Forgetful,
    "look-up": Unasking,
    "look-up-and-names": Nameless,
    "position-in-one-commit": Torn,
    "look-up-of-mail": Unlooked,
}
KINDS: Mapping[str, str] = {"look-up-of-mail": "mail"}
"""Parts that platforms of one kind alone lack."""

APPS: Mapping[str, type[App]] = {
    "mark-in-one-commit": TornApp,
    "fencing": UnfencedApp,
    "look-up-of-mail": HastyApp,
    "day-zero-in-one-commit": HalfMovedApp,
}


def command(part: str) -> Sequence[str]:
    """What runs a bot without this part."""
    return (sys.executable, "-m", "tests.crash.broken", part)


def main() -> int:
    """The command: PART run --config FILE."""
    part = sys.argv[1]

    def wrap(kind: str, platform: Platform, checkpoint: Checkpoint) -> Platform:
        if part not in PLATFORMS or kind != KINDS.get(part, kind):
            return platform
        return cast("Platform", PLATFORMS[part](platform, checkpoint))

    return serve(APPS.get(part, App), wrap)


if __name__ == "__main__":
    sys.exit(main())
