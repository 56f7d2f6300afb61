"""Erasure erases: a row about somebody in every table there is, and nothing of them anywhere afterwards."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlmodel import select

from bot.audit import Audit
from bot.desk import erasure
from storage import disclosing, erased, erasing
from storage.audit import Entry
from storage.counts import ContactCount
from storage.database import Store
from storage.held import HELD, PERSON, Whom, points_to
from storage.outbox import Promise
from storage.people import Person
from storage.requests import Request
from storage.roster import Entry as Line
from storage.tables import METADATA

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
VICTIM, OTHER = 41, 42
PLATFORM, EXTERNAL, NAME, WORDS = "acme", "UZIRKON41", "Zirkonia Quarzsand", "Moorlauge"
GONE = 90
"""Days for which something is kept of who is gone: `retention.gone`."""
SENTINELS = (EXTERNAL, NAME, WORDS)
SOMEBODY = {"term": "desk-somebody", "args": {}}


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await Store.open(store_url)
    store.key = b"0123456789abcdef"
    yield store
    await store.close()


def text(table: str, column: str) -> str:
    """What stands in a column of texts of the row about the victim."""
    held = HELD[table]
    if column in {"external_id", "name", "called"} and table in {"account", "person", "roster", "roster_account"}:
        return EXTERNAL if column == "external_id" else NAME
    if column in held.mentions:
        if column == "key":
            return f"press:{EXTERNAL}:7"
        words = {"words": WORDS} if held.whose else {}
        return json.dumps({"leads": [EXTERNAL, "UOTHER"], EXTERNAL: {"name": NAME}, "by": EXTERNAL, **words})
    if held.named and column == held.named[0]:
        return f"{held.named[1]}{VICTIM}"
    if column == held.lane:
        return f"{PLATFORM}:{EXTERNAL}"
    if column in held.personal and held.erasure != "keep":
        return json.dumps({"words": WORDS, "who": NAME, "by": EXTERNAL}, ensure_ascii=False)
    return PLATFORM if column == "platform" else "x"


def value(table: str, column: sa.Column[Any], person: int) -> Any:
    stored = column.type.impl_instance if isinstance(column.type, sa.TypeDecorator) else column.type
    kind = stored.python_type
    if points_to(column) == "person":
        return None if column.name == "joined_to" else person
    if kind is str:
        return text(table, column.name)
    samples: dict[type, Any] = {
        bytes: b"sealed",
        int: VICTIM,
        float: 0.5,
        bool: True,
        date: date(2026, 11, 23),
        datetime: NOW,
    }
    return samples[kind]


async def filled(store: Store) -> None:
    """A row about the victim in each table, all identities alike; and somebody else."""
    async with store.write() as session:
        for table in METADATA.sorted_tables:
            row = {column.name: value(table.name, column, VICTIM) for column in table.columns}
            if table.name == "person":
                await session.exec(
                    sa.insert(table).values(id=OTHER, name="Other", created_at=NOW, language="", zone="", told_on="")
                )
            if table.name == "person_join":
                row |= {"kept_id": VICTIM, "gone_id": OTHER}
            await session.exec(sa.insert(table).values(row))
        promise = METADATA.tables["promise"]
        body = {"lines": [{"id": "greeting-who", "args": {"contact": NAME}}], "choices": [], "v": 1}
        mine = {column.name: value("promise", column, OTHER) for column in promise.columns}
        for number, state in ((1, "later"), (2, "dead")):
            more = {"id": number, "name": f"other {state}", "state": state, "body": json.dumps(body)}
            plain = dict.fromkeys(("external_id", "external_room", "lane", "room"), "x")
            await session.exec(sa.insert(promise).values({**mine, **plain, **more, "person_id": OTHER}))


async def standing(store: Store) -> set[str]:
    """The columns in which anything of the victim stands."""
    found: set[str] = set()
    async with store.read() as session:
        for table in METADATA.tables.values():
            for row in (await session.exec(sa.select(table))).mappings():  # type: ignore[call-overload]
                found |= {f"{table.name}.{name}" for name, held in row.items() if is_telling(str(held))}
    return found


def is_telling(held: str) -> bool:
    return any(word in held for word in SENTINELS)


async def test_nothing_of_who_was_erased_stands_anywhere(store: Store, store_url: str) -> None:
    await filled(store)
    before = await standing(store)
    held = {f"{name}.{column}" for name, each in HELD.items() if each.erasure != "keep" for column in each.personal}
    assert held - before <= {"card.room"}, "they are looked for where they are"
    async with store.write() as session:
        about = await disclosing.whom(session, VICTIM)
        assert about.accounts == ((PLATFORM, EXTERNAL),)
        await erasing.erase(session, about, NOW, SOMEBODY, remember=True)
    assert await standing(store) == set()
    await store.tidy()
    if store_url.startswith("sqlite"):
        path = Path(make_url(store_url).database or "")
        for file in path.parent.glob(f"{path.name}*"):
            data = file.read_bytes()
            assert not [word for word in SENTINELS if word.encode() in data], file.name


@pytest.mark.parametrize("kind", ["gone", "guest", "stranger"])
async def test_the_clock_of_the_person_strikes_for_every_table_and_not_before(store: Store, kind: str) -> None:
    """Once none of their accounts is a member's: counted from the day on which that was so, whatever was seen since."""
    await filled(store)
    account = METADATA.tables["account"]
    since = {"kind": kind, "gone_at": NOW, "checked_at": NOW + timedelta(days=GONE)}
    async with store.write() as session:
        await session.exec(sa.update(account).where(account.c.person_id == VICTIM).values(**since))
    by_person = {name for name, held in HELD.items() if held.clock == PERSON and held.is_personal}

    async def strikes(after: timedelta) -> set[str]:
        async with store.write() as session:
            for person in await erasure.closed(session, NOW + after - timedelta(days=GONE)):
                about = await disclosing.whom(session, person)
                await erasing.erase(session, about, NOW + after, SOMEBODY, remember=False)
        async with store.read() as session:
            return set(await disclosing.counts(session, Whom(frozenset({VICTIM}), ((PLATFORM, EXTERNAL),))))

    assert by_person - await strikes(timedelta(days=GONE, hours=-1)) == set()
    left = by_person & await strikes(timedelta(days=GONE, hours=1))
    stays = {"person", "vote", "community_change", "announcement", "announcement_version", "campaign"}
    assert left == stays, "a number, which others' decisions, or what was said to many, hang on"
    assert await standing(store) == set()
    async with store.write() as session:
        assert not await erased.is_erased(session, PLATFORM, EXTERNAL), "they may come back as anybody"


