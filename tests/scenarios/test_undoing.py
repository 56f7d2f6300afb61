"""Each change of a community is shown before it happens, and undone within its delay, on every platform.

Renaming and handing over stand in `test_life`; what differs by platform in `test_reopening`.
"""

from __future__ import annotations

from typing import Any

import pytest

from storage.audit import Entry
from storage.changes import Change
from storage.communities import Community
from tests.humans import Human, eventually
from tests.humans.towns import ON_MATRIX, ON_SLACK
from tests.scenarios.company import Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_life import ABOUT, Fresh, becomes, finds_none, opens, row

EACH = pytest.mark.parametrize("where", ["memory", *ON_SLACK, *ON_MATRIX])


async def opened_by_hand(company: Company, who: Human, room: str) -> None:
    """Where the bot may not open what is archived, somebody does."""
    if not company.town.ways.reopens:
        await who.is_told("I am not allowed to open an archived room again")
        await Outside(company, who).reopen(room)


async def previewed(who: Human, title: str, *pieces: str) -> None:
    """Somebody reads what would happen."""
    text = await who.is_told(f"Preview: {title}")
    for piece in (*pieces, "Can be undone until", "Nothing happens until you confirm"):
        assert piece in text, text


async def is_called(company: Company, community: Community, name: str) -> None:
    """Wait until a community has a name."""

    async def called() -> bool:
        return (await row(company, community)).name == name

    await eventually(called, f"it is called {name}")
    await company.settled()


# ---------------------------------------------------------------- pausing, merging


