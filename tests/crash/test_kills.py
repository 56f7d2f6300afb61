"""The real process, killed again and again, says each thing once; and a bot without one of its guards is found out.

The whole of it is `make crash`, and `make crash-proof`. Here are a few dozen kills of it, in the lives where most can
go wrong.
"""

from __future__ import annotations

import re

import pytest

from tests.crash.batch import Batch, How, Outcome, Servers
from tests.crash.cells import CELLS, Cell, Share, cell_named
from tests.crash.proof import PROOFS, Proof, found, tried
from tests.crash.steps import ALL, INTAKE, MOMENTS, OPENING, OUTBOX
from tests.servers.postgres import Postgres
from tests.servers.process import ROOT
from tests.servers.synapse import Synapse

LONG = 600  # seconds: each start takes two or three, and what may have been said is looked for after ten


async def told(cell: str, there: Servers, kills: int, *, announces: bool = False) -> Outcome:
    share = Share(cell_named(cell), 4, 0, kills)
    outcome = await Batch(share, there, How(employees=5, announces=announces)).run()
    assert not outcome.verdict.differences, "\n".join(outcome.verdict.differences)
    assert outcome.verdict.expected == outcome.verdict.seen_once
    assert outcome.kills == share.kills
    return outcome


def test_each_named_step_is_killed_at() -> None:
    named = re.compile(r'checkpoint\(f?"([^"]+)"\)')
    sources = [path for folder in ("bot", "adapters", "nudges", "storage") for path in (ROOT / folder).rglob("*.py")]
    inside = {step for path in sources for step in named.findall(path.read_text("utf-8"))}
    steps = {f"{{row.kind}}.{{step.name}}.{moment}" for moment in MOMENTS}
    assert inside == {*OUTBOX, *INTAKE, *steps}
    assert {*ALL} == {*OUTBOX, *INTAKE, *OPENING}


@pytest.mark.timeout(LONG)
@pytest.mark.xdist_group("crash-matrix")
async def test_killed_again_and_again_on_matrix_it_says_everything_once(synapse: Synapse) -> None:
    await told("matrix-sqlite-1", Servers(synapse=synapse), kills=10)


@pytest.mark.timeout(LONG)
@pytest.mark.xdist_group("crash-slack")
async def test_killed_again_and_again_on_slack_it_says_everything_once() -> None:
    await told("slack-sqlite-1", Servers(), kills=12)


@pytest.mark.timeout(LONG)
@pytest.mark.xdist_group("crash-replicas")
async def test_replicas_killed_one_after_the_other_say_everything_once(postgres: Postgres) -> None:
    await told("slack-postgresql-3", Servers(postgres=postgres), kills=8)


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
async def test_killed_at_any_moment_it_says_everything_once(cell: Cell, synapse: Synapse, postgres: Postgres) -> None:
    await told(cell.name, Servers(synapse, postgres), kills=40, announces=True)


# ---------------------------------------------------------------- can these tests fail?


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.part)
async def test_a_bot_without_a_guard_is_found_out(proof: Proof, synapse: Synapse, postgres: Postgres) -> None:
    outcome = await tried(proof, Servers(synapse, postgres))
    assert found(proof, outcome) > 0, outcome
