"""Profiles on both databases: what is known of people, whom to remind and when, and what follows of what they do."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from adapters.memory import MemoryPlatform, MemoryServer
from bot import people
from bot.chat import Command, Paced, Profile
from bot.nudge import Answer, Context, Look, Prospect, Refused
from bot.say import Line, Say
from nudges import profiles
from nudges.profiles import gaps, reading, reminding
from nudges.profiles.settings import FieldSettings, Settings
from storage import contacts, disclosing, erasing, wishes
from storage import people as people_rows
from storage import profiles as rows
from storage.database import Store
from storage.people import Person
from storage.profiles import OwnValue, Reminder
from storage.roster import Entry
from tests.contract.conftest import AT_EASE
from tests.contract.loans import PLATFORM, Desk, Told, said
from tests.contract.test_cli import Home

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TITLE = FieldSettings(name="title", sources=("platform", "roster:job", "own"), weight=60)
DEPARTMENT = FieldSettings(name="department", sources=("roster:department",), weight=10, changed_by="administrator")
TOPICS = FieldSettings(name="topics", sources=("own",), weight=40)
PICTURE = FieldSettings(name="picture", kind="picture", sources=("platform",), weight=5, required=False)
SKILLS = FieldSettings(
    name="skills",
    label={"en": "skills", "fr": "compétences"},
    why={"en": "To be found.", "fr": "Pour être trouvé."},
    sources=(f"{PLATFORM}:Xf1", "own"),
    weight=50,
)
USUAL = Settings(fields=(TITLE, TOPICS, PICTURE), first_within_days=0)


def tick(name: str) -> Callable[[Any], Awaitable[None]]:
    """What is looked at regularly, by its name."""
    return next(each.handler for each in profiles.nudge.ticks if each.name == f"profiles.{name}")


class Office(Desk):
    """A desk of which the platform is configured."""

    @asynccontextmanager
    async def context(self, person: int | None) -> AsyncIterator[Context]:
        async with super().context(person) as ctx:
            yield replace(ctx, platforms=(PLATFORM,))


@dataclass
class Town:
    """People with profiles, on the platform inside the process. Reminders are promised as the spine does it."""

    desk: Office
    server: MemoryServer
    platform: MemoryPlatform
    people: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    _run: int = 0

    async def joins(self, name: str, kind: str = "member", **listed: str) -> int:
        self.accounts[name] = self.server.join_person(name, kind=kind, language="en", **listed)
        await self.is_met(name)
        return self.people[name]

    async def is_met(self, name: str, **changes: Any) -> None:
        """The platform tells who somebody is now. changes: of their profile's fields; kind."""
        account = self.server.accounts[self.accounts[name]]
        kind = changes.pop("kind", account.profile.kind)
        fields = {**account.profile.fields, **changes}
        account.profile = account.profile.model_copy(
            update={"kind": kind, "fields": {key: text for key, text in fields.items() if text}}
        )
        await self._meets(account.profile)
        self.people[name] = await self._person(account.profile.id)

    async def _meets(self, profile: Profile) -> None:
        async with self.desk.context(None) as ctx:
            account = await people.update(ctx.session, PLATFORM, profile, ctx.now)
            assert profiles.nudge.meets is not None
            await profiles.nudge.meets(ctx, account, profile)

    async def _person(self, external: str) -> int:
        async with self.desk.store.read() as session:
            return await people.find(session, PLATFORM, external, self.desk.now)

    async def is_listed(self, name: str, **line: Any) -> None:
        """The roster has a line of somebody."""
        async with self.desk.store.write() as session:
            known = (await session.exec(select(Entry).where(Entry.key == name))).one_or_none()
            row = known or Entry(key=name, created_at=self.desk.now, changed_at=self.desk.now)
            row.person_id = self.people[name]
            for key, value in line.items():
                setattr(row, key, json.dumps(value) if key == "more" else value)
            session.add(row)

    # ---------------------------------------------------------------- reminded

    async def due(self, limit: int = 100, **how: Any) -> list[Prospect]:
        async with self.desk.context(None) as ctx:
            return list(await reminding.due(ctx, limit, **how))

    async def reminds(self) -> list[str]:
        """Promise whatever is due, and say what: "ana 1:0:title"."""
        found = await self.due()
        for each in found:
            async with self.desk.context(None) as ctx:
                name = f"{reminding.REMINDER}:{each.person}:{each.key}"
                await contacts.plan(ctx.session, each.person, reminding.REMINDER, name, PLATFORM, True, ctx.now)
                await contacts.sent(ctx.session, [name], ctx.now)
                await reminding.promised(ctx, each)
        return [self.called(each) for each in found]

    async def passes(self) -> list[str]:
        found = await self.due()
        for each in found:
            async with self.desk.context(None) as ctx:
                await reminding.passed(ctx, each)
        return [self.called(each) for each in found]

    def called(self, prospect: Prospect) -> str:
        who = next(name for name, person in self.people.items() if person == prospect.person)
        return f"{who} {prospect.key}"

    async def responds(self, name: str) -> None:
        """They press, write or ask something."""
        async with self.desk.context(None) as ctx:
            await contacts.answered(ctx.session, self.people[name], ctx.now)

    async def days(self, days: float) -> None:
        self.desk.now += timedelta(days=days)
        await self.settles()

    async def settles(self) -> None:
        async with self.desk.context(None) as ctx:
            await tick("tended")(ctx)
            await rows.settle(ctx.session, ctx.now)

    async def row(self, name: str) -> Reminder:
        async with self.desk.store.read() as session:
            found = await rows.reminder(session, self.people[name])
            assert found is not None
            return found

    # ---------------------------------------------------------------- asked and answered

    async def types(self, name: str, path: str, text: str = "") -> Answer:
        spec = next(each for each in profiles.nudge.commands if " ".join(each.path) == path)
        event = Command(key="e", platform=PLATFORM, by=self.accounts[name], at=self.desk.now, text=text)
        async with self.desk.context(self.people[name]) as ctx:
            return await spec.handler(event, ctx)

    async def fills(self, name: str, what: str, value: str) -> Answer:
        return await self.desk.fills(self.people[name], "profile.field", what, value=value)

    async def reads(self) -> Sequence[str]:
        """Run what was started to read profiles one by one; the accounts that were read."""
        read: list[str] = []
        spec = profiles.nudge.sequences[reading.READ]
        for _, _, start in self.desk.outbox.started[self._run :]:
            state: Mapping[str, Any] = start
            for step in spec.steps:
                state = {**state, **(await step.run(state, self.platform) if step.run else {})}
                if step.done:
                    async with self.desk.context(None) as ctx:
                        await step.done(state, ctx)
            read += state["accounts"].values()
        self._run = len(self.desk.outbox.started)
        return read

    async def looks(self) -> Sequence[str]:
        """The tick that reads profiles one by one: the accounts it read."""
        async with self.desk.context(None) as ctx:
            await tick("rotation")(ctx)
        return await self.reads()

    def thanks(self, name: str) -> list[Told]:
        return [each for each in self.desk.outbox.to(self.people[name]) if each.name.startswith("profile:thanks:")]


