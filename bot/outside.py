"""Answering who has no part in the organisation: about what is held of themselves, and about nothing else."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import Command, Event, Press
from bot.lookup import as_told
from bot.nudge import Actor, Answer, Priority, Refused, To
from bot.parts import Parts
from bot.say import Say, say
from storage.people import Account
from storage.retention import UNTRACED

HUMAN = ("guest", "stranger")
"""Kinds of accounts behind which there is a human being who is no member, and whose account is open."""


async def answer(
    parts: Parts, session: AsyncSession, event: Event, who: Actor, now: datetime
) -> tuple[Actor, Answer] | None:
    """What is said to somebody without a role. About themselves it is planned for their direct room, if they asked
    there; all else is returned, to be shown at once where that can be done for them alone.
    """
    found = parts.lookup.asked(event) if isinstance(event, Command | Press) else None
    account = await session.get(Account, who.account)
    if found is None or not found.anyone or account is None or account.kind not in HUMAN:
        return who, say("rights-none")
    try:
        async with session.begin_nested():
            told = await found.handler(as_told(event, found), parts.context(session, now, who, found.nudge))
    except Refused as refused:
        told = Say(lines=(refused.line,))
    if not isinstance(told, Say):
        return None
    if not getattr(event, "direct", False):
        return who, told
    await parts.outbox.within(session, now).tell(
        To(room=event.room, platform=event.platform),
        told,
        name=f"{UNTRACED}{secrets.token_hex(8)}",
        kind="answer",
        priority=Priority.ANSWER,
        language=who.language,
    )
    return None
