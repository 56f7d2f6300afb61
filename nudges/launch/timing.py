"""When an announcement comes: as people write times, read back in full, and kept once that was confirmed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from bot import times
from bot.calendar import is_zone
from bot.chat import Press, Submission
from bot.decide import split_number
from bot.lookup import NEAR, fold
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused
from bot.say import Ask, Line, Moment, Pick, Question, Say
from nudges.launch import changing, facts, finding, moment, reaching, showing, thread
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import changeable
from nudges.launch.moment import EACH, FIXED, LONGEST, SHORTEST, When, about, mark, minutes, of, read_value
from storage import audience as rows
from storage.launch import OPEN, Announcement

FORM = "announce.when"
Values = Mapping[str, str]


# ---------------------------------------------------------------- asked


@nudge.choice("announce.when", by=WRITERS, aliases=["annonce quand"])
async def when(event: Press, ctx: Context) -> Answer:
    """Ask when; or read what follows the number."""
    made, _ = await changeable(ctx, event.value)
    _, said = split_number(event.value)
    usual = ctx.actor.zone or ctx.calendar.zone
    if not said.strip():
        return _form(made, usual)
    return _read_back(ctx, made, {"when": said, "zone": usual, "clocks": EACH if made.each_local else FIXED})


def _form(made: Announcement, zone: str) -> Ask:
    questions = (
        Question(name="when", max_length=200),
        Question(name="zone", max_length=60, value=made.zone or zone),
        Question(name="clocks", kind="choice", options=(FIXED, EACH), value=EACH if made.each_local else FIXED),
        Question(name="window", max_length=20, value=str(made.window_minutes)),
    )
    return Ask(id=FORM, questions=questions, meta=json.dumps([made.id]))


async def _wrong(asking: Asking) -> FieldErrors | None:
    """What is wrong beside its field. What can be chosen from is asked afterwards, as buttons."""
    values = asking.submission.values
    errors: dict[str, Line] = {}
    if _zone(values.get("zone", "")) is None:
        errors["zone"] = _no_zone(values.get("zone", ""))
    if "window" in values and minutes(values["window"]) is None:
        errors["window"] = Line(id="timing-window", args={"least": SHORTEST, "most": LONGEST})
    zone = _zone(values.get("zone", "")) or asking.who.zone or asking.calendar.zone
    found = times.read(values.get("when", ""), now=asking.now, zone=zone, language=asking.who.language)
    if isinstance(found, times.Unclear) and not found.options:
        errors["when"] = times.spoken(found)
    return errors or None


def _zone(text: str) -> str | None:
    """A zone as people write it, by its name or its city; None: there is none of that name."""
    said = fold(text.strip()).replace(" ", "_")
    if is_zone(text.strip()) or not said:
        return text.strip() or None
    found = [each for each in _zones() if fold(each) == said or fold(each.rpartition("/")[2]) == said]
    return found[0] if len(found) == 1 else None


def _zones() -> list[str]:
    from zoneinfo import available_timezones  # noqa: PLC0415 - a folder is gone through, when somebody mistypes

    return sorted(each for each in available_timezones() if "/" in each)


def _no_zone(text: str) -> Line:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - three megabytes, wanted at the first typing error

    cities = {each: fold(each.rpartition("/")[2]) for each in _zones()}
    said = fold(text.strip()).rpartition("/")[2].replace(" ", "_")
    best = process.extractOne(said, cities, scorer=fuzz.ratio, score_cutoff=NEAR) if said else None
    near = {"near": str(best[2])} if best else {}
    return Line(id="timing-zone-near" if near else "timing-zone", args={"text": text[:60], **near})


@nudge.form(FORM, check=_wrong, by=WRITERS)
async def filled(event: Submission, ctx: Context) -> Answer:
    """Read it back."""
    number, _ = split_number(event.meta.strip("[]"))
    made, _ = await changeable(ctx, str(number or ""))
    return _read_back(ctx, made, event.values)


# ---------------------------------------------------------------- read back


def _read_back(ctx: Context, made: Announcement, values: Values) -> Say:
    """What was read, in full and with its zone, to be confirmed; or what is asked, with what can be chosen."""
    zone = _zone(values.get("zone", "")) or ctx.actor.zone or ctx.calendar.zone
    found = times.read(values.get("when", ""), now=ctx.now, zone=zone, language=ctx.actor.language)
    window = minutes(values.get("window", "")) or made.window_minutes
    each = values.get("clocks") == EACH
    if isinstance(found, times.Meant):
        return _asked(ctx, When(made.id or 0, found.at, found.zone, each, window, mark(made)))
    another = Pick(label="timing-another", action="announce.when", value=str(made.id))
    picks = [
        Pick(
            label="timing-this", action="announce.clock", args={"at": times.as_moment(one)},
            value=When(made.id or 0, one.at, one.zone, each, window, mark(made)).text(),
        )
        for one in found.options
    ]  # fmt: skip
    return Say(lines=(times.spoken(found),), choices=(*picks, another))


def _asked(ctx: Context, said: When) -> Say:
    """Whether this is it."""
    other = replace(said, each=not said.each)
    return Say(
        lines=(Line(id="timing-read", args={"number": str(said.number)}), *about(said, ctx.calendar)),
        choices=(
            Pick(label="timing-yes", action="announce.at", value=said.text(), style="primary"),
            Pick(label=f"timing-{FIXED if said.each else EACH}", action="announce.clock", value=other.text()),
            Pick(label="timing-another", action="announce.when", value=str(said.number)),
        ),
    )


@nudge.choice("announce.clock", by=WRITERS, aliases=["annonce heure"])
async def clock(event: Press, ctx: Context) -> Answer:
    """Ask about a time that was chosen, or about the same one on everybody's own clocks."""
    return _asked(ctx, await _said(event, ctx))


