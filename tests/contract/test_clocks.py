"""Each table's clock is one that strikes, and strikes at its hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.audit import Audit
from bot.config.settings import Retention
from storage import retention
from storage.database import Store
from storage.held import HELD, PERSON
from storage.launch import Announcement
from storage.people import Person
from storage.retention import CLOCKS, Clock
from storage.tables import METADATA

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAYS = {f"retention.{name}": number for name, number in Retention().model_dump().items()}
HELD_ELSEWHERE = {
    "codes": {"join_code", "join_try"},
    "communities.keep_days": {"request", "exchange", "community"},
    "pulse.presence_days": {"pulse_presence"},
    "pulse.link_days": {"pulse_link"},
    "launch.question_days": {"question", "question_place"},
}
"""Clocks of capabilities, whose own tests move them: tests/contract/test_joining.py, tests/leaks/test_retention.py,
tests/contract/test_pulse_days.py, tests/scenarios/test_launch_voice.py.

That of the person strikes for every table of theirs in tests/contract/test_erasing.py.
"""


def test_every_table_goes_by_a_clock_that_strikes() -> None:
    """Its own; that of the row it belongs to; or that of the person, when erasure is what ends it."""
    strikes = {(clock.table, clock.setting) for clock in CLOCKS}
    for name, held in HELD.items():
        if held.clock == PERSON:
            assert (
                held.erasure in {"delete", "blank", "count"}
                or not held.is_personal
                or name in {"announcement", "announcement_version", "campaign", "community_change", "vote"}
            )
        elif held.clock in HELD_ELSEWHERE:
            assert name in HELD_ELSEWHERE[held.clock]
        else:
            with_parent = [(parent, held.clock) for _, parent in held.via]
            assert {(name, held.clock), *with_parent} & strikes, f"{name}: nothing is done when {held.clock} is over"


def test_every_clock_is_a_setting_and_every_setting_a_clock() -> None:
    told = {clock.setting for clock in CLOCKS} | {"retention.gone"}
    assert told == set(DAYS)
    assert {clock.table for clock in CLOCKS} <= set(HELD)


def _promise(**more: Any) -> dict[str, Any]:
    usual = {"platform": "acme", "person_id": 1, "lane": "x", "kind": "answer", "priority": 1, "body": "words"}
    texts = dict.fromkeys(
        ("room", "of", "reply_to", "batch", "reason", "language", "error", "external_id", "external_room"), ""
    )
    return {
        **usual,
        **texts,
        "op": "post",
        "asks": False,
        "tries": 0,
        "due": NOW,
        "state": "sent",
        "created_at": NOW,
        **more,
    }


ROWS: dict[tuple[str, str], Callable[[datetime, int], dict[str, Any]]] = {
    ("event", "retention.handled"): lambda at, n: {
        "platform": "a", "key": f"k{n}", "kind": "", "lane_person": "", "lane_room": "", "body": "{}", "state": "done",
        "tries": 0, "due": at, "error": "", "received_at": at, "handled_at": at,
    },
    ("event", "retention.unhandled"): lambda at, n: {
        "platform": "a", "key": f"k{n}", "kind": "command", "lane_person": "a:U1", "lane_room": "", "body": "words",
        "state": "parked", "tries": 0, "due": at, "error": "x", "received_at": at, "handled_at": at,
    },
    ("event", "retention.sent"): lambda at, n: {
        "platform": "a", "key": f"k{n}", "kind": "", "lane_person": "", "lane_room": "", "body": "{}",
        "state": "parked", "tries": 0, "due": at, "error": "x", "received_at": at, "handled_at": at,
    },
    ("promise", "retention.unhandled"): lambda at, n: _promise(name=f"p{n}", state="dead", created_at=at),
    ("promise", "retention.handled"): lambda at, n: _promise(
        name=f"p{n}", media="acme mail", sent_at=at, created_at=at
    ),
    ("promise", "retention.sent"): lambda at, n: _promise(name=f"p{n}", body="{}", created_at=at),
    ("sequence", "retention.unhandled"): lambda at, n: {
        "kind": "x", "name": f"s{n}", "platform": "a", "step": 0, "state": "words", "phase": "done", "tries": 0,
        "error": "", "due": at, "created_at": at,
    },
    ("sequence", "retention.handled"): lambda at, n: {
        "kind": "x", "name": f"s{n}", "platform": "a", "step": 1, "state": "{}", "phase": "done", "tries": 0,
        "error": "", "due": at, "created_at": at,
    },
    ("contact", "retention.contacts"): lambda at, n: {
        "person_id": 1, "kind": "x", "promise": f"p{n}", "platform": "a", "asks": False, "planned_at": at,
        "sent_at": at,
    },
    ("dialogue", "retention.dialogues"): lambda at, _n: {
        "person_id": 1, "platform": "a", "form": "{}", "answers": "{}", "position": 0, "state": "done", "version": 1,
        "expires_at": at, "created_at": at,
    },
    ("roster", "retention.left"): lambda at, n: {
        **dict.fromkeys(("email", "name", "department", "job", "manager", "language", "zone", "country", "days"), ""),
        "key": f"k{n}", "source": "csv", "away": "[]", "accounts": "{}", "more": "{}", "state": "left",
        "created_at": at, "changed_at": at, "left_at": at,
    },
    ("once", "retention.sent"): lambda at, n: {"name": f"monday:{n}", "at": at},
    ("visit", "retention.visits"): lambda at, n: {
        "person_id": 1, "to": "/x/", "made_at": at, "until": at, "token": f"t{n}", "number": "",
    },
    ("act", "retention.visits"): lambda at, n: {
        "person_id": 1, "act": "x.y", "of": str(n), "made_at": at, "until": at, "number": "", "sent": 0, "tries": 0,
    },
}  # fmt: skip
"""For each clock a row that it forgets: at which instant its time began, and its number."""


def forgotten(before: list[Any], after: list[Any]) -> int:
    """How many rows are gone, or emptied."""
    emptied = sum("words" in str(row) for row in before) - sum("words" in str(row) for row in after)
    return max(len(before) - len(after), emptied)


PARTS: dict[str, dict[str, Any]] = {
    "roster_account": {"platform": "acme", "external_id": "U1"},
    "roster_pushed": {"scim": "s", "user_name": "u", "external_id": "e", "body": "words"},
}
"""What a line of the roster consists of besides its row: it goes by the line's clock."""


