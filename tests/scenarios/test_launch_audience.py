"""Whom an announcement is for, when it comes, and what a preview says of it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot import people
from nudges.launch import audience
from nudges.launch.audience import Audience, Some
from storage.communities import Community
from storage.launch import Announcement, AnnouncementVersion
from storage.pulse import PulseMember
from storage.roster import Entry
from tests.humans import Human
from tests.humans.towns import AT_EASE, FIRST_PLAINLY, IN_WINDOWS
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_launch import at_work, cleo

__all__ = ["at_work", "cleo"]
"""In each run in memory; on Slack, where times and people are said each time, in the long one."""


async def draft(cleo: Human, diane: Human, text: str = "Our network opens **on Monday**.") -> None:
    await cleo.types("announce new The network opens")
    assert await cleo.fills(text=text, speaker=diane.external) == {}
    await cleo.is_told("is kept as a draft, version 1")


async def enlist(company: Company, listed: Iterable[tuple[str, str]], *, matched: Iterable[Human] = ()) -> None:
    """Put people on the company's list: (name, department). matched: those who have an account, in Sales."""
    async with company.store.write() as session:
        at = company.clock.now()
        for number, (name, department) in enumerate(listed):
            session.add(
                Entry(key=f"{department}-{number}", name=name, department=department, created_at=at, changed_at=at)
            )
        for human in matched:
            entry = Entry(key=human.external, name=human.name, department="Sales", created_at=at, changed_at=at)
            entry.person_id = await people.find(session, PLATFORM, human.external, at, human.name)
            session.add(entry)


async def made(company: Company) -> Announcement:
    (row,) = await company.rows(Announcement)
    assert isinstance(row, Announcement)
    return row


