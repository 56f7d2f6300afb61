"""The trace that a decision about what is sent unasked leaves: who, what, when, and why.

To pause must take one press. So why can be said with the decision, and also after it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.chat import Command, Submission
from bot.nudge import Answer, Asking, Context, Nudge, Role
from bot.say import Ask, Line, Pick, Question, Say, say

WHY = 500
"""Characters of a reason, and of how staff were informed."""

SAY_WHY = Pick(label="command-nudge-why", action="nudge.why")

Status = Callable[[Context], Awaitable[Say]]
"""How far what is sent unasked is, as an answer ends with it."""


def declare(nudge: Nudge, who: frozenset[Role]) -> None:
    """Hang on its capability how why is said afterwards. who: may say it."""
    nudge.command("nudge why", by=who, aliases=["relance pourquoi"])(_why)
    nudge.form("nudge.why", check=_anything, by=who)(_filled)


async def note(ctx: Context, action: str, *, reason: str = "", **what: Any) -> None:
    """Leave the trace. reason: in the words of whoever decided. what: as `bot.nudge.Trail.append`."""
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.actor.person,
        action=f"nudging.{action}",
        subject="nudging",
        reason=reason.strip()[:WHY],
        **what,
    )


async def with_reason(ctx: Context, action: str, after: Mapping[str, str], why: str, status: Status) -> Say:
    """Leave the trace, and say what was done; where it was not said why, offer to say it. action: of the words too."""
    await note(ctx, action, after=after, reason=why)
    done = and_then(f"nudging-{action}-done", await status(ctx))
    if why.strip():
        return done
    return Say(lines=(*done.lines, Line(id="nudging-why-not", kind="note")), choices=(*done.choices, SAY_WHY))


def and_then(done: str, stands: Say) -> Say:
    """What was done, then how far it is."""
    return Say(lines=(Line(id=done), *stands.lines), choices=stands.choices)


async def _why(event: Command, ctx: Context) -> Answer:
    """Say why of what one decided last, or the form that asks."""
    if event.text.strip():
        return await _noted(ctx, event.text)
    return Ask(id="nudge.why", questions=(Question(name="why", kind="long", max_length=WHY),))


async def _filled(event: Submission, ctx: Context) -> Answer:
    return await _noted(ctx, event.values["why"])


async def _noted(ctx: Context, why: str) -> Answer:
    await note(ctx, "why", reason=why)
    return say("nudging-why-done")


async def _anything(_asking: Asking) -> None:
    """Whatever it is, it is kept as it is."""
