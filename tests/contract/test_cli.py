"""The real command, in a process of its own: what it prints, and the status that scripts see."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession
from sqlalchemy import delete, update
from sqlmodel import col

from bot.__main__ import main
from bot.audit import Audit, HeadsFile
from storage import events, outbox, people
from storage.audit import Entry
from storage.database import Store
from storage.outbox import Duty
from storage.people import Account
from tests.servers.process import dies_with_us, free_port, wait_for_end
from tests.servers.slack import SlackServer

PARVIS = str(Path(sys.executable).with_name("parvis"))
KEY = "0123456789abcdef" * 2
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LANGUAGE = ("LC_ALL", "LC_MESSAGES", "LANG")
SECRET = "my salary is a secret"
SETTINGS = """
parvis = { contact = "comms", zone = "Europe/Paris" }
database.url = "URL"
platforms.here.kind = "memory"
web.private = "127.0.0.1:PORT"
roles = { animator = ["here:ana", "here:new"], admin = ["here:bob"] }
"""


@dataclass
class Answer:
    """What a command said."""

    status: int
    out: str
    err: str

    def row(self, *words: str) -> str:
        """The one line that begins with these words."""
        found = [line for line in self.out.splitlines() if line.split()[: len(words)] == list(words)]
        assert len(found) == 1, f"{words} in {self.out}{self.err}"
        return found[0]


class Home:
    """A folder with settings and a store, and commands run in it."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.port = port
        self.url = f"sqlite+aiosqlite:///{folder / 'parvis.db'}"
        (folder / "parvis.toml").write_text(SETTINGS.replace("PORT", str(port)).replace("URL", self.url), "utf-8")

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        usual = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
        return {**usual, **dict.fromkeys(LANGUAGE, ""), "PARVIS_AUDIT_KEY": KEY, "COLUMNS": "80", **more}

    async def asks(self, *words: str) -> Answer:
        """The same command inside this process: starting Python and the libraries takes a second each time."""
        return await asyncio.to_thread(self._asks, [*words, "--config", str(self.folder / "parvis.toml")])

    @staticmethod
    def _asks(words: list[str]) -> Answer:
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err, pytest.raises(SystemExit) as end:
            main(words)
        assert isinstance(end.value.code, int)
        return Answer(end.value.code, out.getvalue(), err.getvalue())

    async def parvis(self, *words: str, **env: str) -> Answer:
        """The command in a process of its own."""
        process = await asyncio.create_subprocess_exec(
            PARVIS, *words, cwd=self.folder, env=self.environment(env),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await asyncio.wait_for(process.communicate(), 60)
        return Answer(process.returncode or 0, out.decode(), err.decode())

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        opened = await Store.open(self.url, migrate=False)
        yield opened
        await opened.close()

    @contextmanager
    def started(self, **env: str) -> Iterator[subprocess.Popen[bytes]]:
        """`parvis run`, killed at the end if it still runs; its log is in `log`."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*dies_with_us(), PARVIS, "run"], cwd=self.folder, env=self.environment(env), stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)

    @property
    def log(self) -> Path:
        return self.folder / "parvis.log"

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    async def ready(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the bot says that it is."""
        async with asyncio.timeout(60), ClientSession() as client:
            while True:
                assert process.poll() is None, self.log.read_text("utf-8")
                try:
                    async with client.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                        if answer.status == 200:
                            return
                except ClientError:
                    pass
                await asyncio.sleep(0.05)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """For commands asked inside this process."""
    monkeypatch.setenv("PARVIS_AUDIT_KEY", KEY)
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path, migrated_file: Path) -> Home:
    (tmp_path / "parvis.db").write_bytes(migrated_file.read_bytes())
    return Home(tmp_path)


@pytest.fixture
def bare(tmp_path: Path) -> Home:
    """Without a database."""
    return Home(tmp_path)


