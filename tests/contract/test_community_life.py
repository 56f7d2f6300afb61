"""The life of communities on both databases: what is done once though two do it at the same time, and who sees what."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from adapters.memory import MemoryPlatform, MemoryServer
from bot.nudge import HomeRoom, Refused, Role
from bot.say import Say
from nudges import communities as nudge
from nudges.communities import facts
from nudges.communities.outside import noticing
from nudges.communities.settings import Settings
from storage import changes, communities, strays
from storage import people as people_rows
from storage.changes import Change, detail_of
from storage.communities import Community, Membership
from storage.database import Store
from storage.people import Account
from storage.strays import Stray
from tests.contract.loans import PLATFORM, Desk
from tests.contract.test_communities import Town

ANIMATORS = HomeRoom(PLATFORM, "!animators", "en")


@pytest.fixture
async def town(store: Store) -> Town:
    server = MemoryServer(PLATFORM, lambda: desk.now)
    desk = Desk(store, nudge.nudge, Settings(), {Role.ANIMATOR: [ANIMATORS]})
    town = Town(desk, server, MemoryPlatform(server))
    for name in ("ana", "bob"):
        await town.joins(name)
    await town.joins("alice", Role.ANIMATOR)
    return town


async def living(town: Town, name: str, lead: str = "", **values: Any) -> Community:
    """A community that is there from the start. lead: who leads it."""
    usual: dict[str, Any] = {
        "platform": PLATFORM, "room": f"!{name}", "name": name, "slug": name.lower(), "purpose": "Share seeds",
        "work": "Plan", "kind": "business", "visibility": "public", "state": "active", "created_at": town.desk.now,
    }  # fmt: skip
    async with town.desk.store.write() as session:
        made = Community(**{**usual, **values})
        session.add(made)
        await session.flush()
        if lead:
            session.add(
                Membership(
                    community_id=made.id or 0, person_id=town.people[lead], role="lead", accepted_at=town.desk.now
                )
            )
    return made


async def proposed(town: Town, community: Community, kind: str, who: str, **detail: object) -> Change:
    async with town.desk.store.write() as session:
        return await changes.add(session, community.id or 0, town.people[who], kind, detail, town.desk.now)


async def test_what_is_done_once_in_a_period_is_done_by_one_of_two(store: Store, town: Town) -> None:
    async def look() -> bool:
        async with store.write() as session:
            return await strays.first(session, "monday:2026-W49", town.desk.now)

    assert sorted(await asyncio.gather(look(), look())) == [False, True]
    assert not await look()


async def test_of_two_confirmations_at_once_one_begins_it(town: Town) -> None:
    garden = await living(town, "Garden", "ana")
    change = await proposed(town, garden, "close", "ana", words="", before="active", old="Garden")

    async def confirm() -> str:
        try:
            await town.desk.presses(town.people["ana"], "community.confirm", change.id or 0)
        except Refused as refused:
            return refused.line.id
        return "begun"

    answers = await asyncio.gather(confirm(), confirm())
    assert answers.count("begun") == 1, answers
    assert [kind for kind, _, _ in town.desk.outbox.started] == ["community.close"]


async def test_what_an_event_and_a_look_say_at_once_is_noticed_once(town: Town) -> None:
    garden = await living(town, "Garden", "ana")

    async def archived() -> None:
        async with town.desk.context(None) as ctx:
            community = await communities.get(ctx.session, garden.id or 0)
            assert community
            await noticing.follow(ctx, community, "archived")

    await asyncio.gather(archived(), archived())
    assert town.desk.trail.actions == ["community.outside"]
    assert len([each for each in town.desk.outbox.told if each.to.room == ANIMATORS.room]) == 1


async def test_two_changes_of_one_community_are_not_begun_together(town: Town) -> None:
    garden = await living(town, "Garden", "ana")
    detail = {"words": "", "before": "active", "old": "Garden"}
    both = [await proposed(town, garden, "close", "ana", **detail) for _ in range(2)]

    async def confirm(change: Change) -> str:
        try:
            await town.desk.presses(town.people["ana"], "community.confirm", change.id or 0)
        except Refused as refused:
            return refused.line.id
        return "begun"

    answers = await asyncio.gather(*map(confirm, both))
    assert sorted(answers) == ["begun", "life-busy"]


async def test_a_preview_belongs_to_who_asked_for_it_and_to_its_day(town: Town) -> None:
    garden = await living(town, "Garden", "ana")
    change = await proposed(town, garden, "close", "ana", words="", before="active", old="Garden")
    alice, ana, bob = town.people["alice"], town.people["ana"], town.people["bob"]
    assert await town.desk.is_refused(alice, "community.confirm", change.id or 0) == "life-not-your-preview"
    assert await town.desk.is_refused(bob, "community.confirm", change.id or 0) == "life-no-change"
    assert await town.desk.is_refused(ana, "community.undo", change.id or 0) == "life-nothing-to-undo"
    assert await town.desk.is_refused(ana, "community.confirm", "99999999999") == "life-no-change"
    await town.desk.later(hours=25)
    assert await town.desk.is_refused(ana, "community.confirm", change.id or 0) == "life-preview-old"


async def test_a_change_is_read_back_and_forgets_what_it_is_told_to(store: Store, town: Town) -> None:
    garden = await living(town, "Garden")
    change = await proposed(town, garden, "close", "ana", members=["U1", "U2"])
    async with store.write() as session:
        kept = await changes.get(session, change.id or 0)
        assert kept
        assert await changes.move(session, kept, "proposed", state="done", undo_until=town.desk.now)
        assert not await changes.move(session, kept, "proposed", state="running")
        assert [each.id for each in await changes.past_undoing(session, town.desk.now)] == [kept.id]
        changes.note(kept, members=None, people=2)
        session.add(kept)
    given_up = await proposed(town, garden, "close", "ana", members=["U1"])
    async with store.write() as session:
        row = await changes.get(session, given_up.id or 0)
        assert row
        await changes.move(session, row, "proposed", state="cancelled")
        assert [each.id for each in await changes.past_undoing(session, town.desk.now)] == [row.id]
        changes.note(row, members=None)
        session.add(row)
    async with store.read() as session:
        kept = await changes.get(session, change.id or 0)
        assert kept
        assert detail_of(kept) == {"people": 2}
        assert not await changes.past_undoing(session, town.desk.now)


async def changed(town: Town, community: Community, kind: str, state: str, **values: Any) -> Change:
    """A change of Ana's that is in this state."""
    detail = values.pop("detail", {})
    made = await proposed(town, community, kind, "ana", old=community.name, **detail)
    async with town.desk.store.write() as session:
        row = await changes.get(session, made.id or 0)
        assert row
        await changes.move(session, row, "proposed", state=state, **values)
        return row


