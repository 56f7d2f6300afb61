"""The company hands over its list of people: who they are, who left, who is back, who is one and the same."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlmodel import col, select

from bot.audit import Audit
from bot.nudge import To
from bot.roster import applying
from bot.roster.comparing import Plan
from bot.roster.reading import read
from bot.say import Say, plain
from storage import roster
from storage.audit import Entry as Decision
from storage.database import Store
from storage.joining import Join
from storage.outbox import Promise
from storage.people import Account
from storage.roster import Entry
from tests.humans import PATIENCE, Human, eventually
from tests.humans.towns import AT_EASE
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_joining import MEMORY, REAL, Towns, pair, towns

__all__ = ["pair", "towns"]
HERE = ["memory"]
HEAD = "matricule;courriel;nom;service"


async def hands_over(company: Company, *rows: str, head: str = HEAD, leaving: int | None = None) -> Plan:
    """The administrator imports a file, while the bot runs."""
    sheet = read("\n".join((head, *rows)).encode("cp1252"), (PLATFORM,))
    assert not sheet.wrong, sheet.troubles
    app = company.app
    found = await applying.take_over(company.store, app.parts.audit, sheet, company.clock.now(), leaving)
    company.clock.advance(minutes=6)  # what the command itself does at once, the bot would do by itself
    await company.settled()
    return found


async def person_of(company: Company, human: Human) -> int:
    (account,) = await company.rows(Account, platform=human.platform, external_id=human.external)
    return int(account.person_id)


async def line_of(company: Company, key: str) -> Entry:
    (found,) = await company.rows(Entry, key=key)
    assert isinstance(found, Entry)
    return found


@pytest.mark.parametrize("where", AT_EASE)
async def test_a_file_says_who_people_are_whether_met_before_or_after(ana: Human, bob: Human, company: Company) -> None:
    await bob.types("parvis")
    await bob.is_told("What you can ask me")
    head = f"{HEAD};compte {PLATFORM}"
    rows = (f"1;bob@example.org;Bob Roy;Achats;{bob.external}", f"2;ana@example.org;Ana Émond;Été;{ana.external}")
    await hands_over(company, *rows, head=head)

    async def matched() -> bool:
        return (await line_of(company, "1")).person_id == await person_of(company, bob)

    await eventually(matched, "bob is matched")
    await ana.types("parvis")
    await company.settled()
    assert (await line_of(company, "2")).person_id == await person_of(company, ana)
    await bob.types("profile")
    assert "Achats" in await bob.is_told("Your profile")


@pytest.mark.parametrize("where", HERE)
async def test_a_command_is_answered_while_a_file_is_imported(bob: Human, company: Company) -> None:
    rows = "\n".join(f"{each};n{each}@example.org;Nom {each};Achats" for each in range(5_000))
    sheet, url = read(f"{HEAD}\n{rows}".encode(), (PLATFORM,)), company.url
    begun, answered = threading.Event(), threading.Event()

    def reached(step: str) -> None:
        if step == "import.beside":
            begun.set()
            assert answered.wait(PATIENCE), "nobody was answered"

    async def imports() -> None:
        store = await Store.open(url, migrate=False)
        try:
            await applying.take_over(store, Audit("k" * 64), sheet, company.clock.now(), reached=reached)
        finally:
            await store.close()

    working = asyncio.create_task(asyncio.to_thread(asyncio.run, imports()))  # as a process of its own would
    try:
        assert await asyncio.to_thread(begun.wait, PATIENCE), "it began"
        await bob.types("parvis")
        await bob.is_told("What you can ask me")
        assert not await company.rows(Entry), "nothing of it is there yet"
    finally:
        answered.set()
        await working
    assert len(await company.rows(Entry)) == 5_000


@pytest.mark.parametrize("where", HERE)
async def test_an_address_that_the_platform_confirmed_is_enough_and_follows_a_new_name(company: Company) -> None:
    eve = await company.person("eve", email="Eve.Roy@example.org")
    await eve.types("parvis")
    await company.settled()
    await hands_over(company, "7;eve.roy@example.org;Eve Roy;Ventes", "8;zoe@example.org;Zoé;Ventes")

    async def matched() -> bool:
        return (await line_of(company, "7")).person_id == await person_of(company, eve)

    await eventually(matched, "eve is matched")
    found = await hands_over(company, "7;eve.martin@example.org;Eve Martin;Ventes", "8;zoe@example.org;Zoé;Ventes")
    assert (found.new, found.changed, len(found.left)) == (0, 1, 0)
    line = await line_of(company, "7")
    assert (line.name, line.person_id) == ("Eve Martin", await person_of(company, eve))


@pytest.mark.parametrize("where", HERE)
async def test_who_left_is_told_nothing_unasked_until_they_return(bob: Human, company: Company) -> None:
    await bob.types("parvis")
    await company.settled()
    head = f"{HEAD};compte {PLATFORM}"
    everyone = [f"1;bob@example.org;Bob;Achats;{bob.external}", "2;ana@example.org;Ana;Achats;"]
    await hands_over(company, *everyone, head=head)
    person = await person_of(company, bob)

    async def tells(name: str) -> Promise:
        async with company.store.write() as session:
            outbox = company.app.outbox.within(session, company.clock.now())
            await outbox.tell(To(person=person), Say(lines=(plain(name),)), name=name, kind="decision")
        company.app.wake()
        await company.settled()
        (found,) = await company.rows(Promise, name=name)
        assert isinstance(found, Promise)
        return found

    assert (await tells("before")).state == "sent"
    await hands_over(company, everyone[1], head=head, leaving=1)
    gone = await tells("while away")
    assert (gone.state, gone.error) == ("dropped", "left")
    await bob.types("parvis")
    await bob.is_told("What you can ask me")
    await hands_over(company, *everyone, head=head)
    assert (await tells("after")).state == "sent"
    assert [text for text in await bob.reads() if text in {"before", "while away", "after"}] == ["before", "after"]


@pytest.mark.parametrize("where", HERE)
async def test_guests_are_nobody_there(company: Company) -> None:
    gil = await company.person("gil", kind="guest", email="gil@example.org")
    await gil.says("hello")
    await company.settled()
    await hands_over(company, "9;gil@example.org;Gil;Achats")
    assert (await line_of(company, "9")).person_id is None


async def merges(towns: Towns, *rows: str, head: str = HEAD) -> None:
    sheet = read("\n".join((head, *rows)).encode(), ("work", "club"))
    assert not sheet.wrong, sheet.troubles
    app = towns._app
    assert app
    await applying.take_over(towns.store, app.parts.audit, sheet, towns.clock.now())
    towns.clock.advance(minutes=6)
    await towns.settled()


@REAL
async def test_one_line_makes_accounts_on_two_platforms_one_person(towns: Towns) -> None:
    ana, anna = towns.ana, towns.anna
    await ana.types("parvis")
    await anna.types("parvis")
    await towns.settled()
    assert await towns.person_of(ana) != await towns.person_of(anna)
    (at_work,) = await towns.rows(Account, external_id=ana.external)
    assert at_work.email, "Slack confirms it"
    await merges(towns, f"1;{at_work.email};Ana;Ventes;{anna.external}", head=f"{HEAD};account club")

    async def one() -> bool:
        return await towns.person_of(ana) == await towns.person_of(anna)

    await eventually(one, "they are one person")
    await anna.types("parvis me")
    assert "your accounts on club and work are both yours" in await anna.is_told("Your accounts")
    async with towns.store.read() as session:
        actions = list(await session.exec(select(Decision.action).order_by(col(Decision.seq))))
    assert actions == ["people.import", "accounts.join"]


@MEMORY
async def test_who_takes_it_apart_is_left_alone(towns: Towns) -> None:
    ana, anna = towns.ana, towns.anna
    await ana.types("parvis")
    await anna.types("parvis")
    await towns.settled()
    accounts = f"1;ana@example.com;Ana;Ventes;{ana.external};{anna.external}"
    await merges(towns, accounts, head=f"{HEAD};account work;account club")
    await anna.types("parvis unjoin")
    await anna.is_told("two people again")
    towns.clock.advance(minutes=6)
    await towns.settled()
    assert await towns.person_of(ana) != await towns.person_of(anna)
    assert not await towns.rows(Join)


@REAL
@pytest.mark.parametrize("settings", [{"profiles": {"first_after_days": 0, "first_within_days": 0}}])
async def test_a_person_of_two_platforms_and_two_languages_is_reminded_once_in_that_of_the_place(towns: Towns) -> None:
    """Where a platform says nothing of languages, in that of the list."""
    ana = towns.ana
    anne = await towns.club.person("anne", language="fr")
    for human in (ana, anne):
        await human.types("parvis")
    await towns.settled()
    accounts = f"1;ana@example.com;Ana;fr;{ana.external};{anne.external}"
    await merges(towns, accounts, head="matricule;courriel;nom;langue;account work;account club")
    assert await towns.person_of(ana) == await towns.person_of(anne)
    await anne.types("parvis")  # where one was last, one is told
    await towns.settled()
    await towns.sweeps()
    told = await anne.is_told("Il manque une chose")
    assert "D’après l’annuaire du personnel" in told, "nobody knew yet that they are one"
    await ana.is_not_told("One thing is missing")
    await ana.types("parvis me")
    page = await ana.is_told("Your page")
    assert "Next: what you do" in page
    assert "says that your accounts" not in page, "that was said"
    towns.clock.advance(days=8)
    await towns.sweeps()
    texts = [*await ana.reads(), *await anne.reads()]
    assert len([each for each in texts if "One thing is missing" in each or "Il manque une chose" in each]) == 1


@pytest.mark.slow  # weeks; each run tells of who leaves in a series in tests/contract/test_profiles.py
@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": {"first_after_days": 0, "first_within_days": 0}}])
async def test_who_left_hears_nothing_more_though_their_account_stays_open(bob: Human, company: Company) -> None:
    """Of their line nothing is kept then but that they left. Who is back is on the list again, as before."""
    await bob.types("parvis")
    await company.settled()
    rows = [f"{number};p{number}@example.com;P{number};Ventes;" for number in range(2, 9)]
    head = f"{HEAD};account {PLATFORM}"
    await hands_over(company, f"1;bob@example.com;Bob;Ventes;{bob.external}", *rows, head=head)

    async def matched() -> bool:
        return (await line_of(company, "1")).person_id == await person_of(company, bob)

    await eventually(matched, "bob is matched")
    person = await person_of(company, bob)
    await hands_over(company, *rows, head=head)
    await company.releases()
    for _ in range(20):
        company.clock.advance(days=7)
        await company.app.census.look()
        await company.app.sweep.look()
        await company.app._purge()
        await company.settled()
    assert not [text for text in await bob.reads() if "One thing is missing" in text]
    lines = await company.rows(Entry, person_id=person)
    assert [(each.state, each.name, each.email, each.department, each.accounts) for each in lines] == [
        ("left", "", "", "", "{}")
    ]
    await hands_over(company, f"1;bob@example.com;Bob;Ventes;{bob.external}", *rows, head=head)

    async def back() -> bool:
        async with company.store.read() as session:
            return (await roster.of_people(session, [person]))[person].state == "here"

    await eventually(back, "bob is on the list again")
