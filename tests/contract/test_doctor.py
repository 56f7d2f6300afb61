"""`parvis doctor` and `parvis observe` on every platform: what they find, what they say, and that they only look."""

from __future__ import annotations

import json
import re
import shutil
import ssl
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlmodel import select, text

from adapters import PLATFORMS, open_platform
from adapters.memory.platform import MemoryPlatform
from bot.chat import Platform
from bot.cli.doctor import examined
from bot.cli.doctoring import network
from bot.cli.doctoring.seen import Seen, of_capability
from bot.cli.doctoring.store import looked
from bot.cli.observe import observed
from bot.cli.opening import Desk
from bot.cli.voice import voice
from bot.config import Database, load
from bot.nudge import Found
from bot.say import Line
from nudges import NUDGES
from storage import communities, events, outbox, sequences
from storage.database import Store
from storage.outbox import Duty
from tests.contract.test_cli import promised
from tests.contract.test_platform import fresh
from tests.humans import Human, Town
from tests.humans.matrix import MatrixHuman, MatrixTown
from tests.humans.memory import MemoryTown
from tests.humans.slack import SlackTown
from tests.humans.towns import EVERYWHERE, open_town, server_for
from tests.servers.gate import Fault
from tests.servers.slack import SlackServer
from tests.servers.slack.state import BOT_USER_ID

PLAIN = [each for each in EVERYWHERE if each.values[0] in {"memory", "slack", "matrix"}]
READS = re.compile(r"auth\.test|apps\.connections\.open|\w+\.(list|info|history|members|users\.list)$")
TLS = Path(__file__).parents[1] / "servers" / "tls"
Says = Callable[[], str]


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Place:
    """A company whose settings are at hand. env: the secrets."""

    town: Town
    folder: Path
    table: str
    env: Mapping[str, str]
    animators: Sequence[str] = ()
    rooms: Sequence[str] = ()

    def desk(self, *, language: str = "en", more: str = "", **env: str) -> Desk:
        people = json.dumps([f"acme:{each}" for each in self.animators])
        rooms = "".join(f'[[rooms.animator]]\nplatform = "acme"\nroom = "{room}"\n' for room in self.rooms)
        file = self.folder / "parvis.toml"
        file.write_text(
            f'parvis = {{ contact = "comms", zone = "Europe/Paris" }}\nweb.private = "off"\n'
            f'database.url = "sqlite+aiosqlite:///{self.folder / "parvis.db"}"\n'
            f"[roles]\nanimator = {people}\nadmin = {people}\n{rooms}[platforms.acme]\n{self.table}{more}",
            "utf-8",
        )
        known = {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 2, **self.env, **env}
        config = load(file, known, {nudge.id: nudge.settings for nudge in NUDGES}, PLATFORMS)
        return Desk(file, config, voice({"LANG": language}, more=[nudge.catalogs for nudge in NUDGES]))

    def opened(self, desk: Desk) -> dict[str, Platform]:
        if isinstance(self.town, MemoryTown):
            return {"acme": MemoryPlatform(self.town.server)}
        return {"acme": open_platform("acme", desk.config.platforms["acme"], now, beside=True)}

    async def found(self, capsys: pytest.CaptureFixture[str], **how: Any) -> tuple[int, list[dict[str, str]]]:
        """The status, and all that is found."""
        desk = self.desk(**how)
        capsys.readouterr()
        status = await examined(desk, lambda: self.opened(desk), now, as_json=True)
        return status, json.loads(capsys.readouterr().out)

    async def seen(self, capsys: pytest.CaptureFixture[str], *, quick: bool = False) -> dict[str, Any]:
        """What is observed."""
        desk = self.desk()
        capsys.readouterr()
        assert await observed(desk, lambda: self.opened(desk), now, as_json=True, quick=quick) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)["acme"]
        return found


def states(found: Sequence[Mapping[str, str]], code: str) -> list[tuple[str, str]]:
    return [(each["state"], each["evidence"]) for each in found if each["code"] == code]


