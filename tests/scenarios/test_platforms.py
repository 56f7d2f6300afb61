"""Two platforms at once over one PostgreSQL: what is asked on one is decided on the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters import PLATFORMS
from bot.app import App
from bot.chat import Pace, Platform
from bot.config import load
from nudges import NUDGES
from storage.communities import Community
from storage.database import Store
from tests.humans import eventually
from tests.humans.towns import open_town
from tests.scenarios.company import Clock, toml
from tests.scenarios.test_communities import Fresh


@pytest.mark.postgres
async def test_a_request_made_on_one_platform_is_decided_on_another(
    postgres_url: str, tmp_path: Path, fresh: Fresh
) -> None:
    clock = Clock()
    store = await Store.open(postgres_url)
    async with (
        open_town("slack", "work", clock.now) as work,
        open_town("memory", "club", clock.now) as club,
    ):
        ana = await work.person("ana", language="fr")
        alice = await work.person("alice", language="en")
        arthur = await club.person("arthur", language="fr")
        at_work = await work.room("animators", [alice], private=True)
        at_club = await club.room("animateurs", [arthur], private=True)
        settings = {
            "parvis": {"contact": "the communication team", "zone": "Europe/Paris", "default_language": "en"},
            "platforms": {"work": {"kind": "memory"}, "club": {"kind": "memory"}},
            "web": {"private": "off"},
            "roles": {
                "animator": [f"work:{alice.external}", f"club:room:{at_club}"],
                "admin": [f"work:{alice.external}"],
            },
            "rooms": {
                "animator": [
                    {"platform": "work", "room": at_work, "language": "en"},
                    {"platform": "club", "room": at_club, "language": "fr"},
                ]
            },
        }
        file = tmp_path / "parvis.toml"
        file.write_text(toml(settings), "utf-8")
        models = {each.id: each.settings for each in NUDGES}
        config = load(file, {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4}, models, PLATFORMS)
        platforms: dict[str, Platform] = {"work": work.platform(), "club": club.platform()}
        for platform in platforms.values():
            platform.pace = Pace(per_room=0.0, in_flight=10, timeout=10.0)
        app = App(config, store, platforms, clock.now)
        await app.start()
        try:

            async def well() -> bool:
                return all((await app.ready()).values())

            await eventually(well, "both platforms are connected")
            name = fresh("Jardin")
            await ana.types(f"community request {name} --purpose Partager des graines --work Les plantations --yes")
            assert "Daily work" in await alice.is_told(name, at_work)
            assert "Travail quotidien" in await arthur.is_told(name, at_club)
            await arthur.presses("Approuver", near=name, room=at_club)
            await arthur.is_told("Approuvée par arthur", at_club)
            await alice.is_told("Approved by arthur", at_work)
            await ana.is_told("est ouverte")
            async with store.read() as session:
                community = await session.get(Community, 1)
            assert community is not None
            assert (community.platform, community.state) == ("work", "active")
            assert await ana.room_named(community.slug) == community.room
        finally:
            await app.stop()
            await store.close()
