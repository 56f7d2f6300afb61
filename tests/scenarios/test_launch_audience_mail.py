"""Whoever has not signed in is reached by e-mail; so is whoever prefers that."""

from __future__ import annotations

from nudges.launch.audience import Audience, Some
from storage import people
from storage.launch import Announcement, AnnouncementVersion
from storage.people import Person
from tests.scenarios.test_mail import Company, company

__all__ = ["company"]


async def test_a_preview_shows_the_letter_and_people_may_prefer_it(company: Company) -> None:
    async with company.store.write() as session:
        ana = await people.account(session, "acme", company.ana.external)
        assert ana is not None
        at = company.clock.now()
        made = Announcement(owner_id=ana.person_id, speaker_id=ana.person_id, created_at=at, changed_at=at)
        made.audience = Audience(whom=Some(everybody=True)).text()
        session.add(made)
        await session.flush()
        session.add(
            AnnouncementVersion(
                announcement_id=made.id or 0, number=1, title="It opens", text="**Soon**.", by_id=ana.person_id, at=at
            )
        )
    await company.ana.types("announce preview 1")
    shown = await company.ana.is_told("2 people")
    assert "All its media are chat" not in shown
    assert "since e-mail is not set up" not in shown
    await company.ana.presses("See it: mail", near="2 people")
    letter = await company.ana.is_told("Subject")
    assert "It opens" in letter
    assert "**" not in letter
    await company.ana.types("parvis here mail")
    await company.ana.is_told("comes to ana@example.org from now on")
    async with company.store.read() as session:
        person = await session.get(Person, ana.person_id)
        assert person is not None
        assert person.told_on == "mail"
    await company.ana.types("parvis here off")
    await company.ana.is_told("where you used me last")
