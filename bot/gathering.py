"""What nobody addressed to the bot, and is only added up: many events in one transaction, after all else.

So a burst of it keeps no answer waiting, and a row that many of them change is written once for all. What cannot be
added up together is handled one by one, like any other event.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

import structlog
from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import EVENT, Event, LockedOut, PlatformError, Profile, RateLimited, Unreachable
from bot.nudge import Overheard
from bot.outbox import Seat
from bot.parts import Parts
from storage import erased, events
from storage import people as rows
from storage.database import StoreUnavailable

log = structlog.get_logger("gathering")

MOST = 200
"""Events in one transaction: so many that it lasts no longer than that of an answer."""

IDLE = 1.0
"""Seconds between two looks at the database when nobody wakes us."""

OTHERS = timedelta(seconds=3)
"""How long an event is left to the process that recorded it, which adds it up at once unless it vanished."""

LATER = timedelta(minutes=1)
"""Until events are looked at again about whose author a platform says nothing now."""

NOBODY = timedelta(hours=1)
"""How long it is believed that somebody is no member: a program that writes all day is asked about once an hour."""

REMEMBERED = 10_000
"""Accounts that are known to be no members."""

Account = tuple[str, str]
"""A platform, and an external id on it."""


class Gathering:
    """Adds up what was overheard."""

    def __init__(
        self,
        parts: Parts,
        observe: Callable[[str, str], None] = lambda _kind, _outcome: None,
        process: str = "",
        seats: Mapping[str, Seat] = MappingProxyType({}),
    ) -> None:
        """parts: what it works with. observe, process, seats: as of `bot.intake.Intake`."""
        self._parts = parts
        self._observe = observe
        self._process = process
        self._seats = seats
        self._news = asyncio.Event()
        self._nobody: dict[Account, datetime] = {}  # who is no member -> until when that is believed
        self._stopping = False

    def wake(self) -> None:
        """There is something to be added up."""
        self._news.set()

    def stop(self) -> None:
        """Begin nothing more; `run` returns once what is in hand is done."""
        self._stopping = True
        self._news.set()

    async def run(self) -> None:
        """Add up until `stop`."""
        while not self._stopping:
            self._news.clear()
            await self._parts.store.burst.lull()
            try:
                more = await self.look()
            except StoreUnavailable as error:
                log.warning("store away", reason=str(error))
                more = False
            if more:
                continue
            try:
                async with asyncio.timeout(IDLE):
                    await self._news.wait()
            except TimeoutError:
                pass

    async def look(self) -> bool:
        """Add up what there is, so much at most; say whether there may be more. Raises StoreUnavailable."""
        now = self._parts.now()
        away = [name for name, seat in self._seats.items() if not seat.is_ours]
        async with self._parts.store.read() as session:
            found = await events.heard(session, now, MOST, process=self._process, others=now - OTHERS, away=away)
            heard, strange = _read(found)
            about = await self._about(session, heard.values())
            unknown = await self._unknown(session, about, heard.values(), now)
        if not found:
            return False
        puzzling = await self._meet(unknown)
        later = {id for id, event in heard.items() if (event.platform, event.by) in puzzling}
        ready = {id: event for id, event in heard.items() if id not in later}
        try:
            await self._add(ready, later, strange)
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("not added up together", events=len(ready))
            async with self._parts.store.write() as session:
                await events.separate(session, list(ready))
        return len(found) == MOST

    async def _about(self, session: AsyncSession, heard: Iterable[Event]) -> set[tuple[str, str]]:
        """The rooms that somebody adds something up of."""
        rooms = {(each.platform, each.room) for each in heard}
        found: set[tuple[str, str]] = set()
        for nudge in self._parts.lookup.nudges if rooms else ():
            for adding in nudge.adding:
                found |= set(await adding.about(session, rooms))
        return found

    async def _unknown(
        self, session: AsyncSession, about: Collection[tuple[str, str]], heard: Iterable[Event], now: datetime
    ) -> list[Account]:
        """Who did something there that matters, and was never met. Who was erased stays as unknown as they are."""
        self._nobody = {account: until for account, until in self._nobody.items() if until > now}
        by: dict[str, set[str]] = {}
        for each in heard:
            if each.by and (each.platform, each.room) in about and (each.platform, each.by) not in self._nobody:
                by.setdefault(each.platform, set()).add(each.by)
        found: list[Account] = []
        for platform, accounts in by.items():
            new = accounts - set(await rows.known(session, platform, accounts))
            gone = await erased.among(session, platform, new) if new else set()
            found += [(platform, each) for each in sorted(new - set(gone))]
        return found

    async def _meet(self, unknown: Sequence[Account]) -> set[Account]:
        """Ask who somebody is; members are met, of others nothing is kept. Returns of whom nothing could be known."""
        puzzling: set[Account] = set()
        for account in unknown:
            platform, external = account
            if platform in {each for each, _ in puzzling}:
                puzzling.add(account)
                continue
            try:
                profile = await self._parts.platforms[platform].profile(external)
            except (LockedOut, RateLimited, Unreachable):
                puzzling.add(account)
                continue
            except PlatformError:
                profile = Profile(id=external, name=external, kind="stranger")
            now = self._parts.now()
            if profile.kind == "member":
                async with self._parts.store.write() as session:
                    await self._parts.meet(session, platform, profile, now)
            elif len(self._nobody) < REMEMBERED:
                self._nobody[account] = now + NOBODY
        return puzzling

    async def _add(self, ready: Mapping[int, Event], later: Collection[int], strange: Collection[int]) -> None:
        now = self._parts.now()
        async with self._parts.store.write() as session:
            if strange:  # the ordinary road knows what to do with what cannot be read
                await events.separate(session, strange)
            if later:
                await events.wait_heard(session, later, now + LATER)
            mine = await events.claim_heard(session, list(ready), now) if ready else set()
            done: list[Overheard] = []
            by: dict[str, list[Event]] = {}
            for id in sorted(mine):
                by.setdefault(ready[id].platform, []).append(ready[id])
            for platform, some in by.items():
                known = await rows.known(session, platform, {each.by for each in some})
                members = {external: each.person_id for external, each in known.items() if each.kind == "member"}
                done += [Overheard(each, members[each.by]) for each in some if each.by in members]
            if done:
                await self._parts.add_up(session, done, now)
        for id in mine:
            self._observe(ready[id].kind, "handled")


def _read(found: Iterable[events.Recorded]) -> tuple[dict[int, Event], list[int]]:
    """The events of rows; and the rows that cannot be read."""
    heard: dict[int, Event] = {}
    strange: list[int] = []
    for row in found:
        assert row.id is not None
        try:
            heard[row.id] = EVENT.validate_json(row.body)
        except ValidationError:
            strange.append(row.id)
    return heard, strange