def promised(name: str, state: str, **more: object) -> dict[str, object]:
    return {
        "name": name, "platform": "here", "room": "!a", "lane": "here:!a", "op": "post", "of": "", "reply_to": "",
        "batch": "", "kind": "answer", "reason": "", "language": "", "asks": False, "priority": 10,
        "body": json.dumps({"lines": [{"id": "plain", "args": {"text": SECRET}}]}), "state": state, "tries": 3,
        "error": "", "due": NOW, "created_at": NOW, "external_id": "", "external_room": "", **more,
    }  # fmt: skip


async def plan(home: Home, *rows: dict[str, object]) -> None:
    async with home.store() as store, store.write() as session:
        for row in rows:
            assert await outbox.plan(session, row)


# ---------------------------------------------------------------- help and settings


async def test_help_names_the_commands_and_imports_no_platform(bare: Home) -> None:
    said = await bare.parvis("--help")
    assert said.status == 0
    for command in ("run", "check", "parked", "outbox", "who-can", "audit", "migrate"):
        assert re.search(rf"\b{command}\b", said.out)
    script = (
        "import sys; from bot.__main__ import command; from bot.cli.verbs import helping;"
        "line = sys.argv[1:]; command(helping({}), line)(line, result_action='return_value');"
        "capabilities = [each for each in sys.modules if each.startswith('nudges.')];"
        "vendors = {'slack_bolt', 'slack_sdk', 'nio', 'sqlalchemy', 'adapters'} & set(sys.modules);"
        "sys.exit(bool(capabilities or vendors))"
    )
    for line, named in ((["--help"], b"people"), (["people", "--help"], b"completeness")):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, *line, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        assert process.returncode == 0, line
        assert named in out


async def test_a_wrong_word_gets_a_suggestion(bare: Home) -> None:
    said = await bare.parvis("parkd")
    assert (said.status, "parked" in said.err) == (2, True)
    said = await bare.parvis("parked", "retry", "many")
    assert said.status == 2


async def test_good_settings_are_fine(bare: Home) -> None:
    said = await bare.parvis("check")
    assert (said.status, said.err) == (0, "")
    assert "here (memory)" in said.out
    assert not (bare.folder / "parvis.db").exists()


@pytest.mark.parametrize("command", ["check", "run", "migrate"])
async def test_wrong_settings_are_all_said_at_once(bare: Home, command: str) -> None:
    (bare.folder / "parvis.toml").write_text('[parvis]\nzone = "Mars/Olympus"\n', "utf-8")
    said = await bare.parvis(command, PARVIS_AUDIT_KEY="short")
    assert (said.status, said.out) == (2, "")
    for key in ("parvis.contact", "parvis.zone", "platforms", "roles.animator", "PARVIS_AUDIT_KEY"):
        assert key in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("command", ["run", "check", "doctor", "manifest"])
async def test_wrong_settings_are_said_in_the_language_of_the_terminal(bare: Home, command: str) -> None:
    (bare.folder / "parvis.toml").write_text('[parvis]\nzone = "Mars/Olympus"\n', "utf-8")
    said = await bare.parvis(command, LC_ALL="fr_FR.UTF-8")
    assert (said.status, said.out) == (2, "")
    assert "parvis.toml\u00a0: parvis.contact\u00a0: manque\u00a0; écrivez contact = " in said.err
    assert '"Mars/Olympus" n’est pas un fuseau horaire' in said.err


async def test_settings_that_are_not_there_are_said_with_what_to_do(bare: Home) -> None:
    said = await bare.parvis("run", "--config", "other.toml")
    assert said.status == 2
    assert said.err.startswith("other.toml: ")
    assert "config.example.toml" in said.err


async def test_questions_need_a_database_and_make_none(bare: Home) -> None:
    said = await bare.asks("parked", "list")
    assert (said.status, "parvis migrate" in said.err) == (2, True)
    assert not (bare.folder / "parvis.db").exists()
    (bare.folder / "parvis.db").touch()
    said = await bare.asks("parked", "list")
    assert (said.status, "parvis migrate" in said.err) == (2, True)
    assert (await bare.asks("migrate")).status == 0
    said = await bare.asks("parked", "list")
    assert (said.status, said.err) == (0, "")


