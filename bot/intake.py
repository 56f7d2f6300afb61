"""Events recorded first, acknowledged, handled once, parked when they cannot be.

`Intake` is the door that platforms knock at. What it accepted is in the database before it answers; many events share
a commit. A loop then handles what is recorded, in order per person and per room, several at once.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from types import MappingProxyType
from typing import Any

import structlog
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import EVENT, Checked, Event, Hook, Message, Overloaded, Submission
from bot.dispatch import Dispatcher
from bot.outbox import Seat
from storage import events, keeping
from storage.database import Store, StoreUnavailable
from storage.events import Recorded

log = structlog.get_logger("intake")

AT_ONCE = 8
"""Events handled at the same time, of different people and rooms."""

IDLE = 1.0
"""Seconds between two looks at the database when nobody wakes us: retries, and what another process recorded."""

OTHERS = timedelta(seconds=3)
"""How long an event is left to the process that recorded it, which handles it at once unless it vanished."""

ELSEWHERE, COUNTED = 0.5, 1.0
"""Seconds for which what another process has in hand is left to it; and after which it is counted anew what waits."""

STRANGE = timedelta(minutes=5)
"""How long what this version cannot read waits for another one: an upgrade has both at work for a while."""


@dataclass(slots=True)
class _Batch:
    """Events to record in one commit. position: (platform, how far its stream is recorded afterwards).

    things: to be kept for that platform.
    alone: it shares its commit with no other batch, since together they could not be written.
    """

    rows: list[dict[str, Any]]
    position: tuple[str, str] | None
    things: Mapping[str, bytes | None] = field(default_factory=dict)
    alone: bool = False
    recorded: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Intake:
    """The door of the running bot. Implements `bot.chat.Door`."""

    def __init__(
        self,
        store: Store,
        dispatcher: Dispatcher,
        now: Callable[[], datetime],
        checkpoint: Callable[[str], None] = lambda _step: None,
        *,
        max_waiting: int = 10_000,
        idle: float = IDLE,
        handled: Callable[[], None] = lambda: None,
        observe: Callable[[str, str], None] = lambda _kind, _outcome: None,
        took: Callable[[float], None] = lambda _seconds: None,
        overheard: Callable[[], None] = lambda: None,
        process: str = "",
        seats: Mapping[str, Seat] = MappingProxyType({}),
    ) -> None:
        """max_waiting: events recorded and not handled, beyond which nothing more is accepted.

        idle: seconds, see IDLE.
        handled: called after an event was handled. observe: told (kind of event, what became
        of it: "recorded", "handled", "retry" or "parked").
        took: told the seconds that each handling took. overheard: called when there is something to be added up.
        process: this one, among those that share the database.
        seats: of the platforms that one process at a time is connected to, which it alone may keep things for.
        checkpoint: called at "intake.received", "intake.recorded", "intake.handled".
        """
        self._store = store
        self._dispatcher = dispatcher
        self._now = now
        self._checkpoint = checkpoint
        self._max = max_waiting
        self._idle = idle
        self._handled = handled
        self._observe = observe
        self._took = took
        self._overheard = overheard
        self._process = process
        self._seats = seats
        self._waiting = 0
        self._batches: asyncio.Queue[_Batch] = asyncio.Queue()
        self._news = asyncio.Event()
        self._going: dict[int, asyncio.Task[None]] = {}
        self._left: dict[int, float] = {}  # rows that another process has in hand -> when to look at them again
        self._counted = float("-inf")  # when it was last counted what waits, in the loop's time
        self._stopping = False
        self.hooks: dict[str, Hook] = {}

    # ------------------------------------------------------------ the door

    async def record(self, event: Event) -> None:
        """Return once the event is durable. Raises Overloaded."""
        batch = self._batch([event], None)
        self._batches.put_nowait(batch)
        await batch.recorded
        self._checkpoint("intake.recorded")

    async def advance(
        self,
        platform: str,
        events: Sequence[Event],
        position: str,
        things: Mapping[str, bytes | None] | None = None,
    ) -> None:
        """Record a batch, the position after it and what is to be kept in one commit. Raises Overloaded."""
        batch = self._batch(events, (platform, position), things)
        self._batches.put_nowait(batch)
        await batch.recorded
        self._checkpoint("intake.recorded")

    async def position(self, platform: str) -> str:
        """The sync position stored last. Raises Overloaded: the database is away."""
        try:
            async with self._store.read() as session:
                return await events.position(session, platform)
        except StoreUnavailable:
            raise Overloaded from None

    async def kept(self, platform: str) -> Mapping[str, bytes]:
        """What was kept for a platform. Raises Overloaded."""
        try:
            async with self._store.read() as session:
                return await keeping.kept(session, platform)
        except StoreUnavailable:
            raise Overloaded from None

    async def keep(self, platform: str, things: Mapping[str, bytes | None]) -> None:
        """Keep things for a platform; None forgets one. Raises Overloaded."""
        try:
            async with self._store.write() as session:
                if not await self._may_keep(session, platform):
                    raise Overloaded
                await keeping.keep(session, platform, things)
        except StoreUnavailable:
            raise Overloaded from None

    async def _may_keep(self, session: AsyncSession, platform: str) -> bool:
        """Whether what stands of a platform is ours to move on: who was replaced would put it back to before."""
        seat = self._seats.get(platform)
        return seat is None or await seat.guards(session)

    def serve(self, path: str, hook: Hook) -> None:
        """Let web requests at this path be answered by `hook`."""
        self.hooks[path] = hook

    async def park(self, platform: str, key: str, reason: str) -> None:
        """Keep the trace of what could not be read as an event."""
        log.warning("parked unread", platform=platform, reason=reason)
        try:
            async with self._store.write() as session:
                await events.record_parked(session, platform, _storable(key), _storable(reason), self._now())
        except StoreUnavailable:
            raise Overloaded from None
        self._observe("unreadable", "parked")

    async def check(self, submission: Submission) -> Checked:
        """Say what is wrong with a filled form; reads only. Raises Overloaded: the database is away."""
        try:
            return await self._dispatcher.check(submission)
        except StoreUnavailable:
            raise Overloaded from None

    async def not_recorded(self, platform: str, by: str) -> Message:
        """What to show a person whose press could not be recorded."""
        return self._dispatcher.not_recorded(platform, by)

    # ------------------------------------------------------------ recording

    def _row(self, event: Event) -> dict[str, Any]:
        now = self._now()
        if not self._dispatcher.heeds(event):
            # Nobody will do anything about it: all that is kept is that it came, to be known when it comes again.
            return {
                "platform": event.platform,
                "key": _storable(event.key),
                "kind": event.kind,
                "state": "done",
                "body": "{}",
                "due": now,
                "received_at": now,
                "handled_at": now,
            }
        row = {
            "platform": event.platform,
            "key": _storable(event.key),
            "kind": event.kind,
            "lane_person": _storable(f"{event.platform}:{event.by}") if event.by else "",
            "lane_room": _storable(f"{event.platform}:{event.room}") if event.room else "",
            "body": "{}",
            "due": now,
            "received_at": now,
            "process": self._process,
        }
        if self._dispatcher.parts.lookup.only_added_up(event):
            row["state"] = "heard"
        try:
            return {**row, "body": EVENT.dump_json(event).decode()}
        except PydanticSerializationError:  # half a character, which no text in a database may hold
            return {**row, "kind": "", "state": "parked", "error": "not_text"}

    def _batch(
        self,
        new: Sequence[Event],
        position: tuple[str, str] | None,
        things: Mapping[str, bytes | None] | None = None,
    ) -> _Batch:
        """What waits to be recorded. Raises Overloaded: too much waits already."""
        if self._stopping or self._waiting + self._batches.qsize() >= self._max:
            raise Overloaded
        self._checkpoint("intake.received")
        batch = _Batch([self._row(event) for event in new], position, things or {})
        self._store.burst.came()
        batch.recorded.add_done_callback(self._answered)
        return batch

    def _answered(self, _recorded: asyncio.Future[None]) -> None:
        self._store.burst.went()

    async def _record_all(self) -> None:
        """One writer: all that waits goes into one commit."""
        while True:
            batches = [await self._batches.get()]
            while not (batches[0].alone or self._batches.empty()):
                batches.append(self._batches.get_nowait())
            try:
                async with self._store.write(first=True) as session:
                    batches = await self._still_ours(session, batches)
                    rows = [row for batch in batches for row in batch.rows]
                    await events.record(session, rows)
                    for batch in batches:
                        if batch.position:
                            await events.set_position(session, *batch.position)
                            await keeping.keep(session, batch.position[0], batch.things)
            except StoreUnavailable as error:
                log.warning("nothing recorded", reason=str(error), batches=len(batches))
                self._answer(batches, Overloaded())
            except Exception:
                log.exception("not recorded together", batches=len(batches))
                self._apart(batches)
            except BaseException:  # stopped in the middle: whoever waits must know
                self._answer(batches, Overloaded())
                raise
            else:
                self._recorded(rows)
                self._answer(batches, None)

    async def _still_ours(self, session: AsyncSession, batches: list[_Batch]) -> list[_Batch]:
        """Those that are not from a platform which another process is connected to by now."""
        late = [each for each in batches if each.position and not await self._may_keep(session, each.position[0])]
        self._answer(late, Overloaded())
        return [each for each in batches if each not in late]

    def _apart(self, batches: Sequence[_Batch]) -> None:
        """Try each batch by itself, so that what cannot be written does not take the others with it."""
        if len(batches) == 1:
            self._answer(batches, Overloaded())
            return
        for batch in batches:
            batch.alone = True
            self._batches.put_nowait(batch)

    def _recorded(self, rows: Sequence[Mapping[str, Any]]) -> None:
        states = Counter(row.get("state", "new") for row in rows)
        self._waiting += states["new"] + states["heard"]
        if states["new"]:
            self._news.set()
        if states["heard"]:
            self._overheard()
        for row in rows:
            self._observe(row["kind"], "recorded")

    @staticmethod
    def _answer(batches: Sequence[_Batch], error: Exception | None) -> None:
        for batch in batches:
            if batch.recorded.done():
                continue  # who waited for it has gone
            if error is None:
                batch.recorded.set_result(None)
            else:
                batch.recorded.set_exception(error)

    # ------------------------------------------------------------ handling

    def wake(self) -> None:
        """Look now, rather than within a second."""
        self._news.set()

    async def run(self) -> None:
        """Record and handle until `stop`; what is in hand then is finished."""
        writer = asyncio.create_task(self._record_all())
        try:
            while not self._stopping:
                await self._look(writer)
            await asyncio.gather(*self._going.values(), return_exceptions=True)
        finally:
            for task in (writer, *self._going.values()):
                task.cancel()
            await asyncio.gather(writer, *self._going.values(), return_exceptions=True)
            while not self._batches.empty():
                self._answer([self._batches.get_nowait()], Overloaded())

    def stop(self) -> None:
        """Accept nothing more, begin nothing more; `run` returns once what is in hand is handled."""
        self._stopping = True
        self._news.set()

    async def _look(self, writer: asyncio.Task[None]) -> None:
        if writer.done():
            writer.result()  # a bug: let it be heard
        self._news.clear()
        await self._store.burst.lull()  # vendors wait three seconds to be acknowledged, people longer for an answer
        try:
            begun = await self._begin()
        except StoreUnavailable as error:
            log.warning("store away", reason=str(error))
            begun = False
        if begun:
            return
        try:
            async with asyncio.timeout(self._idle):
                await self._news.wait()
        except TimeoutError:
            pass

    async def _begin(self) -> bool:
        """Begin handling what is due, of people and rooms not busy already."""
        room = AT_ONCE - len(self._going)
        if room <= 0:
            return False
        before = set(self._going)  # what ends while we look was still waiting in what we see
        time = asyncio.get_running_loop().time()
        now, away = self._now(), [name for name, seat in self._seats.items() if not seat.is_ours]
        async with self._store.read() as session:
            rows = await events.waiting(
                session, now, AT_ONCE * 2, process=self._process, others=now - OTHERS, away=away
            )
            if not rows or time - self._counted > COUNTED:
                self._waiting, self._counted = await events.backlog(session), time
        self._left = {row: until for row, until in self._left.items() if until > time}
        new = [row for row in rows if row.id not in before and row.id not in self._left][:room]
        for row in new:
            assert row.id is not None
            try:
                event = EVENT.validate_json(row.body)
            except ValidationError:  # written by another version, or by hand: it will never be readable here
                await self._set_aside(row, now)
                continue
            task = asyncio.create_task(self._handle(row.id, row.tries, event))
            self._going[row.id] = task
        return bool(new) and len(self._going) < AT_ONCE

    async def _handle(self, row: int, tries: int, event: Event) -> None:
        began = perf_counter()
        try:
            outcome = await self._dispatcher.handle(row, tries, event)
            if outcome == "elsewhere":
                self._left[row] = asyncio.get_running_loop().time() + ELSEWHERE
                return
            self._checkpoint("intake.handled")
            self._observe(event.kind, outcome)
            self._waiting = max(0, self._waiting - 1)
            self._took(perf_counter() - began)
        except StoreUnavailable as error:
            log.warning("store away", reason=str(error))
            await asyncio.sleep(self._idle)  # it is still to be handled; not in a rush, since nothing says when
        except Exception:
            log.exception("not even put off", kind=event.kind)
            await asyncio.sleep(self._idle)
        finally:
            self._going.pop(row, None)
            self._news.set()
            self._handled()

    async def _set_aside(self, row: Recorded, now: datetime) -> None:
        """During an upgrade a process of a newer version may have recorded it, and be back soon; else it is parked."""
        assert row.id is not None
        async with self._store.write() as session:
            if now - row.received_at < STRANGE:
                await events.wait(session, row.id, now + STRANGE / 10, "unreadable")
                return
            log.warning("parked unread", kind=row.kind, reason="unreadable")
            await events.park(session, row.id, now, "unreadable")
        self._observe(row.kind, "parked")


def _storable(text: str) -> str:
    """A name that came from outside, as databases can hold it: no half of a character, and no zero byte."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
