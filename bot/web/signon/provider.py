"""The company's sign-on service, as the bot talks with it: where it is, what its keys are, whom a code stands for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from bot.config import SignOnSettings
from bot.web.signon.identity import Known, NotSignedOnError, checked, known

WITHIN = 8.0
"""Seconds in which the service must have answered all that it is asked for one sign-on."""

LARGEST = 512 * 1024
"""Bytes of an answer."""

FRESH = timedelta(hours=1)
"""For which what the service says of itself, and its keys, are believed."""

KEYS_AGAIN = timedelta(minutes=1)
"""After which its keys are asked for again where a token names one that is not known."""

REFUSED = frozenset({"invalid_client", "unauthorized_client"})
"""Of what it refuses: what concerns the bot itself, and not somebody's code."""

_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class About:
    """What the service says of itself (OpenID Connect Discovery 1.0, section 3). said: all of it."""

    issuer: str
    authorization: str
    token: str
    keys: str
    said: Mapping[str, Any]


class Provider:
    """One service. It keeps what it learned of it in memory, and no connection."""

    def __init__(
        self, settings: SignOnSettings, secret: str, now: Callable[[], datetime], *, within: float = WITHIN
    ) -> None:
        """secret: of the bot, with the service. now: the clock (UTC). within: see WITHIN."""
        self._within = within
        self._settings = settings
        self._secret = secret
        self._now = now
        self._about: tuple[datetime, About] | None = None
        self._keys: tuple[datetime, list[Mapping[str, Any]]] | None = None

    async def begins(self, back: str, state: str, nonce: str, challenge: str, language: str) -> str:
        """The address to which a browser goes to sign on. back: where it comes back to. Raises NotSignedOnError."""
        async with self._session() as http:
            about = await self._found(http)
        asked = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": back,
            "scope": "openid email" if self._settings.claim == "email" else "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",  # RFC 7636, section 4.2
            "ui_locales": language,
        }
        return f"{about.authorization}{'&' if urlsplit(about.authorization).query else '?'}{urlencode(asked)}"

    async def whom(self, code: str, back: str, nonce: str, verifier: str, issuer: str = "") -> Known:
        """Whom a code stands for. back: as in `begins`. issuer: what came with the code (RFC 9207), if anything.

        Raises NotSignedOnError.
        """
        async with self._session() as http:
            about = await self._found(http)
            if issuer and issuer != about.issuer:
                raise NotSignedOnError("wrong", "invalid_claim:iss")
            answer = await self._exchanged(http, about, code, back, verifier)
            token = answer.get("id_token")
            if not isinstance(token, str):
                raise NotSignedOnError("wrong", "no_token")
            claims = await self._claims(http, about, token, nonce)
            found = known(claims, self._settings)
            if found is None:
                # Some services say no more in the token than who it is (Core 1.0, section 5.4).
                found = known(await self._more(http, about, claims, answer.get("access_token")), self._settings)
        if found is None:
            raise NotSignedOnError("unknown", "no_claim")
        return found

    async def look(self, back: str) -> None:
        """Whether it answers as it should, and accepts the bot's secret. Raises NotSignedOnError where it does not.

        A code that nobody has is shown to it: who is known as the bot hears that it is none (RFC 6749, section 5.2).
        """
        async with self._session() as http:
            about = await self._found(http)
            await self._known_keys(http, about)
            try:
                await self._exchanged(http, about, "parvis-doctor", back, "0" * 43)
            except NotSignedOnError as error:
                if error.why == "away" or error.reason in REFUSED:
                    raise

    # ------------------------------------------------------------ what it says of itself

    async def _found(self, http: aiohttp.ClientSession) -> About:
        now = self._now()
        if self._about is not None and now - self._about[0] < FRESH:
            return self._about[1]
        base = self._settings.issuer.rstrip("/")
        said = await self._asked(http, "GET", f"{base}/.well-known/openid-configuration")
        texts = [said.get(each) for each in _NEEDED]
        if not all(isinstance(each, str) for each in texts):
            raise NotSignedOnError("away", "no_configuration")
        issuer, authorization, token, keys = map(str, texts)
        if issuer.rstrip("/") != base:
            raise NotSignedOnError("wrong", "another_issuer")
        secure = urlsplit(base).scheme
        if any(urlsplit(each).scheme not in {secure, "https"} for each in (authorization, token, keys)):
            raise NotSignedOnError("wrong", "not_secure")
        self._about = (now, About(issuer, authorization, token, keys, said))
        return self._about[1]

    async def _known_keys(self, http: aiohttp.ClientSession, about: About) -> list[Mapping[str, Any]]:
        now = self._now()
        if self._keys is None or now - self._keys[0] >= FRESH:
            said = (await self._asked(http, "GET", about.keys)).get("keys")
            if not isinstance(said, list):
                raise NotSignedOnError("away", "no_keys")
            self._keys = (now, [each for each in said if isinstance(each, dict)])
        return self._keys[1]

    async def _claims(self, http: aiohttp.ClientSession, about: About, token: str, nonce: str) -> Mapping[str, Any]:
        keys = await self._known_keys(http, about)
        expected = (about.issuer, self._settings.client_id, nonce, self._now())
        try:
            return checked(token, keys, *expected)  # type: ignore[no-any-return]
        except NotSignedOnError as error:
            if error.reason != "key" or self._keys is None or self._now() - self._keys[0] < KEYS_AGAIN:
                raise
        self._keys = None  # they change now and then
        return checked(token, await self._known_keys(http, about), *expected)  # type: ignore[no-any-return]

    # ------------------------------------------------------------ whom a code stands for

    async def _exchanged(
        self, http: aiohttp.ClientSession, about: About, code: str, back: str, verifier: str
    ) -> Mapping[str, Any]:
        client = self._settings.client_id
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        headers = {}
        # Without a word, it is this one (Discovery 1.0, section 3, "token_endpoint_auth_methods_supported").
        if "client_secret_basic" in about.said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            named = quote_plus(client), quote_plus(self._secret)  # RFC 6749, section 2.3.1
            headers["Authorization"] = aiohttp.encode_basic_auth(*named)
        else:
            form |= {"client_id": client, "client_secret": self._secret}
        return await self._asked(http, "POST", about.token, data=form, headers=headers)

    async def _more(
        self, http: aiohttp.ClientSession, about: About, claims: Mapping[str, Any], access: object
    ) -> Mapping[str, Any]:
        """What else it says of somebody; of the same one, or nothing."""
        at = about.said.get("userinfo_endpoint")
        if not isinstance(at, str) or not isinstance(access, str):
            return {}
        if urlsplit(at).scheme != urlsplit(about.token).scheme:
            raise NotSignedOnError("wrong", "not_secure")
        said = await self._asked(http, "GET", at, headers={"Authorization": f"Bearer {access}"})
        if said.get("sub") != claims["sub"]:
            raise NotSignedOnError("wrong", "another_sub")
        return said

    # ------------------------------------------------------------ the network

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[aiohttp.ClientSession]:
        trust = self._settings.trust()
        connector = aiohttp.TCPConnector(ssl=trust if trust is not None else True)
        try:
            async with asyncio.timeout(self._within), aiohttp.ClientSession(connector=connector) as http:
                yield http
        except TimeoutError:
            raise NotSignedOnError("away", "too_slow") from None

    async def _asked(self, http: aiohttp.ClientSession, method: str, url: str, **how: Any) -> Mapping[str, Any]:
        """An object of JSON that was answered. Raises NotSignedOnError: "away" for no answer, "wrong" for a refusal."""
        try:
            async with http.request(method, url, allow_redirects=False, proxy=_proxy(url), **how) as answer:
                body = b""
                async for part in answer.content.iter_chunked(64 * 1024):
                    body += part
                    if len(body) > LARGEST:
                        raise NotSignedOnError("away", "too_large")
        except (aiohttp.ClientError, OSError, asyncio.IncompleteReadError, ValueError) as error:
            raise NotSignedOnError("away", type(error).__name__) from None
        if answer.status in {400, 401, 403} and method == "POST":
            raise NotSignedOnError("wrong", _code(body))
        if answer.status != 200:
            raise NotSignedOnError("away", f"status_{answer.status}")
        said = _object(body)
        if said is None:
            raise NotSignedOnError("away", "no_json")
        return said


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


_REFUSALS = frozenset(
    {
        "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
        "invalid_scope",
    }
)  # fmt: skip
"""RFC 6749, section 5.2; whatever else stands there is not repeated."""


def _code(body: bytes) -> str:
    said = (_object(body) or {}).get("error")
    return str(said) if isinstance(said, str) and said in _REFUSALS else "refused"


def _proxy(url: str) -> str | None:
    """The proxy of the environment for this address, `no_proxy` honoured (the library does not by itself)."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