@pytest.fixture(params=AT_EASE)
def engine(request: pytest.FixtureRequest) -> str:
    """The database's engine."""
    return str(request.param)


@pytest.fixture
def settings() -> Settings:
    return USUAL


@pytest.fixture
async def town(store: Store, settings: Settings) -> Town:
    server = MemoryServer(PLATFORM, lambda: desk.now)
    desk = Office(store, profiles.nudge, settings, {})
    desk.now = MONDAY
    return Town(desk, server, MemoryPlatform(server))


# ---------------------------------------------------------------- the series


async def test_a_series_is_three_and_then_silence(town: Town) -> None:
    await town.joins("ana")
    assert await town.reminds() == [], "they settle in first"
    await town.days(3)
    assert await town.reminds() == ["ana 1:0:title"]
    assert await town.reminds() == []
    await town.days(6.9)
    assert await town.reminds() == []
    await town.days(0.2)
    assert await town.reminds() == ["ana 1:1:title"]
    await town.days(13.7)
    assert await town.reminds() == []
    await town.days(0.3)
    assert await town.reminds() == ["ana 1:2:title"]
    row = await town.row("ana")
    assert (row.step, row.next_at, row.over) == (3, None, "silent")
    await town.days(400)
    await town.is_met("ana", title="x")
    assert await town.reminds() == []


