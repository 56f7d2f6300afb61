"""Sending: a signed announcement whose time has come is promised to its people, a few first, and followed to its end.

Whom it is for is asked when it is sent. It is promised to some hundreds of people at a time; after a kill, whoever has
a promise already is passed over, so that nobody is told twice, and whoever came meanwhile is told as well. The first
few are drawn by numbers (`waves`), in an order that does not change when others come or go, among those who can be
told now; where nobody can, whoever looks after it is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import structlog

from bot.nudge import ContactSpec, Context, Look, Priority, Recalled, To, Told
from bot.say import Line, Moment, Pick, Say, Term
from nudges.launch import again, counts, moment, posting, progress, reaching, waves, wording
from nudges.launch.capability import nudge
from nudges.launch.progress import Progress
from nudges.launch.settings import Settings
from nudges.launch.signing import may_sign
from storage import campaigns, launching, releases
from storage.launch import (
    CANCELLED,
    HELD,
    LATE,
    PAUSED,
    RECALLED,
    SENDING,
    SENT,
    SIGNED,
    Announcement,
    AnnouncementVersion,
)

log = structlog.get_logger("launch")

ANNOUNCEMENT, URGENT = "launch.announcement", "launch.urgent"
"""The kinds of contact: what the company signed, and what two people declared urgent."""

AT_ONCE = 500
"""People to whom it is promised in one transaction: whoever else writes to SQLite waits for it."""

TAKEN_BACK = 1_000
"""Copies that are taken back in one transaction, each ten seconds: that is two statements."""

_AGAIN = "again"
"""How reasons begin for which it must be confirmed again."""

FOLLOWED = timedelta(days=1)
"""How long after its end the message that follows it is kept right: mail comes back late."""

Row = tuple[Announcement, AnnouncementVersion]


def example(_ctx: Context) -> Say:
    """An announcement of nobody's; see `bot.nudge.ContactSpec`."""
    speaker = Line(id="announcement-relayed", kind="note", args={"speaker": Term(term="announce-example-speaker")})
    return Say(lines=(Line(id="announce-example-title", kind="title"), speaker, Line(id="announce-example-text")))


nudge.contacts += [
    ContactSpec(
        ANNOUNCEMENT,
        budget="announcement",
        priority=Priority.ANNOUNCEMENT,
        example=example,
        called=("announcements", "annonces", "announcements of the company", "annonces de l’entreprise"),
    ),
    ContactSpec(
        URGENT,
        budget="announcement",
        urgent=True,
        priority=Priority.ANNOUNCEMENT,
        example=example,
        called=(
            "urgent announcements",
            "annonces urgentes",
            "urgent announcements of the company",
            "annonces urgentes de l’entreprise",
        ),
    ),
]


def kind_of(made: Announcement) -> str:
    """The kind of contact that an announcement is."""
    return URGENT if made.urgent_id is not None and made.urgent_with_id is not None else ANNOUNCEMENT


def _settings(ctx: Context) -> Settings:
    settings: Settings = ctx.settings
    return settings


def last(ctx: Context, made: Announcement) -> datetime:
    """Until when it may still reach somebody: its days count from when it was begun, or somebody let it go on."""
    return (made.gone_on_at or made.begun_at or ctx.now) + timedelta(days=_settings(ctx).open_days)


async def extend(ctx: Context, number: int) -> None:
    """Its days count from now: what waits of it may be said until they are over."""
    await launching.note(ctx.session, number, gone_on_at=ctx.now)
    await launching.extend(ctx.session, number, ctx.now + timedelta(days=_settings(ctx).open_days))


# ---------------------------------------------------------------- the look


@nudge.every(seconds=10, long=True)
async def send(look: Look) -> None:
    """Begin what is due, promise what is not promised yet, and let the messages that follow it say how far it is."""
    async with look.read() as session:
        now = look.context(session).now
        found = await launching.moving(session, now, now - FOLLOWED)
    for made, version in found:
        try:
            if made.state == SIGNED:
                await _due(look, made)
            elif made.state == SENDING and (made.begun_at is None or made.planned < made.wave):
                await _promise(look, made, version)
            await _follow(look, made.id or 0)
        except Exception:  # one that cannot be sent keeps no other from it
            log.exception("announcement failed", announcement=made.id, state=made.state)