@EACH
async def test_a_pause_and_a_merging_are_shown_before_and_undone(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    balcony, garden = fresh("Balcons"), fresh("Montagne")
    small = await opens(bob, alice, balcony, company)
    large = await opens(alice, company.people["arthur"], garden, company, "--interest", about=1)
    await bob.joins(small.room)
    await ana.joins(small.room)

    await bob.types(f"community pause {balcony} until 2026-12-15")
    await previewed(bob, f"pause “{balcony}”", "until Tuesday 15 December 2026", "The room stays as it is")
    await bob.presses("Pause it", near=f"Preview: pause “{balcony}”")
    assert "15 December" in await bob.is_told(f"“{balcony}” is paused (bob")
    assert str((await row(company, small)).paused_until) == "2026-12-15"
    await bob.presses("Undo", near="is paused (bob")
    await bob.is_told(f"“{balcony}” is no longer paused")
    assert (await row(company, small)).paused_until is None

    await alice.types(f"community merge {balcony} into {garden}")
    await previewed(alice, f"merge “{balcony}” into “{garden}”", "2 people", "each is invited", "nobody is added")
    await alice.presses("Merge them", near=f"Preview: merge “{balcony}”")
    await alice.is_told(f"“{balcony}” is closed, and its members are invited to “{garden}”")
    assert garden in await ana.is_told("this room is archived now, and you are invited there", small.room)
    await ana.is_told("a été fusionnée dans")
    assert (await row(company, small)).merged_into == large.id
    assert not await ana.is_in(large.room), "nobody is added"
    await ana.presses("Rejoindre", near="a été fusionnée dans")
    await ana.is_told(f"Bienvenue dans {garden}")
    await bob.types(f"community join {balcony}")
    await bob.is_told(f"was merged into “{garden}”")
    await alice.presses("Undo", near=f"“{balcony}” is closed, and its members")
    await opened_by_hand(company, bob, small.room)
    await alice.is_told(f"“{balcony}” is open again, and no longer merged into “{garden}”")
    await ana.is_told(f"{balcony} is open again", small.room)
    found = await row(company, small)
    assert (found.state, found.merged_into) == ("active", None)
    assert await ana.is_in(small.room)
    assert any(balcony in text for text in await bob.pins(small.room))


# ---------------------------------------------------------------- closing, reopening


@EACH
async def test_a_closing_and_a_reopening_are_shown_before_and_undone_within_their_delay(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await ana.joins(garden.room)
    await bob.types(f"community close {name} Nobody has time any more")
    await previewed(bob, f"close “{name}”", "2 people", "Nothing is deleted")
    await bob.presses("Close it", near="Preview: close")
    await bob.is_told(f"“{name}” is closed (bob")
    assert "Nobody has time any more" in await ana.is_told(f"bob closes {name}", garden.room)
    assert (await row(company, garden)).state == "closed"
    await finds_none(ana)
    await bob.presses("Undo", near="is closed (bob")
    await opened_by_hand(company, bob, garden.room)
    await bob.is_told(f"“{name}” is open again.")
    await ana.is_told(f"{name} is open again", garden.room)
    await alice.is_told(f"“{name}” is open again.", company.animators)
    assert (await becomes(company, "close", "undone")).undo_until
    assert (await row(company, garden)).state == "active"
    assert await ana.is_in(garden.room)
    assert any(name in text for text in await bob.pins(garden.room))

    await bob.types(f"community close {name}")
    await company.settled()  # the former preview looks the same
    await bob.presses("Close it", near="Preview: close")
    await becomes(company, "close", "done")
    await bob.types(f"community reopen {name}")
    await previewed(bob, f"reopen “{name}”", "is opened again", "are let back in")
    await bob.presses("Reopen it", near="Preview: reopen")
    await opened_by_hand(company, bob, garden.room)
    await bob.is_told(f"“{name}” is open again (bob wanted it so)")
    assert (await row(company, garden)).state == "active"
    await bob.presses("Undo", near="is closed (bob")
    await bob.is_told("Something was done to")
    await bob.presses("Undo", near="is open again (bob")
    await bob.is_told(f"“{name}” is closed again")
    await becomes(company, "reopen", "undone")
    assert (await row(company, garden)).state == "closed"

    assert "members" in (await becomes(company, "close", "done")).detail
    company.clock.advance(days=31)
    await bob.presses("Undo", near="is closed (bob")
    await bob.is_told("This can be undone for 30 days")
    await company.settled()
    assert "members" not in (await becomes(company, "close", "done")).detail, "nobody's account is kept longer"


# ---------------------------------------------------------------- names


# In encrypted rooms a month makes clients change keys, and the bot forget theirs; here only the bot's clock moves on.
@pytest.mark.parametrize("where", ["memory", *ON_SLACK, ON_MATRIX[0]])
async def test_a_former_name_is_kept_while_it_can_be_had_back_and_is_anyone_s_afterwards(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, better, other = fresh("Jardin"), fresh("Verger"), fresh("Montagne")
    garden = await opens(bob, alice, name, company)
    photos = await opens(alice, company.people["arthur"], other, company, "--interest", about=1)
    await bob.joins(garden.room)
    await alice.joins(photos.room)
    await bob.types(f"community rename {name} to {better}")
    await previewed(bob, f"rename “{name}” to “{better}”", f"Nobody else can have the name “{name}”")
    await bob.presses("Rename it", near=better)
    await bob.is_told(f"“{name}” is now called “{better}”")

    # Whoever asks for it is refused beside the field, and may choose another.
    await ana.types("communaute demander")
    wrong = await ana.fills(name=name, purpose=ABOUT[2][0], work=ABOUT[2][1])
    assert "lui reste réservé tant qu’elle peut le reprendre (30 jours)" in wrong["name"]
    await ana.closes()
    # Only outside may another take it: then it is not given back, and nobody shares a name.
    await Outside(company, alice).rename(photos.room, name)
    await is_called(company, photos, name)
    await bob.presses("Undo", near=better)
    await bob.is_told(f"There is another community, or a request, called “{name}” by now")
    assert (await row(company, garden)).name == better
    await Outside(company, alice).rename(photos.room, other)
    await is_called(company, photos, other)

    company.clock.advance(days=31)
    await company.settled()
    made = await opens(ana, alice, name, company, about=2)
    assert made.state == "active"
    await ana.joins(made.room)
    assert made.room in {await ana.room_named(name.lower()), await ana.room_named(name)}
    assert garden.room in {await bob.room_named(better.lower()), await bob.room_named(better)}


# ---------------------------------------------------------------- given up


@pytest.mark.parametrize("where", ["slack"])
async def test_an_undoing_that_the_platform_refuses_is_given_up_or_over_with_its_delay(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await bob.types(f"community close {name}")
    await bob.presses("Close it", near="Preview: close")
    change = await becomes(company, "close", "done")
    town: Any = company.town
    town.server.fault("conversations.unarchive", "refuse", error="not_in_channel", times=9)

    await bob.presses("Undo", near="is closed (bob")
    await becomes(company, "close", "undo-stuck")
    await bob.presses("Undo", near="is closed (bob")
    await bob.is_told("waits for somebody to do it by hand")
    await bob.presses("Leave it after all", near="not allowed to open")
    await bob.is_told(f"“{name}” stays as it is: nothing is undone")
    assert (await becomes(company, "close", "done")).error == ""
    assert (await row(company, garden)).state == "closed"
    await alice.types(f"community give-up {change.id}")
    await alice.is_told("Nothing waits to be done by hand")

    # Asked for again on the last day, it waits a week for somebody's hand, and no longer.
    company.clock.advance(days=29, hours=23)
    await bob.presses("Undo", near="is closed (bob")
    await becomes(company, "close", "undo-stuck")
    company.clock.advance(days=6)
    await company.settled()
    assert "members" in (await becomes(company, "close", "undo-stuck")).detail
    company.clock.advance(days=2)
    await alice.is_told("Nobody did by hand what it took", company.animators)
    await bob.is_told(f"to undo this for “{name}”, and it can be undone no longer")
    assert "members" not in (await becomes(company, "close", "done")).detail
    assert len(await company.rows(Change)) == 1
    actions = [each.action for each in await company.rows(Entry) if each.action.startswith("community.close")]
    assert actions[0] == "community.close"
    assert [actions.count(f"community.close.{how}") for how in ("undo-cancelled", "undo-expired")] == [1, 1]