async def test_who_is_to_be_told_later_is_not_due_before(town: Town) -> None:
    for name in ("ana", "bob"):
        await town.joins(name)
    await town.days(3)
    tomorrow = town.desk.now + timedelta(hours=20)
    async with town.desk.context(None) as ctx:
        await reminding.put_off(ctx, {town.people["ana"]: tomorrow})
    assert await town.reminds() == ["bob 1:0:title"]
    async with town.desk.context(None) as ctx:
        await reminding.put_off(ctx, {town.people["bob"]: tomorrow})
    assert (await town.row("bob")).next_at != tomorrow, "who is not due is not put off"
    await town.days(0.9)
    assert await town.reminds() == ["ana 1:0:title"]


async def test_days_are_counted_from_the_first_that_was_really_promised(town: Town) -> None:
    await town.joins("ana")
    await town.days(10)  # nothing was confirmed yet, or there was no room in the budget
    assert await town.reminds() == ["ana 1:0:title"]
    first = town.desk.now
    await town.days(12)
    assert await town.reminds() == ["ana 1:1:title"]
    assert (await town.row("ana")).next_at == first + timedelta(days=21)
    await town.days(9)
    assert await town.reminds() == ["ana 1:2:title"]


async def test_two_reminders_are_a_week_apart_however_late_one_was(town: Town) -> None:
    await town.joins("ana")
    await town.days(3)
    await town.reminds()
    await town.days(20)
    assert await town.reminds() == ["ana 1:1:title"]
    await town.days(1)
    assert await town.reminds() == []
    await town.days(6)
    assert await town.reminds() == ["ana 1:2:title"]


async def test_any_response_stops_it(town: Town) -> None:
    for name in ("ana", "bob"):
        await town.joins(name)
    await town.days(3)
    assert len(await town.reminds()) == 2
    town.desk.now += timedelta(days=2)
    await town.responds("ana")
    town.desk.now += timedelta(days=5)
    assert await town.reminds() == ["bob 1:1:title"], "though nobody looked at what ana did"
    await town.settles()
    assert (await town.row("ana")).over == "answered"
    await town.days(30)
    assert await town.reminds() == ["bob 1:2:title"]


async def test_what_was_answered_before_the_series_stops_nothing(town: Town) -> None:
    person = await town.joins("ana")
    async with town.desk.context(None) as ctx:
        await contacts.plan(ctx.session, person, "community.invitation", "invited", PLATFORM, True, ctx.now)
        await contacts.sent(ctx.session, ["invited"], ctx.now)
        await contacts.answered(ctx.session, person, ctx.now)
    await town.days(3)
    assert await town.reminds() == ["ana 1:0:title"]
    await town.days(7)
    assert await town.reminds() == ["ana 1:1:title"]


async def test_a_changed_profile_answers_whatever_asked_before(town: Town) -> None:
    person = await town.joins("ana", title="Cooper")
    async with town.desk.context(None) as ctx:
        await contacts.plan(ctx.session, person, "community.invitation", "invited", PLATFORM, True, ctx.now)
        await contacts.sent(ctx.session, ["invited"], ctx.now)
    await town.is_met("ana", title="Cooper")
    async with town.desk.store.read() as session:
        (asked,) = await contacts.held(session, person)
    assert asked.answered_at is None, "nothing was changed"
    await town.is_met("ana", title="Master cooper")
    async with town.desk.store.read() as session:
        (asked,) = await contacts.held(session, person)
    assert asked.answered_at is not None
    assert not town.thanks("ana"), "nobody reminded them"


async def test_what_is_put_off_comes_later_and_is_not_stopped_by_that(town: Town) -> None:
    await town.joins("ana")
    await town.days(3)
    await town.reminds()
    await town.days(1)
    async with town.desk.context(None) as ctx:  # a press: a response, and a wish
        await contacts.answered(ctx.session, town.people["ana"], ctx.now)
        until = ctx.now + timedelta(days=10)
        await wishes.say(ctx.session, town.people["ana"], reminding.REMINDER, ctx.now, snoozed_until=until)
    await town.days(0.01)
    assert (await town.row("ana")).next_at == until
    async with town.desk.context(None) as ctx:  # what is over is forgotten
        await wishes.forget(ctx.session, until + timedelta(hours=1))
    await town.days(9)
    assert await town.reminds() == []
    await town.days(1)
    assert await town.reminds() == ["ana 1:1:title"]


