"""What is held about a person: shown, handed over, objected to, erased; in their words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.desk import erasure
from storage.audit import Entry
from storage.communities import Membership
from storage.erased import Erased
from storage.outbox import Promise
from storage.people import Account, Grant, Person
from storage.profiles import Reading, Reminder
from storage.requests import Request
from storage.roster import Entry as Line
from storage.tables import METADATA
from tests.humans import Human, eventually
from tests.humans.towns import AT_EASE, ON_SLACK, PLAINLY
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_life import opens, row

MEMORY = pytest.mark.parametrize("where", ["memory"])
ON_EACH = pytest.mark.parametrize("where", PLAINLY)


def exported(told: list[str]) -> dict[str, Any]:
    """The JSON that somebody was sent, put together from its parts."""
    parts = [text.split("\n", 1)[1] for text in told if text.startswith(("Part ", "Partie "))]
    found: dict[str, Any] = json.loads("\n".join(parts))
    return found


@ON_EACH
async def test_one_sees_what_is_held_takes_it_along_and_has_it_erased(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Quittenbrot")
    await ana.types(f"communaute demander {name} --purpose Partager des recettes --work Cuisiner chaque lundi --yes")
    await company.settled()
    await ana.types("parvis moi")
    page = await ana.is_told("Ce que je retiens de vous")
    assert "Vos demandes" in page
    assert "365 jours" in page
    await ana.types("parvis exporter")
    await ana.is_told("Partie 1")
    await company.settled()
    held = exported(await ana.reads())["held"]
    assert held["request"]["rows"][0]["fields"]["name"] == name
    assert held["account"]["rows"][0]["external_id"] == ana.external
    assert held["contact"]["what"] if "contact" in held else True
    assert not [each for each in await company.rows(Promise, state="sent") if each.body != "{}"], "emptied once said"

    await ana.types("parvis effacer")
    preview = await ana.is_told("Effacer tout ce qui vous concerne")
    assert "Ceci reste, sans votre nom" in preview
    await ana.presses("Effacer tout ce qui me concerne", near="Effacer tout ce qui vous concerne")
    await ana.is_told("C’est fait")
    await company.settled()
    assert ana.external not in {each.external_id for each in await company.rows(Account)}
    (request,) = await company.rows(Request)
    assert (request.state, request.fields) == ("withdrawn", "{}")
    person = next(each for each in await company.rows(Person) if each.id == request.requester_id)
    assert person.name == "—"


@pytest.mark.parametrize("where", AT_EASE)
async def test_a_guest_disposes_of_what_is_held_about_them_and_of_nothing_else(
    ana: Human, company: Company, fresh: Fresh
) -> None:
    """In a conversation that they alone see: where they asked, others read along."""
    gil = await outsider(company)
    room = await company.town.room(fresh("square"), [ana, gil])
    await gil.types("parvis export", room)
    await gil.is_told("Here we are by ourselves")
    assert not [text for text in await ana.reads(room) if "ourselves" in text or "Part 1" in text]

    await gil.types("parvis export")
    await gil.is_told("Part 1")
    await company.settled()
    everything = exported(await gil.reads())
    assert everything["accounts"] == [f"{PLATFORM}:{gil.external}"]
    account = everything["held"]["account"]["rows"][0]
    assert account["name"] == gil.name
    assert "email" not in account, "it takes no address to answer them"
    assert len(everything["held"]["person"]["rows"]) == 1
    await gil.types("parvis object")
    await gil.is_told("Understood, at once")
    assert (await the(company, gil)).objected_at is not None
    for command in ("parvis me", "community list", f"profile @{ana.external}", "parvis start"):
        told = len(await gil.reads())
        await gil.types(command)
        await company.settled()
        heard = [text for text in (await gil.reads())[told:] if command not in text]
        assert all("there is nothing I may do for you" in text for text in heard)
    assert (await the(company, gil)).stopped_at is not None

    await gil.types("parvis erase")
    await gil.presses("Erase everything about me", near="Erase everything about you?")
    await gil.is_told("It is done")
    await company.settled()
    await company.app._purge()
    assert await naming(company, gil) == set()
    assert not [each for each in await company.rows(Promise) if each.name.startswith("untraced:")], "nor of saying so"


@MEMORY
async def test_a_guest_erases_with_their_own_preview_alone(bob: Human, company: Company) -> None:
    await bob.types("parvis erase")
    await bob.is_told("Erase everything about you?")
    gil = await outsider(company)
    await gil.types(f"parvis erase-all {await code(company, bob)}")
    await gil.is_told("This is no longer valid")
    assert await company.rows(Account, external_id=bob.external)


@MEMORY
async def test_the_account_of_a_guest_opens_nothing_of_its_members_account(bob: Human, company: Company) -> None:
    gil = await outsider(company)
    await gil.types("parvis object")
    await gil.is_told("Understood, at once")
    await bob.types("parvis me")
    await company.settled()
    person, theirs = (await the(company, bob)).id, METADATA.tables["account"]
    async with company.store.write() as session:  # as a join would have it
        joined = sa.update(theirs).where(theirs.c.external_id == gil.external).values(person_id=person)
        await session.exec(joined)
    for command in ("export", "object", "unobject", "erase"):
        told = len(await gil.reads())
        await gil.types(f"parvis {command}")
        await company.settled()
        assert "with which you are a member" in "".join((await gil.reads())[told:])


@MEMORY
async def test_ones_page_names_what_the_roster_says_besides(bob: Human, company: Company) -> None:
    await bob.types("parvis")
    await company.settled()
    (account,) = await company.rows(Account, external_id=bob.external)
    async with company.store.write() as session:
        now, said = company.clock.now(), json.dumps({"location": "Nantes"})
        session.add(Line(key="1", person_id=account.person_id, more=said, created_at=now, changed_at=now))
    await bob.types("parvis me")
    assert "Your line in that list says besides: location" in await bob.is_told("What I hold about you")


def everywhere(tmp_path: Path, *words: str) -> set[tuple[str, str]]:
    files = {each.name: each.read_bytes() for each in tmp_path.glob("parvis.db*")}
    return {(word, name) for word in words for name, data in files.items() if word.encode() in data}


@pytest.mark.parametrize("where", AT_EASE)
async def test_an_objection_holds_at_once_and_only_its_person_takes_it_back(
    bob: Human, odile: Human, company: Company
) -> None:
    await company.settled()
    trail = await company.rows(Entry)
    await bob.types("parvis object")
    assert "somebody of whom nothing is known" in await bob.is_told("Understood, at once")
    person = await the(company, bob)
    assert person.objected_at is not None
    assert person.stopped_at is not None, "nothing unasked either"
    await bob.types("parvis me")
    assert "You objected on" in await bob.is_told("What I hold about you")
    await bob.types("parvis object")
    await bob.is_told("You objected already")
    for command in ("profile", "profile edit title", "profile prefer-not title"):
        told = len(await bob.reads())
        await bob.types(command)
        await company.settled()
        heard = "".join((await bob.reads())[told:])
        assert "You objected to my keeping anything of your profile" in heard
        assert "Fill" not in heard
    await odile.types("parvis unobject")
    await odile.is_told("Vous ne vous êtes opposé à rien")
    assert (await the(company, bob)).objected_at is not None, "nobody takes it back for them"
    await bob.types("parvis unobject")
    await bob.is_told("counts again like everybody’s")
    person = await the(company, bob)
    assert person.objected_at is None
    assert person.stopped_at is not None, "that is another wish"
    assert await company.rows(Entry) == trail, "the trail does not even say that somebody did"


@MEMORY
async def test_what_is_known_of_a_profile_goes_with_an_objection_and_does_not_come_back(
    bob: Human, company: Company
) -> None:
    await bob.types("parvis me")
    await company.settled()
    await company.app.census.look()
    person = await the(company, bob)
    assert [each for each in await company.rows(Reading) if each.account_id == await account_of(company, bob)]
    await bob.types("parvis object")
    await bob.is_told("Understood, at once")
    for _ in range(2):
        assert not [each for each in await company.rows(Reading) if each.account_id == await account_of(company, bob)]
        assert not await company.rows(Reminder, person_id=person.id)
        company.clock.advance(days=2)
        await company.settled()
        await company.app.census.look()
    (account,) = await company.rows(Account, external_id=bob.external)
    assert account.work == ""


@MEMORY
async def test_who_was_erased_is_met_anew_and_sent_nothing_unasked_until_they_ask(bob: Human, company: Company) -> None:
    await erased(bob, company)
    assert len(await company.rows(Erased)) == 1
    company.clock.advance(days=2)
    await company.settled()
    await company.app.census.look()
    assert not await company.rows(Account, external_id=bob.external), "the list of people brings nobody back"
    told = len(await bob.reads())
    await bob.presses_again()
    await company.settled()
    assert not await company.rows(Account, external_id=bob.external), "nor does a button of before"
    assert len(await bob.reads()) == told

    await bob.types("parvis")
    await company.settled()
    person = await the(company, bob)
    assert person.stopped_at is not None
    await bob.types("parvis start")
    await company.settled()
    assert (await the(company, bob)).stopped_at is None
    assert await company.rows(Erased) == [], "they asked for it"


@MEMORY
async def test_only_ones_own_preview_of_the_day_erases(ana: Human, bob: Human, company: Company) -> None:
    await bob.types("parvis erase")
    await bob.is_told("Erase everything about you?")
    await company.settled()
    value = await code(company, bob)
    await ana.types(f"parvis erase-all {value}")
    await ana.is_told("Ceci n’est plus valable")
    await bob.types("parvis erase-all 00000000")
    await bob.is_told("This is no longer valid")
    company.clock.advance(days=2)
    await bob.types(f"parvis erase-all {value}")
    await company.settled()
    assert len([each for each in await bob.reads() if "no longer valid" in each]) == 2
    assert await company.rows(Account, external_id=bob.external)


@MEMORY
async def test_roles_of_the_settings_come_back_with_who_has_them(odile: Human, company: Company) -> None:
    await odile.types("parvis moi")
    await odile.is_told("Votre page")
    await odile.types("parvis effacer")
    await odile.presses("Effacer tout ce qui me concerne", near="Effacer tout ce qui vous concerne")
    await odile.is_told("C’est fait")
    await company.settled()
    await company.restart()
    assert not await company.rows(Account, external_id=odile.external), "the settings alone bring nobody back"
    await odile.types("parvis")
    await company.settled()
    company.clock.advance(minutes=11)
    await company.settled()
    person = await the(company, odile)

    async def granted() -> bool:
        return [each.role for each in await company.rows(Grant, person_id=person.id)] == ["admin"]

    await eventually(granted, "the settings give it again")


@MEMORY
async def test_a_community_without_its_lead_is_shown_and_nobody_is_named(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Garten")
    garden = await opens(bob, alice, name, company)
    await erased(bob, company)
    told = await alice.is_told("Nobody leads", company.animators)
    assert name in told
    assert "bob" not in told.lower()
    community = await row(company, garden)
    assert community.leaderless_at is not None
    assert community.purpose, "it is its members’"
    assert not await company.rows(Membership, community_id=garden.id, role="lead")
    await company.app._purge()
    assert await naming(company, bob) == set()


@MEMORY
async def test_a_request_that_waited_is_withdrawn_and_its_card_says_nothing_any_more(
    bob: Human, alice: Human, company: Company, fresh: Fresh, tmp_path: Path
) -> None:
    name = fresh("Zirkonia")
    await bob.types(f"community request {name} --purpose Quarzsand sieben --work Moorlauge sammeln --yes")
    await alice.is_told(name, company.animators)
    assert everywhere(tmp_path, "Quarzsand")
    assert await naming(company, bob)
    await erased(bob, company)
    await alice.is_told("its words are forgotten", company.animators)
    shown = "\n".join(await alice.reads(company.animators))
    assert name not in shown
    await company.app._purge()
    assert everywhere(tmp_path, name, "Quarzsand", "Moorlauge") == set()
    assert await naming(company, bob) == set()
    async with company.store.read() as session:
        assert await company.app.parts.audit.verify(session) == []  # type: ignore[attr-defined]
    await alice.types("community show 1", company.animators)
    await company.settled()
    assert name not in "\n".join(await alice.reads(company.animators))


@pytest.mark.parametrize("where", AT_EASE)
async def test_what_somebody_handed_over_is_forgotten_when_its_time_is_over(
    bob: Human, company: Company, fresh: Fresh, tmp_path: Path
) -> None:
    name = fresh("Zirkonia")
    await bob.types(f"community request {name} --purpose Quarzsand sieben --work Moorlauge sammeln --yes")
    await company.settled()
    await bob.types(f"community withdraw {(await company.rows(Request))[0].id}")
    await company.settled()
    for days, holds in ((364, True), (2, False)):
        company.clock.advance(days=days)
        await company.settled()
        await company.app._purge()
        assert bool(everywhere(tmp_path, "Quarzsand", "Moorlauge")) is holds
    await bob.types("parvis export")
    await bob.is_told("Part 1")
    await company.settled()
    held = exported(await bob.reads())["held"]
    assert "Quarzsand" not in json.dumps(held)
    assert held["account"]["rows"][0]["external_id"] == bob.external


@pytest.mark.parametrize("where", ["memory", "slack"])  # a Matrix server tells nobody that an account was closed
async def test_who_is_gone_for_long_is_erased_by_itself(bob: Human, alice: Human, company: Company) -> None:
    await bob.types("parvis me")
    await company.settled()
    person = await the(company, bob)
    await Outside(company, alice).leaves_company(bob)

    async def gone() -> bool:
        return bool(await company.rows(Account, external_id=bob.external, kind="gone"))

    await eventually(gone, "bob is gone")
    company.clock.advance(days=89)
    await company.app._purge()
    assert await company.rows(Account, external_id=bob.external)
    company.clock.advance(days=2)

    async def forgotten() -> bool:
        await company.app._purge()  # which leaves it, while something else has its turn
        return not await company.rows(Account, external_id=bob.external)

    await eventually(forgotten, "bob is erased")
    assert (await company.rows(Person, id=person.id))[0].name == "—"
    assert await company.rows(Erased) == [], "they may come back as anybody"
    assert await naming(company, bob) == set()


@MEMORY
async def test_who_is_made_a_guest_is_erased_when_as_long_went_by_as_after_a_departure(
    bob: Human, company: Company
) -> None:
    """Though the look around sees them each day."""
    await bob.types("parvis me")
    await company.settled()
    person = await the(company, bob)
    known = company.town.server.accounts[bob.external]  # type: ignore[attr-defined]
    known.profile = known.profile.model_copy(update={"kind": "guest"})
    for days in (1, 60, 29):
        company.clock.advance(days=days)
        await company.app.census.look()
        await company.app._purge()
        assert await company.rows(Account, external_id=bob.external)
    company.clock.advance(days=2)
    await company.app.census.look()

    async def forgotten() -> bool:
        await company.app._purge()  # which leaves it, while something else has its turn
        return not await company.rows(Account, external_id=bob.external)

    await eventually(forgotten, "bob is erased")
    assert (await company.rows(Person, id=person.id))[0].name == "—"
    assert await naming(company, bob) == set()


@pytest.mark.parametrize("where", ["memory", *ON_SLACK[:1]])
async def test_the_page_that_the_platform_shows_is_drawn_over(bob: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Garten")
    await bob.types(f"community request {name} --purpose Seeds and advice --work Beds each Monday --yes")
    await company.settled()
    await bob.opens_home()
    await bob.sees_home(name)
    await erased(bob, company)
    await bob.sees_home("Of you there remain a seal")
    assert await naming(company, bob) == set()


@MEMORY
async def test_a_colleague_who_names_them_does_not_bring_them_back(ana: Human, bob: Human, company: Company) -> None:
    await erased(bob, company)
    await ana.types("communaute demander")
    await ana.fills(name="Quittenbrot", purpose="Partager des recettes", work="Cuisiner chaque lundi")
    wrong = await ana.fills(second=bob.external)
    assert wrong
    assert not await company.rows(Account, external_id=bob.external)


# ---------------------------------------------------------------- helpers


async def outsider(company: Company) -> Human:
    """A guest, or somebody of another organisation, whichever the platform tells apart."""
    kind = "guest" if "guest" in company.town.ways.kinds else "stranger"
    return await company.person("gil", kind=kind, language="en", email="gil@example.org")


async def erased(human: Human, company: Company) -> None:
    """Somebody who reads English has everything erased."""
    await human.types("parvis me")
    await human.types("parvis erase")
    await human.presses("Erase everything about me", near="Erase everything about you?")
    await human.is_told("It is done")
    await company.settled()


async def naming(company: Company, human: Human) -> set[str]:
    """The columns in which somebody's account stands."""
    mark = re.compile(rf"(?<!\w){re.escape(human.external)}(?!\w)")
    found: set[str] = set()
    async with company.store.read() as session:
        for table in METADATA.tables.values():
            for row in (await session.exec(sa.select(table))).mappings():  # type: ignore[call-overload]
                found |= {f"{table.name}.{name}" for name, held in row.items() if mark.search(str(held))}
    return found


async def account_of(company: Company, human: Human) -> int:
    (account,) = await company.rows(Account, external_id=human.external)
    number: int = account.id
    return number


async def the(company: Company, human: Human) -> Person:
    (account,) = await company.rows(Account, external_id=human.external)
    (person,) = await company.rows(Person, id=account.person_id)
    assert isinstance(person, Person)
    return person


async def code(company: Company, human: Human) -> str:
    """What the button of a preview says."""
    async with company.app.store.read() as session:
        return erasure.code(session, (await the(company, human)).id or 0, company.clock.now())