async def _due(look: Look, made: Announcement) -> None:
    """Its time has come: begin, or ask. made: as it was when they were all looked at."""
    async with look.read() as session:
        ctx = look.context(session)
        why = await why_not(ctx, made)
        waits = not why and bool(await campaigns.waits_for(session, made.id or 0))
    if waits or (why and made.shown == why):
        return
    async with look.write() as session_:
        if session_ is None:
            return
        ctx, number = look.context(session_), made.id or 0
        row = await launching.due(session_, number, ctx.now)  # those before it may have taken minutes
        if row is None:
            return
        made, version = row
        why = await why_not(ctx, made)
        if (why and made.shown == why) or (not why and await campaigns.waits_for(session_, number)):
            return
        if why.startswith(_AGAIN):  # it waits for that until its window is over
            await launching.note(ctx.session, number, shown=why)
            await _ask(ctx, made, version, why)
        elif why and await launching.move(ctx.session, number, [SIGNED], ctx.now, state=LATE, shown=""):
            await _ask(ctx, made, version, why)
        if why:
            return
        await launching.move(ctx.session, number, [SIGNED], ctx.now, state=SENDING, wave=0, planned=0)
    await _promise(look, *await _fresh(look, number))


async def _fresh(look: Look, number: int) -> Row:
    async with look.read() as session:
        return await progress.fresh(session, number)


async def why_not(ctx: Context, made: Announcement) -> str:
    """Why one that is due is not begun without asking; "" where it is."""
    if made.at is None or ctx.now > made.at + timedelta(minutes=made.window_minutes):
        return "before" if await campaigns.waits_for(ctx.session, made.id or 0) else "late"
    if not await may_sign(ctx, made):
        return "gone"
    line = await again.needs_again(ctx, made)
    return line.id.removeprefix("announcement-") if line is not None else await unready(ctx, made)


async def unready(ctx: Context, made: Announcement) -> str:
    """What keeps it from being sent at any time; "" where nothing does."""
    if not await may_sign(ctx, made):
        return "gone"
    if made.counted is None:
        return "unconfirmed"
    kind = kind_of(made)
    return "unreleased" if await releases.held(ctx.session, [kind]) else ""


async def _ask(ctx: Context, made: Announcement, version: AnnouncementVersion, why: str) -> None:
    """It was not sent: what is to become of it?"""
    value, is_again = str(made.id), why.startswith(_AGAIN)
    args = {
        "number": value, "title": version.title, "at": moment.said_at(made, ctx.now),
        "speaker": await progress.called(ctx, made.speaker_id),
    }  # fmt: skip
    lines = [Line(id="announce-not-again" if is_again else f"announce-not-{why}", args={**args})]
    if why != "gone" and (line := await again.needs_again(ctx, made)):
        lines.append(line)
    first = Pick(label="announce-send-now", action="announce.send-now", value=value, style="primary")
    if why == "gone":
        first = Pick(label="announce-edit", action="announce.edit", value=value, style="primary")
    if is_again:
        first = again.AGAIN.model_copy(update={"value": value, "style": "primary"})
    elif why in {"empty", "unconfirmed"}:
        first = Pick(label="announce-preview-it", action="announce.preview", value=value, style="primary")
    others = (
        Pick(label="announce-another-time", action="announce.when", value=value),
        Pick(label="announce-cancel", action="announce.cancel", value=value, style="danger"),
    )
    say = Say(lines=tuple(lines), choices=(first, *others))
    await progress.ask(ctx, made, f"announce:{made.id}:asks:{why}:{ctx.now:%Y%m%d%H%M}", say)
    await ctx.audit.append(
        ctx.session, now=ctx.now, actor=None, action=f"announce.not-{why}", subject=f"announcement:{made.id}"
    )


# ---------------------------------------------------------------- promising


async def _promise(look: Look, made: Announcement, version: AnnouncementVersion) -> None:
    """Ask whom it is for, and promise it to them: to the first few, or to all."""
    async with look.read() as session:
        ctx = look.context(session)
        resolved = await reaching.resolve(ctx, made)
    people = waves.drawn(posting.relayed(ctx, made, resolved.told), made.id or 0)
    if not made.wave and not await _begin(look, made, version, resolved, len(people)):
        return
    made, version = await _fresh(look, made.id or 0)
    if made.state != SENDING or not made.wave:
        return
    async with look.read() as session:
        ctx = look.context(session)
        promised = await launching.promised(session, made.id or 0)
        say = await wording.say_of(ctx, made, version)
    size = waves.first(made.people, _settings(ctx).first_wave, _settings(ctx).wave_from)
    on_time = await _on_time(look, made, people, promised, size) if made.wave == waves.FEW else ()
    missing = waves.left(people, promised, made.wave, size, on_time)
    for begin in range(0, len(missing), AT_ONCE):
        if not await _tell(look, made, say, missing[begin : begin + AT_ONCE]):
            return
    async with look.write() as session_:
        if session_ is not None and await launching.is_sending(session_, made.id or 0, made.wave):
            await launching.note(session_, made.id or 0, planned=made.wave)


