"""The guide by job: who asks for it reads the one of their own work, with the communities that they may see."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from bot import people
from bot.say import Names
from nudges.launch.capability import nudge
from nudges.launch.guide import health
from storage import communities
from storage.roster import Entry
from tests.humans import Human
from tests.humans.towns import AT_EASE, FIRST_PLAINLY
from tests.printed import about, words
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.pages import LINK, listening, on_the_web
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_pulse import community
from tests.scenarios.test_visits import browser


def guide(language: str, title: str, job: str, slugs: list[str]) -> dict[str, Any]:
    """The table of a guide. slugs: the communities of its examples."""
    examples = [
        {"title": f"{title}, {number}", "text": f"*{number}* <!channel> @room", "community": slug}
        for number, slug in enumerate(slugs, 1)
    ]
    about = {"language": language, "title": title, "jobs": [job], "examples": examples}
    return {**about, "why": f"**{title}**: somebody had it before.", "how": "- ask\n- answer"}


async def works(company: Company, human: Human, job: str) -> None:
    """The company's list knows somebody's job."""
    now = company.clock.now()
    async with company.store.write() as session:
        person = await people.find(session, PLATFORM, human.external, now, human.name)
        session.add(Entry(key=human.name, person_id=person, name=human.name, job=job, created_at=now, changed_at=now))


@pytest.mark.parametrize("where", AT_EASE)
async def test_each_reads_the_guide_of_their_job(company: Company, ana: Human, bob: Human, fresh: Fresh) -> None:
    garden, closed, cellar = fresh("garden"), fresh("attic"), fresh("cellar")
    await community(company, garden, [ana, bob], slug=garden)
    await community(company, closed, [ana], slug=closed, state="closed")
    await community(company, cellar, [ana], slug=cellar, visibility="private")
    slugs = [garden, closed, cellar]
    french = guide("fr", "Pour les techniciens", "technicien*", slugs)
    english = guide("en", "For technicians", "technicien*", slugs)
    await company.restart({"launch": {"guides": [french, english, guide("en", "For cooks", "cook", ["", "", ""])]}})
    await works(company, ana, "Technicienne de quai")
    await ana.types("guide")
    told = await ana.is_told("Pourquoi le réseau existe pour vous")
    assert "Ce guide est celui de votre métier\u00a0: Technicienne de quai" in told
    for each in ("Pour les techniciens", "somebody had it before", "ask", "3. Pour les techniciens, 3"):
        assert each in told, each
    assert await ana.notified() == 0, "what is written in settings calls nobody"
    assert garden in told
    assert closed not in told, "it is closed"
    assert cellar not in told, "it is private, and she is not in its list"

    async with company.store.read() as session:
        found = await health.doctor(company.app.parts.context(session, company.clock.now(), None, nudge))
    assert [each.what.id for each in found] == ["guide-doctor-fine", "guide-doctor-lacking"]
    assert found[1].what.args["names"] == Names(names=tuple(sorted([closed, cellar])))

    await bob.types("guide")
    told = await bob.is_told("Your company’s network")
    assert "This guide is for everybody" in told
    await bob.presses("Another guide", near="Your company’s network")
    await bob.presses("For technicians", near="There are these guides")
    told = await bob.is_told("1. For technicians, 1")
    assert "asked for by its title" in told
    await bob.types("guide cook")
    await bob.is_told("1. For cooks, 1")
    await bob.types("guide pilot")
    await bob.is_told("There is no guide “pilot”")
    await bob.types("guide mail")
    await bob.is_told("No e-mail address of yours is known here")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_without_guides_everybody_has_one_and_no_other(company: Company, ana: Human) -> None:
    await ana.types("guide")
    told = await ana.is_told("Le réseau de votre entreprise")
    assert "Trois exemples" in told
    assert "Un autre guide" not in told
    assert "PDF" not in told, "no page of the bot is reachable"
    await ana.types("guide autres")
    await ana.is_told("Il n’y a pas d’autre guide")
    await ana.types("guide imprimer")
    await ana.is_told("Les pages ne sont pas encore accessibles")


ROOMS = "https://chat.example.org/rooms"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_guide_is_a_file_with_the_way_to_its_communities(
    company: Company, ana: Human, bob: Human, port: int
) -> None:
    room = await community(company, "garden", [ana], slug="garden")
    await community(company, "cellar", [ana], slug="cellar", visibility="private")
    async with company.store.write() as session:
        person = await people.find(session, PLATFORM, ana.external, company.clock.now(), ana.name)
        (cellar,) = await communities.named(session, "cellar")
        await communities.set_role(session, cellar.id or 0, person, "lead", company.clock.now())
    tables = on_the_web(port) | {"platforms": {PLATFORM: {"kind": "memory", "rooms_at": ROOMS}}}
    cooks = guide("fr", "Pour les cuisiniers : #import", "cuisin*", ["garden", "cellar", ""])
    await company.restart({**tables, "launch": {"guides": [cooks]}})
    await ana.types("guide cuisinier")
    assert "cellar" in await ana.is_told("Pour les cuisiniers"), "she leads it"
    await ana.presses("En PDF", near="Pour les cuisiniers")
    link = LINK.findall(await ana.is_told("Ouvrir le guide en PDF"))[-1]
    async with listening(company.app, port), browser("fr") as hers:
        await hers.presses(link)
        await ana.presses("Oui, c’est le mien")
        await ana.is_told("La page s’y ouvre")
        answer = await hers.asks(f"{link.partition('/visit/')[0]}/visit/wait")
        printed = await answer.read()
        assert answer.headers["Content-Type"] == "application/pdf"
        assert 'filename="guide.pdf"' in answer.headers["Content-Disposition"]
        address = link.partition("/visit/")[0]
        assert "Il n’y a pas de guide" in await hers.sees(f"{address}/launch/guide.pdf?guide=x", 404)
        usual = words(await (await hers.asks(f"{address}/launch/guide.pdf")).read())
    said = words(printed)
    assert about(printed) == ("Pour les cuisiniers\u00a0: #import", "fr")
    assert f"{ROOMS}/{quote(room)}" in said.replace(" ", ""), "what its code leads to can be typed as well"
    assert "somebody had it before" in said
    assert "cellar" not in said, "it is private, and paper is passed on"
    assert "imprimé tel qu’au mardi 24 novembre 2026" in said
    assert "Le réseau de votre entreprise" in usual
    assert "Par où commencer garden" in usual
