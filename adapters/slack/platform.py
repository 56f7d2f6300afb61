"""Slack as a platform: the pieces of this package put together."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import aiohttp
import structlog

from adapters.slack import past
from adapters.slack.calls import PER_MINUTE, Calls, Window
from adapters.slack.directory import SlackPeople, Told
from adapters.slack.doorway import Doorway
from adapters.slack.examine import examined
from adapters.slack.hook import Listening
from adapters.slack.identity import Identity
from adapters.slack.link import Link
from adapters.slack.messages import SlackMessages
from adapters.slack.past import SlackPast
from adapters.slack.pictures import Pictures
from adapters.slack.reachable import reached
from adapters.slack.rooms import SlackRooms
from adapters.slack.twins import Twins
from bot.chat import Door, Finding, LockedOut, NotAllowed, Pace, PlatformError, RateLimited

_log = structlog.get_logger("parvis.slack")

PING = 10.0  # seconds between two pings, as bolt has it


class SlackPlatform(SlackMessages, SlackRooms, SlackPast, SlackPeople):
    """One workspace, through an app installed on it.

    name: as configured. bot_token ("xoxb-"): what the bot acts with. app_token ("xapp-"): opens Socket Mode.
    signing_secret: proves payloads that come by HTTP instead, to "/slack/NAME". One of these two is "".
    user_token ("xoxp-"): an admin's, used only for what the workspace keeps to its admins; "" without one.
    api_url: where the Web API is, ending with "/api/". now: the time, aware, in UTC. http: a session to use.
    trust: what certificates are checked with; None for the system's. per_minute: messages that the workspace takes.
    """

    # One message a second and channel (docs: apis/web-api/rate-limits); conversations.open as any method of tier 3.
    pace = Pace(per_room=1.0, in_flight=10, timeout=10.0, openings=PER_MINUTE["conversations.open"])
    receipts = False
    addressed = False
    exclusive = False  # Slack hands what happens to any one of up to ten connections (docs, "Socket Mode")

    def __init__(
        self,
        name: str,
        *,
        bot_token: str,
        app_token: str = "",
        user_token: str = "",
        api_url: str,
        now: Callable[[], datetime],
        http: aiohttp.ClientSession | None = None,
        signing_secret: str = "",
        trust: ssl.SSLContext | None = None,
        ping: float = PING,
        per_minute: float = 0.0,
    ) -> None:
        self.name = name
        self.pace = replace(self.pace, per_minute=per_minute)
        self._now = now
        self._directs: dict[str, str] = {}
        self._profiles: dict[str, Told] = {}
        self._labels = None
        self._created: dict[str, str] = {}
        self._creating = asyncio.Lock()
        self._twins = Twins(name)
        tokens = {"bot": bot_token, "user": user_token, "app": app_token}
        self._calls = Calls(api_url, tokens, timeout=self.pace.timeout, now=now, http=http, trust=trust)  # type: ignore[arg-type]
        self._identity = Identity(self._calls)
        self._past = Window(past.PER_MINUTE)
        self._pictures = Pictures(self._calls, now)
        self._doorway = Doorway(
            name, self._calls, self._identity, now=now, directs=self._directs, learn=self.learn, twins=self._twins
        )
        self._app_token, self._ping = app_token, ping
        self._secret, self._path = signing_secret, f"/slack/{name}"
        self._link: Link | None = None
        self._listening = Listening(name, signing_secret, doorway=self._doorway, now=now)

    async def run(self, door: Door) -> None:
        """Sign in, connect, hand in what happens. Raises LockedOut, with Slack's reason, on a token it refuses."""
        self._doorway.door = self._twins.door = door
        if not self._app_token:  # before signing in: Slack verifies the address while the app is being made
            door.serve(self._path, self._listening.answer)
        await self._sign_in()
        if not self._app_token:
            await asyncio.Event().wait()
        app = self._doorway.app()
        self._link = Link(self.name, app, self._app_token, calls=self._calls, doorway=self._doorway, ping=self._ping)
        await self._link.run()

    async def _sign_in(self) -> None:
        while True:
            try:
                await self._identity.me()
                return
            except (LockedOut, NotAllowed):
                raise
            except PlatformError as error:
                _log.warning("slack.not_signed_in", platform=self.name, reason=error.reason)
                await asyncio.sleep(error.retry_after if isinstance(error, RateLimited) else self._ping / 2)

    @property
    def connected(self) -> bool:
        """Events are coming in. By HTTP: they may come, for all that can be known here."""
        if not self._app_token:
            return self._doorway.door is not None and self._identity.known is not None
        return self._link is not None and self._link.connected

    async def examine(self, refused: str = "", address: str = "") -> Sequence[Finding]:
        """Tokens, scopes, clock, who may make channels, and by HTTP whether Slack is answered: see `examine`."""
        found = await examined(self._calls, self._now(), refused)
        if self._secret:
            url = f"{address}{self._path}" if address else ""
            found.append(await reached(self._calls, self._secret, url, self._now()))
        return found

    async def close(self) -> None:
        """Take nothing more, let what is in hand be acknowledged, and let go."""
        await self._listening.close()
        if self._link is not None:
            await self._link.close()
        await self._calls.close()
