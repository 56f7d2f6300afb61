"""Whose accounts are whose, as the roster has it: by addresses that platforms confirmed, on both engines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from bot import people
from bot.accounts import capability as accounts
from bot.accounts import joins
from bot.audit import Audit
from bot.chat import Profile
from bot.nudge import Context, Look, To
from bot.outbox.planning import Plan
from bot.roster import addresses, capability, matching
from bot.say import say
from storage import erased, joining, roster
from storage import matching as matched
from storage import people as rows
from storage.audit import Entry as Decision
from storage.database import Store
from storage.joining import Join
from storage.outbox import Promise
from storage.people import Account
from storage.roster import Entry, Named
from tests.contract.conftest import AT_EASE
from tests.contract.world import START, World


class Company:
    """Lines of a roster, and accounts at work and at the club."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.world = World(store)

    def context(self, session: object) -> Context:
        plan, trail = Plan(session, START, self.world.attention), Audit("k" * 64)  # type: ignore[arg-type]
        more: dict[str, Any] = {"platforms": ("work", "club"), "addressed": frozenset({"post"})}
        return Context(START, session, None, plan, trail, None, {}, None, **more)  # type: ignore[arg-type]

    def look(self) -> Look:
        """As the wiring gives it."""
        return Look(self.store.read, self.store.write, self.context)

    async def met(self, platform: str, id: str, email: str = "", kind: str = "member") -> Account:
        """The platform says who somebody is, and the roster is asked at once."""
        async with self.store.write() as session:
            profile = Profile.model_validate({"id": id, "name": id, "kind": kind, "email": email})
            account = await people.update(session, platform, profile, START)
            await matching.match(self.context(session), account)
            await session.refresh(account)
            return account

    async def line(self, key: str, email: str = "", state: str = "here", **accounts: str) -> int:
        async with self.store.write() as session:
            entry = Entry(key=key, email=email, state=state, created_at=START, changed_at=START)
            session.add(entry)
            await session.flush()
            session.add_all(
                Named(entry_id=entry.id or 0, platform=each, external_id=id) for each, id in accounts.items()
            )
            return entry.id or 0

    async def swept(self) -> matching.Done:
        async with self.store.write() as session:
            return await matching.sweep(self.context(session))

    async def persons(self) -> dict[str, int | None]:
        """Line -> with whom it is matched."""
        async with self.store.read() as session:
            return {each.key: each.person_id for each in await session.exec(select(Entry).order_by(Entry.key))}

    async def person(self, account: Account) -> int:
        async with self.store.read() as session:
            return (await session.exec(select(Account.person_id).where(Account.id == account.id))).one()

    async def troubles(self) -> dict[int, matching.Trouble]:
        async with self.store.read() as session:
            return await matching.troubles(session, 100)

    async def undo(self, by: Account) -> None:
        async with self.store.write() as session:
            who = await people.resolve(session, by.platform, by.external_id, None, START)
            plan = Plan(session, START, self.world.attention)
            ctx = Context(START, session, who, plan, Audit("k" * 64), None, {}, None, ("work", "club"))
            (made,) = await joining.of_person(session, who.person)

            async def nobody(*_: object) -> None:
                """No role comes from the settings."""

            await joins.undo(ctx, made, nobody)


@pytest.fixture(params=AT_EASE)
def engine(request: pytest.FixtureRequest) -> str:
    """The database's engine."""
    return str(request.param)


@pytest.fixture
async def company(store: Store) -> Company:
    return Company(store)


async def test_who_is_met_after_the_import_is_matched_at_once(company: Company) -> None:
    await company.line("1", "ana@example.org")
    ana = await company.met("work", "UANA", "Ana@Example.org")
    assert await company.persons() == {"1": ana.person_id}


async def test_who_was_met_before_is_matched_by_a_sweep(company: Company) -> None:
    ana = await company.met("work", "UANA", "ana@example.org")
    await company.line("1", "ana@example.org")
    assert (await company.swept()).matched == 1
    assert await company.persons() == {"1": ana.person_id}
    assert (await company.swept()).last == 0, "nothing is left to look at"


@pytest.mark.parametrize("kind", ["guest", "stranger", "bot", "gone"])
async def test_nobody_but_members_is_matched(company: Company, kind: str) -> None:
    await company.line("1", "ana@example.org")
    await company.met("work", "UANA", "ana@example.org", kind)
    assert await company.persons() == {"1": None}