async def stands(town: Town, change: Change) -> tuple[str, str]:
    """The states of a change and of its community."""
    async with town.desk.store.read() as session:
        row = await changes.get(session, change.id or 0)
        assert row
        community = await communities.get(session, row.community_id)
        assert community
        return row.state, community.state


@pytest.mark.parametrize(
    ("kind", "state", "before", "after", "said", "traced"),
    [
        ("close", "stuck", "closing", ("cancelled", "active"), "life-given-up", "cancelled"),
        ("reopen", "stuck", "closed", ("cancelled", "closed"), "life-given-up", "cancelled"),
        ("close", "undo-stuck", "closed", ("done", "closed"), "life-undo-given-up", "undo-cancelled"),
        ("merge", "undo-stuck", "closed", ("done", "closed"), "life-undo-given-up", "undo-cancelled"),
        ("reopen", "undo-stuck", "closing", ("done", "active"), "life-undo-given-up", "undo-cancelled"),
        ("rename", "undo-stuck", "active", ("done", "active"), "life-undo-given-up", "undo-cancelled"),
    ],
)
async def test_what_waits_for_a_hand_is_given_up_and_the_community_is_free_again(
    town: Town, kind: str, state: str, before: str, after: tuple[str, str], said: str, traced: str
) -> None:
    garden = await living(town, "Garden", "ana", state=before)
    change = await changed(town, garden, kind, state, detail={"old_slug": "jardin"})
    with pytest.raises(Refused) as refused:
        await town.desk.presses(town.people["bob"], "community.give-up", change.id or 0)
    assert refused.value.line.id == "life-no-change"
    answer = await town.desk.presses(town.people["ana"], "community.give-up", change.id or 0)
    assert isinstance(answer, Say)
    assert [line.id for line in answer.lines] == [said]
    assert await stands(town, change) == after
    assert town.desk.trail.actions == [f"community.{kind}.{traced}"]
    async with town.desk.store.read() as session:
        assert not await changes.of_community(session, garden.id or 0, *changes.UNDER_WAY)


