"""The page of a year of three hundred communities costs little more than what the database takes to tell of it."""

# ruff: noqa: S608, ISC004 - the statements are ours, and so is what is put into them

from __future__ import annotations

import asyncio
import gc
import random
import secrets
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from adapters import PLATFORMS, open_platform
from bench.measure import Claim, Figure, in_turn, publish, say
from bench.parties import example, free_port
from bot.app import App
from bot.chat import WebRequest
from bot.config import Listener, load
from bot.visits.tokens import digest
from bot.web import Public
from nudges import NUDGES
from storage.communities import Community
from storage.database import Store
from storage.figures import Figure as Told
from storage.people import Account, Grant, Person
from storage.pulse import PulseDay, PulseHeard, PulseMark, PulsePopulation
from storage.visits import Visit

COMMUNITIES = 300
DEPARTMENTS = 30
DAYS = 365
CORRECTED = 20
"""Of so many days of a community, one was corrected later."""
OPEN = 40
"""Communities whose people are told of: where they are apart from all others'."""
TARGET = 2.0
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LAST = date(2026, 11, 29)
FIRST = LAST - timedelta(days=DAYS - 1)
PAGES = {"everybody": "", "each community": "kind=community"}
CHROMIUM = Path("/usr/bin/chromium")
PAINTED = """() => new Promise(done => new PerformanceObserver(seen => {
  for (const each of seen.getEntriesByName("first-contentful-paint")) done(each.startTime)
}).observe({type: "paint", buffered: true}))"""


def _rows() -> list[tuple[Any, list[dict[str, Any]]]]:
    """A year, as a bot that was there all along has written it down."""
    chance = random.Random(7)  # noqa: S311 - the same year each time
    days = [FIRST + timedelta(days=each) for each in range(DAYS)]
    long_ago = NOW - timedelta(days=500)
    communities = [
        {
            "id": each, "platform": "acme", "room": f"R{each}", "name": f"Community {each}", "slug": f"c{each}",
            "purpose": "p", "work": "w", "kind": "interest" if each % 3 else "business", "objective": f"O{each % 8}",
            "visibility": "private" if each % 5 == 0 else "public", "state": "active", "created_at": long_ago,
            "opened_at": long_ago,
        }
        for each in range(1, COMMUNITIES + 1)
    ]  # fmt: skip
    told = [_day(chance, each, day, 1) for day in days for each in range(1, COMMUNITIES + 1)]
    told += [_day(chance, row["community_id"], row["day"], 2) for row in told[::CORRECTED]]
    population = [
        {"day": day, "department": f"D{each}", "people": 300 + each} for day in days for each in range(DEPARTMENTS)
    ]
    figures = [
        {"subject": "pulse", "week": day, "measure": measure, "grp": f"D{each}", "taken": day, "low": 100, "high": 104,
         "of": 300}
        for day in days for each in range(DEPARTMENTS) for measure in ("activated", "adopting", "active")
    ]  # fmt: skip
    figures += [
        {"subject": "pulse.inside", "week": day, "measure": f"{measure}:{each}", "grp": str(each), "taken": day,
         "low": 20, "high": 24, "of": 60}
        for day in days for each in range(1, OPEN + 1) for measure in ("adopting", "active")
    ]  # fmt: skip
    marks = [{"day": each, "kind": "campaign", "name": f"Campaign {each}"} for each in days[10::60]]
    heard = [{"platform": "acme", "since": long_ago, "at": NOW, "away": False, "reads": True}]
    return [
        (Community, communities), (PulseDay, told), (PulsePopulation, population), (Told, figures), (PulseMark, marks),
        (PulseHeard, heard),
    ]  # fmt: skip


def _day(chance: random.Random, community: int, day: date, version: int) -> dict[str, Any]:
    return {
        "community_id": community, "day": day, "version": version, "why": "late" if version > 1 else "",
        "posts": chance.randrange(20), "replies": chance.randrange(30), "reactions": chance.randrange(50),
        "joins": chance.randrange(2), "leaves": 0, "reads": chance.randrange(200), "members": 5 + community,
        "measured": True, "told_at": datetime(day.year, day.month, day.day, 3, tzinfo=UTC) + timedelta(days=version),
        "shown": "*" if community % 20 == 0 else "own", "phase": "active", "private": community % 5 == 0,
        "interest": bool(community % 3),
    }  # fmt: skip


async def _seeded(file: Path) -> Store:
    store = await Store.open(f"sqlite+aiosqlite:///{file}")
    for table, rows in _rows():
        async with store.write() as session:
            await (await session.connection()).execute(insert(table), rows)
    return store


async def _visits(store: Store) -> str:
    """Somebody who may read has the page open: what their browser shows."""
    shown = secrets.token_urlsafe(32)
    async with store.write() as session:
        person = Person(name="Alice", language="en", created_at=NOW)
        session.add(person)
        await session.flush()
        who = person.id or 0
        session.add(Account(person_id=who, platform="acme", external_id="alice", name="Alice", created_at=NOW))
        session.add(Grant(person_id=who, role="animator", source="config"))
        until = NOW + timedelta(hours=8)
        visit = Visit(person_id=who, to="/pulse/", made_at=NOW, until=until, used_at=NOW, confirmed_at=NOW)
        visit.token = digest(shown)
        session.add(visit)
    return shown


