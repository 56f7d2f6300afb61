"""Each night what is told of the day is frozen; what is learned later is a correction, and a gap is shown as one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from storage.communities import Community
from storage.people import Account
from storage.pulse import PulseActivation, PulseCount, PulseDay, PulseGap, PulseMember, PulsePopulation
from storage.strays import Once
from tests.humans import Human, eventually
from tests.scenarios.company import HOME, Company
from tests.scenarios.pages import listening, on_the_web
from tests.scenarios.test_pulse import Fresh, community, counted
from tests.scenarios.test_visits import Browser, browser, link
from tests.scenarios.test_visits import number as number_of

pytestmark = pytest.mark.parametrize("where", ["memory"])
TUESDAY = date(2026, 11, 24)
WEDNESDAY = TUESDAY + timedelta(days=1)


@pytest.fixture
def settings(port: int) -> dict[str, Any]:
    return on_the_web(port)


async def night(company: Company, day: date) -> None:
    """Three o'clock of a night."""
    await company.settled()
    company.clock.advance_to(datetime(day.year, day.month, day.day, 3, tzinfo=HOME))

    async def frozen() -> bool:
        return bool(await company.rows(Once, name=f"pulse:night:{day - timedelta(days=1)}"))

    await eventually(frozen, "the night's work is done")
    await company.settled()


async def told(company: Company) -> list[tuple[date, int, str, int, int, bool]]:
    await company.settled()
    rows = await company.rows(PulseDay)
    return [(each.day, each.version, each.why, each.posts, each.members, each.measured) for each in rows]