@nudge.choice("announce.at", by=WRITERS, aliases=["annonce confirmer-heure"])
async def at(event: Press, ctx: Context) -> Answer:
    """That is when it comes."""
    said = await _said(event, ctx)
    begins = moment.begins(said, await reaching.zones(ctx))
    if begins <= ctx.now:
        raise Refused("timing-over-for-some", time=f"{said.local:%H:%M}")
    before, _ = await changeable(ctx, str(said.number))
    if said.seen and said.seen != mark(before) and replace(said, seen="") != of(before):
        now = replace(said, seen=mark(before))
        first = (Line(id="timing-meanwhile", args={"number": str(said.number)}), *facts.when(before))
        again = _asked(ctx, now)
        return again.model_copy(update={"lines": (*first, *again.lines)})
    stood, counted = await thread.stands(ctx, before), before.counted is not None
    kept = {"local": f"{said.local:%Y-%m-%dT%H:%M}", "zone": said.zone, "each_local": said.each}
    if not await rows.time(
        ctx.session, said.number, ctx.now, before.local, at=begins, window_minutes=said.window, **kept
    ):
        raise await _not_kept(ctx, said.number)
    made, version = await finding.found(ctx, str(said.number))
    await ctx.session.refresh(made)
    told = [*await changing.changed(ctx, made, version), *changing.uncounted(made, was=counted)]
    await thread.altered(ctx, made, stood, event.key)
    await ctx.audit.append(
        ctx.session, now=ctx.now, actor=ctx.actor.person, action="announce.when",
        subject=f"announcement:{said.number}", after={"at": begins.isoformat(), **{k: str(v) for k, v in kept.items()}},
    )  # fmt: skip
    lines = (Line(id="timing-kept", args={"number": str(said.number), "title": version.title}), *about(said), *told)
    return Say(lines=lines, choices=showing.ways(made))


async def _not_kept(ctx: Context, number: int) -> Refused:
    """Somebody gave it another time at this instant, or it can change no more."""
    made, version = await finding.found(ctx, str(number))
    await ctx.session.refresh(made)
    if made.state in OPEN:
        return Refused("announce-changed-meanwhile", number=str(number), version=made.version)
    return finding.over(made, version)


async def _said(event: Press, ctx: Context) -> When:
    """What a button says. Raises Refused: nothing, of no announcement that can change, or of what has gone by."""
    said = read_value(event.value)
    if said is None:
        raise Refused("timing-no-value")
    await changeable(ctx, str(said.number))
    if said.at <= ctx.now:
        raise Refused("timing-over", at=Moment(at=said.at, zone=said.zone))
    return said
