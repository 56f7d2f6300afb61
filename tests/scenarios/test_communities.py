"""A community is asked for, decided on, opened and found, in the words of those who do it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from storage.communities import Community, Membership
from storage.outbox import Promise
from storage.people import Grant
from storage.requests import Card, Exchange, Request, Vote
from tests.humans import Human, eventually
from tests.humans.towns import EVERYWHERE
from tests.scenarios.company import Company

Fresh = Callable[[str], str]
EACH = pytest.mark.parametrize("where", EVERYWHERE)
PURPOSE = "Partager des graines et des conseils entre collègues"
WORK = "Préparer chaque lundi les plantations de la cour"


async def asks(who: Human, name: str, company: Company, line: str = "", *, purpose: str = PURPOSE) -> str:
    """Ask by one line; returns the number of the request."""
    await who.types(f"community request {name} --purpose {purpose} --work {WORK} {line} --yes")
    await company.settled()
    made = [each for each in await company.rows(Request) if json.loads(each.fields)["name"] == name]
    assert len(made) == 1, await who.reads()
    return str(made[0].id)


async def opened(company: Company, name: str, *states: str) -> Community:
    """Wait until the community of that name is open, or in one of `states`."""
    found: list[Community] = []

    async def there() -> bool:
        found[:] = await company.rows(Community, name=name)
        return bool(found) and found[0].state in (states or ("active", "pilot"))

    await eventually(there, f"{name} is open, not {[each.state for each in found]}")
    await company.settled()
    return found[0]


async def state_of(number: str, company: Company) -> str:
    return str((await company.rows(Request, id=int(number)))[0].state)


async def fill_request(who: Human, name: str, command: str = "community request", **summary: str) -> None:
    await who.types(command)
    assert await who.fills(name=name, purpose=PURPOSE, work=WORK) == {}
    assert await (who.fills(**summary) if summary else who.accepts()) == {}


# ---------------------------------------------------------------- the whole story


@EACH
async def test_a_community_is_asked_for_questioned_approved_and_opened_with_its_people_in_it(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    await fill_request(ana, name, "communaute demander", invitees=bob.external)
    assert "est transmise" in await ana.is_told(name)

    card = await alice.is_told(name, company.animators)
    for piece in (
        "ana",
        PURPOSE,
        WORK,
        "0 of 0 (limit 2)",
        "0 about the work itself, 0 of interest",
    ):
        assert piece in card, card

    await alice.presses("Ask a question", near=name, room=company.animators)
    await alice.fills(text="Which courtyard do you mean?")
    assert "Which courtyard" in await ana.is_told("alice a une question")
    await ana.presses("Répondre", near="Which courtyard")
    await ana.fills(text="Celle du bâtiment C")
    await alice.is_told("Celle du bâtiment C", company.animators)

    await alice.presses("Approve", near=name, room=company.animators)
    await ana.is_told("Bonne nouvelle")
    community = await opened(company, name)
    await ana.joins(community.room)
    assert await ana.topic(community.room) == PURPOSE
    assert name in "\n".join(await ana.pins(community.room))
    await ana.is_told("est ouverte")
    frozen = await alice.is_told("Approved by alice", company.animators)
    assert "Ask a question" in card
    assert "Ask a question" not in frozen

    assert not await bob.is_in(community.room), "nobody is added"
    await bob.presses("Join", near=name)
    await bob.is_told(f"Welcome to {name}")

    async def there() -> bool:
        return await bob.is_in(community.room)

    await eventually(there, "bob is in, or holds an invitation")
    assert str(community.review_on) > str(company.clock.now().date())


@EACH
async def test_everything_is_also_done_by_typing(ana: Human, alice: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Jardin")
    await ana.types(
        f"communauté demander {name} --but « {PURPOSE} » --travail {WORK} --intérêt --privée --raison la paie --oui"
    )
    card = await alice.is_told(name, company.animators)
    for piece in ("Interest", "Private", "la paie", "0 of 0 (limit 2). With this one: 1 of 1"):
        assert piece in card, card
    number = (await company.rows(Request))[0].id
    await alice.types(f"community ask {number} Who would be in it?", company.animators)
    await ana.is_told("Who would be in it?")
    await ana.types(f"communaute repondre {number} Les chefs d’équipe")
    await alice.is_told("Les chefs d’équipe", company.animators)
    await alice.types(f"community approve {number}", company.animators)
    community = await opened(company, name)
    assert (community.kind, community.visibility, community.reason) == ("interest", "private", "la paie")


async def test_a_card_is_frozen_in_every_room_of_the_animators(
    ana: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    second = await company.town.room(fresh("animateurs"), [alice, arthur], private=True)
    await company.stop()
    rooms = company._settings["rooms"]["animator"]
    rooms.append({"platform": rooms[0]["platform"], "room": second, "language": "fr"})
    await company.start()
    name = fresh("Jardin")
    await asks(ana, name, company)
    assert "Daily work" in await alice.is_told(name, company.animators)
    assert "Travail quotidien" in await arthur.is_told(name, second)
    await arthur.presses("Approuver", near=name, room=second)
    await alice.is_told("Approved by arthur", company.animators)
    frozen = await arthur.is_told("Approuvée par arthur", second)
    assert "Prendre en charge" not in frozen
    assert len(await company.rows(Card)) == 2


# ---------------------------------------------------------------- asking


async def test_a_look_alike_is_shown_before_sending_and_can_be_joined_instead(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    running = fresh("Running")
    number = await asks(bob, running, company, "--interest")
    await alice.types(f"community approve {number}", company.animators)
    community = await opened(company, running)

    await ana.types("community request")
    assert (
        await ana.fills(name=fresh("Course à pied"), purpose="Courir ensemble le midi", work="Fixer les départs") == {}
    )
    await ana.presses(f"Rejoindre plutôt «\u00a0{running}\u00a0»")
    await ana.is_told(f"Bienvenue dans {running}")
    assert await ana.is_in(community.room)
    assert len(await company.rows(Request)) == 1


async def test_a_second_lead_must_be_a_colleague(ana: Human, bob: Human, company: Company, fresh: Fresh) -> None:
    stranger = await company.town.person("eve", kind="stranger")
    await ana.types("community request")
    assert await ana.fills(name=fresh("Jardin"), purpose=PURPOSE, work=WORK) == {}
    wrong = await ana.fills(second=ana.external)
    assert "Vous en êtes déjà responsable" in wrong["second"]
    wrong = await ana.fills(second=stranger.external)
    assert "ne fait pas partie de l’organisation" in wrong["second"]
    assert await ana.fills(second=bob.external) == {}
    await ana.is_told("est transmise")
    (made,) = await company.rows(Request)
    assert json.loads(made.fields)["second"]


async def test_a_private_community_needs_a_reason(ana: Human, company: Company, fresh: Fresh) -> None:
    await ana.types("community request")
    assert await ana.fills(name=fresh("Jardin"), purpose=PURPOSE, work=WORK) == {}
    wrong = await ana.fills(visibility="private")
    assert "demande une raison" in wrong["reason"]
    assert not await company.rows(Request)
    assert await ana.fills(reason="On y parle de la paie") == {}
    await ana.is_told("est transmise")


async def test_a_request_is_corrected_and_withdrawn_while_it_waits(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, better = fresh("Jardin"), fresh("Potager")
    number = await asks(bob, name, company)
    await bob.presses("Correct it", near=name)
    await bob.fills(name=better)
    await bob.is_told("is corrected")
    card = await alice.is_told(f"Request {number}: {better}", company.animators)
    assert "Take in charge" in card
    await bob.types("community mine")
    await bob.is_told("waits for a decision; it is the only one")
    await bob.types(f"community withdraw {number}")
    await alice.is_told("Withdrawn by the person who asked", company.animators)
    await alice.types(f"community approve {number}", company.animators)
    await alice.is_told("was withdrawn")
    assert not await company.rows(Community)


async def test_the_requester_sees_their_place_in_the_queue(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    await asks(ana, fresh("Jardin"), company)
    number = await asks(bob, fresh("Photo"), company)
    assert "number 2 of the 2" in await bob.is_told(f"Your request {number}")
    await bob.types("community mine")
    await bob.is_told("waits for a decision: number 2 of 2")


# ---------------------------------------------------------------- deciding


async def test_a_refusal_is_revocable_then_told_with_its_reason_and_appealed_once(
    ana: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    number = await asks(ana, name, company)
    await alice.presses("Refuse", near=name, room=company.animators)
    await alice.fills(code="duplicate", text="Il y en a une à Lyon", alternative="Rejoindre Jardins de Lyon")
    await alice.is_told("Refused by alice", company.animators)
    await ana.is_not_told("ne l’a pas retenue")
    await alice.presses("Take back the refusal", near=name, room=company.animators)
    await company.settled()
    assert await state_of(number, company) == "waiting"

    await alice.types(f"community refuse {number} duplicate: Il y en a une à Lyon", company.animators)
    await company.settled()
    company.clock.advance(minutes=11)
    told = await ana.is_told("ne l’a pas retenue")
    for piece in ("Il en existe déjà une", "Il y en a une à Lyon"):
        assert piece in told, told
    await ana.presses("Demander un second regard", near="ne l’a pas retenue")
    await ana.fills(text="Celle de Lyon est à 400 km")
    await alice.is_told("second look at request", company.animators)
    await company.settled()
    again = str(max(each.id for each in await company.rows(Request)))
    assert again != number
    await alice.types(f"community approve {again}", company.animators)
    await alice.is_told("belongs to somebody else")
    assert await state_of(again, company) == "waiting"
    await arthur.types(f"communaute approuver {again}", company.animators)
    await opened(company, name)


@pytest.mark.parametrize("settings", [{"communities": {"private_before": 0}}])
async def test_beyond_the_quota_an_approval_needs_a_written_reason(
    ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Paie")
    number = await asks(ana, name, company, "--private --reason la paie")
    card = await alice.is_told(name, company.animators)
    assert "Over the quota" in card
    await alice.presses("Approve", near=name, room=company.animators)
    await alice.is_told("needs a written reason")
    await company.settled()
    assert await state_of(number, company) == "waiting"
    await alice.presses("Approve with a written reason")
    await alice.fills(text="Le comité l’a demandé")
    await opened(company, name)
    assert "Le comité l’a demandé" in await alice.is_told("Approved by alice", company.animators)


@pytest.mark.parametrize("settings", [{"communities": {"quorum_interest": 2}}])
async def test_some_kinds_need_two_who_agree(
    ana: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Photo")
    number = await asks(ana, name, company, "--interest")
    await alice.presses("Approve", near=name, room=company.animators)
    await alice.is_told("1 for, 0 against; 2 needed", company.animators)
    await alice.presses_again()
    await company.settled()
    assert await state_of(number, company) == "waiting"
    assert len(await company.rows(Vote)) == 1
    await arthur.presses("Approve", near=name, room=company.animators)
    await opened(company, name)


async def test_one_takes_it_in_charge_and_the_others_see_it(
    ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    await asks(ana, name, company)
    await alice.presses("Take in charge", near=name, room=company.animators)
    card = await alice.is_told("In charge", company.animators)
    assert name in card
    assert "alice" in card


async def test_what_animators_should_look_at_twice_is_on_the_card(
    ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Pionniers")
    await asks(ana, name, company)
    assert "gather enthusiasts" in await alice.is_told(name, company.animators)


# ---------------------------------------------------------------- never by silence


async def test_silence_offers_it_again_then_escalates_and_never_refuses(
    ana: Human, alice: Human, arthur: Human, odile: Human, company: Company, fresh: Fresh
) -> None:
    for who in (arthur, odile):
        await who.types("communaute miennes")  # so that their language is known
    name = fresh("Jardin")
    number = await asks(ana, name, company)
    company.clock.advance(days=3, minutes=5)  # Friday
    await ana.is_told("n’a pas encore reçu de décision")
    await arthur.is_told("Personne ne l’a encore prise en charge")
    await alice.is_told("is shown again below", company.animators)
    await company.settled()
    assert "Take in charge" in (await alice.reads(company.animators))[-1]
    company.clock.advance(days=4, minutes=5)  # Tuesday: two working days
    await ana.is_told("a été transmise, pour qu’une décision soit prise")
    company.clock.advance(days=20)
    await company.settled()
    assert await state_of(number, company) == "waiting"
    await odile.presses("Approuver", near=name)
    await opened(company, name)
    frozen = [text for text in await alice.reads(company.animators) if "Approved by odile" in text]
    assert frozen
    assert not any("Take in charge" in text for text in await alice.reads(company.animators))


# ---------------------------------------------------------------- opening


@EACH
async def test_a_second_lead_is_asked_and_leads_once_they_accept(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    await fill_request(ana, name, second=bob.external)
    await alice.presses("Approve", near=name, room=company.animators)
    community = await opened(company, name)
    assert not await bob.is_in(community.room)
    leads = await company.rows(Grant, role="lead")
    assert len(leads) == 1
    await bob.presses("Yes, I accept", near=name)
    await ana.is_told("bob accepte de s’occuper")

    async def there() -> bool:
        return await bob.is_in(community.room)

    await eventually(there, "bob is let in")
    assert len(await company.rows(Grant, role="lead")) == 2
    assert {each.role for each in await company.rows(Membership)} == {"lead"}


async def test_a_name_taken_on_the_platform_opens_under_another(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    await company.town.room(name.lower(), [bob], bot=False)
    number = await asks(ana, name, company)
    await alice.presses("Approve", near=name, room=company.animators)
    await alice.is_told("has a room called", company.animators)
    await ana.is_told("prend un peu plus de temps")
    other = f"{name} bis"
    await alice.types(f"community name {number} {other}", company.animators)
    community = await opened(company, other)
    assert await ana.is_in(community.room)
    assert "Try again" not in await alice.is_told("Approved by alice", company.animators)


async def test_where_creation_is_restricted_a_room_made_by_hand_is_taken_over(
    ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    await company.town.restrict_creation()
    await asks(ana, name, company)
    await alice.presses("Approve", near=name, room=company.animators)
    await alice.is_told("I am not allowed to create rooms", company.animators)
    made = await company.town.room(name.lower(), [alice])
    await alice.presses("I created it, take it over", near=name, room=company.animators)
    community = await opened(company, name)
    assert community.room == made
    await ana.joins(made)
    await ana.is_told("Welcome to", made)
    if company.town.ways.pins_anywhere:  # there, the bot has no rights in a room that others made
        assert name in "\n".join(await ana.pins(made))
    else:
        await alice.is_told("I have no rights in the room", company.animators)


STEPS = ("create", "topic", "people", "charter", "leads", "second", "invitees", "listed")


@pytest.mark.parametrize("where", ["memory"])
@pytest.mark.parametrize("moment", ["acted", *(pytest.param(m, marks=pytest.mark.slow) for m in ("before", "after"))])
@pytest.mark.parametrize("step", STEPS)
async def test_an_opening_killed_at_any_step_goes_on_and_says_everything_once(
    step: str, moment: str, ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    number = await asks(ana, name, company, f"--invite {bob.external}")
    company.dies_at(f"community.open.{step}.{moment}")
    await alice.types(f"community approve {number}", company.animators)
    await company.killed()
    company.clock.advance(seconds=15)  # what was under way at that moment is looked for only after its time limit
    await company.restart()
    community = await opened(company, name)
    assert await ana.is_in(community.room)
    assert await ana.room_named(name) == community.room
    for who, room, text in (
        (ana, None, "Bonne nouvelle"),
        (ana, None, "Vous en êtes responsable"),
        (bob, None, "invites you to the new community"),
        (ana, community.room, "Welcome to"),
    ):
        told = [each for each in await who.reads(room) if text in each and name in each]
        assert len(told) == 1, (text, told)
    assert len(await ana.pins(community.room)) == 1
    assert not await company.rows(Promise, state="dead")


# ---------------------------------------------------------------- directory


@EACH
async def test_the_directory_finds_by_theme_and_lets_people_in(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Photographie")
    number = await asks(ana, name, company, "--interest")
    await alice.types(f"community approve {number}", company.animators)
    community = await opened(company, name)
    await bob.types("community list camera")
    await bob.is_told(name)
    await bob.presses(f"Join {name}", near=name)
    await bob.is_told(f"Welcome to {name}")
    assert await bob.is_in(community.room)
    await bob.types("community list plumbing")
    await bob.is_told("I found no community about that")


async def test_a_private_community_is_in_nobodys_list(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Paie")
    number = await asks(ana, name, company, "--private --reason la paie")
    await alice.types(f"community approve {number}", company.animators)
    community = await opened(company, name)
    await bob.types("community list")
    await bob.is_told("There is no community yet")
    await bob.types(f"community join {community.id}")
    await bob.is_told("I know no community")
    assert not await bob.is_in(community.room)


# ---------------------------------------------------------------- traces


@EACH
async def test_texts_of_people_stay_where_they_belong(ana: Human, alice: Human, company: Company, fresh: Fresh) -> None:
    """What was delivered is emptied; the question is kept with the request alone."""
    name = fresh("Jardin")
    number = await asks(ana, name, company)
    await alice.types(f"community ask {number} Quelle cour exactement ?", company.animators)
    await ana.is_told("Quelle cour exactement")
    await company.settled()
    exchanges: list[Any] = await company.rows(Exchange)
    assert [each.question for each in exchanges] == ["Quelle cour exactement ?"]
    left = [each for each in await company.rows(Promise, state="sent") if "Quelle cour" in each.body]
    assert not left
