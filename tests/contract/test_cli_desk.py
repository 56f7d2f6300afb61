"""An administrator answers what a person asks about what is held."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from adapters import PLATFORMS as KINDS
from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import Account as Known
from adapters.memory.server import MemoryServer
from bot.app import App
from bot.chat import Command, Message, Part, Profile
from bot.cli import opening
from bot.config import load
from bot.people import actor
from nudges import NUDGES
from storage import people, profiles, wishes
from storage.contacts import Contact
from storage.database import Store
from storage.outbox import NOT_NOW, SILENCE, Promise
from storage.roster import Entry
from storage.tables import METADATA
from tests.contract.loans import said
from tests.contract.test_cli import KEY, LANGUAGE, Home

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = datetime(2040, 1, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
async def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A company in which Zirkonia Quarzsand wants none of a kind of message, and fills her profile."""
    monkeypatch.setenv("PARVIS_AUDIT_KEY", KEY)
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)
    home = Home(tmp_path)
    store = await Store.open(home.url)
    async with store.write() as session:
        account = await people.add(session, "here", "zirkonia", "Zirkonia Quarzsand", NOW)
        account.work = "Head of seeds"
        session.add(account)
        await profiles.listed(session, account.id or 0, {"title": "Head of seeds"}, NOW)
        await profiles.keep(session, account.person_id, "topics", "Seeds", "kept", NOW)
        await profiles.begin(session, account.person_id)
        session.add(
            Entry(
                key="K7",
                person_id=account.person_id,
                name="Zirkonia",
                email="zirkonia@example.org",
                created_at=NOW,
                changed_at=NOW,
            )
        )
        session.add(Entry(key="K8", name="Nobody yet", created_at=NOW, changed_at=NOW))
        await wishes.say(session, account.person_id, "profile", NOW, stopped_at=NOW)
        await people.give(session, "animator", "config", account.person_id)
    await store.close()
    return home


@pytest.mark.parametrize("who", ["K7", "roster:K7", "here:zirkonia", "person:1", "#1", "zirkonia@example.org"])
async def test_all_that_is_held_is_written_for_its_owner_alone(home: Home, who: str) -> None:
    out = home.folder / "held.json"
    answer = await home.asks("people", "export", who, "--out", str(out))
    assert answer.status == 0, answer.err
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    held = json.loads(out.read_text("utf-8"))
    assert held["accounts"] == ["here:zirkonia"]
    assert "Zirkonia Quarzsand (here:zirkonia)" in answer.out, "it says whose it is"
    assert held["held"]["role_grant"]["rows"][0]["role"] == "animator"
    assert held["held"]["roster"]["rows"][0]["key"] == "K7"
    assert held["held"]["account"]["why"]
    again = await home.asks("people", "export", who, "--out", str(out))
    assert again.status == 2, "an answer is not written over another"


async def objects(home: Home) -> None:
    """Zirkonia writes `/parvis object`."""
    store = await Store.open(home.url)
    app = App(opening.desk(home.folder / "parvis.toml").config, store, {}, lambda: NOW)
    rights = next(each for each in app.nudges if each.id == "desk")
    handler = next(each.handler for each in rights.commands if each.path == ("parvis", "object"))
    async with store.write() as session:
        account = await people.account(session, "here", "zirkonia")
        assert account is not None
        who = await actor(session, account.person_id)
        typed = Command(key="e", platform="here", by="zirkonia", at=NOW, text="")
        assert said(await handler(typed, app.parts.context(session, NOW, who, rights))) == ["desk-object"]
    await store.close()


async def test_what_somebody_chose_is_shown_to_no_administrator(home: Home) -> None:
    out = home.folder / "held.json"
    await home.asks("people", "export", "K7", "--out", str(out))
    text = out.read_text("utf-8")
    for word in ("stopped_at", "objected_at", '"wish"', "Seeds", "seeds"):
        assert word not in text
    assert "left_out" in json.loads(text)
    lines = [("people", "erase", "K7"), ("audit", "verify"), ("people", "gaps"), ("who-can",)]
    before = [(await home.asks(*each)).out for each in lines]
    await objects(home)
    assert [(await home.asks(*each)).out for each in lines] == before, "nor does a difference show it"
    other = home.folder / "other.json"
    await home.asks("people", "export", "K7", "--out", str(other))
    assert {**json.loads(other.read_text("utf-8")), "exported_at": ""} == {**json.loads(text), "exported_at": ""}


async def test_neither_is_what_was_sent_or_not_nor_whether_they_responded(home: Home) -> None:
    async def exported(name: str) -> dict[str, object]:
        await home.asks("people", "export", "K7", "--out", str(home.folder / name))
        return {**json.loads((home.folder / name).read_text("utf-8")), "exported_at": ""}

    before = await exported("before.json")
    store = await Store.open(home.url)
    async with store.write() as session:
        to: dict[str, Any] = {"platform": "here", "person_id": 1, "lane": "here:person:1", "priority": 9, "body": "{}"}
        at: dict[str, Any] = {"due": NOW, "created_at": NOW}
        session.add(Promise(name="silence:1:1", kind=SILENCE, state="sent", sent_at=NOW, **to, **at))
        session.add(Promise(name="profile.reminder:1:1", kind="x", state="dropped", error=NOT_NOW, **to, **at))
        usual: dict[str, Any] = {"person_id": 1, "kind": "x", "promise": "p", "platform": "here", "asks": True}
        session.add(Contact(**usual, planned_at=NOW, sent_at=NOW, answered_at=NOW))
        events = METADATA.tables["event"]
        texts = {"platform": "here", "key": "k", "kind": "", "lane_room": "", "body": "{}", "error": ""}
        times = {"due": NOW, "received_at": NOW, "handled_at": NOW}
        await session.exec(
            sa.insert(events).values(**texts, **times, lane_person="here:zirkonia", state="done", tries=0)
        )
    await store.close()
    assert await exported("after.json") == before


