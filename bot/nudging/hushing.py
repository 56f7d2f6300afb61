"""`/nudge hush`: nothing unasked, to anybody, until a day: a death, layoffs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.attention import hush, unhush
from bot.calendar import read_day, wall
from bot.chat import Command, Submission
from bot.nudge import Answer, Asking, Context, FieldErrors, Nudge, Refused, Role
from bot.nudging import decided
from bot.nudging.decided import Status
from bot.say import Ask, Line, Question

SAID = 40
"""Characters of a day, so that one that is written otherwise is told how to write it, instead of being too long."""

LONGEST = timedelta(days=366)
"""A longer silence is a bot that should be taken away."""


@dataclass(frozen=True, slots=True)
class Hushing:
    """The commands. status: how far what is sent unasked is, as an answer ends with it."""

    status: Status

    def declare(self, nudge: Nudge, who: frozenset[Role]) -> None:
        """Hang them on their capability. who: may use them."""
        nudge.command("nudge hush", by=who, aliases=["relance treve"])(self.hush)
        nudge.command("nudge unhush", by=who, aliases=["relance fin-treve"])(self.unhush)
        nudge.form("nudge.hush", check=_check, by=who)(self.filled)

    async def hush(self, event: Command, ctx: Context) -> Answer:
        """Until which day, and why; or the form that asks for it."""
        until, why = split_day(event.text, ctx.calendar.today(ctx.now))
        if until:
            return await self._begin(ctx, until, why)
        questions = (
            Question(name="until", kind="date", max_length=SAID),
            Question(name="why", kind="long", max_length=decided.WHY, required=False),
        )
        return Ask(id="nudge.hush", questions=questions, lines=(Line(id="nudging-hush-why"),))

    async def filled(self, event: Submission, ctx: Context) -> Answer:
        """The form."""
        return await self._begin(ctx, event.values.get("until", ""), event.values.get("why", ""))

    async def _begin(self, ctx: Context, said: str, why: str) -> Answer:
        today = ctx.calendar.today(ctx.now)
        day = _read(said, today)
        if day is None:
            raise Refused("nudging-hush-wrong", example=_example(today))
        await hush(ctx.session, ctx.now, wall(day, time(), ctx.calendar.zone))
        return await decided.with_reason(ctx, "hush", {"until": day.isoformat()}, why, self.status)

    async def unhush(self, event: Command, ctx: Context) -> Answer:
        """It is over before its day."""
        if not await unhush(ctx.session, ctx.now):
            raise Refused("nudging-unhush-nothing")
        return await decided.with_reason(ctx, "unhush", {}, event.text, self.status)


def split_day(text: str, today: date) -> tuple[str, str]:
    """A day, which may be several words ("20 novembre 2026"), and what follows."""
    words = text.split()
    many = next((each for each in (3, 2, 1) if read_day(" ".join(words[:each]), today)), 1)
    return " ".join(words[:many]), " ".join(words[many:])


def _read(said: str, today: date) -> date | None:
    """The day that is meant; None: that is no day until which a hush can last."""
    day = read_day(said, today)
    return day if day is not None and today < day <= today + LONGEST else None


def _example(today: date) -> str:
    return (today + timedelta(days=7)).isoformat()


async def _check(asking: Asking) -> FieldErrors | Ask | None:
    said, today = asking.submission.values.get("until", "").strip(), asking.calendar.today(asking.now)
    if not said or _read(said, today):
        return None
    return {"until": Line(id="nudging-hush-wrong", args={"example": _example(today)})}