async def test_the_terminal_is_answered_in_its_language(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    helped = await home.asks("parked", "--help")
    assert "Commandes" in helped.out
    assert "Renoncer à ce qui était mis de côté" in helped.out
    assert (await home.asks("parked", "list")).out == "Rien n’est mis de côté.\n"
    said = await home.asks("parkd")
    assert (said.status, said.err) == (
        2,
        "il n’y a pas de commande «\u00a0parkd\u00a0»\u00a0; vouliez-vous dire «\u00a0parked\u00a0»\u00a0?\n",
    )
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert (await home.asks("parked", "list")).out == "Nothing is parked.\n", "LC_ALL goes before LANG"
    settings = (home.folder / "parvis.toml").read_text("utf-8")
    (home.folder / "parvis.toml").write_text(
        settings.replace("contact = ", 'default_language = "fr", contact = '), "utf-8"
    )
    assert (await home.asks("parked", "list")).out == "Rien n’est mis de côté.\n", (
        "the organisation's, where none is named"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("parked rtry 1", 'there is no command "rtry"; did you mean "retry"?'),
        ("weather", 'there is no command "weather"; see parvis --help'),
        ("check --nope", 'there is no option "--nope"; see parvis check --help'),
        ("check extra", '"extra" is more than was asked for; see parvis check --help'),
        ("parked retry", "ID is missing; see parvis parked retry --help"),
        ("parked retry many", 'ID: "many" does not fit; see parvis parked retry --help'),
    ],
)
async def test_what_was_typed_wrongly_is_said_in_one_line(bare: Home, typed: str, said: str) -> None:
    answer = await asyncio.to_thread(bare._asks, typed.split())
    assert (answer.status, answer.out, answer.err) == (2, "", f"{said}\n")


