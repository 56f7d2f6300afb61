"""Where Slack calls the bot: `parvis doctor` calls it as Slack does, and tells who answers there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from aiohttp import ClientSession, web
from structlog.testing import capture_logs

from bot.config import Listener
from bot.web import Public
from tests.contract.doctor.place import AUTHORITY, READS, Place, standing, states
from tests.contract.test_slack_adapter import Site
from tests.humans.slack import SlackTown

Answer = Callable[[web.Request], Awaitable[web.Response]]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def called(place: Place) -> Place:
    """A workspace that calls the bot."""
    assert isinstance(place.town, SlackTown)
    place.table += 'mode = "http"\n'
    secret = place.town.server.hooks.secret
    place.env = {name: value for name, value in place.env.items() if "APP" not in name}
    place.env = {**place.env, "PARVIS_ACME_SIGNING_SECRET": secret}
    at(place, "")
    return place


def at(place: Place, address: str) -> None:
    """Others reach the bot there."""
    place.web = f'web.public = "127.0.0.1:8080"\nweb.address = "{address}"\n'


@asynccontextmanager
async def running(place: Place, secret: str = "") -> AsyncIterator[tuple[str, Site]]:
    """The bot at work: its address, and what it was handed. secret: another one than the app's."""
    assert isinstance(place.town, SlackTown)
    site = Site(place.town.server)
    public = Public(Listener(host="127.0.0.1", port=0), site.door.hooks)
    await public.start()
    await site.start(app_token="", signing_secret=secret or place.town.server.hooks.secret)
    try:
        yield f"http://127.0.0.1:{public.port}", site
    finally:
        await site.stop()
        await public.stop()


def handing_on(address: str, asked: list[str]) -> Answer:
    """What a proxy does. asked: keeps the address of each request."""

    async def answer(request: web.Request) -> web.Response:
        asked.append(str(request.url))
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        async with (
            ClientSession() as client,
            client.request(
                request.method, f"{address}{request.path}", data=await request.read(), headers=headers
            ) as came,
        ):
            return web.Response(status=came.status, body=await came.read())

    return answer


async def test_the_bot_answers_where_slack_calls_it(called: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(called.town, SlackTown)
    async with running(called) as (address, site):
        called.town.server.calls.clear()
        at(called, address)
        status, found = await called.found(capsys)
    (hook,) = [each for each in found if each["code"].startswith("hook")]
    assert (status, hook["state"], hook["about"]) == (0, "fine", f"{address}/slack/acme")
    assert hook["says"] == f"acme: at {address}/slack/acme the bot answers, and has the same secret as here."
    assert (site.door.events, site.door.parked) == ({}, []), "the bot heard nothing"
    assert {method for method, _, _ in called.town.server.calls if not READS.fullmatch(method)} == set()


async def test_another_secret_than_the_bots_is_found(called: Place, capsys: pytest.CaptureFixture[str]) -> None:
    async with running(called, secret="of-another-app") as (address, _):
        at(called, address)
        with capture_logs() as log:
            status, found = await called.found(capsys)
    assert [each["event"] for each in log] == ["slack.not_signed"]
    (hook,) = [each for each in found if each["code"].startswith("hook")]
    assert (status, hook["code"], hook["state"]) == (1, "hook-secret", "wrong")
    assert "another PARVIS_ACME_SIGNING_SECRET" in hook["says"]
    assert called.env["PARVIS_ACME_SIGNING_SECRET"] not in str(found)
    assert {state for state, _ in states(found, "role")} == {"fine"}, "the rest is asked all the same"


async def test_a_bot_that_does_not_run_is_no_fault_of_its_secret(
    called: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    async with running(called) as (address, _):
        at(called, address)
    status, found = await called.found(capsys)
    (hook,) = [each for each in found if each["code"].startswith("hook")]
    assert (status, hook["code"], hook["state"]) == (0, "hook", "warning")
    assert hook["evidence"] == "ClientConnectorError"
    assert hook["todo"].startswith("Start the bot if it does not run.")
    async with standing(answering(502, b"Bad Gateway")) as proxy:
        at(called, proxy)
        status, found = await called.found(capsys)
    assert (status, states(found, "hook")) == (0, [("warning", "http_502")]), "the proxy in front of it says so"


def answering(status: int, body: bytes) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers={"Location": "/"} if status == 301 else None)

    return answer


async def echoed(request: web.Request) -> web.Response:
    return web.Response(body=await request.read())


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (answering(200, b"<html>Welcome</html>"), "http_200"),
        (answering(401, b"Who are you?"), "http_401"),
        (answering(404, b"nothing here"), "http_404"),
        (answering(301, b""), "http_301"),
        (answering(200, b"[" * 100_000), "http_200"),
        (answering(200, b"\xff"), "http_200"),
        (echoed, "http_200"),
    ],
)
async def test_somebody_else_at_that_address_is_found(
    called: Place, capsys: pytest.CaptureFixture[str], answer: Answer, code: str
) -> None:
    async with standing(answer) as address:
        at(called, address)
        status, found = await called.found(capsys)
    assert (status, states(found, "hook")) == (1, [("wrong", code)])
    (hook,) = [each for each in found if each["code"] == "hook"]
    assert "somebody else than the bot" in hook["says"]
    assert "[web] public" in hook["todo"]


async def test_what_is_missing_is_said_where_no_address_is_known(
    called: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = await called.found(capsys)
    (hook,) = [each for each in found if each["code"].startswith("hook")]
    assert (status, hook["code"], hook["state"]) == (0, "hook-address", "warning")
    assert "[web] address" in hook["todo"]


async def test_the_address_is_called_even_where_the_token_is_refused(
    called: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    async with running(called) as (address, _):
        at(called, address)
        _, found = await called.found(capsys, PARVIS_ACME_BOT_TOKEN="xoxb-wrong")
    assert states(found, "credentials") == [("wrong", "invalid_auth")]
    assert states(found, "hook") == [("fine", "")]


async def test_by_socket_mode_nobody_calls_the_bot(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = await place.found(capsys)
    assert [each for each in found if each["code"].startswith("hook")] == []


async def test_the_proxy_of_the_environment_and_the_companys_authority_are_honoured(
    called: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()
    async with AsyncExitStack() as stack:
        address, _ = await stack.enter_async_context(running(called))
        front = await stack.enter_async_context(standing(handing_on(address, []), secure=True))
        at(called, front)
        for more, state in (("", "warning"), (AUTHORITY, "fine")):
            _, found = await called.found(capsys, more=more)
            assert [each["state"] for each in found if each["code"] == "hook"] == [state], more
        proxy = await stack.enter_async_context(standing(handing_on(address, asked)))
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        at(called, "http://parvis.corp.test")
        _, found = await called.found(capsys)
    assert states(found, "hook") == [("fine", "")]
    assert asked == ["http://parvis.corp.test/slack/acme"]
