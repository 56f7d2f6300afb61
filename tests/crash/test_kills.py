"""Killed at each named step and started again, the real process says each thing once to each person.

A story (asked for, approved by a press, opened, joined) is told once without any death, then with deaths; what each
person has in front of them at the end must be the same, text by text. In short: a story with a few deaths, after which
nobody may have anything twice in front of them. Each death is a SIGKILL that the process gives
itself at a named step; a supervisor starts it again at once.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from nudges import NUDGES
from tests.crash.process import PARVIS
from tests.crash.story import PLATFORM, MatrixPlace, Office, SlackPlace
from tests.humans import matrix, slack
from tests.servers.process import ROOT
from tests.servers.synapse import Synapse

Kills = Mapping[str, Sequence[str]]

LONG = 240  # seconds: each start takes two or three, and what may have been said is looked for after ten
OPEN = "community.open"
MOMENTS = ("before", "acted", "after")
OPENING = [step.name for nudge in NUDGES if OPEN in nudge.sequences for step in nudge.sequences[OPEN].steps]
OUTBOX = ("outbox.claimed", "outbox.attempted", "outbox.posted", "outbox.settled")
INTAKE = ("intake.received", "intake.recorded", "intake.handled")
CARELESS = (sys.executable, "-m", "tests.crash.careless")

# One of each kind, one life after the other, while one community is asked for and opened; no life is started for
# anything else, since each start takes two seconds.
SOME: Kills = {"ask": ("intake.recorded", f"{OPEN}.create.acted", "outbox.posted")}

ALL: dict[str, Kills] = {
    **{f"opening-{moment}": {"ask": [f"{OPEN}.{step}.{moment}" for step in OPENING]} for moment in MOMENTS},
    **{step: {"ask": [step, f"{step}:2"], "approve": [step, f"{step}:3"], "join": [step]} for step in OUTBOX},
    **{step: {"ask": [step], "approve": [step], "join": [step]} for step in INTAKE},
}


def now() -> datetime:
    """The clock that everybody here goes by."""
    return datetime.now(UTC)


@pytest.fixture(scope="module")
async def on_matrix(synapse: Synapse, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """A company on a real Matrix server, in encrypted rooms, for all stories."""
    async with matrix.town(PLATFORM, now, synapse, encrypted=True) as town:
        office = Office(MatrixPlace(town), tmp_path_factory.mktemp("matrix"))
        await office.found()
        try:
            yield office
        finally:
            await office.bot.stop()


@pytest.fixture(scope="module")
async def on_slack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """A company on a Slack workspace where time passes."""
    async with slack.town(PLATFORM, now) as town:

        async def passes() -> None:
            while True:
                await asyncio.sleep(0.05)
                town.server.sockets.tick()

        time = asyncio.create_task(passes())
        office = Office(SlackPlace(town), tmp_path_factory.mktemp("slack"))
        await office.found()
        try:
            yield office
        finally:
            await office.bot.stop()
            time.cancel()
            with suppress(asyncio.CancelledError):
                await time


async def is_told_no_more_than_once(office: Office, kills: Kills) -> None:
    """With these deaths everybody hears what they wait for, and nobody reads anything twice."""
    told = await office.tells(kills)
    assert told.rooms == told.pins == 1
    assert not told.left
    twice = {where: [text for text, count in texts.items() if count > 1] for where, texts in told.seen.items()}
    assert not any(twice.values()), twice


async def is_told_once(office: Office, kills: Kills) -> None:
    """The story with these deaths ends as it does without any."""
    usual = await office.usual()
    different = (await office.tells(kills)).against(usual)
    assert not different, "\n".join(different)


def test_each_named_step_is_killed_at() -> None:
    named = re.compile(r'checkpoint\(f?"([^"]+)"\)')
    found = {step for path in (ROOT / "bot").rglob("*.py") for step in named.findall(path.read_text("utf-8"))}
    steps = {f"{{row.kind}}.{{step.name}}.{moment}" for moment in MOMENTS}
    assert found == {*OUTBOX, *INTAKE, *steps}
    killed = {step.partition(":")[0] for kills in ALL.values() for scene in kills.values() for step in scene}
    assert killed == {*OUTBOX, *INTAKE, *(f"{OPEN}.{step}.{moment}" for step in OPENING for moment in MOMENTS)}


@pytest.mark.xdist_group("crash-matrix")
async def test_killed_again_and_again_on_matrix_it_says_everything_once(on_matrix: Office) -> None:
    await is_told_no_more_than_once(on_matrix, SOME)


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.xdist_group("crash-matrix")
@pytest.mark.parametrize("kills", ALL.values(), ids=ALL)
async def test_killed_at_any_step_on_matrix_it_says_everything_once(kills: Kills, on_matrix: Office) -> None:
    await is_told_once(on_matrix, kills)


@pytest.mark.xdist_group("crash-slack")
async def test_killed_again_and_again_on_slack_it_says_everything_once(on_slack: Office) -> None:
    await is_told_no_more_than_once(on_slack, SOME)


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.xdist_group("crash-slack")
@pytest.mark.parametrize("kills", ALL.values(), ids=ALL)
async def test_killed_at_any_step_on_slack_it_says_everything_once(kills: Kills, on_slack: Office) -> None:
    await is_told_once(on_slack, kills)


# ---------------------------------------------------------------- can these tests fail?


async def doubles(office: Office) -> None:
    """A bot that looks for nothing and names nothing doubles what it said before it died, and that is seen here."""
    usual = await office.usual()
    office.bot.process.command = CARELESS
    try:
        different = (await office.tells({"ask": ["outbox.posted"]})).against(usual)
    finally:
        office.bot.process.command = PARVIS
    assert [line for line in different if " doubled 1 × " in line], different


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.xdist_group("crash-matrix")
async def test_a_bot_that_never_looks_is_caught_on_matrix(on_matrix: Office) -> None:
    await doubles(on_matrix)


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.xdist_group("crash-slack")
async def test_a_bot_that_never_looks_is_caught_on_slack(on_slack: Office) -> None:
    await doubles(on_slack)
