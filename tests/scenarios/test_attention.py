"""What people say of unasked messages, from each of these messages and from their own page; silence; a hush."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot import attention
from bot.attention import SILENCE
from bot.nudge import To
from bot.say import Say, plain
from nudges import NUDGES
from storage import contacts
from storage.contacts import Contact
from storage.outbox import Promise
from storage.people import Account, Person
from storage.wishes import Wish
from tests.humans import Human, eventually
from tests.humans.towns import AT_EASE, FIRST_IN_MEMORY
from tests.scenarios.company import HOME, PLATFORM, Company, release
from tests.scenarios.test_profiles import told_times
from tests.scenarios.watering import Watering

KIND = "community.invitation"
OTHERS = ("community.monday.look", "watering", "feeding")


async def person_of(company: Company, human: Human) -> int:
    (account,) = await company.rows(Account, platform=PLATFORM, external_id=human.external)
    return int(account.person_id)


async def writes(company: Company, human: Human, text: str, *, kind: str = KIND, asks: bool = True) -> None:
    """The bot has something to say to somebody, unasked."""
    person, now = await person_of(company, human), company.clock.now()
    async with company.store.write() as session:
        plan = company.app.outbox.within(session, now)
        await plan.tell(
            To(person=person, platform=PLATFORM), Say(lines=(plain(text),)), name=text, kind=kind, asks=asks
        )
    company.app.outbox.wake()
    await company.settled()


async def meets(company: Company, human: Human) -> None:
    """They have known the bot for long."""
    await human.types("parvis")
    await company.settled()
    async with company.store.write() as session:
        person = await session.get(Person, await person_of(company, human))
        assert person
        person.greeted_at = company.clock.now() - timedelta(days=60)
        session.add(person)


async def wish(company: Company, human: Human, kind: str = "") -> Wish | None:
    found = [each for each in await company.rows(Wish, kind=kind) if each.person_id == await person_of(company, human)]
    return found[0] if found else None


@pytest.mark.parametrize("where", AT_EASE)
async def test_one_has_it_later_none_of_its_kind_or_nothing_at_all(bob: Human, company: Company) -> None:
    await meets(company, bob)
    await writes(company, bob, "First come.")
    first = await bob.is_told("First come.")
    assert "You get this once" in first, "why it came"
    for way in ("Later", "No more of these", "Only answer me"):
        assert way in first

    await bob.presses("Later", near="First come.")
    await bob.is_told("none of these: invitations to communities")
    company.clock.advance(days=7, minutes=1)
    await writes(company, bob, "Second come.")
    await bob.is_not_told("Second come.")
    company.clock.advance(days=7, minutes=1)
    await company.settled()
    await bob.is_told("Second come.")

    await bob.presses("No more of these", near="Second come.")
    await bob.is_told("none of these any more: invitations to communities")
    company.clock.advance(days=7, minutes=1)
    await writes(company, bob, "Third come.")
    await writes(company, bob, "Look here.", kind="community.monday.look")
    await bob.is_told("Look here.")
    await bob.is_not_told("Third come.")

    await bob.presses("Only answer me", near="Look here.")
    await bob.is_told("Nobody else learns of this")
    company.clock.advance(days=7, minutes=1)
    await writes(company, bob, "Look again.", kind="community.monday.look")
    await bob.is_not_told("Look again.")
    await bob.types("parvis start")
    await bob.is_told("I will write to you rarely")
    await writes(company, bob, "Welcome again.")
    await bob.is_told("Welcome again.")
    assert {each.error for each in await company.rows(Promise, state="dropped")} == {"not_now"}


@pytest.mark.parametrize("where", AT_EASE)
async def test_what_may_be_sent_stands_on_ones_own_page(ana: Human, company: Company) -> None:
    await meets(company, ana)
    await writes(company, ana, "Venez.")
    await ana.is_told("Venez.")
    await ana.types("parvis moi")
    page = await ana.is_told("Ce que je peux vous écrire de moi-même")
    assert "rarement, quand cela peut aider" in page
    assert "1 sur 1 au plus en 7 jours" in page
    assert "mardi 1er décembre 2026" in page, page
    await ana.presses("Moins souvent", near="rarement, quand")
    await ana.is_told("au plus un message spontané en 30 jours")
    await ana.types("parvis plus-tard 10")
    await ana.is_told("je n’écris pas de moi-même avant le vendredi 4 décembre 2026")
    await ana.types("parvis arreter-sorte community.monday.look")
    await ana.is_told("les communautés à regarder dans la semaine")
    await ana.types("parvis moi")
    page = await ana.is_told("au plus un message en 30 jours")
    assert "tout ce que vous n’avez pas demandé, pas avant le vendredi 4 décembre 2026" in page
    assert "Ce que vous ne voulez plus" in page


@pytest.mark.parametrize("where", AT_EASE)
async def test_all_of_it_can_be_typed_and_what_is_wrong_is_said(bob: Human, company: Company) -> None:
    for typed, told in (
        ("parvis snooze 0", "I did not understand for how long"),
        ("parvis snooze 366", "365 at most"),
        ("parvis snooze everything", "invitations to communities"),
        ("parvis stop-kind newsletter", "I send nothing of that name"),
        ("parvis snooze Invitations 3", "Friday 27 November 2026, none of these: invitations"),
        ("parvis snooze community.invitation 3", "Friday 27 November 2026, none of these: invitations"),
        ("parvis plus-tard", "Tuesday 8 December 2026"),
        ("parvis start community.invitation", "These may come again: invitations"),
        ("parvis leave-me-be", "I only answer when you ask"),
        ("parvis laissez-moi", "I only answer when you ask"),
        ("parvis less", "that still holds"),
        ("parvis davantage", "rarely, when it can help"),
        ("parvis start community.invitatoin", "nothing was changed"),
        ("parvis undo", "nothing of that left to undo"),
        ("parvis annuler snooze - hier -", "nothing of that left to undo"),
    ):
        before = len([text for text in await bob.reads() if told in text])
        await bob.types(typed)
        await told_times(bob, told, before + 1)
    (person,) = [each for each in await company.rows(Person) if each.stopped_at]
    assert person.id == await person_of(company, bob), "less, or more, does not end a stop"

    await bob.types("parvis stop-kind")
    await bob.presses("the week’s communities to look at")
    await bob.is_told("none of these any more")
    await bob.presses("Undo", near="none of these any more")
    await bob.is_told("Undone")
    stopped = await wish(company, bob, "community.monday.look")
    assert stopped is None or stopped.stopped_at is None


@pytest.mark.parametrize("where", AT_EASE)
async def test_undoing_takes_back_one_thing_and_nothing_else(bob: Human, company: Company) -> None:
    await bob.types(f"parvis stop-kind {KIND}")
    await bob.is_told("none of these any more")
    await bob.types("parvis snooze")
    await bob.is_told("I will not write on my own before")
    await bob.presses("Undo", near="I will not write on my own before")
    await bob.is_told("Undone")
    stopped, put_off = await wish(company, bob, KIND), await wish(company, bob)
    assert stopped is not None
    assert stopped.stopped_at is not None
    assert put_off is None or put_off.snoozed_until is None
    await bob.types(f"parvis snooze {KIND} 3")
    await bob.is_told("27 November 2026, none of these")
    await bob.presses("Undo", near="27 November 2026, none of these")
    await bob.is_told("You want none of these")


@pytest.mark.parametrize("where", ["memory"])
async def test_undoing_something_older_does_not_end_what_was_said_since(bob: Human, company: Company) -> None:
    await bob.types("parvis snooze 30")
    await bob.is_told("I will not write on my own before Thursday 24 December 2026")
    await bob.types("parvis snooze 3")
    await bob.is_told("I will not write on my own before Friday 27 November 2026")
    await bob.presses("Undo", near="24 December")
    await bob.is_told("nothing of that left to undo")
    await bob.presses("Undo", near="27 November")
    await bob.is_told("You put this off until Thursday 24 December 2026")
    await bob.types("parvis stop")
    await bob.is_told("I only answer")
    await bob.presses("Undo", near="before Thursday 24 December")
    await bob.is_told("that still holds")
    (person,) = [each for each in await company.rows(Person) if each.stopped_at]
    assert person.id == await person_of(company, bob)


@pytest.mark.parametrize("where", ["memory"])
async def test_a_typing_error_lets_nobody_write_again_who_was_told_not_to(bob: Human, company: Company) -> None:
    await bob.types("parvis stop")
    await bob.is_told("I only answer")
    await bob.types("parvis start community.invitatoin")
    await bob.is_told("nothing was changed")
    await bob.types(f"parvis start {KIND}")
    await bob.is_told("You asked me only to answer you, and that still holds")
    assert [each.id for each in await company.rows(Person) if each.stopped_at] == [await person_of(company, bob)]


async def silent(company: Company, human: Human, kinds: Sequence[str] = (KIND, KIND, KIND)) -> None:
    """Three times the bot asked for something, in three weeks, and heard nothing. kinds: of each of these contacts."""
    await meets(company, human)
    for number, kind in enumerate(kinds):
        await writes(company, human, f"Come number {number}.", kind=kind)
        await human.is_told(f"Come number {number}.")
        company.clock.advance(days=7, minutes=5)


@pytest.mark.parametrize("where", FIRST_IN_MEMORY)
@pytest.mark.parametrize("capabilities", [(*NUDGES, Watering().nudge())])
async def test_the_bot_falls_silent_over_all_features_says_so_once_and_is_woken_by_any_word(
    bob: Human, company: Company
) -> None:
    await release(company.store, (KIND, *OTHERS), company.clock.now())
    *three, fourth = (KIND, *OTHERS)
    await silent(company, bob, three)
    await writes(company, bob, "Come once more.", kind=fourth)
    told = await bob.is_told("My last 3 messages needed a word from you")
    assert "Less often" in told
    await bob.is_not_told("Come once more.")
    company.clock.advance(days=10)
    await company.settled()
    assert len([each for each in await bob.reads() if "needed a word" in each]) == 1
    await bob.presses("Less often", near="needed a word")
    await bob.is_told("once in 30 days at most")
    company.clock.advance(days=20)
    await writes(company, bob, "Come in peace.")
    await bob.is_told("Come in peace.")
    company.clock.advance(days=29)
    await writes(company, bob, "Come too soon.")
    await bob.is_not_told("Come too soon.")


@pytest.mark.parametrize("where", ["memory"])
async def test_that_it_falls_silent_is_said_after_a_hush_that_came_between(
    bob: Human, odile: Human, company: Company
) -> None:
    await silent(company, bob)
    company.clock.advance(hours=9)

    async def planned() -> bool:
        return [each.state for each in await company.rows(Promise, kind=SILENCE)] == ["later"]

    await eventually(planned, "it is to be said in the morning")
    await odile.types("relance treve 2026-12-20")
    await odile.is_told("La trêve commence")
    for _ in range(4):
        company.clock.advance(days=1)
        await company.settled()
    assert [each.state for each in await company.rows(Promise, kind=SILENCE)] == ["dropped"]
    company.clock.advance_to(datetime(2026, 12, 21, 10, 0, tzinfo=HOME))
    await bob.is_told("My last 3 messages needed a word from you")
    company.clock.advance(days=10)
    await company.settled()
    assert len([each for each in await bob.reads() if "needed a word" in each]) == 1


@pytest.mark.parametrize("where", ["memory"])
async def test_a_hush_drops_what_nobody_asked_for_and_lets_decisions_be(
    bob: Human, ana: Human, company: Company
) -> None:
    await meets(company, bob)
    await meets(company, ana)
    until = datetime(2026, 12, 1, 9, 0, tzinfo=HOME)
    async with company.store.write() as session:
        await attention.hush(session, company.clock.now(), until)
    await writes(company, bob, "Come.")
    await writes(company, bob, "Decide.", kind="decision")
    await bob.is_told("Decide.")
    await bob.types("parvis me")
    page = await bob.is_told("Quiet in the whole company")
    assert "nothing, to anybody, before Tuesday 1 December 2026" in page
    company.clock.advance_to(until + timedelta(hours=1))
    await writes(company, ana, "Venez.")
    await ana.is_told("Venez.")
    await bob.is_not_told("Come.")


@pytest.mark.parametrize("where", ["memory"])
async def test_any_word_answers_what_was_asked(bob: Human, company: Company) -> None:
    await meets(company, bob)
    await writes(company, bob, "Come.")
    await bob.types("parvis me")
    await company.settled()
    async with company.store.read() as session:
        open_ = select(Contact).where(col(Contact.asks), col(Contact.answered_at).is_(None))
        assert not (await session.exec(open_)).all()
        held: list[Any] = await contacts.held(session, await person_of(company, bob))
    assert [each.kind for each in held if each.asks] == [KIND]
