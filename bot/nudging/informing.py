"""`/nudge informed`: on which day staff were informed of what is sent unasked, and how.

What was recorded before is kept and shown, and nothing takes its place before whoever records it has seen it.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.calendar import read_day
from bot.chat import Command, Submission
from bot.nudge import Answer, Asking, Context, FieldErrors, Nudge, Refused, Role
from bot.nudging import decided, telling
from bot.nudging.decided import Status
from bot.nudging.hushing import SAID, split_day
from bot.nudging.standing import Standing
from bot.say import Ask, Line, Question
from storage import releases

INFORMS = frozenset({Role.ADMIN})
"""Who records that staff were informed: whoever answers for it to them."""


@dataclass(frozen=True, slots=True)
class Informing:
    """The commands. stands: how far it is; status: the same in words, as an answer ends with it. free: what waited for
    this is planned.
    """

    stands: Callable[[Context], Awaitable[Standing]]
    status: Status
    free: Callable[[Context], Awaitable[None]]

    def declare(self, nudge: Nudge) -> None:
        """Hang them on their capability."""
        nudge.command("nudge informed", by=INFORMS, aliases=["relance informes"])(self.informed)
        nudge.form("nudge.informed", check=_wrong, by=INFORMS)(self.filled)

    async def informed(self, event: Command, ctx: Context) -> Answer:
        """On which day, and how; or the form that asks for it, and shows what it would take the place of."""
        today = ctx.calendar.today(ctx.now)
        on, how = split_day(event.text, today)
        stands = await self.stands(ctx)
        if on and (wrong := _wrong_day(on, today)) is not None:
            raise Refused(wrong.id, **wrong.args)
        if not how.strip() or stands.release.informed_on:
            day = read_day(on, today) if on else None
            return _ask(stands, day.isoformat() if day else "", how.strip()[: decided.WHY])
        return await self._record(ctx, on, how)

    async def filled(self, event: Submission, ctx: Context) -> Answer:
        """The form."""
        wrong = _wrong_day(event.values.get("on", ""), ctx.calendar.today(ctx.now))
        if wrong is not None:
            raise Refused(wrong.id, **wrong.args)
        return await self._record(ctx, event.values["on"], event.values["how"])

    async def _record(self, ctx: Context, on: str, how: str) -> Answer:
        day, how = read_day(on, ctx.calendar.today(ctx.now)), how.strip()[: decided.WHY]
        assert day is not None, "it was checked"
        stands = await self.stands(ctx)
        was, said = stands.release, (day.isoformat(), how)
        before = _with(stands.recorded, (was.informed_on, was.informed_how), said)
        await releases.write(
            ctx.session, informed_on=said[0], informed_how=how, informed_before=json.dumps(before, ensure_ascii=False),
            informed_by=ctx.actor.person, informed_at=ctx.now,
        )  # fmt: skip
        await self.free(ctx)
        await decided.note(ctx, "informed", before={"on": was.informed_on}, after={"on": said[0]}, reason=how)
        return decided.and_then("nudging-informed-done", await self.status(ctx))


def _with(before: Sequence[tuple[str, str]], last: tuple[str, str], now: tuple[str, str]) -> list[tuple[str, str]]:
    return [*before, last] if last[0] and last != now else [*before]


def _ask(stands: Standing, on: str, how: str) -> Ask:
    questions = (
        Question(name="on", kind="date", max_length=SAID, value=on),
        Question(name="how", kind="long", max_length=decided.WHY, value=how),
    )
    lines = telling.informed_again(stands) or (Line(id="nudging-informed-why"),)
    return Ask(id="nudge.informed", questions=questions, lines=lines, review=bool(on and how))


def _wrong_day(said: str, today: date) -> Line | None:
    day = read_day(said, today)
    if day is None:
        return Line(id="nudging-day-wrong", args={"example": today.isoformat()})
    return Line(id="nudging-day-future") if day > today else None


async def _wrong(asking: Asking) -> FieldErrors | Ask | None:
    """What is wrong with the form, beside its field."""
    said = asking.submission.values.get("on", "").strip()
    wrong = _wrong_day(said, asking.calendar.today(asking.now)) if said else None
    return {"on": wrong} if wrong else None
