"""A rolling upgrade: the next version is started beside this one, with work pending, and this one is ended then.

The next version is this one with a migration and a capability more; what it plans, records and decides waits until a
process that understands it has the duty.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.crash.process import Process
from tests.humans import eventually, slack
from tests.humans.slack import SlackTown
from tests.servers.postgres import Postgres
from tests.servers.process import ROOT, free_port

SOON = 60.0
MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("community") as batch_op:
        batch_op.add_column(sa.Column("motto", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("community") as batch_op:
        batch_op.drop_column("motto")
"""
TEA = '''
from pathlib import Path

from pydantic import BaseModel

from bot.chat import Command
from bot.nudge import Answer, Context, Nudge, To
from bot.say import say


class Settings(BaseModel):
    """None."""


nudge = Nudge(id="tea", catalogs=Path(__file__).parent / "locales", settings=Settings)


@nudge.command("tea")
async def tea(event: Command, ctx: Context) -> Answer:
    """Put the kettle on, and tell when it boils."""
    await ctx.outbox.tell(To(person=ctx.who.person), say("tea-boils"), name=f"tea:{event.key}", kind="answer")
    return say("tea-soon")
'''
WORDS = """
tea-boils = The water boils.
tea-soon = The kettle is on.
command-tea = tea
    .usage = tea
    .help = Make tea.
    .example = tea
"""


def next_version(folder: Path) -> Path:
    """A copy of the program with something more."""
    for package in ("bot", "adapters", "nudges", "storage"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    versions = folder / "storage" / "migrations" / "versions"
    newest = max(each.name.partition("_")[0] for each in versions.glob("[0-9]*.py"))
    (versions / "9000_mottos.py").write_text(MIGRATION.format(before=newest), "utf-8")
    tea = folder / "nudges" / "tea"
    (tea / "locales").mkdir(parents=True)
    (tea / "__init__.py").write_text(TEA, "utf-8")
    for language in ("en", "fr"):
        (tea / "locales" / f"{language}.ftl").write_text(WORDS, "utf-8")
    table = folder / "nudges" / "__init__.py"
    text = table.read_text("utf-8").replace("from nudges import communities", "from nudges import communities, tea")
    table.write_text(text.replace("(communities.nudge,", "(communities.nudge, tea.nudge,"), "utf-8")
    return folder


@pytest.fixture
async def town() -> AsyncIterator[SlackTown]:
    """A workspace that calls the bot over HTTP, where time passes."""
    async with slack.lively_town("acme", http=True) as place:
        yield place


class Versions:
    """Both versions over one database; Slack calls one of them."""

    def __init__(self, town: SlackTown, url: str, settings: dict[str, Any], folder: Path) -> None:
        self._town = town
        self._ports = {name: free_port() for name in ("this", "next")}
        server = town.server
        secrets = {"PARVIS_ACME_BOT_TOKEN": server.bot_token, "PARVIS_ACME_SIGNING_SECRET": server.hooks.secret}

        def process(name: str, **environment: str) -> Process:
            web = {"public": f"127.0.0.1:{self._ports[name]}"}
            whole = {**settings, "database": {"url": url}, "web": web, "audit": {"heads": ""}}
            return Process(folder / name, whole, {**secrets, **environment})

        self.this = process("this")
        self.next = process("next", PYTHONPATH=str(next_version(folder / "program")))

    def calls(self, name: str) -> None:
        """What balances the load sends Slack's requests there."""
        self._town.server.hooks.url = f"http://127.0.0.1:{self._ports[name]}/slack/acme"


@pytest.mark.postgres
async def test_a_newer_version_beside_an_older_one_loses_nothing_and_says_nothing_twice(
    town: SlackTown, postgres: Postgres, tmp_path: Path
) -> None:
    ana, bob, alice = [await town.person(name) for name in ("ana", "bob", "alice")]
    room = await town.room("animators", [alice], private=True)
    settings: dict[str, Any] = {
        "parvis": {"contact": "Arthur", "zone": "Europe/Paris", "default_language": "en"},
        "working_time": {"start": "00:00", "end": "23:59", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        "platforms": {"acme": {"kind": "slack", "api_url": town.server.api_url, "mode": "http"}},
        "roles": {role: [f"acme:{alice.external}"] for role in ("animator", "admin")},
        "rooms": {"animator": [{"platform": "acme", "room": room, "language": "en"}]},
    }
    async with postgres.database() as url:
        both = Versions(town, url, settings, tmp_path)
        database = await asyncpg.connect(url.replace("+asyncpg", ""))

        try:
            both.this.begin()
            assert await both.this.ready(), both.this.log.read_text("utf-8")
            both.calls("this")
            await ana.types("community request Orchard --purpose Caring for all trees --work Pruning the trees --yes")
            await alice.is_told("Orchard", room, SOON)

            # A request waits. The next version comes, and is called from now on; this one still has all duties.
            both.next.begin()
            assert await both.next.ready(), both.next.log.read_text("utf-8")
            both.calls("next")
            await bob.types("tea")

            async def waits() -> bool:
                waiting = "select count(*) from promise where state = 'todo' and error = 'words:UnknownWordsError'"
                return bool(await database.fetchval(waiting))

            await eventually(waits, "this version does not know how to say it, and does not give it up", SOON)
            await alice.presses("Approve", near="Orchard", room=room)
            await ana.is_told("is open", within=SOON)

            await both.this.stop()
            assert both.this.status == 0
            await bob.is_told("The water boils", within=SOON)
            await ana.types("community mine")
            await ana.is_told("Orchard", within=SOON)

            async def settled() -> bool:
                promises = "select count(*) from promise where state not in ('sent', 'dropped')"
                events = "select count(*) from event where state <> 'done'"
                return not await database.fetchval(promises) and not await database.fetchval(events)

            await eventually(settled, "nothing is left to do", SOON)
            texts = Counter([*await ana.reads(), *await bob.reads()])
            assert [text for text, count in texts.items() if count > 1 and "I am Parvis" not in text] == []
        finally:
            await both.this.stop()
            await both.next.stop()
            await database.close()