async def test_what_remains_is_a_number_a_count_and_a_seal(store: Store) -> None:
    await filled(store)
    async with store.write() as session:
        about = await disclosing.whom(session, VICTIM)
        await erasing.erase(session, about, NOW, SOMEBODY, remember=True)
    async with store.read() as session:
        person = await session.get(Person, VICTIM)
        assert person is not None
        assert (person.name, person.language, person.zone, person.told_on) == ("—", "", "", "")
        assert person.created_at == datetime(2026, 11, 1, tzinfo=UTC), "not even when they came"
        assert await erasing.is_nobody(session, VICTIM)
        counted = (await session.exec(select(ContactCount).where(ContactCount.month == "2026-11"))).all()
        assert [(each.sent, each.answered) for each in counted] == [(1, 1)]
        assert await erased.is_erased(session, PLATFORM, EXTERNAL)
        assert not await erased.is_erased(session, "other", EXTERNAL)
        assert await erased.among(session, PLATFORM, [EXTERNAL, "UOTHER"]) == {EXTERNAL}
        found = await disclosing.counts(session, about)
        assert set(found) <= {
            "person", "vote", "request", "exchange", "community_change", "announcement", "announcement_version",
            "campaign",
        }  # fmt: skip
        others = (await session.exec(select(Promise.name, Promise.body))).all()
        assert {name: ("desk-somebody" in body, body) for name, body in others} == {
            "other dead": (False, "{}"),
            "other later": (True, dict(others)["other later"]),
        }


async def test_without_the_key_nobody_is_recognised(store: Store) -> None:
    async with store.write() as session:
        await erased.remember(session, PLATFORM, EXTERNAL, NOW)
    store.key = b"another key, sixteen bytes and more"
    async with store.read() as session:
        assert not await erased.is_erased(session, PLATFORM, EXTERNAL)
    store.key = b""
    async with store.write() as session:
        assert not await erased.is_erased(session, PLATFORM, EXTERNAL)
        with pytest.raises(LookupError):
            await erased.remember(session, PLATFORM, EXTERNAL, NOW)


async def test_the_trail_stays_whole_and_says_no_more_who_it_was(store: Store) -> None:
    audit = Audit("0123456789abcdef" * 4)
    async with store.write() as session:
        session.add(Person(id=VICTIM, name=NAME, created_at=NOW))
        await session.flush()
        for reason in (WORDS, ""):
            await audit.append(session, now=NOW, actor=VICTIM, action="x", subject="request:1", reason=reason)
    async with store.read() as session:
        rows = await disclosing.everything(session, await disclosing.whom(session, VICTIM))
        assert [each["action"] for each in rows["audit_entry"]] == ["x", "x"]
    async with store.write() as session:
        await erasing.erase(session, await disclosing.whom(session, VICTIM), NOW, SOMEBODY, remember=False)
    assert await standing(store) == set()
    async with store.read() as session:
        assert await audit.verify(session) == []
        assert len((await session.exec(select(Entry.seq))).all()) == 2


async def test_who_asks_for_a_copy_gets_what_the_trail_says_about_them(store: Store) -> None:
    audit = Audit("0123456789abcdef" * 4)
    async with store.write() as session:
        session.add_all([Person(id=VICTIM, name=NAME, created_at=NOW), Person(id=OTHER, name="Other", created_at=NOW)])
        await session.flush()
        for number, person in ((1, VICTIM), (2, OTHER)):
            asked: dict[str, Any] = {"process": "x", "platform": PLATFORM, "created_at": NOW, "offered_at": NOW}
            session.add(Request(id=number, requester_id=person, fields="{}", **asked))
            session.add(Line(id=number, key=f"K{number}", person_id=person, created_at=NOW, changed_at=NOW))
        subjects = ("roster:1", f"person:{VICTIM}", "request:1")
        others = ("roster:2", f"person:{OTHER}", "request:2", "roster")
        for subject in (*subjects, *others):
            await audit.append(session, now=NOW, actor=None, action="x", subject=subject)
    async with store.read() as session:
        about = await disclosing.whom(session, VICTIM)
        for private in (True, False):
            held = await disclosing.everything(session, about, private=private)
            assert [each["subject"] for each in held["audit_entry"]] == list(subjects)
