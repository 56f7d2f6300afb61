"""Who the bot is, asked once."""

from __future__ import annotations

import asyncio

from adapters.slack.calls import Calls
from adapters.slack.inbound import Me


class Identity:
    """The answers of auth.test, kept for the life of the process."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.known: Me | None = None  # who the bot is, once asked
        self._asking = asyncio.Lock()

    async def me(self) -> Me:
        """Who the bot is. Raises NotAllowed when a token is not accepted, Unreachable, RateLimited."""
        async with self._asking:
            if self.known is None:
                bot = await self._calls.call("auth.test")
                owner = await self._calls.call("auth.test", who="user") if self._calls.has("user") else {}
                self.known = Me(
                    user=bot["user_id"],
                    bot=bot.get("bot_id") or "",
                    team=bot["team_id"],
                    enterprise=bot.get("enterprise_id") or "",
                    owner=owner.get("user_id") or "",
                )
        return self.known