async def test_what_is_not_to_be_said_does_not_pile_up(town: Town) -> None:
    await town.joins("ana")
    await town.days(3)
    assert await town.passes() == ["ana 1:0:title"], "nothing was said yet: it is looked at again"
    assert await town.due() == []
    await town.days(7)
    assert await town.reminds() == ["ana 1:0:title"]
    await town.days(7)
    assert await town.passes() == ["ana 1:1:title"]
    await town.days(7)
    assert await town.due() == []
    await town.days(7)
    assert await town.reminds() == ["ana 1:2:title"]
    assert (await town.row("ana")).over == "silent"


async def test_a_clock_set_back_or_forward_repeats_nothing(town: Town) -> None:
    await town.joins("ana")
    await town.days(3)
    assert await town.reminds() == ["ana 1:0:title"]
    town.desk.now -= timedelta(days=2)
    await town.settles()
    assert await town.reminds() == []
    town.desk.now += timedelta(days=200)
    await town.settles()
    assert await town.reminds() == ["ana 1:1:title"]
    assert await town.reminds() == []


# ---------------------------------------------------------------- who, and who not


async def test_guests_strangers_programs_and_those_who_left_are_nobody(town: Town) -> None:
    for kind in ("guest", "stranger", "bot"):
        town.accounts[kind] = town.server.join_person(kind, kind=kind)
        await town.is_met(kind)
    await town.joins("ana")
    await town.joins("bob")
    await town.is_listed("bob", state="left")
    await town.days(3)
    assert await town.reminds() == ["ana 1:0:title"]
    for name in ("guest", "stranger", "bot"):
        with pytest.raises(Refused) as refused:
            await town.types("ana", "profile", f"@{town.accounts[name]}")
        assert refused.value.line.id == "profile-nobody"


LEAVING = {"account": ("gone", "here"), "list": ("member", "left"), "both": ("gone", "left")}
"""What says that somebody left -> what their account is, and what the company's list says."""


@pytest.mark.parametrize("by", LEAVING)
async def test_whoever_leaves_during_a_series_hears_nothing_and_whoever_returns_hears_the_rest(
    town: Town, by: str
) -> None:
    kind, state = LEAVING[by]
    await town.joins("ana")
    await town.is_listed("ana")
    await town.days(3)
    await town.reminds()
    for _ in range(10):  # each day the platform tells who they are
        await town.is_listed("ana", state=state)
        await town.is_met("ana", kind=kind)
        await town.days(1)
    assert await town.due() == []
    assert (await town.row("ana")).over == "left"
    await town.days(30)
    await town.is_listed("ana", state="here")
    await town.is_met("ana", kind="member")
    assert await town.due() == []
    await town.days(7)
    assert await town.reminds() == ["ana 1:1:title"]
    await town.days(7)
    assert await town.reminds() == ["ana 1:2:title"]


@pytest.mark.parametrize("days", [1, 5], ids=["before they are due", "when they are due"])
async def test_a_faulty_list_of_one_day_ends_no_reminders(town: Town, days: int) -> None:
    await town.joins("ana")
    await town.is_listed("ana")
    await town.days(days)
    await town.is_listed("ana", state="left")
    await town.is_met("ana")
    await town.days(1)
    await town.is_listed("ana", state="here")
    await town.is_met("ana")
    await town.days(3)
    assert await town.reminds() == ["ana 1:0:title"]


async def test_parts_follow_one_another_and_miss_nobody(town: Town) -> None:
    for number in range(9):
        await town.joins(f"p{number}", title="Cook" if number == 4 else "")
    async with town.desk.context(None) as ctx:  # they lack something by their rows, and not by what is so now
        await rows.keep(ctx.session, town.people["p4"], "topics", "Pans", "kept", ctx.now)
    town.desk.now += timedelta(days=3)
    first = await town.due(3)
    second = await town.due(3, after=first[-1])
    third = await town.due(3, after=second[-1])
    assert [town.called(each)[:2] for each in (*first, *second, *third)] == [f"p{n}" for n in range(9) if n != 4]
    assert await town.due(3, after=third[-1]) == []
    some = await town.due(9, among=[town.people["p1"], town.people["p4"]])
    assert [town.called(each) for each in some] == ["p1 1:0:title"]


