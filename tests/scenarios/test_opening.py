"""What happened between the request and the opening, and after it: who left, who stopped, who was asked in vain."""

from __future__ import annotations

import pytest
import structlog
from sqlalchemy import update
from sqlmodel import col

from nudges.communities import rules
from storage.audit import Entry, Erasable
from storage.communities import Community, Membership
from storage.outbox import Promise
from storage.people import Account, Grant
from storage.requests import Request
from tests.humans import Human, eventually
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_communities import PURPOSE, Fresh, asks, fill_request, opened


async def leaves(who: Human, company: Company) -> None:
    """Somebody is known to have left the organisation."""
    async with company.store.write() as session:
        gone = update(Account).where(col(Account.external_id) == who.external).values(kind="gone")
        await session.exec(gone, execution_options={"synchronize_session": False})


async def becomes(company: Company, community: Community, state: str) -> None:
    """Wait until a community is in a state."""

    async def there() -> bool:
        return bool(await company.rows(Community, id=community.id, state=state))

    await eventually(there, f"{community.name} is {state}")
    await company.settled()


# ---------------------------------------------------------------- who is not told yet


@pytest.mark.parametrize("where", ["memory"])
@pytest.mark.parametrize("released", [False])
async def test_before_the_release_who_asked_hears_that_invitations_wait_and_what_comes_next(
    ana: Human, bob: Human, alice: Human, odile: Human, company: Company, fresh: Fresh
) -> None:
    french, english = fresh("Jardin"), fresh("Contracts")
    for who, invited, name, purpose in ((ana, bob, french, PURPOSE), (bob, ana, english, "Read them together")):
        await asks(who, name, company, f"--invite {invited.external}", purpose=purpose)
        await alice.presses("Approve", near=name, room=company.animators)
        await opened(company, name)
    told = await ana.is_told(f"{french}\u00a0» est ouverte")
    assert "Une invitation attend" in told
    assert "pas si cela prend plus de 7 jours" in told
    assert f"communaute rejoindre {french}" in told
    assert "One invitation waits" in await bob.is_told(f"“{english}” is open")
    await bob.is_not_told("invites you")
    await odile.types("relance informes 2026-11-20 Par courriel")
    await odile.types("relance apercu")
    await odile.presses("Confirmer ces mots")
    await odile.is_told("C’est confirmé")
    await bob.is_told("invites you to the new community")


