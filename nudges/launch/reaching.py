"""Whom an announcement reaches at this moment, each once, by which media and from when on.

Whoever has signed in is told in the chat: first where they chose to be told, else where they were last; an address is
what remains when that failed. Whoever has not is told at their address, and without one on paper. Signed in, by the
setting `signed_in`, has whoever spoke to the bot, or read or wrote in a community ("seen"); or already whoever has a
member's account ("listed"), where people used the workspace before the bot came. Whoever chose to be told at their
address has that first.

Guests, strangers and those who left are no part of any audience. What people wish of what is sent them unasked is not
looked at here: it is weighed when each copy is sent, and no count may tell of it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from bot.calendar import is_zone, wall
from bot.nudge import Context, Told
from nudges.launch import audience, counts
from nudges.launch.audience import Audience, Some
from nudges.launch.counts import PAPER, Counts
from nudges.launch.limits import Limits
from nudges.launch.limits import of as limits_of
from nudges.launch.settings import Settings
from storage import audience as rows
from storage.audience import Listed, Reach, Unused, Whom
from storage.launch import Announcement


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom it reaches. told: by chat or mail, in the order of their numbers. paper: department -> copies to print,
    rounded up and without small departments (`counts.copies`), "" being all others. nobody: how many of the audience
    nothing reaches, not even paper. unused: their addresses from which something came back. counts: what may be told of
    it. alone: the only one whom it is for; alone_on: the only line of the company's list, where that is nobody's yet.
    """

    told: tuple[Told, ...] = ()
    paper: Mapping[str, int] = field(default_factory=dict)
    nobody: int = 0
    unused: tuple[Unused, ...] = ()
    counts: Counts = field(default_factory=Counts)
    alone: int | None = None
    alone_on: int | None = None

    @property
    def people(self) -> int:
        """How many people it is for: the number that a confirmation repeats."""
        return self.counts.people


@dataclass(frozen=True, slots=True)
class _One:
    """Somebody of the audience. person: None for a line of the company's list that is nobody's yet. media: in order;
    () for paper. zone: "" unknown. line: its number, where it is nobody's.
    """

    person: int | None
    media: tuple[str, ...]
    zone: str
    department: str
    signed_in: bool = False
    line: int | None = None

    @property
    def first(self) -> str:
        return self.media[0] if self.media else PAPER


async def resolve(ctx: Context, made: Announcement, phase: str = "") -> Resolved:
    """Whom an announcement reaches now; nobody while it is not said whom it is for. phase: as if in that one."""
    meant = audience.kept(made.audience)
    if meant is None:
        return Resolved()
    limits = await limits_of(ctx, made, phase)
    every = await _every(ctx, meant, limits)
    open_ = await _openly(ctx, meant)
    counted = every if open_ == meant else await _every(ctx, open_, limits) if open_ is not None else []
    k = ctx.smallest_group
    has_paper = "paper" in _media(ctx, limits)
    sizes = Counter(each.department for each in every)
    told = counts.counts(
        len(every),
        (each.first for each in counted if each.media or has_paper),
        (each.zone or ctx.calendar.zone for each in counted),
        k,
        _carriers(ctx, limits),
    )
    # How many of a group have signed in is told nowhere: the numbers are of all whom it is for.
    gets = [each for each in every if not (meant.not_yet and each.signed_in)]
    on_paper = [each for each in gets if not each.media] if has_paper else []
    return Resolved(
        told=tuple(_told(ctx, made, (each for each in gets if each.media))),
        paper=counts.copies(Counter(each.department for each in on_paper), sizes, k),
        nobody=0 if has_paper else sum(not each.media for each in gets),
        unused=await _unused(ctx, meant, limits, gets),
        counts=told,
        alone=every[0].person if len(every) == 1 else None,
        alone_on=every[0].line if len(every) == 1 else None,
    )


async def _unused(ctx: Context, meant: Audience, limits: Limits, gets: Iterable[_One]) -> tuple[Unused, ...]:
    """Addresses of theirs that would be used, had nothing come back from them."""
    if "mail" not in _media(ctx, limits) or meant.but.everybody or meant.whom.is_empty:
        return ()
    found = await rows.unused(ctx.session, _whom(meant.whom), _whom(meant.but))
    people = {each.person for each in gets} if found else set()
    return tuple(each for each in found if each.person in people and each.platform in ctx.addressed)


def _told(ctx: Context, made: Announcement, people: Iterable[_One]) -> Iterable[Told]:
    whens: dict[str, datetime | None] = {}
    for each in sorted(people, key=lambda one: one.person or 0):
        zone = each.zone or ctx.calendar.zone
        if zone not in whens:
            whens[zone] = when(made, zone)
        yield Told(each.person or 0, each.media, whens[zone])


def when(made: Announcement, zone: str) -> datetime | None:
    """From when on somebody with clocks of this zone is told: when these show its hour, if it is the same hour for each
    (the first instant after a gap, the first of two), else when it is sent. None: no time was said.
    """
    if made.at is None or not made.each_local:
        return made.at
    local = datetime.fromisoformat(made.local)
    return wall(local.date(), local.time(), zone)


async def zones(ctx: Context) -> set[str]:
    """On whose clocks people live who may be told anything."""
    return {each for each in await rows.zones(ctx.session) if is_zone(each)} | {ctx.calendar.zone}


# ---------------------------------------------------------------- who they are


