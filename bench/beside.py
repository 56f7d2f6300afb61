"""People are acknowledged in time while something large is written beside what they do.

Two hundred thousand lines are imported by `parvis people import`, in a process of its own: all of them new, then each
of them changed, then none. The figures of a week are told of twenty thousand people, by the bot itself.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import String, cast, insert, literal, select, text, true
from sqlmodel import SQLModel, func

from bench.measure import Claim, Figure, percentile, publish, say
from bench.parties import KEPT, ROOT, Party, at_rest, example, free_port, parvis, ready
from bench.slack_side import SIGNING_SECRET, ByHttp, SlackSide, command, http_to, message
from storage.database import Store
from storage.figures import Figure as Told
from storage.people import Account, Person
from storage.profiles import OwnValue
from storage.roster import Entry
from tests.servers.postgres import Postgres

LINES = 200_000
PEOPLE = 20_000
ALLOWED = 3_000.0
"""Milliseconds after which Slack tells a person that the app did not respond."""
TARGET = 1 / 3
EACH, COMMANDS = 0.1, 10
"""Seconds between two things that people do; one in how many is a command: a minute has room for a hundred forms."""
CALM = 10.0
"""Seconds in which nothing else is done."""
PATIENCE = 600.0
_HEAD = "matricule;courriel;nom;prénom;service;poste;responsable;langue;fuseau;pays;jours\n"


def _file(folder: Path, job: str) -> Path:
    """A company's list. job: of everybody."""
    file = folder / f"{job}.csv"
    rows = (
        f"{each:06};n{each}@example.org;Nom{each};Zoé;Service {each % 300};{job};"
        f"{f'{each // 10:06}' if each else ''};fr;Europe/Paris;FR;lun-ven\n"
        for each in range(LINES)
    )
    file.write_text(_HEAD + "".join(rows), "utf-8")
    return file


class _People:
    """Whoever writes or types a command each tenth of a second, whatever became of those before."""

    def __init__(self, slack: ByHttp) -> None:
        self._slack = slack

    async def while_(self, working: Awaitable[None]) -> Figure:
        """Milliseconds of the slowest acknowledgement meanwhile; and how many were told that nothing was recorded."""
        work = asyncio.ensure_future(working)
        asked: list[asyncio.Task[float]] = []
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with asyncio.timeout(PATIENCE):
            while not work.done():
                what = message if len(asked) % COMMANDS else command
                asked.append(asyncio.create_task(self._slack.send(what)))
                await asyncio.wait([work], timeout=max(0.0, began + EACH * len(asked) - loop.time()))
            await work
            answered = await asyncio.gather(*asked, return_exceptions=True)
        took = [1000 * each for each in answered if isinstance(each, float)]
        more = {"p50": percentile(took, 0.5), "p99": percentile(took, 0.99), "seconds": loop.time() - began}
        return Figure(max(took), more={**more, "refused": float(len(answered) - len(took))})


async def _imported(config: Path, file: Path, key: str) -> None:
    environment = {**os.environ, **KEPT, "PARVIS_AUDIT_KEY": key}
    environment |= {"PARVIS_ACME_BOT_TOKEN": "xoxb-1", "PARVIS_ACME_SIGNING_SECRET": SIGNING_SECRET}
    words = ["people", "import", str(file), "--config", str(config)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE, stderr=2
    )
    told, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the import ended with {process.returncode}: {told[-500:].decode()}")


async def _calm() -> None:
    await asyncio.sleep(CALM)


@asynccontextmanager
async def _running(url: str, key: str, module: str = "bot") -> AsyncIterator[tuple[Party, _People, str]]:
    """A bot on Slack, those who type, and the settings of its platform."""
    public = free_port()
    async with SlackSide() as slack:
        settings = f'kind = "slack"\napi_url = "{slack.api_url}"\nmode = "http"'
        secret = {"BOT_TOKEN": "xoxb-1", "SIGNING_SECRET": SIGNING_SECRET, "PARVIS_AUDIT_KEY": key}
        async with (
            parvis(settings, secret, database=url, public=public, module=module) as bot,
            http_to(f"http://127.0.0.1:{public}/slack/acme") as sender,
        ):
            await ready(bot)
            yield bot, _People(sender), settings


def _published(name: str, figures: dict[str, Figure]) -> None:
    """Raises RuntimeError: somebody was refused."""
    worst = max(figures.values(), key=lambda each: each.value)
    publish(Claim(name, "ms", TARGET, "lower", [worst], [Figure(ALLOWED)]))
    for what, each in figures.items():
        more = ", ".join(f"{key} {value:.1f}" for key, value in each.more.items())
        say(f"  {what}: slowest {each.value:.0f} ms, {more}")
    if refused := sum(each.more["refused"] for each in figures.values()):
        raise RuntimeError(f"{refused:.0f} were refused")


