"""Which accounts are whose: by an address that the platform confirmed, or because the roster says so.

Never by anything that people write themselves. Two accounts of one line on two platforms are one person's: they are
joined, which can be undone (`/parvis unjoin`), and is not done again then.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.accounts import joins
from bot.nudge import Context
from storage import joining
from storage import matching as rows
from storage.matching import Evidence
from storage.people import Account

Trouble = Literal["", "ambiguous", "taken", "apart", "clash"]
"""Why a line was not matched with all its accounts: several people of one platform have its address; an account is that
of somebody who is on another line; its people parted their accounts; they have accounts on one platform."""

AT_ONCE = 500
"""Lines looked at in one transaction."""

JOINS = 20
"""Joins made in one transaction: each goes through every table."""

PART, EACH = 20_000, timedelta(minutes=5)
"""Lines that are looked at again in one transaction, and how often there is one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whom a line is matched with. joins: pairs of accounts that are that person's too."""

    person: int | None
    joins: tuple[tuple[int, int], ...] = ()
    trouble: Trouble = ""


def judge(
    linked: int | None,
    accounts: Sequence[Evidence],
    held: Collection[int],
    parted: Collection[frozenset[int]] = (),
) -> Verdict:
    """With whom a line is to be matched. Pure.

    linked: with whom it is matched now. accounts: those that are its. held: people who are on another line, and rightly
    so. parted: pairs of accounts that are not one person's, as their people said.
    """
    sure, trouble = _sure(linked, accounts, held)
    if not sure:
        return Verdict(linked, trouble=trouble)  # a new address changes nobody into somebody else
    people = sorted({each.person for each in sure})
    person = linked if linked in people else people[0]
    mine = next(each for each in sure if each.person == person)
    made: list[tuple[int, int]] = []
    for other in people:
        theirs = [each for each in sure if each.person == other]
        if other == person:
            continue
        if any(frozenset((one.account, each.account)) in parted for one in sure for each in theirs):
            trouble = "apart"
        else:
            made.append((mine.account, theirs[0].account))
    return Verdict(person, tuple(made), trouble)


def _sure(linked: int | None, accounts: Sequence[Evidence], held: Collection[int]) -> tuple[list[Evidence], Trouble]:
    trouble: Trouble = ""
    sure: list[Evidence] = []
    for platform in sorted({each.platform for each in accounts}):
        there = [each for each in accounts if each.platform == platform and each.person not in held]
        if not there:
            trouble = "taken"
        elif len({each.person for each in there}) > 1:
            trouble = "ambiguous"
            there = [each for each in there if each.person == linked]
        sure += there
    return sure, trouble


@dataclass(slots=True)
class Done:
    """What a look at some lines brought. last: the number of the last line looked at; 0: there was none."""

    last: int = 0
    matched: int = 0
    joined: int = 0
    again: bool = False


async def match(ctx: Context, account: Account) -> None:
    """Look at the lines that an account may belong to: it is new, or its address changed."""
    if account.kind == "member" and (found := await rows.of_account(ctx.session, account)):
        people = await rows.linked(ctx.session, found)
        if set(people.values()) != {account.person_id}:
            await settle(ctx, found)
            await ctx.session.refresh(account)  # a join reads everything anew


async def sweep(ctx: Context, after: int = 0, until: int | None = None) -> Done:
    """Look at the next lines whose accounts say something else than what they are matched with.

    after, until: between which numbers; None for all.
    """
    found = await rows.doubtful(ctx.session, after, AT_ONCE, until)
    return await settle(ctx, found) if found else Done()