async def test_those_who_were_there_already_are_spread(town: Town) -> None:
    town.desk.settings = USUAL.model_copy(update={"first_within_days": 14})
    for number in range(40):
        await town.joins(f"p{number}")
    when = [(await town.row(f"p{number}")).next_at for number in range(40)]
    days = {(each - town.desk.now).days for each in when if each}
    assert days <= set(range(3, 17))
    assert len(days) > 8
    await town.days(30)
    await town.joins("newcomer")
    assert (await town.row("newcomer")).next_at == town.desk.now + timedelta(days=3), "who is new is not"


# ---------------------------------------------------------------- what follows of what they do


async def test_a_profile_changed_on_the_platform_is_noticed_and_thanked_for(town: Town) -> None:
    await town.joins("ana")
    await town.days(3)
    await town.reminds()
    await town.days(1)
    await town.is_met("ana", title="Ana")
    await town.is_met("ana", title="n/a")
    assert town.thanks("ana") == [], "that says nothing"
    await town.is_met("ana", title="Head of seeds")
    (thanks,) = town.thanks("ana")
    assert (thanks.ids, thanks.how["kind"]) == (
        ["profile-noticed", "profile-meter", "contact-profile-thanks.why"],
        "profile.thanks",
    )
    assert (await town.row("ana")).over == "answered"
    await town.is_met("ana", title="Head of all seeds")
    assert len(town.thanks("ana")) == 1
    await town.days(60)
    assert await town.due() == []


async def test_a_whole_profile_is_thanked_once(town: Town) -> None:
    await town.joins("ana", title="Cook")
    await town.days(3)
    assert await town.reminds() == ["ana 1:0:topics"]
    assert "profile-complete-first" in said(await town.fills("ana", "topics", "Pans"))
    assert (await town.row("ana")).over == "complete"
    await town.desk.presses(town.people["ana"], "profile.undo", "topics")
    again = said(await town.fills("ana", "topics", "Pots"))
    assert "profile-complete" in again
    assert "profile-complete-first" not in again


async def test_nobody_is_thanked_who_was_never_reminded(town: Town) -> None:
    await town.joins("ana")
    await town.is_met("ana", title="Cook")
    assert town.thanks("ana") == []


async def _stopped(ctx: Context, person: int) -> None:
    row = await ctx.session.get(Person, person)
    assert row is not None
    row.stopped_at = ctx.now
    ctx.session.add(row)


async def _none_of_these(ctx: Context, person: int) -> None:
    await wishes.say(ctx.session, person, reminding.REMINDER, ctx.now, stopped_at=ctx.now)


async def _later(ctx: Context, person: int) -> None:
    await wishes.say(ctx.session, person, wishes.ALL, ctx.now, snoozed_until=ctx.now + timedelta(days=2))


async def _hushed(ctx: Context, _person: int) -> None:
    await wishes.hush(ctx.session, ctx.now, ctx.now + timedelta(days=2))


@pytest.mark.parametrize("says", [_stopped, _none_of_these, _later, _hushed])
async def test_nobody_is_thanked_who_wants_none_of_it_or_in_a_hush(
    town: Town, says: Callable[[Context, int], Awaitable[None]]
) -> None:
    for name in ("ana", "bob"):
        await town.joins(name)
    await town.days(3)
    await town.reminds()
    await town.is_met("ana", title="Cook")
    assert len(town.thanks("ana")) == 1
    async with town.desk.context(None) as ctx:
        await says(ctx, town.people["bob"])
    await town.is_met("bob", title="Cook")
    assert town.thanks("bob") == []
    assert (await town.row("bob")).over == "answered", "they did respond"


async def test_what_the_list_says_is_not_taken_for_their_own_doing(town: Town) -> None:
    for name in ("ana", "bob"):
        await town.joins(name)
        await town.is_listed(name, job="Head of seeds")
    await town.days(3)
    await town.reminds()
    await town.is_met("ana", title="Head  of Seeds")
    await town.is_met("bob", title="Gardener")
    assert (len(town.thanks("ana")), len(town.thanks("bob"))) == (0, 1)
    await town.days(7)
    assert await town.reminds() == ["ana 1:1:topics"]


async def test_preferring_not_to_counts_and_ends_it(town: Town) -> None:
    await town.joins("ana")
    await town.days(3)
    await town.reminds()
    answer = await town.types("ana", "profile prefer-not", "title")
    assert said(answer)[0] == "profile-declined"
    assert "profile-complete-first" in said(await town.types("ana", "profile prefer-not", "topics"))
    await town.days(60)
    assert await town.due() == []