async def _on_time(
    look: Look, made: Announcement, people: Sequence[Told], promised: Collection[int], size: int
) -> set[int]:
    """Enough for the first wave of those who can be told now, the first drawn: who had the announcements of this week,
    or does not work now, would let everybody wait.
    """
    found = set[int]()
    missing = [each for each in people if each.person not in promised]
    for begin in range(0, len(missing), AT_ONCE):
        if len(found) >= waves.lacking(promised, size):
            break
        async with look.read() as session:
            ctx, some = look.context(session), missing[begin : begin + AT_ONCE]
            confirmed = await again.needs_again(ctx, made) is None
            until = last(ctx, made)
            found |= await ctx.outbox.on_time(some, kind=kind_of(made), not_after=until, confirmed=confirmed)
    return found


async def _tell(look: Look, made: Announcement, say: Say, some: Sequence[Told]) -> bool:
    """Promise it to some people. False: it was paused, stopped or gone on with meanwhile, or another process does."""
    async with look.write() as session:
        if session is None or not await launching.is_sending(session, made.id or 0, made.wave):
            return False
        await _promised(look.context(session), made, say, some)
    return True


async def _promised(ctx: Context, made: Announcement, say: Say, some: Sequence[Told]) -> None:
    batch = launching.batch_of(made.id or 0)
    await ctx.outbox.tell_many(
        some,
        say,
        name=batch,
        kind=kind_of(made),
        batch=batch,
        reason="announcement",
        not_after=last(ctx, made),
        confirmed=await again.needs_again(ctx, made) is None,
    )


async def promise_missing(ctx: Context, made: Announcement, say: Say, people: Collection[int]) -> int:
    """Promise it to those of these people whom it is for, and to whom it was not promised yet; return how many."""
    resolved, promised = await reaching.resolve(ctx, made), await launching.promised(ctx.session, made.id or 0)
    told = posting.relayed(ctx, made, resolved.told)
    some = [each for each in told if each.person in people and each.person not in promised]
    await _promised(ctx, made, say, some)
    return len(some)


async def _begin(
    look: Look, made: Announcement, version: AnnouncementVersion, resolved: reaching.Resolved, people: int
) -> bool:
    """Write that it begins, with how many people; or ask, where there is nobody. False: it does not."""
    async with look.write() as session:
        if session is None or not await launching.is_sending(session, made.id or 0, 0):
            return False
        ctx, number = look.context(session), made.id or 0
        made, version = await progress.fresh(session, number)
        if made.begun_at is not None:
            return False
        if made.own_name:
            await posting.ask(ctx, made, version)
        elif not people and not resolved.paper:
            if await launching.move(session, number, [SENDING], ctx.now, state=LATE):
                await _ask(ctx, made, version, "empty")
            return False
        settings = _settings(ctx)
        wave = waves.FEW if waves.first(people, settings.first_wave, settings.wave_from) else waves.ALL
        paper = sum(resolved.paper.values())
        values = {"wave": 0 if made.own_name else wave, "people": people, "paper": paper, "begun_at": ctx.now}
        await launching.note(session, number, **values)
        made, version = await progress.fresh(session, number)
        await progress.open_(ctx, made, version, _differences(ctx, made, resolved))
        await ctx.audit.append(
            session,
            now=ctx.now,
            actor=None,
            action="announce.begin",
            subject=f"announcement:{number}",
            after={"people": str(people), "confirmed": str(made.counted or 0)},
        )
    return True


def _differences(ctx: Context, made: Announcement, resolved: reaching.Resolved) -> list[Line]:
    """What is otherwise than in the preview that was confirmed, and who gets it on paper alone."""
    found, before = list[Line](), counts.kept(made.previewed)
    if before is not None:
        found = counts.difference(before, resolved.counts, ctx.smallest_group)
        found = [Line(id="announce-begin-otherwise"), *found] if found else []
    if resolved.paper:
        args = {"count": sum(resolved.paper.values()), "number": str(made.id)}
        found.append(Line(id="announce-begin-paper", args={**args}, kind="note"))
    return found


# ---------------------------------------------------------------- followed


