"""What every step of a request leaves behind: a trace, and a word to who asked."""

from __future__ import annotations

from bot.deciding.process import Process, number_of
from bot.nudge import Context, To
from bot.say import Say
from storage.requests import Request


async def trace(
    ctx: Context,
    process: Process,
    request: Request,
    action: str,
    before: str,
    after: str,
    reason: str = "",
    *,
    place: int | None = None,
) -> None:
    """Leave a trace. before, after: states or other codes; reason: a text of people; place: in whose place it was."""
    became = {"state": after} if after else {}
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.who.person if ctx.who else None,
        action=f"{process.id}.{action}",
        subject=f"request:{number_of(request)}",
        before={"state": before} if before else None,
        after=became | ({"in_place_of": str(place)} if place is not None else {}) or None,
        reason=reason,
    )


async def tell_requester(ctx: Context, request: Request, name: str, told: Say, *, asks: bool = False) -> None:
    """Tell who asked, in their own language. name: stable for the same thing said."""
    await ctx.outbox.tell(
        To(person=request.requester_id, platform=request.platform), told, name=name, kind="decision", asks=asks
    )