def settings(town: Town) -> tuple[str, dict[str, str]]:
    """The table of a platform in the file, and its secrets."""
    if isinstance(town, SlackTown):
        server = town.server
        tokens = {"PARVIS_ACME_BOT_TOKEN": server.bot_token, "PARVIS_ACME_APP_TOKEN": server.app_token}
        return f'kind = "slack"\napi_url = "{server.api_url}"\n', tokens
    if isinstance(town, MatrixTown):
        table = f'kind = "matrix"\nhomeserver = "{town.gate.url}"\nuser = "{town.bot.user_id}"\nencryption = false\n'
        return table, {"PARVIS_ACME_ACCESS_TOKEN": town.bot.access_token}
    return 'kind = "memory"\n', {}


@pytest.fixture
def where(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "slack"))


@pytest.fixture
def server(request: pytest.FixtureRequest, where: str) -> tuple[Any, ...]:
    return server_for(request, where)


@pytest.fixture
async def place(where: str, server: tuple[Any, ...], migrated_file: Path, tmp_path: Path) -> AsyncIterator[Place]:
    """A company that is in order: an animator, their room, the bot in it, a database of this version."""
    shutil.copy(migrated_file, tmp_path / "parvis.db")
    async with open_town(where, "acme", now, *server) as town:
        alice = await town.person("alice")
        room = await town.room(fresh("animators"), [alice], private=True)
        table, env = settings(town)
        yield Place(town, tmp_path, table, env, [alice.external], [room])


# ---------------------------------------------------------------- doctor