@pytest.mark.parametrize("where", ["memory"])
async def test_in_a_hush_who_asked_hears_that_invitations_are_not_sent(
    ana: Human, bob: Human, alice: Human, odile: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    await asks(ana, name, company, f"--invite {bob.external}")
    await odile.types("relance treve 2026-12-07")
    await odile.is_told("La trêve commence")
    await alice.presses("Approve", near=name, room=company.animators)
    await opened(company, name)
    assert "avant le lundi 7 décembre 2026, donc une invitation n’est pas envoyée" in await ana.is_told("est ouverte")
    await bob.types(f"community join {name}")
    await bob.is_told(name)


# ---------------------------------------------------------------- who left meanwhile


async def test_with_its_requester_gone_animators_are_told_and_find_another_lead(
    bob: Human, ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    await fill_request(bob, name, second=ana.external)
    await company.settled()
    await leaves(bob, company)
    await alice.presses("Approve", near=name, room=company.animators)
    community = await opened(company, name)
    assert "is no longer a member" in await alice.is_told("nobody leads it", company.animators)
    assert community.leaderless_at is not None
    assert not await company.rows(Grant, role="lead")
    assert not await company.rows(Promise, name=f"opening:{community.request_id}:told")
    await alice.types(f"community hand-over {community.id} {ana.external}")
    await alice.presses("Ask them", near=name)
    await ana.presses("Oui, j’accepte", near=name)

    async def led() -> bool:
        return bool(await company.rows(Membership, community_id=community.id, role="lead"))

    await eventually(led, "ana leads it")
    (kept,) = await company.rows(Community, id=community.id)
    assert kept.leaderless_at is None


async def test_of_an_invitee_and_a_second_lead_who_left_both_sides_are_told(
    ana: Human, bob: Human, diane: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    await fill_request(ana, name, second=diane.external, invitees=bob.external)
    await company.settled()
    await leaves(bob, company)
    await leaves(diane, company)
    await alice.presses("Approve", near=name, room=company.animators)
    await opened(company, name)
    told = await alice.is_told("are no longer members", company.animators)
    for who in ("bob", "diane"):
        assert who in told, told
    greeted = {each.person_id for each in await company.rows(Promise) if each.name.startswith("greeting:")}
    gone = {each.person_id for each in await company.rows(Account, kind="gone")}
    assert not greeted & gone, "who is no member is not greeted"
    heard = await ana.is_told("Vous en êtes responsable")
    assert "diane" in heard, heard
    assert "bob" in heard, heard
    await ana.presses("Demander à quelqu’un d’autre", near="Vous en êtes responsable")
    assert await ana.fills(person=alice.external) == {}
    await alice.is_told("proposes that you look after")


# ---------------------------------------------------------------- a second lead


@pytest.mark.parametrize("where", ["memory"])
async def test_a_member_of_a_private_community_is_asked_to_lead_and_one_who_declines_stays_in_it(
    bob: Human, ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Payroll")
    await ana.types("parvis")
    number = await asks(bob, name, company, "--private --reason payslips")
    await alice.types(f"community approve {number}", company.animators)
    community = await opened(company, name)
    await company.app.platforms[PLATFORM].invite(community.room, [ana.external])
    await ana.joins(community.room)
    await company.settled()
    await bob.types(f"community second {number} {ana.external}")
    await bob.is_told("ana is asked to look after")
    await ana.presses("Non, merci", near="propose de vous occuper")
    await ana.is_told("Merci de l’avoir dit")
    await ana.types(f"community info {name}")
    await ana.is_not_told("Je ne connais pas")


@pytest.mark.parametrize("where", ["memory"])
async def test_who_leads_again_after_having_left_is_let_in_again(
    bob: Human, ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Payroll")
    await fill_request(bob, name, visibility="private", reason="payslips", second=ana.external)
    await company.settled()
    await alice.presses("Approve", near=name, room=company.animators)
    community = await opened(company, name)

    async def inside() -> bool:
        return await ana.is_in(community.room)

    await ana.types(f"community accept {community.id}")
    await eventually(inside, "ana is let in")
    await company.settled()
    await ana.joins(community.room)
    await company.settled()
    await ana.leaves(community.room)
    await company.settled()
    assert not await inside()
    await bob.types(f"community second {community.request_id} {ana.external}")
    await company.settled()
    await ana.types(f"community accept {community.id}")
    await eventually(inside, "ana is let in again")

    async def told_again() -> bool:
        return sum("ana accepts" in each for each in await bob.reads()) == 2

    await eventually(told_again, "bob is told of each answer")


@pytest.mark.parametrize("where", ["memory"])
async def test_nobody_accepts_to_lead_what_is_closed_and_they_are_told(
    bob: Human, ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Payroll")
    await fill_request(bob, name, second=ana.external)
    await company.settled()
    await alice.presses("Approve", near=name, room=company.animators)
    community = await opened(company, name)
    await bob.types(f"community close {name}")
    await bob.presses("Close it", near=name)
    await becomes(company, community, "closed")
    await ana.is_told("il n’y faut plus personne")
    await ana.types(f"community accept {community.id}")
    await company.settled()
    assert {each.role for each in await company.rows(Membership)} == {"lead", "invited"}
    assert len(await company.rows(Grant, role="lead")) == 1


# ---------------------------------------------------------------- invitations


@pytest.mark.parametrize("where", ["memory"])
async def test_an_invitation_says_how_to_stop_it_and_none_reaches_who_did(
    bob: Human, ana: Human, diane: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Seeds")
    await diane.types("parvis arreter")
    await diane.is_told("Compris")
    await ana.types("parvis")
    await fill_request(bob, name, invitees=f"{ana.external} {diane.external}")
    await company.settled()
    await alice.presses("Approve", near=name, room=company.animators)
    await opened(company, name)
    told = await ana.is_told("vous invite dans la nouvelle communauté")
    assert "Répondez-moi seulement" in told
    await diane.is_not_told("vous invite")
    await ana.presses("Répondez-moi seulement", near="vous invite")
    await ana.is_told("Compris")


@pytest.mark.parametrize("where", ["memory"])
async def test_invitations_share_the_one_budget(
    bob: Human, ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    await ana.types("parvis")
    names = [fresh(each) for each in ("Seeds", "Photo", "Running", "Cooking")]
    for name in names:
        await fill_request(bob, name, invitees=ana.external)
        await company.settled()
        await alice.presses("Approve", near=name, room=company.animators)
        await opened(company, name)
    invited = [each for each in await ana.reads() if "vous invite dans la nouvelle communauté" in each]
    assert len(invited) == 3, invited
    (held,) = await company.rows(Promise, state="later", kind="community.invitation")
    assert held.error == "not_now", "the budget is smaller for who asked for less, which is nobody's affair"


# ---------------------------------------------------------------- the first message


async def test_the_first_message_is_the_introduction_though_somebody_else_named_them(
    bob: Human, ana: Human, diane: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Seeds")
    await fill_request(bob, name, second=ana.external, invitees=diane.external)
    await company.settled()
    await alice.presses("Approve", near=name, room=company.animators)
    await opened(company, name)
    for who, asked in ((ana, "vous propose de vous occuper"), (diane, "vous invite dans la nouvelle communauté")):
        await who.is_told(asked)
        first, *others = await who.reads()
        assert "Bonjour, je suis Parvis" in first
        assert "parvis arreter" in first
        assert not [each for each in others if "Bonjour, je suis Parvis" in each]
    await ana.presses("Oui, j’accepte", near=name)
    await ana.is_told("le chemin pour entrer arrive")
    assert len([each for each in await ana.reads() if "Bonjour, je suis Parvis" in each]) == 1


@pytest.mark.parametrize("where", ["memory"])
async def test_the_introduction_keeps_to_the_hours_of_what_it_precedes_unless_they_speak_first(
    bob: Human, ana: Human, diane: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Seeds")
    await fill_request(bob, name, second=ana.external, invitees=diane.external)
    await company.settled()
    company.clock.advance(hours=10)
    await alice.types(f"community approve {(await company.rows(Request))[-1].id}", company.animators)
    await opened(company, name)
    assert not await ana.reads()
    assert not await diane.reads()
    await ana.types("parvis")
    await company.settled()
    introduced, answered = await ana.reads()
    assert "Bonjour, je suis Parvis" in introduced
    assert "Bonjour" not in answered
    assert not await diane.reads()
    company.clock.advance(hours=14)
    await ana.is_told("vous propose de vous occuper")
    await diane.is_told("vous invite")
    for who in (ana, diane):
        assert ["Bonjour, je suis Parvis" in each for each in await who.reads()].index(True) == 0
        assert sum("Bonjour, je suis Parvis" in each for each in await who.reads()) == 1


# ---------------------------------------------------------------- names stay where they belong


@pytest.mark.parametrize("where", ["memory"])
async def test_no_name_of_a_community_or_a_person_is_in_the_trail_or_the_log(
    ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    zdenka = await company.person("zdenka", language="en")
    name, other = fresh("Layoffs in Lyon"), fresh("Redundancies")
    with structlog.testing.capture_logs() as logged:
        await company.town.restrict_creation()
        await zdenka.types("parvis")
        number = await asks(zdenka, name, company, "--private --reason payslips")
        await alice.types(f"community approve {number}", company.animators)
        await alice.is_told("I am not allowed to create rooms", company.animators)
        await alice.types(f"community adopt {number}", company.animators)
        card = await alice.is_told("I could not find a private room", company.animators)
        assert "What the platform said" not in card
        await company.town.restrict_creation(restricted=False)
        await alice.types(f"community retry {number}", company.animators)
        community = await opened(company, name)
        await zdenka.types(f"community rename {name}: {other}")
        await zdenka.presses("Rename it", near=other)
        await becomes(company, community, "active")
        await zdenka.types(f"community close {other}")
        await zdenka.presses("Close it", near=other)
        await becomes(company, community, "closed")
        stray = await company.town.room("hiring-freeze", [alice, ana], bot=True)
        company.clock.advance(hours=9)
        await company.settled()
        await alice.types("community adopt hiring-freeze")
        assert await alice.fills(name="Hiring freeze", purpose=PURPOSE, kind="business", lead=alice.external) == {}

        async def adopted() -> bool:
            return bool(await company.rows(Community, room=stray))

        await eventually(adopted, "the room is a community")
        await company.settled()
    entries = await company.rows(Entry)
    assert {"community.rename", "community.close", "community.adopt"} <= {each.action for each in entries}
    written = [f"{each.action} {each.subject} {each.before} {each.after}" for each in entries]
    written += [str(each) for each in logged]
    told = [
        (word, each)
        for word in ("layoffs", "redundancies", "hiring", "zdenka", "alice", "payslips")
        for each in written
        if word in each.casefold()
    ]
    assert not told
    kept = {each.text for each in await company.rows(Erasable)}
    assert {rules.slugify(other), "hiring-freeze"} <= kept, "what changed can be read, until it is erased"
