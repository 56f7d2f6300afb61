"""The trail of decisions on both engines: what is written, and what tampering is found, and where."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.testing import capture_logs

from bot.audit import HEAD, Audit, Finding, Head, HeadsFile, read_heads
from bot.nudge import Refused, Trail
from storage.audit import Entry, Erasable
from storage.database import Store
from storage.people import Person

KEY = "k" * 32
NOW = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)
PLAIN = {"synchronize_session": False}


class Book:
    """A trail under test, with the heads that were told outside the database."""

    def __init__(self, store: Store, key: str = KEY) -> None:
        self.store = store
        self.heads: list[Head] = []
        self.audit = Audit(key, self.heads.append)

    async def person(self, name: str) -> int:
        async with self.store.write() as session:
            session.add(person := Person(name=name, created_at=NOW))
        assert person.id is not None
        return person.id

    async def decide(self, number: int = 1, actor: int | None = None, reason: str = "") -> None:
        for one in range(number):
            async with self.store.write() as session:
                await self.audit.append(
                    session, now=NOW + timedelta(minutes=one), actor=actor, action="community.approve",
                    subject=f"request:{one}", before={"state": "waiting"}, after={"state": "approved"}, reason=reason,
                )  # fmt: skip

    async def undone(self) -> None:
        """Decide, and fail before the commit."""
        async with self.store.write() as session:
            await self.audit.append(session, now=NOW, actor=None, action="undone", subject="x")
            raise KeyError

    async def refused(self, session: AsyncSession) -> None:
        """Decide twice inside savepoints, and refuse in the end."""
        async with session.begin_nested():
            await self.audit.append(session, now=NOW, actor=None, action="refused", subject="x")
            async with session.begin_nested():
                await self.audit.append(session, now=NOW, actor=None, action="refused", subject="x")
            raise Refused("no")

    async def edit(self, at: int, /, **values: object) -> None:
        async with self.store.write() as session:
            await session.exec(update(Entry).where(col(Entry.seq) == at).values(**values), execution_options=PLAIN)

    async def remove(self, first: int, last: int) -> None:
        async with self.store.write() as session:
            await session.exec(delete(Entry).where(col(Entry.seq).between(first, last)), execution_options=PLAIN)

    async def entries(self) -> list[Entry]:
        async with self.store.read() as session:
            return list(await session.exec(select(Entry).order_by(col(Entry.seq))))

    async def texts(self) -> list[Erasable]:
        async with self.store.read() as session:
            return list(await session.exec(select(Erasable)))

    async def verify(self, *, knowing_heads: bool = True) -> list[Finding]:
        async with self.store.read() as session:
            return await self.audit.verify(session, self.heads if knowing_heads else ())


@pytest.fixture
def book(store: Store) -> Book:
    return Book(store)


def test_it_is_the_trail_that_capabilities_know() -> None:
    trail: Trail = Audit(KEY)
    assert isinstance(trail, Audit)


# ---------------------------------------------------------------- what is written


async def test_a_decision_is_written_whole_and_names_nobody(book: Book) -> None:
    ana = await book.person("Ana Diaz")
    await book.decide(actor=ana, reason="It is our daily work.")
    (entry,) = await book.entries()
    assert (entry.seq, entry.at, entry.action, entry.subject) == (1, NOW, "community.approve", "request:0")
    assert json.loads(entry.before) == {"state": "waiting"}
    assert json.loads(entry.after) == {"state": "approved"}
    chained = entry.model_dump_json()
    assert "Ana" not in chained
    assert "daily" not in chained
    kept = {row.digest: row for row in await book.texts()}
    assert kept[entry.actor].text == f"person {ana} Ana Diaz"
    assert kept[entry.reason].text == "It is our daily work."
    assert {row.person_id for row in kept.values()} == {ana}


async def test_what_the_bot_does_by_itself_has_no_actor(book: Book) -> None:
    await book.decide()
    (entry,) = await book.entries()
    assert (entry.actor, entry.reason) == ("", "")
    assert not await book.texts()


async def test_digests_of_the_same_text_tell_nothing_of_one_another(book: Book) -> None:
    ana = await book.person("Ana")
    await book.decide(2, actor=ana, reason="yes")
    digests = [row.digest for row in await book.texts()]
    assert len(set(digests)) == 4


async def test_numbers_follow_one_another_and_macs_differ(book: Book) -> None:
    await book.decide(3)
    entries = await book.entries()
    assert [each.seq for each in entries] == [1, 2, 3]
    assert len({each.mac for each in entries}) == 3


async def test_several_decisions_of_one_transaction_are_several_entries(book: Book) -> None:
    async with book.store.write() as session:
        for action in ("one", "two"):
            await book.audit.append(session, now=NOW, actor=None, action=action, subject="x")
        assert not book.heads, "nothing is known outside before the commit"
    assert [each.action for each in await book.entries()] == ["one", "two"]
    assert [head.seq for head in book.heads] == [1, 2]
    assert not await book.verify()


async def test_decisions_at_the_same_time_are_one_chain(book: Book) -> None:
    await asyncio.gather(*(book.decide() for _ in range(8)))
    assert [each.seq for each in await book.entries()] == list(range(1, 9))
    assert [head.seq for head in sorted(book.heads, key=lambda head: head.seq)] == list(range(1, 9))
    assert not await book.verify()


# ---------------------------------------------------------------- heads


async def test_what_is_undone_leaves_neither_entry_nor_head(book: Book) -> None:
    await book.decide()
    with pytest.raises(KeyError):
        await book.undone()
    async with book.store.write() as session:
        with pytest.raises(Refused):
            await book.refused(session)
    assert [head.seq for head in book.heads] == [1]
    async with book.store.write() as session, session.begin_nested():
        await book.audit.append(session, now=NOW, actor=None, action="kept", subject="x")
    assert [(each.seq, each.action) for each in await book.entries()] == [(1, "community.approve"), (2, "kept")]
    assert [head.seq for head in book.heads] == [1, 2]
    assert not await book.verify()


async def test_heads_are_logged_and_read_from_the_log_again(book: Book) -> None:
    with capture_logs() as lines:
        await book.decide(2)
    logged = [json.dumps(line) for line in lines if line["event"] == HEAD]
    assert len(logged) == 2
    noise = ["", "{", '{"event": "other", "seq": 9, "mac": "x"}', f'"{HEAD}" {{"seq": }}', f'{{"event": "{HEAD}"}}']
    assert list(read_heads([*noise, *(f"Nov 23 host parvis[7]: {line}\n" for line in logged)])) == book.heads


async def test_heads_are_kept_in_a_file_of_their_own(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "heads.log"
    book.audit = Audit(KEY, HeadsFile(path))
    await book.decide(2)
    await book.decide()
    book.heads = list(read_heads(path.read_text("utf-8").splitlines()))
    assert [head.seq for head in book.heads] == [1, 2, 3]
    assert not await book.verify()


async def test_a_file_that_cannot_be_written_is_said_and_undoes_nothing(book: Book, tmp_path: Path) -> None:
    book.audit = Audit(KEY, HeadsFile(tmp_path / "absent" / "heads.log"))
    with capture_logs() as lines:
        await book.decide()
    assert len(await book.entries()) == 1
    assert [line["event"] for line in lines] == [HEAD, "audit head not kept"]


# ---------------------------------------------------------------- what is found


async def test_an_untouched_trail_is_whole(book: Book) -> None:
    assert not await book.verify()
    ana = await book.person("Ana")
    await book.decide(5, actor=ana, reason="Réfléchi — « oui » 👍")
    assert not await book.verify()
    assert not await book.verify(knowing_heads=False)


@pytest.mark.parametrize(
    "values",
    [
        {"action": "community.refuse"},
        {"subject": "request:99"},
        {"after": '{"state":"refused"}'},
        {"before": "{}"},
        {"at": NOW + timedelta(microseconds=1)},
        {"actor": "f" * 64},
        {"reason": ""},
    ],
    ids=lambda values: next(iter(values)),
)
async def test_an_edited_column_is_found_where_it_is(book: Book, values: dict[str, object]) -> None:
    ana = await book.person("Ana")
    await book.decide(4, actor=ana, reason="yes")
    await book.edit(2, **values)
    assert await book.verify() == [Finding(2, "edited", to=2)]
    assert await book.verify(knowing_heads=False) == [Finding(2, "edited", to=2)]


async def test_a_mac_made_up_is_found(book: Book) -> None:
    await book.decide(4)
    await book.edit(3, action="other", mac="0" * 64)
    found = await book.verify()
    assert [(each.seq, each.what) for each in found if each.what == "edited"] == [(3, "edited"), (4, "edited")]


async def test_an_entry_removed_is_found(book: Book) -> None:
    await book.decide(6)
    await book.remove(3, 4)
    assert await book.verify() == [Finding(3, "missing", to=4)]
    assert await book.verify(knowing_heads=False) == [Finding(3, "missing", to=4)]
    await book.remove(1, 1)
    assert [each.seq for each in await book.verify()] == [1, 3]


async def test_an_edit_right_after_what_was_removed_is_found_too(book: Book) -> None:
    await book.decide(5)
    await book.remove(2, 2)
    await book.edit(3, action="other")
    assert await book.verify() == [Finding(2, "missing", to=2), Finding(3, "edited", to=3)]


async def test_entries_numbered_anew_to_hide_a_gap_are_found(book: Book) -> None:
    await book.decide(4)
    await book.remove(2, 2)
    await book.edit(3, seq=2)
    await book.edit(4, seq=3)
    assert [each.what for each in await book.verify(knowing_heads=False)] == ["edited", "edited"]


async def test_a_tail_cut_off_is_found_by_the_heads(book: Book) -> None:
    await book.decide(5)
    await book.remove(4, 5)
    assert await book.verify() == [Finding(4, "cut", to=5)]
    await book.remove(1, 3)
    assert await book.verify() == [Finding(1, "cut", to=5)]


async def test_a_tail_written_anew_with_the_key_is_found_by_the_heads(book: Book) -> None:
    await book.decide(5)
    await book.remove(3, 5)
    forger = Book(book.store)
    await forger.decide(3, reason="forged")
    assert await book.verify(knowing_heads=False) == [], "signed well: only the heads can tell"
    assert await book.verify() == [Finding(3, "rewritten", to=3)]
    book.heads += forger.heads  # the bot itself was made to write it, and told its heads
    assert await book.verify() == [Finding(3, "rewritten", to=3)]


async def test_one_head_known_is_enough_to_find_a_rewrite(book: Book) -> None:
    await book.decide(5)
    book.heads = book.heads[3:4]
    await book.remove(1, 5)
    await Book(book.store).decide(6, reason="forged")
    assert await book.verify() == [Finding(1, "rewritten", to=4)]


async def test_a_trail_written_anew_without_the_key_is_found(book: Book) -> None:
    await book.decide(5)
    await book.remove(1, 5)
    await Book(book.store, "another key" * 4).decide(5)
    assert await book.verify(knowing_heads=False) == [Finding(1, "rewritten", to=5)]


async def test_a_text_replaced_is_found_and_named(book: Book) -> None:
    ana = await book.person("Ana")
    await book.decide(3, actor=ana, reason="yes")
    second = (await book.entries())[1]
    for column, digest in (("actor", second.actor), ("reason", second.reason)):
        async with book.store.write() as session:
            await session.exec(
                update(Erasable).where(col(Erasable.digest) == digest).values(text="another"), execution_options=PLAIN
            )
        assert Finding(2, "text replaced", to=2, column=column) in await book.verify()
    async with book.store.write() as session:
        await session.exec(
            update(Erasable).where(col(Erasable.digest) == second.reason).values(salt="no salt"),
            execution_options=PLAIN,
        )
    assert len(await book.verify()) == 2


async def test_texts_erased_leave_the_trail_whole(book: Book) -> None:
    ana, bob = await book.person("Ana"), await book.person("Bob")
    await book.decide(2, actor=ana, reason="yes")
    await book.decide(2, actor=bob, reason="no")
    async with book.store.write() as session:
        await session.exec(delete(Erasable).where(col(Erasable.person_id) == ana), execution_options=PLAIN)
    assert {row.person_id for row in await book.texts()} == {bob}
    assert not await book.verify()


async def test_a_long_trail_is_looked_at_page_by_page(book: Book) -> None:
    async with book.store.write() as session:
        for one in range(1203):
            await book.audit.append(session, now=NOW, actor=None, action="tick", subject=f"request:{one}")
    await book.edit(1100, action="other")
    assert await book.verify() == [Finding(1100, "edited", to=1100)]


async def test_names_are_chained_as_digests_that_can_be_erased_and_not_replaced(book: Book) -> None:
    async with book.store.write() as session:
        await book.audit.append(
            session, now=NOW, actor=None, action="renamed", subject="community:1", after={"state": "active"},
            texts={"old_slug": "", "slug": "layoffs-in-lyon"},
        )  # fmt: skip
    (entry,) = await book.entries()
    assert "layoffs" not in f"{entry}"
    digest = json.loads(entry.after)["texts"]["slug"]
    assert json.loads(entry.after) == {"state": "active", "texts": {"slug": digest}}
    assert [each.text for each in await book.texts()] == ["layoffs-in-lyon"]
    assert await book.verify() == []
    async with book.store.write() as session:
        await session.exec(update(Erasable).values(text="another"), execution_options=PLAIN)
    assert await book.verify() == [Finding(1, "text replaced", to=1, column="slug")]
    async with book.store.write() as session:
        await session.exec(delete(Erasable), execution_options=PLAIN)
    assert await book.verify() == []
    await book.edit(1, after="{")
    assert [each.what for each in await book.verify()] == ["edited"]
