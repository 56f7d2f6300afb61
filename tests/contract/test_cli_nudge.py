"""`parvis nudge`: who would be written to unasked, and how far its release is."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot import people
from bot.chat import Profile
from storage import releases
from storage.outbox import Promise
from storage.releases import KindRelease
from tests.contract.test_cli import NOW, Home, environment, home  # noqa: F401 - its fixtures
from tests.scenarios.company import release

pytestmark = pytest.mark.usefixtures("environment")


async def test_a_new_deployment_says_what_is_to_be_done_first(home: Home) -> None:  # noqa: F811 - a fixture
    said = await home.asks("nudge", "status")
    assert said.status == 0
    assert "Staff were informed: not recorded yet" in said.out
    assert "nothing is sent before its preview is confirmed" in said.out
    assert "“nudge informed”" in said.out
    found = await home.asks("doctor", "--json")
    said_by_doctor = [each["says"] for each in json.loads(found.out) if each["code"] == "nudging"]
    assert len(said_by_doctor) == 2
    assert "not recorded that staff were informed" in said_by_doctor[0]


async def test_what_is_released_is_fine(home: Home) -> None:  # noqa: F811
    async with home.store() as store:
        kinds = ["community.invitation", "community.monday.look", "profile.reminder", "pulse.digest"]
        await release(store, [*kinds, "launch.announcement", "launch.urgent", "launch.welcome"], NOW)
    assert "There is nothing to do." in (await home.asks("nudge", "status")).out
    found = json.loads((await home.asks("doctor", "--json")).out)
    assert [each["state"] for each in found if each["code"] == "nudging"] == ["fine"]
    async with home.store() as store, store.write() as session:
        await releases.write_kind(session, "profile.reminder", NOW, paused=True)
    found = json.loads((await home.asks("doctor", "--json")).out)
    assert [each["state"] for each in found if each["code"] == "nudging"] == ["warning"]


async def test_a_preview_says_who_would_be_told_of_what_and_on_which_platform(home: Home) -> None:  # noqa: F811
    now = datetime.now(UTC)  # the command's own clock
    noon = f"Etc/GMT{now.hour - 12:+d}"  # where it is noon; west of Greenwich is "+"
    with (home.folder / "parvis.toml").open("a") as file:
        file.write('working_time.days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n')
    async with home.store() as store, store.write() as session:
        for name in ("ana", "bob", "cleo", "dan", "eve", "fay"):
            profile = Profile(id=name, name=name, language="en", zone=noon)
            await people.update(session, "here", profile, now - timedelta(days=90))
    said = await home.asks("nudge", "preview")
    assert (said.status, said.err) == (0, "")
    assert "- ana (here): " in said.out
    assert re.search(r"^On which platform: here 6$", said.out, re.MULTILINE), said.out
    found = json.loads((await home.asks("nudge", "preview", "--json")).out)
    assert ({each["platform"] for each in found["named"]}, found["platforms"]) == ({"here"}, {"here": 6})


async def test_a_preview_changes_nothing(home: Home) -> None:  # noqa: F811
    async with home.store() as store, store.write() as session:
        for name in ("ana", "bob", "cleo", "dan", "eve", "fay"):
            await people.update(session, "here", Profile(id=name, name=name), NOW - timedelta(days=1))
    said = await home.asks("nudge", "preview")
    assert (said.status, said.err) == (0, "")
    assert "6 others: not now." in said.out
    found = json.loads((await home.asks("nudge", "preview", "--json")).out)
    assert (found["people"], found["others"], found["named"], found["more"]) == (0, 6, [], False)
    async with home.store() as store, store.read() as session:
        assert not (await session.exec(select(Promise))).all()
        assert not (await session.exec(select(KindRelease))).all()
