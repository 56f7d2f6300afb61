"""From what people do in communities, through the night, to what those see who read figures: text, picture, page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from nudges.pulse.digest import DIGEST
from storage.pulse import PulseRoom
from storage.strays import Once
from tests.humans import Human, eventually
from tests.humans.towns import PLAINLY
from tests.scenarios.company import HOME, Company, release
from tests.scenarios.pages import listening, on_the_web
from tests.scenarios.test_pulse import Fresh, community
from tests.scenarios.test_visits import Browser, browser, link, number

TUESDAY = date(2026, 11, 24)
WEDNESDAY, THURSDAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)
NEXT_TUESDAY = date(2026, 12, 1)


@pytest.fixture
def settings(port: int) -> dict[str, Any]:
    return on_the_web(port)


@dataclass(frozen=True)
class Square:
    """What communities there are: seven people in `garden`, five in `seeds`, three in `cellar`."""

    garden: str
    seeds: str
    cellar: str
    rooms: dict[str, str]


async def settle(company: Company, fresh: Fresh) -> Square:
    """Eight people in three communities, of which it is known who is in them."""
    who = company.people
    chloe, dina = await company.person("chloe"), await company.person("dina")
    members = {
        "garden": [who["ana"], who["bob"], who["alice"], who["arthur"], who["diane"], who["odile"]],
        "seeds": [who["ana"], who["bob"], who["alice"], chloe, dina],
        "cellar": [who["bob"], chloe, dina],
    }
    names = {name: fresh(name) for name in members}
    rooms = {name: await community(company, names[name], some) for name, some in members.items()}
    await company.restart()  # it goes through all people that it can see
    company.clock.advance(hours=1)  # the lists of members are read
    await company.acquainted()

    async def known() -> bool:
        return len([each for each in await company.rows(PulseRoom) if each.accounts >= 0]) == len(rooms)

    await eventually(known, "it is known who is in them")
    return Square(names["garden"], names["seeds"], names["cellar"], rooms)


async def a_day(company: Company, square: Square, day: date) -> None:
    """Five messages, a reply, two reactions, somebody who comes and somebody who reads."""
    company.clock.advance_to(datetime(day.year, day.month, day.day, 10, tzinfo=HOME))
    who, rooms = company.people, square.rooms
    await who["bob"].says("Who has seeds?", rooms["garden"])
    await who["ana"].says("I have, a handful", rooms["garden"], reply_to="Who has seeds?")
    await who["diane"].likes("Who has seeds?", rooms["garden"])
    await who["alice"].likes("Who has seeds?", rooms["garden"])
    await who["dina"].joins(rooms["garden"])
    await who["odile"].catches_up(rooms["garden"])
    await who["bob"].says("Beans, for now", rooms["seeds"])
    for text in ("The barrel leaks", "It was mended"):
        await who["chloe"].says(text, rooms["cellar"])
    await who["dina"].says("Since when?", rooms["cellar"])
    await company.settled()


async def night(company: Company, day: date) -> None:
    """Three o'clock of a night: the day before is frozen, and then told of."""
    await company.settled()
    yesterday = day - timedelta(days=1)
    company.clock.advance_to(datetime(day.year, day.month, day.day, 3, tzinfo=HOME))
    for what in ("night", "people"):

        async def done(name: str = f"pulse:{what}:{yesterday}") -> bool:
            return bool(await company.rows(Once, name=name))

        await eventually(done, f"the work of the night is done: {what}")
        company.clock.advance(minutes=10)
    await company.settled()