async def test_what_was_copied_from_the_example_is_noticed(bare: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1"}.items():
        monkeypatch.setenv(f"PARVIS_ACME_{name}", value)
    monkeypatch.setenv("PARVIS_HOME_PASSWORD", "x")
    example = (Path(__file__).parents[2] / "config.example.toml").read_text("utf-8")
    matrix = (
        '[platforms.home]\nkind = "matrix"\nhomeserver = "https://matrix.example.org"\n'
        'user = "@parvis:example.org"\nencryption = false\n'
    )
    text = example.replace("\n[roles]\n", f"\n{matrix}\n[roles]\n").replace(
        'admin = ["acme:U0000000001"]', 'admin = ["home:@odile:example.org", "acme:U07ABCDEF12"]'
    )
    (bare.folder / "parvis.toml").write_text(text, "utf-8")
    said = await bare.asks("run")
    assert (said.status, said.out) == (2, ""), "it would introduce itself as the example does"
    said = await bare.asks("check")
    assert (said.status, said.out) == (2, ""), "they are wrong settings, which no restart mends"
    keys = [line.split(": ")[1] for line in said.err.splitlines() if "comes from config.example.toml" in line]
    assert keys == [
        "parvis.contact", "platforms.home.homeserver", "platforms.home.user", "roles.animator[0]", "roles.animator[1]",
        "roles.animator[2]", "rooms.animator[0].room", "roles.admin[0]",
    ]  # fmt: skip


# ---------------------------------------------------------------- parked


async def test_parked_events_are_listed_retried_and_dropped(home: Home) -> None:
    async with home.store() as store, store.write() as session:
        row = {"platform": "here", "kind": "command", "body": json.dumps({"text": SECRET}), "due": NOW}
        await events.record(session, [{**row, "key": str(key), "received_at": NOW} for key in (1, 2, 3)])
        for event_id in (1, 2):
            await events.park(session, event_id, NOW, f"bug abc{event_id}")
        await events.record_parked(session, "here", "4", "unreadable", NOW)
    said = await home.parvis("parked", "list")
    assert said.status == 1
    assert SECRET not in said.out
    assert "2026-11-23 11:00:00" in said.row("1", "here", "command"), "in the organisation's zone"
    assert "bug abc2" in said.row("2")
    assert "unreadable" in said.row("4")
    said = await home.asks("parked", "retry", "1", "3")
    assert (said.status, said.err.split()[:3]) == (2, ["no", "event", "3"])
    said = await home.asks("parked", "retry", "4")
    assert (said.status, "parked drop 4" in said.err) == (2, True)
    assert (await home.asks("parked", "retry", "1")).status == 0
    assert (await home.asks("parked", "drop", "2", "4")).status == 0
    said = await home.asks("parked", "list")
    assert (said.status, said.out) == (0, "Nothing is parked.\n")
    async with home.store() as store, store.read() as session:
        assert [each.key for each in await events.waiting(session, datetime.now(UTC), 9)] == ["1", "3"]


# ---------------------------------------------------------------- outbox


async def test_the_outbox_is_listed_and_its_dead_are_retried_and_dropped(home: Home) -> None:
    await plan(
        home,
        promised("card:1", "dead", error="not_in_channel"),
        promised("card:2", "dead", error="invalid_blocks"),
        promised("card:3", "todo", batch="spring"),
        promised("card:4", "sent", batch="spring"),
    )
    said = await home.asks("outbox", "list")
    assert said.status == 0
    assert "2" in said.row("here", "dead")
    assert "room !a" in said.row("card:3")
    assert "has not accepted the bot" not in said.out
    dead = await home.asks("outbox", "dead")
    assert dead.status == 1
    assert "not_in_channel" in dead.row("card:1")
    assert SECRET not in said.out + dead.out
    said = await home.asks("outbox", "retry", "card:9")
    assert (said.status, "did you mean card:1?" in said.err) == (2, True)
    said = await home.asks("outbox", "drop", "card:2", "card:3")
    assert (said.status, 'its state is "todo"' in said.err) == (2, True)
    assert (await home.asks("outbox", "retry", "card:1")).status == 0
    assert (await home.asks("outbox", "drop", "card:2")).status == 0
    said = await home.asks("outbox", "dead")
    assert (said.status, said.out) == (0, "Nothing is dead.\n")
    async with home.store() as store, store.read() as session:
        now = {name: row.state for name, row in (await outbox.named(session, ["card:1", "card:2"])).items()}
    assert now == {"card:1": "todo", "card:2": "dropped"}


async def test_the_outbox_does_not_tell_who_asked_a_leader_something(home: Home) -> None:
    async with home.store() as store, store.write() as session:
        person = (await people.add(session, "here", "U5", "Ana", NOW)).person_id
    usual = {"kind": "question.answer", "room": "", "person_id": person, "lane": f"here:person:{person}"}
    await plan(home, *(promised(f"question:{state}", state, **usual) for state in ("later", "todo", "dead")))
    said, dead = await home.asks("outbox", "list"), await home.asks("outbox", "dead")
    assert "question" not in said.out
    assert "question:" not in dead.out
    assert "question.answer" in dead.row("question.answer")
    assert f"person {person}" not in said.out + dead.out
    assert (await home.asks("outbox", "retry", "question.answer")).status == 0
    assert (await home.asks("outbox", "dead")).out == "Nothing is dead.\n"


async def test_the_outbox_tells_of_a_platform_that_accepts_the_bot_no_more(home: Home) -> None:
    await plan(home, promised("card:3", "todo", error="locked_out:token_revoked"))
    async with home.store() as store, store.write() as session:
        session.add(Duty(name="send:here", token=1, locked="token_revoked", locked_at=NOW))
    said = await home.asks("outbox", "list")
    assert said.out.startswith(
        "here has not accepted the bot since 2026-11-23 11:00:00 (token_revoked): what waits is kept"
    )


async def test_the_progress_of_a_batch(home: Home) -> None:
    await plan(home, *(promised(f"a:{n}", "sent" if n else "todo", batch="spring") for n in range(4)))
    said = await home.asks("outbox", "progress", "spring")
    assert said.status == 0
    assert said.row("sent").split()[:3] == ["sent", "3", "75%"]
    assert said.row("todo").split()[:3] == ["todo", "1", "25%"]
    said = await home.asks("outbox", "progress", "autumn")
    assert (said.status, "autumn" in said.err) == (2, True)


# ---------------------------------------------------------------- rights


async def met(home: Home) -> None:
    """Ana from the settings, Zoe as a member of a room, and a guest to whom a role was granted in vain."""
    async with home.store() as store, store.write() as session:
        ana, zoe, guest = [await people.add(session, "here", name.lower(), name, NOW) for name in ("Ana", "Zoe", "Gus")]
        await people.set_grants(session, "animator", "config", [ana.person_id])
        await people.set_grants(session, "animator", "here:room:!x", [zoe.person_id, guest.person_id])
        await session.exec(update(Account).where(col(Account.id) == guest.id).values(kind="guest"))


async def test_who_can_names_roles_and_people(home: Home) -> None:
    await met(home)
    said = await home.asks("who-can", "community.approve")
    assert said.status == 0
    assert "animator" in said.row("community.approve")
    assert said.row("animator", "Ana").split()[2:] == ["here:ana", "settings"]
    assert said.row("animator", "Zoe").split()[2:] == ["here:zoe", "here:room:!x"]
    assert "from the next start" in said.row("animator", "(not", "met", "yet)")
    assert "Gus" not in said.out
    typed = await home.asks("who-can", "community approve")
    assert typed.out == said.out


async def test_who_can_hides_no_group_in_which_nobody_was_found(home: Home) -> None:
    text = (home.folder / "parvis.toml").read_text("utf-8")
    (home.folder / "parvis.toml").write_text(text.replace("animator = [", 'animator = ["here:group:S1", '), "utf-8")
    said = await home.asks("who-can", "community.approve")
    (line,) = [line for line in said.out.splitlines() if "here:group:S1" in line]
    assert "nobody was found there so far: parvis doctor says why" in line


async def test_a_manifest_is_not_made_from_a_file_that_is_not_there(bare: Home) -> None:
    said = await bare.parvis("manifest", "--config", "absent.toml")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("absent.toml: ")
    said = await bare.asks("manifest")
    assert (said.status, said.err) == (
        2, "None of your platforms needs to be told beforehand what the bot offers: go on with parvis check.\n"
    )  # fmt: skip


async def test_who_can_without_an_action_shows_all_rights(home: Home) -> None:
    said = await home.asks("who-can")
    assert said.status == 0
    for action in ("community.approve", "community.request", "parvis.me"):
        assert said.row(action)
    table, _, _ = said.out.partition("\n\n")
    heading, *rows = table.splitlines()
    wide = slice(heading.index("what it does"), heading.index("roles"))
    assert len(rows) > 60
    assert not [row for row in rows if not row[wide].strip()], "each says what it is for"
    assert [row[wide].strip() for row in rows if row.startswith("community.revoke ")] == [
        "Take a refusal back while it is not final"
    ]


async def test_who_can_suggests_what_was_meant(home: Home) -> None:
    said = await home.asks("who-can", "comunity.aprove")
    assert (said.status, said.out) == (2, "")
    assert "did you mean community.approve?" in said.err


# ---------------------------------------------------------------- audit


async def test_the_trail_is_verified_with_the_heads_kept_beside_it(home: Home) -> None:
    heads = home.folder / "parvis-audit-heads.log"
    async with home.store() as store:
        audit = Audit(KEY, HeadsFile(heads))
        for number in range(4):
            async with store.write() as session:
                await audit.append(session, now=NOW, actor=None, action="x", subject=f"r:{number}", reason=SECRET)
    said = await home.asks("audit", "verify")
    assert (said.status, said.out) == (0, "The trail is whole: 4 entries, 4 heads known outside the database.\n")
    async with home.store() as store, store.write() as session:
        await session.exec(update(Entry).where(col(Entry.seq) == 2).values(subject="r:9"))
        await session.exec(delete(Entry).where(col(Entry.seq) == 4))
    said = await home.asks("audit", "verify")
    assert said.status == 1
    assert said.row("2", "edited")
    assert said.row("4", "cut")
    assert SECRET not in said.out
    heads.rename(home.folder / "kept.log")
    said = await home.asks("audit", "verify")
    assert (said.status, "No heads are known" in said.err, "cut" in said.out) == (1, True, False)
    said = await home.asks("audit", "verify", "--heads", str(home.folder / "kept.log"))
    assert said.row("4", "cut")
    said = await home.asks("audit", "verify", "--heads", "absent.log")
    assert (said.status, said.err) == (2, "absent.log: cannot be read (No such file or directory)\n")


# ---------------------------------------------------------------- running


async def test_the_bot_runs_until_it_is_asked_to_stop(bare: Home) -> None:
    home = Home(bare.folder, free_port())
    with home.started() as process:
        await home.ready(process)
        second = await home.parvis("run")
        assert (second.status, "another parvis runs" in second.err) == (1, True), "when that one ends, this may run"
        async with ClientSession() as client, client.get(f"http://127.0.0.1:{home.port}/metrics") as answer:
            assert "parvis_intake_backlog 0.0" in await answer.text()
        process.send_signal(signal.SIGTERM)
        assert await wait_for_end(process, 20)
    assert process.returncode == 0
    lines = home.lines()
    assert [line["event"] for line in lines if line["logger"] == "run"] == [
        "no animators' room", "listening", "started", "stopping", "stopped",
    ]  # fmt: skip
    assert "goes to every animator in private" in lines[0]["meaning"]
    assert KEY not in home.log.read_text("utf-8")


@pytest.mark.parametrize(
    ("wrong", "variable"), [("BOT_TOKEN", "PARVIS_ACME_BOT_TOKEN"), ("APP_TOKEN", "PARVIS_ACME_APP_TOKEN")]
)
async def test_a_platform_that_refuses_the_bot_is_named_with_the_variable_of_its_token(
    bare: Home, wrong: str, variable: str
) -> None:
    async with SlackServer() as server:
        text = (bare.folder / "parvis.toml").read_text("utf-8").replace("here:", "acme:U")
        slack = f'[platforms.acme]\nkind = "slack"\napi_url = "{server.api_url}"\n'
        text = text.replace('platforms.here.kind = "memory"\n', "").replace("Uana", "UANA").replace("Unew", "UNEW")
        (bare.folder / "parvis.toml").write_text(text.replace("Ubob", "UBOB") + slack, "utf-8")
        tokens = {"BOT_TOKEN": server.bot_token, "APP_TOKEN": server.app_token}
        tokens[wrong] += "-wrong"
        said = await bare.parvis("run", **{f"PARVIS_ACME_{name}": value for name, value in tokens.items()})
    assert said.status == 2
    assert said.err.splitlines()[-1] == (
        f"acme does not accept the bot (invalid_auth): see {variable} in the environment, and [platforms.acme]."
    )


async def test_a_database_that_is_away_is_no_wrong_setting(bare: Home) -> None:
    """It may be back in a minute: whatever starts the bot by itself shall try again."""
    text = (bare.folder / "parvis.toml").read_text("utf-8")
    away = f'database.url = "postgresql+asyncpg://parvis@127.0.0.1:{free_port()}/parvis"'
    (bare.folder / "parvis.toml").write_text(re.sub(r'database\.url = "[^"]*"', away, text), "utf-8")
    said = await bare.parvis("run")
    assert said.status == 1
    assert "cannot connect" in said.err
    assert "Traceback" not in said.err


async def test_a_port_in_use_is_said_with_its_setting(bare: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = await Home(bare.folder, port).parvis("run")
    assert said.status == 2
    assert f'[web] private = "127.0.0.1:{port}"' in said.err
    assert "Traceback" not in said.err


async def states(home: Home) -> set[str]:
    async with home.store() as store, store.read() as session:
        return {row.state for row in (await outbox.named(session, ["one", "two"])).values()}


async def test_the_bot_kills_itself_where_a_crash_test_says(home: Home) -> None:
    await plan(home, promised("one", "todo", tries=0), promised("two", "todo", tries=0))
    with home.started(PARVIS_KILL_AT="outbox.claimed:1") as process:
        assert await wait_for_end(process, 30)
    assert process.returncode == -signal.SIGKILL
    assert await states(home) <= {"todo", "going"}
    with home.started() as process:
        async with asyncio.timeout(30):
            while not await states(home) <= {"sent", "dead", "dropped"}:  # noqa: ASYNC110 - another process writes
                await asyncio.sleep(0.05)
        assert process.poll() is None
