"""What people do reaches the bot late, twice, out of order, or while connections come and go: each counts once."""

from __future__ import annotations

import asyncio

import pytest

from storage.events import Recorded
from storage.outbox import Promise
from tests.humans import Human, eventually
from tests.humans.matrix import MatrixHuman, MatrixTown
from tests.humans.slack import SlackTown
from tests.scenarios.company import Company
from tests.scenarios.test_communities import Fresh, asks
from tests.servers.gate import Fault

SLACK = pytest.mark.parametrize("where", ["slack"])
MATRIX = pytest.mark.parametrize("where", [pytest.param("matrix", marks=pytest.mark.matrix)])
PLACES = pytest.mark.parametrize("where", ["slack", pytest.param("matrix", marks=pytest.mark.matrix)])


async def once(human: Human, company: Company, *words: str) -> None:
    """They read each of these, once."""
    for each in words:
        await human.is_told(each, within=20)
    await company.settled()
    texts = await human.reads()
    assert {each: len([text for text in texts if each in text]) for each in words} == dict.fromkeys(words, 1)
    assert await company.rows(Promise, state="dead") == []
    assert await company.rows(Recorded, state="parked") == []


# ---------------------------------------------------------------- the same again, late, in another order


@SLACK
async def test_one_message_under_several_event_ids_is_answered_once(bob: Human, company: Company) -> None:
    """Slack tells of a message once for each subscription it matches, and anew after some of its own failures."""
    town = company.town
    assert isinstance(town, SlackTown)
    await bob.says("parvis me")
    await bob.is_told("Your page")
    sent = [each.payload for each in town.server.sockets.sent]
    (told,) = [each for each in sent if each.get("event", {}).get("text") == "parvis me"]
    for number in range(3):
        town.server.sockets.send_event({**told, "event_id": f"Ev00OTHER{number}"})
    await town.server.settled()
    await once(bob, company, "Your page")


@SLACK
async def test_what_comes_two_hours_late_and_the_latest_first_is_answered(
    bob: Human, alice: Human, company: Company
) -> None:
    await company.town.hold_events()
    await bob.says("parvis me")
    await alice.says("community mine")
    await bob.says("community list")
    company.clock.advance(hours=2)
    await company.town.release_events([2, 1, 0, 2])
    await once(bob, company, "Your page", "There is no community yet")
    await once(alice, company, "You have asked for no community")


@MATRIX
@pytest.mark.slow
async def test_a_timeline_too_long_for_one_sync_is_heard_to_its_beginning(
    bob: Human, company: Company, fresh: Fresh
) -> None:
    """What a homeserver leaves out of a sync is asked for: commands as well as ordinary words."""
    await bob.says("parvis language en")
    await bob.is_told("English")
    await company.stop()
    assert isinstance(bob, MatrixHuman)
    await bob.says("parvis me")
    for number in range(110):
        await bob._send(await bob._place(None), {"msgtype": "m.notice", "body": f"notice {number}"})
    await bob.says("community mine")
    await company.restart()
    await once(bob, company, "Your page", "You have asked for no community")


# ---------------------------------------------------------------- connections


RARE = [pytest.param(each, marks=pytest.mark.slow) for each in ("warning", "too_many_websockets", "cut")]
HOWS = ["refresh_requested", "link_disabled", *RARE]


@SLACK
@pytest.mark.parametrize("how", HOWS)
async def test_whatever_happens_to_the_socket_what_people_say_around_it_is_answered_once(
    bob: Human, alice: Human, company: Company, how: str
) -> None:
    town = company.town
    assert isinstance(town, SlackTown)
    first = list(town.server.sockets.open)
    await bob.says("parvis me")
    await (town.server.sockets.cut() if how == "cut" else town.server.sockets.disconnect(how))
    await alice.says("parvis me")

    async def connected() -> bool:
        return bool(set(town.server.sockets.open) - set(first))

    await eventually(connected, "there is another socket", 20)
    await town.deliver_unacknowledged()
    await town.deliver_unacknowledged()
    await once(bob, company, "Your page")
    await once(alice, company, "Your page")


@MATRIX
@pytest.mark.slow
async def test_a_sync_that_is_never_answered_is_given_up(bob: Human, company: Company) -> None:
    """A connection of which one end is gone: three quarters of a minute, since a sync may take half a minute."""
    town = company.town
    assert isinstance(town, MatrixTown)
    await bob.says("parvis language en")
    await bob.is_told("English", within=30)
    town.gate.faults.append(Fault("sync", 200, {}, held=asyncio.Event()))
    await bob.says("community mine")  # the sync that waits already brings it
    await bob.is_told("You have asked for no community", within=30)
    await bob.says("parvis me")
    await bob.is_told("Your page", within=90)
    await once(bob, company, "Your page")


# ---------------------------------------------------------------- rooms


@PLACES
async def test_a_room_that_vanished_holds_nobody_up(
    bob: Human, ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    """Both animators' rooms would be told: one is gone, its card is a dead letter with its reason, and all goes on."""
    number = await asks(ana, fresh("Jardin"), company)
    town = company.town
    if isinstance(town, SlackTown):
        del town.server.workspace.channels[company.animators]
    else:
        for human in (alice, company.people["arthur"]):
            await human.leaves(company.animators)
        assert isinstance(town, MatrixTown)
        path = f"/_matrix/client/v3/rooms/{company.animators}/leave"
        await town.synapse.call("POST", path, {}, token=town.bot.access_token)
    company.clock.advance(days=3)
    await company.settled()
    dead = await company.rows(Promise, state="dead")
    assert dead
    assert {row.room for row in dead} - {""} == {company.animators}
    assert all(row.error for row in dead)
    await alice.says(f"community approve {number}")
    await ana.is_told("est ouverte", within=20)
    await bob.says("parvis me")
    await bob.is_told("Your page")
    assert {row.room for row in await company.rows(Promise, state="dead")} - {""} == {company.animators}