async def test_what_the_roster_says_is_right_in_one_tap(town: Town) -> None:
    await town.joins("ana", title="x")
    await town.is_listed("ana", job="Head of seeds")
    await town.days(3)
    (prospect,) = await town.due()
    assert [pick.action for pick in prospect.say.choices] == ["profile.confirm", "profile.edit", "profile.prefer-not"]
    assert "Head of seeds" in prospect.say.model_dump_json()
    answer = await town.desk.presses(town.people["ana"], "profile.confirm", "title")
    assert said(answer)[0] == "profile-confirmed"
    async with town.desk.store.read() as session:
        (own,) = (await session.exec(select(OwnValue))).all()
    assert (own.value, own.state) == ("Head of seeds", "confirmed")


async def test_a_new_required_field_begins_one_more_series_once(town: Town) -> None:
    await town.joins("ana", title="Cook")
    await town.fills("ana", "topics", "Pans")
    assert (await town.row("ana")).over == "complete"
    where = FieldSettings(name="location", sources=("own",), weight=10)
    town.desk.settings = Settings(fields=(TITLE, TOPICS, where), first_within_days=0)
    await town.days(1)
    await town.is_met("ana")
    await town.days(3)
    assert await town.reminds() == ["ana 2:0:location"]
    await town.responds("ana")
    await town.days(1)
    for _ in range(3):
        await town.is_met("ana")
        await town.days(30)
        assert await town.reminds() == []
    town.desk.settings = USUAL
    await town.is_met("ana")
    town.desk.settings = Settings(fields=(TITLE, TOPICS, where), first_within_days=0)
    await town.is_met("ana")
    await town.days(30)
    assert await town.reminds() == [], "it was there before"


async def test_a_default_picture_is_none_and_is_asked_for_where_it_is_required(town: Town) -> None:
    face = PICTURE.model_copy(update={"required": True})
    town.desk.settings = Settings(fields=(face,), first_within_days=0)
    await town.joins("ana", picture="default")
    await town.days(3)
    (prospect,) = await town.due()
    assert [pick.action for pick in prospect.say.choices] == ["profile.prefer-not"]
    (link,) = [line for line in prospect.say.lines if line.kind == "profile"]
    assert (link.id, link.account) == ("profile-open-only", town.accounts["ana"])
    await town.reminds()
    await town.is_met("ana", picture="yes")
    (thanks,) = town.thanks("ana")
    assert thanks.ids[:-1] == ["profile-noticed", "profile-complete-first", "profile-meter"]


# ---------------------------------------------------------------- fields read one by one


CUSTOM = Settings(fields=(SKILLS, TOPICS), first_within_days=0, read_per_hour=24)


@pytest.mark.parametrize("settings", [CUSTOM])
async def test_nobody_is_reminded_of_what_was_not_read_lately(town: Town) -> None:
    await town.joins("ana")
    await town.joins("bob")
    town.server.set_details(town.accounts["ana"], Xf1="Roses")
    town.desk.now += timedelta(days=3)
    assert await town.due() == []
    assert sorted(await town.looks()) == sorted(town.accounts.values())
    assert await town.reminds() == ["ana 1:0:topics", "bob 1:0:skills"]
    assert await town.looks() == [], "they were read"


@pytest.mark.parametrize("settings", [CUSTOM])
async def test_a_few_are_read_at_a_time_those_first_who_are_about_to_be_reminded(town: Town) -> None:
    for number in range(6):
        await town.joins(f"p{number}")
    async with town.desk.context(None) as ctx:
        for number, days in enumerate((90, 90, 90, 90, 0, 90)):
            row = await rows.begin(ctx.session, town.people[f"p{number}"])
            row.next_at = ctx.now + timedelta(days=days)
            ctx.session.add(row)
    first = await town.looks()
    assert len(first) == 2, "24 an hour, 12 looks an hour"
    assert first[0] == town.accounts["p4"]
    seen = [*first]
    for _ in range(2):
        town.desk.now += timedelta(minutes=5)
        seen += await town.looks()
    assert sorted(seen) == sorted(town.accounts.values())
    town.desk.now += timedelta(days=2)
    assert await town.looks() == [town.accounts["p4"]], "the others in a week"


