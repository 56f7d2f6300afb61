"""An announcement on its way from the draft to who reads it, by those who do it: for stories of the whole."""

from __future__ import annotations

import re

from storage.launch import Announcement
from tests.humans import Human, eventually
from tests.scenarios.company import Company


async def written(
    comms: Human, leader: Human, title: str, text: str, when: str, *, read: str = "Is that right?"
) -> None:
    """Announcement 1 for everybody, in a leader's name. read: of what is said back of the time."""
    await comms.types(f"announce new {title}")
    assert await comms.fills(text=text, speaker=leader.external) == {}
    await comms.is_told("is kept as a draft, version 1")
    await comms.types(f"announce when 1 {when}")
    await comms.presses("Yes, keep it", near=read)
    await comms.is_told("knows when it is sent")
    await comms.types("announce audience 1 everybody")
    await comms.is_told("knows whom it is for")


async def looked_at(comms: Human) -> int:
    """Its preview is before them. Returns how many people it names."""
    await comms.types("announce preview 1")
    shown = await comms.is_told("As people see it")
    (number,) = set(re.findall(r"Confirm: (\d+) people", shown))
    return int(number)


async def confirmed(comms: Human, number: int) -> None:
    """They repeat the number, and ask the leader to sign."""
    await comms.presses(f"Confirm: {number} people", near="As people see it")
    await comms.presses("Ask for the signature", near=f"is for {number} people")


async def sent(company: Company) -> None:
    """Its time comes, and it is sent to the end."""
    (made,) = await company.rows(Announcement)
    assert made.at is not None
    company.clock.advance_to(made.at)

    async def done() -> bool:
        company.app.wake()
        await company.looked()
        await company.settled()
        return bool(await company.rows(Announcement, state="sent"))

    await eventually(done, "it is sent", within=120)