async def test_an_undoing_is_waited_for_no_longer_than_it_could_be_undone(town: Town) -> None:
    garden = await living(town, "Garden", "ana", state="closed")
    until = town.desk.now + timedelta(days=2)
    change = await changed(town, garden, "close", "undo-stuck", undo_until=until, detail={"members": ["U1"]})
    for now, state in ((until - timedelta(minutes=1), "undo-stuck"), (until, "done"), (until, "done")):
        town.desk.now = now
        await town.desk.ticks()
        assert await stands(town, change) == (state, "closed")
    told = [each for each in town.desk.outbox.told if each.ids == ["life-undo-expired"]]
    assert {each.to.person or each.to.room for each in told} == {town.people["ana"], ANIMATORS.room}
    assert len(told) == 2, "once"
    async with town.desk.store.read() as session:
        row = await changes.get(session, change.id or 0)
        assert row
        assert "members" not in detail_of(row)


async def test_a_change_waits_for_a_hand_two_weeks_and_keeps_nobody_from_others_after(town: Town) -> None:
    """A closing hides a community while it goes on: it is shown again, as it was."""
    garden = await living(town, "Garden", "ana", state="closing")
    change = await changed(town, garden, "close", "stuck", detail={"before": "pilot"})
    until = town.desk.now + timedelta(days=14)
    for now, after in (
        (until - timedelta(minutes=1), ("stuck", "closing")),
        (until, ("cancelled", "pilot")),
        (until + timedelta(days=1), ("cancelled", "pilot")),
    ):
        town.desk.now = now
        await town.desk.ticks()
        assert await stands(town, change) == after
    told = [each for each in town.desk.outbox.told if each.ids == ["life-expired"]]
    assert {each.to.person or each.to.room for each in told} == {town.people["ana"], ANIMATORS.room}
    assert len(told) == 2, "once"
    assert town.desk.trail.actions == ["community.close.expired"]


async def test_former_names_are_not_free_until_they_can_be_had_back_no_longer(store: Store, town: Town) -> None:
    orchard = await living(town, "Orchard", "ana")
    pond = await living(town, "Pond", "ana", state="closed")
    until = town.desk.now + timedelta(days=2)
    await changed(town, orchard, "rename", "done", undo_until=until, detail={"old_slug": "garden", "slug": "orchard"})
    await changed(town, pond, "close", "done", undo_until=until, detail={"members": []})

    async def land() -> facts.Landscape:
        async with store.read() as session:
            return await facts.landscape(session)

    found = await land()
    assert found.former == {"garden": orchard.id, "pond": pond.id}
    assert facts.slugs(found) == {"orchard", "garden", "pond"}
    assert facts.slugs(found, own=orchard.id) == {"pond"}
    await living(town, "Garden")  # outside, somebody took it all the same
    assert (await land()).former == {"pond": pond.id}
    town.desk.now = until
    await town.desk.ticks()
    found = await land()
    assert (found.former, facts.slugs(found)) == ({}, {"orchard", "garden"})


async def test_who_adopts_a_room_under_a_former_name_hears_until_when_it_is_kept(store: Store, town: Town) -> None:
    pond = await living(town, "Pond", "ana", state="closed")
    until = town.desk.now + timedelta(days=2)
    await changed(town, pond, "close", "done", undo_until=until, detail={"members": []})
    async with store.write() as session:
        await strays.find(session, PLATFORM, "C1", town.desk.now, name="lake")
        (lake,) = await strays.in_states(session, "found")
    filled = {"name": "Pond", "purpose": "What swims in our pond", "kind": "interest"}
    with pytest.raises(Refused) as refused:
        await town.desk.fills(town.people["alice"], "community.adopt-room", lake.id or 0, **filled)
    assert refused.value.line.id == "community-name-former"


