"""What is printed of an announcement is seen before it is signed: by whose words they are, and in a preview."""

from __future__ import annotations

import pytest

from storage.roster import Entry
from tests.humans import Human
from tests.humans.towns import AT_EASE, FIRST_PLAINLY
from tests.printed import codes
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_launch_signing import at_work, cleo, state, written

__all__ = ["at_work", "cleo"]
FILM = "https://video.example.org/12"
TEXT = f"It opens **on Monday**.\n\n[Video: Welcome]({FILM})\n\n> Good morning."


async def reached_by_paper(company: Company, count: int = 6) -> None:
    """People on the company's list who have no account and no address."""
    now = company.clock.now()
    async with company.store.write() as session:
        for number in range(count):
            about = {"department": "Quay", "created_at": now, "changed_at": now}
            session.add(Entry.model_validate({"key": f"q{number}", "name": f"Somebody {number}", **about}))


@pytest.mark.parametrize("where", AT_EASE)
async def test_who_signs_sees_the_sheet_as_it_is_by_then(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await reached_by_paper(company)
    await written(company, cleo, diane, text=TEXT)
    await cleo.types("announce submit 1")
    await diane.is_told("l’image jointe montre la feuille")
    assert codes([await diane.sees_picture("imprimée\N{NO-BREAK SPACE}: The network opens")]) == [FILM]

    await cleo.types("announce edit 1")
    assert await cleo.fills(title="It opens at last", text="It opens **on Tuesday**.") == {}
    card = await diane.is_told("pour votre signature\N{NO-BREAK SPACE}: It opens at last")
    assert "l’image jointe montre la feuille" in card
    assert codes([await diane.sees_picture("imprimée\N{NO-BREAK SPACE}: It opens at last")]) == []
    await diane.presses("Signer", near="pour votre signature\N{NO-BREAK SPACE}: It opens at last")
    await cleo.is_told("diane signed announcement 1")
    assert await state(company) == "signed"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_preview_shows_the_sheet(company: Company, at_work: None, cleo: Human, diane: Human) -> None:
    await written(company, cleo, diane, text=TEXT)
    await cleo.types("announce preview 1 paper")
    await cleo.is_told("As people see it (paper)")
    assert codes([await cleo.sees_picture("The sheet as it is printed: The network opens")]) == [FILM]


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_where_nobody_gets_it_on_paper_no_sheet_is_shown(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await company.restart({"launch": {"media": ["chat", "mail"]}})
    await written(company, cleo, diane, text=TEXT)
    await cleo.types("announce submit 1")
    card = await diane.is_told("pour votre signature")
    assert f"dans la messagerie ({PLATFORM})" in card
    assert "feuille" not in card
