"""Secrets are in the environment of the process and in its memory, and nowhere else, whatever goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.crash.place import PLATFORM, MatrixPlace, SlackPlace
from tests.crash.process import AUDIT_KEY
from tests.humans import eventually, matrix, slack
from tests.humans.slack import SlackTown
from tests.leaks.house import House, found, house
from tests.servers.process import free_port
from tests.servers.synapse import Synapse

PASSWORD = "correct-horse-battery-staple"


def now() -> datetime:
    return datetime.now(UTC)


def secrets(there: House) -> list[str]:
    """What must be seen nowhere."""
    return [AUDIT_KEY, *there.place.secrets.values()]


async def nowhere(there: House, more: Iterable[str] = ()) -> None:
    written = await there.written()
    assert any(written.values()), "it is looked for where there is something"
    assert found(written, [*secrets(there), *more]) == {}


@pytest.fixture
async def on_slack(tmp_path: Path) -> AsyncIterator[House]:
    async with slack.town(PLATFORM, now) as town, house(SlackPlace(town), tmp_path / "parvis") as made:
        yield made


@pytest.fixture
async def on_matrix(synapse: Synapse, tmp_path: Path) -> AsyncIterator[House]:
    async with (
        matrix.town(PLATFORM, now, synapse, encrypted=True) as town,
        house(MatrixPlace(town), tmp_path / "parvis") as made,
    ):
        yield made


async def test_a_token_that_is_revoked_while_the_bot_runs_is_told_of_without_being_told(on_slack: House) -> None:
    there, town = on_slack, on_slack.place.town
    assert isinstance(town, SlackTown)
    await there.start()
    await there.alice.says("parvis me")
    await there.alice.is_told("Your page", within=30)
    town.server.bot.revoked = True
    await there.alice.says("parvis me")

    async def told() -> bool:
        return "locked out" in there.log()

    await eventually(told, "the log says so", 20)
    await there.asked()
    await there.ran("doctor")
    await there.stop()
    await there.ran("run")
    assert any(b"token_revoked" in each for each in there.said), "the reason is said"
    await nowhere(there)


@pytest.mark.slow
async def test_what_is_said_of_a_database_that_refuses_holds_no_password(on_slack: House) -> None:
    there = on_slack
    port = free_port()
    there.process.environment["PARVIS_DATABASE_PASSWORD"] = PASSWORD
    file = there.folder / "parvis.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[database]\nurl = "postgresql+asyncpg://me@127.0.0.1:{port}/x"\n')
    for words in (["run"], ["doctor"], ["doctor", "--json"], ["check"], ["migrate"], ["outbox", "dead"]):
        await there.ran(*words)
    assert sum(str(port).encode() in each or b"database" in each.lower() for each in there.said) >= 3
    await nowhere(there, [PASSWORD])


@pytest.mark.slow
async def test_a_session_that_ended_on_matrix_is_told_of_without_its_token(on_matrix: House) -> None:
    there, town = on_matrix, on_matrix.place.town
    await there.start()
    await there.alice.says("parvis me")
    await there.alice.is_told("Your page", within=30)
    await town.synapse.call("POST", "/_matrix/client/v3/logout", {}, token=town.bot.access_token)  # type: ignore[union-attr]
    await there.alice.says("parvis me")

    async def told() -> bool:
        return "locked out" in there.log()

    await eventually(told, "the log says so", 60)
    await there.asked()
    await there.ran("doctor")
    await there.stop()
    await there.ran("run")
    await nowhere(there)
