"""A letter is signed by whose name is under it: shown in person, changed, signed again, by mandate, and in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.nudge import Nudge
from nudges import NUDGES
from storage.requests import Request
from tests.humans import Human
from tests.scenarios.company import HOME, Company
from tests.scenarios.signing import Letters


@pytest.fixture
def capabilities() -> Sequence[Nudge]:
    return (*NUDGES, Letters().nudge())


async def letter(company: Company, number: int) -> Request:
    (found,) = await company.rows(Request, id=number)
    assert isinstance(found, Request)
    return found


async def looks_after_it(company: Company, who: Human) -> None:
    """The settings say who is told how time runs out; the bot has read who there is, in which language."""
    await company.restart({"roles": {"comms": [f"acme:{who.external}"]}})
    await company.acquainted()


async def test_a_letter_is_signed_by_whose_name_is_under_it(
    ana: Human, bob: Human, alice: Human, diane: Human, company: Company
) -> None:
    await looks_after_it(company, alice)
    await bob.types(f"letter {diane.external} Welcome to all of you")
    await bob.is_told("Letter 1 waits for a signature")
    await diane.is_told("Welcome to all of you")
    await company.settled()
    assert "Welcome to all" not in "\n".join(await alice.reads(company.animators))

    await diane.presses("Modifier et approuver", near="Welcome to all of you")
    assert await diane.fills(text="Be welcome, all of you") == {}
    await bob.is_told("diane changed your request 1 “Be”, and approved it as it is now")

    await bob.types("letter rewrite 1 Goodbye to all of you")
    await bob.is_told("Letter 1 is changed")
    await diane.is_told("Modifiée depuis l’approbation de diane")
    assert (await letter(company, 1)).state == "waiting"
    await diane.presses("Approuver", near="Goodbye to all of you")
    await bob.is_told("diane approved your request 1 “Goodbye”")

    await bob.types(f"letter {diane.external} Holidays begin")
    await bob.is_told("Letter 2 waits")
    await ana.types("letter approve 2")
    await ana.is_told("vous n’en faites pas partie")
    await diane.types(f"letter mandate {ana.external} 2026-11-24 2026-11-27")
    assert await diane.accepts() == {}
    await ana.is_told("vous laisse décider à sa place")
    await ana.presses("Approuver", near="Holidays begin")
    await bob.is_told("ana, in the place of diane, approved your request 2 “Holidays”")

    await bob.types(f"letter {diane.external} by 2026-11-25T11:00+01:00 Come today")
    await bob.is_told("Letter 3 waits")
    company.clock.advance_to(datetime(2026, 11, 24, 16, 1, tzinfo=HOME))
    assert "Wednesday 25 November" in await alice.is_told("Request 3 “Come” by bob is needed by")
    await bob.is_told("Your request 3 “Come” is needed by")
    await company.restart()
    company.clock.advance_to(datetime(2026, 11, 25, 11, 1, tzinfo=HOME))
    await bob.is_told("was not decided in time. It is closed")
    await diane.is_told("il n’y en a pas eu à temps. Il n’y a plus rien à faire")
    await company.settled()
    assert (await letter(company, 3)).state == "undecided"
    assert len([text for text in await alice.reads() if "is needed by" in text]) == 1