@pytest.mark.parametrize("where", PLAIN, indirect=True)
async def test_a_company_in_order_has_nothing_wrong(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = await place.found(capsys)
    assert [each for each in found if each["state"] == "wrong"] == []
    assert status == 0
    for code in ("store", "tables", "writing", "disk", "store-clock", "credentials", "role", "home"):
        assert {state for state, _ in states(found, code)} == {"fine"}, code
    assert all(each["says"] for each in found)
    assert states(found, "creation")[0][0] in {"open", "unknown"}


@pytest.mark.parametrize("where", PLAIN, indirect=True)
async def test_who_and_what_is_named_wrongly_is_found(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    guest = await place.town.person("gus", kind="gone")
    place.animators = [place.town.nobody, guest.external]
    place.rooms = [place.town.nowhere]
    status, found = await place.found(capsys)
    assert status == 1
    wrong = {each["code"] for each in found if each["state"] == "wrong"}
    assert wrong >= {"role", "home-gone"}
    assert wrong & {"account", "account-powerless"}
    todo = [each["todo"] for each in found if each["code"] == "role" and each["state"] == "wrong"]
    assert len(todo) == 2
    assert "[roles] animator" in todo[0]


@pytest.mark.parametrize("where", PLAIN, indirect=True)
async def test_a_room_the_bot_is_not_in_is_found(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    alice = await place.town.person("alice")
    place.rooms = [await place.town.room(fresh("apart"), [alice], bot=False)]
    status, found = await place.found(capsys)
    assert status == 1
    (home,) = [each for each in found if each["code"].startswith("home")]
    assert home["code"] in {"home-outside", "home-gone"}
    assert "Invite" in home["todo"]


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("where", [each for each in PLAIN if each.values[0] != "memory"], indirect=True)
async def test_an_animators_room_the_bot_was_removed_from_is_found(
    place: Place, capsys: pytest.CaptureFixture[str], private: bool
) -> None:
    alice = await place.town.person("alice")
    room = await place.town.room(fresh("square"), [alice], private=private)
    place.rooms = [room]
    assert states((await place.found(capsys))[1], "home") == [("fine", "")]
    if isinstance(place.town, MatrixTown):
        assert isinstance(alice, MatrixHuman)
        assert await alice.calls("POST", f"/rooms/{room}/kick", {"user_id": place.town.bot.user_id}) == {}
    else:
        assert isinstance(place.town, SlackTown)
        place.town.server.workspace.channels[room].members.remove(BOT_USER_ID)
    status, found = await place.found(capsys)
    assert status == 1
    (home,) = [each for each in found if each["code"].startswith("home")]
    assert home["code"] == ("home-gone" if private else "home-outside")
    assert "Invite" in home["todo"]


async def test_it_is_said_in_words_with_marks_and_in_french(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.rooms = []
    desk = place.desk(language="fr_FR.UTF-8")
    assert await examined(desk, lambda: place.opened(desk), now, as_json=False) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "✓ acme : PARVIS_ACME_BOT_TOKEN est accepté." in said
    assert "! Aucun salon d’animateurs n’est réglé" in said
    assert "  → Créez un salon pour eux" in said
    assert said.splitlines()[-1].startswith("Rien ne va mal, ")


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


async def test_a_clock_that_is_wrong_is_found(place: Place) -> None:
    desk = place.desk()
    slack = open_platform("acme", desk.config.platforms["acme"], lambda: now() + timedelta(minutes=10))
    found = {each.code: each for each in await slack.examine()}
    await slack.close()
    assert (found["clock"].state, abs(float(found["clock"].about)) > 590) == ("wrong", True)


async def test_whether_members_make_channels_is_known_by_those_they_made(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(place.town, SlackTown)
    boss = place.town.server.person("boss", kind="admin")
    place.rooms = []
    for channel in place.town.server.workspace.channels.values():
        channel.creator = boss.id
    _, found = await place.found(capsys)
    assert states(found, "creation") == [("unknown", "none_made_by_members")]
    member = place.town.server.person("member")
    place.town.server.channel("garden", members=[member])
    _, found = await place.found(capsys)
    (creation,) = [each for each in found if each["code"] == "creation"]
    assert (creation["state"], creation["about"]) == ("open", "1")
    assert "members made 1 in six months" in creation["says"]


async def somebodys_room(place: Place) -> None:
    """A public room that a member made. Synapse lists new ones when it comes to it: its answer is ours here."""
    alice = await place.town.person("alice")
    room = await place.town.room(fresh("garden"), [alice], bot=False)
    if isinstance(place.town, MatrixTown):
        listed = {"chunk": [{"room_id": room, "num_joined_members": 1}, {"room_id": place.rooms[0]}]}
        place.town.gate.faults.append(Fault("directory", 200, listed, lasting=True))


@pytest.mark.parametrize(
    ("where", "code"),
    [("slack", "restricted_action"), pytest.param("matrix", "M_FORBIDDEN", marks=pytest.mark.matrix)],
    indirect=["where"],
)
async def test_that_people_make_no_rooms_is_known_by_what_was_refused_to_the_bot(
    place: Place, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    await somebodys_room(place)
    store = await Store.open(f"sqlite+aiosqlite:///{place.folder / 'parvis.db'}", migrate=False)

    async def opening(number: int, **became: Any) -> None:
        async with store.write() as session:
            await sequences.start(session, "community.open", f"opening:{number}:1", {"platform": "acme"}, now())
            row = await sequences.named(session, f"opening:{number}:1")
            assert row
            await sequences.change(session, row, **became)

    await opening(1, phase="refused", error=f"not-allowed:{code}")
    _, found = await place.found(capsys)
    assert states(found, "creation") == [("closed", "refused_to_bot")]
    (creation,) = [each for each in found if each["code"] == "creation"]
    assert (
        creation["says"]
        == f"acme: people cannot make rooms around the bot (one was refused to the bot itself: {code})."
    )
    await opening(2, phase="refused", error="not-allowed:missing_scope")
    _, found = await place.found(capsys)
    assert states(found, "creation")[0][0] == "open", "that is about the bot alone"
    await opening(3, phase="refused", error=f"not-allowed:{code}")
    await opening(4, phase="refused", error=f"not-allowed:{code}", step=3)
    _, found = await place.found(capsys)
    assert states(found, "creation")[0][0] == "open", "a room was made, what came after was refused"
    await store.close()


@pytest.mark.parametrize("where", [pytest.param("matrix", marks=pytest.mark.matrix)], indirect=True)
async def test_that_people_make_rooms_is_known_by_those_the_directory_lists(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(place.town, MatrixTown)
    await somebodys_room(place)
    _, found = await place.found(capsys)
    assert states(found, "creation") == [("open", "made_by_others")]
    (creation,) = [each for each in found if each["code"] == "creation"]
    assert creation["about"] == "1", "the bot is in the other one"
    assert "others made 1" in creation["says"]
    place.town.gate.faults[0].body["chunk"].pop(0)
    _, found = await place.found(capsys)
    assert states(found, "creation") == [("unknown", "none_made_by_others")]


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


async def test_the_database_is_looked_at(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{place.folder / 'parvis.db'}", migrate=False)
    async with store.write() as session:
        session.add(Duty(name="send:acme", token=1, locked="token_revoked", locked_at=now()))
        await outbox.plan(session, {**promised("x", "dead"), "platform": "acme"})
        await events.record_parked(session, "acme", "4", "unreadable", now())
    status, found = await place.found(capsys)
    assert status == 1
    assert states(found, "sending") == [("wrong", "token_revoked")]
    assert [each["says"] for each in found if each["code"] in {"dead", "parked"}] == [
        "One message could not be said.", "One event could not be handled.",
    ]  # fmt: skip
    async with store.read() as session:
        assert list(await session.exec(select(Duty.name))) == ["send:acme"]
    async with store.write() as session:
        await (await session.connection()).execute(text("UPDATE alembic_version SET version_num = 'older'"))
    await store.close()
    status, found = await place.found(capsys)
    assert (status, states(found, "tables")) == (1, [("wrong", "")])
    (place.folder / "parvis.db").unlink()
    status, found = await place.found(capsys)
    assert (status, states(found, "store")) == (0, [("warning", "")])
    assert not (place.folder / "parvis.db").exists()
    (place.folder / "parvis.db").write_text("no database at all")
    status, found = await place.found(capsys)
    assert (status, states(found, "store")) == (1, [("wrong", "SQLITE_NOTADB")])


async def test_both_databases_are_looked_at(store_url: str) -> None:
    await (await Store.open(store_url)).close()
    seen = [each async for each in looked(Database.model_construct(url=store_url), now)]
    assert {each.state for each in seen} == {"fine"}
    assert {"store", "tables", "writing", "store-clock"} <= {each.code for each in seen}


def test_proxies_mean_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    hosts = {"acme": "slack.com", "home": "matrix.corp.test:8448"}
    assert [each.code for each in network.proxies(hosts)] == ["proxy-none", "proxy-none"]
    monkeypatch.setenv("HTTPS_PROXY", "http://ana:secret@proxy.corp.test:3128")
    monkeypatch.setenv("NO_PROXY", "localhost,.corp.test")
    seen = list(network.proxies(hosts))
    assert [(each.code, each.name) for each in seen] == [
        ("proxy", "proxy.corp.test:3128"), ("proxy-passed-by", "proxy.corp.test:3128"),
    ]  # fmt: skip
    assert "secret" not in str(seen)
    monkeypatch.setenv("HTTPS_PROXY", "proxy.corp.test")
    assert [(each.code, each.state) for each in network.proxies(hosts)] == [("proxy", "wrong")]


def test_who_vouches_for_servers_is_told(place: Place) -> None:
    desk = place.desk(more=f'ca_file = "{TLS / "authority.pem"}"\n')
    seen = list(network.certificates({"SSL_CERT_FILE": "/nowhere.pem"}, desk.config.platforms))
    assert [(each.code, each.state) for each in seen] == [("certificates-env", "wrong"), ("certificates", "fine")]


async def test_a_company_authority_is_honoured_by_both_platforms(place: Place) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "server.pem", TLS / "server.key")

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(
            {"ok": False, "error": "invalid_auth", "versions": ["v1.15"], "user_id": "@p:corp.test"}
        )

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    url = f"https://127.0.0.1:{runner.addresses[0][1]}"
    tables = {
        f'kind = "slack"\napi_url = "{url}/api/"\n': place.env,
        f'kind = "matrix"\nhomeserver = "{url}"\nuser = "@parvis:corp.test"\nencryption = false\n': {
            "PARVIS_ACME_ACCESS_TOKEN": "x"
        },
    }
    for table, env in tables.items():
        for more, state in (("", "wrong"), (f'ca_file = "{TLS / "authority.pem"}"\n', "fine")):
            there = Place(place.town, place.folder, table, env)
            there.animators = ["UX1"] if "slack" in table else ["@a:corp.test"]
            desk = there.desk(more=more)
            platform = open_platform("acme", desk.config.platforms["acme"], now)
            found = {each.code: each.state for each in await platform.examine()}
            await platform.close()
            assert found["address"] == state, (table, more)
    await runner.cleanup()


def test_a_capability_says_what_it_finds_in_its_own_words() -> None:
    found = Found("warning", Line(id="role-lead"), Line(id="plain", args={"text": "do that"}))
    seen, said = of_capability("garden", found), voice({})
    assert (seen.code, seen.state, seen.says(said), seen.todo(said)) == (
        "garden", "warning", said("role-lead"), "do that",
    )  # fmt: skip
    assert "strange" in Seen("strange", "wrong", "acme").says(said), "what has no words yet is said all the same"


# ---------------------------------------------------------------- observe


async def company(place: Place) -> list[Human]:
    """Seven people, of whom one is a guest, three rooms, and one that Parvis knows."""
    people = [await place.town.person(name) for name in ("ana", "bob", "cleo", "dan", "eve", "fay")]
    for name, inside in (("garden", people), ("chess", people[:2]), ("choir", people)):
        room = await place.town.room(fresh(name), inside, private=name == "chess")
        if name == "garden":
            store = await Store.open(f"sqlite+aiosqlite:///{place.folder / 'parvis.db'}", migrate=False)
            async with store.write() as session:
                session.add(
                    communities.Community(
                        platform="acme",
                        room=room,
                        name=name,
                        slug=name,
                        purpose="",
                        work="",
                        kind="business",
                        visibility="public",
                        state="active",
                        created_at=now(),
                    )
                )
            await store.close()
            await people[0].says("hello", room)
    return people


@pytest.mark.parametrize("where", PLAIN, indirect=True)
async def test_what_is_there_is_counted_and_nobody_named(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    people = await company(place)
    seen = await place.seen(capsys)
    assert seen["rooms"] - seen["strays"] == 1
    assert seen["private"] == 1
    if not isinstance(place.town, MatrixTown):  # where others live too
        outside = int(isinstance(place.town, SlackTown))  # everybody's channel
        assert (seen["rooms"], seen["shared"]) == (3 + outside, 0)
    assert (seen["measured"], seen["quiet"]) == (3, 2)
    assert seen["people"]["member"] == len(people) + 1
    assert seen["profile_gaps"]["picture"] == seen["people"]["member"]
    quick = await place.seen(capsys, quick=True)
    assert (quick["measured"], quick["quiet"]) == (0, None)
    desk = place.desk()
    assert await observed(desk, lambda: place.opened(desk), now, as_json=False, quick=False) == 0
    out, err = capsys.readouterr()
    assert "2 of 3 are quiet" in out
    assert "members: 7" in out
    assert err == "", "no bar where nobody looks"
    for human in people:
        assert human.external not in out


async def test_a_few_people_are_not_counted(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        await place.town.person("gus", kind="guest")
    desk = place.desk()
    assert await observed(desk, lambda: place.opened(desk), now, as_json=False, quick=True) == 0
    assert "guests: fewer than 5" in capsys.readouterr().out
    assert (await place.seen(capsys))["people"]["guest"] is None


async def test_five_thousand_channels_are_observed_in_a_few_calls_that_only_read(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(place.town, SlackTown)
    server: SlackServer = place.town.server
    for number in range(5000):
        server.workspace.add_channel(f"channel-{number}", creator="USLACKBOT", kind="channel")
    server.calls.clear()
    seen = await place.seen(capsys, quick=True)
    assert seen["rooms"] == 5001
    assert len(server.calls) < 15
    assert {method for method, _, _ in server.calls if not READS.fullmatch(method)} == set()


@pytest.mark.parametrize("where", [pytest.param("matrix", marks=pytest.mark.matrix)], indirect=True)
async def test_matrix_is_observed_without_a_trace(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(place.town, MatrixTown)
    await company(place)
    place.town.gate.lines.clear()
    await place.seen(capsys)
    assert place.town.gate.lines
    assert {line.partition(" ")[0] for line in place.town.gate.lines} == {"GET"}


async def test_a_platform_that_cannot_be_asked_is_said(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(place.town, SlackTown)
    place.town.server.bot.revoked = True
    desk = place.desk()
    assert await observed(desk, lambda: place.opened(desk), now, as_json=False, quick=False) == 1
    assert "acme could not be asked (token_revoked); see parvis doctor" in capsys.readouterr().err