def _bot(store: Store, folder: Path, port: int) -> App:
    """The bot with the settings of the example, never started: its pages answer without."""
    text = example('kind = "memory"', "sqlite+aiosqlite:///parvis.db", 0)
    text = text.replace("[web]\n", f'[web]\npublic = "127.0.0.1:{port}"\naddress = "http://127.0.0.1:{port}"\n', 1)
    file = folder / "parvis.toml"
    file.write_text(text, "utf-8")
    models = {each.id: each.settings for each in NUDGES}
    config = load(file, {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4}, models, PLATFORMS)
    platforms = {name: open_platform(name, table, lambda: NOW) for name, table in config.platforms.items()}
    return App(config, store, platforms, lambda: NOW)


class _Page:
    """A page, made by the bot; and the database, asked by its library alone for what the page is made of."""

    def __init__(self, app: App, shown: str, query: str, file: Path) -> None:
        self._app, self._query, self._file = app, query, file
        self._headers = {"cookie": f"parvis_visit={shown}", "accept-language": "en"}
        self.bytes = 0

    async def ours(self) -> Figure:
        """Milliseconds until a browser has the page, without its charts. Raises RuntimeError: it is another page."""
        hook = self._app.intake.hooks["/pulse/"]
        began = time.perf_counter()
        answer = await hook(WebRequest(method="GET", path="/pulse/", query=self._query, headers=self._headers))
        took = time.perf_counter() - began
        self.bytes = len(answer.body)
        if answer.status != 200 or (self._query and f"Community {COMMUNITIES - 1}".encode() not in answer.body):
            raise RuntimeError(f"the page is another one ({answer.status})")
        return Figure(1000 * took)

    async def reference(self) -> Figure:
        """Milliseconds of the library alone: what the page is made of, added up by the database and fetched."""
        return Figure(1000 * await asyncio.to_thread(self._bare))

    def _bare(self) -> float:
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as database:
            began = time.perf_counter()
            fetched = [len(database.execute(each).fetchall()) for each in BARE]
            took = time.perf_counter() - began
        if not all(fetched):
            raise RuntimeError(f"there is nothing to fetch: {fetched}")
        return took


def _since() -> date:
    """The Monday with which the page of a year begins."""
    first = NOW.date() - timedelta(days=364)
    return first - timedelta(days=first.weekday())


_YEAR = f"BETWEEN '{_since()}' AND '{NOW.date()}'"
_WEEK = f"CAST((julianday(day) - julianday('{_since()}')) / 7 AS INTEGER)"
_LATEST = (
    "NOT EXISTS (SELECT 1 FROM pulse_day AS later WHERE later.community_id = told.community_id"
    " AND later.day = told.day AND later.version > told.version)"
)
_IS_SUNDAY = f"{_YEAR} AND (julianday(%s) - julianday('{_since()}')) %% 7 = 6"
_SUNDAYS = f"day {_IS_SUNDAY % 'day'}"
BARE = (
    f"SELECT {_WEEK} AS week, community_id, shown, phase, count(*), sum(measured), max(version), sum(posts),"
    " sum(replies), sum(reactions), sum(joins), sum(reads) FROM pulse_day AS told"
    f" WHERE day {_YEAR} AND {_LATEST} GROUP BY week, community_id, shown, phase",
    f"SELECT DISTINCT day, why FROM pulse_day AS told WHERE day {_YEAR} AND version > 1 AND shown <> '' AND {_LATEST}",
    "SELECT day, count(*), sum(private), sum(interest) FROM pulse_day AS told"
    f" WHERE {_SUNDAYS} AND {_LATEST} GROUP BY day",
    "SELECT min(day), max(day) FROM pulse_day",
    f"SELECT day, department, people FROM pulse_population WHERE {_SUNDAYS}",
    f"SELECT week, measure, grp, taken, low, high, of FROM figure WHERE week {_IS_SUNDAY % 'week'}",
    "SELECT * FROM community",
    f"SELECT * FROM pulse_mark WHERE day {_YEAR}",
)
"""What a page of a year by weeks is made of, as somebody would write it who needs nothing else."""


async def _first_paint(app: App, shown: str, port: int) -> None:
    """Say when something stands in a real browser, where there is one."""
    if not CHROMIUM.exists():  # noqa: ASYNC240 - nothing else is done meanwhile
        say("  first paint: Chromium is not installed (apt-get install chromium)")
        return
    from playwright.async_api import async_playwright  # noqa: PLC0415 - only where there is a browser

    listening = Public(Listener(host="127.0.0.1", port=port), app.intake.hooks)
    await listening.start()
    address = f"http://127.0.0.1:{port}"
    try:
        async with async_playwright() as playwright:
            chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            context = await chromium.new_context()
            await context.add_cookies([{"name": "parvis_visit", "value": shown, "url": address}])
            page = await context.new_page()
            for name, query in PAGES.items():
                await page.goto(f"{address}/pulse/?{query}", wait_until="load")
                painted = await page.evaluate(PAINTED)
                say(f"  first paint in Chromium, {name}: {painted:.0f} ms")
            await chromium.close()
    finally:
        await listening.stop()


async def main() -> None:
    """The page of everybody, which is the claim; the one of each community is told beside it."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as name:
        folder, port = Path(name), free_port()
        file = folder / "pages.db"
        store = await _seeded(file)
        try:
            shown = await _visits(store)
            app = _bot(store, folder, port)
            gc.freeze()  # as the running bot does (bot/cli/running.py)
            for which, query in PAGES.items():
                page = _Page(app, shown, query, file)
                mine, theirs = await in_turn(page.ours, page.reference)
                claim = "page_year" if not query else "page_year_communities"
                publish(Claim(claim, "ms", TARGET, "lower", mine, theirs))
                say(f"  {which}: {page.bytes / 1000:.0f} kB of HTML; charts are asked for by themselves, when in sight")
            await _first_paint(app, shown, port)
        finally:
            await store.close()