def _line(at: datetime, n: int) -> dict[str, Any]:
    return ROWS["roster", "retention.left"](at, n)


def test_every_part_of_a_line_is_tried() -> None:
    assert set(PARTS) == {name for name, held in HELD.items() if ("entry_id", "roster") in held.via}


@pytest.mark.parametrize("person", [None, 1], ids=["without an account", "with one"])
async def test_with_the_line_of_who_left_its_parts_are_forgotten(store: Store, person: int | None) -> None:
    """With an account that they left stays known, and nothing else: a line of no one would let them be written to."""
    roster = METADATA.tables["roster"]
    days = timedelta(days=DAYS["retention.left"])
    async with store.write() as session:
        session.add(Person(id=1, name="ana", created_at=NOW))
        await session.flush()
        words = dict.fromkeys(("email", "name", "department", "job", "manager", "language", "zone", "country"), "words")
        more = {
            "days": "mon",
            "away": '[["2026-12-01", "2026-12-15"]]',
            "accounts": '{"a": "U1"}',
            "more": '{"x": "y"}',
        }
        line = {**_line(NOW, 1), **words, **more, "id": 1, "person_id": person}
        await session.exec(sa.insert(roster).values(**line))
        for name, part in PARTS.items():
            await session.exec(sa.insert(METADATA.tables[name]).values(entry_id=1, **part))

    async def held() -> dict[str, list[dict[str, Any]]]:
        async with store.read() as session:
            tables = [METADATA.tables[name] for name in ("roster", *PARTS)]
            found = {each.name: await session.exec(sa.select(each)) for each in tables}  # type: ignore[call-overload]
            return {name: [dict(row) for row in rows.mappings()] for name, rows in found.items()}

    async def strikes(after: timedelta) -> None:
        async with store.write() as session:
            await retention.run(session, NOW + after, DAYS)

    await strikes(days - timedelta(hours=1))
    before = await held()
    assert [len(rows) for rows in before.values()] == [1, 1, 1]
    assert before["roster"][0]["name"] == "words"
    for _ in range(2):
        await strikes(days + timedelta(hours=1))
        lines, *parts = (await held()).values()
        assert parts == [[], []]
        if person is None:
            assert lines == []
            continue
        usual = {"away": "[]", "accounts": "{}", "more": "{}", "key": "left:1"}
        kept = {name: lines[0][name] for name in ("id", "source", "state", "person_id", "created_at", "changed_at")}
        assert kept["state"] == "left"
        assert lines == [{**dict.fromkeys(HELD["roster"].personal, ""), **usual, **kept, "left_at": NOW}]


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda clock: f"{clock.table}-{clock.setting}")
async def test_a_clock_strikes_when_its_days_are_over_and_not_before(store: Store, clock: Clock) -> None:
    table = METADATA.tables[clock.table]
    days = timedelta(days=DAYS[clock.setting])
    async with store.write() as session:
        session.add(Person(id=1, name="ana", created_at=NOW))
        await session.flush()
        if clock.table == "audit_text":
            for at in (NOW, NOW + timedelta(days=2)):
                audit = Audit("0123456789abcdef" * 4)
                await audit.append(session, now=at, actor=1, action="x", subject="y", reason="words")
        else:
            make = ROWS[clock.table, clock.setting]
            # The third is younger than all that is looked at here, and stays.
            for number, at in enumerate((NOW, NOW + timedelta(days=2), NOW + timedelta(days=9)), 1):
                await session.exec(sa.insert(table).values(**make(at, number)))

    async def rows() -> list[Any]:
        async with store.read() as session:
            return list((await session.exec(sa.select(table))).all())  # type: ignore[call-overload]

    before = await rows()
    for after, gone in ((days - timedelta(hours=1), 0), (days + timedelta(hours=1), 1), (days + timedelta(days=3), 2)):
        async with store.write() as session:
            await clock.forget(session, NOW + after - days, 1000)
        per = 2 if clock.table == "audit_text" else 1
        assert forgotten(before, await rows()) == gone * per


