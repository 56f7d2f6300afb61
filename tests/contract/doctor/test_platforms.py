"""What `parvis doctor` finds out about a workspace and a homeserver."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from adapters import open_platform
from bot.cli.doctor import examined
from tests.contract.doctor.place import PLAIN, READS, Place, now, states
from tests.contract.test_platform import fresh
from tests.humans.matrix import MatrixTown
from tests.humans.slack import SlackTown


async def test_slack_is_only_read(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(place.town, SlackTown)
    await place.found(capsys)
    assert {method for method, _, _ in place.town.server.calls if not READS.fullmatch(method)} == set()


async def test_slack_tells_of_tokens_scopes_and_clock(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(place.town, SlackTown)
    place.town.server.bot.scopes.discard("pins:write")
    status, found = await place.found(capsys, PARVIS_ACME_APP_TOKEN="xapp-wrong")
    assert status == 1
    assert [each["about"] for each in found if each["code"] == "permission"] == ["pins:write"]
    (refused,) = [each for each in found if each["code"] == "credentials" and each["state"] == "wrong"]
    assert refused["says"] == "acme: PARVIS_ACME_APP_TOKEN is refused (invalid_auth)."
    place.town.server.bot.revoked = True
    status, found = await place.found(capsys)
    assert (status, states(found, "credentials")) == (1, [("wrong", "token_revoked")])
    assert states(found, "role") == [("unknown", "")] * 2, "who has which role, nobody can be asked"


@pytest.mark.parametrize("late", [True, False])
@pytest.mark.parametrize("where", [each for each in PLAIN if each.values[0] != "memory"], indirect=True)
async def test_a_clock_that_is_wrong_is_found(place: Place, capsys: pytest.CaptureFixture[str], late: bool) -> None:
    desk, wrong = place.desk(), timedelta(minutes=-10 if late else 10)
    opened = {"acme": open_platform("acme", desk.config.platforms["acme"], lambda: now() + wrong, beside=True)}
    assert await examined(desk, lambda: opened, now, as_json=True) == 1
    (clock,) = [each for each in json.loads(capsys.readouterr().out) if each["code"] == "clock"]
    assert clock["state"] == "wrong"
    assert abs(int(clock["about"]) - wrong.total_seconds()) < 10
    assert clock["says"] == f"acme: its clock and the bot's differ by {clock['about']} s."
    assert "time server" in clock["todo"]
    assert [state for state, _ in states((await place.found(capsys))[1], "clock")] == ["fine"]


async def test_that_nobody_can_open_a_closed_one_again_is_said_beforehand(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(place.town, SlackTown)
    _, found = await place.found(capsys)
    assert states(found, "reopening") == [("warning", "")]
    assert "PARVIS_ACME_USER_TOKEN" in next(each["todo"] for each in found if each["code"] == "reopening")
    place.town.lend()
    _, found = await place.found(capsys, PARVIS_ACME_USER_TOKEN=place.town.user_token)
    assert states(found, "reopening") == [("fine", "")]


@pytest.mark.parametrize("where", [pytest.param("matrix", marks=pytest.mark.matrix)], indirect=True)
async def test_matrix_tells_of_token_homeserver_space_and_disturbs_no_session(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(place.town, MatrixTown)
    status, found = await place.found(capsys, PARVIS_ACME_ACCESS_TOKEN="syt_wrong")
    assert (status, states(found, "credentials")) == (1, [("wrong", "M_UNKNOWN_TOKEN")])
    assert "PARVIS_ACME_ACCESS_TOKEN" in str(found)
    alice = await place.town.person("alice")
    lobby = await place.town.room(fresh("lobby"), [alice], bot=False)
    status, found = await place.found(capsys, more=f'space = "{lobby}"\n')
    assert states(found, "space") == [("wrong", "M_FORBIDDEN")], "it is not even in there"
    place.rooms = [place.rooms[0], *place.rooms]
    status, found = await place.found(capsys, more=f'space = "{place.rooms[0]}"\n')
    assert (status, states(found, "space")) == (0, [("fine", "")]), "a moderator there may"
    place.table = place.table.replace(place.town.gate.url, "http://127.0.0.1:9")
    status, found = await place.found(capsys)
    assert (status, states(found, "address")[0][0]) == (1, "wrong")


@pytest.mark.parametrize("where", [pytest.param("matrix", marks=pytest.mark.matrix)], indirect=True)
async def test_a_look_with_a_password_leaves_the_bots_session_alone(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(place.town, MatrixTown)
    place.env = {"PARVIS_ACME_PASSWORD": place.town.bot.password}
    place.table += f'device_id = "{place.town.bot.device_id}"\n'
    status, found = await place.found(capsys)
    assert (status, states(found, "credentials")) == (0, [("fine", "")])
    answer = await place.town.synapse.call(
        "GET", "/_matrix/client/v3/account/whoami", token=place.town.bot.access_token
    )
    assert answer["device_id"] == place.town.bot.device_id, "its token is good still"
