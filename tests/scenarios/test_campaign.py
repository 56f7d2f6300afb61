"""A campaign: taken over from a file, shown and moved in the chat, entered phase by phase; who comes is welcomed."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot import people
from bot.cli import FINE, Wrong, verbs
from bot.cli.opening import Desk
from bot.cli.voice import voice
from bot.lookup import fold
from nudges import launch
from nudges.launch import reaching
from storage.audit import Entry
from storage.campaigns import Campaign, CampaignLine, Newcomer
from storage.communities import Community
from storage.launch import Announcement, AnnouncementVersion
from storage.people import Account
from storage.pulse import PulseMark
from storage.releases import KindRelease
from storage.roster import Entry as Listed
from tests.humans import Human, eventually
from tests.humans.towns import AT_EASE, FIRST_PLAINLY
from tests.scenarios import announcing
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_launch_audience import enlist

LOCALES = Path("nudges/launch/locales")
"""In each run in memory; on Slack, where a plan is taken over and moved each time, in the long one."""
AT_ONCE = {"launch": {"first_wave": 0, "signed_in": "listed"}}
"""Everybody at once, whoever has an account."""
PLAN = """
name = "The network opens"
day_zero = 2027-01-18
owner = "{owner}"

[[line]]
key = "invitation"
when = "J-14 09:00"
title = "Come and see"
text = "Our network opens soon."
speaker = "{leader}"
invites = true
media = ["mail", "paper"]

[[line]]
key = "opening"
when = "J 09:00"
title = "It is open"
text = "Today our network **opens**."
speaker = "{leader}"
after = ["invitation"]

[[line]]
key = "thanks"
when = "J+70 09:00"
title = "Thank you"
text = "It lives."
speaker = "{leader}"
clock = "each"
"""


@pytest.fixture
def cleo(company: Company, bob: Human) -> Human:
    """Somebody who looks after communication, and reads English."""
    return bob


@pytest.fixture
async def at_work(company: Company, cleo: Human, diane: Human) -> None:
    """Cleo may prepare announcements, and the bot has met the leader."""
    company.settings["roles"]["comms"] = [f"{PLATFORM}:{cleo.external}"]
    await company.restart()
    await cleo.types("campaign")
    await cleo.is_told("There is no campaign")


def desk(company: Company) -> Desk:
    """Where the administrator types, beside the bot."""
    config = company.config()
    beside = config.model_copy(update={"database": config.database.model_copy(update={"url": company.url})})
    return Desk(Path(), beside, voice({}, more=[LOCALES]))


async def imports(company: Company, text: str, **options: Any) -> str:
    """What the administrator is told who takes over a plan. Raises Wrong."""
    nudge = launch.nudge
    (verb,) = [each for each in nudge.verbs if each.path == ("launch", "plan")]
    file = Path(company.url.partition("///")[2]).with_name("opening.toml")
    file.write_text(text, "utf-8")
    with redirect_stdout(StringIO()) as out:
        assert await verbs.done(desk(company), nudge, verb, company.clock.now, file, **options) == FINE
    return out.getvalue()


def plan(cleo: Human, diane: Human, text: str = PLAN) -> str:
    account = f"{PLATFORM}:{{}}"
    return text.replace("{owner}", account.format(cleo.external)).replace("{leader}", account.format(diane.external))


async def times(company: Company) -> dict[str, str]:
    return {each.step: each.local for each in await company.rows(Announcement)}


@pytest.mark.parametrize("where", AT_EASE)
async def test_a_plan_is_taken_over_looked_at_and_moved(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    said = await imports(company, plan(cleo, diane), dry_run=True)
    assert "3 lines would change; nothing was changed" in said
    assert await company.rows(Campaign) == []
    said = await imports(company, plan(cleo, diane))
    assert "day zero Monday 18 January 2027" in said
    assert "3 lines were taken over into campaign 1" in said
    said = await imports(company, plan(cleo, diane))
    assert "3 lines are as they were" in said
    assert "nothing had to be changed" in said
    assert len(await company.rows(AnnouncementVersion)) == 3

    await ana.types("campagne")
    await ana.is_told("Ceci revient à un autre rôle")
    await cleo.types("campaign show 1")
    shown = await cleo.is_told("Campaign 1: The network opens")
    assert "J-14 · Monday 4 January 2027" in shown
    assert "J · Monday 18 January 2027" in shown
    assert "to those who have not signed in yet, by e-mail and on paper" in shown
    assert "after invitation" in shown
    assert "Europe/Paris" in shown
    await cleo.types("campaign move 1 25 January")
    await cleo.is_told("Nothing has been moved yet")
    assert (await times(company))["opening"] == "2027-01-18T09:00"
    await cleo.presses("Move all", near="Nothing has been moved yet")
    await cleo.is_told("3 lines were moved with it")
    assert await times(company) == {
        "invitation": "2027-01-11T09:00", "opening": "2027-01-25T09:00", "thanks": "2027-04-05T09:00",
    }  # fmt: skip
    instants = {each.step: each.at for each in await company.rows(Announcement)}
    assert instants["opening"] == datetime(2027, 1, 25, 8, 0, tzinfo=UTC)
    assert instants["thanks"] == datetime(2027, 4, 5, 7, 0, tzinfo=UTC), "nine stays nine in summer"
    said = await imports(company, plan(cleo, diane))
    assert "Day zero stays on Monday 25 January 2027" in said
    assert "3 lines are as they were" in said


EACH = """
name = "Good morning"
day_zero = 2026-11-26
owner = "{owner}"

