"""Pages of the bot in a story: where they are, the listener that gives them, and what people lose."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlmodel import select

from bot.app import App
from bot.config import Listener
from bot.web import Public
from storage.people import Account, Grant
from tests.humans import Human
from tests.scenarios.company import Company

LINK = re.compile(r"https?://[^\s)>]+/visit/[\w.-]+")


def on_the_web(port: int) -> dict[str, Any]:
    """The tables of the settings for a bot that shows pages on a port of this machine."""
    return {"web": {"public": f"127.0.0.1:{port}", "address": f"http://127.0.0.1:{port}"}}


@asynccontextmanager
async def listening(app: App, port: int) -> AsyncIterator[Public]:
    """The public listener of a running bot."""
    public = Public(Listener(host="127.0.0.1", port=port), app.intake.hooks)
    await public.start()
    try:
        yield public
    finally:
        await public.stop()


async def loses_roles(company: Company, human: Human) -> None:
    """Somebody has no role any more, from this moment on."""
    async with company.store.write() as session:
        mine = select(Account.person_id).where(Account.external_id == human.external)
        person = (await session.exec(mine)).one()
        for grant in await session.exec(select(Grant).where(Grant.person_id == person)):
            await session.delete(grant)