async def test_who_left_is_matched_with_nobody_new(company: Company) -> None:
    await company.line("1", "ana@example.org", "left")
    await company.met("work", "UANA", "ana@example.org")
    assert await company.persons() == {"1": None}


async def test_no_address_is_no_address_in_common(company: Company) -> None:
    await company.line("1", "")
    await company.met("work", "UANA", "")
    assert await company.persons() == {"1": None}


async def test_a_person_on_two_platforms_becomes_one(company: Company) -> None:
    await company.line("1", "ana@example.org")
    ana = await company.met("work", "UANA", "ana@example.org")
    anna = await company.met("club", "anna", "ana@example.org")
    assert await company.person(anna) == ana.person_id
    assert await company.persons() == {"1": ana.person_id}
    async with company.store.read() as session:
        (said,) = await session.exec(select(Decision))
        assert (said.action, said.actor) == ("accounts.join", "")
        assert '"by":"roster"' in said.after


async def test_an_account_that_the_roster_names_needs_no_address(company: Company) -> None:
    await company.line("1", "ana@example.org", club="anna")
    ana = await company.met("work", "UANA", "ana@example.org")
    anna = await company.met("club", "anna")
    assert await company.person(anna) == ana.person_id


async def test_what_the_roster_names_is_said_by_no_address(company: Company) -> None:
    await company.line("1", "ana@example.org", work="UANA")
    await company.line("2", "shared@example.org")
    ana = await company.met("work", "UANA", "shared@example.org")
    other = await company.met("work", "UOTHER", "ana@example.org")
    assert await company.persons() == {"1": ana.person_id, "2": None}
    assert other.person_id != ana.person_id


async def test_a_join_that_was_undone_is_not_made_again(company: Company) -> None:
    await company.line("1", "ana@example.org")
    ana = await company.met("work", "UANA", "ana@example.org")
    anna = await company.met("club", "anna", "ana@example.org")
    await company.undo(anna)
    for _ in range(2):
        await company.met("club", "anna", "ana@example.org")
        await company.swept()
    assert await company.person(ana) != await company.person(anna)
    assert await company.persons() == {"1": ana.person_id}
    assert set((await company.troubles()).values()) == {"apart"}


async def test_a_code_joins_again_what_was_parted(company: Company) -> None:
    await company.line("1", "ana@example.org")
    ana = await company.met("work", "UANA", "ana@example.org")
    anna = await company.met("club", "anna", "ana@example.org")
    await company.undo(anna)
    async with company.store.write() as session:
        assert await joins.join(company.context(session), ana.id or 0, anna.id or 0)
        assert not await joining.parted(session, [ana.id or 0, anna.id or 0])


async def test_two_people_with_one_address_are_not_chosen_among(company: Company) -> None:
    await company.met("work", "UANA", "team@example.org")
    await company.met("work", "UBOB", "team@example.org")
    line = await company.line("1", "team@example.org")
    await company.swept()
    assert await company.persons() == {"1": None}
    assert await company.troubles() == {line: "ambiguous"}


async def test_who_was_matched_stays_when_another_gets_their_address(company: Company) -> None:
    line = await company.line("1", "ana@example.org")
    ana = await company.met("work", "UANA", "ana@example.org")
    await company.met("work", "UOTHER", "ana@example.org")
    assert await company.persons() == {"1": ana.person_id}
    assert await company.troubles() == {line: "ambiguous"}


async def test_people_who_have_accounts_on_one_platform_are_not_joined(company: Company) -> None:
    line = await company.line("1", "ana@example.org")
    ana = await company.met("work", "UANA", "ana@example.org")
    anna = await company.met("club", "anna")
    second = await company.met("club", "second", "other@example.org")
    async with company.store.write() as session:
        await joins.join(company.context(session), ana.id or 0, second.id or 0)
    anna = await company.met("club", "anna", "ana@example.org")
    assert await company.person(anna) != ana.person_id
    assert await company.troubles() == {line: "clash"}


async def test_a_new_address_on_the_roster_changes_nobody_into_somebody_else(company: Company) -> None:
    line = await company.line("1", "ana@example.org")
    ana = await company.met("work", "UANA", "ana@example.org")
    async with company.store.write() as session:
        entry = await session.get(Entry, line)
        assert entry
        entry.email = "ana.dupont@example.org"
        session.add(entry)
    await company.swept()
    assert await company.persons() == {"1": ana.person_id}
    await company.met("work", "UANA", "ana.dupont@example.org")
    assert await company.persons() == {"1": ana.person_id}