@pytest.mark.parametrize("where", AT_EASE)
async def test_a_time_is_read_back_in_full_and_counts_once_it_was_confirmed(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await draft(cleo, diane)
    await cleo.types("announce when 1 tomorrow 9:00")
    await cleo.is_told("Wednesday 25 November 2026, 09:00 (Europe/Paris)")
    assert (await made(company)).at is None, "nothing counts before it was confirmed"
    await cleo.presses("Yes, keep it", near="25 November 2026")
    await cleo.is_told("knows when it is sent")
    row = await made(company)
    assert (f"{row.at:%d %H:%M}", row.local, row.zone, row.each_local) == (
        "25 08:00", "2026-11-25T09:00", "Europe/Paris", False,
    )  # fmt: skip
    await cleo.types("announce when 1")
    wrong = await cleo.fills(when="yesterday at 9", zone="Europe/Paris", clocks="fixed", window="60")
    assert "is over. Which day and time to come?" in wrong["when"]


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_time_that_may_be_two_is_asked_with_buttons(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await draft(cleo, diane)
    await cleo.types("announce when 1 Tuesday 14:00")  # said on a Tuesday
    await cleo.is_told("Which one")
    await cleo.presses("Tuesday 1 December 2026, 14:00 (Europe/Paris)", near="Which one")
    await cleo.is_told("Is that right?")
    await cleo.presses("At each person’s local time", near="Is that right?")
    await cleo.is_told("14:00 at each person’s local time")
    await cleo.presses("Yes, keep it", near="local time")
    await cleo.is_told("knows when it is sent")
    row = await made(company)
    assert (row.local, row.each_local) == ("2026-12-01T14:00", True)
    await cleo.types("announce when 1 31 October 2027 at 2:30am")  # when clocks go back
    shown = await cleo.is_told("twice")
    assert "(Europe/Paris)" in shown


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_of_two_who_change_its_time_or_its_audience_at_once_the_later_one_is_told(
    company: Company, at_work: None, cleo: Human, odile: Human, diane: Human
) -> None:
    await draft(cleo, diane)
    await cleo.types("announce when 1 tomorrow 9:00")
    await cleo.is_told("Wednesday 25 November 2026, 09:00 (Europe/Paris)")
    await odile.types("annonce quand 1 jeudi 9h")
    await odile.presses("Oui, garder", near="jeudi 26 novembre 2026")
    await odile.is_told("sait quand elle part")
    await cleo.presses("Yes, keep it", near="25 November 2026")
    shown = await cleo.is_told("Somebody else said another time for announcement 1 meanwhile")
    assert "Thursday 26 November 2026" in shown
    assert (await made(company)).local == "2026-11-26T09:00", "nothing is overwritten unseen"
    await cleo.presses("Yes, keep it", near="Somebody else said another time")
    await cleo.is_told("knows when it is sent")
    await cleo.presses_again()
    await company.settled()
    assert sum("Somebody else said another time" in each for each in await cleo.reads()) == 1, "it is theirs already"
    assert (await made(company)).local == "2026-11-25T09:00"
    await cleo.types("announce audience 1")
    await odile.types("annonce destinataires 1 tout le monde")
    await odile.is_told("sait à qui elle s’adresse")
    await cleo.fills(whom="leads", people="", but="")
    await cleo.is_told("meanwhile")
    assert audience.kept((await made(company)).audience) == Audience(whom=Some(everybody=True))


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_what_is_no_time_to_come_is_said(company: Company, at_work: None, cleo: Human, diane: Human) -> None:
    await draft(cleo, diane)
    await cleo.types("announce when 1 the day before")
    await cleo.is_told("is not understood here")
    await cleo.types("announce when 1 28 March 2027 at 2:30am")
    await cleo.is_told("does not exist on Sunday 28 March 2027 in Europe/Paris")
    await cleo.types("announce at 1 2026-11-01T08:00Z Europe/Paris fixed 60")
    await cleo.is_told("is over by now")
    await cleo.types("announce at 1 nine")
    await cleo.is_told("announce when 3 tomorrow 9:00")
    await cleo.types("announce when 1")
    wrong = await cleo.fills(when="tomorrow 9:00", zone="Tokio", clocks="fixed", window="2")
    assert "Is Asia/Tokyo meant?" in wrong["zone"]
    assert "from 5 to 1,440" in wrong["window"]
    assert await cleo.fills(when="tomorrow 9:00", zone="Tokyo", clocks="fixed", window="90") == {}
    await cleo.is_told("09:00 (Asia/Tokyo)")
    assert (await made(company)).at is None


@pytest.mark.parametrize("where", AT_EASE)
async def test_whom_it_is_for_is_said_and_what_names_nobody_is_refused(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    await enlist(company, [], matched=[ana])
    await draft(cleo, diane)
    await cleo.types("announce audience 1 Saless")
    await cleo.is_told("is “Sales” meant?")
    await cleo.types("announce audience 1 everybody except Sales")
    await cleo.is_told("everybody, except department Sales")
    assert audience.kept((await made(company)).audience) == Audience(
        whom=Some(everybody=True), but=Some(departments=("Sales",))
    )
    await cleo.types("announce audience 1")
    assert await cleo.fills(whom="leads", people=ana.external) == {}
    await cleo.is_told("leads of communities and ana, except department Sales")
    await cleo.types("announce show 1")
    await cleo.is_told("leads of communities and ana, except department Sales")


@pytest.mark.parametrize("where", ["memory"])
async def test_people_of_the_list_whom_nobody_has_met_are_named_by_address_or_number(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await enlist(company, [("Yan", "Workshop"), ("Xan", "Workshop")])
    async with company.store.write() as session:
        yan, xan = await company.rows(Entry)
        yan.email, xan.state = "yan@example.org", "left"
        session.add_all([await session.merge(yan), await session.merge(xan)])
    await draft(cleo, diane)
    await cleo.types("announce audience 1 Workshop-1")
    await cleo.is_told("Workshop-1 is not a member of your organisation, or no longer")
    await cleo.types("announce audience 1 Yan@example.org")
    await cleo.is_told("For: Yan")
    assert audience.kept((await made(company)).audience) == Audience(whom=Some(lines=(yan.id or 0,)))
    await cleo.types("announce audience 1")
    assert await cleo.accepts() == {}, "it can be written again as it stands"
    await company.settled()
    assert audience.kept((await made(company)).audience) == Audience(whom=Some(lines=(yan.id or 0,)))
    await cleo.types("announce audience 1 Workshop-0, diane")
    await cleo.is_told("diane and Yan")
    await cleo.types("announce audience 1 Workshop-0")
    await cleo.types("announce when 1 tomorrow 9:00")
    await cleo.presses("Yes, keep it")
    await cleo.is_told("knows when it is sent")
    await cleo.types("announce preview 1")
    await cleo.presses("Confirm: 1 person")
    await cleo.is_told("is for Yan alone. Is that meant?")


@pytest.mark.parametrize("where", ["memory"])
async def test_bad_audiences_are_refused_beside_their_field(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    guest = await company.person("gus", kind="guest")
    await guest.types("parvis")
    async with company.store.write() as session:
        about = {"platform": PLATFORM, "purpose": "Sing", "work": "Songs", "kind": "interest", "visibility": "public"}
        closed = Community.model_validate(
            {"name": "Choir", "slug": "choir", "state": "closed", "created_at": company.clock.now(), **about}
        )
        session.add(closed)
    await draft(cleo, diane)
    await cleo.types("announce audience 1")
    assert "Say whom it is for" in (await cleo.fills(whom="", people="", but=""))["whom"]
    assert "The community Choir is archived" in (await cleo.fills(whom="Choir", people="", but=""))["whom"]
    assert "not a member of your organisation" in (await cleo.fills(whom="gus", people="", but=""))["whom"]
    long = await cleo.fills(whom="x" * 3001, people="", but="")
    assert "3,001 characters are too many" in long["whom"]
    wrong = await cleo.fills(whom="everybody", people="", but="Nobodyville")
    assert "Nobody here is called" in wrong["but"]
    assert not (await made(company)).audience


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_preview_counts_and_its_number_is_confirmed(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    await enlist(company, [(f"Worker {each}", "Workshop") for each in range(7)], matched=[ana, diane])
    await draft(cleo, diane, "It opens. ![plan](https://example.org/plan.png)")
    await cleo.types("announce preview 1")
    shown = await cleo.is_told("It is not said yet whom it is for")
    assert "It is not said yet when it is sent" in shown
    assert "relayed by Parvis" in shown
    await cleo.types("announce audience 1 Workshop, Sales")
    await cleo.is_told("department Workshop and department Sales")
    await cleo.types("announce when 1 tomorrow 9:00")
    await cleo.presses("Yes, keep it")
    await cleo.is_told("knows when it is sent")
    await cleo.presses("Preview", near="knows when it is sent")
    shown = await cleo.is_told("9 people")
    assert "paper: 7 to 9 of 9" not in shown, "a figure of the small department is not told"
    assert "Nobody gets it by e-mail, since e-mail is not set up: whoever the chat does not reach gets it on" in shown
    assert "All its media are chat" not in shown, "there is paper"
    assert "The picture “plan” is sent as a link" in shown
    await cleo.presses("See it: paper", near="9 people")
    await cleo.is_told("As people see it (paper)")
    await enlist(company, [("Late", "Workshop2")])
    async with company.store.write() as session:
        at = company.clock.now()
        session.add(Entry(key="late", name="Late", department="Workshop", created_at=at, changed_at=at))
    await cleo.presses("Confirm: 9 people")
    await cleo.is_told("A few people more: 10 now")
    assert (await made(company)).counted is None
    await cleo.presses("Confirm: 10 people", near="A few people more")
    await cleo.is_told("is for 10 people")
    row = await made(company)
    assert row.counted == 10
    assert '"people":10' in row.previewed


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_nobody_is_refused_and_one_person_is_asked_about(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    await ana.types("parvis")
    await draft(cleo, diane)
    await cleo.types("announce when 1 tomorrow 9:00")
    await cleo.presses("Yes, keep it")
    await cleo.is_told("knows when it is sent")
    await cleo.types(f"announce audience 1 @{ana.external} except ana")
    await cleo.is_told("ana, except ana")
    await cleo.types("announce preview 1")
    shown = await cleo.is_told("Nobody is reached")
    assert "Confirm:" not in shown
    await cleo.types("announce confirm 1 0")
    await cleo.is_told("Nobody is reached")
    await cleo.types(f"announce audience 1 @{ana.external}")
    await cleo.types("announce preview 1")
    await cleo.is_told("ana, and nobody else")
    await cleo.presses("Confirm: 1 person")
    await cleo.is_told("is for ana alone. Is that meant?")
    assert (await made(company)).counted is None
    await cleo.presses("Yes, for one person")
    await cleo.is_told("is for 1 person")
    assert (await made(company)).counted == 1
    await cleo.types("announce confirm 1")
    await cleo.is_told("Repeat how many people it is for")


@pytest.mark.parametrize("where", ["memory"])
async def test_words_that_are_too_long_or_lead_nowhere_are_refused_by_whichever_way_they_come(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await cleo.types("announce new The network opens")
    wrong = await cleo.fills(text="x" * 60_000, speaker=diane.external)
    assert "60,000 characters are too many: 3,000 at most" in wrong["text"]
    wrong = await cleo.fills(text="[Here](htp:nowhere) it is.", speaker=diane.external)
    assert "The link to “htp:nowhere” leads nowhere" in wrong["text"]
    assert await cleo.fills(text="[Here](https://example.org) it is.", speaker=diane.external) == {}
    await cleo.is_told("version 1")
    await cleo.types("announce audience 1 everybody")
    await cleo.types("announce when 1 tomorrow 9:00")
    await cleo.presses("Yes, keep it")
    await cleo.is_told("knows when it is sent")
    async with company.store.write() as session:
        (version,) = await company.rows(AnnouncementVersion)
        version.text = "x" * 60_000
        await session.merge(version)
    await cleo.types("announce preview 1")
    shown = await cleo.is_told("60,000 characters are too many")
    assert "[Confirm:" not in shown
    await cleo.types("announce confirm 1 6")
    await company.settled()
    assert (await made(company)).counted is None


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_community_archived_since_and_another_version_are_told_before_it_is_confirmed(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    await draft(cleo, diane)
    async with company.store.write() as session:
        about = {"platform": PLATFORM, "purpose": "Sing", "work": "Songs", "kind": "interest", "visibility": "public"}
        choir = Community.model_validate(
            {"name": "Choir", "slug": "choir", "state": "active", "created_at": company.clock.now(), **about}
        )
        session.add(choir)
        await session.flush()
        who = await people.find(session, PLATFORM, ana.external, company.clock.now(), "ana")
        session.add(PulseMember(community_id=choir.id or 0, person_id=who))
    await cleo.types(f"announce audience 1 Choir, @{diane.external}")
    await cleo.is_told("community Choir and diane")
    await cleo.types("announce when 1 tomorrow 9:00")
    await cleo.presses("Yes, keep it")
    await cleo.is_told("knows when it is sent")
    async with company.store.write() as session:
        choir.state = "closed"
        session.add(await session.merge(choir))
    await cleo.types("announce preview 1")
    assert "community Choir (archived)" in await cleo.is_told("The community Choir was archived since it was named")
    await cleo.types("announce edit 1")
    assert await cleo.fills(text="It opens on Tuesday.") == {}
    await cleo.is_told("version 2")
    await cleo.presses("Confirm: 2 people", near="was archived since")
    await cleo.is_told("look at its preview again")
    assert (await made(company)).counted is None
    await cleo.types("announce confirm 1 2")
    await cleo.is_told("is for 2 people")
    assert (await made(company)).counted == 2


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_who_reads_french_says_all_of_it_in_french(
    company: Company, at_work: None, cleo: Human, odile: Human, diane: Human
) -> None:
    await draft(cleo, diane)
    await odile.types("annonce destinataires 1 tout le monde sauf diane")
    await odile.is_told("tout le monde, sauf diane")
    await odile.types("annonce quand 1 demain 9h")
    await odile.presses("À l’heure locale de chacun", near="mercredi 25 novembre 2026")
    await odile.presses("Oui, garder", near="09:00 à l’heure locale de chacun")
    await odile.is_told("sait quand elle part")
    await odile.types("annonce aperçu 1")
    shown = await odile.is_told("Aperçu de l’annonce 1")
    assert "tout le monde, sauf diane" in shown
    await odile.types("annonce quand 1 vendredi")
    await odile.is_told("À quelle heure")
    company.clock.advance(days=3)  # it is Friday
    await odile.types("annonce quand 1 vendredi 14h")
    await odile.is_told("Lequel : vendredi 27 novembre 2026 à 14:00")
    await odile.presses("vendredi 4 décembre 2026 à 14:00 (Europe/Paris)")
    await odile.is_told("Est-ce bien cela")
