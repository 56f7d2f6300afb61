"""What people meet on the way: true ages, names as they write them, what they began before, another second lead."""

from __future__ import annotations

import pytest

from storage.communities import Community, Membership
from storage.dialogues import Dialogue
from storage.people import Account
from storage.requests import Card, Request
from tests.humans import Human, eventually
from tests.humans.towns import ON_MATRIX, ON_SLACK
from tests.scenarios.company import Company
from tests.scenarios.test_communities import PURPOSE, WORK, Fresh, asks, fill_request, opened

# ---------------------------------------------------------------- the age of what waits


@pytest.mark.parametrize("where", ["memory", *ON_SLACK])
async def test_a_card_that_waits_says_its_true_age_in_every_room_without_a_new_post(
    ana: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    second = await company.town.room(fresh("animateurs"), [alice, arthur], private=True)
    await company.stop()
    rooms = company._settings["rooms"]["animator"]
    rooms.append({"platform": rooms[0]["platform"], "room": second, "language": "fr"})
    await company.start()
    name = fresh("Jardin")
    await asks(ana, name, company)
    posted = len(await alice.reads(company.animators))
    assert "working day" not in await alice.is_told(name, company.animators)
    company.clock.advance(days=1, minutes=5)
    assert name in await alice.is_told("one working day ago", company.animators)
    assert name in await arthur.is_told("il y a un jour ouvré", second)
    company.clock.advance(days=1)
    assert name in await alice.is_told("2 working days ago", company.animators)
    await company.settled()
    assert len(await alice.reads(company.animators)) == posted, "edited in place"
    edits = [each.edits for each in await company.rows(Card)]
    company.clock.advance(hours=3)
    await company.settled()
    assert [each.edits for each in await company.rows(Card)] == edits == [2, 2]


# ---------------------------------------------------------------- names


async def test_people_are_named_as_colleagues_call_them(ana: Human, bob: Human, company: Company, fresh: Fresh) -> None:
    """On Slack a modal has a picker; there a line of text is the place for names."""
    await bob.types("community mine")  # met before
    await company.settled()
    name = fresh("Jardin")
    if company.where.startswith("slack"):
        await asks(ana, name, company, "--invite Bob")
    else:
        await fill_request(ana, name, invitees="BOB")
    await ana.is_told("est transmise")
    (account,) = await company.rows(Account, external_id=bob.external)
    (made,) = await company.rows(Request)
    assert f'"invitees": [{account.person_id}]' in made.fields


@pytest.mark.parametrize("where", ["memory", "lines", *ON_SLACK])
async def test_a_name_that_two_colleagues_have_is_refused_with_the_way_to_say_which(
    ana: Human, company: Company, fresh: Fresh
) -> None:
    carls = [await company.person("carl"), await company.town.person("Carl")]
    for carl in carls:
        await carl.types("community mine")
    await company.settled()
    name = fresh("Jardin")
    await ana.types(f"community request {name} --purpose {PURPOSE} --work {WORK} --second carl --yes")
    if company.where.startswith("slack"):  # shown above the fields of the modal, whose picker is left empty
        assert await ana.fills(second=carls[1].external) == {}
    else:
        await company.settled()
        wrong = await ana.fills(second="Carl")
        assert "Plusieurs collègues s’appellent" in wrong["second"]
        for carl in carls:
            assert carl.external in wrong["second"]
        assert await ana.fills(second=carls[1].external) == {}
    await ana.is_told("est transmise")
    (account,) = await company.rows(Account, external_id=carls[1].external)
    (made,) = await company.rows(Request)
    assert f'"second": {account.person_id}' in made.fields


# ---------------------------------------------------------------- what was begun before


@pytest.mark.parametrize("where", ["lines", *ON_MATRIX])
async def test_what_was_begun_before_is_put_aside_and_taken_up_again_after_a_restart(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, other = fresh("Jardin"), fresh("Photo")
    await bob.types("community request")
    await bob.is_told("What will it be called?")
    await bob.says(name)
    await bob.is_told("What is it for?")
    await bob.types(f"community request {other}")
    told = await bob.is_told("Question 2 of 3")
    await bob.is_told("were put aside for a day; write “resume”")
    await company.settled()
    told = next(each for each in reversed(await bob.reads()) if "put aside" in each)
    assert told.startswith("Your answers to “Ask for a community” were put aside")
    await company.restart()
    await bob.says("resume")
    await company.settled()
    await bob.says(PURPOSE)
    await bob.says(WORK)
    review = await bob.is_told("Look at it again on")
    assert name in review
    assert other not in review
    await bob.says("ok")
    await bob.is_told("has been handed to the people who decide")
    await bob.is_told("are still put aside")
    states = [each.state for each in await company.rows(Dialogue)]
    assert sorted(states) == ["aside", "done"]


@pytest.mark.parametrize("where", ["lines"])
async def test_what_was_put_aside_is_forgotten_after_a_day(bob: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Jardin")
    await bob.types("community request")
    await bob.is_told("What will it be called?")
    await bob.says(name)
    await bob.is_told("What is it for?")
    await bob.types("community request")
    await bob.is_told("were put aside")
    company.clock.advance(hours=25)
    await company.settled()
    await bob.types("dialogue resume")
    await bob.is_told("Nothing is put aside any more")
    rows = await company.rows(Dialogue)
    assert [each.state for each in rows] == ["expired", "expired"]
    assert not any(name in each.answers for each in rows)


# ---------------------------------------------------------------- another second lead


@pytest.mark.parametrize("where", ["memory", *ON_SLACK, *ON_MATRIX])
async def test_when_the_second_lead_declines_another_is_named_and_asked(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    carl = await company.person("carl", language="en")
    zoe = await company.person("zoe", language="en")
    for each in (carl, zoe):
        await each.types("community mine")
    name = fresh("Jardin")
    await fill_request(ana, name, second=bob.external)
    await alice.presses("Approve", near=name, room=company.animators)
    community = await opened(company, name)
    assert "Demander à quelqu’un d’autre" in await ana.is_told("J’ai demandé à bob")
    await bob.presses("No, thank you", near=name)
    await ana.is_told("bob préfère ne pas s’occuper")

    await ana.presses("Demander à quelqu’un d’autre", near="bob préfère ne pas s’occuper")
    wrong = await ana.fills(person=bob.external)
    assert "préfère ne pas s’occuper" in wrong["person"], "nobody is asked twice"
    assert await ana.fills(person=carl.external) == {}
    await ana.is_told("J’ai demandé à carl de s’occuper de")
    await carl.is_told("Do you accept?")

    number = str(community.request_id)
    await ana.types(f"communaute second {number} {zoe.external}")  # carl never answers
    await ana.is_told("J’ai demandé à zoe de s’occuper de")
    await carl.is_told("has asked somebody else to look after")
    await zoe.presses("Yes, I accept", near=name)
    await ana.is_told("zoe accepte de s’occuper")

    async def there() -> bool:
        return await zoe.is_in(community.room)

    await eventually(there, "zoe is let in")
    await carl.presses("Yes, I accept", near=name)
    await carl.is_told("Nobody has asked you")
    await bob.types(f"community second {number} {carl.external}")
    await bob.is_told("I know no community of yours there")
    roles = sorted(each.role for each in await company.rows(Membership) if not each.declined_at)
    assert roles == ["invited", "lead", "lead"]


# ---------------------------------------------------------------- what several people see


async def there_is(company: Company, who: Human, animator: Human, name: str, purpose: str, line: str = "") -> Community:
    """A community that was asked for, approved and opened."""
    await who.types(f"community request {name} --purpose {purpose} --work Chaque lundi, {purpose} {line} --yes")
    await company.settled()
    made = (await company.rows(Request))[-1]
    await animator.types(f"community approve {made.id}", company.animators)
    return await opened(company, name)


async def test_the_charter_is_in_the_language_of_the_organisation_or_of_the_request(
    ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, other = fresh("Jardin"), fresh("Photo")
    community = await there_is(company, ana, alice, name, PURPOSE)
    await ana.joins(community.room)
    await ana.is_told(f"Welcome to {name}", community.room)
    if company.where.startswith("matrix"):
        return
    community = await there_is(company, ana, alice, other, "Montrer nos images de chantier", "--langue français")
    await ana.joins(community.room)
    await ana.is_told(f"Bienvenue dans {other}", community.room)


@pytest.mark.parametrize("where", ["lines"])
async def test_a_day_is_read_in_ones_own_language_before_sending(ana: Human, company: Company, fresh: Fresh) -> None:
    await ana.types(f"community request {fresh('Jardin')} --purpose {PURPOSE} --work {WORK} --review 2027-05-21")
    assert "vendredi 21 mai 2027" in await ana.is_told("À réexaminer le")


# ---------------------------------------------------------------- first contact and help


@pytest.mark.parametrize("where", ["memory", *ON_SLACK])
async def test_the_first_message_shows_communities_near_ones_work_or_says_they_are_the_newest(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    buying, other = fresh("Achats responsables"), fresh("Photo")
    for name, purpose in ((buying, "Comparer les offres de nos fournisseurs"), (other, "Montrer nos images")):
        await there_is(company, ana, alice, name, purpose)
        company.clock.advance(minutes=1)
    buyer = await company.person("zoe", title="Head of Procurement")
    await buyer.types("community mine")
    told = await buyer.is_told("near what your profile says of your work")
    near, newest = told.split("The newest communities:")
    assert buying in near
    assert other not in near
    assert other in newest
    newcomer = await company.person("carl")
    await newcomer.types("community mine")
    told = await newcomer.is_told("The newest communities:")
    assert "near what your profile says" not in told
    assert told.index(other) < told.index(buying)


async def test_help_shows_commands_as_ones_language_says_them(ana: Human, bob: Human, company: Company) -> None:
    await ana.types("parvis")
    told = await ana.is_told("Ce que vous pouvez me demander")
    assert "communaute demander [nom]" in told
    assert "community request" not in told
    assert "parvis reprendre" in told
    if not company.where.startswith("matrix"):
        await bob.types("parvis")
        assert "community request [name]" in await bob.is_told("What you can ask me")
