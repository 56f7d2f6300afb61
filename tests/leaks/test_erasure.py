"""Of who was erased nothing is left in any byte that a real process wrote: rows, files, logs, a dump."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.crash.place import PLATFORM, MatrixPlace, SlackPlace
from tests.humans import eventually, matrix, slack
from tests.leaks.house import PATIENCE, House, found, house
from tests.leaks.test_sentinels import hands_over, word
from tests.servers.postgres import Postgres
from tests.servers.synapse import Synapse

pytestmark = pytest.mark.timeout(240)
SQLITE, POSTGRESQL = "sqlite", "postgresql"
RARE = pytest.mark.slow


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def there(
    request: pytest.FixtureRequest, postgres: Postgres, synapse: Synapse, tmp_path: Path
) -> AsyncIterator[House]:
    """A bot on a platform and a database: "slack sqlite"."""
    platform, engine = request.param.split()
    async with postgres.database() as url:
        at = url if engine == POSTGRESQL else ""
        if platform == "slack":
            async with slack.town(PLATFORM, now) as town, house(SlackPlace(town), tmp_path / "parvis", at) as made:
                yield made
        else:
            async with (
                matrix.town(PLATFORM, now, synapse, encrypted=True) as here,
                house(MatrixPlace(here), tmp_path / "parvis", at) as made,
            ):
                yield made


@pytest.mark.parametrize(
    "there",
    [
        "slack sqlite",
        pytest.param("slack postgresql", marks=RARE),
        pytest.param("matrix sqlite", marks=RARE),
        pytest.param("matrix postgresql", marks=RARE),
    ],
    indirect=True,
)
async def test_nothing_is_found_of_who_was_erased(there: House, postgres: Postgres) -> None:
    await there.start()
    ana = await there.place.town.person(word("ana"))
    handed = await hands_over(there, ana)
    marks = [ana.external, ana.name, *handed]
    written = await there.written(postgres)
    assert {mark for held in found(written, marks).values() for mark in held} == set(marks), (
        "they are looked for where they are"
    )
    await ana.types("parvis erase")
    await ana.presses("Erase everything about me", near="Erase everything about you?")
    await ana.is_told("It is done", None, PATIENCE)
    await there.settled()
    for mark in marks:
        assert await there.columns(mark) == set(), mark
    await there.stop()
    await there.start()  # at its start it looks at what is to be forgotten, and at who there is

    async def nowhere() -> bool:
        return not found(await there.written(postgres), marks)

    try:
        await eventually(nowhere, "no byte of it is left", 10)
    except AssertionError as left:
        left.add_note(str(found(await there.written(postgres), marks)))
        raise
    await there.ran("audit", "verify")
    assert b"whole" in there.said[-1] or b"nothing" in there.said[-1].lower()
