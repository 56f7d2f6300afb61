"""Who decides when those who usually do are away, or nobody does: deputies, and the clock of working days."""

from __future__ import annotations

from datetime import datetime

import pytest

from storage.people import Account, Grant
from storage.requests import Deputy, Request, Vote
from tests.humans import Human, eventually
from tests.scenarios.company import HOME, Company
from tests.scenarios.test_communities import Fresh, asks, state_of

FRIDAY = "2026-11-27"  # stories begin on a Tuesday
REFUSED = "This is for another role (animator)"


async def somebody_else(company: Company) -> Human:
    """Somebody of another organisation, or a guest, whichever the platform tells apart."""
    return await company.person("gil", kind="guest" if "guest" in company.town.ways.kinds else "stranger")


async def lent(company: Company) -> list[Grant]:
    return [each for each in await company.rows(Grant) if each.source.startswith("deputy:")]


async def over(company: Company) -> None:
    """Wait until nobody decides for anybody: it is looked at once a minute."""

    async def so() -> bool:
        return not await lent(company)

    await eventually(so, "what was lent is taken back")


# ---------------------------------------------------------------- deputies


async def test_a_deputy_sees_what_waits_and_decides_until_the_last_day_is_over(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    guest = await somebody_else(company)
    first, second = fresh("Jardin"), fresh("Photo")
    await asks(ana, first, company)
    await bob.types("community deputy")
    await bob.is_told(REFUSED)

    await alice.types("community deputy")
    wrong = await alice.fills(person=guest.external, until=FRIDAY)
    assert "cannot find this colleague" in wrong["person"]
    wrong = await alice.fills(person=f"{bob.external}", until="2026-11-23")
    assert "not in the past, and within three months" in wrong["until"]
    assert not await lent(company)
    assert await alice.fills(until=FRIDAY) == {}
    assert "bob may decide in your place, up to and including Friday 27 November 2026" in await alice.is_told("bob may")
    await bob.is_told("alice is away and asked you to decide in their place")

    await bob.presses("Approve", near=first)
    await alice.is_told("Approved by bob", company.animators)
    await ana.is_told("Bonne nouvelle")
    number = await asks(ana, second, company, purpose="Regarder ensemble les photos de la semaine")
    assert "Approve" in await bob.is_told(second), "what comes meanwhile is shown as well"
    company.clock.advance_to(datetime(2026, 11, 27, 23, 55, tzinfo=HOME))
    await bob.types("community deputy off")
    await bob.is_told("there is nothing to end")
    company.clock.advance_to(datetime(2026, 11, 28, 0, 1, tzinfo=HOME))
    await over(company)
    assert not await company.rows(Deputy)
    before = len([text for text in await bob.reads() if REFUSED in text])
    await bob.presses_again()
    await bob.types(f"community approve {number}")
    await company.settled()
    assert len([text for text in await bob.reads() if REFUSED in text]) > before
    assert await state_of(number, company) == "waiting"
    assert not await company.rows(Vote, request_id=int(number))
    company.clock.advance_to(datetime(2026, 11, 30, 9, 1, tzinfo=HOME))  # nothing is said at night
    await bob.is_told(f"“{second}” is no longer yours to decide on")


async def test_a_deputy_named_by_one_line_decides_until_the_right_is_taken_back(
    ana: Human, bob: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    guest = await somebody_else(company)
    name = fresh("Jardin")
    number = await asks(ana, name, company)
    await arthur.types(f"communaute suppleant {guest.external} {FRIDAY}")
    wrong = await arthur.accepts()
    assert "Je ne trouve pas cette personne" in wrong["person"]
    assert not await lent(company)
    assert await arthur.fills(person=bob.external) == {}
    await arthur.is_told("bob peut décider à votre place")
    assert len(await lent(company)) == 1

    await bob.presses("Take in charge", near=name)
    await bob.is_told("You look after request")
    await company.settled()
    await arthur.types("communaute suppleant fin")
    await arthur.is_told("plus personne ne décide à votre place")
    await bob.is_told("is no longer yours to decide on")
    assert not await lent(company)
    await bob.presses_again()
    await bob.types(f"community approve {number}")
    await company.settled()
    assert [text for text in await bob.reads() if REFUSED in text]
    assert await state_of(number, company) == "waiting"

    await arthur.types(f"communaute suppleant {bob.external} {FRIDAY}")
    assert await arthur.accepts() == {}
    await bob.presses("Approve", near=name)
    await arthur.is_told("Approved by bob", company.animators)
    await ana.is_told("Bonne nouvelle")


@pytest.mark.parametrize("where", ["memory", "lines"])
async def test_a_deputy_is_one_colleague(bob: Human, diane: Human, alice: Human, company: Company) -> None:
    await alice.types("community deputy")
    for nobody in (f"{bob.external} {diane.external}", "@", company.town.nobody, alice.external):
        wrong = await alice.fills(person=nobody, until=FRIDAY)
        assert wrong, nobody
        assert "cannot find this colleague" in wrong["person"], nobody
    assert not await lent(company)


@pytest.mark.parametrize("where", ["memory", "lines"])
async def test_a_deputy_is_named_as_colleagues_call_them(ana: Human, alice: Human, company: Company) -> None:
    martin = await company.person("Ana Martin", language="en")
    await martin.types("parvis")
    await martin.is_told("Parvis")
    await alice.types("community deputy Ana Martin 27/11/2026")
    await alice.accepts()
    await alice.is_told("Ana Martin may decide in your place, up to and including Friday 27 November 2026")
    await martin.is_told("alice is away and asked you to decide in their place")
    assert [each.deputy_id for each in await company.rows(Deputy)] == [await _person(martin, company)]


async def _person(human: Human, company: Company) -> int:
    (account,) = await company.rows(Account, external_id=human.external)
    person: int = account.person_id
    return person


@pytest.mark.parametrize("where", ["memory"])
async def test_a_right_that_is_lent_goes_with_the_right_itself(
    ana: Human, bob: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    """Who is an animator no more has no deputy either; and a deputy names none."""
    number = await asks(ana, fresh("Jardin"), company)
    await arthur.types(f"communaute suppleant {bob.external} {FRIDAY}")
    await arthur.accepts()
    await bob.is_told("asked you to decide")
    await bob.types(f"community deputy {ana.external} {FRIDAY}")
    await company.settled()
    if await bob.sees_form():
        await bob.accepts()
    await company.settled()
    assert len(await lent(company)) == 1
    await company.stop()
    company.settings["roles"]["animator"] = company.settings["roles"]["animator"][:1]
    await company.start()
    company.clock.advance(minutes=1)
    await over(company)
    await bob.types(f"community approve {number}")
    await bob.is_told(REFUSED)
    assert await state_of(number, company) == "waiting"


# ---------------------------------------------------------------- working days


@pytest.mark.parametrize("settings", [{"working_time": {"country": "FR"}}])
async def test_days_on_which_nobody_works_do_not_count(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    """Asked on a Thursday before Christmas: Friday the 25th is a holiday, and so is the 1st of January, a Friday."""
    company.clock.advance_to(datetime(2026, 12, 24, 10, 0, tzinfo=HOME))
    name = fresh("Jardin")
    await asks(ana, name, company)
    again = f"Votre demande 1 «\u00a0{name}\u00a0» n’a pas encore reçu de décision"

    async def standing() -> tuple[int, bool]:
        await company.settled()
        (request,) = await company.rows(Request)
        return request.offers, request.escalated_at is not None

    company.clock.advance_to(datetime(2026, 12, 29, 17, 0, tzinfo=HOME))  # three working days, had the 25th been one
    assert await standing() == (1, False)
    company.clock.advance_to(datetime(2026, 12, 30, 10, 5, tzinfo=HOME))
    await ana.is_told(again)
    assert "3 working days ago" in await alice.is_told("Take in charge", company.animators)
    assert await standing() == (2, False)
    company.clock.advance_to(datetime(2027, 1, 1, 17, 0, tzinfo=HOME))  # two more, had the 1st been one
    assert await standing() == (2, False)
    company.clock.advance_to(datetime(2027, 1, 4, 10, 10, tzinfo=HOME))
    await ana.is_told("a été transmise, pour qu’une décision soit prise")
    assert await standing() == (3, True)
    assert await state_of("1", company) == "waiting"
    await bob.types("community mine")
    await bob.is_told("You have asked for no community")
