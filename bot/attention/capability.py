"""What people may wish of unasked messages: later, less, none of a kind, nothing at all, and all of it again.

It is theirs alone: nothing of it is written into the trail, nobody is told, and no list or count tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.attention.asking import Attention
from bot.attention.knowing import wishes_of
from bot.attention.outlook import Outlook, outlook
from bot.attention.rules import WEEK
from bot.attention.ways import words_of
from bot.chat import Command, Press
from bot.nudge import Answer, ContactSpec, Context, Nudge, Priority, Refused, To
from bot.say import Arg, Line, Moment, Names, Pick, Say, Term, say
from storage import contacts, erased, outbox, wishes
from storage.outbox import SILENCE
from storage.people import Person

LONGEST = 365
"""Days of the longest snooze: what is put off for ever is better stopped."""

AT_ONCE = 500
"""People who are told in one transaction that the bot fell silent."""

_WORDS: Mapping[wishes.What, str] = {"snoozed_until": "snooze", "stopped_at": "stop"}
_NOTHING = "-"
# How a choice to undo says what was wished.


class WishesSettings(BaseModel):
    """There is nothing to set."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def make(attention: Callable[[], Attention], days: int, *, at_once: int = AT_ONCE) -> Nudge:
    """The capability. attention: the rules, once all capabilities are known. days: of a snooze, where none is said.

    at_once: people who are told in one transaction that the bot fell silent.
    """
    nudge = Nudge(id="wishes", catalogs=Path(__file__).parents[1] / "locales", settings=WishesSettings)
    own = _Wishes(attention, days, at_once)
    nudge.command("parvis snooze", aliases=["parvis plus-tard"])(own.snooze)
    nudge.command("parvis stop-kind", aliases=["parvis arreter-sorte"])(own.stop_kind)
    nudge.command("parvis stop", aliases=["parvis arreter", "parvis leave-me-be", "parvis laissez-moi"])(own.stop)
    nudge.command("parvis start", aliases=["parvis reprendre"])(own.start)
    nudge.choice("parvis.undo", aliases=["parvis annuler"])(undo)
    nudge.command("parvis less", aliases=["parvis moins"])(own.less)
    nudge.command("parvis more", aliases=["parvis davantage"])(own.more)
    nudge.contacts.append(ContactSpec(SILENCE, optional=False))
    nudge.every(hours=1)(own.silence)
    nudge.every(hours=24)(forget)
    nudge.page = own.page
    return nudge


