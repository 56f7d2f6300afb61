"""Promises written in the transaction of who makes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention import ANSWER, DECISION, Attention
from bot.attention.ways import with_ways
from bot.nudge import Priority, Recalled, To, Told
from bot.outbox import crowds, many
from bot.outbox.weighing import FIRST_CONTACT, Planned, Wanted, greeting_name, weigh
from bot.say import Line, Names, Say
from storage import batches, contacts, joining, outbox, sending, sequences
from storage.outbox import HELD, Promise, lane_of
from storage.people import Person

Op = Literal["post", "edit", "delete", "pin"]
Greet = Callable[[AsyncSession, datetime, Mapping[int, str]], Awaitable[Mapping[int, Say]]]
"""How the bot introduces itself: `async (session, now, {person: platform}) -> {person: what it says}`."""
Holding = Callable[[AsyncSession, Collection[str]], Awaitable[Collection[str]]]
"""Which of some kinds of contact may not be sent now: `async (session, kinds) -> those`. They wait."""


async def nothing_held(_session: AsyncSession, _kinds: Collection[str]) -> Collection[str]:
    """Everything may be sent."""
    return ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A `bot.nudge.Planner` for one transaction. greet: None where nobody is introduced to anything.

    holding: see `Holding`; what is held is planned anew once it no longer is. fixed: platforms where what was said can
    be neither changed nor taken back. confirmed: who signed it knows of the hush that is on.
    """

    session: AsyncSession
    now: datetime
    attention: Attention
    greet: Greet | None = None
    holding: Holding = nothing_held
    fixed: frozenset[str] = frozenset()
    confirmed: bool = False

    async def tell(
        self,
        to: To,
        say: Say | None,
        *,
        name: str,
        kind: str,
        reason: str = "",
        priority: int = Priority.DECISION,
        op: Op = "post",
        of: str = "",
        reply_to: str = "",
        batch: str = "",
        language: str = "",
        not_before: datetime | None = None,
        not_after: datetime | None = None,
        asks: bool = False,
        media: Sequence[str] = (),
    ) -> None:
        """As `bot.nudge.Planner.tell`.

        Raises ValueError (not one target, or nothing to say or act on), LookupError (that kind of contact is not
        declared).
        """
        _check(to, op, of, say, media)
        if say is not None and op == "post" and to.person is not None and self.attention.carries_ways(kind):
            say = with_ways(say, kind)
        row: dict[str, Any] = {
            "name": name, "kind": kind, "reason": reason, "priority": priority, "op": op, "of": of,
            "reply_to": reply_to, "batch": batch, "language": language, "asks": asks,
            "not_before": not_before, "not_after": not_after,
            "due": max(self.now, not_before or self.now), "body": say.model_dump_json() if say else "{}",
            "created_at": self.now, "platform": to.platform, "person_id": to.person, "room": to.room,
            "lane": lane_of(to.platform, to.person, to.room), "state": "todo", "tries": 0, "error": "",
            "external_id": "", "external_room": "", "media": " ".join(media),
        }  # fmt: skip
        if op == "post":
            await self._post(row, to)
        else:
            await self._act(row)

    async def cancel(self, *, batch: str = "", name: str = "") -> int:
        """As `bot.nudge.Planner.cancel`."""
        return await outbox.cancel(self.session, batch=batch, name=name)

    async def tell_many(
        self,
        to: Sequence[Told],
        say: Say,
        *,
        name: str,
        kind: str,
        batch: str,
        reason: str = "",
        priority: int = Priority.ANNOUNCEMENT,
        not_after: datetime | None = None,
        asks: bool = False,
        confirmed: bool = False,
    ) -> None:
        """As `bot.nudge.Planner.tell_many`."""
        same = crowds.Same(say, name, kind, batch, reason, priority, not_after, asks)
        await crowds.tell(replace(self, confirmed=confirmed), to, same)

    async def on_time(
        self, to: Sequence[Told], *, kind: str, not_after: datetime | None = None, confirmed: bool = False
    ) -> set[int]:
        """As `bot.nudge.Planner.on_time`."""
        same = crowds.Same(Say(lines=()), "", kind, "", "", Priority.ANNOUNCEMENT, not_after, asks=False)
        return await crowds.on_time(replace(self, confirmed=confirmed), to, same)

    async def pause(self, batch: str) -> int:
        """As `bot.nudge.Planner.pause`."""
        return await batches.pause(self.session, batch)

    async def resume(self, batch: str) -> int:
        """As `bot.nudge.Planner.resume`."""
        return await batches.resume(self.session, batch, self.now)

    async def recall(self, batch: str, *, limit: int | None = None, instead: Say | None = None) -> Recalled:
        """As `bot.nudge.Planner.recall`."""
        return await many.recall(self.session, batch, self.now, self.fixed, limit, instead)

    async def correct_many(self, batch: str, say: Say, *, limit: int | None = None) -> Recalled:
        """As `bot.nudge.Planner.correct_many`."""
        ways = self.attention.carries_ways
        return await many.correct(self.session, batch, say, self.now, self.fixed, limit, ways)

    async def start(self, kind: str, name: str, state: Mapping[str, Any]) -> None:
        """As `bot.nudge.Planner.start`."""
        await sequences.start(self.session, kind, name, state, self.now)

    async def _post(self, row: dict[str, Any], to: To) -> None:
        if row["reply_to"]:
            await self._behind(row, row["reply_to"])
        if to.person is None:
            row["state"] = "later" if row["due"] > self.now else "todo"
            await outbox.plan(self.session, row)
            return
        planned = await self._person(row, to.person)
        row |= {"person_id": planned.person, **planned.row}
        if planned.introduces:
            await self.introduce(planned.person, row["platform"], row["due"])
        waits = row["state"] in outbox.WAITING and row["error"] != HELD  # what is held is planned anew
        news = waits and await self._news_of_a_join(row)
        if not await outbox.plan(self.session, row):
            return
        if news:
            await joining.told(self.session, row["person_id"])
        if waits and row["kind"] != ANSWER:
            await contacts.plan(
                self.session, row["person_id"], row["kind"], row["name"], row["platform"], row["asks"], self.now
            )

    async def _news_of_a_join(self, row: dict[str, Any]) -> bool:
        """Say beneath an optional message that the company's list made one person of several accounts of theirs."""
        if not self.attention.carries_ways(row["kind"]):
            return False
        platforms = await joining.untold(self.session, row["person_id"])
        if platforms:
            line = Line(id="join-by-roster", args={"platforms": Names(names=tuple(platforms))}, kind="note")
            say = Say.model_validate_json(row["body"])
            row["body"] = say.model_copy(update={"lines": (*say.lines, line)}).model_dump_json()
        return bool(platforms)

    async def is_held(self, kind: str) -> bool:
        """Whether this kind may not be sent now."""
        return self.attention.is_optional(kind) and kind in await self.holding(self.session, [kind])

    async def introduce(self, person_id: int, platform: str, due: datetime) -> None:
        """Have the introduction come first, ahead of whatever else waits for somebody who never met the bot.

        It is no optional contact: it says what the one that follows comes from, and how to stop. Who speaks to the bot
        before `due` is introduced to it at once (`bot.dispatch`).
        """
        person = await self.session.get(Person, person_id)
        if self.greet is None or person is None or person.greeted_at is not None:
            return
        person.greeted_at = self.now
        self.session.add(person)
        await self.session.flush()
        said = await self.greet(self.session, self.now, {person_id: platform})
        await self.tell(
            To(person=person_id, platform=platform),
            said[person_id],
            name=greeting_name(person_id),
            kind=DECISION,
            reason=FIRST_CONTACT,
            priority=Priority.ANSWER,
            not_before=due,
        )

    async def _person(self, row: Mapping[str, Any], person: int) -> Planned:
        """Choose the account, and ask the ledger when it may be told."""
        kind = row["kind"]
        found = (await sending.reachable(self.session, [person])).get(person)
        who = found.person.id or 0 if found else person
        asked = [who] if found and self.attention.weighs(kind) else []
        past, wished = await self.attention.weighing(self.session, asked, self.now)
        held = await self.is_held(kind)
        wanted = Wanted(kind, row["due"], row["platform"], row["media"], row["not_after"], held, self.confirmed)
        return weigh(self.attention, wanted, person, found, past.get(who, ()), wished.get(who, ()), self.now)

    async def _act(self, row: dict[str, Any]) -> None:
        """An edit, a removal or a pin: it goes where its message goes, and after it."""
        base = await self._behind(row, row["of"])
        if base is None:
            await outbox.plan(self.session, row | {"state": "dropped", "error": "unknown", "body": "{}"})
            return
        if row["op"] == "edit" and base.person_id is not None and self.attention.carries_ways(base.kind):
            row["body"] = with_ways(Say.model_validate_json(row["body"]), base.kind).model_dump_json()
        place = {"platform": base.platform, "person_id": base.person_id, "room": base.room, "lane": base.lane}
        if not await outbox.plan(self.session, row | place | {"state": "later" if row["due"] > self.now else "todo"}):
            return
        if row["due"] <= self.now or base.state == "later":
            await self._merge(row)

    async def _merge(self, row: Mapping[str, Any]) -> None:
        """What was not said yet need not be said and then changed: change it before."""
        merged = False
        if row["op"] == "edit":
            await outbox.supersede(self.session, row["of"], row["name"])
            merged = await outbox.reword(self.session, row["of"], row["body"])
        elif row["op"] == "delete":
            merged = await outbox.withdraw(self.session, row["of"])
        if merged:
            await outbox.close(self.session, row["name"], "merged")

    async def _behind(self, row: dict[str, Any], name: str) -> Promise | None:
        """Let a promise come after the one that it belongs to, whatever their priorities."""
        base = (await outbox.named(self.session, [name])).get(name)
        if base is not None and base.state in {"later", "todo", "going"}:
            row["priority"] = max(row["priority"], base.priority)
            row["due"] = max(row["due"], base.due if base.state == "later" else row["due"])
        return base


def _check(to: To, op: Op, of: str, say: Say | None, media: Sequence[str]) -> None:
    if (to.person is None) == (not to.room) or (to.room and not to.platform):
        raise ValueError("a promise goes to a person, or to a room of a named platform")
    if (op == "post") == bool(of) or (say is None) == (op in {"post", "edit"}):
        raise ValueError(f"what is to be said, or on which message, does not fit {op!r}")
    if media and (to.person is None or op != "post"):
        raise ValueError("media are those of a message to a person")
