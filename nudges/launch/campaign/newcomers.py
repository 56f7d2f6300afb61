"""Who signs in for the first time while a campaign goes on: told once, at the next decent hour, how to begin.

Whether somebody is new is what they did, and so nobody's affair: no preview names them, and no count tells how many.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta

from bot.calendar import wall
from bot.nudge import ContactSpec, Context, Look, Prospect
from bot.say import Line, Pick, Say
from nudges.launch.capability import nudge
from nudges.launch.settings import Settings
from storage import campaigns as rows

WELCOME = "launch.welcome"
"""The kind of contact."""

AT_ONCE = 200
"""People noted in one transaction."""


@nudge.every(long=True, minutes=5)
async def noted(look: Look) -> None:
    """Note who came since a campaign began; nobody is looked for while there is none."""
    async with look.read() as session:
        ctx = look.context(session)
        settings: Settings = ctx.settings
        if not settings.newcomers_days:
            return
        today = ctx.calendar.today(ctx.now)
        since = await rows.began(session, today - timedelta(days=settings.newcomers_days))
        if since is None:
            return
        day = ctx.calendar.today(since)
        came = dict(await rows.newly_there(session, since, day, AT_ONCE))
        # Of who was seen and never spoke to the bot only the day is known; on the first one it may have been before.
        new = await rows.seen(session, day + timedelta(days=1), AT_ONCE)
        came |= {person: wall(today, time(0), ctx.calendar.zone) for person in new if person not in came}
    if came:
        async with look.write() as session:
            if session is not None:
                await rows.welcome(session, came, look.context(session).now)


async def due(
    ctx: Context, limit: int, *, after: Prospect | None = None, among: Collection[int] | None = None
) -> Sequence[Prospect]:
    """Whom to tell now, longest due first; see `bot.nudge.Due`.

    The communities near their work are looked for once they are about to be told, which is when these people alone are
    asked about: of hundreds who have to wait, nobody reads it.
    """
    at = (after.since, after.person) if after is not None and after.since is not None else None
    found = await rows.due(ctx.session, ctx.now, limit, after=at, among=among)
    near = await ctx.greeted(ctx, [each.person_id for each in found]) if among is not None else {}
    return [
        Prospect(each.person_id, said(ctx.settings, near.get(each.person_id, ())), "first", False, each.due_at)
        for each in found
    ]


def said(settings: Settings, near: Sequence[Line] = ()) -> Say:
    """What a newcomer is told; where there are guides by job, theirs is one press away. near: what follows. Pure."""
    guide = (Pick(label="welcome-guide", action="guide", style="primary"),) if settings.guides else ()
    lines = (Line(id="welcome-lead"), *(Line(id=f"welcome-{each}", kind="item") for each in ("find", "profile", "ask")))
    picks = (
        *guide,
        Pick(label="welcome-communities", action="community.list", style="plain" if guide else "primary"),
        Pick(label="welcome-help", action="parvis.help"),
    )
    return Say(lines=(*lines, *near), choices=picks)


async def concerns(ctx: Context, people: Collection[int]) -> Sequence[Prospect]:
    """Nobody is named: who signed in when is nobody else's affair."""
    del ctx, people
    return ()


async def first(ctx: Context) -> datetime:
    """When anybody can be new at the earliest: now, while a campaign goes on; else not within a year."""
    settings: Settings = ctx.settings
    today = ctx.calendar.today(ctx.now)
    goes_on = await rows.began(ctx.session, today - timedelta(days=settings.newcomers_days)) is not None
    return ctx.now if goes_on and settings.newcomers_days else ctx.now + timedelta(days=366)


async def told(ctx: Context, prospect: Prospect) -> None:
    """It is said once; and not later than it helps, where it may not be said now."""
    await rows.put_off(ctx.session, {prospect.person: None})


async def put_off(ctx: Context, people: Mapping[int, datetime]) -> None:
    """It may be said only later."""
    await rows.put_off(ctx.session, people)


CALLED = ("welcome", "first steps", "premiers pas", "first steps for newcomers", "les premiers pas des nouveaux")
nudge.contacts.append(
    ContactSpec(
        WELCOME, due=due, promised=told, passed=told, put_off=put_off, concerns=concerns, first=first,
        example=lambda ctx: said(ctx.settings), called=CALLED,
    )
)  # fmt: skip