async def patrol(ctx: Context, part: int = PART) -> None:
    """Look at a part of the roster, another one each time: whole, it would keep others from writing too long."""
    parts = max(1, math.ceil(await rows.newest(ctx.session) / part))
    begin = part * (int(ctx.now.timestamp() // EACH.total_seconds()) % parts)
    await sweep(ctx, begin, begin + part)


async def settle(ctx: Context, entries: Sequence[int]) -> Done:
    """Match these lines. One transaction at a time does: two lines must not get one person."""
    await joining.hold(ctx.session, [])
    look = await _Look.at(ctx.session, entries)
    done = Done()
    for entry in entries:
        if done.joined >= JOINS:
            done.again = True
            break
        verdict = look.verdict(entry)
        done.matched += look.take(entry, verdict.person)
        done.last = entry
        for one, other in verdict.joins:
            done.joined += await _joined(ctx, look, one, other)
    await rows.link(ctx.session, look.changed)
    return done


async def _joined(ctx: Context, look: _Look, one: int, other: int) -> bool:
    await rows.link(ctx.session, look.changed)  # before rows of both become one's
    look.changed.clear()
    try:
        made = await joins.join(ctx, one, other, by_roster=True)
    except joins.Clash:
        return False  # `troubles` tells
    if made is not None:
        look.became(made.gone_id, made.kept_id)
    return made is not None


async def troubles(session: AsyncSession, limit: int) -> dict[int, Trouble]:
    """Lines that were not matched with all their accounts -> why."""
    found: dict[int, Trouble] = {}
    after = 0
    while len(found) < limit and (entries := await rows.doubtful(session, after, AT_ONCE)):
        look = await _Look.at(session, entries)
        for entry in entries:
            verdict = look.verdict(entry)
            found |= {entry: verdict.trouble or "clash"} if verdict.trouble or verdict.joins else {}
        after = entries[-1]
    return found


@dataclass(slots=True)
class _Look:
    """What is known of some lines, and what changed."""

    people: dict[int, int | None]
    accounts: Mapping[int, list[Evidence]]
    holders: dict[int, list[int]]
    parted: Collection[frozenset[int]]
    changed: dict[int, int | None]
    now: dict[int, int]

    @classmethod
    async def at(cls, session: AsyncSession, entries: Iterable[int]) -> _Look:
        accounts = await rows.evidence(session, entries)
        known = [each for found in accounts.values() for each in found]
        holders = await rows.holders(session, {each.person for each in known})
        others = {line for found in holders.values() for line in found}.difference(entries)
        accounts |= await rows.evidence(session, others)
        people = await rows.linked(session, {*entries, *others})
        parted = await joining.parted(session, [each.account for each in known]) if len(known) > 1 else set()
        return cls(people, accounts, holders, parted, {}, {})

    def verdict(self, entry: int) -> Verdict:
        accounts = self._accounts(entry)
        held = {each.person for each in accounts if self._rightly(each.person, entry)}
        return judge(self.people.get(entry), accounts, held, self.parted)

    def _accounts(self, entry: int) -> list[Evidence]:
        found = self.accounts.get(entry, [])
        return [each._replace(person=self.now.get(each.person, each.person)) for each in found]

    def _rightly(self, person: int, entry: int) -> bool:
        """Whether another line has that person, and an account of theirs is that line's too."""
        others = [line for line in self.holders.get(person, []) if line != entry]
        return any(each.person == person for line in others for each in self._accounts(line))

    def take(self, entry: int, person: int | None) -> bool:
        """Match a line with somebody, whoever had them without any account of theirs. Whether that is new."""
        if person is None or self.people.get(entry) == person:
            return False
        for line in self.holders.get(person, []):
            if line != entry and self.people.get(line) == person:
                self.people[line] = self.changed[line] = None
        self.people[entry] = self.changed[entry] = person
        self.holders[person] = [entry]
        return True

    def became(self, gone: int, kept: int) -> None:
        """Two people are one now; the lines followed."""
        self.now |= {old: kept for old, new in self.now.items() if new == gone} | {gone: kept}
        self.people = {line: kept if person == gone else person for line, person in self.people.items()}
        self.holders[kept] = [*self.holders.get(kept, []), *self.holders.pop(gone, [])]
