"""Communities on both databases: what two who decide at once may not do, and an opening resumed step by step."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.memory import BOT, MemoryPlatform, MemoryServer
from bot.calendar import WorkingTime
from bot.chat import Command, PlatformError
from bot.decide import fields_of
from bot.nudge import Answer, HomeRoom, Role
from nudges import communities
from nudges.communities.settings import Settings
from storage import communities as rows
from storage.communities import Community
from storage.database import Store
from tests.contract.loans import PLATFORM, Desk, asked, read_aloud, said

ANIMATORS = HomeRoom(PLATFORM, "!animators", "en")
PURPOSE = "Share seeds and advice among colleagues"
WORK = "Plan the beds of the courtyard each Monday"


@dataclass
class Town:
    """A desk with communities, on the platform inside the process; sequences are run by hand, step by step."""

    desk: Desk
    server: MemoryServer
    platform: MemoryPlatform
    people: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    _run: int = 0

    async def joins(self, name: str, *roles: Role, kind: str = "member") -> int:
        account = self.server.join_person(name, kind=kind, language="en")
        self.accounts[name] = account
        self.people[name] = await self.desk.person(name, *roles, external=account)
        return self.people[name]

    async def asks(self, who: str, name: str, line: str = "") -> int:
        """Ask by one line; the number of the request."""
        answer = await self.types(who, f"{name} --purpose {PURPOSE} --work {WORK} {line} --yes")
        assert said(answer)[0] == "community-sent", said(answer)
        return int(answer.choices[0].value)  # type: ignore[union-attr]

    async def types(self, who: str, line: str) -> Answer:
        return await self.desk.presses(self.people[who], "community.request", line)

    async def opens(self, steps: int = 99) -> str:
        """Run what was started, at most so many steps of each; "refused" when the platform refuses."""
        over = "done"
        for kind, _, start in self.desk.outbox.started[self._run :]:
            spec, state = self.desk.nudge.sequences[kind], dict(start)
            for step in spec.steps[:steps]:
                try:
                    state |= await step.run(state, self.platform) if step.run else {}
                except PlatformError as error:
                    await self._refused(spec.refused, state, error.reason)
                    over = "refused"
                    break
                if step.done:
                    async with self.desk.context(None) as ctx:
                        await step.done(state, ctx)
        self._run = len(self.desk.outbox.started)
        return over

    async def _refused(self, refused: Any, state: Mapping[str, Any], reason: str) -> None:
        async with self.desk.context(None) as ctx:
            await refused(state, reason, ctx)

    async def community(self, request: int) -> Community:
        async with self.desk.store.read() as session:
            found = await rows.of_request(session, request)
            assert found
            return found

    async def already(self, *names: str, visibility: str = "public", kind: str = "business") -> None:
        """Communities that are there from the start."""
        async with self.desk.store.write() as session:
            for name in names:
                session.add(
                    Community(
                        platform=PLATFORM,
                        room=f"!{name}",
                        name=name,
                        slug=name.lower(),
                        purpose="Something else entirely",
                        work="x",
                        kind=kind,
                        visibility=visibility,
                        state="active",
                        created_at=self.desk.now,
                    )
                )


@pytest.fixture
async def town(store: Store) -> Town:
    server = MemoryServer(PLATFORM, lambda: desk.now)
    desk = Desk(store, communities.nudge, Settings(), {Role.ANIMATOR: [ANIMATORS]})
    town = Town(desk, server, MemoryPlatform(server))
    for name in ("ana", "bob", "second"):
        await town.joins(name)
    for name in ("alice", "arthur"):
        await town.joins(name, Role.ANIMATOR)
    await town.joins("root", Role.ADMIN)
    return town


async def test_a_review_is_set_on_a_day_when_the_organisation_works(town: Town) -> None:
    town.desk.now = datetime(2030, 5, 1, 9, tzinfo=UTC)
    town.desk.calendar = WorkingTime("Europe/Paris", holidays_country="FR")
    number = await town.asks("ana", "Orchard")
    review = fields_of(await town.desk.request(number))["review_on"]
    assert review == "2030-11-04", "the first of November is a holiday, a week-end follows"


# ---------------------------------------------------------------- quota


async def test_two_who_approve_at_once_do_not_pass_the_quota_together(town: Town) -> None:
    await town.already("one", visibility="private")
    first = await town.asks("ana", "Orchard", "--private --reason salaries are spoken of")
    second = await town.asks("bob", "Budgets", "--private --reason salaries are spoken of")
    answers = await asyncio.gather(
        town.desk.presses(town.people["alice"], "community.approve", first),
        town.desk.presses(town.people["arthur"], "community.approve", second),
    )
    assert [said(each)[0] for each in answers] == ["decide-done-approved", "community-over-quota"]
    assert answers[1].choices[0].action == "community.override"  # type: ignore[union-attr]
    override = f"{second} the works council asked for it"
    assert said(await town.desk.presses(town.people["arthur"], "community.override", override)) == [
        "decide-done-approved"
    ]
    assert (await town.desk.request(second)).override == "the works council asked for it"


async def test_a_private_request_made_earlier_keeps_its_turn(town: Town) -> None:
    await town.already("one", visibility="private")
    first = await town.asks("ana", "Orchard", "--private --reason salaries are spoken of")
    second = await town.asks("bob", "Budgets", "--private --reason salaries are spoken of")
    pressed = await town.desk.presses(town.people["alice"], "community.approve", second)
    assert said(pressed) == ["community-over-quota"]
    await town.desk.presses(town.people["ana"], "community.withdraw", first)
    pressed = await town.desk.presses(town.people["alice"], "community.approve", second)
    assert said(pressed) == ["decide-done-approved"]


async def test_the_figures_of_the_other_cards_follow_a_decision(town: Town) -> None:
    first = await town.asks("ana", "Orchard", "--private --reason salaries are spoken of")
    await town.asks("bob", "Budgets", "--private --reason salaries are spoken of")
    await town.desk.presses(town.people["alice"], "community.approve", first)
    card = town.desk.outbox.card(ANIMATORS.room)
    assert card.say
    (quota,) = [line for line in card.say.lines if line.id == "community-card-quota-private"]
    assert (quota.args["private"], quota.args["total"], quota.args["would"]) == (1, 1, 2)


# ---------------------------------------------------------------- names


async def test_one_name_is_taken_by_one_request(town: Town) -> None:
    await town.asks("bob", "Budgets")  # so that there is a row to lock
    outcomes = await asyncio.gather(
        *(self_sends(town, who) for who in ("ana", "bob", "second")), return_exceptions=True
    )
    sent = [each for each in outcomes if each == "community-sent"]
    assert len(sent) == 1, outcomes


async def self_sends(town: Town, who: str) -> str:
    answer = await town.desk.fills(
        town.people[who], "community.summary", name="Orchard", purpose=PURPOSE, work=WORK, review_on="2030-09-05"
    )
    return asked_or_said(answer)


def asked_or_said(answer: Answer) -> str:
    return said(answer)[0] if not hasattr(answer, "questions") else f"asked: {asked(answer).lines[0].id}"


async def test_a_name_that_opened_meanwhile_is_not_opened_twice(town: Town) -> None:
    number = await town.asks("ana", "Orchard")
    await town.already("orchard")
    refused = await town.desk.is_refused(town.people["alice"], "community.approve", number)
    assert refused == "community-approve-taken"
    assert (await town.desk.request(number)).state == "waiting"


async def test_one_line_passes_no_limit_on_people(town: Town) -> None:
    guests = [f"guest{number}" for number in range(21)]
    for guest in guests:
        await town.joins(guest)
    line = f"Orchard --purpose {PURPOSE} --work {WORK} --yes"
    invited = " ".join(town.accounts[guest] for guest in guests)
    form = asked(await town.types("ana", f"{line} --invite {invited}"))
    assert [line.id for line in form.lines] == ["community-invitees-many"]
    form = asked(await town.types("ana", f"{line} --second {town.accounts['bob']} {town.accounts['second']}"))
    assert [line.id for line in form.lines] == ["community-second-one"]
    assert [question.value for question in form.questions if question.name == "second"] == [town.accounts["bob"]]
    form = asked(await town.types("ana", f"{line} --second {town.accounts['ana']}"))
    assert [line.id for line in form.lines] == ["community-second-self"]
    fewer = " ".join(town.accounts[guest] for guest in guests[:20])
    assert said(await town.types("ana", f"{line} --invite {fewer}"))[0] == "community-sent"


# ---------------------------------------------------------------- opening


async def test_an_opening_resumed_after_each_step_says_and_makes_everything_once(town: Town) -> None:
    line = f"--second {town.accounts['second']} --invite {town.accounts['bob']}"
    number = await town.asks("ana", "Orchard", line)
    await town.desk.presses(town.people["alice"], "community.approve", number)
    (start,) = town.desk.outbox.started
    for steps in range(1, 10):
        town._run = 0
        assert await town.opens(steps) == "done"
    assert town.desk.outbox.started == [start]
    community = await town.community(number)
    room = town.server.rooms[community.room]
    assert (room.slug, room.topic, room.private) == ("orchard", PURPOSE, False)
    assert len([each for each in town.server.rooms.values() if each.slug == "orchard"]) == 1
    assert room.leads == {town.accounts["ana"]}
    assert community.state == "active"
    told = [each.name for each in town.desk.outbox.told if each.name.startswith("opening:")]
    assert sorted(told) == sorted(
        [
            f"opening:{number}:charter",
            f"opening:{number}:charter:pin",
            f"opening:{number}:second:{town.people['second']}",
            f"opening:{number}:invite:{town.people['bob']}",
            f"opening:{number}:told",
        ]
    )
    assert town.accounts["bob"] not in {*room.members, *room.invited}, "nobody is added"


async def test_who_asked_finds_the_community_among_those_they_look_after(town: Town) -> None:
    number = await town.asks("ana", "Orchard")
    await town.desk.presses(town.people["alice"], "community.approve", number)
    await town.opens()
    (mine,) = [each.handler for each in town.desk.nudge.commands if each.path == ("community", "mine")]
    command = Command(key="m", platform=PLATFORM, by="x", at=town.desk.now, text="")
    answer = await town.desk.does(town.people["ana"], lambda ctx: mine(command, ctx))
    assert "community-mine-lead" in said(answer)


async def test_who_left_meanwhile_is_not_contacted_and_the_animators_hear_it(town: Town) -> None:
    number = await town.asks("ana", "Orchard", f"--invite {town.accounts['bob']} {town.accounts['second']}")
    account = town.server.accounts[town.accounts["bob"]]
    account.profile = account.profile.model_copy(update={"kind": "gone"})
    await town.desk.presses(town.people["alice"], "community.approve", number)
    assert await town.opens() == "done"
    assert not [each for each in town.desk.outbox.to(town.people["bob"]) if "invite" in each.name]
    assert [each for each in town.desk.outbox.to(town.people["second"]) if "invite" in each.name]
    (note,) = [each for each in town.desk.outbox.told if each.ids[:1] == ["community-note-gone"]]
    assert note.how["reply_to"]


async def test_a_name_taken_on_the_platform_goes_back_with_another_to_try(town: Town) -> None:
    town.server.open_room("orchard", [town.accounts["ana"]])
    number = await town.asks("ana", "Orchard")
    await town.desk.presses(town.people["alice"], "community.approve", number)
    assert await town.opens() == "refused"
    assert (await town.community(number)).state == "blocked"
    card = town.desk.outbox.card(ANIMATORS.room)
    assert "community-blocked-taken" in card.ids
    use = card.say.choices[0]  # type: ignore[union-attr]
    assert (use.action, use.value) == ("community.name", f"{number} Orchard seeds")
    await town.desk.presses(town.people["arthur"], use.action, use.value)
    assert await town.opens() == "done"
    community = await town.community(number)
    assert (community.state, community.slug, community.name) == ("active", "orchard-seeds", "Orchard seeds")
    assert not town.desk.outbox.card(ANIMATORS.room).actions


async def test_where_creation_is_restricted_a_room_made_by_hand_is_adopted(town: Town) -> None:
    number = await town.asks("ana", "Orchard")
    town.server.creation_restricted = True
    await town.desk.presses(town.people["alice"], "community.approve", number)
    assert await town.opens() == "refused"
    card = town.desk.outbox.card(ANIMATORS.room)
    assert card.actions == ["community.adopt", "community.retry"]
    assert town.desk.outbox.to(town.people["ana"])[-1].ids == ["community-told-blocked"]

    await town.desk.presses(town.people["alice"], "community.adopt", number)
    assert await town.opens() == "refused"
    assert "community-blocked-not-found" in town.desk.outbox.card(ANIMATORS.room).ids

    made = town.server.open_room("orchard", [town.accounts["alice"], BOT])
    await town.desk.presses(town.people["alice"], "community.adopt", number)
    assert await town.opens() == "done"
    community = await town.community(number)
    assert (community.state, community.room) == ("active", made)
    again = await town.desk.is_refused(town.people["alice"], "community.adopt", number)
    assert again == "community-not-stuck-open"


async def test_a_private_community_adopts_no_public_room(town: Town) -> None:
    number = await town.asks("ana", "Orchard", "--private --reason salaries are spoken of")
    town.server.creation_restricted = True
    await town.desk.presses(town.people["alice"], "community.approve", number)
    assert await town.opens() == "refused"
    english, french = read_aloud(town.desk.outbox.card(ANIMATORS.room).say)
    assert "create a private room called orchard by hand" in english
    assert "créer à la main un salon privé nommé orchard" in french

    town.server.open_room("orchard", [town.accounts["alice"], BOT])
    await town.desk.presses(town.people["alice"], "community.adopt", number)
    assert await town.opens() == "refused"
    assert "community-blocked-not-found" in town.desk.outbox.card(ANIMATORS.room).ids
    assert (await town.community(number)).room == ""
    made = town.server.open_room("orchard", [town.accounts["alice"], BOT], private=True)
    await town.desk.presses(town.people["alice"], "community.adopt", number)
    assert await town.opens() == "done"
    assert (await town.community(number)).room == made


async def test_the_second_lead_leads_only_once_they_accept(town: Town) -> None:
    number = await town.asks("ana", "Orchard", f"--second {town.accounts['second']}")
    await town.desk.presses(town.people["alice"], "community.approve", number)
    await town.opens()
    community = await town.community(number)
    room = town.server.rooms[community.room]
    assert town.accounts["second"] not in room.leads
    await town.desk.presses(town.people["second"], "community.accept", community.id or 0)
    await town.opens()
    assert town.accounts["second"] in room.leads
    assert town.desk.outbox.to(town.people["ana"])[-1].ids == ["community-second-accepted"]
    refused = await town.desk.is_refused(town.people["second"], "community.decline", community.id or 0)
    assert refused == "community-second-answered"
    refused = await town.desk.is_refused(town.people["bob"], "community.accept", community.id or 0)
    assert refused == "community-second-not-asked"


async def test_a_private_community_does_not_exist_for_those_not_invited(town: Town) -> None:
    line = f"--private --reason salaries --invite {town.accounts['second']}"
    number = await town.asks("ana", "Orchard", line)
    await town.desk.presses(town.people["alice"], "community.approve", number)
    await town.opens()
    community = await town.community(number)
    for value in (community.id, "Orchard", "999", "No such"):
        assert await town.desk.is_refused(town.people["bob"], "community.join", value or 0) == "community-join-unknown"
    await town.desk.presses(town.people["second"], "community.join", community.id or 0)
    assert await town.opens() == "done"
    assert town.accounts["second"] in {
        *town.server.rooms[community.room].members,
        *town.server.rooms[community.room].invited,
    }
    assert town.desk.outbox.to(town.people["second"])[-1].ids[0] == "community-joined"
