"""An announcement by mail: to who is in no chat yet, once for each person, on to the next medium where mail fails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot import people as acting
from nudges.launch.audience import Audience, Some
from storage import launch, people
from storage.launch import Announcement
from storage.roster import Entry
from tests.humans import eventually
from tests.scenarios.company import release
from tests.scenarios.test_mail import Company, company

__all__ = ["company"]
TITLE = "The network opens"


async def signed(company: Company, **more: Any) -> int:
    """An announcement that was signed off and is due, looked after by ana, to all: zoe has an address alone."""
    now = company.clock.now()
    async with company.store.write() as session:
        ana = await acting.find(session, "acme", company.ana.external, now)
        about: Mapping[str, Any] = {
            "owner_id": ana, "speaker_id": ana, "state": "signed", "at": now - timedelta(minutes=1),
            "zone": "Europe/Paris", "audience": Audience(whom=Some(everybody=True)).text(), "counted": 2,
            "created_at": now, "changed_at": now, **more,
        }  # fmt: skip
        made = await launch.write(session, Announcement.model_validate(about), TITLE, "It is **here**.")
        assert made.id is not None
        number = made.id
    await release(company.store, ["launch.announcement", "launch.urgent"], now)
    company.app.wake()
    return number


async def prefers_mail(company: Company) -> None:
    """Ana chose to be told by mail."""
    async with company.store.write() as session:
        ana = await acting.find(session, "acme", company.ana.external, company.clock.now())
        person = await session.get(people.Person, ana)
        assert person is not None
        person.told_on = "mail"
        session.add(person)


async def becomes(company: Company, number: int, state: str) -> None:
    async def so() -> bool:
        if company.app.tasks.soon:
            return False
        company.app.wake()
        async with company.store.read() as session:
            row = await launch.get(session, number)
        return row is not None and row[0].state == state

    await eventually(so, f"announcement {number} becomes {state}")


async def copies(company: Company) -> dict[str, int]:
    """How many copies each person has, over all media."""
    chat = sum(TITLE in each and "You get this" in each for each in await company.ana.reads())
    return {
        "ana in the chat": chat,
        "ana by mail": sum(TITLE in each for each in company.ana_reads.reads()),
        "zoe": sum(TITLE in each for each in company.zoe.reads()),
    }


async def test_what_comes_back_is_said_in_the_chat_and_what_is_refused_is_listed_and_tried_again(
    company: Company,
) -> None:
    await company.ana.types("parvis")  # she is in the chat, too
    await prefers_mail(company)
    company.server.bouncing.add("ana@example.org")
    company.server.refused["zoe@example.org"] = ["550 5.1.1 no such user"]
    number = await signed(company)
    await company.ana.is_told("You get this because")
    await becomes(company, number, "sent")
    assert await copies(company) == {"ana in the chat": 1, "ana by mail": 0, "zoe": 0}
    assert company.server.handed.count("ana@example.org") == 1
    await company.ana.types(f"announce report {number}")
    told = await company.ana.is_told("the mail server refused it")
    assert "Zoé, by mail: the mail server refused it" in told, "who looks after it may reach her otherwise"
    await company.ana.types(f"announce retry {number}")
    await company.ana.is_told("1 copy of announcement 1 is tried again")
    await becomes(company, number, "sent")
    assert (await copies(company))["zoe"] == 0, "it is refused as before"
    company.server.refused.clear()
    await company.ana.presses("Try Zoé again", near="the mail server refused it")
    await company.zoe.is_told(TITLE)
    await becomes(company, number, "sent")
    assert await copies(company) == {"ana in the chat": 1, "ana by mail": 0, "zoe": 1}
    await company.ana.types(f"announce retry {number}")
    await company.ana.is_told("nothing failed that could be tried again")


@pytest.mark.slow
async def test_what_two_servers_refused_is_tried_again_together(company: Company) -> None:
    await _come(company, "Yan")
    for each in ("zoe", "yan"):
        company.server.refused[f"{each}@example.org"] = ["550 5.1.1 no such user"]
    number = await signed(company)
    await becomes(company, number, "sent")
    await company.ana.types(f"announce report {number}")
    told = await company.ana.is_told("Try all again")
    assert "Zoé, by mail: the mail server refused it" in told
    assert "Yan, by mail: the mail server refused it" in told
    company.server.refused.clear()
    await company.ana.presses("Try all again", near="the mail server refused it")
    await company.ana.is_told(f"2 copies of announcement {number} are tried again")
    await company.zoe.is_told(TITLE)
    await becomes(company, number, "sent")
    handed = company.server.handed
    assert (handed.count("zoe@example.org"), handed.count("yan@example.org")) == (1, 1)


async def test_greylisted_it_arrives_later_and_once(company: Company) -> None:
    company.server.refused["zoe@example.org"] = ["451 4.7.1 try again later", "451 4.7.1 try again later", "250 OK"]
    number = await signed(company)

    async def arrived() -> bool:
        if not company.app.tasks.soon:
            company.clock.advance(seconds=5)
            company.app.wake()
        return bool(company.zoe.inbox())

    await eventually(arrived, "it arrives")
    await becomes(company, number, "sent")
    assert (await copies(company))["zoe"] == 1
    assert "de la part de" in company.zoe.reads()[0], "whose words they are always shows"


async def test_a_connection_that_ends_loses_nothing_and_doubles_nothing(company: Company) -> None:
    company.server.on_data.append("lose")
    number = await signed(company)

    async def over() -> bool:
        if not company.app.tasks.soon:
            company.clock.advance(seconds=20)
            company.app.wake()
        return (await copies(company))["zoe"] > 0

    await eventually(over, "it arrives")
    company.clock.advance(minutes=10)
    await becomes(company, number, "sent")
    assert (await copies(company))["zoe"] == 1


async def test_in_their_own_name_who_is_in_no_chat_gets_it_relayed_once_it_was_posted(company: Company) -> None:
    number = await signed(company, own_name=True)
    await company.ana.is_told("It is time to post")
    assert company.zoe.inbox() == []
    await company.ana.presses("I have posted it", near="It is time to post")
    await becomes(company, number, "sent")
    await company.zoe.is_told(TITLE)
    assert await copies(company) == {"ana in the chat": 0, "ana by mail": 0, "zoe": 1}


@pytest.mark.slow
async def test_recalled_it_says_that_mail_cannot_be_taken_back(company: Company) -> None:
    await company.ana.types("parvis")  # she is in the chat
    await company.ana.is_told("Parvis")
    await _come(company, "Yan", "Max", "Lea", "Tom")  # of fewer than five in all no figures are told
    number = await signed(company)
    await becomes(company, number, "sent")
    await company.zoe.is_told(TITLE)
    await company.ana.is_told("You get this because")
    await company.ana.types(f"announce recall {number}")
    assert "What arrived by mail cannot be taken back" in await company.ana.is_told("was promised to 6 people")
    await company.ana.types(f"announce recall {number} 6")
    await becomes(company, number, "recalled")

    async def gone() -> bool:
        if not company.app.tasks.soon:
            company.app.wake()
        return (await copies(company))["ana in the chat"] == 0

    await eventually(gone, "it is taken back from the chat")
    await company.ana.is_told("It cannot be taken back from 5 people by mail")
    assert (await copies(company))["zoe"] == 1


async def test_an_address_from_which_it_came_back_is_not_used_again_until_somebody_says_so(company: Company) -> None:
    company.server.bouncing.add("zoe@example.org")
    first = await signed(company)

    async def listed() -> bool:
        if not company.app.tasks.soon:
            company.app.wake()
        async with company.store.read() as session:
            account = await people.account(session, "mail", "zoe@example.org")
        return account is not None and account.returned_at is not None

    await eventually(listed, "it came back")
    await becomes(company, first, "sent")
    company.server.bouncing.clear()
    second = await signed(company, state="draft", at=company.clock.now() + timedelta(minutes=5))
    await company.ana.types(f"announce preview {second}")
    await company.ana.is_told("Some addresses are not used")
    second = await signed(company)
    await becomes(company, second, "sent")
    assert company.server.handed.count("zoe@example.org") == 1, "the second did not go there"
    await company.ana.types(f"announce report {second}")
    await company.ana.is_told("Zoé, by mail: not used, since something came back from there")
    await company.ana.presses("Write to Zoé again by mail", near=f"Announcement {second}:")
    await company.zoe.is_told(TITLE)
    await becomes(company, second, "sent")
    assert (await copies(company))["zoe"] == 1


@pytest.mark.slow
async def test_an_address_that_the_list_gives_anew_is_used_again(company: Company) -> None:
    company.server.refused["zoe@example.org"] = ["550 5.1.1 no such user"]
    await becomes(company, await signed(company), "sent")
    company.server.refused.clear()
    await _moves(company, "zoe.martin@example.org")
    await becomes(company, await signed(company), "sent")
    assert company.server.handed.count("zoe.martin@example.org") == 1
    await _moves(company, "zoe@example.org")
    company.clock.advance(days=8)
    await becomes(company, await signed(company), "sent")
    assert company.server.handed.count("zoe@example.org") == 1, "refused once, and taken now"


async def _moves(company: Company, address: str) -> None:
    """The company's list has another address of hers."""
    async with company.store.write() as session:
        [line] = (await session.exec(select(Entry).where(Entry.key == "1"))).all()
        line.email = address
        session.add(line)
    await _met(company, address)


async def _come(company: Company, *names: str) -> None:
    """The company's list has others, with their addresses."""
    at = company.clock.now()
    async with company.store.write() as session:
        for name in names:
            about = {"key": name, "email": f"{name.lower()}@example.org", "created_at": at, "changed_at": at}
            session.add(Entry.model_validate({"name": name, **about}))
    await _met(company, f"{names[-1].lower()}@example.org")


async def _met(company: Company, address: str) -> None:
    company.clock.advance(minutes=6)

    async def known() -> bool:
        if not company.app.tasks.soon:
            company.app.wake()
        async with company.store.read() as session:
            found = await people.account(session, "mail", address)
        return found is not None and found.kind == "address"

    await eventually(known, "the list is looked at")
