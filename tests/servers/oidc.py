"""A company's sign-on service (OpenID Connect), as strict as real ones: it refuses what RFC 6749 and 7636 say.

Somebody who comes to its sign-on page is signed on at once, as who `who` says. What it does wrong is planted: `faults`.
"""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import unquote_plus, urlencode

from aiohttp import web
from joserfc import jwk, jwt

CLIENT, SECRET = "parvis-client", "a secret: with % and +"


@dataclass
class Asked:
    """What a browser came with."""

    challenge: str
    nonce: str
    back: str


@dataclass
class Service:
    """The service. issuer: its address. who: claims of whoever signs on. said: what it says of itself, besides.

    faults: claims of the token that are replaced, None for one that is left out. header: of the token. beside: what it
    tells only when it is asked for more. refuses: the error with which browsers are sent back. status: of all its
    answers, when it is ill. hangs: it never answers. only_post: how it wants the bot's secret. seen: what it was asked
    for, in order. last: the address that a browser came to last.
    """

    now: Callable[[], datetime]
    issuer: str = ""
    who: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    refuses: str = ""
    status: int = 200
    seen: list[str] = field(default_factory=list)
    key: Any = field(default_factory=lambda: jwk.RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}))
    signs_with: Any = None
    codes: dict[str, Asked] = field(default_factory=dict)
    state: str = ""
    only_post: bool = False
    hangs: bool = False
    last: str = ""

    def turns_keys(self) -> None:
        """From now on it signs with another key, and publishes that one alone."""
        self.key = jwk.RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})

    def app(self) -> web.Application:
        """The service, to be served."""
        app = web.Application(middlewares=[self._notes])
        app.add_routes(
            [
                web.get("/.well-known/openid-configuration", self._configuration),
                web.get("/keys", self._keys),
                web.get("/authorize", self._authorize),
                web.post("/token", self._token),
                web.get("/userinfo", self._userinfo),
            ]
        )
        return app

    @web.middleware
    async def _notes(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.seen.append(request.path)
        if self.hangs:
            await asyncio.Event().wait()
        if self.status != 200:
            return web.Response(status=self.status, text="<html>ill</html>")
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _configuration(self, _request: web.Request) -> web.Response:
        methods = ["client_secret_post"] if self.only_post else ["client_secret_basic", "client_secret_post"]
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": methods,
        }
        return web.json_response({**said, **self.said})

    async def _keys(self, _request: web.Request) -> web.Response:
        strange = {"kty": "LMS", "kid": "later"}  # RFC 7517, section 5: kinds that are not known are passed over
        return web.json_response({"keys": [strange, self.key.as_dict(private=False)]})

    async def _authorize(self, request: web.Request) -> web.Response:
        asked, self.last = request.query, str(request.url)
        good = (
            asked["response_type"] == "code"
            and asked["client_id"] == CLIENT
            and "openid" in asked["scope"].split()
            and asked["code_challenge_method"] == "S256"
            and len(asked["code_challenge"]) == 43
            and asked["state"]
            and asked["nonce"]
        )
        if not good:
            return web.Response(status=400, text="no such client")
        back: dict[str, str] = {"state": self.state or asked["state"], "iss": self.issuer}
        if self.refuses:
            back["error"] = self.refuses
        else:
            back["code"] = secrets.token_urlsafe(16)
            self.codes[back["code"]] = Asked(asked["code_challenge"], asked["nonce"], asked["redirect_uri"])
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode(back)}")

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if not self._is_client(request, form):
            return web.json_response({"error": "invalid_client"}, status=401)
        asked = self.codes.pop(str(form.get("code")), None)  # each code is good once
        made = _challenge(str(form.get("code_verifier", "")))
        if asked is None or made != asked.challenge or form.get("redirect_uri") != asked.back:
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"access_token": "more", "token_type": "Bearer", "id_token": self._signed(asked)})

    def _is_client(self, request: web.Request, form: Any) -> bool:
        said = request.headers.get("Authorization", "")
        if self.only_post or not said:
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        name, _, password = base64.b64decode(said.removeprefix("Basic ")).decode().partition(":")
        return (unquote_plus(name), unquote_plus(password)) == (CLIENT, SECRET)

    def _signed(self, asked: Asked) -> str:
        now = int(self.now().timestamp())
        claims = {
            "iss": self.issuer,
            "sub": "248289761001",
            "aud": CLIENT,
            "exp": now + 600,
            "iat": now,
            "nonce": asked.nonce,
            **self.who,
            **self.faults,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": self.key.kid, **self.header}
        if header["alg"] == "none":
            return ".".join([_part(header), _part(claims), ""])
        return jwt.encode(header, claims, self.signs_with or self.key, algorithms=[header["alg"]])

    async def _userinfo(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Bearer more":
            return web.Response(status=401)
        return web.json_response({"sub": "248289761001", **self.beside})


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _part(what: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(what).encode()).rstrip(b"=").decode()


@asynccontextmanager
async def sign_on(port: int, now: Callable[[], datetime]) -> AsyncIterator[Service]:
    """The service, listening on a port of this machine. now: its clock."""
    service = Service(now, f"http://127.0.0.1:{port}")
    runner = web.AppRunner(service.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield service
    finally:
        await runner.cleanup()
