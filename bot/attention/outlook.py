"""What one person may be sent, as they themselves are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention.asking import REMINDER, Attention
from bot.attention.rules import WEEK, Wishes
from storage import sending


@dataclass(frozen=True, slots=True)
class Outlook:
    """used, allowed: contacts of the last `days`, and how many they may be. next: when one more may come, the soonest.

    hushed: until when nothing optional is said to anybody. snoozes: something is put off.
    """

    wishes: Wishes
    used: int
    allowed: int
    days: int
    next: datetime | None = None
    hushed: datetime | None = None
    snoozes: bool = False


async def outlook(attention: Attention, session: AsyncSession, person: int, now: datetime) -> Outlook:
    """What this person may be sent. Raises LookupError: there is nobody of that id."""
    somebody = (await sending.reachable(session, [person]))[person]
    who, limits = somebody.person.id or 0, attention.limits
    past, wished = await attention.weighing(session, [who], now)
    known = attention.known(REMINDER, somebody, "", past.get(who, ()), wished.get(who, ()))
    rarely, since = known.wishes.rarely, known.since
    days = limits.rarely if rarely else WEEK.days
    allowed = min(1, limits.week) if rarely else limits.week
    if not rarely and since is not None and now < since + WEEK:
        allowed = max(allowed, limits.first_week)
    begun = now - timedelta(days=days)
    verdict = attention.verdict(REMINDER, known, now)
    return Outlook(
        wishes=known.wishes,
        used=sum(one.counts and one.at > begun for one in known.past),
        allowed=allowed,
        days=days,
        next=verdict.due,
        hushed=known.hushed if known.hushed is not None and known.hushed > now else None,
        snoozes=any(until > now for until in known.wishes.snoozed.values()),
    )