[[line]]
key = "morning"
when = "J 09:00"
title = "Good morning"
text = "It is open."
speaker = "{leader}"
clock = "each"
"""


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [AT_ONCE])
async def test_an_hour_of_each_ones_own_clocks_begins_in_the_east(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    kenji = await company.person("kenji", zone="Asia/Tokyo")
    await kenji.types("parvis")
    await kenji.is_told("Parvis")
    await company.releases()
    text = plan(cleo, diane, EACH)
    with pytest.raises(Wrong) as error:
        await imports(company, text.replace("J 09:00", "J 10:30"), day_zero="2026-11-24")
    assert "Tuesday 24 November 2026, 10:30 is over already where some colleagues are" in str(error.value)
    said = await imports(company, text)
    assert "Thursday 26 November 2026, 09:00 (Europe/Paris)" in said
    (made,) = await company.rows(Announcement)
    assert made.at == datetime(2026, 11, 26, 0, 0, tzinfo=UTC)
    await cleo.types("campaign move 1 24 November")
    await cleo.is_told("09:00 is over")
    await cleo.types("campaign move 1 27 November")
    shown = await cleo.is_told("Nothing has been moved yet")
    assert shown.count("09:00") == 2
    await cleo.presses("Move all", near="Nothing has been moved yet")
    await cleo.is_told("1 line was moved with it")
    await announcing.confirmed(cleo, await announcing.looked_at(cleo))
    await diane.presses("Signer", near="pour votre signature")
    await cleo.is_told("diane signed")

    async def has(human: Human) -> bool:
        company.app.wake()
        await company.looked()
        await company.settled()
        return any("It is open." in each for each in await human.reads())

    company.clock.advance_to(datetime(2026, 11, 27, 0, 0, 20, tzinfo=UTC))
    await eventually(lambda: has(kenji), "it is nine in Tokyo")
    assert not await has(ana), "it is one in the morning in Paris"
    company.clock.advance_to(datetime(2026, 11, 27, 8, 0, 20, tzinfo=UTC))
    await eventually(lambda: has(ana), "it is nine in Paris")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [AT_ONCE])
async def test_a_signature_does_not_outlive_a_move(company: Company, at_work: None, cleo: Human, diane: Human) -> None:
    await company.acquainted()
    await imports(company, plan(cleo, diane))
    await signs(cleo, diane, 2, "It is open")
    await cleo.types("announce cancel 1")
    await cleo.is_told("is given up")
    await cleo.types("campaign move 1 25 January")
    shown = await cleo.is_told("Nothing has been moved yet")
    assert "it must be signed anew" in shown
    assert "stays as it is (given up)" in shown
    assert "The number of people that was confirmed of 1 of them is void then" in shown
    await cleo.presses("Move all", near="Nothing has been moved yet")
    told = await cleo.is_told("1 of them must be signed anew")
    assert "The number of people that was confirmed of 1 of them is void." in told
    rows = {each.step: each for each in await company.rows(Announcement)}
    assert {step: (each.state, each.local[:10]) for step, each in rows.items()} == {
        "opening": ("signing", "2027-01-25"), "invitation": ("cancelled", "2027-01-04"),
        "thanks": ("draft", "2027-04-05"),
    }  # fmt: skip
    assert rows["opening"].counted is None
    await diane.is_told("Modifiée depuis la signature de diane")
    await diane.presses("Signer", near="Modifiée depuis la signature de diane")
    await cleo.is_told("is signed, but nobody has confirmed")
    assert await state_of(company, "opening") == "signed"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_what_changed_meanwhile_is_shown_again(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await imports(company, plan(cleo, diane))
    await cleo.types("campaign move 1 25 January")
    await cleo.is_told("Nothing has been moved yet")
    await imports(company, plan(cleo, diane).replace("J+70 09:00", "J+70 10:00"))
    await cleo.presses("Move all", near="Nothing has been moved yet")
    await cleo.is_told("Something changed since that was shown, so nothing was moved")
    assert (await times(company))["opening"] == "2027-01-18T09:00"
    for words, answer in (
        ("campaign move 1 19 November 2026", "is over. Which day to come?"),
        ("campaign move 1 soon", "is not understood here"),
        ("campaign move 1", "To which day?"),
        ("campaign move 1 18 January", "is Monday 18 January 2027 already"),
        ("campaign move 7 25 January", "There is no campaign 7"),
        ("campaign move 1 1 December", "cannot go from"),
        ("campaign show 9", "There is no campaign 9"),
    ):
        await cleo.types(words)
        await cleo.is_told(answer)
    assert (await company.rows(Campaign))[0].day_zero == date(2027, 1, 18)


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("nth", [pytest.param(1, marks=pytest.mark.slow), 3, pytest.param(0, marks=pytest.mark.slow)])
async def test_a_bot_that_dies_while_day_zero_moves_moves_it_whole(
    company: Company, at_work: None, cleo: Human, diane: Human, nth: int
) -> None:
    await imports(company, plan(cleo, diane))
    await cleo.types("campaign move 1 25 January")
    await cleo.is_told("Nothing has been moved yet")
    before = await times(company)
    company.dies_at("campaign.line" if nth else "intake.handled", nth or 1)

    def reach(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE announcement SET at="):
            company.death.reach("campaign.line")

    event.listen(company.app.store._writing.sync_engine, "before_cursor_execute", reach)
    await cleo.presses("Move all", near="Nothing has been moved yet")
    await company.killed()
    held = [each.day_zero for each in await company.rows(Campaign)]
    if nth:
        assert (await times(company), held) == (before, [date(2027, 1, 18)]), "nothing is half"
    company.clock.advance(seconds=15)
    await company.restart()
    await cleo.is_told("3 lines were moved with it")
    assert await times(company) == {
        "invitation": "2027-01-11T09:00", "opening": "2027-01-25T09:00", "thanks": "2027-04-05T09:00",
    }  # fmt: skip
    assert [each.day_zero for each in await company.rows(Campaign)] == [date(2027, 1, 25)]
    assert len([each for each in await company.rows(Entry) if each.action == "campaign.move"]) == 1
    assert sum("were moved with it" in each for each in await cleo.reads()) == 1


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_file_that_is_wrong_changes_nothing_and_says_where(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    text = plan(cleo, diane).replace("J 09:00", "J 25h").replace('after = ["invitation"]', 'after = ["thanks"]')
    text = text.replace('clock = "each"', 'after = ["opening"]')
    with pytest.raises(Wrong) as error:
        await imports(company, text)
    assert "line 21, after: these lines wait for one another: opening (15) and thanks (23)" in str(error.value)
    assert "Nothing was changed." in str(error.value)
    with pytest.raises(Wrong) as error:
        await imports(company, plan(cleo, diane), day_zero="2027-04-12", zone="Europe/Paris", owner="nobody")
    assert "“nobody” is nobody of communication" in str(error.value)
    with pytest.raises(Wrong) as error:
        await imports(company, plan(cleo, diane).replace("J 09:00", "J 02:30"), day_zero="2027-03-28")
    assert "line 17, when: 02:30 does not exist on Sunday 28 March 2027 in Europe/Paris" in str(error.value)
    with pytest.raises(Wrong) as error:
        await imports(company, plan(cleo, cleo))
    assert "is no leader; write diane" in str(error.value)
    assert await company.rows(Campaign) == await company.rows(Announcement) == []


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_an_edited_plan_changes_what_differs_and_no_more(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await imports(company, plan(cleo, diane))
    text = plan(cleo, diane).replace("Thank you", "Thanks").replace('media = ["mail", "paper"]', "")
    text = text[: text.index('[[line]]\nkey = "opening"')] + text[text.index('[[line]]\nkey = "thanks"') :]
    said = await imports(company, text, dry_run=True)
    assert "gone from the plan" in said
    assert "3 lines would change" in said
    await imports(company, text)
    rows = {each.step: each for each in await company.rows(Announcement)}
    assert (rows["opening"].state, rows["thanks"].version, rows["invitation"].version) == ("cancelled", 2, 1)
    assert {each.key: each.media for each in await company.rows(CampaignLine)} == {"invitation": "", "thanks": ""}
    said = await imports(company, plan(cleo, diane))
    assert "new" in said, "what was taken out may come back"
    trail = [each.after for each in await company.rows(Entry) if each.action == "campaign.import"]
    assert len(trail) == 3
    warned = "Everything in this campaign is said in the chat: who has not signed in yet hears nothing of it"
    assert warned not in said, "its invitation is said by e-mail and on paper"
    text = plan(cleo, diane).replace('media = ["mail", "paper"]', "").replace("[[line]]", '[[line]]\nmedia = ["chat"]')
    assert warned in await imports(company, text)
    await cleo.types("campaign show 1")
    await cleo.is_told(warned)


HOLDS = {"launch": {"phases": {"pilot": {"departments": ["Sales"], "holds": ["profile.reminder"]}}}}


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [HOLDS])
async def test_a_phase_says_whom_it_reaches_and_what_waits(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await company.releases()
    said = await imports(company, plan(cleo, diane))
    assert "Its announcements reach Sales, and nobody beyond." in said

    async def paused() -> bool:
        return any(each.paused for each in await company.rows(KindRelease) if each.kind == "profile.reminder")

    assert await paused()
    await cleo.types("campaign phase 1 launch")
    shown = await cleo.is_told("would go from the phase pilot to launch")
    assert "profile.reminder" in shown
    assert await paused(), "nothing has changed yet"
    await cleo.presses("To the launch", near="would go from the phase pilot")
    await cleo.is_told("is in the phase launch now")
    assert not await paused()
    await cleo.types("campaign phase 1 launch")
    await cleo.is_told("is in that phase already")
    await cleo.types("campaign phase 1 party")
    await cleo.is_told("Which phase?")


PILOT = {"launch": {"signed_in": "listed", "phases": {"pilot": {"departments": ["Sales"]}}}}


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [PILOT])
async def test_a_phase_that_reaches_others_asks_for_their_number_again(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    await company.acquainted()
    few = [(f"s{n}", "Sales") for n in range(6)] + [(f"f{n}", "Finance") for n in range(7)]
    await enlist(company, few, matched=[cleo, ana])
    await imports(company, plan(cleo, diane))
    await signs(cleo, diane, 2, "It is open")
    (before,) = [each.counted for each in await company.rows(Announcement) if each.step == "opening"]
    await cleo.types("campaign phase 1 run")
    shown = await cleo.is_told("would go from the phase pilot")
    then = re.findall(rf"Announcement 2 “It is open”: {before} people before, (\d+) people then", shown)
    assert int(then[0]) >= before + 7
    assert "The number of people that was confirmed of 1 of them is void then" in shown
    assert "Announcement 3" not in shown, "nobody confirmed or signed that"
    await cleo.presses("To the run", near="would go from the phase pilot")
    told = await cleo.is_told("is in the phase run now")
    assert f"Announcement 2 “It is open”: {before} people before, {then[0]} people then" in told
    (made,) = [each for each in await company.rows(Announcement) if each.step == "opening"]
    assert (made.state, made.counted, made.previewed) == ("signed", None, "")
    await cleo.presses("Preview it", near="is in the phase run now")
    await cleo.presses(f"Confirm: {then[0]} people", near="Preview of announcement 2")
    await cleo.is_told(f"“It is open” is for {then[0]} people")


async def works(company: Company, human: Human, department: str, place: str) -> None:
    """The company's list says where somebody works."""
    at = company.clock.now()
    async with company.store.write() as session:
        person = await people.find(session, PLATFORM, human.external, at)
        about = {"key": human.external, "department": department, "more": json.dumps({"Location": place})}
        session.add(Listed.model_validate({**about, "person_id": person, "created_at": at, "changed_at": at}))


