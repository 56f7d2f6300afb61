"""From a payload to its acknowledgement: translated, recorded, and only then acknowledged.

The first middleware of the bolt app does all of it and returns the acknowledgement itself: nothing of bolt follows, not
even its authorization. It does not know whether the payload came through a socket or by HTTP.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from datetime import datetime
from time import time
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack import render, views
from adapters.slack.calls import JSON, QUIET, Calls
from adapters.slack.identity import Identity
from adapters.slack.inbound import Malformed, Reading, announced, translate, unhandle
from adapters.slack.text import cut
from adapters.slack.twins import Twins
from bot.chat import (
    Command,
    Door,
    Errors,
    Event,
    Form,
    Message,
    Overloaded,
    PlatformError,
    Press,
    ProfileChanged,
    Submission,
)

_log = structlog.get_logger("parvis.slack")

LOOKING = 1.0  # seconds to find out where a command was typed
CHECKING = 2.5  # seconds that checking a form may take: Slack gives 3 in all
APOLOGY = 1.0  # seconds to find the words for what could not be recorded
_ERROR = 2_000  # characters of a sentence beside a field

DRAIN = 3.0  # seconds: after that, Slack waits for no acknowledgement any more
UNANSWERED = 503  # bolt sends no acknowledgement; over HTTP, Slack tries again


class Doorway:
    """What stands between the bolt app and the door of the bot.

    directs: rooms known to be the bot's direct rooms; learn: told what a user is now; twins: told of new channels.
    """

    def __init__(
        self,
        platform: str,
        calls: Calls,
        identity: Identity,
        *,
        now: Callable[[], datetime],
        directs: dict[str, str],
        learn: Callable[[JSON], None],
        twins: Twins,
    ) -> None:
        self.door: Door | None = None
        self._platform, self._calls, self._identity = platform, calls, identity
        self._now, self._directs, self._learn = now, directs, learn
        self._twins = twins
        self._foreign: set[str] = set()
        self._aside: set[asyncio.Task[None]] = set()
        self._busy = 0
        self.idle = asyncio.Event()  # no envelope is in hand
        self.idle.set()

    def app(self) -> AsyncApp:
        """The bolt app, for Socket Mode.

        `authorize` answers from memory: bolt's own asks Slack, and loses events when that fails.
        """

        async def authorize() -> AuthorizeResult:
            me = self._identity.known or await self._identity.me()
            return AuthorizeResult(
                enterprise_id=me.enterprise or None, team_id=me.team, bot_id=me.bot, bot_user_id=me.user
            )

        # A client without token: bolt would prefer its own authorization to ours. What it checks of HTTP is not needed.
        return AsyncApp(
            name="parvis",
            logger=QUIET,
            client=self._calls.bare(),
            authorize=authorize,
            before_authorize=_First(self.take),
            ssl_check_enabled=False,
            request_verification_enabled=False,
        )

    async def envelope(
        self, app: AsyncApp, connection: Callable[[], SocketModeClient], request: SocketModeRequest
    ) -> None:
        """Acknowledge one envelope of Socket Mode once it is recorded.

        connection: that of the moment, since Slack takes an acknowledgement on any.
        """
        started = time()
        with self._in_hand():
            response: BoltResponse | None = None
            with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):
                response = await run_async_bolt_app(app, request)
            if response is None or response.status == 500:
                # Bolt itself could not read it: left at that, it would come again and fail again.
                response = await self.take(request.payload)
            await send_async_response(connection(), request, response, started)

    async def hand_in(self, payload: JSON) -> BoltResponse:
        """Record one payload that came by HTTP, verified already, and return its acknowledgement.

        Bolt has no part in it: what it would do with it (find a listener, wait for its answer) is not needed here.
        """
        with self._in_hand():
            return await self.take(payload)

    async def drain(self) -> None:
        """Let what is in hand be acknowledged."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN):
                await self.idle.wait()

    @contextlib.contextmanager
    def _in_hand(self) -> Iterator[None]:
        self._busy += 1
        self.idle.clear()
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self.idle.set()

    async def take(self, body: Any) -> BoltResponse:
        """Record one payload and return its acknowledgement. Called by bolt, once it has verified and read it."""
        assert self.door is not None, "payloads come only while the platform runs"
        try:
            me = self._identity.known or await self._identity.me()
            if room := announced(body):
                await self._twins.announced(*room)
            found = translate(body, Reading(self._platform, me, self._now(), self._directs.values()))
            if isinstance(found, Malformed):
                await self.door.park(self._platform, found.key, found.reason)
                return BoltResponse(status=200)
            if found is None:
                return BoltResponse(status=200)
            if isinstance(found, Submission):
                return await self._filled(self.door, found)
            if isinstance(found, ProfileChanged):
                self._learn(body["event"]["user"])
            event = await self._understood(found)
            try:
                await self.door.record(event)
            except Overloaded:
                return await self._not_recorded(self.door, event)
            return BoltResponse(status=200)
        except Overloaded:
            return BoltResponse(status=UNANSWERED)
        # Whatever went wrong, it is not recorded: unacknowledged, it comes again.
        except Exception as error:  # noqa: BLE001 - see above
            # The error's own text may hold what people wrote.
            _log.error("slack.not_recorded", platform=self._platform, error=type(error).__name__)
            return BoltResponse(status=UNANSWERED)

    async def _placed(self, event: Command) -> Command:
        """A slash command from an unknown direct message: the bot can look at its own only."""
        if not event.room.startswith("D") or event.room in self._foreign:
            return event
        with contextlib.suppress(TimeoutError, PlatformError):
            async with asyncio.timeout(LOOKING):
                found = (await self._calls.ask("conversations.info", channel=event.room)).get("channel") or {}
            if found.get("is_im") and found.get("user") == event.by:
                return event.model_copy(update={"direct": True})
            self._foreign.add(event.room)
        return event

    async def _understood(self, event: Event) -> Event:
        """What came, with what is known of where; what it tells of direct rooms is kept in mind."""
        if isinstance(event, Command) and not event.direct:
            event = await self._placed(event)
        if event.direct:
            self._directs.setdefault(event.by, event.room)
        return event

    async def _not_recorded(self, door: Door, event: Event) -> BoltResponse:
        """What does not come again (a command, a press) is acknowledged, and its person told; all else comes again."""
        if isinstance(event, Command) and event.handle and "url" in unhandle(event.handle):
            return BoltResponse(
                status=200, body={"response_type": "ephemeral", **render.message(await self._sorry(door, event))}
            )
        if isinstance(event, Press):
            self._spawn(self._tell(door, event))
            return BoltResponse(status=200)
        return BoltResponse(status=UNANSWERED)

    async def _filled(self, door: Door, event: Submission) -> BoltResponse:
        """A form; one by whom no database can look for is left with a trace, as it would come again and fail again."""
        try:
            return await self._submitted(door, event)
        except UnicodeEncodeError:
            await door.park(self._platform, event.key, "half a character")
            return BoltResponse(status=200)

    async def _submitted(self, door: Door, event: Submission) -> BoltResponse:
        """Checked first: errors go beside the fields, a further page replaces the view; else recorded, and closed.

        What can be neither checked nor recorded stays as it was filled in, with an apology.
        """
        try:
            return await self._entered(door, event)
        except Overloaded:
            if not event.values:
                raise
            sorry = "\n".join(part.text for part in (await self._sorry(door, event)).parts)
            return BoltResponse(status=200, body=_beside({next(iter(event.values)): sorry}, event))

    async def _entered(self, door: Door, event: Submission) -> BoltResponse:
        try:
            async with asyncio.timeout(CHECKING):
                checked = await door.check(event)
        except TimeoutError:
            raise Overloaded from None
        if isinstance(checked, Errors):
            return BoltResponse(status=200, body=_beside(checked.fields, event))
        if isinstance(checked, Form):
            at = self._identity.known.url if self._identity.known else ""
            further = views.view(checked, home=event.home, at=at)
            return BoltResponse(status=200, body={"response_action": "update", "view": further})
        await door.record(event)
        return BoltResponse(status=200, body={"response_action": "clear"})

    async def _sorry(self, door: Door, event: Event) -> Message:
        async with asyncio.timeout(APOLOGY):
            return await door.not_recorded(self._platform, event.by)

    async def _tell(self, door: Door, event: Press) -> None:
        if url := unhandle(event.handle).get("url"):
            sorry = render.message(await self._sorry(door, event))
            await self._calls.respond(url, {"response_type": "ephemeral", "replace_original": False, **sorry})

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something after the acknowledgement, kept until it is done."""
        task = asyncio.create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._aside.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.warning("slack.apology_failed", platform=self._platform, error=type(error).__name__)


class _First(AsyncMiddleware):
    """What bolt does first of all with a payload. A class, since a function would be given thirty things at each."""

    def __init__(self, take: Callable[[Any], Awaitable[BoltResponse]]) -> None:
        self._take = take

    async def async_process(self, **given: Any) -> BoltResponse:
        """given: req, resp and next, of which only what came matters."""
        return await self._take(given["req"].body)


def _beside(fields: dict[str, str], event: Submission) -> JSON:
    """Errors by block id. Slack refuses an answer that names no input of the view: such errors go to the last one."""
    errors: dict[str, str] = {}
    for name, text in fields.items():
        shown = name if name in event.values else next(reversed(event.values), name)
        errors[shown] = cut(f"{errors[shown]}\n{text}" if shown in errors else text, _ERROR)
    return {"response_action": "errors", "errors": errors}