async def _follow(look: Look, number: int) -> None:
    """Where it is over, say so; where the messages that follow it say something else, let them say how far it is."""
    async with look.read() as session:
        ctx = look.context(session)
        made, version = await progress.fresh(session, number)
        if made.begun_at is None:
            return
        found = await progress.of(ctx, made)
        if not _is_behind(ctx, made, found) and not await posting.is_overdue(ctx, made):
            return
    async with look.write() as session_:
        if session_ is None:
            return
        ctx = look.context(session_)
        made, version = await progress.fresh(session_, number)
        await _tend(ctx, made, version)
        made, version = await progress.fresh(session_, number)
        found = await progress.of(ctx, made)
        if found.code(made) != made.shown:
            await progress.renew(ctx, made, version, found)
            if found.is_held_up(made):
                await _ask_held_up(ctx, made, version, found)


async def _ask_held_up(ctx: Context, made: Announcement, version: AnnouncementVersion, found: Progress) -> None:
    """The first wave reaches nobody for now: whoever looks after it may go on; asked once, while that is so."""
    said = progress.message(made, version, found, ctx.smallest_group)
    say = said.model_copy(update={"lines": (said.lines[0], Line(id="announce-asks-held-up"), *said.lines[1:])})
    due = await launching.next_due(ctx.session, made.id or 0)
    until = due - timedelta(minutes=1) if due is not None else None
    name = f"announce:{made.id}:held-up"
    await ctx.outbox.tell(To(person=made.owner_id), say, name=name, kind="decision", asks=True, not_after=until)


def _is_behind(ctx: Context, made: Announcement, found: Progress) -> bool:
    """Whether there is something to do about it. Pure."""
    return bool(
        _becomes(ctx, made, found)
        or (made.state == RECALLED and made.planned <= waves.ALL)
        or (made.state in {PAUSED, CANCELLED} and found.loose)
        or found.code(made) != made.shown
    )


async def _tend(ctx: Context, made: Announcement, version: AnnouncementVersion) -> None:
    """Do what is to be done about it by itself."""
    found, batch = await progress.of(ctx, made), launching.batch_of(made.id or 0)
    if becomes := _becomes(ctx, made, found):
        await _become(ctx, made, version, becomes)
    elif made.state == RECALLED and made.planned <= waves.ALL:
        await _recall(ctx, made)
    elif made.state == PAUSED and found.loose:
        await ctx.outbox.pause(batch)
    elif made.state == CANCELLED and found.loose:
        await ctx.outbox.cancel(batch=batch)
    elif await posting.is_overdue(ctx, made):
        await posting.remind(ctx, made, version)


async def _recall(ctx: Context, made: Announcement) -> None:
    """Take back some more of it."""
    recalled = await take_back(ctx, made)
    if not recalled.more and not (await progress.of(ctx, made)).waits:
        await launching.note(ctx.session, made.id or 0, planned=waves.ALL + 1)


async def take_back(ctx: Context, made: Announcement) -> Recalled:
    """Delete some of what was said, or change it where it cannot be deleted, and cancel what waits."""
    instead = Say(lines=(Line(id="announcement-taken-back", args={"at": Moment(at=ctx.now)}),))
    return await ctx.outbox.recall(launching.batch_of(made.id or 0), limit=TAKEN_BACK, instead=instead)


def _becomes(ctx: Context, made: Announcement, found: Progress) -> str:
    """The state that it goes over to by itself; "" for none. Pure."""
    if made.state == SENDING and found.hushed:
        return PAUSED
    if made.state != SENDING or not made.wave or made.planned < made.wave or found.in_hand:
        return ""
    if made.wave == waves.FEW:
        return HELD if found.reached or found.lost or not found.waits else ""
    return SENT if not found.waits or ctx.now > last(ctx, made) else ""


async def _become(ctx: Context, made: Announcement, version: AnnouncementVersion, state: str) -> None:
    """Go over to a state by itself, and say what that asks of anybody."""
    number, values = made.id or 0, {"ended_at": ctx.now} if state == SENT else {}
    if not await launching.move(ctx.session, number, [SENDING], ctx.now, state=state, **values):
        return
    await ctx.audit.append(
        ctx.session, now=ctx.now, actor=None, action=f"announce.{state}", subject=f"announcement:{number}"
    )
    if state == SENT:
        return
    made.state = state
    if state == PAUSED:
        await ctx.outbox.pause(launching.batch_of(number))
    found = await progress.of(ctx, made)
    said = progress.message(made, version, found, ctx.smallest_group)
    asks = Line(id="announce-asks-held" if state == HELD else "announce-asks-hush")
    say = said.model_copy(update={"lines": (said.lines[0], asks, *said.lines[1:])})
    name = f"announce:{number}:{state}:{ctx.now:%Y%m%d%H%M%S}"
    await ctx.outbox.tell(To(person=made.owner_id), say, name=name, kind="decision", asks=True)
