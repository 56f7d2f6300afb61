"""The HTTP half of the server: Web API calls with their faults and limits, uploads, response URLs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from . import responses
from .calls import METHODS, Call, Method, SlackError, authorize
from .faults import Fault
from .state import JSON, Token

if TYPE_CHECKING:
    from .server import SlackServer


class Wire:
    """Requests in, answers out."""

    def __init__(self, server: SlackServer) -> None:
        self.server = server

    def application(self) -> web.Application:
        """All routes."""
        application = web.Application(client_max_size=64 * 1024 * 1024, middlewares=[self._own_faults])
        application.router.add_route("*", "/api/{method}", self._api)
        application.router.add_get("/link", self.server.sockets.handle)
        application.router.add_post("/upload/{file}", self._upload)
        application.router.add_post("/response/{id}", self._response)
        return application

    @web.middleware
    async def _own_faults(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """A bug of this server must fail the test, not look like Slack being down."""
        try:
            answer: web.StreamResponse = await handler(request)
        except (web.HTTPException, ConnectionResetError):
            raise  # the latter: whoever called was killed meanwhile
        except Exception as error:
            self.server.problem(f"the test server itself failed at {request.path}: {error!r}")
            raise
        return answer

    async def _api(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        args = await arguments(request)
        given = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.pop("token", ""))
        token = self.server.workspace.token_of(given)
        call = Call(self.server, name, args, token)
        fault = self.server.faults.take(call)
        if fault is not None:
            answered = await self._before(request, fault)
            if answered is not None:
                return answered
        status, answer, headers = self.answer(call, given, token)
        self.server.calls.append((name, args, answer))
        self.server.pulse()
        if fault is not None:
            answered = await self._after(request, fault)
            if answered is not None:
                return answered
        return web.json_response(answer, status=status, headers=headers)

    def answer(self, call: Call, given: str, token: Token | None) -> tuple[int, JSON, dict[str, str]]:
        """Status, body and headers for a call; every refusal is a 200 except 429."""
        what = METHODS.get(call.name)
        if what is None:
            return 200, {"ok": False, "error": "unknown_method", "req_method": call.name}, {}
        try:
            authorize(what, token, given, self.server.workspace)
            wait = self.server.limits.wait(what, call)
            if wait:
                return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(wait)}
            if what.scopes:
                call.need(*what.scopes)
            refuse_missing(what, call)
            answer = what.run(call)
        except SlackError as error:
            return 200, error.answer(), {}
        return 200, json.loads(json.dumps(answer)), self._scope_headers(token)

    def _scope_headers(self, token: Token | None) -> dict[str, str]:
        return {"x-oauth-scopes": ",".join(sorted(token.scopes))} if token is not None else {}

    async def _before(self, request: web.Request, fault: Fault) -> web.StreamResponse | None:
        if fault.kind == "drop_call":
            return _drop(request)
        if fault.kind == "http":
            return web.Response(status=fault.status, text="upstream error")
        if fault.kind == "ratelimited":
            headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if fault.kind == "refuse":
            return web.json_response({"ok": False, "error": fault.error})
        if fault.kind == "hold":
            await fault.wait()
        return None

    async def _after(self, request: web.Request, fault: Fault) -> web.StreamResponse | None:
        if fault.kind == "drop_answer":
            return _drop(request)
        if fault.kind == "http_after":
            return web.Response(status=fault.status, text="upstream error")
        if fault.kind == "hold_answer":
            await fault.wait()
        return None

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.server.workspace.files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        content = await _uploaded(request)
        if len(content) != file.length:
            return web.Response(status=400, text="the length differs from the one announced")
        file.content = content
        return web.Response(text=f"OK - {file.length}")

    async def _response(self, request: web.Request) -> web.Response:
        return responses.answer(self.server, request.match_info["id"], await request.text())


_MAY_BE_EMPTY = {"topic", "purpose", "name"}  # an empty topic clears it; an empty name has an error of its own


def refuse_missing(what: Method, call: Call) -> None:
    """Refuse a call without an argument it needs."""
    missing = [key for key in what.required if call.args.get(key) in (None, "") and key not in _MAY_BE_EMPTY]
    if missing:
        messages = [f"[ERROR] missing required field: {key}" for key in missing]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})


def _drop(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def arguments(request: web.Request) -> JSON:
    """The arguments of a call: query, form, multipart or JSON body."""
    args: JSON = dict(request.query)
    if request.content_type == "application/json":
        body = await request.text()
        loaded = json.loads(body) if body else {}
        args |= loaded if isinstance(loaded, dict) else {}
    elif request.can_read_body:
        args |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    return args


async def _uploaded(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    content = b""
    reader = await request.multipart()
    async for part in reader:
        if isinstance(part, BodyPartReader):
            content += await part.read(decode=False)
    return content
