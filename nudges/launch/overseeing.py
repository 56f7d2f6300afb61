"""What cannot be signed or sent so is told to those who look after it; what was asked long ago is forgotten."""

from __future__ import annotations

from datetime import timedelta

from bot import people
from bot.decide import forget, let_go
from bot.nudge import Context, Role, To
from bot.say import Line, Moment, Pick, Say
from nudges.launch.capability import also, nudge
from nudges.launch.settings import Settings
from nudges.launch.signing import PROCESS, may_sign
from storage import launch as rows
from storage import signing as moves
from storage.launch import Announcement


async def tell_writers(ctx: Context, made: Announcement, told: Say, name: str) -> None:
    """Tell whoever looks after an announcement, and the rooms of those who look after all of them.

    name: stable for the same thing said.
    """
    for room in ctx.rooms.get(Role.COMMS, ()):
        to = To(room=room.room, platform=room.platform)
        where = f"{name}:{room.platform}:{room.room}"
        await ctx.outbox.tell(to, told, name=where, kind="decision", language=room.language)
    there = [] if ctx.rooms.get(Role.COMMS) else await people.with_role(ctx.session, Role.COMMS)
    for person in sorted({*there, await people.current(ctx.session, made.owner_id)}):
        await ctx.outbox.tell(To(person=person), told, name=f"{name}:{person}", kind="decision")


@nudge.every(minutes=10)
async def speakers(ctx: Context) -> None:
    """Whose words they are has left meanwhile, or is no leader any more: said once."""
    for made, version in await moves.speakers(ctx.session):
        if await may_sign(ctx, made):
            continue
        speaker = await people.name(ctx.session, made.speaker_id)
        args = {"number": str(made.id), "title": version.title, "speaker": speaker}
        signed = "-signed" if made.state == rows.SIGNED else ""
        line = Line(id=f"announcement-told-gone{signed}", args={**args})
        ways = (
            Pick(label="announce-edit", action="announce.edit", value=str(made.id)),
            Pick(label="announce-cancel", action="announce.cancel", value=str(made.id), style="danger"),
        )
        name = f"announcement:{made.id}:gone{signed}:{made.speaker_id}:{made.request_id}"
        await tell_writers(ctx, made, Say(lines=(line,), choices=ways), name)


@nudge.every(minutes=10)
async def uncounted(ctx: Context) -> None:
    """Its time is near, and nobody confirmed how many it is for: said once, as it is of a signature that is missing."""
    settings: Settings = ctx.settings
    for made, version in await moves.uncounted(ctx.session, ctx.now):
        at = made.at or ctx.now
        if ctx.now < ctx.calendar.hours_before(at, settings.sign_warn_hours):
            continue
        args = {"number": str(made.id), "title": version.title, "at": Moment(at=at, zone=made.zone)}
        line = Line(id="announcement-told-uncounted", args={**args})
        ways = (Pick(label="announce-preview-it", action="announce.preview", value=str(made.id), style="primary"),)
        name = f"announcement:{made.id}:uncounted:{int(at.timestamp())}"
        await tell_writers(ctx, made, Say(lines=(line,), choices=ways), name)


async def forgets(ctx: Context) -> None:
    """What was asked of those who sign, longer ago than the organisation keeps it."""
    await forget(ctx, PROCESS, ctx.now - timedelta(days=ctx.settings.keep_days), await moves.serving(ctx.session))


async def erases(ctx: Context, person: int) -> None:
    """Who asked for signatures is erased: what waits is a draft again, what is signed stays so."""
    await let_go(ctx, PROCESS, person, await moves.serving(ctx.session))


also(forgets=forgets, erases=erases)