@pytest.mark.parametrize("where", PLAINLY)
async def test_what_people_do_is_seen_by_who_reads_figures_and_nobody_is_found_in_it(
    ana: Human, alice: Human, arthur: Human, odile: Human, company: Company, port: int, fresh: Fresh
) -> None:
    await release(company.store, [DIGEST], company.clock.now())
    square = await settle(company, fresh)
    await night(company, WEDNESDAY)
    await a_day(company, square, WEDNESDAY)
    await night(company, THURSDAY)
    company.clock.advance(hours=7)

    # An animator, by day; the day before is one of which a part was measured, and says so.
    await alice.types("pulse day")
    told = await alice.is_told("Indicators,")
    reads = "1" if company.town.ways.receipts else "not available on this platform"
    for line in (
        "Messages, Wednesday 25 November 2026: 5; before: 0, in part",
        "Replies, Wednesday 25 November 2026: 1",
        "Reactions, Wednesday 25 November 2026: 2",
        "Active contributors, Wednesday 25 November 2026, in part: ",
        f"Read receipts, Wednesday 25 November 2026: {reads}",
        "Messages that people wrote in communities, outside threads.",
        "Counted since Tuesday 24 November 2026: nothing is known of the time before.",
    ):
        assert line in told, (line, told)
    assert (await alice.sees_picture("Messages")).startswith(b"\x89PNG")

    # A community by itself; those that are too small are found under no name of theirs.
    await alice.types(f"pulse day community {square.garden}")
    told = await alice.is_told(f"{square.garden}, Friday 30 October 2026 to ")
    assert "Messages, Wednesday 25 November 2026: 1;" in told
    await alice.types("pulse day communities")
    told = await alice.is_told("smaller communities, together, Wednesday 25 November 2026: 4")
    assert f"{square.garden}, Wednesday 25 November 2026: 1" in told
    assert square.cellar not in told
    assert square.seeds not in told
    for small in (square.cellar, square.seeds):
        await alice.types(f"pulse day community {small}")
        await alice.is_told(f"I have no figures for “{small}”")

    # The administrator, in French; an employee, not.
    await odile.types("indicateurs jour")
    assert "Messages, mercredi 25 novembre 2026 : 5" in (await odile.is_told("Indicateurs, du")).replace("\xa0", " ")
    await ana.types("indicateurs jour")
    await ana.is_told("un autre rôle")

    # The page, by its link: its button, then a word in the chat that the browser is hers.
    async with listening(company.app, port), browser() as hers:
        address = await link(alice, "Open the page of indicators", "pulse page")
        waiting = await hers.presses(address)
        await alice.presses("Yes, it is mine", near=number(waiting))
        await alice.is_told("It opens there now")
        seen = await hers.sees(f"{Browser.at(address, '')}/pulse/?period=day&since=2026-11-23")
        for piece in ("Indicators", "nothing was counted yet", ">5<", ">2<"):
            assert piece in seen, piece
        seen = await hers.sees(f"{Browser.at(address, '')}/pulse/?kind=community&period=day&since=2026-11-23")
        assert square.garden in seen
        assert square.cellar not in seen
        assert square.seeds not in seen

    # Days go by; the month is over. Animators are told of it at nine, once, and nobody else.
    await night(company, NEXT_TUESDAY)
    await alice.is_not_told("Indicators of the month")
    company.clock.advance_to(datetime(2026, 12, 1, 9, 5, tzinfo=HOME))
    told = await alice.is_told("Indicators of the month, Sunday 1 November 2026 to Monday 30 November 2026")
    for line in (
        "Messages: 5, in part",
        "Active contributors: 75 % to 100 % (at least 6 of 8), in part",
        f"Read receipts: {reads}",
        "because you look after the communities",
    ):
        assert line in told, (line, told)
    assert (await alice.sees_picture("by month")).startswith(b"\x89PNG")
    assert "Messages : 5, en partie" in (await arthur.is_told("Les indicateurs du mois")).replace("\xa0", " ")
    await odile.is_not_told("Les indicateurs du mois")
    await alice.presses("What each figure is", near="Indicators of the month")
    await alice.is_told("Messages, Sunday 1 November 2026 to Monday 30 November 2026, in part: 5")
    company.clock.advance(days=1)
    assert len([each for each in await alice.reads() if "Indicators of the month" in each]) == 1
