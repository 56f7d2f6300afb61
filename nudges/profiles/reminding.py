"""Whom to remind of which field, in which words. The spine asks whoever is due, weighs, and sends."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.nudge import ContactSpec, Context, Prospect
from bot.say import Line, Pick, Say
from nudges.profiles import facts, rules, series, show, standing, thanks, words
from nudges.profiles.capability import nudge
from nudges.profiles.reading import FRESH
from nudges.profiles.rules import Held, Stands, Told
from nudges.profiles.settings import OWN, ROSTER
from storage import profiles as rows
from storage.profiles import Reminder

REMINDER = thanks.REMINDER
"""The kind of contact that a reminder is."""

PART = 500
"""People looked at at a time."""

PARTS = 1440
"""Minutes of a day: in each, one part of all people is looked at who have left, or responded."""


async def due(
    ctx: Context, limit: int, *, after: Prospect | None = None, among: Collection[int] | None = None
) -> Sequence[Prospect]:
    """Whom to remind now, longest due first; see `bot.nudge.Due`. Their profiles were read lately."""
    read = (ctx.settings.custom() & set(ctx.platforms), ctx.now - FRESH)
    at = (after.since, after.person) if after is not None and after.since is not None else None
    found: list[Prospect] = []
    while len(found) < limit:
        part = await rows.due(ctx.session, ctx.now, limit, read=read, after=at, among=among)
        found += await _prospects(ctx, part)
        if len(part) < limit:
            break
        assert part[-1].next_at is not None, "who is due is due at some time"
        at = (part[-1].next_at, part[-1].person_id)
    return found[:limit]


async def concerns(ctx: Context, people: Collection[int]) -> Sequence[Prospect]:
    """Of whom of these something lacks that everybody can see, once they had time to settle in.

    What somebody prefers not to say lacks like anything else, and of who objected nothing is known; no response of
    anybody's makes a difference.
    """
    known, met = await facts.held(ctx.session, people), await rows.people(ctx.session, people)
    opened = await rows.first_met(ctx.session) or ctx.now
    found = []
    for person, held in known.items():
        turn = standing.turn(met[person], opened, ctx.settings)
        seen = rules.openly(held, objected=met[person].objected_at is not None)
        whole = rules.profile(ctx.settings.fields, seen)
        stand = rules.to_ask(whole)
        if stand is not None and turn <= ctx.now:
            found.append(_prospect(person, whole, stand, seen, "seen", turn))
    return found


async def _prospects(ctx: Context, part: Sequence[Reminder]) -> list[Prospect]:
    """What each of them would be told; nothing to those who lack nothing after all."""
    known = await facts.held(ctx.session, [each.person_id for each in part])
    found = []
    for row in part:
        held = known.get(row.person_id)
        whole = rules.profile(ctx.settings.fields, held) if held is not None else ()
        stand = rules.to_ask(whole)
        if held is not None and stand is not None:
            key = f"{row.round}:{row.step}:{stand.field.name}"
            found.append(_prospect(row.person_id, whole, stand, held, key, row.next_at))
    return found


def _prospect(
    person: int, whole: Sequence[Stands], stand: Stands, held: Held, key: str, since: datetime | None
) -> Prospect:
    return Prospect(
        person=person,
        say=said(whole, stand, held),
        key=key,
        since=since,
        about=Line(id="profile-about", args={"field": words.label(stand.field)}),
        sample=partial(sample, whole, stand, held),
    )


def said(whole: Sequence[Stands], stand: Stands, held: Held) -> Say:
    """What a reminder says: one field, why it helps, what the roster says of it, and how far it leads. Pure."""
    at = held.reads_on
    args = {"field": words.label(stand.field)}
    percents = {"percent": rules.meter(whole).percent, "then": rules.after(whole, stand).percent}
    lines = (
        Line(id="profile-remind", args={**args}),
        Line(id="profile-why", args={"why": words.why(stand.field)}),
        *words.offer(stand),
        *show.there(stand, at.platform, at.account),
        Line(id="profile-remind-progress", args={**percents}, kind="note"),
    )
    return Say(lines=lines, choices=picks(stand))


def sample(whole: Sequence[Stands], stand: Stands, held: Held) -> Say:
    """A reminder of the same field to somebody invented, of whom nothing else is missing. Pure.

    The company's list knows something of them where it is asked at all; what that is stays unsaid.
    """
    is_listed = any(each.kind == ROSTER for each in rules.sources(stand.field)) and not stand.field.roster_suffices
    asked = replace(stand, value="", source=None, offer="…" if is_listed else "")
    others = [replace(each, standing="present") for each in whole if each.field.name != stand.field.name]
    said_to = said([*others, asked], asked, replace(held, told=(replace(held.reads_on, account=""),)))
    lines = [Line(id="profile-sample", kind="quote") if each.kind == "quote" else each for each in said_to.lines]
    return said_to.model_copy(update={"lines": tuple(lines)})


def example(ctx: Context) -> Say:
    """A reminder of the first field that people are reminded of, to somebody of whom nothing else is missing."""
    first = next(each for each in ctx.settings.fields if each.required and each.changed_by == "person")
    whole = [Stands(each, "missing", here=OWN in each.sources) for each in ctx.settings.fields]
    nobody = Held(told=(Told(next(iter(ctx.platforms), "")),))
    return sample(whole, next(each for each in whole if each.field.name == first.name), nobody)


async def first(ctx: Context) -> datetime | None:
    """When anybody's first reminder can be due, by when people were met alone: now, or the earliest to come. None:
    nobody was met.
    """
    opened, found, after = await rows.first_met(ctx.session) or ctx.now, list[datetime](), 0
    while part := await rows.members(ctx.session, after, PART):
        met = await rows.people(ctx.session, part)
        found = [min(found + [standing.turn(each, opened, ctx.settings) for each in met.values()])]
        if found[0] <= ctx.now:
            break
        after = part[-1]
    return found[0] if found else None


def picks(stand: Stands) -> tuple[Pick, ...]:
    """What one may do about the field that a reminder names."""
    return words.picks(stand)


async def promised(ctx: Context, prospect: Prospect) -> None:
    """It will be said."""
    row = await rows.begin(ctx.session, prospect.person)
    row.field, row.since_at = prospect.key.rpartition(":")[2], ctx.now
    await standing.write(ctx, row, series.promised(standing.read(row), ctx.now, ctx.settings.days))


async def passed(ctx: Context, prospect: Prospect) -> None:
    """It is not to be said now."""
    row = await rows.begin(ctx.session, prospect.person)
    await standing.write(ctx, row, series.passed(standing.read(row), ctx.now, ctx.settings.days))


async def put_off(ctx: Context, people: Mapping[int, datetime]) -> None:
    """It may be said only later."""
    await rows.put_off(ctx.session, people, ctx.now)


CALLED = ("reminders", "reminders of your profile", "rappels", "les rappels de votre profil")
nudge.contacts.append(
    ContactSpec(
        REMINDER,
        due=due,
        promised=promised,
        passed=passed,
        put_off=put_off,
        concerns=concerns,
        example=example,
        first=first,
        called=CALLED,
    )
)


@nudge.every(minutes=1)
async def tended(ctx: Context) -> None:
    """Whoever responded is left in peace, who put it off is reminded later, and who left is not due."""
    for row, wish in await rows.snoozed(ctx.session, REMINDER, ctx.now):
        assert wish.snoozed_until is not None, "that is how it was found"
        # What they pressed to put it off was a response, too: it stops nothing.
        row.since_at = wish.changed_at + timedelta(microseconds=1)
        await standing.write(ctx, row, series.snoozed(standing.read(row), wish.snoozed_until))
    minute = int(ctx.now.timestamp() // 60)
    await rows.settle(ctx.session, ctx.now, minute % PARTS, PARTS)
