"""What was written in a request, and about it, is forgotten once it has served."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.deciding import cards
from bot.deciding.process import Process
from bot.deciding.telling import trace
from bot.nudge import Context
from storage import audit, requests


async def forget(ctx: Context, process: Process, before: datetime, spared: Collection[int]) -> None:
    """Forget the words of requests decided for good before an instant: fields, reasons, questions and answers.

    That there was one, when, by whom it was asked and decided, and how, stays; so does the trail, without its reasons.
    spared: the numbers of requests whose words still serve.
    """
    numbers = await requests.forget(ctx.session, process.id, before, spared)
    for at in range(0, len(numbers), requests.AT_ONCE):
        subjects = [f"request:{number}" for number in numbers[at : at + requests.AT_ONCE]]
        await audit.erase_reasons(ctx.session, subjects)


async def let_go(ctx: Context, process: Process, person: int, spared: Collection[int]) -> None:
    """What somebody asked for who is about to be erased: what waits is withdrawn, and no card says anything of it.

    spared: the numbers of requests whose words still serve others: they are nobody's from here on.
    """
    await requests.hold(ctx.session, process.id)
    await requests.disown(ctx.session, spared, person, ctx.now)
    for request in await requests.all_of(ctx.session, process.id, person):
        before = request.state
        over = {"state": "withdrawn", "decided_at": ctx.now, "next_at": None}
        if await requests.move(ctx.session, request, "waiting", "refusing", **over):
            await trace(ctx, process, request, "withdraw", before, "withdrawn")
            await process.ended(request, ctx)
        await cards.empty(ctx, process, request)
    await cards.refresh_waiting(ctx, process)
