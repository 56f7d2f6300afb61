"""The public listener, reached over a real connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from aiohttp import ClientSession

from bot.chat import Hook, WebAnswer, WebRequest
from bot.config import Listener
from bot.web import Public

FREE = Listener(host="127.0.0.1", port=0)


@asynccontextmanager
async def listening(hooks: dict[str, Hook], **how: float) -> AsyncIterator[tuple[ClientSession, Public]]:
    public = Public(FREE, hooks, **how)
    await public.start()
    try:
        async with ClientSession(f"http://127.0.0.1:{public.port}") as client:
            yield client, public
    finally:
        await public.stop()


async def echo(request: WebRequest) -> WebAnswer:
    told = f"{request.method} {request.path} {request.headers['x-word']} ".encode()
    return WebAnswer(status=201, body=told + request.body, kind="text/x-echo")


async def raw(public: Public, sent: bytes) -> str:
    """The first line answered to bytes that need not be HTTP."""
    reader, writer = await asyncio.open_connection("127.0.0.1", public.port)
    writer.write(sent)
    line = await reader.readline()
    writer.close()
    return line.decode()


async def test_what_is_served_gets_the_request_as_it_came_and_its_answer_is_given() -> None:
    hooks: dict[str, Hook] = {}
    async with listening(hooks) as (client, _):
        hooks["/slack/acme"] = echo  # from now on: a platform begins after the listener
        async with client.post("/slack/acme?x=1", data=b"\xff{}", headers={"X-Word": "yes"}) as answer:
            assert (answer.status, answer.content_type) == (201, "text/x-echo")
            assert await answer.read() == b"POST /slack/acme yes \xff{}"


@pytest.mark.parametrize("path", ["/", "/slack", "/slack/other", "/slack/acme/", "/metrics", "/healthz", "/readyz"])
async def test_nothing_else_is_there(path: str) -> None:
    async with listening({"/slack/acme": echo}) as (client, _), client.get(path) as answer:
        assert answer.status == 404


async def test_a_path_that_ends_with_a_stroke_is_served_with_all_below_it_the_longest_first() -> None:
    async def told(request: WebRequest, by: str) -> WebAnswer:
        return WebAnswer(status=200, body=f"{by} {request.path}?{request.query}".encode(), headers={"X-By": by})

    hooks: dict[str, Hook] = {"/scim/": partial(told, by="all"), "/scim/v2/": partial(told, by="two")}
    hooks["/scim/v2/exact"] = partial(told, by="one")
    async with listening(hooks) as (client, _):
        for path, by in (("/scim/v2/Users/1", "two"), ("/scim/v1", "all"), ("/scim/v2/exact", "one")):
            async with client.get(f"{path}?a=1%202") as answer:
                assert (await answer.text(), answer.headers["X-By"]) == (f"{by} {path}?a=1%202", by)
        async with client.get("/scim") as answer:
            assert answer.status == 404


async def test_a_body_beyond_a_megabyte_is_refused() -> None:
    async with listening({"/slack/acme": echo}) as (client, _):
        headers = {"X-Word": "yes"}
        async with client.post("/slack/acme", data=b"x" * 1024 * 1024, headers=headers) as answer:
            assert answer.status == 201
        async with client.post("/slack/acme", data=b"x" * (1024 * 1024 + 1), headers=headers) as answer:
            assert answer.status == 413


async def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async with listening({"/slack/acme": echo}, patience=0.02) as (_, public):
        half = b"POST /slack/acme HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"
        assert " 408 " in await asyncio.wait_for(raw(public, half), 10)


async def test_nobody_is_shown_that_something_broke() -> None:
    async def broken(_: WebRequest) -> WebAnswer:
        raise RuntimeError("the disk is full")

    async with listening({"/slack/acme": broken}) as (client, _), client.post("/slack/acme") as answer:
        assert answer.status == 503
        assert b"disk" not in await answer.read()


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n",
        b"GET\r\n\r\n",
        b"POST /slack/acme HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /slack/acme HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /%ff%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /slack/acme HTTP/1.1\r\nHost: x\r\nX-Word: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
    ],
)
async def test_what_is_malformed_is_never_answered_with_500(sent: bytes) -> None:
    async with listening({"/slack/acme": echo}) as (_, public):
        line = await asyncio.wait_for(raw(public, sent), 10)
        assert " 5" not in line[8:10]


async def test_a_port_that_is_taken_is_said() -> None:
    async with listening({}) as (_, public):
        with pytest.raises(OSError, match="in use"):
            await Public(Listener(host="127.0.0.1", port=public.port), {}).start()


async def test_it_answers_what_is_under_way_before_it_stops() -> None:
    go, begun = asyncio.Event(), asyncio.Event()

    async def slow(_: WebRequest) -> WebAnswer:
        begun.set()
        await go.wait()
        return WebAnswer(status=200, body=b"done")

    async with listening({"/slow": slow}) as (client, public):
        asked = asyncio.create_task(client.post("/slow"))
        await begun.wait()
        stopping = asyncio.create_task(public.stop())
        await asyncio.sleep(0.02)
        go.set()
        assert await (await asked).read() == b"done"
        await stopping
        assert public.port == 0
