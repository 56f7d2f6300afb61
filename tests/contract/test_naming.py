"""Whom a text names, on both databases: accounts, or names as colleagues write them."""

from __future__ import annotations

import pytest

from bot import people
from bot.chat import Profile
from storage.database import Store
from tests.contract.world import START

COMPANY = {
    "U1": ("Bob", "member"),
    "U2": ("Bob Martin", "member"),
    "U3": ("Élodie", "member"),
    "U4": ("Carl", "member"),
    "U5": ("carl", "member"),
    "U6": ("Gwen", "guest"),
    "@zoe:home": ("Zoé  Le Gall", "member"),
}


@pytest.fixture
async def company(store: Store) -> Store:
    async with store.write() as session:
        for id, (name, kind) in COMPANY.items():
            profile = Profile.model_validate({"id": id, "name": name, "kind": kind})
            await people.update(session, "acme", profile, START)
        await people.update(session, "other", Profile(id="O1", name="Olaf"), START)
    return store


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("bob", ["U1"]),
        ("@Bob", ["U1"]),
        ("Bob Martin", ["U2"]),
        ("bob martin bob", ["U2", "U1"]),
        ("Bob, Martin", ["U1", "Martin"]),
        ("bob, BOB MARTIN; elodie", ["U1", "U2", "U3"]),
        ("U1 @U2,bob", ["U1", "U2"]),
        ("zoe le gall", ["@zoe:home"]),
        ("@zoe:home bob", ["@zoe:home", "U1"]),
        ("@nobody:home", ["@nobody:home"]),
        ("gwen", ["gwen"]),  # a guest is named by their account, and refused for what they are
        ("olaf", ["olaf"]),  # of another platform
        ("", []),
    ],
)
async def test_people_are_named_by_account_or_by_whole_name(company: Store, text: str, accounts: list[str]) -> None:
    async with company.read() as session:
        found = await people.named(session, "acme", text)
    assert list(found.accounts) == accounts
    assert not found.doubtful


async def test_a_name_that_two_have_names_nobody(company: Store) -> None:
    async with company.read() as session:
        found = await people.named(session, "acme", "Carl, bob")
    assert found.accounts == ("U1",)
    assert found.doubtful == {"Carl": ("U4", "U5")}


async def test_a_name_changed_on_the_platform_is_the_one_that_counts(company: Store) -> None:
    async with company.write() as session:
        await people.update(session, "acme", Profile(id="U5", name="Karl"), START)
        assert (await people.named(session, "acme", "carl")).accounts == ("U4",)


async def test_very_many_words_name_nobody_rather_than_some(company: Store) -> None:
    async with company.read() as session:
        found = await people.named(session, "acme", "bob " + " ".join(map(str, range(5000))))
        assert (found.accounts, found.beyond) == ((), 5001)
        assert (await people.named(session, "acme", "bob, " + "x " * 199)).accounts == ("U1", "x")


async def test_what_a_profile_says_of_ones_work_is_kept_and_replaced(store: Store) -> None:
    said = {"title": "Buyer", "department": "Logistics", "phone": "1234"}
    async with store.write() as session:
        row = await people.update(session, "acme", Profile(id="U1", name="Bob", fields=said), START)
        assert row.work == "Buyer Logistics"
        row = await people.update(session, "acme", Profile(id="U1", name="Bob", fields={}), START)
        assert row.work == ""


async def test_what_was_left_out_of_a_profile_stays_as_it_was(store: Store) -> None:
    """Sequences keep who somebody is without their address and job, which stand in the account alone."""
    told = Profile(id="U1", name="Bob", email="Bob@Example.com", fields={"title": "Buyer"})
    async with store.write() as session:
        await people.update(session, "acme", told, START)
        less = Profile.model_validate(told.model_dump(exclude={"email", "fields"}))
        row = await people.update(session, "acme", less, START)
        assert (row.email, row.work) == ("bob@example.com", "Buyer")
        row = await people.update(session, "acme", told.model_copy(update={"email": "", "fields": {}}), START)
        assert (row.email, row.work) == ("", "")