async def test_an_address_that_was_written_wrongly_is_put_right(company: Company) -> None:
    """Bob's address stood on Ana's line; now each has their own."""
    await company.line("ana", "bob@example.org")
    bob = await company.met("work", "UBOB", "bob@example.org")
    ana = await company.met("work", "UANA", "ana@example.org")
    assert await company.persons() == {"ana": bob.person_id}
    await company.line("bob", "bob@example.org")
    async with company.store.write() as session:
        (entry,) = await session.exec(select(Entry).where(Entry.key == "ana"))
        entry.email = "ana@example.org"
        session.add(entry)
    await company.swept()
    assert await company.persons() == {"ana": ana.person_id, "bob": bob.person_id}


async def test_whoever_has_a_line_rightly_keeps_their_person(company: Company) -> None:
    """One line names the account, another has the address of the same person's other account."""
    await company.line("1", work="UANA")
    ana = await company.met("work", "UANA")
    anna = await company.met("club", "anna")
    async with company.store.write() as session:
        await joins.join(company.context(session), ana.id or 0, anna.id or 0)
    second = await company.line("2", "anna@example.org")
    await company.met("club", "anna", "anna@example.org")
    assert await company.persons() == {"1": ana.person_id, "2": None}
    assert await company.troubles() == {second: "taken"}


async def test_many_joins_take_several_transactions(company: Company) -> None:
    for number in range(matching.JOINS + 3):
        await company.met("work", f"U{number}", f"{number}@example.org")
        await company.met("club", f"c{number}", f"{number}@example.org")
        await company.line(f"{number:03}", f"{number}@example.org")
    first = await company.swept()
    assert (first.joined, first.again) == (matching.JOINS, True)
    second = await company.swept()
    assert (second.joined, second.again) == (3, False)
    async with company.store.read() as session:
        assert len((await session.exec(select(Join))).all()) == matching.JOINS + 3


async def test_a_large_roster_is_looked_at_in_parts_and_none_is_left_out(company: Company) -> None:
    for number in range(5):
        await company.met("work", f"U{number}", f"{number}@example.org")
        await company.line(f"{number}", f"{number}@example.org")
    seen = []
    for turn in range(3):
        async with company.store.write() as session:
            ctx = company.context(session)
            await matching.patrol(replace(ctx, now=ctx.now + turn * matching.EACH), part=2)
        seen.append(sum(person is not None for person in (await company.persons()).values()))
    assert sorted(seen) == seen
    assert (seen[0] < 5, seen[-1]) == (True, 5)


async def test_who_was_joined_is_found_under_both_numbers(company: Company) -> None:
    await company.line("1", "ana@example.org")
    ana = await company.met("work", "UANA", "ana@example.org")
    before = (await company.met("club", "anna")).person_id
    await company.met("club", "anna", "ana@example.org")
    async with company.store.read() as session:
        found = await roster.of_people(session, [before, ana.person_id, 99])
        assert {person: entry.key for person, entry in found.items()} == {before: "1", ana.person_id: "1"}


async def test_of_two_lines_the_one_who_is_here_counts(company: Company) -> None:
    await company.line("old", "ana@example.org")
    ana = await company.met("work", "UANA", "ana@example.org")
    await company.line("new", work="UANA")
    async with company.store.write() as session:
        (old,) = await session.exec(select(Entry).where(Entry.key == "old"))
        old.state, old.email = "left", ""
        session.add(old)
    await company.swept()
    async with company.store.read() as session:
        assert (await roster.of_people(session, [ana.person_id]))[ana.person_id].key == "new"
        stands = await matched.counts(session)
    assert (stands.here, stands.matched, stands.left, stands.alone) == (1, 1, 1, 0)


async def test_who_is_on_no_line_is_listed(company: Company) -> None:
    await company.line("1", "ana@example.org")
    await company.line("2", "gone@example.org")
    await company.met("work", "UANA", "ana@example.org")
    await company.met("work", "UNEW", "new@example.org")
    await company.met("work", "UGUEST", "guest@example.org", "guest")
    async with company.store.read() as session:
        assert [each.key for each in await matched.unmatched(session, 10)] == ["2"]
        assert [each.external_id for each in await matched.strangers(session, 10)] == ["UNEW"]