@pytest.mark.parametrize(("kind", "refusal"), [("rename", "life-undo-taken"), ("close", "life-reopen-taken")])
async def test_undoing_never_makes_two_communities_of_one_name(town: Town, kind: str, refusal: str) -> None:
    garden = await living(town, "Garden", "ana", state="closed" if kind == "close" else "active")
    until = town.desk.now + timedelta(days=2)
    former = {"old_slug": "jardin", "members": []}
    change = await changed(town, garden, kind, "done", undo_until=until, detail=former)
    await living(town, "Other", slug="jardin" if kind == "rename" else "garden")
    with pytest.raises(Refused) as refused:
        await town.desk.presses(town.people["ana"], "community.undo", change.id or 0)
    assert refused.value.line.id == refusal
    assert not town.desk.outbox.started


async def test_who_sees_which_community(store: Store, town: Town) -> None:
    await living(town, "Garden", "ana")
    await living(town, "Pay", "ana", visibility="private")
    await living(town, "Gone", missing_at=town.desk.now)
    await living(town, "Old", state="closed", closed_at=town.desk.now)
    async with store.read() as session:
        assert [each.name for each in await communities.visible(session, town.people["ana"])] == ["Garden", "Pay"]
        assert [each.name for each in await communities.visible(session, town.people["bob"])] == ["Garden"]
        assert [each.name for each in await communities.listed(session)] == ["Garden"]
        assert [each.name for each in await communities.closed(session)] == ["Old"]
        since = await communities.with_room(session, town.desk.now)
        assert [each.name for each in since] == ["Garden", "Pay", "Gone", "Old"]
        assert [each.name for each in await communities.led_by(session, town.people["ana"])] == ["Garden", "Pay"]


async def test_a_room_found_twice_is_one_stray(store: Store, town: Town) -> None:
    async with store.write() as session:
        await strays.find(session, PLATFORM, "C1", town.desk.now, name="lunch", members=2)
        await strays.find(session, PLATFORM, "C1", town.desk.now, name="dinner")
        (found,) = await strays.in_states(session, "found")
        assert (found.name, found.members) == ("dinner", 2)
        assert await strays.move(session, found.id or 0, "found", state="ignored")
        await strays.find(session, PLATFORM, "C1", town.desk.now, name="supper")
        await strays.gone(session, PLATFORM, ["C1"])
        known = await strays.in_room(session, PLATFORM, "C1")
        assert isinstance(known, Stray)
        assert (known.name, known.state) == ("supper", "ignored")


async def test_who_left_one_platform_of_two_leads_on_and_who_left_both_leads_no_more(store: Store, town: Town) -> None:
    garden = await living(town, "Garden", "ana")
    ana = town.people["ana"]
    async with store.write() as session:
        session.add(
            Account(person_id=ana, platform="other", external_id="@ana:home", name="ana", created_at=town.desk.now)
        )

    async def leaves(platform: str) -> None:
        async with store.write() as session:
            for account in await people_rows.accounts(session, ana):
                if account.platform == platform:
                    account.kind = "gone"
                    session.add(account)
        async with town.desk.context(None) as ctx:
            await noticing.person_gone(ctx, ana)

    async def leads() -> list[int]:
        async with store.read() as session:
            return await communities.leads(session, garden.id or 0)

    await leaves(PLATFORM)
    assert await leads() == [ana]
    await leaves("other")
    assert await leads() == []
    told = [each for each in town.desk.outbox.told if each.to.room == ANIMATORS.room]
    assert [each.ids for each in told] == [["outside-lead-gone", "outside-leaderless"]]
    assert town.desk.trail.actions == ["community.outside"]
    await leaves("other")
    assert len(town.desk.outbox.told) == 1, "never twice"