async def _importing(name: str, url: str, folder: Path) -> None:
    key = secrets.token_hex(32)
    async with _running(url, key) as (bot, people, settings):
        config = folder / f"{name}.toml"
        config.write_text(example(settings, url, free_port(), free_port()), "utf-8")
        figures = {"calm": await people.while_(_calm())}
        for what, job in (("new", "Baker"), ("changed", "Cook"), ("the same", "Cook")):
            await at_rest(bot)
            figures[what] = await people.while_(_imported(config, _file(folder, job), key))
        _published(name, figures)


# ---------------------------------------------------------------- the figures of a week


def _rows() -> list[tuple[type[SQLModel], dict[str, Any], Any]]:
    """Tables, what each row holds, and of which numbers: a company of three hundred departments."""
    one = select(literal(1).label("i")).cte("series", recursive=True)
    i = one.union_all(select(one.c.i + 1).where(one.c.i < PEOPLE)).c.i
    before, name = datetime.now(UTC) - timedelta(days=60), literal("person ") + cast(i, String)
    stamped = {"created_at": literal(before)}
    account = {
        "person_id": i, "platform": literal("acme"), "external_id": literal("U") + cast(i, String), "name": name,
        "kind": literal("member"), "zone": literal("Europe/Paris"), "checked_at": literal(datetime.now(UTC)), **stamped,
    }  # fmt: skip
    entry = {
        "key": literal("E") + cast(i, String), "person_id": i, "name": name, "changed_at": literal(before),
        "department": literal("D") + cast(i % 300, String), "job": literal("Baker"), **stamped,
    }  # fmt: skip
    own = {
        "person_id": i, "field": literal("topics"), "value": literal("seeds"), "state": literal("kept"),
        "before": literal(""), "at": literal(before),
    }  # fmt: skip
    return [
        (Person, {"id": i, "name": name, "greeted_at": literal(before), **stamped}, true()),
        (Account, account, true()),
        (Entry, entry, true()),
        (OwnValue, own, i % 3 == 0),
    ]


async def _told(store: Store, weeks: int) -> None:
    """Wait until so many weeks were told."""
    while True:
        async with store.read() as session:
            if (await session.exec(select(func.count(func.distinct(Told.week))))).scalar_one() >= weeks:  # type: ignore[call-overload]
                return
        await asyncio.sleep(0.2)


async def _a_week_goes_by(store: Store) -> None:
    """All that was told was told a week earlier; one person in ten has filled a field since, one in ten moved."""
    earlier = "{0} = date({0}, '-7 days')" if store.dialect == "sqlite" else "{0} = {0} - 7"
    async with store.write() as session:
        connection = await session.connection()
        for table, columns in (("figure_base", ("taken", "seen")), ("figure", ("week", "taken"))):
            told = ", ".join(earlier.format(each) for each in columns)
            await connection.execute(text(f"UPDATE {table} SET {told}"))  # noqa: S608 - names of our own
        await connection.execute(text("UPDATE profile_own SET state = 'declined', value = '' WHERE person_id % 10 = 0"))
        moved = text("UPDATE roster SET department = 'D' || ((person_id + 7) % 300) WHERE person_id % 10 = 1")
        await connection.execute(moved)


async def _counting(name: str, url: str) -> None:
    store = await Store.open(url)
    try:
        for table, columns, where in _rows():
            async with store.write() as session:
                source = select(*(value.label(column) for column, value in columns.items())).where(where)
                await (await session.connection()).execute(insert(table).from_select(list(columns), source))
        if store.dialect == "postgresql":
            async with store.driver() as driver:
                await driver.execute(f"SELECT setval('person_id_seq', {PEOPLE})")
        async with _running(url, secrets.token_hex(32), "bench.often") as (bot, people, _):
            figures = {"first": await people.while_(_told(store, 1))}
            await at_rest(bot)
            await _a_week_goes_by(store)
            figures["next"] = await people.while_(_told(store, 2))
            await at_rest(bot)
            figures["calm"] = await people.while_(_calm())
        _published(name, figures)
    finally:
        await store.close()


async def main() -> None:
    """SQLite, then PostgreSQL."""
    measured: list[tuple[str, Callable[[str, str, Path], Awaitable[None]]]] = [
        ("ack_import", _importing),
        ("ack_figures", lambda name, url, _folder: _counting(name, url)),
    ]
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as place:
        folder = Path(place)
        for name, measure in measured:
            await measure(f"{name}_sqlite", f"sqlite+aiosqlite:///{folder / name}.db", folder)
        async with Postgres(("max_connections=50", "listen_addresses=")) as server:
            for name, measure in measured:
                async with server.database() as url:
                    await measure(f"{name}_postgresql", url, folder)
