"""Profiles: what is missing is named and filled, in the words of those whose profile it is."""

from __future__ import annotations

from datetime import datetime

import pytest

from storage.people import Account
from storage.profiles import OwnValue, Reminder
from storage.roster import Entry
from tests.humans import Human, eventually
from tests.humans.towns import AT_EASE, PLAINLY
from tests.scenarios.company import HOME, PLATFORM, Company
from tests.scenarios.test_communities import Fresh

HERE = ["memory"]
AT_ONCE = {"first_after_days": 0, "first_within_days": 0}
FACE = [{"name": "picture", "kind": "picture", "sources": ["platform"], "weight": 10}]
SKILLS = {
    "name": "skills",
    "label": {"en": "skills", "fr": "compétences"},
    "why": {"en": "They are found by who needs them.", "fr": "On les trouve quand on en a besoin."},
    "sources": [f"{PLATFORM}:org.example.skills"],
    "weight": 10,
}
REMINDED = ("One thing is missing", "Il manque une chose")


async def reminds(company: Company, **after: float) -> None:
    """Time passes, a minute if nothing else is said, and whoever is due and may be told now is told."""
    await company.releases()
    company.clock.advance(**(after or {"minutes": 1}))
    await company.looked()
    await company.app.sweep.look()
    await company.settled()


async def reminders(human: Human, of: str = "") -> int:
    """How many times somebody was reminded. of: of which field, as it is called; "" for any."""
    return len([text for text in await human.reads() if any(each in text for each in REMINDED) and of in text])


async def is_met(human: Human, company: Company) -> None:
    """They say a first word to the bot, so that it knows them, and is done with its introduction."""
    await human.types("parvis")
    await human.is_told("Parvis")
    await company.settled()


async def told_times(human: Human, text: str, times: int) -> None:
    """Wait until they were told something so many times."""

    async def there() -> bool:
        return len([each for each in await human.reads() if text in each]) == times

    await eventually(there, f"{human.name} is told {text!r} {times} times")


async def outsiders(company: Company, square: str) -> list[Human]:
    """A guest and somebody of another company, as far as there are any here, in a room with everybody and the bot."""
    kinds = [kind for kind in ("guest", "stranger") if kind in company.town.ways.kinds]
    found = [await company.town.person(f"gil-{kind}", kind=kind) for kind in kinds]
    await company.town.room(square, [company.people["bob"], *found])
    return found


# ---------------------------------------------------------------- the everyday road


@pytest.mark.parametrize("where", PLAINLY)
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


@pytest.mark.parametrize("where", AT_EASE)
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


@pytest.mark.parametrize("where", AT_EASE)
@pytest.mark.parametrize("settings", [{"profiles": {"first_within_days": 0, "fields": [SKILLS]}}])
async def test_a_field_of_the_platforms_own_is_asked_for_there_and_noticed_there(bob: Human, company: Company) -> None:
    """On Slack a custom field, on Matrix an extended one: nothing tells that it changed, and no list holds it."""
    await is_met(bob, company)
    await reminds(company, days=2, hours=1)  # who is about to be reminded is looked at first
    await bob.is_not_told("One thing is missing")
    await reminds(company, hours=23.5)
    told = await bob.is_told("One thing is missing from your profile: skills.")
    assert "They are found by who needs them." in told
    assert "Only you can change it: open your profile" in told
    assert "Fill in" not in told
    await bob.sets_profile("org.example.skills", "Grafting")
    await bob.is_not_told("I saw it")
    company.clock.advance(minutes=11)
    await bob.types("profile")
    await bob.is_told("Thank you, I saw it: skills is in your profile now.")
    company.clock.advance(minutes=1)
    await bob.types("profile")
    await bob.is_told("Grafting")


@pytest.mark.parametrize("where", AT_EASE)
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
    page = await bob.is_told("from the company’s list, as you confirmed")
    assert "Gardener" in page


@pytest.mark.parametrize("where", AT_EASE)
async def test_colleagues_see_what_is_there_alone_and_what_one_prefers_not_to_say_counts(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    strangers = await outsiders(company, fresh("square"))
    await is_met(ana, company)
    await bob.types("profile edit topics")
    assert await bob.fills(value="Seeds, and how to keep them") == {}
    await bob.types("profile prefer-not languages")
    await company.settled()
    await ana.types(f"profil @{bob.external.removeprefix('@')}")
    shown = await ana.is_told("Seeds, and how to keep them")
    assert "sujets de compétence" in shown
    assert "langues" not in shown
    assert "manque" not in shown
    for number, each in enumerate((*(who.external for who in strangers), company.town.nobody), start=1):
        await ana.types(f"profil @{each.removeprefix('@')}")
        await told_times(ana, "Je ne connais pas de collègue", number)

    await ana.types("profil ne-pas-dire langues")
    said = await ana.is_told("Compris")
    assert "langues parlées" in said
    await ana.presses("Annuler", near="Compris")
    page = await ana.is_told("Comme c’était avant")
    assert "langues parlées (compte pour 10)\u00a0: manque" in page
    assert [each.field for each in await company.rows(OwnValue)] == ["topics", "languages"], "they are bob’s"


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
    page = await bob.is_told("from your profile here")
    assert "Head of gardeners" in page


# ---------------------------------------------------------------- corner cases


@pytest.mark.parametrize("where", HERE)
async def test_one_sees_what_is_missing_and_fills_it_here(bob: Human, company: Company) -> None:
    await bob.types("profile")
    page = await bob.is_told("Your profile")
    assert "Profile complete: 0 %" in page
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
    assert "Profile complete: 33 %" in kept
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


@pytest.mark.parametrize("where", HERE)
async def test_ones_page_says_how_full_it_is(bob: Human, company: Company) -> None:
    await bob.types("parvis me")
    assert "Your profile: 0 %. Next: what you do" in await bob.is_told("Your page")
    await bob.presses("My profile")
    await bob.is_told("Profile complete")