async def test_a_day_is_frozen_in_the_night_after_it_with_the_people_there_were(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    room = await community(company, fresh("garden"), [ana, bob])
    await bob.says("Hello", room)
    assert await counted(company) == [{"posts": 1}]
    company.clock.advance(hours=1)  # the list of its members is read

    async def read() -> bool:
        return len(await company.rows(PulseMember)) == 2

    await eventually(read, "it is known who is in it")
    assert await told(company) == []
    await night(company, WEDNESDAY)
    await night(company, WEDNESDAY + timedelta(days=1))
    (first, second) = await told(company)
    assert first[:4] == (TUESDAY, 1, "", 1)
    assert not first[5], "the bot came in the middle of that day"
    assert second == (WEDNESDAY, 1, "", 0, 2, True)
    departments = await company.rows(PulsePopulation)
    people = {each.person_id for each in await company.rows(Account) if each.kind == "member"}
    assert [(each.day, each.department, each.people) for each in departments] == [
        (TUESDAY, "", len(people)),
        (WEDNESDAY, "", len(people)),
    ]
    company.clock.advance(hours=1)
    await company.settled()
    assert len(await company.rows(PulseDay)) == 2, "once a night"


async def test_what_comes_late_is_another_version_and_what_was_told_stays(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    room = await community(company, fresh("garden"), [ana, bob])
    await bob.says("Hello", room)
    await night(company, WEDNESDAY)
    late = datetime(2026, 11, 24, 17, tzinfo=HOME)
    company.town.server.deliver(  # type: ignore[attr-defined]
        {"kind": "spoke", "key": "late", "platform": "acme", "by": ana.external, "room": room, "at": late}
    )
    assert [(day, posts) for day, _, _, posts, _, _ in await told(company)] == [(TUESDAY, 1)]
    assert [each.posts for each in await company.rows(PulseCount)] == [2]
    await night(company, WEDNESDAY + timedelta(days=1))
    await night(company, WEDNESDAY + timedelta(days=2))
    versions = [each[:4] for each in await told(company) if each[0] == TUESDAY]
    assert versions == [(TUESDAY, 1, "", 1), (TUESDAY, 2, "late", 2)]


async def test_days_on_which_the_bot_was_away_are_a_gap_and_not_zero(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    room = await community(company, fresh("garden"), [ana, bob])
    await night(company, WEDNESDAY)
    await company.stop()
    company.clock.advance(days=3)
    await company.restart()

    await company.acquainted()
    company.clock.advance(minutes=11)

    async def noticed() -> bool:
        return bool(await company.rows(PulseGap))

    await eventually(noticed, "it was away")
    await bob.says("Are you back?", room)
    await night(company, WEDNESDAY + timedelta(days=4))
    (gap,) = await company.rows(PulseGap)
    assert (gap.since, gap.until, gap.why, gap.community_id) == (
        WEDNESDAY, WEDNESDAY + timedelta(days=3), "away", None,
    )  # fmt: skip
    days = {day: measured for day, _, _, _, _, measured in await told(company)}
    # Those between were counted afterwards (`test_pulse_past`).
    assert {day for day, measured in days.items() if not measured} == {
        TUESDAY, WEDNESDAY, WEDNESDAY + timedelta(days=3),
    }  # fmt: skip


async def test_a_community_whose_room_the_bot_was_put_out_of_is_not_measured(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    room = await community(company, fresh("garden"), [ana, bob])
    await night(company, WEDNESDAY)
    server = company.town.server  # type: ignore[attr-defined]
    server.rooms[room].members.remove("UBOT")
    server.happens("room_changed", by=ana.external, room=room, change="put_out")
    await company.settled()
    for number in range(1, 4):
        await night(company, WEDNESDAY + timedelta(days=number))
    (gap,) = await company.rows(PulseGap)
    assert (gap.why, gap.since, gap.goes_on) == ("outside", WEDNESDAY, True)
    assert [(each[0], each[5]) for each in await told(company)] == [(TUESDAY, False), (WEDNESDAY, False)]
    server.rooms[room].members.append("UBOT")
    company.clock.advance(hours=7)  # the regular look finds it there

    async def found() -> bool:
        (row,) = await company.rows(Community)
        return row.missing_at is None

    await eventually(found, "the bot is back")
    for number in range(4, 6):
        await night(company, WEDNESDAY + timedelta(days=number))
    (gap,) = await company.rows(PulseGap)
    assert (gap.until, gap.goes_on) == (WEDNESDAY + timedelta(days=3), False)
    days = [(each[0], each[5]) for each in await told(company)][2:]
    assert days == [(WEDNESDAY + timedelta(days=3), False), (WEDNESDAY + timedelta(days=4), True)]


async def test_whoever_reads_figures_is_told_that_a_community_is_not_measured(
    ana: Human, bob: Human, alice: Human, odile: Human, company: Company, fresh: Fresh, port: int
) -> None:
    some = [ana, bob, *[await company.person(each) for each in ("carl", "dora", "emil")]]
    name = fresh("garden")
    room = await community(company, name, some)
    await bob.says("Hello", room)
    company.clock.advance(hours=1)  # the list of its members is read
    await night(company, WEDNESDAY)
    server = company.town.server  # type: ignore[attr-defined]
    server.rooms[room].members.remove("UBOT")
    server.happens("room_changed", by=ana.external, room=room, change="put_out")
    for number in range(1, 3):
        await night(company, WEDNESDAY + timedelta(days=number))
    company.clock.advance(hours=7)
    await alice.types(f"pulse day community {name}")
    told = await alice.is_told(f"{name}, ")
    assert f"1 community is not measured, since I am not in its room: {name}." in told
    await odile.types(f"indicateurs jour communaute {name}")
    told = await odile.is_told(f"{name}, ")
    sentence = f"1 communauté n’est pas mesurée, car je ne suis pas dans son salon : {name}."
    assert sentence in told.replace("\xa0", " ")
    async with listening(company.app, port), browser() as hers:
        address = await link(odile, "Ouvrir la page des indicateurs", "pulse page")
        waiting = await hers.presses(address)
        await odile.presses("Oui, c’est le mien", near=number_of(waiting))
        await odile.is_told("La page s’y ouvre")
        query = "kind=community&period=day&since=2026-11-24"
        seen = unescape(await hers.sees(f"{Browser.at(address, '')}/pulse/?{query}")).replace("\xa0", " ")
        assert sentence in seen
        assert f"mercredi 25 novembre 2026 : Non mesuré : {name}<" in seen
        (found,) = await company.rows(Community)
        seen = await hers.sees(f"{Browser.at(address, '')}/pulse/?{query}&group={found.id}")
        row = '<th scope="row">jeudi 26 novembre 2026, en partie</th>'
        assert row + 5 * "<td>non mesuré</td>" + "</tr>" in seen


async def test_who_comes_and_goes_is_one_of_the_people_of_a_community_or_not(
    ana: Human, bob: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    room = await community(company, fresh("garden"), [ana, bob])
    company.clock.advance(hours=1)

    async def people(number: int) -> bool:
        return len(await company.rows(PulseMember)) == number

    await eventually(lambda: people(2), "the list was read")
    await arthur.joins(room)
    await eventually(lambda: people(3), "arthur came")
    await bob.leaves(room)
    await eventually(lambda: people(2), "bob went")


async def test_who_uses_the_bot_has_begun_though_they_wrote_nowhere(bob: Human, company: Company) -> None:
    await company.acquainted()
    await bob.types("parvis me")
    await bob.is_told("What I hold about you")
    await night(company, WEDNESDAY)
    (row,) = await company.rows(PulseActivation)
    (account,) = await company.rows(Account, external_id=bob.external)
    assert (row.person_id, row.day) == (account.person_id, TUESDAY)
