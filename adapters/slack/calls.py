"""Calls of Slack's Web API: paced by its tiers, timed out, and refused with the errors of `bot.chat` only."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.codes import UNKNOWN_EFFECT, UNREADY, refusal
from bot.chat import Paced, RateLimited, Unreachable

JSON = dict[str, Any]
Who = Literal["bot", "user", "app"]

# Calls a minute, per method, workspace and app: the lower bounds that Slack publishes
# (docs.slack.dev, apis/web-api/rate-limits; tiers as in reference/methods). What is absent has limits of its own.
_TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
_TIER_OF = {
    2: "users.list conversations.list conversations.create conversations.archive conversations.unarchive "
    "conversations.rename conversations.setTopic usergroups.list usergroups.users.list pins.add",
    3: "conversations.history conversations.replies conversations.info conversations.open conversations.invite "
    "conversations.join chat.update chat.delete dnd.info team.profile.get",
    4: "views.open views.push users.info users.profile.get conversations.members chat.postEphemeral "
    "files.getUploadURLExternal files.completeUploadExternal",
}
PER_MINUTE = {method: _TIERS[tier] for tier, methods in _TIER_OF.items() for method in methods.split()}

PATIENCE = 2.0  # seconds that a call waits for its turn; beyond, the caller is told to come back
_MINUTE = 60.01  # a clock of ours and one of theirs are never read at the same moment
_AGAIN = 0.1  # seconds until one looks again, when as many as may be are under way
_JSON_METHODS = ("chat.", "views.")  # the others take forms; reading methods take nothing else

# The library logs whole payloads at level DEBUG, and messages are nobody's business: never below WARNING.
_log = structlog.get_logger("parvis.slack")
QUIET = logging.getLogger("parvis.slack")
QUIET.setLevel(logging.WARNING)


class Window:
    """Calls of one method: no more than `per_minute` in any minute, by Slack's count.

    Slack counts a call between the moment it begins and the moment it is answered: so one begins no sooner than a
    minute after the answer of the one that is `per_minute` calls before it. Times are in seconds.
    """

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._ended: deque[float] = deque()
        self._under_way = 0
        self._asked, self._paused = float("-inf"), float("-inf")  # when Slack asked for time, and until when

    def wait(self, now: float) -> float:
        """Seconds until one more may begin."""
        while self._ended and not now - _MINUTE < self._ended[0] <= now:  # later than now: the clock was set back
            self._ended.popleft()
        full = len(self._ended) + self._under_way - self._most
        until = self._ended[min(full, len(self._ended) - 1)] + _MINUTE if full >= 0 and self._ended else now
        paused = self._paused if self._asked <= now else now  # set back meanwhile, the clock says nothing of it
        return max(until, paused) - now if full < 0 or self._ended else _AGAIN

    def begin(self) -> None:
        """One begins."""
        self._under_way += 1

    def end(self, now: float) -> None:
        """One was answered, or given up."""
        self._under_way -= 1
        self._ended.append(now)

    def pause(self, now: float, seconds: float) -> None:
        """Slack asked to wait: nothing more of this method before."""
        self._asked, self._paused = now, now + seconds


class Calls:
    """The one place that speaks HTTP to Slack.

    tokens: bot, and user and app where configured. timeout: seconds for one call, waiting for its turn included.
    now: the clock that the pace is kept by. http: a session to use; without one, a session of its own is opened at the
    first call. trust: what certificates are checked with; None for the system's.
    """

    def __init__(
        self,
        api_url: str,
        tokens: dict[Who, str],
        *,
        timeout: float,
        now: Callable[[], datetime],
        http: aiohttp.ClientSession | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.timeout = timeout
        self._limit = aiohttp.ClientTimeout(total=timeout)
        self._now = now
        self._api_url = api_url
        self.proxy = proxy_of(api_url)
        self._trust = trust
        self._own = http is None
        self._http = http
        self._windows = {method: Window(most) for method, most in PER_MINUTE.items()}
        self._lacking: set[tuple[str, str]] = set()  # (method, scopes that it needs)
        self._clients = {who: self._client(api_url, token) for who, token in tokens.items() if token}

    def _client(self, api_url: str, token: str) -> AsyncWebClient:
        # No retries of the library's own: it posts a message twice when a connection drops after the request was read.
        client = AsyncWebClient(
            token=token, base_url=api_url, retry_handlers=[], logger=QUIET, session=self._http, ssl=self._trust
        )
        client.proxy = self.proxy
        return client

    def has(self, who: Who) -> bool:
        """That token is configured."""
        return who in self._clients

    def client(self, who: Who = "bot") -> AsyncWebClient:
        """The library's client, for what the library does by itself (Socket Mode)."""
        return self._clients[who]

    def bare(self) -> AsyncWebClient:
        """A client without token, which bolt asks for and never uses here."""
        return AsyncWebClient(base_url=self._api_url, retry_handlers=[], logger=QUIET)

    def http(self) -> aiohttp.ClientSession:
        """The one session. Needs a running loop."""
        if self._http is None or (self._own and self._http.closed):
            connector = aiohttp.TCPConnector(ssl=self._trust if self._trust is not None else True)
            self._http = aiohttp.ClientSession(timeout=self._limit, connector=connector)
            for client in self._clients.values():
                client.session = self._http
        return self._http

    async def close(self) -> None:
        """Close the session, if it is our own."""
        if self._own and self._http is not None:
            await self._http.close()

    async def call(self, method: str, *, who: Who = "bot", fine: frozenset[str] = frozenset(), **args: Any) -> JSON:
        """Call a method and return its answer.

        fine: refusals that mean that it is done already. args: what is None is left out.
        Raises the errors of `bot.chat`; Unreachable leaves open whether the call had its effect.
        """
        answer = await self.ask(method, who=who, **args)
        if answer.get("ok") or answer.get("error") in fine:
            return answer
        if answer.get("error") == "missing_scope":
            self._lacks(method, str(answer.get("needed") or ""))
        raise refusal(_code(answer), who)

    def _lacks(self, method: str, scopes: str) -> None:
        """Say once what an administrator has to give back; what was wanted is refused each time, with the reason."""
        if (method, scopes) not in self._lacking:
            self._lacking.add((method, scopes))
            _log.error("slack.scope_missing", method=method, needed=scopes)

    async def ask(self, method: str, *, who: Who = "bot", **args: Any) -> JSON:
        """As `call`, but a refusal is returned as Slack wrote it. Raises RateLimited, Unreachable, LockedOut."""
        if who not in self._clients:
            raise refusal("not_authed", who)
        try:
            async with asyncio.timeout(self.timeout), self._turn(method):
                return await self._send(method, who, {key: value for key, value in args.items() if value is not None})
        except TimeoutError:
            raise Unreachable("timeout") from None

    async def pages(
        self, method: str, key: str, *, who: Who = "bot", patient: bool = True, **args: Any
    ) -> AsyncIterator[JSON]:
        """Every item of a list that comes in pages. key: where the items are. patient: wait whenever Slack asks to.

        Pages may be short or empty: only the cursor says that there is no more (docs: apis/web-api/pagination).
        """
        cursor: str | None = None
        while cursor != "":
            try:
                page = await self.call(method, who=who, cursor=cursor, **args)
            except RateLimited as error:
                if not patient:
                    raise
                await asyncio.sleep(error.retry_after)
                continue
            for item in page.get(key) or ():
                yield item
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")

    async def respond(self, url: str, body: JSON) -> bool | None:
        """Answer to a response_url (5 times within 30 minutes; docs: interactivity/handling-user-interaction).

        True: done. False: refused, or never sent. None: sent, and no answer.
        """
        if urlsplit(url).scheme not in {"http", "https"}:
            return False
        try:
            async with self.http().post(url, json=body, proxy=self.proxy, timeout=self._limit) as response:
                return response.status == 200 and '"ok":false' not in (await response.text()).replace(" ", "")
        except aiohttp.ClientConnectorError:
            return False
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return None

    async def upload(self, url: str, data: bytes) -> None:
        """Send the bytes of a file where files.getUploadURLExternal said. Raises Unreachable."""
        try:
            async with self.http().post(url, data=data, proxy=self.proxy, timeout=self._limit) as response:
                if response.status != 200:
                    raise Unreachable(f"http_{response.status}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unreachable(type(error).__name__) from None

    @asynccontextmanager
    async def _turn(self, method: str) -> AsyncIterator[None]:
        """Wait for it, not for long. Raises Paced."""
        window = self._windows.get(method)
        if window is None:
            yield
            return
        waited = 0.0
        while (wait := window.wait(self._now().timestamp())) > 0:
            waited += wait
            if waited > PATIENCE:
                raise Paced(wait)
            await asyncio.sleep(wait)
        window.begin()
        try:
            yield
        finally:
            window.end(self._now().timestamp())

    async def _send(self, method: str, who: Who, args: JSON) -> JSON:
        self.http()
        how = {"json": args} if method.startswith(_JSON_METHODS) else {"data": _form(args)}
        try:
            response = await self._clients[who].api_call(method, **how)  # type: ignore[arg-type]
            return dict(response.data)  # type: ignore[arg-type]
        except SlackApiError as error:
            return self._refused(method, error)
        except TimeoutError:
            raise Unreachable("timeout") from None
        # AttributeError: the library, on an answer in plain text (a proxy's error page).
        except (aiohttp.ClientError, SlackClientError, OSError, ValueError, AttributeError) as error:
            raise Unreachable(type(error).__name__) from None

    def _refused(self, method: str, error: SlackApiError) -> JSON:
        """The body of a refusal; RateLimited and Unreachable are raised here."""
        data = getattr(error.response, "data", None)
        status = getattr(error.response, "status_code", 0)
        code = data.get("error") if isinstance(data, dict) else None
        if status == 429 or code in {"ratelimited", "rate_limited"}:
            seconds = _seconds(getattr(error.response, "headers", {}).get("Retry-After"))
            if method in self._windows:  # limits are per method: another process may have used this one's up
                self._windows[method].pause(self._now().timestamp(), seconds)
                raise Paced(seconds, "rate_limited") from None
            raise RateLimited(seconds) from None
        if code is None or code in UNKNOWN_EFFECT:
            raise Unreachable(str(code or f"http_{status}")) from None
        assert isinstance(data, dict)
        return data


def _code(answer: JSON) -> str:
    """Why it was refused. Of refused blocks only the messages beside the code tell that it was about a file."""
    code = str(answer.get("error") or "no_reason")
    about = str((answer.get("response_metadata") or {}).get("messages") or "")
    return UNREADY if code == "invalid_blocks" and "invalid slack file" in about else code


SILENT, LONGEST = 30.0, 3600.0
"""Seconds for which Slack is left alone when it does not say for how long it wants to be, and at most."""


def _seconds(header: str | None) -> float:
    """As "Retry-After" says. A proxy may have written it: a date, or no number that a clock knows."""
    try:
        return min(max(1.0, float(header or "")), LONGEST)
    except ValueError:
        return SILENT


def _form(args: JSON) -> JSON:
    """Arguments as a form holds them: lists with commas, booleans as words."""
    return {key: _text(value) for key, value in args.items()}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, (list, tuple)) else str(value)


def proxy_of(url: str) -> str | None:
    """The proxy of the environment for this address, `no_proxy` honoured (the library does not)."""
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get(parts.scheme)


def fine(*codes: str) -> frozenset[str]:
    """Refusals that mean that it is done already."""
    return frozenset(codes)