async def test_messages_that_are_still_of_use_are_spared(store: Store) -> None:
    promise, card, request = (METADATA.tables[name] for name in ("promise", "card", "request"))
    async with store.write() as session:
        session.add(Person(id=1, name="ana", created_at=NOW))
        await session.flush()
        asked = {"process": "x", "requester_id": 1, "platform": "a", "language": "", "fields": "{}", "state": "waiting"}
        rest = {
            "version": 1,
            "quorum": 1,
            "offers": 1,
            "reason": "",
            "reason_code": "",
            "alternative": "",
            "override": "",
        }
        at = {"created_at": NOW, "offered_at": NOW, "escalated_to": ""}
        await session.exec(sa.insert(request).values(id=1, **asked, **rest, **at))
        shown = {"request_id": 1, "platform": "a", "room": "r", "language": "en", "edits": 0, "age": 0}
        await session.exec(sa.insert(card).values(**shown, promise="card"))
        made = {"owner_id": 1, "speaker_id": 1, "created_at": NOW, "changed_at": NOW}
        session.add_all(
            Announcement.model_validate({**made, "id": n, "state": s}) for n, s in ((1, "held"), (2, "sent"))
        )
        await session.flush()
        for name, more in (
            ("card", {}),
            ("edited", {}),
            ("edit", {"state": "later", "op": "edit", "of": "edited"}),
            ("thread", {}),
            ("reply", {"state": "todo", "reply_to": "thread"}),
            ("first wave", {"batch": "announce:1"}),
            ("old", {}),
            ("sent", {"batch": "announce:2"}),
        ):
            await session.exec(sa.insert(promise).values(**_promise(name=name, **more)))
        await retention.run(session, NOW + timedelta(days=400), DAYS)
    async with store.read() as session:
        left = set((await session.exec(sa.select(promise.c.name))).scalars().all())  # type: ignore[call-overload]
    assert left == {"card", "edited", "edit", "thread", "reply", "first wave"}


async def test_so_many_at_once_and_no_more(store: Store) -> None:
    table = METADATA.tables["once"]
    async with store.write() as session:
        for number in range(5):
            await session.exec(sa.insert(table).values(name=f"n{number}", at=NOW))
    later = NOW + timedelta(days=9999)
    for left in (2, 2, 1):
        async with store.write() as session:
            assert await retention.run(session, later, DAYS, 2) == left


async def test_what_was_forgotten_of_the_ledger_is_counted_by_month(store: Store) -> None:
    contact = METADATA.tables["contact"]
    make = ROWS["contact", "retention.contacts"]
    async with store.write() as session:
        session.add(Person(id=1, name="ana", created_at=NOW))
        await session.flush()
        for number, at in enumerate((NOW, NOW + timedelta(days=1), NOW + timedelta(days=10)), 1):
            await session.exec(sa.insert(contact).values(**make(at, number), answered_at=at if number == 1 else None))
        unsent = {**make(NOW, 9), "sent_at": None}
        await session.exec(sa.insert(contact).values(**unsent))
        waits = {**make(NOW, 10), "asks": True}  # why the bot is silent: it stays until they respond
        await session.exec(sa.insert(contact).values(**waits))
    for _ in range(2):
        async with store.write() as session:
            await retention.run(session, NOW + timedelta(days=500), DAYS)
    async with store.read() as session:
        counted = METADATA.tables["contact_count"]
        rows = (await session.exec(sa.select(counted).order_by(counted.c.month))).all()  # type: ignore[call-overload]
        assert (await session.exec(sa.select(contact.c.promise))).scalars().all() == ["p10"]  # type: ignore[call-overload]
    assert [tuple(row) for row in rows] == [("x", "2026-11", 2, 1), ("x", "2026-12", 1, 0)]
