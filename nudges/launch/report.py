"""How an announcement went, at any time; and what failed tried again, one by one or together.

Names stand beside faults of machines alone (`reasons.NAMED`), and only who looks after the announcement sees them: they
are to be reached otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import people
from bot.attention.ways import with_ways
from bot.chat import Press
from bot.nudge import Answer, Context, Refused
from bot.say import Line, Moment, Pick, Say, Term, say
from nudges.launch import progress, reaching, sending, stopping, wording
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import found
from nudges.launch.reasons import NAMED, reason
from nudges.launch.waves import ALL
from storage import addressing, audience, launching, outbox
from storage.audience import Unused
from storage.launch import HELD, SENDING, SENT, Announcement
from storage.outbox import Promise

NAMES = 10
"""People named, and offered to be tried again, in one message."""
_AGAIN = (SENDING, HELD, SENT)


@nudge.choice("announce.report", by=WRITERS, aliases=["annonce bilan"])
async def report(event: Press, ctx: Context) -> Answer:
    """How far it is, and what failed."""
    made, version = await found(ctx, event.value)
    if made.begun_at is None:
        raise Refused("announce-report-not-yet", number=str(made.id), title=version.title)
    now = await progress.of(ctx, made)
    said = progress.message(made, version, now, ctx.smallest_group)
    times = [Line(id="announce-report-begun", kind="fact", args={"at": Moment(at=made.begun_at)})]
    if made.ended_at is not None:
        times.append(Line(id="announce-report-ended", kind="fact", args={"at": Moment(at=made.ended_at)}))
    names, picks = await _named(ctx, made)
    unused = await _unused(ctx, made)
    if unused and made.people >= ctx.smallest_group:
        times.append(Line(id="announce-report-unused", kind="item", args={"count": len(unused)}))
    told, again = await _named_unused(ctx, made, unused)
    names, picks = [*names, *told], [*picks, *again]
    every = Pick(label="announce-retry-all", action="announce.retry", value=str(made.id))
    if now.lost and made.state in _AGAIN:
        picks = [*picks, every]
    others = tuple(each for each in said.choices if each.action != "announce.report")
    return Say(lines=(*said.lines, *times, *names), choices=(*picks, *others))


async def _named(ctx: Context, made: Announcement) -> tuple[list[Line], list[Pick]]:
    """Whom it could not be delivered to for a technical reason, as its owner alone is told."""
    if ctx.actor.person != await people.current(ctx.session, made.owner_id):
        return [], []
    lost = [each for each in await _faults(ctx, made) if _why(ctx, each) in NAMED]
    lines, picks = [], []
    for each in lost[:NAMES]:
        assert each.person_id is not None, "it was for somebody"
        name = await people.name(ctx.session, each.person_id)
        args = {"who": name, "medium": each.platform, "why": Term(term=f"announce-why-{_why(ctx, each)}")}
        lines.append(Line(id="announce-report-named", kind="item", args={**args}))
        if made.state in _AGAIN:
            value = f"{made.id} {each.person_id}"
            picks.append(
                Pick(label="announce-retry-one", action="announce.retry", value=value, args={"who": name[:40]})
            )
    if len(lost) > NAMES:
        lines.append(Line(id="announce-report-more", kind="note", args={"count": len(lost) - NAMES}))
    return lines, picks


async def _unused(ctx: Context, made: Announcement) -> Sequence[Unused]:
    """The addresses that it did not use: something had come back from them before it was begun."""
    resolved = await reaching.resolve(ctx, made) if await audience.any_unused(ctx.session) else reaching.Resolved()
    return [each for each in resolved.unused if made.begun_at is not None and each.at < made.begun_at]


async def _named_unused(ctx: Context, made: Announcement, found: Sequence[Unused]) -> tuple[list[Line], list[Pick]]:
    """Whose they are, as its owner alone is told, and a way to use them again."""
    if ctx.actor.person != await people.current(ctx.session, made.owner_id):
        return [], []
    lines, picks = [], []
    for each in found[:NAMES]:
        name = await people.name(ctx.session, each.person)
        args = {"who": name, "medium": each.platform, "at": Moment(at=each.at)}
        lines.append(Line(id="announce-report-unused-named", kind="item", args={**args}))
        if made.state in _AGAIN:
            value = f"{made.id} {each.person}"
            args = {"who": name[:40], "medium": each.platform}
            picks.append(Pick(label="announce-address-again", action="announce.retry", value=value, args={**args}))
    if len(found) > NAMES:
        lines.append(Line(id="announce-report-unused-more", kind="note", args={"count": len(found) - NAMES}))
    return lines, picks


def _why(ctx: Context, each: Promise) -> str:
    return reason(each.error, each.platform, ctx.addressed)


async def _faults(ctx: Context, made: Announcement) -> Sequence[Promise]:
    """What failed for a reason that is told."""
    return [each for each in await launching.failed(ctx.session, made.id or 0) if _why(ctx, each)]


@nudge.choice("announce.retry", by=WRITERS, aliases=["annonce reessayer"])
async def retry(event: Press, ctx: Context) -> Answer:
    """Try again what failed: to one person ("3 57"), whose address is used again, or to all."""
    words = event.value.split()
    made, version = await found(ctx, words[0] if words else "")
    number = made.id or 0
    if made.state not in _AGAIN:
        raise Refused("announce-retry-not", number=str(number))
    lost = [each for each in await _faults(ctx, made) if len(words) < 2 or str(each.person_id) == words[1]]
    whom = {each.person_id for each in lost if each.person_id is not None}
    if len(words) > 1:
        whom |= {each.person for each in await _unused(ctx, made) if str(each.person) == words[1]}
    used = await addressing.use_again(ctx.session, whom)
    say_ = await wording.say_of(ctx, made, version)
    # What was taken for sent was forgotten: it gets its words again.
    body = with_ways(say_, sending.kind_of(made)).model_dump_json()
    done = 0
    for each in lost:
        await outbox.reword(ctx.session, each.name, body)
        done += await outbox.retry(ctx.session, each.name, ctx.now)
    if used and made.wave == ALL:
        done += await sending.promise_missing(ctx, made, say_, whom)
    if not done and not used:
        raise Refused("announce-retry-nothing", number=str(number))
    if done:
        await sending.extend(ctx, number)
    await stopping.trace(ctx, number, "retry", count=str(done), **({"addresses": str(used)} if used else {}))
    if not done:
        return say("announce-address-used")
    await launching.move(ctx.session, number, [SENT], ctx.now, state=SENDING, wave=ALL, planned=ALL, ended_at=None)
    return say("announce-retried", number=str(number), count=done)