class Slow(MemoryPlatform):
    """Lets the bot look at so many profiles, and no more. asked: whose it looked at."""

    left = 0
    asked: Sequence[str] = ()

    async def details(self, person: str) -> Mapping[str, str]:
        if not self.left:
            raise Paced(60)
        self.left -= 1
        self.asked = [*self.asked, person]
        return await super().details(person)


@pytest.mark.parametrize("settings", [CUSTOM.model_copy(update={"read_per_hour": 120})])
async def test_whom_a_platforms_pace_left_out_is_read_at_the_next_look_and_nobody_twice(town: Town) -> None:
    for number in range(6):
        await town.joins(f"p{number}")
    town.platform = slow = Slow(town.server)
    for seen in (4, 6, 6):
        slow.left = 4
        await town.looks()
        assert len(slow.asked) == seen
        town.desk.now += timedelta(minutes=5)
    assert sorted(slow.asked) == sorted(town.accounts.values())


@pytest.mark.parametrize("settings", [CUSTOM])
async def test_what_a_platform_does_not_tell_is_not_asked_for(town: Town) -> None:
    await town.joins("ana")
    async with town.desk.context(None) as ctx:
        await rows.keep(ctx.session, town.people["ana"], "topics", "Pans", "kept", ctx.now)
        account = await people_rows.account(ctx.session, PLATFORM, town.accounts["ana"])
        assert account is not None
        await reading._keep({"told": {str(account.id): None}}, ctx)
    town.desk.now += timedelta(days=3)
    await town.looks()
    async with town.desk.context(None) as ctx:
        account = await people_rows.account(ctx.session, PLATFORM, town.accounts["ana"])
        assert account is not None
        row = await rows.reading(ctx.session, account.id or 0)
        assert row is not None
        row.details = ""
        await reading._keep({"told": {str(account.id): None}}, ctx)
    assert await town.due() == []
    assert (await town.row("ana")).next_at == town.desk.now + timedelta(days=7)


@pytest.mark.parametrize("settings", [CUSTOM])
async def test_a_field_of_ones_own_is_noticed_at_the_next_look(town: Town) -> None:
    await town.joins("ana")
    town.desk.now += timedelta(days=3)
    await town.looks()
    assert await town.reminds() == ["ana 1:0:skills"]
    town.server.set_details(town.accounts["ana"], Xf1="Roses")
    await town.days(1)
    await town.types("ana", "profile")
    assert await town.reads() == [town.accounts["ana"]]
    assert town.thanks("ana")[0].ids == ["profile-noticed", "profile-meter", "contact-profile-thanks.why"]
    shown = await town.types("ana", "profile")
    assert isinstance(shown, Say)
    assert "Roses" in shown.model_dump_json()
    assert (await town.row("ana")).over == "answered"


# ---------------------------------------------------------------- what only an administrator can fill


async def test_of_a_profile_no_more_is_kept_than_settings_ask_for(town: Town) -> None:
    """Slack's list of people tells pronouns and a telephone number too."""
    await town.joins("ana")
    await town.is_met("ana", title="Engineer", phone="+33 1", pronouns="she/her")
    assert await kept(town) == {"title": "Engineer", "picture": ""}
    phone = FieldSettings(name="phone", sources=("platform", "own"), weight=10)
    town.desk.settings = Settings(fields=(TITLE, TOPICS, PICTURE, phone), first_within_days=0)
    await town.is_met("ana")
    assert (await kept(town))["phone"] == "+33 1"


async def kept(town: Town) -> dict[str, str]:
    async with town.desk.store.read() as session:
        found: dict[str, str] = json.loads((await session.exec(select(rows.Reading.listed))).one())
        return found


@pytest.mark.parametrize("settings", [Settings(fields=(DEPARTMENT, TITLE), first_within_days=0)])
async def test_what_the_roster_lacks_is_counted_and_names_nobody(town: Town) -> None:
    for number in range(8):
        await town.joins(f"p{number}")
        if number < 2:
            await town.is_listed(f"p{number}", department="Seeds")
    await town.is_listed("p7", state="left")
    async with town.desk.context(None) as ctx:
        (gap,) = await gaps.counted(ctx.session, town.desk.settings, 5)
        assert (gap.departments, gap.others) == ((("", 5),), 0)
        (found,) = await gaps.doctor(ctx)
    assert (found.state, found.what.args["people"]) == ("warning", 5)
    await town.is_listed("p6", department="Seeds")
    async with town.desk.context(None) as ctx:
        assert await gaps.counted(ctx.session, town.desk.settings, 5) == [], "of four nothing is said"
        assert [each.state for each in await gaps.doctor(ctx)] == ["fine"]


