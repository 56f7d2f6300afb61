"""What was written in a request, and about it, is forgotten once it has served."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.deciding.process import Process
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