def _media(ctx: Context, limits: Limits) -> tuple[str, ...]:
    """The media there are for it, in the order of the settings."""
    settings: Settings = ctx.settings
    return tuple(each for each in settings.media if not limits.media or each in limits.media)


async def media_of(ctx: Context, made: Announcement) -> tuple[str, ...]:
    """The media that may carry it: "chat", "mail", "paper", in the order of the settings."""
    return _media(ctx, await limits_of(ctx, made))


def _carriers(ctx: Context, limits: Limits) -> list[str]:
    """The platforms that carry these media, and paper."""
    media = _media(ctx, limits)
    of = [each for each in ctx.platforms if ("mail" if each in ctx.addressed else "chat") in media]
    return [*of, *([PAPER] if "paper" in media else [])]


async def _every(ctx: Context, meant: Audience, limits: Limits) -> list[_One]:
    """Everybody of an audience whom its plan lets it reach, once."""
    session = ctx.session
    whom, but = _whom(meant.whom), _whom(meant.but)
    if meant.but.everybody or meant.whom.is_empty:
        return []
    facts = _Facts(
        accounts=await rows.accounts(session, whom, but),
        lines=await rows.listed(session, whom, but),
        left=await rows.left(session),
        chose=await rows.chose(session),
        seen=await rows.activated(session),
    )
    order = _Order(ctx.settings, _media(ctx, limits), ctx.platforms, ctx.addressed)
    every = await asyncio.to_thread(_together, facts, order)  # a second for a hundred thousand, and others wait
    return [each for each in every if limits.lets(each.department)]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the database knows of an audience; see `storage.audience`."""

    accounts: Sequence[Reach]
    lines: Sequence[Listed]
    left: AbstractSet[int]
    chose: Mapping[int, tuple[str, str]]
    seen: AbstractSet[int]


def _together(facts: _Facts, order: _Order) -> list[_One]:
    """Each person once, whatever accounts and lines are theirs."""
    reached: dict[int, list[Reach]] = {}
    for each in facts.accounts:
        if each.person not in facts.left:
            reached.setdefault(each.person, []).append(each)
    lines: dict[int, Listed] = {}
    strangers = []
    for line in facts.lines:
        if line.person is None:
            strangers.append(_One(None, (), _zone(line.zone), line.department, line=line.line))
        else:
            lines.setdefault(line.person, line)
    found = []
    for person in sorted({*reached, *lines}):
        theirs, known = reached.get(person, []), lines.get(person)
        told_on, zone = facts.chose.get(person, ("", ""))
        zone = zone or next((each.zone for each in theirs if each.zone), "") or (_zone(known.zone) if known else "")
        signed_in = order.signed_in(theirs, seen=person in facts.seen)
        media = order.of(theirs, told_on, signed_in=signed_in)
        found.append(_One(person, media, zone, known.department if known else "", signed_in))
    return found + strangers


def _zone(name: str) -> str:
    return name if is_zone(name) else ""


def _whom(some: Some) -> Whom:
    return Whom(some.everybody, some.departments, some.communities, some.roles, some.people, some.lines)


@dataclass(frozen=True, slots=True)
class _Order:
    """In which order somebody's media come."""

    settings: Settings
    media: Collection[str]
    platforms: Collection[str]
    addressed: Collection[str]

    def signed_in(self, theirs: Iterable[Reach], *, seen: bool) -> bool:
        """theirs: accounts. seen: they were there once."""
        chats = set(self.platforms) - set(self.addressed)
        in_chat = [each for each in theirs if each.kind == "member" and each.platform in chats]
        return bool(in_chat) and (seen or self.settings.signed_in == "listed" or any(each.used for each in in_chat))

    def of(self, theirs: Iterable[Reach], told_on: str, *, signed_in: bool) -> tuple[str, ...]:
        """theirs: accounts, the one used last first. told_on: the platform they chose."""
        there = [each for each in theirs if each.platform in self.platforms]
        chats = list(dict.fromkeys(each.platform for each in there if each.platform not in self.addressed))
        mails = list(dict.fromkeys(each.platform for each in there if each.platform in self.addressed))
        by = {"chat": chats if signed_in else [], "mail": mails, "paper": []}
        found = [each for medium in self.media for each in by[medium]]
        return tuple(sorted(found, key=lambda each: each != told_on))  # what they chose first, all else as it was


# ---------------------------------------------------------------- what may be counted


async def _openly(ctx: Context, meant: Audience) -> Audience | None:
    """The audience as far as figures of it may be told: without whoever is named, and without small groups.

    None: nothing of it may be.
    """
    k = ctx.smallest_group
    sizes = {side: await rows.sizes(ctx.session, _whom(side)) for side in (meant.whom, meant.but)}
    whom, but = (_large(side, sizes[side], k) for side in (meant.whom, meant.but))
    return None if whom.is_empty else Audience(whom=whom, but=but, not_yet=meant.not_yet)


def _large(some: Some, sizes: Mapping[tuple[str, str], int], k: int) -> Some:
    def is_large(what: str, which: object) -> bool:
        return sizes[what, str(which)] >= k

    return Some(
        everybody=some.everybody,
        departments=tuple(each for each in some.departments if is_large("department", each)),
        communities=tuple(each for each in some.communities if is_large("community", each)),
        roles=tuple(each for each in some.roles if is_large("role", each)),
    )
