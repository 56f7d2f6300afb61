"""The page of the bot that a platform showed to somebody who was erased is drawn over: nothing stands there now."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from bot.chat import Message, Part
from bot.nudge import Context, SequenceSpec, Step
from storage.outbox import Running

BLANK = "desk.blank"


async def begin(ctx: Context, accounts: tuple[tuple[str, str], ...], text: str) -> None:
    """Have the page of each account say this alone. What the steps know is forgotten with the last one."""
    for platform, external in accounts:
        name = f"{BLANK}:{secrets.token_hex(8)}"
        await ctx.outbox.start(BLANK, name, {"platform": platform, "account": external, "text": text, "name": name})


async def _blank(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    await platform.show_home(state["account"], Message(parts=(Part(text=state["text"]),)))
    return {}


async def _refused(state: Mapping[str, Any], _code: str, ctx: Context) -> None:
    """The platform knows them no more, or lets nobody do it: nothing of it is kept."""
    await ctx.session.exec(delete(Running).where(col(Running.name) == state["name"]))


SEQUENCE = SequenceSpec(BLANK, (Step("blank", run=_blank),), _refused)
