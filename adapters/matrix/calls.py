"""The raw caller: one matrix-nio client, and the one place where its answers become the errors of the port.

nio returns errors instead of raising them, retries without limit by default, and sleeps on a 429 for as long as it is
told. Here a call has one timeout and one outcome: what the server answered, or a `PlatformError`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import ClientError
from nio import AsyncClient, AsyncClientConfig, LoginError, LoginResponse, RoomSendResponse

from bot.chat import LockedOut, NameTaken, NotAllowed, NotFound, PlatformError, RateLimited, Unreachable

Json = dict[str, Any]

CLIENT = "/_matrix/client/v3"
MEDIA = "/_matrix/media/v3"
SYNC_WAIT_MS = 30_000
# 100 is Synapse's own cap; members are learned from the summary, so that a large room stays small in memory.
SYNC_FILTER: Json = {
    "room": {
        "timeline": {"limit": 100},
        "state": {"lazy_load_members": True},
        "ephemeral": {"types": ["m.receipt"]},
        "account_data": {"types": []},
    },
    "presence": {"types": []},
    "account_data": {"types": ["m.direct"]},
}

# Codes of https://spec.matrix.org/v1.15/client-server-api/#standard-error-response
_MEANING: dict[str, type[PlatformError]] = {
    "M_FORBIDDEN": NotAllowed,
    "M_GUEST_ACCESS_FORBIDDEN": NotAllowed,
    "M_MISSING_TOKEN": LockedOut,
    "M_UNKNOWN_TOKEN": LockedOut,
    "M_USER_DEACTIVATED": LockedOut,
    "M_USER_LOCKED": LockedOut,
    "M_NOT_FOUND": NotFound,
    "M_ROOM_IN_USE": NameTaken,
}
_BY_STATUS: dict[int, type[PlatformError]] = {401: NotAllowed, 403: NotAllowed, 404: NotFound}


SILENT, LONGEST = 5.0, 3600.0
"""Seconds for which a server is left alone that does not say for how long it wants to be, and at most."""


def failure(status: int, code: str, retry_after_ms: Any = None, retry_after: str | None = None) -> PlatformError:
    """The error of the port for an answer that is not a success.

    status: HTTP. code: Matrix errcode, "" when the body had none. retry_after_ms, retry_after: as the body and the
    header of the same name say, None when silent.
    """
    if status == 429 or code == "M_LIMIT_EXCEEDED":
        return RateLimited(pause(retry_after_ms, retry_after), "M_LIMIT_EXCEEDED")
    if status >= 500 or (status >= 400 and not code):
        # Without an errcode it was not the homeserver that answered, but something in front of it.
        return Unreachable(code or f"HTTP_{status}")
    if status == 404 and code == "M_UNKNOWN":
        code = "M_NOT_FOUND"  # what Synapse means, where its database found no row
    return _MEANING.get(code, _BY_STATUS.get(status, PlatformError))(code)


def pause(retry_after_ms: Any, retry_after: str | None) -> float:
    """Seconds for which the server asks to be left alone. Whatever stands in front of it may have written this.

    The header, in seconds, is the newer way (spec, "Rate limiting"); the body's milliseconds are what servers send.
    """
    for said, unit in ((retry_after, 1.0), (retry_after_ms, 0.001)):
        try:
            seconds = float(said) * unit if said is not None and not isinstance(said, bool) else 0.0
        except (TypeError, ValueError, OverflowError):  # a date, or nothing of sense
            continue
        if seconds > 0:
            return min(seconds, LONGEST)
    return SILENT


def transaction(*parts: str) -> str:
    """A transaction id derived from names: the same thing sent again is the same event.

    Spec, "Transaction identifiers". Names may hold anything; ids are kept short and plain.
    """
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


class Calls:
    """Calls to one homeserver as one device."""

    def __init__(
        self, homeserver: str, user: str, *, access_token: str, password: str, device_id: str, timeout: float,
        trust: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        """user: full id or local part. timeout: seconds for one call. trust: what certificates are checked with.

        device_id must stay the same between runs: the server keeps transaction ids per device.
        """
        config = AsyncClientConfig(
            encryption_enabled=False, max_limit_exceeded=0, max_timeouts=0, request_timeout=timeout
        )
        # Its annotation knows only "no check"; it hands on what aiohttp takes.
        how: Any = {"ssl": trust, "proxy": _proxy(homeserver)}
        self.client = AsyncClient(homeserver.rstrip("/"), user, device_id=device_id, config=config, **how)
        self.timeout = timeout
        self._token = access_token
        self._password = password
        self._entering = asyncio.Lock()
        self._filter = ""  # the id of what syncs are to hold, once deposited

    @property
    def me(self) -> str:
        """The bot's own user id (known once logged in)."""
        return str(self.client.user_id)

    @property
    def proof(self) -> Json:
        """What lets the account do what needs its password; {} where the bot was not given it.

        Spec, "Password-based" of the user-interactive authentication.
        """
        user = {"type": "m.id.user", "user": self.me}
        auth = {"type": "m.login.password", "identifier": user, "password": self._password}
        return {"auth": auth} if self._password else {}

    async def login(self) -> None:
        """Log in unless done already. Raises LockedOut on bad credentials, Unreachable, RateLimited."""
        async with self._entering:
            if self.client.access_token:
                return
            if self._token:
                who = await self._answer("GET", f"{CLIENT}/account/whoami", token=self._token)
                device = who.get("device_id") or self.client.device_id or ""
                self.client.restore_login(who["user_id"], device, self._token)
                return
            response = await self._within(self.client.login(self._password, device_name="Parvis"))
            if isinstance(response, LoginError):
                error = _translated(response)
                raise LockedOut(error.reason, "password") if isinstance(error, NotAllowed) else error
            assert isinstance(response, LoginResponse)

    def sign_out(self) -> None:
        """Sign in again at the next call: where that takes a password, another process did so and ended our session."""
        self.client.access_token = ""

    async def sign_in_as(self, device: str) -> bool:
        """Sign in as another device, where the bot has a password to do it with. Raises PlatformError."""
        if self._token:
            return False
        self.client.access_token = ""
        self.client.device_id = device
        await self.login()
        return True

    async def request(
        self, method: str, *path: str, query: Mapping[str, str] | None = None, body: Any = None, base: str = CLIENT
    ) -> Json:
        """Call an endpoint. path: its segments, unquoted. Raises PlatformError."""
        await self.login()
        url = "/".join([base, *(quote(part, safe="") for part in path)])
        return await self._answer(method, f"{url}?{urlencode(query)}" if query else url, body)

    async def sync(self, since: str, *, full_state: bool, wait_ms: int = SYNC_WAIT_MS) -> Json:
        """What happened since a position ("" for a first look), waiting for up to half a minute."""
        await self.login()
        query = {"filter": await self._filtering(), "timeout": str(0 if full_state else wait_ms)}
        if since:
            query["since"] = since
        if full_state:
            query["full_state"] = "true"
        timeout = SYNC_WAIT_MS / 1000 + max(15.0, self.timeout)
        try:
            return await self._answer("GET", f"{CLIENT}/sync?{urlencode(query)}", timeout=timeout)
        except PlatformError:
            self._filter = ""  # perhaps the server has forgotten it; the next look deposits it again
            raise

    async def _filtering(self) -> str:
        """What syncs are to hold: an id for it, since a server checks a filter that is spelled out at each look.

        https://spec.matrix.org/v1.15/client-server-api/#post_matrixclientv3useruseridfilter
        """
        if not self._filter:
            try:
                made = await self.request("POST", "user", self.me, "filter", body=SYNC_FILTER)
                self._filter = str(made["filter_id"])
            except (LockedOut, RateLimited, Unreachable):
                raise
            except (PlatformError, KeyError):
                return json.dumps(SYNC_FILTER)
        return self._filter

    async def send(self, room: str, kind: str, content: Json, tx: str) -> str:
        """Send an event; the same transaction id from the same device is the same event. Returns its id."""
        await self.login()
        response = await self._within(self.client.room_send(room, kind, content, tx_id=tx))
        if isinstance(response, RoomSendResponse):
            return str(response.event_id)
        raise self._failed(_translated(response))

    async def redact(self, room: str, event: str, tx: str) -> None:
        """Remove an event's content. Raises NotAllowed, NotFound."""
        await self.request("PUT", "rooms", room, "redact", event, tx, body={})

    async def event(self, room: str, event: str) -> Json:
        """One event with the server's aggregations. Raises NotFound, NotAllowed."""
        return await self.request("GET", "rooms", room, "event", event)

    async def messages(self, room: str, *, start: str = "", end: str = "", only: Json | None = None) -> Json:
        """A page of a room's events, latest first: `chunk`, and `end` while there is more."""
        query = {"dir": "b", "limit": "100"}
        query.update({k: v for k, v in (("from", start), ("to", end)) if v})
        if only:
            query["filter"] = json.dumps(only)
        return await self.request("GET", "rooms", room, "messages", query=query)

    async def own_reactions(self, room: str, event: str) -> dict[str, str]:
        """The bot's reactions to an event: key -> id of the reaction."""
        found: dict[str, str] = {}
        query = {"limit": "100"}
        while True:
            page = await self.request(
                "GET", "rooms", room, "relations", event, "m.annotation", "m.reaction",
                query=query, base="/_matrix/client/v1",
            )  # fmt: skip
            for one in page.get("chunk", []):
                relation = one.get("content", {}).get("m.relates_to", {})
                if one.get("sender") == self.me and relation.get("key"):
                    found[relation["key"]] = one["event_id"]
            if not page.get("next_batch"):
                return found
            query["from"] = page["next_batch"]

    async def state(self, room: str) -> list[Json]:
        """The whole state of a room. Raises NotAllowed when the bot is not in it."""
        answer: Any = await self.request("GET", "rooms", room, "state")
        return list(answer)

    async def state_event(self, room: str, kind: str, key: str = "") -> Json:
        """The content of one state event, {} when there is none."""
        try:
            return await self.request("GET", "rooms", room, "state", kind, key)
        except NotFound:
            return {}

    async def put_state(self, room: str, kind: str, content: Json, key: str = "") -> None:
        """Set a state event; the same content again changes nothing."""
        await self.request("PUT", "rooms", room, "state", kind, key, body=content)

    async def joined(self, room: str) -> list[str]:
        """The accounts in a room."""
        return list((await self.request("GET", "rooms", room, "joined_members"))["joined"])

    async def upload(self, data: bytes, mime: str) -> str:
        """Upload a file; returns its mxc:// address."""
        await self.login()
        answer = await self._answer("POST", f"{MEDIA}/upload", data, mime=mime)
        return str(answer["content_uri"])

    async def close(self) -> None:
        """Let go of connections."""
        await self.client.close()

    async def _answer(
        self, method: str, path: str, body: Any = None, *, token: str = "", mime: str = "application/json",
        timeout: float = 0,  # noqa: ASYNC109 - seconds of this call, kept by `_within`
    ) -> Json:  # fmt: skip
        headers = {"Authorization": f"Bearer {token or self.client.access_token}", "Content-Type": mime}
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body)
        seconds = timeout or self.timeout
        status, text, after = await self._within(self._exchange(method, path, data, headers, seconds), seconds + 1)
        try:
            answer = json.loads(text)
        except ValueError:
            raise failure(max(status, 500) if status < 400 else status, "", None, after) from None
        if status < 300:
            return answer  # type: ignore[no-any-return] # an object, except for /state, which says so
        known = answer if isinstance(answer, dict) else {}
        raise self._failed(failure(status, str(known.get("errcode", "")), known.get("retry_after_ms"), after))

    def _failed(self, error: PlatformError) -> PlatformError:
        """A session that ended is forgotten where the password can begin it again, on the same device."""
        if isinstance(error, LockedOut) and self._password and not self._token:
            self.client.access_token = ""
        return error

    async def _exchange(
        self, method: str, path: str, data: Any, headers: dict[str, str], seconds: float
    ) -> tuple[int, str, str | None]:
        """The status, the body, and how long to wait where the answer says so."""
        async with await self.client.send(method, path, data, headers, timeout=seconds) as response:
            return response.status, await response.text(), response.headers.get("Retry-After")

    async def _within(self, call: Any, seconds: float = 0) -> Any:
        try:
            async with asyncio.timeout(seconds or self.timeout):
                return await call
        except TimeoutError:
            raise Unreachable("timeout") from None
        except (ClientError, OSError) as error:
            raise Unreachable(type(error).__name__) from None


def _proxy(url: str) -> str | None:
    """The proxy of the environment for this address, `no_proxy` honoured (the library looks at neither)."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


def _translated(response: Any) -> PlatformError:
    transport = response.transport_response
    status = transport.status if transport is not None else 500
    after = transport.headers.get("Retry-After") if transport is not None else None
    return failure(status, response.status_code or "", response.retry_after_ms, after)
