"""What people say to one another is nowhere; what they hand to the bot is where it belongs, and then nowhere either.

The real process runs, and each byte it wrote or said is looked through: the database and the log beside it, temporary
files, its own log, metrics, health, what the command line answers, and on PostgreSQL a dump.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from storage.database import Store
from storage.requests import Request
from tests.crash.place import PLATFORM, MatrixPlace, SlackPlace
from tests.crash.process import AUDIT_KEY
from tests.humans import Human, eventually, matrix, slack
from tests.humans.matrix import MatrixHuman
from tests.humans.slack import SlackHuman
from tests.leaks.house import PATIENCE, House, found, house
from tests.servers.postgres import Postgres
from tests.servers.synapse import Synapse

pytestmark = pytest.mark.timeout(240)
SQLITE, POSTGRESQL = "sqlite", "postgresql"
RARE = pytest.mark.slow
LETTERS = "abdefgklmnoprstuvz"


def now() -> datetime:
    return datetime.now(UTC)


def word(of: str) -> str:
    """A word that stands nowhere by chance."""
    return of + "".join(secrets.choice(LETTERS) for _ in range(14))


# ---------------------------------------------------------------- where


@pytest.fixture
async def on_slack(request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path) -> AsyncIterator[House]:
    async with slack.town(PLATFORM, now) as town, _house(request, SlackPlace(town), tmp_path, postgres) as made:
        yield made


@pytest.fixture
async def on_matrix(
    request: pytest.FixtureRequest, postgres: Postgres, synapse: Synapse, tmp_path: Path
) -> AsyncIterator[House]:
    """Public rooms are plain there; private and direct ones are encrypted."""
    async with (
        matrix.town(PLATFORM, now, synapse, encrypted=True) as town,
        _house(request, MatrixPlace(town), tmp_path, postgres) as made,
    ):
        yield made


@asynccontextmanager
async def _house(
    request: pytest.FixtureRequest, place: SlackPlace | MatrixPlace, folder: Path, postgres: Postgres
) -> AsyncIterator[House]:
    if request.param == SQLITE:
        async with house(place, folder / "parvis") as made:
            yield made
        return
    async with postgres.database() as url, house(place, folder / "parvis", url) as made:
        yield made


# ---------------------------------------------------------------- what is said


async def talk(there: House, ana: Human, bob: Human) -> list[str]:
    """Ordinary conversation where the bot is: in public and in private, in a thread, changed, taken back, broken."""
    words = [word(of) for of in ("public", "thread", "private", "changed", "gone", "broken")]
    public, thread, private, changed, gone, broken = words
    town = there.place.town
    square = await town.room(f"square{now():%H%M%S%f}", [ana, bob])
    office = await town.room(f"office{now():%H%M%S%f}", [ana, bob], private=True)
    await ana.says(f"Have you heard of {public}?", square)
    await bob.says(f"No, but of {thread}", square, reply_to=public)
    await ana.says(f"Keep {private} to yourself", office)
    if isinstance(ana, SlackHuman):
        said = await ana.person.say(square, "I meant something else")
        await ana.person.edit(said, f"I meant {changed}", where=square)
        said = await ana.person.say(square, f"Forget {gone}")
        await ana.person.delete(said, where=square)
        event = {"type": "message", "channel": 12, "user": None, "text": broken, "blocks": [{"text": broken}]}
        ana.person.server.sockets.send("events_api", {"type": "event_callback", "event_id": "EvBroken", "event": event})
    if isinstance(ana, MatrixHuman):
        new = {"msgtype": "m.text", "body": f"I meant {changed}"}
        first = await ana._send(square, {"msgtype": "m.text", "body": "I meant something else"})
        relation = {"rel_type": "m.replace", "event_id": first}
        await ana._send(square, {**new, "m.new_content": new, "m.relates_to": relation})
        taken_back = await ana._send(square, {"msgtype": "m.text", "body": f"Forget {gone}"})
        await ana.device.client.room_redact(square, taken_back)
        await ana._send(square, {"msgtype": "m.image", "body": broken, "url": 12, "m.relates_to": broken})
    return words


async def hands_over(there: House, ana: Human) -> dict[str, str]:
    """A request and an answer, with the column in which each word belongs."""
    purpose, work, question, answer, reason = (word(of) for of in ("purpose", "work", "question", "answer", "reason"))
    asked = word("name").capitalize()
    line = f"--purpose {purpose} grows here --work {work} every Monday --yes"
    await ana.types(f"community request {asked} {line}")
    await there.alice.is_told(asked, there.animators, PATIENCE)
    number = json.dumps(await _number(there, asked))
    await there.alice.types(f"community ask {number} Who needs {question}?")
    await ana.is_told(question, None, PATIENCE)
    await ana.types(f"community answer {number} {answer} does")
    await there.alice.is_told(answer, there.animators, PATIENCE)
    await there.alice.types(f"community refuse {number} other {reason} says it")
    await there.settled()
    await ana.types(f"community withdraw {number}")
    await ana.is_told("is withdrawn", None, PATIENCE)
    return {
        purpose: "request.fields",
        work: "request.fields",
        question: "exchange.question",
        answer: "exchange.answer",
        reason: "request.reason audit_text.text",
    }


async def _number(there: House, name: str) -> int:
    store = await Store.open(there.url, migrate=False)
    try:
        async with store.read() as session:
            rows = await session.exec(select(Request))
            return next(row.id or 0 for row in rows if name in row.fields)
    finally:
        await store.close()


# ---------------------------------------------------------------- and looked for


async def lives(there: House, postgres: Postgres) -> None:
    """People talk, and hand things over; a year later the time of those is over."""
    town = there.place.town
    await there.start()
    ana, bob = await town.person("ana"), await town.person("bob")
    said = await talk(there, ana, bob)
    handed = await hands_over(there, ana)
    unknown = word("aside")
    await ana.says(f"what do you think of {unknown}")
    await there.settled()
    await there.asked()
    await there.ran("doctor")
    written = await there.written(postgres)
    assert found(written, [*said, AUDIT_KEY, *there.place.secrets.values()]) == {}, "neither words nor secrets"
    for line in there.log().splitlines():
        json.loads(line)  # one object a line, whatever people wrote
    everywhere = {held: await there.columns(held) for held in (*said, *handed, unknown)}
    assert everywhere == {
        **{each: set() for each in (*said, unknown)},
        **{each: set(columns.split()) for each, columns in handed.items()},
    }
    at = found(written, handed)
    assert at, "they are looked for where they can be found"
    assert set(at) <= {"parvis.db", "parvis.db-wal", "dump"}
    await there.stop()
    await there.start(later=True)

    async def forgotten() -> bool:
        return not set().union(*[await there.columns(each) for each in handed])

    await eventually(forgotten, "the time of what was handed over is over", PATIENCE)
    await there.asked()

    async def nowhere() -> bool:
        return not found(await there.written(postgres), [*said, *handed, unknown])

    assert found(await there.written(postgres), [AUDIT_KEY, *there.place.secrets.values()]) == {}
    try:
        await eventually(nowhere, "no byte of it is left", 5)
    except AssertionError as left:
        left.add_note(str(found(await there.written(postgres), [*said, *handed, unknown])))
        raise
    assert ana.external.encode() in b"".join((await there.written(postgres)).values()), "nor was all of it forgotten"


@pytest.mark.parametrize("on_slack", [pytest.param(SQLITE, marks=RARE), POSTGRESQL], indirect=True)
async def test_on_slack_nothing_of_it_is_found(on_slack: House, postgres: Postgres) -> None:
    await lives(on_slack, postgres)


@pytest.mark.parametrize("on_matrix", [SQLITE, pytest.param(POSTGRESQL, marks=RARE)], indirect=True)
async def test_on_matrix_nothing_of_it_is_found(on_matrix: House, postgres: Postgres) -> None:
    await lives(on_matrix, postgres)
