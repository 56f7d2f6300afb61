"""Profiles: what is missing is named and filled, in the words of those whose profile it is."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from storage.people import Account
from storage.profiles import OwnValue, Reminder
from storage.roster import Entry
from tests.humans import Human
from tests.humans.towns import ON_MATRIX
from tests.scenarios.company import HOME, PLATFORM, Company

HERE = ["memory"]
EVERYWHERE = ["memory", "slack", ON_MATRIX[0]]
AT_ONCE = {"first_after_days": 0, "first_within_days": 0}
FACE = [{"name": "picture", "kind": "picture", "sources": ["platform"], "weight": 10}]


async def reminds(company: Company) -> None:
    """A minute passes, and whoever is due and may be told now is told."""
    await company.releases()
    company.clock.advance(minutes=1)
    await company.app.sweep.look()
    await company.settled()


async def is_met(human: Human, company: Company) -> None:
    """They say a first word to the bot, so that it knows them, and is done with its introduction."""
    await human.types("parvis")
    await human.is_told("Parvis")
    await company.settled()


# ---------------------------------------------------------------- the everyday road


@pytest.mark.parametrize("where", EVERYWHERE)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE}])
async def test_one_is_reminded_of_one_field_fills_it_there_and_is_thanked(bob: Human, company: Company) -> None:
    await is_met(bob, company)
    await reminds(company)
    told = await bob.is_told("One thing is missing from your profile: what you do.")
    assert "Colleagues who look for somebody see at once whom they have found." in told
    assert "at 0\u00a0%; with this it would be at 33\u00a0%" in told.replace(" %", "\u00a0%")
    assert "You get this because your organisation asks everybody" in told
    await bob.presses("Fill in: what you do")
    assert await bob.fills(value="Head of seeds") == {}
    assert "Head of seeds" in await bob.is_told("Thank you. Colleagues now see in Parvis")
    await company.settled()
    ours = await company.rows(Reminder, field="title")
    assert [(each.step, each.over) for each in ours if each.over] == [(1, "answered")]


@pytest.mark.parametrize("where", EVERYWHERE)
@pytest.mark.parametrize("settings", [{"profiles": {**AT_ONCE, "fields": FACE}}])
async def test_what_the_platform_alone_can_hold_is_changed_there_noticed_and_thanked(
    bob: Human, company: Company
) -> None:
    await is_met(bob, company)
    await reminds(company)
    told = await bob.is_told("One thing is missing from your profile: picture.")
    assert "Only you can change it: open your profile" in told
    assert "Fill in" not in told
    await bob.sets_profile("picture", "yes")
    thanks = await bob.is_told("Thank you, I saw it: picture is in your profile now.")
    assert "Your profile is complete now." in thanks
    await company.settled()
    assert len([text for text in await bob.reads() if "I saw it" in text]) == 1


# ---------------------------------------------------------------- corner cases


@pytest.mark.parametrize("where", HERE)
async def test_one_sees_what_is_missing_and_fills_it_here(bob: Human, company: Company) -> None:
    await bob.types("profile")
    page = await bob.is_told("Your profile")
    assert "How full it is: 0 %" in page
    assert "what you do (weighs 30): missing" in page
    assert "department: only the administrators can fill it in" in page
    assert "Next: what you do." in page
    await bob.presses("Fill in: what you do")
    wrong = await bob.fills(value="n/a")
    assert wrong == {"value": wrong["value"]}
    assert "tells colleagues nothing" in wrong["value"]
    assert await bob.fills(value="  Head of   seeds ") == {}
    kept = await bob.is_told("Colleagues now see")
    assert "Head of seeds" in kept
    assert "How full it is: 33 %" in kept
    assert "Next: what colleagues can ask you about." in kept
    (own,) = await company.rows(OwnValue)
    assert (own.field, own.value, own.state) == ("title", "Head of seeds", "kept")


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": {**AT_ONCE, "fields": FACE}}])
async def test_who_changes_their_profile_at_night_is_thanked_at_once_but_not_woken_when_it_is_noticed_later(
    ana: Human, bob: Human, company: Company
) -> None:
    await is_met(ana, company)
    await is_met(bob, company)
    await reminds(company)
    await ana.is_told("profil")
    await bob.is_told("One thing is missing from your profile: picture.")
    company.clock.advance_to(datetime(2026, 11, 24, 22, 30, tzinfo=HOME))
    await bob.sets_profile("picture", "yes")
    await bob.is_told("Thank you, I saw it")
    at_night = await company.app.platforms[PLATFORM].profile(ana.external)
    async with company.store.write() as session:  # as the round of all people does
        changed = at_night.model_copy(update={"fields": {"picture": "yes"}})
        await company.app.parts.meet_all(session, PLATFORM, [changed], company.clock.now())
    company.app.outbox.wake()
    await ana.is_not_told("je l’ai vu")
    company.clock.advance_to(datetime(2026, 11, 25, 9, 1, tzinfo=HOME))
    await ana.is_told("je l’ai vu")


@pytest.mark.parametrize("where", HERE)
async def test_what_one_prefers_not_to_say_counts_and_can_be_taken_back(ana: Human, company: Company) -> None:
    await ana.types("profil ne-pas-dire langues")
    said = await ana.is_told("Compris")
    assert "langues parlées" in said
    await ana.presses("Annuler")
    page = await ana.is_told("Comme c’était avant")
    assert "langues parlées (compte pour 10)\u00a0: manque" in page
    assert not await company.rows(OwnValue)


@pytest.mark.parametrize("where", HERE)
async def test_a_colleague_is_shown_by_what_is_there_alone(ana: Human, bob: Human, company: Company) -> None:
    await ana.types("parvis")
    await company.settled()
    await bob.types("profile edit topics")
    assert await bob.fills(value="Seeds, and how to keep them") == {}
    await bob.types("profile prefer-not languages")
    await company.settled()
    await ana.types(f"profil @{bob.external}")
    shown = await ana.is_told("Seeds, and how to keep them")
    assert "sujets de compétence" in shown
    assert "langues" not in shown
    assert "manque" not in shown
    await ana.types("profil Nobody")
    await ana.is_told("Je ne connais pas de collègue du nom de")


@pytest.mark.parametrize("where", HERE)
async def test_a_guest_is_nobody_here(bob: Human, company: Company) -> None:
    guest = await company.person("gil", kind="guest", language="en")
    await company.settled()
    await bob.types(f"profile @{guest.external}")
    await bob.is_told("I know of no colleague called")


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE}])
async def test_three_reminders_without_a_word_and_then_none(ana: Human, company: Company) -> None:
    await is_met(ana, company)
    seen = []
    for days in (0, 7, 14, 60, 300):
        company.clock.advance(days=days)
        await reminds(company)
        seen.append(len([text for text in await ana.reads() if "Il manque une chose" in text]))
    assert seen == [1, 2, 3, 3, 3]


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE}])
async def test_a_word_about_anything_stops_it(bob: Human, company: Company) -> None:
    await is_met(bob, company)
    await reminds(company)
    await bob.is_told("One thing is missing")
    company.clock.advance(days=2)
    await bob.types("community list")
    await company.settled()
    for _ in range(4):
        company.clock.advance(days=7)
        await reminds(company)
    assert len([text for text in await bob.reads() if "One thing is missing" in text]) == 1


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE}])
async def test_what_is_put_off_comes_back_and_nothing_of_the_kind_where_they_say_so(
    ana: Human, bob: Human, company: Company
) -> None:
    for human in (ana, bob):
        await is_met(human, company)
    await reminds(company)
    await bob.is_told("One thing is missing")
    await bob.presses("Later", near="One thing is missing")
    await ana.is_told("Il manque une chose")
    await ana.presses("Arrêter ces messages-là", near="Il manque une chose")
    await company.settled()
    company.clock.advance(minutes=2)
    await company.settled()
    for _ in range(6):
        company.clock.advance(days=7)
        await company.settled()
        await reminds(company)
    assert len([text for text in await bob.reads() if "One thing is missing" in text]) == 3
    assert len([text for text in await ana.reads() if "Il manque une chose" in text]) == 1


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE}])
async def test_what_the_company_says_is_right_with_one_press(bob: Human, company: Company) -> None:
    await is_met(bob, company)
    async with company.store.write() as session:
        mine = Entry(key="b", job="Gardener", created_at=company.clock.now(), changed_at=company.clock.now())
        (account,) = await company.rows(Account, external_id=bob.external)
        mine.person_id = account.person_id
        session.add(mine)
    await reminds(company)
    told = await bob.is_told("The company’s list says the following")
    assert "Gardener" in told
    await bob.presses("Yes, that is right")
    await bob.is_told("Thank you. Confirmed")
    await bob.types("profile")
    await bob.is_told("Gardener (from the company’s list, as you confirmed)")


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE}])
async def test_each_is_reminded_in_their_own_working_hours_and_language(company: Company) -> None:
    """It is ten in Paris: evening in Nouméa, and four in the morning in Montréal."""
    noumea = await company.person("nina", language="fr", zone="Pacific/Noumea")
    montreal = await company.person("mo", language="en", zone="America/Montreal")
    for human in (noumea, montreal):
        await is_met(human, company)
    await reminds(company)
    for human, text in ((noumea, "Il manque une chose"), (montreal, "One thing is missing")):
        await human.is_not_told(text)
    company.clock.advance_to(datetime(2026, 11, 24, 8, 50, tzinfo=ZoneInfo("America/Montreal")))
    await reminds(company)
    await montreal.is_not_told("One thing is missing")
    company.clock.advance(minutes=15)
    await reminds(company)
    await montreal.is_told("One thing is missing")
    await noumea.is_not_told("Il manque une chose")
    company.clock.advance_to(datetime(2026, 11, 25, 9, 5, tzinfo=ZoneInfo("Pacific/Noumea")))
    await reminds(company)
    await noumea.is_told("Il manque une chose")


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE, "working_time": {"country": "FR"}}])
async def test_nobody_is_reminded_in_the_night_the_clocks_change_nor_on_a_holiday(bob: Human, company: Company) -> None:
    await is_met(bob, company)
    company.clock.advance_to(datetime(2026, 12, 24, 18, 30, tzinfo=HOME))  # Christmas is a Friday, the week-end follows
    for when in (
        datetime(2026, 12, 25, 10, 0, tzinfo=HOME),
        datetime(2027, 3, 28, 2, 30, tzinfo=HOME),  # there is no such hour: a Sunday
        datetime(2027, 3, 29, 10, 0, tzinfo=HOME),  # Easter Monday
    ):
        company.clock.advance_to(when)
        await reminds(company)
        await bob.is_not_told("One thing is missing")
        assert all(row.next_at is not None for row in await company.rows(Reminder)), "it stays due"
    company.clock.advance_to(datetime(2027, 3, 30, 9, 5, tzinfo=HOME))
    await reminds(company)
    await bob.is_told("One thing is missing")


EVERY_DAY = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE, "working_time": EVERY_DAY}])
async def test_what_is_due_in_the_hour_that_never_happens_comes_at_nine_of_the_new_time(company: Company) -> None:
    """14 March 2027 in Montréal, where Sundays are worked here; in Nouméa clocks never change."""
    montreal = await company.person("mo", language="en", zone="America/Montreal")
    noumea = await company.person("nina", language="fr", zone="Pacific/Noumea")
    for human in (montreal, noumea):
        await is_met(human, company)
    home = ZoneInfo("America/Montreal")
    company.clock.advance_to(datetime(2027, 3, 14, 6, 30, tzinfo=UTC))  # half past one, and then it is three
    for when in (datetime(2027, 3, 14, 7, 0, tzinfo=UTC), datetime(2027, 3, 14, 8, 55, tzinfo=home)):
        company.clock.advance_to(when)
        await reminds(company)
        await montreal.is_not_told("One thing is missing")
    company.clock.advance_to(datetime(2027, 3, 14, 9, 5, tzinfo=home))
    await reminds(company)
    await montreal.is_told("One thing is missing")
    await noumea.is_not_told("Il manque une chose")  # past midnight there
    company.clock.advance_to(datetime(2027, 3, 15, 9, 5, tzinfo=ZoneInfo("Pacific/Noumea")))
    await reminds(company)
    await noumea.is_told("Il manque une chose")


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE}])
async def test_whoever_left_by_the_roster_hears_nothing_more(bob: Human, company: Company) -> None:
    await is_met(bob, company)
    await reminds(company)
    await bob.is_told("One thing is missing")
    (account,) = await company.rows(Account, external_id=bob.external)
    async with company.store.write() as session:
        now = company.clock.now()
        session.add(Entry(key="b", person_id=account.person_id, state="left", created_at=now, changed_at=now))
    for _ in range(4):
        company.clock.advance(days=7)
        await reminds(company)
    assert len([text for text in await bob.reads() if "One thing is missing" in text]) == 1


@pytest.mark.parametrize("where", HERE)
async def test_ones_page_says_how_full_it_is(bob: Human, company: Company) -> None:
    await bob.types("parvis me")
    assert "Your profile: 0 %. Next: what you do" in await bob.is_told("Your page")
    await bob.presses("My profile")
    await bob.is_told("How full it is")


@pytest.mark.parametrize("where", ["memory", "slack"])
async def test_where_others_fill_it_on_the_platform_so_may_one(ana: Human, bob: Human, company: Company) -> None:
    await is_met(ana, company)
    await ana.sets_profile("title", "Cheffe des semences")
    await is_met(bob, company)
    await bob.types("profile")
    await bob.is_told("Or fill it in where everybody sees it: open your profile")
    await bob.presses("Fill in: what you do")
    assert await bob.fills(value="Gardener") == {}
    await bob.is_told("Thank you. Colleagues now see in Parvis")
    await bob.sets_profile("title", "Head of gardeners")
    await company.settled()
    await bob.types("profile")
    await bob.is_told("Head of gardeners (from your profile here)")