BADGE = FieldSettings(name="phone", sources=("platform",), weight=10, changed_by="administrator")


async def _objects(town: Town, name: str) -> None:
    async with town.desk.context(None) as ctx:
        person = await ctx.session.get(Person, town.people[name])
        assert person is not None
        person.objected_at = ctx.now
        ctx.session.add(person)
        await erasing.object_to(ctx.session, await disclosing.whom(ctx.session, town.people[name]))


@pytest.mark.parametrize("settings", [Settings(fields=(BADGE, TITLE), first_within_days=0)])
async def test_no_gap_tells_from_one_day_to_the_next_who_objected(town: Town) -> None:
    async def told() -> list[object]:
        async with town.desk.context(None) as ctx:
            found = await gaps.counted(ctx.session, town.desk.settings, 5)
            return [*found, *[each.what for each in await gaps.doctor(ctx)]]

    async def counts() -> None:
        async with town.desk.context(None) as ctx:
            like = ctx
        store = town.desk.store
        await tick("gaps_of_the_week")(Look(store.read, store.write, lambda session: replace(like, session=session)))

    for number in range(12):
        await town.joins(f"p{number}", phone="12" if number == 11 else "")
    await counts()
    assert await told() == [await _fine(town)], "in the first week people are still being met"
    await town.days(7)
    await counts()
    before = await told()
    (gap,) = [each for each in before if isinstance(each, gaps.Gap)]
    assert gap.people == 5, "at least"
    for name in ("p1", "p2"):
        await _objects(town, name)
        assert await told() == before
    await town.days(7)
    await counts()
    assert await told() == before


async def _fine(town: Town) -> Line:
    settings = town.desk.settings
    town.desk.settings = USUAL
    async with town.desk.context(None) as ctx:
        (found,) = await gaps.doctor(ctx)
    town.desk.settings = settings
    return found.what


@pytest.mark.parametrize("settings", [CUSTOM])
async def test_a_platform_that_tells_nothing_is_found_out(town: Town) -> None:
    for number in range(5):
        await town.joins(f"p{number}")
    async with town.desk.context(None) as ctx:
        assert [each.what.id for each in await gaps.doctor(ctx)] == ["profile-doctor-fine"], "it was not asked yet"
        known = [await people_rows.account(ctx.session, PLATFORM, each) for each in town.accounts.values()]
        await reading._keep({"told": {str(each.id): None for each in known if each}}, ctx)
        (found,) = await gaps.doctor(ctx)
    assert found.what.id == "profile-doctor-unread"
    await _objects(town, "p3")
    async with town.desk.context(None) as ctx:
        assert await gaps.doctor(ctx) == [found], "of whom it is looked at no longer, it does not tell"


# ---------------------------------------------------------------- of a million


async def test_whoever_is_due_is_found_by_the_index(store: Store) -> None:
    async with store.read() as session:
        if session.get_bind().dialect.name != "sqlite":
            pytest.skip("PostgreSQL plans by what the table holds")
        found = await session.connection()
        plan = await found.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM profile_reminder WHERE next_at <= '2026-01-01'"
            " ORDER BY next_at, person_id LIMIT 100"
        )
        assert any("ix_profile_reminder_due" in str(line) for line in plan.all())


@pytest.fixture
def home(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    (tmp_path / "parvis.db").write_bytes(migrated_file.read_bytes())
    made = Home(tmp_path)
    for name, value in made.environment({}).items():
        monkeypatch.setenv(name, value)
    return made


async def test_the_command_line_tells_what_the_roster_lacks(home: Home) -> None:
    def lacks(number: int) -> str:
        return "Seeds" if number < 2 else ""

    async with home.store() as store, store.write() as session:
        for number in range(8):
            account = await people.update(session, "here", Profile(id=f"u{number}", name=f"Zed{number}"), MONDAY)
            line = Entry(key=str(number), department=lacks(number), created_at=MONDAY, changed_at=MONDAY)
            line.person_id = account.person_id
            session.add(line)
    answer = await home.asks("people", "gaps")
    assert answer.status == 1, answer.err
    assert answer.row("department").split() == ["department", "(none)", "6"]
    assert "Zed" not in answer.out