async def test_erasing_is_shown_first_and_confirmed_by_the_name(home: Home) -> None:
    shown = await home.asks("people", "erase", "here:zirkonia")
    assert shown.status == 0
    assert '--confirm "Zirkonia Quarzsand"' in shown.out
    wrong = await home.asks("people", "erase", "here:zirkonia", "--confirm", "Zirkonia")
    assert (wrong.status, "Zirkonia Quarzsand" in wrong.err) == (2, True)
    assert b"Quarzsand" in (home.folder / "parvis.db").read_bytes()
    done = await home.asks("people", "erase", "here:zirkonia", "--confirm", "Zirkonia Quarzsand")
    assert done.status == 0, done.err
    await runs(home)
    for file in home.folder.glob("parvis.db*"):
        held = file.read_bytes()
        assert b"Quarzsand" not in held, file.name
        assert b"zirkonia" not in held, file.name
    for who in ("here:zirkonia", "K7", "1", "person:1", "nobody"):
        assert (await home.asks("people", "erase", who)).status == 2


async def test_a_number_means_nobody_unless_it_is_said_which_kind_it_is(home: Home) -> None:
    out = str(home.folder / "x.json")
    alone = await home.asks("people", "export", "1", "--out", out)
    assert (alone.status, "write person:1 (Zirkonia Quarzsand)" in alone.err) == (2, True)
    store = await Store.open(home.url)
    async with store.write() as session:
        session.add(Entry(key="1", name="Bob", created_at=NOW, changed_at=NOW))
    await store.close()
    both = await home.asks("people", "erase", "1", "--confirm", "Bob")
    assert (both.status, "write roster:1 (Bob) or person:1 (Zirkonia Quarzsand)" in both.err) == (2, True)
    assert "Bob (a line of the roster" in (await home.asks("people", "erase", "roster:1")).out
    assert "Zirkonia Quarzsand (here:zirkonia)" in (await home.asks("people", "erase", "person:1")).out


async def test_what_erasing_does_is_told_of_what_is_held_alone_and_fits_a_terminal(home: Home) -> None:
    shown = (await home.asks("people", "erase", "K7")).out
    assert max(map(len, shown.splitlines()[:-1])) <= 100, "the last one is to be copied"
    assert "deleted: account (1), role_grant (1) and roster (1)" in shown
    assert "community" not in shown, "nothing of it is held"
    assert "you" not in shown.replace("run this again", "").lower().split(), "it is about somebody else"


async def test_who_is_known_by_a_line_alone_is_answered_too(home: Home) -> None:
    out = home.folder / "x.json"
    answer = await home.asks("people", "export", "K8", "--out", str(out))
    assert answer.status == 0, answer.err
    assert json.loads(out.read_text("utf-8"))["held"]["roster"]["rows"][0]["name"] == "Nobody yet"
    assert "opened again" in json.loads(out.read_text("utf-8"))["left_out"], "how they get what is left out"
    out.unlink()
    store = await Store.open(home.url)
    async with store.write() as session:
        session.add(Entry(key="K9", name="Other", manager="K8", created_at=NOW, changed_at=NOW))
    await store.close()
    assert "comes back with the next import" in (await home.asks("people", "erase", "K8")).out.replace("\n  ", " ")
    done = await home.asks("people", "erase", "K8", "--confirm", "Nobody yet")
    assert done.status == 0, done.err
    for file in home.folder.glob("parvis.db*"):
        assert b"Nobody yet" not in file.read_bytes(), file.name
    store = await Store.open(home.url)
    async with store.read() as session:
        left = {each.key: each.manager for each in await session.exec(select(Entry))}
    await store.close()
    assert left == {"K7": "", "K9": ""}
    assert (await home.asks("audit", "verify")).status == 0


async def test_the_page_of_the_bot_is_drawn_over_as_it_is_for_who_asks_in_the_chat(home: Home) -> None:
    done = await home.asks("people", "erase", "here:zirkonia", "--confirm", "Zirkonia Quarzsand")
    assert "drawn over once the bot runs" in done.out
    shown = await runs(home)
    assert shown is not None
    assert "Of you there remain a seal" in shown.parts[0].text


async def runs(home: Home) -> Message | None:
    """The bot runs, and does what it has to; returns what its page shows Zirkonia then."""
    config = load(
        home.folder / "parvis.toml", {"PARVIS_AUDIT_KEY": KEY}, {each.id: each.settings for each in NUDGES}, KINDS
    )
    server = MemoryServer("here", lambda: LATER)
    who = Profile(id="zirkonia", name="Zirkonia Quarzsand")
    server.accounts[who.id] = Known(who, home=Message(parts=(Part(text="What waits for you"),)))
    async with home.store() as store:
        app = App(config, store, {"here": MemoryPlatform(server)}, lambda: LATER)
        await app.sequences.drain()
        await store.tidy()
    return server.accounts[who.id].home
