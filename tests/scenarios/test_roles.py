"""Roles by membership of a room or a user group: who enters has it, who leaves has it no more, others never do."""

from __future__ import annotations

import pytest

from storage.people import Account, Grant
from tests.humans import Human, eventually
from tests.humans.towns import ON_SLACK
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_communities import Fresh, asks, state_of

REFUSED = "This is for another role (animator)"


async def holders(company: Company, source: str) -> set[str]:
    """The accounts of those to whom a source gives a role."""
    held = {each.person_id for each in await company.rows(Grant, source=source)}
    return {each.external_id for each in await company.rows(Account) if each.person_id in held}


async def given(company: Company, source: str, *people: Human) -> None:
    """Wait until exactly these people have their role from that source."""
    company.clock.advance(minutes=10)  # where the platform tells nothing of it, it is asked as often

    async def so() -> bool:
        return await holders(company, source) == {each.external for each in people}

    await eventually(so, f"{source} gives a role to {[each.name for each in people]}")


async def by_circle(company: Company, *members: Human, kind: str = "circle") -> str:
    """Let animators be who is in a new circle too, from a restart on; returns the source of their role."""
    make = company.town.circle if kind == "circle" else company.town.room
    circle = await make(f"deciders-{members[-1].external.strip('@').lower().partition(':')[0]}", list(members))
    source = f"{PLATFORM}:{circle}" if kind == "circle" else f"{PLATFORM}:room:{circle}"
    await company.stop()
    company.settings["roles"]["animator"].append(source)
    await company.start()
    return source


async def test_a_role_comes_with_a_circle_and_goes_with_it(
    ana: Human, bob: Human, diane: Human, company: Company, fresh: Fresh
) -> None:
    """The circle is a user group on Slack, and a room elsewhere."""
    kind = "guest" if "guest" in company.town.ways.kinds else "stranger"
    guest = await company.person("gil", kind=kind, language="en")
    source = await by_circle(company, diane, guest)
    circle = source.removeprefix(f"{PLATFORM}:")
    await given(company, source, diane)
    first, second = await asks(ana, fresh("Jardin"), company), await asks(ana, fresh("Photo"), company)
    await bob.types(f"community approve {first}")
    await bob.is_told(REFUSED)
    await guest.types(f"community approve {first}")

    await company.town.admit(circle, bob)
    await given(company, source, diane, bob)
    await bob.types(f"community approve {first}")
    await bob.is_told("Done: request")
    assert await state_of(first, company) == "approved"

    await company.town.dismiss(circle, bob)
    await given(company, source, diane)
    before = len([text for text in await bob.reads() if REFUSED in text])
    await bob.types(f"community approve {second}")
    await company.settled()
    assert len([text for text in await bob.reads() if REFUSED in text]) == before + 1

    await company.town.admit(circle, bob)
    await given(company, source, diane, bob)
    await company.stop()
    company.settings["roles"]["animator"].remove(source)
    await company.start()
    await bob.types(f"community approve {second}")
    await company.settled()
    assert len([text for text in await bob.reads() if REFUSED in text]) == before + 2
    assert not await company.rows(Grant, source=source)
    assert await state_of(second, company) == "waiting"


@pytest.mark.parametrize("where", ["memory", *ON_SLACK])
async def test_neither_the_bot_nor_a_guest_has_the_role_of_the_room_they_are_in(diane: Human, company: Company) -> None:
    guest = await company.person("gil", kind="guest", language="en")
    source = await by_circle(company, diane, guest, kind="room")
    await given(company, source, diane)
    me = [each for each in await company.rows(Account) if each.kind == "bot"]
    assert not me, "the bot itself is nobody it knows"


@pytest.mark.parametrize("where", ["memory"])
async def test_who_is_an_animator_by_name_is_none_once_the_settings_drop_them(
    ana: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    number = await asks(ana, fresh("Jardin"), company)
    await company.stop()
    animators = company.settings["roles"]["animator"]
    company.settings["roles"]["animator"] = [each for each in animators if arthur.external not in each]
    await company.start()
    await arthur.presses("Approve", room=company.animators)
    await arthur.is_told("Ceci revient à un autre rôle")
    assert await state_of(number, company) == "waiting"
    assert not [each for each in await company.rows(Grant, role="animator") if each.source != "config"]
    await alice.presses("Approve", room=company.animators)
    await ana.is_told("Bonne nouvelle")
