"""`parvis observe` on every platform: what it counts, that it names nobody and only looks."""

from __future__ import annotations

import asyncio
import os
import re
from itertools import count

import pytest

from bot.cli.observe import observed
from storage import communities
from storage.database import Store
from tests.contract.doctor.place import PLAIN, READS, Place, now
from tests.contract.test_cli import PARVIS
from tests.contract.test_platform import fresh
from tests.humans import Human
from tests.humans.matrix import MatrixTown
from tests.humans.slack import SlackTown
from tests.servers.slack import Fault as ServerFault
from tests.servers.slack import SlackServer


async def company(place: Place) -> list[Human]:
    """Seven people, of whom one is a guest, three rooms, and one that Parvis knows."""
    people = [await place.town.person(name) for name in ("ana", "bob", "cleo", "dan", "eve", "fay")]
    for name, inside in (("garden", people), ("chess", people[:2]), ("choir", people)):
        room = await place.town.room(fresh(name), inside, private=name == "chess")
        if name == "garden":
            store = await Store.open(f"sqlite+aiosqlite:///{place.folder / 'parvis.db'}", migrate=False)
            async with store.write() as session:
                session.add(
                    communities.Community(
                        platform="acme",
                        room=room,
                        name=name,
                        slug=name,
                        purpose="",
                        work="",
                        kind="business",
                        visibility="public",
                        state="active",
                        created_at=now(),
                    )
                )
            await store.close()
            await people[0].says("hello", room)
    return people


@pytest.mark.parametrize("where", PLAIN, indirect=True)
async def test_what_is_there_is_counted_and_nobody_named(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    people = await company(place)
    seen = await place.seen(capsys)
    assert seen["rooms"] - seen["strays"] == 1
    assert seen["private"] == 1
    if not isinstance(place.town, MatrixTown):  # where others live too
        outside = int(isinstance(place.town, SlackTown))  # everybody's channel
        assert (seen["rooms"], seen["shared"]) == (3 + outside, 0)
    assert (seen["measured"], seen["quiet"]) == (3, 2)
    assert seen["people"]["member"] == len(people) + 1
    assert seen["profile_gaps"]["picture"] == seen["people"]["member"]
    quick = await place.seen(capsys, quick=True)
    assert (quick["measured"], quick["quiet"]) == (0, None)
    desk = place.desk()
    assert await observed(desk, lambda: place.opened(desk), now, as_json=False, quick=False) == 0
    out, err = capsys.readouterr()
    assert "2 of 3 are quiet" in out
    assert "members: 7" in out
    assert err == "", "no bar where nobody looks"
    for human in people:
        assert human.external not in out


async def test_a_few_people_are_not_counted(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        await place.town.person("gus", kind="guest")
    desk = place.desk()
    assert await observed(desk, lambda: place.opened(desk), now, as_json=False, quick=True) == 0
    assert "guests: fewer than 5" in capsys.readouterr().out
    assert (await place.seen(capsys))["people"]["guest"] is None


async def test_five_thousand_channels_are_observed_in_a_few_calls_that_only_read(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(place.town, SlackTown)
    server: SlackServer = place.town.server
    for number in range(5000):
        server.workspace.add_channel(f"channel-{number}", creator="USLACKBOT", kind="channel")
    server.calls.clear()
    seen = await place.seen(capsys, quick=True)
    assert seen["rooms"] == 5001
    assert len(server.calls) < 15
    assert {method for method, _, _ in server.calls if not READS.fullmatch(method)} == set()


@pytest.mark.parametrize("where", [pytest.param("matrix", marks=pytest.mark.matrix)], indirect=True)
async def test_matrix_is_observed_without_a_trace(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(place.town, MatrixTown)
    await company(place)
    place.town.gate.lines.clear()
    await place.seen(capsys)
    assert place.town.gate.lines
    assert {line.partition(" ")[0] for line in place.town.gate.lines} == {"GET"}


async def test_a_platform_that_cannot_be_asked_is_said(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(place.town, SlackTown)
    place.town.server.bot.revoked = True
    desk = place.desk()
    assert await observed(desk, lambda: place.opened(desk), now, as_json=False, quick=False) == 1
    assert "acme could not be asked (token_revoked); see parvis doctor" in capsys.readouterr().err


class Terminal:
    """A terminal of which the program has the other end."""

    def __init__(self) -> None:
        self._ours, self.theirs = os.openpty()
        self._came = asyncio.Event()
        self._shown = b""
        asyncio.get_running_loop().add_reader(self._ours, self._read)

    def _read(self) -> None:
        self._shown += os.read(self._ours, 4096)
        self._came.set()

    @property
    def shown(self) -> str:
        """All that was ever written, without what moves the cursor or gives colour."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self._shown.decode(errors="replace"))

    async def shows(self, pattern: str) -> None:
        """Wait until it does."""
        async with asyncio.timeout(30):
            while not re.search(pattern, self.shown):
                self._came.clear()
                await self._came.wait()

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._ours)
        os.close(self._ours)
        os.close(self.theirs)


async def test_who_looks_at_a_terminal_sees_how_far_it_is_and_then_the_picture(place: Place) -> None:
    assert isinstance(place.town, SlackTown)
    await company(place)
    asked = count(1)
    held = place.town.server.faults.add(ServerFault("conversations.history", "hold", when=lambda _: next(asked) == 2))
    terminal, file = Terminal(), place.desk().file
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("PARVIS_", "LC_"))}
    process = await asyncio.create_subprocess_exec(
        PARVIS, "observe", "--config", str(file), stdout=asyncio.subprocess.PIPE, stderr=terminal.theirs,
        env={**usual, **place.env, "PARVIS_AUDIT_KEY": "0123456789abcdef" * 2, "LANG": "en", "TERM": "xterm",
             "COLUMNS": "100"},
    )  # fmt: skip
    try:
        await terminal.shows(r"Who spoke last +\S+ 2/4")
        assert re.search(r"Rooms +\S+ 5/", terminal.shown), "five, of nobody knows how many"
        held.release()
        out, _ = await asyncio.wait_for(process.communicate(), 30)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        terminal.close()
    picture = out.decode()
    assert process.returncode == 0, terminal.shown
    assert "2 of 3 are quiet" in picture
    assert "Who spoke last" not in picture
    assert "\x1b" not in picture, "the picture can be kept in a file"
    assert "are quiet" not in terminal.shown
