"""How complete profiles are is told by group, week after week; nobody is told of."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path

import pytest

from bot import people
from bot.cli import verbs
from bot.cli.opening import Desk
from bot.cli.voice import voice
from nudges import NUDGES
from storage.figures import Figure
from storage.people import Account
from storage.profiles import OwnValue
from storage.roster import Entry, Named
from tests.humans import Human, eventually
from tests.humans.towns import AT_EASE
from tests.scenarios.company import HOME, PLATFORM, Company
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_profiles import outsiders

HERE = ["memory"]
MONDAY = datetime(2026, 11, 30, 0, 5, tzinfo=HOME)
FIELDS = ("title", "location", "topics")


async def hires(company: Company, departments: Mapping[str, int]) -> dict[str, list[int]]:
    """So many people in each department, whom platform and roster know: department -> their numbers."""
    hired: dict[str, list[int]] = {}
    for department, number in departments.items():
        for each in range(number):
            human = await company.person(f"{department or 'none'}-{each}")
            async with company.store.write() as session:
                now = company.clock.now()
                person = await people.find(session, PLATFORM, human.external, now, human.name)
                accounts = json.dumps({PLATFORM: human.external})
                line = Entry(
                    key=human.name, name=human.name, department=department, person_id=person, accounts=accounts,
                    created_at=now, changed_at=now,
                )  # fmt: skip
                session.add(line)
                await session.flush()
                session.add(Named(entry_id=line.id or 0, platform=PLATFORM, external_id=human.external))
            hired.setdefault(department, []).append(person)

    async def met() -> bool:
        known = {each.external_id for each in await company.rows(Account)}
        return {each.external for each in company.people.values()} <= known

    await eventually(met, "everybody was met")
    return hired


async def fill(company: Company, who: list[int], state: str = "kept") -> None:
    """These people fill what they are asked for."""
    async with company.store.write() as session:
        for person in who:
            for field in FIELDS:
                at = company.clock.now()
                value = "" if state == "declined" else "Head of seeds"
                session.add(OwnValue(person_id=person, field=field, value=value, state=state, at=at))


async def told(company: Company, weeks: int) -> None:
    """Wait until figures of so many weeks were told."""

    async def there() -> bool:
        return len({each.week for each in await company.rows(Figure)}) == weeks

    await eventually(there, f"figures of {weeks} weeks are told")


async def asked(who: Human, words: str, title: str, times: int = 1) -> str:
    """What somebody is shown who asks for it, the last time."""
    seen: list[str] = []

    async def there() -> bool:
        seen[:] = [each for each in await who.reads() if title in each]
        return len(seen) == times

    await who.types(words)
    await eventually(there, f"{who.name} sees {title!r}")
    return seen[-1]


@pytest.mark.parametrize("where", AT_EASE)
async def test_who_answers_for_it_sees_how_complete_profiles_are(odile: Human, bob: Human, company: Company) -> None:
    await hires(company, {"Sales": 12})
    company.clock.advance_to(MONDAY)
    await told(company, 1)
    await odile.types("profil completude")
    page = await odile.is_told("Où en sont les profils")
    assert "Sales\u00a0: 0 % à 34 % (au plus 4 sur 12)" in page
    assert "Sont complets les profils" in page
    await bob.types("profile completeness")
    await bob.is_not_told("How complete profiles are, week")


@pytest.mark.parametrize("where", HERE)
async def test_by_department_by_field_and_week_after_week(alice: Human, company: Company) -> None:
    hired = await hires(company, {"Sales": 20, "IT": 5, "Legal": 4, "=Board": 2})
    await fill(company, hired["Sales"][:8])
    await fill(company, hired["Sales"][8:10], "declined")
    await fill(company, hired["Legal"])
    company.clock.advance_to(MONDAY)
    await told(company, 1)
    page = await asked(alice, "profile completeness", "How complete profiles are")
    assert "Sales: 50 % to 70 % (10 to 14 of 20)" in page, "who prefers not to say is complete"
    assert "IT: 0 % to 40 % (at most 2 of 5)" in page
    assert "smaller departments, together: 34 % to 100 %" not in page
    assert "Legal" not in page
    assert "Board" not in page
    assert "what you do: " in page
    assert "Week by week" not in page

    await fill(company, [*hired["Sales"][10:14], *hired["IT"][:2]])
    company.clock.advance(days=7)
    await told(company, 2)
    page = await asked(alice, "profile completeness", "How complete profiles are", 2)
    assert "Sales: 50 % to 70 % (10 to 14 of 20), counted in the week of " in page, "four are too few"
    assert "Week by week" in page
    await fill(company, hired["Sales"][14:15])
    company.clock.advance(days=7)
    await told(company, 3)
    page = await asked(alice, "profile completeness", "How complete profiles are", 3)
    assert "Sales: 75 % to 100 % (at least 15 of 20)\n" in page


@pytest.mark.parametrize("where", HERE)
async def test_a_table_of_figures_is_safe_to_open_and_says_what_the_page_says(company: Company, tmp_path: Path) -> None:
    await hires(company, {"=cmd()": 6, "IT": 10})
    company.clock.advance_to(MONDAY)
    await told(company, 1)
    text = await printed(company, tmp_path, "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["group"] for row in rows} == {"'=cmd()", "IT", "no department known", "all"}
    whole = {row["group"]: row for row in rows if row["what"] == "whole profile"}
    assert whole["IT"]["of"] == "10"
    assert int(whole["all"]["at_most"]) == sum(int(whole[each]["at_most"]) for each in whole if each != "all")
    document = json.loads(await printed(company, tmp_path, "json"))
    assert document["smallest_group"] == 5
    assert len(document["figures"]) == len(rows)
    assert "IT" in await printed(company, tmp_path, "")


async def printed(company: Company, folder: Path, form: str) -> str:
    """What the command prints, beside the bot at work."""
    said = voice({}, "en", [nudge.catalogs for nudge in NUDGES])
    declared = {verb.path: (nudge, verb) for nudge in NUDGES for verb in nudge.verbs}
    desk = Desk(folder / "parvis.toml", company.config(), said)
    address = desk.config.database.model_copy(update={"url": company.url})
    desk = Desk(desk.file, desk.config.model_copy(update={"database": address}), said)
    with redirect_stdout(io.StringIO()) as out:
        await verbs.done(
            desk, *declared["people", "completeness"], company.clock.now, json=form == "json", csv=form == "csv"
        )
    return out.getvalue()


@pytest.mark.parametrize("where", AT_EASE)
async def test_who_left_or_is_a_guest_is_counted_nowhere(alice: Human, company: Company, fresh: Fresh) -> None:
    hired = await hires(company, {"Sales": 10})
    await outsiders(company, fresh("square"))
    await fill(company, hired["Sales"])
    async with company.store.write() as session:
        line = (await company.rows(Entry, key="Sales-9"))[0]
        line.state = "left"
        session.add(line)
    company.clock.advance_to(MONDAY)
    await told(company, 1)
    page = await asked(alice, "profile completeness", "How complete profiles are")
    assert "Sales: 77 % to 100 % (at least 7 of 9)" in page
