"""Figures are asked for in the chat: as text and as a picture, by those who may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.figures import Told
from bot.nudge import Context, Nudge
from nudges import NUDGES
from nudges.pulse import asking
from nudges.pulse.report import Asked, Mark, Point, Report, Series
from storage.pulse import PulseMark
from tests.humans import Human
from tests.scenarios.company import Company

MONDAY = date(2026, 9, 7)


def points(measure: str) -> list[Point]:
    weeks = [MONDAY + timedelta(weeks=number) for number in range(10)]
    if measure == "posts":
        return [Point(each, each + timedelta(days=6), count=50 + each.day) for each in weeks]
    return [Point(each, each + timedelta(days=6), told=Told(30, 34, 120)) for each in weeks]


async def made(_: Context, asked: Asked) -> Report:
    """A report made by hand; `nudges.pulse.reading` makes it from rows."""
    groups = ["=Sales", "=Seeds"] if asked.kind == "department" else [""]
    series = [Series(each, asked.kind, group, "", points(each)) for each in asked.measures[:4] for group in groups]
    marks = (Mark(MONDAY + timedelta(days=20), "campaign", "<!channel> Rentrée"),)
    return Report(asked, series, marks, (), datetime(2026, 11, 24, 1, tzinfo=UTC), 5, 28, MONDAY)


@pytest.fixture
def capabilities() -> Sequence[Nudge]:
    mine = next(each for each in NUDGES if each.id == "pulse")
    mine = replace(mine, commands=[each for each in mine.commands if each.path != ("pulse",)], artists={})
    asking.declare(mine, made)
    return tuple(mine if each.id == "pulse" else each for each in NUDGES)


async def test_an_animator_sees_how_it_goes_as_text_and_as_a_picture(alice: Human) -> None:
    await alice.says("pulse")
    told = await alice.is_told("within the 28 days up to that day")
    assert "Active contributors, week from Monday 9 November 2026: 25 % to 29 % (30 to 34 of 120)" in told
    assert (await alice.sees_picture("Active contributors")).startswith(b"\x89PNG")
    assert await alice.notified() == 0


async def test_it_is_answered_where_it_is_asked_and_to_nobody_else(
    alice: Human, bob: Human, company: Company, fresh: Callable[[str], str]
) -> None:
    room = await company.town.room(fresh("square"), [alice, bob])
    await alice.types("pulse month departments", room)
    await alice.sees_picture("Sales")
    await bob.is_not_told("Sales", room)


async def test_one_department_is_told_of_and_one_that_is_not_shown_is_not(alice: Human) -> None:
    await alice.says("pulse department sales")
    told = await alice.is_told("Activated")
    assert "Seeds" not in told
    await alice.says("pulse department Cellar")
    await alice.is_told("I have no figures for “Cellar”")
    await alice.says("pulse help")
    can = await alice.is_told("After “pulse” you may write")
    assert all(word in can for word in ("phases or objectives", "dark", "pulse page", "pulse status", "pulse mark"))
    await alice.says("pulse department")
    await alice.is_told("I do not understand “department”. After “pulse” you may write")
    await alice.says("pulse who is lazy")
    await alice.is_told("I do not understand “who is lazy”")


async def test_a_mark_is_put_beside_the_curves_and_taken_away(alice: Human, arthur: Human, company: Company) -> None:
    await alice.says("pulse mark 2026-09-08 campaign Posters <!channel>")
    await alice.is_told("The campaign “Posters <!channel>” is marked on Tuesday 8 September 2026")
    assert [(each.kind, each.name) for each in await company.rows(PulseMark)] == [("campaign", "Posters <!channel>")]
    await arthur.says("indicateurs repere demain Affiches")
    await arthur.is_told("n’est pas un jour que je sache lire")
    await arthur.says("indicateurs repere 2026-09-08 campagne")
    await arthur.is_told("dit seulement de quelle sorte est le repère")
    await arthur.says("indicateurs sans-repere 08/09/2026 posters <!CHANNEL>")
    await arthur.is_told("écrivez 2026-09-08 ou 2026-08-09")
    await arthur.says("indicateurs sans-repere 2026-09-08 foire")
    await arthur.is_told("Sont marqués ce jour-là")
    await arthur.says("indicateurs sans-repere 2026-09-08 posters <!CHANNEL>")
    await arthur.is_told("est ôté")
    assert await company.rows(PulseMark) == []


async def test_who_does_not_read_figures_is_told_so(ana: Human) -> None:
    await ana.says("indicateurs")
    await ana.is_told("un autre rôle (animateur)")
    await ana.is_not_told("Contributeurs actifs")