class _Wishes:
    def __init__(self, attention: Callable[[], Attention], days: int, at_once: int) -> None:
        self._attention = attention
        self._days = days
        self._at_once = at_once

    # ------------------------------------------------------------ what they ask for

    async def snooze(self, event: Command, ctx: Context) -> Answer:
        """Nothing unasked, or nothing of a kind, for some days."""
        kind, days = self._read(event.text)
        until = ctx.now + timedelta(days=days)
        back = await _say(ctx, kind, "snoozed_until", until)
        at = Moment(at=until, style="date")
        if kind == wishes.ALL:
            return say("snooze-done", back, until=at)
        return say("snooze-kind-done", back, until=at, kind=Term(term=words_of(kind)))

    def _read(self, text: str) -> tuple[str, int]:
        """The kind and the days that somebody typed, or pressed. Raises Refused."""
        days, named = self._days, []
        for word in text.split():
            if word.isdecimal() and 1 <= int(word) <= LONGEST:
                days = int(word)
            else:
                named.append(word)
        kind = self._attention().kind_of(" ".join(named)) if named else wishes.ALL
        if named and not kind:
            raise Refused("snooze-which", most=LONGEST, kinds=self._kinds())
        return kind, days

    def _kinds(self) -> Names:
        return Names(names=tuple(Term(term=words_of(each)) for each in self._attention().optional()), style="or")

    async def stop_kind(self, event: Command, ctx: Context) -> Answer:
        """Nothing of a kind from now on."""
        kind = self._attention().kind_of(event.text)
        if not event.text.strip():
            return Say(lines=(Line(id="stop-kind-which"),), choices=tuple(map(_stops, self._attention().optional())))
        if not kind:
            raise Refused("stop-kind-unknown", kinds=self._kinds())
        back = await _say(ctx, kind, "stopped_at", ctx.now)
        return say("stop-kind-done", back, kind=Term(term=words_of(kind)))

    async def stop(self, _event: Command, ctx: Context) -> Answer:
        """Nothing unasked from now on."""
        person = await _person(ctx)
        person.stopped_at = person.stopped_at or ctx.now
        ctx.session.add(person)
        return say("stop-done")

    async def start(self, event: Command, ctx: Context) -> Answer:
        """Unasked messages are welcome again; of one kind, where it is named."""
        kind = self._attention().kind_of(event.text)
        if kind:
            await wishes.welcome(ctx.session, ctx.actor.person, ctx.now, kind)
            done = Line(id="start-kind-done", args={"kind": Term(term=words_of(kind))})
            return Say(lines=(done, *await _holding(ctx, kind)))
        if event.text.strip():
            raise Refused("start-unknown", kinds=self._kinds())
        person = await _person(ctx)
        person.stopped_at = None
        ctx.session.add(person)
        await wishes.welcome(ctx.session, ctx.actor.person, ctx.now)
        await erased.lift(ctx.session, ctx.actor.platform, ctx.actor.external)
        return say("start-done")

    async def less(self, _event: Command, ctx: Context) -> Answer:
        """Seldom, from now on."""
        await wishes.say(ctx.session, ctx.actor.person, wishes.ALL, ctx.now, rarely_at=ctx.now)
        return await self._how_often(ctx, "less-done", self._attention().limits.rarely)

    async def more(self, _event: Command, ctx: Context) -> Answer:
        """As usual again. Whatever went unanswered is answered by this."""
        await wishes.say(ctx.session, ctx.actor.person, wishes.ALL, ctx.now, rarely_at=None)
        return await self._how_often(ctx, "more-done", WEEK.days)

    async def _how_often(self, ctx: Context, id: str, days: int) -> Answer:
        return Say(lines=(Line(id=id, args={"days": days}), *await _holding(ctx, wishes.ALL)))

    # ------------------------------------------------------------ what they are told of it

    async def page(self, ctx: Context) -> Say:
        """What may be sent to this person, for their own page."""
        found = await outlook(self._attention(), ctx.session, ctx.actor.person, ctx.now)
        return Say(lines=_lines(found, ctx), choices=_picks(found))

    async def silence(self, ctx: Context) -> None:
        """Who answered nothing for so long that the bot falls silent is told so, once, with less and more to choose.

        Told a week after the last of it: then the next would come, and does not.
        """
        least, told, after = self._attention().limits.silence, 0, 0
        if await wishes.hushed(ctx.session, ctx.now):
            return
        while told < self._at_once:
            found = await contacts.unanswered(ctx.session, least, ctx.now - WEEK, self._at_once, after=after)
            told += await self._tell_silence(ctx, dict(found))
            if len(found) < self._at_once:
                break
            after = found[-1][0]

    async def _tell_silence(self, ctx: Context, people: Mapping[int, int]) -> int:
        """Tell those who may be told, unless they are about to be; how many that were. people: person -> the oldest
        contact without a response.

        What was dropped, for a hush or a snooze, is planned anew another day: it was told once it was sent.
        """
        attention = self._attention()
        batches = {person: f"silence:{person}:{first}" for person, first in people.items()}
        planned = await outbox.kept(ctx.session, batches.values())
        verdicts = await attention.verdicts(ctx.session, list(people), SILENCE, ctx.now)
        wanted = [each for each in verdicts if verdicts[each].due is not None and batches[each] not in planned]
        for person in wanted:
            await ctx.outbox.tell(
                To(person=person),
                _falls_silent(attention.limits.silence),
                name=f"{batches[person]}:{ctx.now:%Y-%m-%d}",
                kind=SILENCE,
                priority=Priority.REMINDER,
                batch=batches[person],
            )
        return len(wanted)


async def undo(event: Press, ctx: Context) -> Answer:
    """One wish is as it was before it was said, unless something else was said of it since."""
    wish = _read_back(event.value)
    if wish is None or not await wishes.take_back(ctx.session, ctx.actor.person, wish, ctx.now):
        return say("wish-undone-already")
    return Say(lines=(Line(id="wish-undone"), *await _holding(ctx, wish.kind)))


async def _say(ctx: Context, kind: str, what: wishes.What, value: datetime) -> Pick:
    """Write a wish, and offer to take it back: it alone, so that the choice says what it was, and before."""
    person = ctx.actor.person
    theirs = (await wishes.of_people(ctx.session, [person])).get(person, ())
    was = next((getattr(each, what) for each in theirs if each.kind == kind), None)
    await wishes.say(ctx.session, person, kind, ctx.now, **{what: value})
    parts = (_WORDS[what], kind or _NOTHING, value.isoformat(), was.isoformat() if was else _NOTHING)
    return Pick(label="wish-undo", action="parvis.undo", value=" ".join(parts))


