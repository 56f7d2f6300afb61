"""Who the bot is, asked once."""

from __future__ import annotations

import asyncio

from adapters.slack.calls import JSON, Calls
from adapters.slack.inbound import Me
from bot.chat import LockedOut, NotAllowed


class Identity:
    """The answers of auth.test, kept for the life of the process."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.known: Me | None = None  # who the bot is, once asked
        self._asking: asyncio.Future[Me] | None = None

    async def me(self) -> Me:
        """Who the bot is. Raises LockedOut when a token is not accepted, Unreachable, RateLimited."""
        if self.known is not None:
            return self.known
        if self._asking is None or self._asking.done():
            # Whoever comes before the answer waits for the same one: a burst at the start makes one call.
            self._asking = asyncio.ensure_future(self._ask())
            self._asking.add_done_callback(lambda asked: asked.cancelled() or asked.exception())
        return await asyncio.shield(self._asking)  # who gives up waiting takes the answer from nobody else

    async def _ask(self) -> Me:
        bot = await self._calls.call("auth.test")
        owner = await self._owner()
        self.known = Me(
            user=bot["user_id"],
            bot=bot.get("bot_id") or "",
            team=bot["team_id"],
            enterprise=bot.get("enterprise_id") or "",
            owner=owner.get("user_id") or "",
            url=bot.get("url") or "",
        )
        return self.known

    async def _owner(self) -> JSON:
        """Who lent the user token; a token that is refused is told apart from the bot's own."""
        try:
            return await self._calls.call("auth.test", who="user") if self._calls.has("user") else {}
        except NotAllowed as error:
            raise LockedOut(error.reason, "user_token") from None
