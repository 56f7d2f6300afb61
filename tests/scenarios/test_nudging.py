"""Nothing unasked is sent before it was looked at and confirmed; then it begins with a few."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot import people
from bot.chat import Profile
from bot.nudge import Nudge
from nudges import NUDGES
from storage.audit import Entry as Trace
from storage.outbox import Promise
from tests.humans import Human
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.watering import Watering

MEMORY = pytest.mark.parametrize("where", ["memory"])


@pytest.fixture
def released() -> bool:
    return False


@pytest.fixture
def watering() -> Watering:
    return Watering()


@pytest.fixture
def capabilities(watering: Watering) -> Sequence[Nudge]:
    return (*NUDGES, watering.nudge())


async def known(company: Company, *more: str) -> dict[str, int]:
    """Everybody is known to the bot, though nobody spoke to it: name -> person. more: colleagues without a client."""
    ids = {name: human.external for name, human in company.people.items()} | {name: f"U{name}" for name in more}
    found = {}
    async with company.store.write() as session:
        for name, external in ids.items():
            language = "en" if name in {"bob", "alice"} else "fr"
            profile = Profile(id=external, name=name, kind="member", language=language, zone="Europe/Paris")
            found[name] = (await people.update(session, PLATFORM, profile, company.clock.now())).person_id
    return found


async def minutes_pass(company: Company, count: int = 1) -> None:
    """So many times it is looked whether somebody is to be told, and whatever is to be said is said."""
    for _ in range(count):
        company.clock.advance(minutes=1)
        await company.app.sweep.look()
        await company.settled()


async def told(company: Company, kind: str = "watering") -> list[int]:
    """Those who were told."""
    return [each.person_id for each in await company.rows(Promise, kind=kind, state="sent")]


async def test_from_nothing_to_a_first_few_to_all(
    ana: Human, bob: Human, odile: Human, company: Company, watering: Watering
) -> None:
    everybody = await known(company)
    for name in ("emil", "fay"):
        await company.person(name, language="en")
    everybody = await known(company)
    watering.plants.needs(*everybody.values())
    await minutes_pass(company)
    assert not await told(company)
    assert not watering.plants.promised

    await odile.types("relance")
    await odile.is_told("Rien n’est envoyé spontanément avant")
    await odile.types("relance informes 2026-11-20 Par courriel à tous")
    await odile.is_told("C’est noté")
    await odile.types("relance apercu")
    shown = await odile.is_told("J’écrirais maintenant à 8 personnes")
    assert "ana" in shown
    assert "Your plant is thirsty" in shown
    assert "Votre plante a soif" in shown
    await minutes_pass(company)
    assert not await told(company)
    await odile.presses("Confirmer pour 8 personnes")
    await odile.is_told("C’est confirmé. Rien n’est encore envoyé")
    await minutes_pass(company)
    assert not await told(company)

    await odile.types("relance vague")
    await odile.is_told("tirées au sort")
    await minutes_pass(company, 2)
    first = await told(company)
    assert len(first) == 5
    await odile.is_told("Les messages aux premières personnes partent")
    await minutes_pass(company, 2)
    assert await told(company) == first

    await odile.types("relance pause")
    await odile.is_told("C’est suspendu")
    await odile.types("relance continuer")
    await odile.is_told("j’écris aussi à toutes les autres")
    await minutes_pass(company)
    assert await told(company) == first
    await odile.types("relance reprendre")
    await odile.is_told("C’est repris")
    await minutes_pass(company)
    assert sorted(await told(company)) == sorted(everybody.values())
    await ana.is_told("Votre plante a soif")
    await bob.is_told("Your plant is thirsty")
    actions = [each.action for each in await company.rows(Trace) if each.action.startswith("nudging.")]
    assert actions == [
        f"nudging.{step}" for step in ("informed", "confirm", "wave", "wave-sent", "pause", "go", "resume")
    ]
