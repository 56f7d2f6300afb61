"""What the bot's database says of work under way: when a batch is over. Never what people should have been told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people as persons
from nudges import NUDGES
from nudges.launch.audience import Audience, Some
from nudges.launch.campaign.newcomers import WELCOME
from storage import campaigns, duties, launch, launching
from storage.campaigns import Campaign, CampaignLine
from storage.database import Store, StoreUnavailable
from storage.events import Recorded
from storage.launch import Announcement
from storage.outbox import Duty, Promise, Running
from storage.people import Account, Person
from storage.roster import Entry
from tests.crash.place import PLATFORM
from tests.humans import eventually
from tests.scenarios.company import release

SOON = timedelta(seconds=60)
"""What falls due later is no part of a batch: a reminder in three days."""

MAIL, DEPARTMENT = "mail", "Plant"
"""The platform of those who are in no chat, and where they work."""

PLANNED = [kind.kind for nudge in NUDGES for kind in nudge.contacts if kind.optional and kind.due is None]
"""What is sent unasked here: invitations, and what newcomers are told. Nobody is reminded of anything."""

_MIGRATING = asyncio.Lock()  # alembic keeps what it migrates in one place for the whole process


async def _addressed(session: AsyncSession, address: str, now: datetime) -> int:
    known = (
        await session.exec(select(Account).where(Account.platform == MAIL, Account.external_id == address))
    ).first()
    if known is not None:
        return known.person_id
    person = Person(name=address, created_at=now)
    session.add(person)
    await session.flush()
    row = {"key": address, "name": address, "email": address, "person_id": person.id, "department": DEPARTMENT}
    session.add(Entry.model_validate({**row, "created_at": now, "changed_at": now}))
    account = {"person_id": person.id, "platform": MAIL, "external_id": address, "kind": "address", "created_at": now}
    session.add(Account.model_validate({**account, "email": address, "name": address}))
    await session.flush()
    return person.id or 0


class State:
    """Looked at from outside, with a connection of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    @asynccontextmanager
    async def opened(cls, url: str, folder: Path) -> AsyncIterator[State]:
        """url: "" for the SQLite file in this folder."""
        async with _MIGRATING:
            store = await Store.open(url or f"sqlite+aiosqlite:///{folder / 'parvis.db'}", migrate=True)
        await release(store, [*PLANNED, WELCOME], datetime.now(UTC))
        try:
            yield cls(store)
        finally:
            await store.close()

    async def under_way(self) -> list[str]:
        """What is to be handled, said or done within a minute, a line each."""
        soon = datetime.now(UTC) + SOON
        try:
            async with self._store.read() as session:
                events = await session.exec(select(Recorded).where(Recorded.state == "new", Recorded.due <= soon))
                live = col(Promise.state).in_(["todo", "going", "later"])
                promises = await session.exec(select(Promise).where(live, Promise.due <= soon))
                steps = await session.exec(select(Running).where(Running.phase == "running", Running.due <= soon))
                return [
                    *(f"event {each.kind}: {each.error}" for each in events),
                    *(f"promise {each.name}: {each.error}" for each in promises),
                    *(f"sequence {each.name}: {each.error}" for each in steps),
                ]
        except StoreUnavailable as error:
            return [f"store: {error}"]

    # ------------------------------------------------------------ what is put into it

    async def announces(self, title: str, accounts: Sequence[str], addresses: Sequence[str]) -> int:
        """Have an announcement that was signed and is due now, for these people alone; its number.

        accounts: as the platform calls them; the first one of them, who leads, looks after it. addresses: of people who
        are on the company's list and in no chat; they are put there.
        """
        now = datetime.now(UTC)
        async with self._store.write() as session:
            people = [await persons.find(session, PLATFORM, each, now) for each in accounts]
            people += [await _addressed(session, each, now) for each in addresses]
            about = {
                "owner_id": people[0], "speaker_id": people[0], "state": "signed", "at": now, "zone": "Europe/Paris",
                "audience": Audience(whom=Some(people=tuple(people))).text(), "counted": len(people),
                "window_minutes": 600, "created_at": now, "changed_at": now,
            }  # fmt: skip
            made = await launch.write(session, Announcement.model_validate(about), title, "It is here.")
            return made.id or 0

    async def lists(self, addresses: Sequence[str]) -> None:
        """Put people on the company's list who are in no chat."""
        async with self._store.write() as session:
            for each in addresses:
                await _addressed(session, each, datetime.now(UTC))

    async def planned(self, name: str) -> list[str]:
        """A campaign as it stands at one instant: its day zero, and what its lines are set to; [] while there is none.

        A line that stands signed says so.
        """
        of = col(CampaignLine.announcement_id) == col(Announcement.id)
        # In one statement: between two of them it may be moved.
        every = (
            select(col(Campaign.day_zero), col(CampaignLine.key), col(Announcement.local), col(Announcement.state))
            .outerjoin(CampaignLine, col(CampaignLine.campaign_id) == col(Campaign.id))
            .outerjoin(Announcement, of)
            .where(Campaign.called == name)
        )
        async with self._store.read() as session:
            found = list(await session.exec(every))
        lines = [f"{key} {local[:10]}{' signed' * (state == launch.SIGNED)}" for _, key, local, state in found if key]
        return [f"day zero {found[0][0]}", *lines] if found else []

    async def signs(self, name: str, key: str, *, comes: bool = False) -> int:
        """Have a line of a campaign signed; its number. comes: and its time is now."""
        now = datetime.now(UTC)
        async with self._store.write() as session:
            campaign = await campaigns.called(session, name)
            assert campaign is not None, "it was taken over"
            (made,) = [made for row, made, _ in await campaigns.lines(session, campaign.id or 0) if row.key == key]
            made.state, made.counted, made.window_minutes = launch.SIGNED, 1, 600
            if comes:
                made.at = now
            session.add(made)
            return made.id or 0

    async def announcement(self, number: int) -> str:
        """The state that an announcement is in."""
        async with self._store.read() as session:
            return (await session.exec(select(Announcement.state).where(Announcement.id == number))).one()

    async def promised(self, number: int) -> int:
        """To how many people it is promised by now."""
        batch = select(func.count()).select_from(Promise).where(Promise.batch == launching.batch_of(number))
        async with self._store.read() as session:
            return (await session.exec(batch)).one()

    # ------------------------------------------------------------ when it is over

    async def rests(self) -> None:
        """Let what people's looking around has caused be handled, for a moment."""

        async def still() -> bool:
            return not await self.under_way()

        with suppress(AssertionError):  # `unfinished` tells what is left
            await eventually(still, "nothing is under way", within=15)

    async def unfinished(self) -> list[str]:
        """What was given up or set aside, a line each, and what is still under way."""
        async with self._store.read() as session:
            events = await session.exec(select(Recorded).where(Recorded.state == "parked"))
            promises = await session.exec(select(Promise).where(Promise.state == "dead"))
            steps = await session.exec(select(Running).where(Running.phase == "refused"))
            given_up = [
                *(f"event given up, {each.kind}: {each.error}" for each in events),
                *(f"promise given up, {each.name}: {each.error}" for each in promises),
                *(f"sequence given up, {each.name}: {each.error}" for each in steps),
            ]
        return [*(f"still under way: {each}" for each in await self.under_way()), *given_up]

    async def sender(self) -> int:
        """The process id of who sends; 0 for nobody."""
        try:
            async with self._store.read() as session:
                duty = await session.get(Duty, f"{duties.SENDING}{PLATFORM}")
        except StoreUnavailable:
            return 0
        tail = duty.holder.rpartition(":")[2] if duty else ""
        return int(tail) if tail.isdecimal() else 0
