"""Whether, and when, someone may be written to: the rules, with the settings of one installation.

Asked twice, when a promise is planned and just before it is sent; nothing is remembered here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention.knowing import known, where_reached, where_told
from bot.attention.rules import ANSWER, DECISION, WEEK, Known, Limits, Verdict, is_silent, when_in_budget, when_spaced
from bot.calendar import WorkingTime
from bot.lookup import fold
from bot.nudge import ContactSpec
from storage import contacts, sending, wishes
from storage.contacts import Reached
from storage.outbox import SILENCE
from storage.wishes import Wish

ANNOUNCEMENT = "announcement"
"""The budget of what the company signed (`ContactSpec.budget`): it has a limit of its own, and is no reminder."""

REMINDER = ""
"""Stands for any kind that the one allowance is for, where what may come is asked about in general."""

AT_ONCE = 1_000
"""People asked about in one statement."""

_ROUNDS = 8
# Opening hours may lie where another budget holds; then the hours after it are looked for, and so on.


def asked(kinds: Iterable[ContactSpec]) -> frozenset[str]:
    """The kinds of contact that do not come unasked; what is declared by nobody (any longer) is none of them."""
    return frozenset({ANSWER, DECISION} | {each.kind for each in kinds if not each.optional and not each.wished})


class Attention:
    """The rules, with the settings of one installation."""

    def __init__(self, kinds: Iterable[ContactSpec], working: WorkingTime, limits: Limits | None = None) -> None:
        """kinds: what capabilities declare. working: when people of the organisation work."""
        declared = {kind.kind: kind for kind in kinds}
        self._optional = {ANSWER: False, DECISION: False, REMINDER: True}
        self._optional |= {name: kind.optional for name, kind in declared.items()}
        self._budget = {name: kind.budget for name, kind in declared.items()}
        self._typed = {fold(word): name for name, kind in declared.items() for word in (name, *kind.called)}
        self._signed = frozenset(name for name, kind in declared.items() if kind.budget == ANNOUNCEMENT)
        self._urgent = frozenset(name for name, kind in declared.items() if kind.urgent)
        self._wished = {name: kind.wished for name, kind in declared.items() if kind.wished}
        self._working = working
        self.limits = limits or Limits()

    # ------------------------------------------------------------ kinds

    def is_optional(self, kind: str) -> bool:
        """Whether this kind of contact counts in a budget, and can be stopped. Raises LookupError: not declared."""
        try:
            return self._optional[kind]
        except KeyError:
            raise LookupError(f"no capability declares the kind of contact {kind!r}") from None

    def counts(self, kind: str) -> bool:
        """As `is_optional`; a kind that a capability declared once, and no longer does, still counts."""
        return self._optional.get(kind, True)

    def is_signed(self, kind: str) -> bool:
        """Whether somebody signed this: in a hush it waits until they confirm it."""
        return kind in self._signed

    def is_urgent(self, kind: str) -> bool:
        """Whether it comes at any hour, and to who does not want to be disturbed."""
        return kind in self._urgent

    def weighs(self, kind: str) -> bool:
        """Whether what was said before, and what the person wishes, decides about this kind."""
        return self.counts(kind) or kind == SILENCE or kind in self._wished

    def optional(self) -> tuple[str, ...]:
        """The kinds that people may stop."""
        return tuple(sorted(kind for kind, optional in self._optional.items() if optional and kind != REMINDER))

    def kind_of(self, said: str) -> str:
        """The kind that people may stop and that they call so, or "". said: its name, its words, or what is usual."""
        kind = self._typed.get(fold(said.strip()), "")
        return kind if kind in self.optional() else ""

    def asked(self) -> tuple[str, ...]:
        """The kinds that do not come unasked."""
        return tuple(
            sorted(kind for kind, optional in self._optional.items() if not optional and kind not in self._wished)
        )

    def carries_ways(self, kind: str) -> bool:
        """Whether messages of this kind say why they come and how to stop them. Of kinds declared no longer, no words
        are left that could.
        """
        return self._optional.get(kind, False)

    def counts_from_first(self, kind: str) -> bool:
        """Whether it matters to this kind when somebody first met the bot."""
        return self.counts(kind) and not self.is_signed(kind) and not self.is_urgent(kind)

    def since(self, now: datetime) -> datetime:
        """How far back contacts weigh in the budget."""
        return now - max(2 * WEEK, timedelta(days=self.limits.rarely))

    def known(
        self,
        kind: str,
        somebody: sending.Somebody,
        platform: str,
        past: Iterable[Reached] = (),
        wished: Iterable[Wish] = (),
    ) -> Known:
        """What the rules look at when something of this kind is to be said. platform: by the account there, if any."""
        account = where_told(somebody.person, somebody.accounts, platform, kind)
        return known(somebody, account, past, wished, lambda other: self._counts_for(kind, other))

    def _counts_for(self, kind: str, other: str) -> bool:
        """Whether a contact of another kind takes a place in the budget of this one."""
        return self.counts(other) and self._budget.get(other, "") == self._budget.get(kind, "")

    # ------------------------------------------------------------ verdicts

    def verdict(self, kind: str, person: Known, now: datetime) -> Verdict:
        """Whether and when this person may be sent this kind of contact. Raises LookupError: nobody declared it."""
        if kind == ANSWER:
            return Verdict(now)
        optional = self.is_optional(kind)
        refused = self._refused(kind, person, now) if self.weighs(kind) else ""
        if person.left or refused:
            return Verdict(None, "left" if person.left else refused)
        if kind in self._urgent:
            at = person.wishes.until(kind, now) if optional else now
            return Verdict(at, "snoozed" if at > now else "")
        at, reason = now, ""
        for _ in range(_ROUNDS):
            allowed, why = self._allowed(kind, person, at) if optional else (at, "")
            if allowed is None:
                return Verdict(None, "budget")
            try:
                opens = self._hours(person).next_open(allowed)
            except ValueError:  # these days are never worked
                return Verdict(None, "hours")
            reason = reason or why or ("hours" if opens > allowed else "")
            if opens == at:
                break
            at = opens
        return Verdict(at, reason)

    def _refused(self, kind: str, person: Known, now: datetime) -> str:
        """Why this is not said at all, now or later; "" where it may be."""
        if person.hushed is not None and now < person.hushed and not person.confirmed:
            return "hush"
        silent = is_silent(person.past, self.limits)
        if kind == SILENCE:
            snoozed = person.wishes.until(wishes.ALL, now) > now
            return "stopped" if person.wishes.stopped or snoozed else "" if silent else "answered"
        if kind in self._wished:
            return "" if person.wishes.allow(self._wished[kind], now) else "stopped"
        if person.wishes.refuse(kind):
            return "stopped"
        # What the company signed asks for nothing, so that no response to it is missed.
        return "silent" if silent and not self.is_signed(kind) else ""

    def _allowed(self, kind: str, person: Known, now: datetime) -> tuple[datetime | None, str]:
        """From when on wishes and budget let an optional contact come, and what made it wait."""
        at = person.wishes.until(kind, now)
        if self.is_signed(kind):
            counted = [one.at for one in person.past if one.counts]
            due = when_spaced(at, counted, self.limits.announcements, WEEK)
        else:
            due = self._in_budget(person, at)
        return due, "" if due == now else "snoozed" if due == at else "budget"

    def _in_budget(self, person: Known, now: datetime) -> datetime | None:
        if not person.wishes.rarely:
            return when_in_budget(now, person.past, person.since, self.limits)
        counted = [one.at for one in person.past if one.counts]
        return when_spaced(now, counted, min(1, self.limits.week), timedelta(days=self.limits.rarely))

    def _hours(self, person: Known) -> WorkingTime:
        return self._working.of(person.zone, person.days, person.country, person.away)

    # ------------------------------------------------------------ many people at once

    async def verdicts(
        self, session: AsyncSession, people: Sequence[int], kind: str, now: datetime, media: Sequence[str] = ()
    ) -> dict[int, Verdict]:
        """Each of these people -> whether and when they may be sent this kind; reads only, in three statements a
        thousand. media: platforms by which they may be reached; () for their members' accounts.

        Who has no account (any longer) is not there: nobody can tell them. Raises LookupError: it is not declared.
        """
        self.is_optional(kind)
        found: dict[int, Verdict] = {}
        for first in range(0, len(people), AT_ONCE):
            found |= await self._verdicts(session, people[first : first + AT_ONCE], kind, now, " ".join(media))
        return found

    async def _verdicts(
        self, session: AsyncSession, people: Sequence[int], kind: str, now: datetime, media: str
    ) -> dict[int, Verdict]:
        found = await sending.reachable(session, people)
        past, wished = await self.weighing(session, {each.person.id or 0 for each in found.values()}, now)
        verdicts = {}
        for asked, somebody in found.items():
            who = somebody.person.id or 0
            if where_reached(somebody, "", kind, media) is not None:
                facts = self.known(kind, somebody, "", past.get(who, ()), wished.get(who, ()))
                verdicts[asked] = self.verdict(kind, facts, now)
        return verdicts

    async def weighing(
        self, session: AsyncSession, people: Iterable[int], now: datetime
    ) -> tuple[dict[int, list[Reached]], dict[int, list[Wish]]]:
        """Person -> the contacts that weigh, and person -> what they wish."""
        asked = set(people)
        return await self._past(session, asked, now), await wishes.of_people(session, asked)

    async def weighing_for(
        self, session: AsyncSession, people: Iterable[int], kind: str, now: datetime
    ) -> tuple[dict[int, list[Reached]], dict[int, list[Wish]]]:
        """The same, as far as it can make a difference to one kind."""
        if not self.weighs(kind):
            return {}, {}
        asked, kinds = set(people), self._signed if self.is_signed(kind) else frozenset()
        past = await self._past(session, asked, now, kinds)
        if kinds:  # fewer than its budget allows are as good as none
            past = {who: each for who, each in past.items() if len(each) >= self.limits.announcements}
        return past, await wishes.of_people(session, asked)

    async def _past(
        self, session: AsyncSession, people: set[int], now: datetime, kinds: Collection[str] = ()
    ) -> dict[int, list[Reached]]:
        past: dict[int, list[Reached]] = {}
        for contact in await contacts.weighing(session, people, self.since(now), kinds) if people else ():
            past.setdefault(contact.person_id, []).append(contact)
        return past
