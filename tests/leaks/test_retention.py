"""What was handed over is forgotten when its time is over: in the rows, in the bytes of the files, and for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.audit import Entry, Erasable
from storage.changes import Change
from storage.communities import Community
from storage.outbox import Promise
from storage.requests import Exchange, Request
from tests.humans import Human
from tests.scenarios.company import Company
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_life import becomes, opens, row

pytestmark = pytest.mark.parametrize("where", ["memory"])
KEPT = 366  # days: more than the usual setting


def held(tmp_path: Path, *words: str) -> set[tuple[str, str]]:
    """Which words stand in which file of the database."""
    files = {each.name: each.read_bytes() for each in tmp_path.glob("parvis.db*")}
    return {(word, name) for word in words for name, data in files.items() if word.encode() in data}


async def passes(company: Company, days: float) -> None:
    """So many days go by, and the hourly look at what is to be forgotten is taken."""
    company.clock.advance(days=days)
    await company.settled()
    await company.app._purge()


async def refused(ana: Human, alice: Human, company: Company, name: str) -> str:
    """A request with a question, an answer and a refusal in words; its number."""
    await ana.types(f"community request {name} --purpose Zirkonia polieren --work Quarzsand sieben --yes")
    await company.settled()
    number = str((await company.rows(Request))[-1].id)
    await alice.types(f"community ask {number} Wozu Moorlauge?", company.animators)
    await ana.is_told("Moorlauge")
    await ana.types(f"community answer {number} Gegen Flugrost")
    await alice.is_told("Flugrost")
    await alice.types(f"community refuse {number} other Wegen Hagelschlag", company.animators)
    await company.settled()
    company.clock.advance(minutes=11)
    await ana.is_told("Hagelschlag")
    return number


WORDS = ("Zirkonia", "Quarzsand", "Moorlauge", "Flugrost", "Hagelschlag")


async def test_a_decided_request_is_forgotten_to_the_last_byte(
    ana: Human, alice: Human, company: Company, fresh: Fresh, tmp_path: Path
) -> None:
    name = fresh("Edelstein")
    number = await refused(ana, alice, company, name)
    assert {word for word, _ in held(tmp_path, *WORDS)} == set(WORDS), "they are looked for where they are"
    await passes(company, KEPT - 2)
    (kept,) = await company.rows(Request)
    assert "Zirkonia" in kept.fields
    await passes(company, 2)
    assert held(tmp_path, *WORDS) == set()
    (row,) = await company.rows(Request)
    assert (row.fields, row.reason, row.state, row.reason_code) == ("{}", "", "refused", "other")
    assert [(each.question, each.answer) for each in await company.rows(Exchange)] == [("", "")]
    assert not [each for each in await company.rows(Erasable) if "Hagelschlag" in each.text]
    async with company.store.read() as session:
        assert await company.app._audit.verify(session) == [], "the trail is whole without its reasons"
    assert await company.rows(Entry, subject=f"request:{number}")
    await ana.types(f"community appeal {number} Bitte")
    await ana.is_told(f"{number}", within=10)
    assert len(await company.rows(Request)) == 1, "what is forgotten is not appealed against"
    await ana.types("community mine")
    await company.settled()
    assert name not in (await ana.reads())[-1]


async def test_what_still_waits_is_not_forgotten(
    ana: Human, alice: Human, company: Company, fresh: Fresh, tmp_path: Path
) -> None:
    name = fresh("Warten")
    await ana.types(f"community request {name} --purpose Zirkonia polieren --work Quarzsand sieben --yes")
    await company.settled()
    await passes(company, KEPT)
    await passes(company, KEPT)
    (row,) = await company.rows(Request)
    assert "Zirkonia" in row.fields
    await alice.types(f"community approve {row.id}", company.animators)
    await ana.is_told(name)


async def test_what_a_community_is_for_lives_as_long_as_it_does(
    bob: Human, alice: Human, company: Company, fresh: Fresh, tmp_path: Path
) -> None:
    name = fresh("Garten")
    garden = await opens(bob, alice, name, company)
    await passes(company, KEPT)
    (request,) = await company.rows(Request)
    assert request.fields == "{}", "its request has served"
    before = await row(company, garden)
    assert before.purpose
    assert before.work
    await bob.types(f"community info {name}")
    await bob.is_told(before.purpose)

    await bob.types(f"community close {name} Nachtfrost")
    await bob.presses("Close it", near="Preview: close")
    await becomes(company, "close", "done")
    await passes(company, KEPT - 2)
    assert (await row(company, garden)).purpose == before.purpose
    await passes(company, 2)
    after = await row(company, garden)
    assert (after.name, after.purpose, after.work) == (name, "", "")
    assert not held(tmp_path, "Nachtfrost", before.work)
    assert {change.state for change in await company.rows(Change)} == {"done"}

    await alice.types(f"community reopen {name}")
    await alice.presses("Reopen it", near="Preview: reopen")
    await becomes(company, "reopen", "done")
    assert (await row(company, garden)).state == "active"
    assert await company.rows(Community, state="active")
    assert await company.rows(Promise, state="dead") == []