async def there_is(company: Company, name: str, visibility: str = "public", state: str = "active") -> Community:
    """A community, as if it had been opened."""
    about = {"name": name, "slug": fold(name), "purpose": "Share", "work": "Help", "kind": "business"}
    at = {"platform": PLATFORM, "created_at": company.clock.now(), "visibility": visibility, "state": state}
    async with company.store.write() as session:
        made = Community.model_validate({**about, **at})
        session.add(made)
    return made


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_who_comes_for_the_first_time_is_welcomed_once(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await company.releases()
    await imports(company, plan(cleo, diane))
    company.clock.advance(minutes=6)
    nina = await company.person("nina", language="en")
    await nina.types("parvis")
    await nina.is_told("Parvis")
    await works(company, nina, "Procurement", "Lyon")
    for name, visibility in (("Achats", "public"), ("Courir à Lyon", "public"), ("Achats secrets", "private")):
        await there_is(company, name, visibility)
    company.clock.advance(minutes=6)

    async def noted() -> bool:
        return bool(await company.rows(Newcomer))

    await eventually(noted, "somebody new is noticed")
    for _ in range(3):
        company.clock.advance(minutes=2)
        await company.settled()
    await nina.is_told("You get this once, because you signed in for the first time")
    told = [each for each in await nina.reads() if "Three things help at the beginning" in each]
    assert len(told) == 1
    near = told[0].partition("Communities near what your profile says of your work")[2]
    assert "Achats" in near
    assert "Courir à Lyon" in near
    assert "secrets" not in told[0]
    (row,) = await company.rows(Newcomer)
    account = next(each for each in await company.rows(Account) if each.external_id == nina.external)
    assert (row.person_id, row.due_at) == (account.person_id, None), "those who were there already are not new"
    company.clock.advance(days=1)
    await company.settled()
    assert len([each for each in await nina.reads() if "Three things help" in each]) == 1


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_day_zero_and_what_was_sent_stand_beside_the_curves(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    zero = company.clock.now().date() + timedelta(days=7)
    await imports(company, plan(cleo, diane).replace("J-14", "J-1"), day_zero=zero.isoformat())
    async with company.store.write() as session:
        for each in await company.rows(Announcement):
            if each.step == "invitation":
                each.state, each.begun_at = "sent", company.clock.now()
                session.add(await session.merge(each))
    company.clock.advance(minutes=11)

    async def marks() -> list[tuple[str, str, date]]:
        return [(each.kind, each.name, each.day) for each in await company.rows(PulseMark)]

    async def one() -> bool:
        return len(await marks()) == 1

    await eventually(one, "what was sent is marked")
    assert await marks() == [("campaign", "Come and see", company.clock.now().date())]
    company.clock.advance(days=7)

    async def two() -> bool:
        return len(await marks()) == 2

    await eventually(two, "day zero is marked")
    assert ("campaign", "The network opens", zero) in await marks()


INVITES = """
name = "Waves"
day_zero = 2027-01-18
owner = "{owner}"

[[line]]
key = "first"
when = "J-14 09:00"
title = "Come and see"
text = "Our network opens soon."
speaker = "{leader}"
audience = "department Sales"
invites = true
media = ["mail", "paper"]

[[line]]
key = "rest"
when = "J-7 09:00"
title = "Come and see, all"
text = "Our network opens soon."
speaker = "{leader}"
audience = "everybody except department Sales"
invites = true
after = ["first"]
"""
WAVES = {
    "launch": {"sign_in": "https://network.example/in", "phases": {"pilot": {"departments": ["Sales", "Finance"]}}},
}


async def reached(company: Company, step: str) -> tuple[set[int], dict[str, int], int]:
    """Who would get a line now: people, paper by department, and the number that is told."""
    async with company.store.read() as session:
        ctx = company.app.parts.context(session, company.clock.now(), None, launch.nudge)
        (row,) = [each for each in await company.rows(Announcement) if each.step == step]
        found = await reaching.resolve(ctx, row)
    return {each.person for each in found.told}, dict(found.paper), found.people


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [WAVES])
async def test_invitations_reach_who_has_not_signed_in_and_nobody_beyond_the_phase(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    few = [(f"s{n}", "Sales") for n in range(6)] + [(f"f{n}", "Finance") for n in range(7)]
    await enlist(company, [*few, *((f"l{n}", "Legal") for n in range(8))], matched=[cleo, ana])
    said = await imports(company, plan(cleo, diane, INVITES))
    assert "Its announcements reach Sales and Finance, and nobody beyond." in said
    texts = {each.text for each in await company.rows(AnnouncementVersion)}
    assert texts == {"Our network opens soon.\n\n<https://network.example/in>"}, "what is signed has the link"
    people, paper, number = await reached(company, "first")
    assert people == set(), "both of Sales with an account have signed in, or have no address"
    assert (sum(paper.values()) >= 6, set(paper), number) == (True, {"Sales"}, 8), "how many signed in is not told"
    people, paper, number = await reached(company, "rest")
    assert (set(paper), number) == ({"Finance"}, 7), "Legal is beyond the pilot"
    await cleo.types("announce preview 2")
    shown = await cleo.is_told("Come and see, all")
    assert "of these people it reaches Sales and Finance, and nobody beyond" in shown
    assert "Of these people only those get it who have not signed in yet" in shown
    await cleo.types("campaign phase 1 run")
    await cleo.presses("To the run", near="would go from the phase pilot")
    await cleo.is_told("is in the phase run now")
    assert (await reached(company, "rest"))[2] == 15 + 4, "Legal and whoever is on no list as well"
    await cleo.types("announce audience 2 department Finance")
    await company.settled()
    kept = {each.step: each.audience for each in await company.rows(Announcement)}["rest"]
    assert kept == '{"whom":{"departments":["Finance"]},"not_yet":true}', "it stays an invitation"
    assert (await reached(company, "rest"))[2] == 7


AFTER = """
name = "One after another"
day_zero = 2026-11-24
owner = "{owner}"

[[line]]
key = "first"
when = "J 10:30"
title = "The first word"
text = "Something comes."
speaker = "{leader}"

[[line]]
key = "second"
when = "J 11:00"
title = "The second word"
text = "It is there."
speaker = "{leader}"
after = ["first"]
"""


async def signs(cleo: Human, diane: Human, number: int, title: str) -> None:
    """An announcement's number of people is confirmed, and whose words it holds signs it."""
    await cleo.types(f"announce preview {number}")
    shown = await cleo.is_told(f"Preview of announcement {number}")
    (people_,) = re.findall(r"Confirm: (\d+) people", shown)
    await cleo.presses(f"Confirm: {people_} people", near=f"Preview of announcement {number}")
    await cleo.presses("Ask for the signature", near=f"announcement {number} “{title}” is for")
    await diane.presses("Signer", near=title)
    await cleo.is_told(f"diane signed announcement {number}")


async def is_sent(company: Company, human: Human, text: str) -> bool:
    """Whether they have it, once the bot looked around."""
    company.app.wake()
    await company.looked()
    await company.settled()
    return any(text in each and "Annonce" not in each for each in await human.reads())


async def state_of(company: Company, step: str) -> str:
    return str({each.step: each.state for each in await company.rows(Announcement)}[step])


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [AT_ONCE])
async def test_a_line_waits_for_what_comes_before_it_and_for_nobody_who_is_away(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    kenji = await company.person("kenji", zone="Asia/Tokyo")
    await kenji.types("parvis")
    await kenji.is_told("Parvis")
    await company.acquainted()
    await company.releases()
    await imports(company, plan(cleo, diane, AFTER))
    await signs(cleo, diane, 1, "The first word")
    await signs(cleo, diane, 2, "The second word")
    company.clock.advance_to(datetime(2026, 11, 24, 9, 30, 20, tzinfo=UTC))
    await eventually(lambda: is_sent(company, ana, "Something comes."), "the first is sent")
    assert not await is_sent(company, kenji, "Something comes."), "nobody works in Tokyo any more"
    company.clock.advance_to(datetime(2026, 11, 24, 10, 0, 20, tzinfo=UTC))
    await eventually(lambda: is_sent(company, ana, "It is there."), "the second is sent at its time")
    assert (await state_of(company, "first"), await state_of(company, "second")) == ("sending", "sending")
    company.clock.advance_to(datetime(2026, 11, 25, 0, 1, tzinfo=UTC))
    await eventually(lambda: is_sent(company, kenji, "It is there."), "it is nine in Tokyo")
    assert await is_sent(company, kenji, "Something comes.")


@pytest.mark.slow
@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [AT_ONCE])
async def test_a_line_whose_first_is_not_sent_waits_until_it_is_given_up_or_its_time_is_over(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    await company.acquainted()
    await company.releases()
    third = AFTER[AFTER.rindex("[[line]]") :].replace("second", "third").replace("It is there", "It is late")
    await imports(company, plan(cleo, diane, AFTER + third.replace('["first"]', '["last"]') + LAST))
    await signs(cleo, diane, 2, "The second word")
    await signs(cleo, diane, 3, "The third word")
    company.clock.advance_to(datetime(2026, 11, 24, 10, 0, 20, tzinfo=UTC))
    assert not await is_sent(company, ana, "It is there."), "the first was not sent"
    assert await state_of(company, "second") == "signed"
    await cleo.types("announce cancel 1")
    await cleo.is_told("is given up")
    await eventually(lambda: is_sent(company, ana, "It is there."), "nothing comes before it any more")
    company.clock.advance(minutes=61)
    await cleo.is_told("after another one of its campaign that was not sent")
    assert await state_of(company, "third") == "late"
    assert not await is_sent(company, ana, "It is late.")


LAST = """
[[line]]
key = "last"
when = "J 11:00"
title = "The last word"
text = "Nobody signs it."
speaker = "{leader}"
"""


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_long_plan_is_shown_page_by_page(company: Company, at_work: None, cleo: Human, diane: Human) -> None:
    head = PLAN[: PLAN.index("[[line]]")]
    words = 'title = "T"\ntext = "t"\nspeaker = "{leader}"\n'
    lines = [f'[[line]]\nkey = "k{n}"\nwhen = "J+{n} 09:00"\n{words}' for n in range(1, 72)]
    await imports(company, plan(cleo, diane, head + "\n".join(lines)))
    await cleo.types("campaign show 1")
    shown = await cleo.is_told("And 11 more lines.")
    assert ("k60 (" in shown, "k61 (" in shown) == (True, False)
    await cleo.presses("The next lines", near="And 11 more lines.")
    shown = await cleo.is_told("k71 (")
    assert "more lines" not in shown
    await cleo.types("campaign move 1 25 January")
    await cleo.presses("Move all", near="Nothing has been moved yet")
    await cleo.is_told("71 lines were moved with it")