def _read_back(said: str) -> wishes.Said | None:
    """What a choice to undo says; None: it says nothing of the kind."""
    try:
        word, kind, value, was = said.split()
        what = next(each for each, spoken in _WORDS.items() if spoken == word)
        before = None if was == _NOTHING else _instant(was)
        return wishes.Said("" if kind == _NOTHING else kind, what, _instant(value), before)
    except (ValueError, StopIteration):
        return None


def _instant(said: str) -> datetime:
    """Raises ValueError: that is none, or without a zone."""
    at = datetime.fromisoformat(said.upper())
    if at.tzinfo is None:
        raise ValueError("no zone")
    return at


async def _holding(ctx: Context, kind: str) -> tuple[Line, ...]:
    """What still keeps messages of a kind from coming: that they may come would not be the whole truth."""
    person, who = await _person(ctx), ctx.actor.person
    if person.stopped_at is not None:
        return (Line(id="wish-still-stopped", kind="note"),)
    theirs = (await wishes.of_people(ctx.session, [who])).get(who, ())
    wished = wishes_of(person, theirs)
    if wished.refuse(kind):
        return (Line(id="wish-still-none-of", args={"kind": Term(term=words_of(kind))}, kind="note"),)
    until = wished.until(kind, ctx.now)
    if until <= ctx.now:
        return ()
    return (Line(id="wish-still-later", args={"until": Moment(at=until, style="date")}, kind="note"),)


async def forget(ctx: Context) -> None:
    """Wishes that say nothing any more are no longer held."""
    await wishes.forget(ctx.session, ctx.now)


async def _person(ctx: Context) -> Person:
    person = await ctx.session.get(Person, ctx.actor.person)
    assert person is not None, "who acts is known"
    return person


def _falls_silent(count: int) -> Say:
    return Say(
        lines=(Line(id="silence-said", args={"count": count}), Line(id="silence-why", kind="note")),
        choices=(
            Pick(label="command-parvis-less", action="parvis.less"),
            Pick(label="command-parvis-more", action="parvis.more"),
            Pick(label="attention-nothing", action="parvis.stop"),
        ),
    )


def _stops(kind: str) -> Pick:
    return Pick(label=words_of(kind), action="parvis.stop-kind", value=kind)


def _lines(found: Outlook, ctx: Context) -> tuple[Line, ...]:
    lines = [Line(id=_allowed(found), args={"days": found.days}, kind="fact")]
    if found.hushed is not None:
        lines.append(Line(id="wish-hushed", args={"until": Moment(at=found.hushed, style="date")}, kind="fact"))
    if kinds := sorted(found.wishes.kinds):
        names = tuple(Term(term=words_of(kind)) for kind in kinds)
        lines.append(Line(id="wish-none-of", args={"kinds": Names(names=names)}, kind="fact"))
    for kind, until in sorted(found.wishes.snoozed.items()):
        if until > ctx.now:
            of = Term(term=words_of(kind) if kind else "wish-all")
            args: dict[str, Arg] = {"kind": of, "until": Moment(at=until, style="date")}
            lines.append(Line(id="wish-later", args=args, kind="fact"))
    if not found.wishes.stopped:
        used: dict[str, Arg] = {"used": found.used, "allowed": found.allowed, "days": found.days}
        lines.append(Line(id="wish-budget", args=used, kind="fact"))
        if found.next is not None:
            lines.append(Line(id="wish-next", args={"at": Moment(at=found.next)}, kind="fact"))
    return tuple(lines)


def _allowed(found: Outlook) -> str:
    if found.wishes.stopped:
        return "wish-nothing"
    return "wish-rarely" if found.wishes.rarely else "wish-usual"


def _picks(found: Outlook) -> tuple[Pick, ...]:
    often = "more" if found.wishes.rarely else "less"
    picks = [Pick(label=f"command-parvis-{often}", action=f"parvis.{often}")]
    if not found.wishes.stopped:
        picks.insert(0, Pick(label="command-parvis-snooze", action="parvis.snooze"))
        picks.append(Pick(label="command-parvis-stop", action="parvis.stop"))
    if found.wishes.stopped or found.wishes.kinds or found.snoozes:
        picks.append(Pick(label="command-parvis-start", action="parvis.start"))
    return tuple(picks)
