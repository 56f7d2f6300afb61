"""Proxies and certificates, as `parvis doctor` tells of them and as both platforms honour them."""

from __future__ import annotations

import pytest
from aiohttp import web

from adapters import open_platform
from bot.cli.doctoring import network
from tests.contract.doctor.place import AUTHORITY, Place, now, standing


def test_proxies_mean_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    hosts = {"acme": "slack.com", "home": "matrix.corp.test:8448"}
    assert [each.code for each in network.proxies(hosts)] == ["proxy-none", "proxy-none"]
    monkeypatch.setenv("HTTPS_PROXY", "http://ana:secret@proxy.corp.test:3128")
    monkeypatch.setenv("NO_PROXY", "localhost,.corp.test")
    seen = list(network.proxies(hosts))
    assert [(each.code, each.name) for each in seen] == [
        ("proxy", "proxy.corp.test:3128"), ("proxy-passed-by", "proxy.corp.test:3128"),
    ]  # fmt: skip
    assert "secret" not in str(seen)
    monkeypatch.setenv("HTTPS_PROXY", "proxy.corp.test")
    assert [(each.code, each.state) for each in network.proxies(hosts)] == [("proxy", "wrong")]


def test_who_vouches_for_servers_is_told(place: Place) -> None:
    desk = place.desk(more=AUTHORITY)
    seen = list(network.certificates({"SSL_CERT_FILE": "/nowhere.pem"}, desk.config.platforms))
    assert [(each.code, each.state) for each in seen] == [("certificates-env", "wrong"), ("certificates", "fine")]


async def test_a_company_authority_is_honoured_by_both_platforms(place: Place) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response(
            {"ok": False, "error": "invalid_auth", "versions": ["v1.15"], "user_id": "@p:corp.test"}
        )

    async with standing(answer, secure=True) as url:
        tables = {
            f'kind = "slack"\napi_url = "{url}/api/"\n': place.env,
            f'kind = "matrix"\nhomeserver = "{url}"\nuser = "@parvis:corp.test"\nencryption = false\n': {
                "PARVIS_ACME_ACCESS_TOKEN": "x"
            },
        }
        for table, env in tables.items():
            for more, state in (("", "wrong"), (AUTHORITY, "fine")):
                there = Place(place.town, place.folder, table, env)
                there.animators = ["UX1"] if "slack" in table else ["@a:corp.test"]
                desk = there.desk(more=more)
                platform = open_platform("acme", desk.config.platforms["acme"], now)
                found = {each.code: each.state for each in await platform.examine()}
                await platform.close()
                assert found["address"] == state, (table, more)
