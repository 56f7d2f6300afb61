"""`parvis doctor` on every platform: what it finds, what it says, and that it looks at the database too."""

from __future__ import annotations

import pytest
from sqlmodel import select, text

from bot.cli.doctor import examined
from bot.cli.doctoring.seen import Seen, of_capability
from bot.cli.doctoring.store import looked
from bot.cli.voice import voice
from bot.config import Database
from bot.nudge import Found
from bot.say import Line
from storage import events, outbox
from storage.database import Store
from storage.outbox import Duty
from tests.contract.doctor.place import PLAIN, Place, now, states
from tests.contract.test_cli import promised
from tests.contract.test_platform import fresh
from tests.humans.matrix import MatrixHuman, MatrixTown
from tests.humans.slack import SlackTown
from tests.servers.slack.state import BOT_USER_ID


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


def test_a_capability_says_what_it_finds_in_its_own_words() -> None:
    found = Found("warning", Line(id="role-lead"), Line(id="plain", args={"text": "do that"}))
    seen, said = of_capability("garden", found), voice({})
    assert (seen.code, seen.state, seen.says(said), seen.todo(said)) == (
        "garden", "warning", said("role-lead"), "do that",
    )  # fmt: skip
    assert "strange" in Seen("strange", "wrong", "acme").says(said), "what has no words yet is said all the same"