async def test_who_is_joined_by_the_list_is_told_so_once_with_the_next_that_comes(company: Company) -> None:
    await company.line("1", work="ana", club="anna")
    ana = await company.met("work", "ana")
    await company.met("club", "anna")

    async def tells(name: str, kind: str) -> str:
        async with company.store.write() as session:
            outbox = company.context(session).outbox
            await outbox.tell(To(person=ana.person_id), say("hello"), name=name, kind=kind)
        async with company.store.read() as session:
            return (await session.exec(select(Promise.body).where(Promise.name == name))).one()

    assert "join-by-roster" not in await tells("answer", "answer"), "they asked for something else"
    assert "join-by-roster" in await tells("first", "reminder")
    assert "join-by-roster" not in await tells("second", "reminder")


async def test_it_stands_on_ones_own_page_until_it_was_said(company: Company) -> None:
    await company.line("1", work="ana", club="anna")
    ana = await company.met("work", "ana")
    await company.met("club", "anna")

    async def page() -> list[str]:
        async with company.store.write() as session:
            who = await people.resolve(session, "work", ana.external_id, None, START)
            return [each.id for each in (await accounts.page(replace(company.context(session), who=who))).lines]

    assert (await page())[0] == "join-by-roster"
    assert "join-by-roster" not in await page()


async def test_the_doctor_says_how_the_roster_stands_and_nothing_of_a_few(company: Company) -> None:
    async def seen() -> list[tuple[str, str]]:
        async with company.store.read() as session:
            return [(each.state, each.what.id) for each in await capability.doctor(company.context(session))]

    assert await seen() == [("warning", "people-doctor-none")]
    for number in range(4):
        await company.line(str(number))
        await company.met("work", f"alone{number}")
    await company.met("work", "gil", kind="guest")
    assert await seen() == [("fine", "people-doctor")]
    await company.line("4")
    assert await seen() == [("fine", "people-doctor"), ("warning", "people-doctor-lines")]
    await company.met("work", "alone4")
    assert [each[1] for each in await seen()] == ["people-doctor", "people-doctor-lines", "people-doctor-accounts"]


# ---------------------------------------------------------------- addresses


async def posted(company: Company, email: str) -> Account | None:
    async with company.store.read() as session:
        return await rows.account(session, "post", email)


async def test_whoever_is_on_the_list_has_an_address_which_is_theirs_when_they_are_met(company: Company) -> None:
    line = await company.line("1", "ana@example.org")
    await company.line("2", "")
    await addresses.look(company.look(), at_once=1)
    await addresses.look(company.look())
    address = await posted(company, "ana@example.org")
    assert address is not None
    assert (address.kind, address.email) == ("address", "ana@example.org")
    async with company.store.read() as session:
        assert await roster.here(session) == {}, "who has an address alone is in no figure"
        assert len((await session.exec(select(Account))).all()) == 1
    await company.met("work", "U1", "ana@example.org")
    async with company.store.read() as session:
        entry = await session.get(Entry, line)
        mine = await rows.every_account(session, entry.person_id or 0 if entry else 0)
        [join] = (await session.exec(select(Join))).all()
        assert await joining.untold(session, join.kept_id) == [], "there is nothing that they could be told of"
    assert sorted(each.platform for each in mine) == ["post", "work"]


async def test_a_chat_account_known_before_gets_its_address(company: Company) -> None:
    met = await company.met("work", "U1", "ana@example.org")
    await company.line("1", "ana@example.org")
    await company.swept()
    await addresses.look(company.look())
    address = await posted(company, "ana@example.org")
    assert address is not None
    assert address.person_id == met.person_id


async def test_an_address_of_two_lines_is_nobodys_and_who_leaves_has_none(company: Company) -> None:
    await company.line("1", "team@example.org")
    await company.line("2", "team@example.org")
    line = await company.line("3", "bob@example.org")
    await addresses.look(company.look())
    assert await posted(company, "team@example.org") is None
    for state, kind in (("left", "gone"), ("here", "address")):
        async with company.store.write() as session:
            entry = await session.get(Entry, line)
            assert entry is not None
            entry.state = state
            session.add(entry)
        await addresses.look(company.look())
        address = await posted(company, "bob@example.org")
        assert address is not None
        assert address.kind == kind


async def test_who_was_erased_gets_no_address(company: Company) -> None:
    company.store.key = b"k" * 32
    await company.line("1", "ana@example.org")
    async with company.store.write() as session:
        await erased.remember(session, "post", "ana@example.org", START)
    await addresses.look(company.look())
    assert await posted(company, "ana@example.org") is None
