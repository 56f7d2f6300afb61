"""Whether people make rooms around the bot, and from what evidence `parvis doctor` knows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.cli.doctoring.met import makers
from bot.nudge import Context, Nudge, SequenceSpec, Step
from storage import sequences
from storage.database import Store
from tests.contract.doctor.place import Place, now, states
from tests.contract.test_platform import fresh
from tests.humans.matrix import MatrixTown
from tests.humans.slack import SlackTown
from tests.servers.gate import Fault


async def test_whether_members_make_channels_is_known_by_those_they_made(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(place.town, SlackTown)
    boss = place.town.server.person("boss", kind="admin")
    place.rooms = []
    for channel in place.town.server.workspace.channels.values():
        channel.creator = boss.id
    _, found = await place.found(capsys)
    assert states(found, "creation") == [("unknown", "none_made_by_members")]
    member = place.town.server.person("member")
    place.town.server.channel("garden", members=[member])
    _, found = await place.found(capsys)
    (creation,) = [each for each in found if each["code"] == "creation"]
    assert (creation["state"], creation["about"]) == ("open", "1")
    assert "members made 1 in six months" in creation["says"]


async def somebodys_room(place: Place) -> None:
    """A public room that a member made. Synapse lists new ones when it comes to it: its answer is ours here."""
    alice = await place.town.person("alice")
    room = await place.town.room(fresh("garden"), [alice], bot=False)
    if isinstance(place.town, MatrixTown):
        listed = {"chunk": [{"room_id": room, "num_joined_members": 1}, {"room_id": place.rooms[0]}]}
        place.town.gate.faults.append(Fault("directory", 200, listed, lasting=True))


@pytest.mark.parametrize(
    ("where", "code"),
    [("slack", "restricted_action"), pytest.param("matrix", "M_FORBIDDEN", marks=pytest.mark.matrix)],
    indirect=["where"],
)
async def test_that_people_make_no_rooms_is_known_by_what_was_refused_to_the_bot(
    place: Place, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    await somebodys_room(place)
    store = await Store.open(f"sqlite+aiosqlite:///{place.folder / 'parvis.db'}", migrate=False)

    async def opening(number: int, **became: Any) -> None:
        async with store.write() as session:
            await sequences.start(session, "community.open", f"opening:{number}:1", {"platform": "acme"}, now())
            row = await sequences.named(session, f"opening:{number}:1")
            assert row
            await sequences.change(session, row, **became)

    await opening(1, phase="refused", error=f"not-allowed:{code}")
    _, found = await place.found(capsys)
    assert states(found, "creation") == [("closed", "refused_to_bot")]
    (creation,) = [each for each in found if each["code"] == "creation"]
    assert (
        creation["says"]
        == f"acme: people cannot make rooms around the bot (one was refused to the bot itself: {code})."
    )
    await opening(2, phase="refused", error="not-allowed:missing_scope")
    _, found = await place.found(capsys)
    assert states(found, "creation")[0][0] == "open", "that is about the bot alone"
    await opening(3, phase="refused", error=f"not-allowed:{code}")
    await opening(4, phase="refused", error=f"not-allowed:{code}", step=3)
    _, found = await place.found(capsys)
    assert states(found, "creation")[0][0] == "open", "a room was made, what came after was refused"
    await store.close()


@pytest.mark.parametrize("where", [pytest.param("matrix", marks=pytest.mark.matrix)], indirect=True)
async def test_that_people_make_rooms_is_known_by_those_the_directory_lists(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(place.town, MatrixTown)
    await somebodys_room(place)
    _, found = await place.found(capsys)
    assert states(found, "creation") == [("open", "made_by_others")]
    (creation,) = [each for each in found if each["code"] == "creation"]
    assert creation["about"] == "1", "the bot is in the other one"
    assert "others made 1" in creation["says"]
    place.town.gate.faults[0].body["chunk"].pop(0)
    _, found = await place.found(capsys)
    assert states(found, "creation") == [("unknown", "none_made_by_others")]


def test_which_step_makes_a_room_is_declared_by_its_capability_whatever_it_is_called() -> None:
    async def refused(_state: Mapping[str, Any], _code: str, _ctx: Context) -> None: ...

    garden = Nudge("garden", Path(), BaseModel)
    for kind, steps in {
        "garden.plant": (Step("dig"), Step("sow", makes_room=True), Step("water")),
        "garden.plan": (Step("create"), Step("draw")),
    }.items():
        garden.sequences[kind] = SequenceSpec(kind, steps, refused)
    assert makers([garden]) == {"garden.plant": 1}
