"""`/nudge`: what is sent unasked is looked at first, confirmed, begun with a few, gone on with, paused."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from bot import people
from bot.attention import Attention, hushed
from bot.attention.knowing import language_of, zone_of
from bot.attention.ways import words_of
from bot.chat import Command, Event
from bot.config.settings import Nudging
from bot.deciding.rules import split_number
from bot.lookup import fold
from bot.nudge import Answer, Context, Found, Nudge, Refused, Role
from bot.nudging import decided, freeing, rules, standing, telling
from bot.nudging import preview as previews
from bot.nudging.hushing import Hushing
from bot.nudging.informing import INFORMS, Informing
from bot.nudging.looking import Kind, Looking
from bot.nudging.preview import Candidate, Groups, Preview, Sample
from bot.nudging.standing import Standing
from bot.say import Line, Moment, Say
from bot.words import Reader, Words
from storage import releases

WHO = frozenset({Role.ADMIN, Role.COMMS})
ALL = frozenset({"all", "tout", "tous"})
"""What people write for every kind, before why."""

PART, LOOKED_AT = 500, 20_000
"""People looked at at a time for a preview, and at most: it is looked at while somebody waits for it."""


class Nudged:
    """What the commands, and the command line, do. nudge: the capability itself."""

    def __init__(self, looking: Looking, words: Words, nudge: Nudge) -> None:
        self.looking = looking
        self.nudge = nudge
        self._words = words

    # ------------------------------------------------------------ looking

    async def stands(self, ctx: Context) -> Standing:
        """How far it is."""
        return await standing.read(ctx.session, self.looking.kinds)

    async def status(self, ctx: Context) -> Say:
        """Where it stands, in words."""
        stands = await self.stands(ctx)
        ids = {each for each in (stands.release.informed_by, stands.release.confirmed_by) if each}
        who = {each: await people.name(ctx.session, each) for each in ids}
        informs = ctx.who is not None and bool(ctx.who.roles & INFORMS)
        return telling.stands(stands, who, await hushed(ctx.session, ctx.now), informs=informs)

    async def preview(self, ctx: Context) -> Preview:
        """Who would be contacted now, whatever they chose; reads only.

        Of kinds that are sent to all already nobody is named: who was written to, and who was not, would show.
        """
        stands = await self.stands(ctx)
        new = [kind for kind in self.looking.swept if stands.stage(kind.spec.kind) != rules.ALL]
        due: dict[str, list[Candidate]] = {kind.spec.kind: [] for kind in new}
        after, looked, more = 0, 0, False
        while new and (part := await releases.members(ctx.session, after, PART)):
            if more := looked >= LOOKED_AT:
                break
            for kind in new:
                due[kind.spec.kind] += await self._candidates(ctx, kind, part)
            after, looked = part[-1], looked + len(part)
        ids = {each.prospect.person for some in due.values() for each in some}
        smallest = ctx.smallest_group
        groups = Groups(await releases.departments(ctx.session, ids), await releases.sizes(ctx.session), smallest)
        found = previews.preview(chain.from_iterable(due.values()), ctx.now, groups, more=more)
        going = [kind.spec.kind for kind in self.looking.swept if kind not in new]
        begun = [kind.spec.kind for kind in new if stands.stage(kind.spec.kind) in {rules.WAVE, rules.WAITS}]
        samples = (*found.samples, *self._examples(ctx, stands.at(""), found))
        return replace(found, samples=samples, going=tuple(going), begun=tuple(begun))

    def _examples(self, ctx: Context, kinds: Sequence[Kind], found: Preview) -> list[Sample]:
        """The words of what a confirmation lets through and a preview names nobody of, in its reader's language."""
        language = self._words.match(ctx.who.language if ctx.who else "")
        shown = {each.kind for each in found.samples}
        missing = [(each, each.spec.example) for each in kinds if each.spec.kind not in shown]
        return [
            Sample(each.spec.kind, language, example(self.looking.of(each, ctx)))
            for each, example in missing
            if example is not None
        ]

    async def _candidates(self, ctx: Context, kind: Kind, part: Collection[int]) -> list[Candidate]:
        """Those of a part whom a kind would reach now, at this hour."""
        prospects = rules.first_of_each(await self.looking.concerned(ctx, kind, part))
        weighed = await self.looking.weigh_openly(ctx.session, kind.spec.kind, prospects, ctx.now)
        found = []
        for person, one in weighed.items():
            account = one.account
            if account is None or one.verdict.due is None or one.verdict.due > ctx.now:
                continue
            language = self._words.match(language_of(one.somebody, account))
            zone = zone_of(one.somebody, account) or ctx.calendar.zone
            name = account.name or one.somebody.person.name
            found.append(
                Candidate(kind.spec.kind, prospects[person], one.verdict, name, account.platform, zone, language)
            )
        return found

    # ------------------------------------------------------------ what people type and press

    async def show(self, _event: Event, ctx: Context) -> Answer:
        """Where it stands."""
        return await self.status(ctx)

    async def look(self, _event: Event, ctx: Context) -> Answer:
        """Who would be contacted now. What was shown is kept: nothing else can be confirmed."""
        reader, new = Reader(ctx.actor.language, ctx.actor.zone), (await self.stands(ctx)).at("")
        found = await self.preview(ctx)
        if new:
            await releases.write(ctx.session, shown_people=found.people, shown_kinds=_ids(new), shown_at=ctx.now)
        return telling.shown(found, self._words, reader, asked=bool(new), smallest=ctx.smallest_group)

    async def confirm(self, event: Command, ctx: Context) -> Answer:
        """The preview was looked at: the number of people it named is repeated."""
        number, _ = split_number(event.text)
        if number is None:
            raise Refused("nudging-confirm-number")
        stands = await self.stands(ctx)
        new = stands.at("")
        if not new:
            raise Refused("nudging-confirm-nothing")
        shown = stands.release
        if shown.shown_at is None or not {each.spec.kind for each in new} <= set(shown.shown_kinds.split()):
            raise Refused("nudging-confirm-unseen")
        if number != shown.shown_people:
            raise Refused("nudging-confirm-other", said=number, people=shown.shown_people)
        people_now = (await self.preview(ctx)).people
        if not rules.still_holds(number, people_now):
            raise Refused("nudging-confirm-changed", seen=number, people=people_now)
        seed = stands.release.seed or secrets.token_hex(8)
        await releases.write(
            ctx.session, confirmed_by=ctx.actor.person, confirmed_at=ctx.now, confirmed_people=number, seed=seed
        )
        for each in new:
            stage = rules.CONFIRMED if each.spec.due is not None else rules.ALL
            await releases.write_kind(ctx.session, each.spec.kind, ctx.now, stage=stage)
        await self.free(ctx)
        after = {"people": str(number), "kinds": _ids(new), "shown": shown.shown_at.isoformat(timespec="seconds")}
        await decided.note(ctx, "confirm", after=after)
        return decided.and_then("nudging-confirm-done", await self.status(ctx))

    async def wave(self, _event: Event, ctx: Context) -> Answer:
        """Begin with a few."""
        stands = await self.stands(ctx)
        if not stands.release.informed_on:
            raise Refused("nudging-not-informed")
        ready = stands.at(rules.CONFIRMED)
        if not ready:
            raise Refused("nudging-wave-unconfirmed" if stands.at("") else "nudging-wave-nothing")
        await _quiet(ctx)
        ready = await self._reached(ctx, [each for each in ready if not stands.is_paused(each.spec.kind)])
        moved = await self._move(ctx, ready, rules.CONFIRMED, stage=rules.WAVE, cut=None, by_id=ctx.actor.person)
        await decided.note(ctx, "wave", after={"kinds": _ids(moved)})
        return decided.and_then("nudging-wave-done", await self.status(ctx))

    async def _reached(self, ctx: Context, kinds: Sequence[Kind]) -> list[Kind]:
        """Those of these kinds that can be due for somebody by now. Raises Refused: there is none.

        It goes by when people were met: that there is nobody who lacks anything, or wants it, is told to nobody.
        """
        if not kinds:
            raise Refused("nudging-wave-paused")
        firsts = [(each, await self.looking.first(ctx, each) or ctx.now) for each in kinds]
        reached = [each for each, first in firsts if first <= ctx.now]
        if not reached:
            raise Refused("nudging-wave-early", first=Moment(at=min(first for _, first in firsts)))
        return reached

    async def go(self, event: Command, ctx: Context) -> Answer:
        """The first wave went well: everybody else follows."""
        stands = await self.stands(ctx)
        ready = stands.at(rules.WAITS)
        if not ready:
            raise Refused("nudging-go-wave" if stands.at(rules.WAVE) else "nudging-go-nothing")
        await _quiet(ctx)
        moved = await self._move(ctx, ready, rules.WAITS, stage=rules.ALL)
        return await decided.with_reason(ctx, "go", {"kinds": _ids(moved)}, event.text, self.status)

    async def _move(self, ctx: Context, kinds: Sequence[Kind], was: str, **values: Any) -> list[Kind]:
        """Those that were moved: what another did at the same instant is done."""
        return [each for each in kinds if await releases.move(ctx.session, each.spec.kind, was, ctx.now, **values)]

    async def pause(self, event: Command, ctx: Context) -> Answer:
        """Nothing more of one kind, or of any, until it is resumed."""
        return await self._pause(event, ctx, paused=True)

    async def resume(self, event: Command, ctx: Context) -> Answer:
        """It goes on."""
        return await self._pause(event, ctx, paused=False)

    async def _pause(self, event: Command, ctx: Context, *, paused: bool) -> Answer:
        stands, action = await self.stands(ctx), "pause" if paused else "resume"
        kind, why = self._meant(event.text, ctx)
        kinds = [kind] if kind else list(stands.kinds)
        changed = [each for each in kinds if stands.is_paused(each.spec.kind) != paused]
        if not changed:
            raise Refused(f"nudging-{action}-already")
        for each in changed:
            await releases.write_kind(ctx.session, each.spec.kind, ctx.now, paused=paused)
        await self.free(ctx)
        return await decided.with_reason(ctx, action, {"kinds": _ids(changed)}, why, self.status)

    async def free(self, ctx: Context) -> None:
        """What waited because its kind could not be sent, and now can, is planned anew."""
        await freeing.free(ctx, {each.spec.kind for each in self.looking.kinds})

    def _meant(self, said: str, ctx: Context) -> tuple[Kind | None, str]:
        """The kind that is meant, by its id or by what it is called, and why; None: all of them. Raises Refused: it is
        none, and a reason for all of them would begin with a word that says so.
        """
        words = said.split()
        if not words or fold(words[0]) in ALL:
            return None, " ".join(words[1:])
        reader = Reader(ctx.actor.language, ctx.actor.zone)
        names = [
            (name, each)
            for each in self.looking.kinds
            for name in (each.spec.kind, self._called(each, reader), *each.spec.called)
        ]
        for name, each in sorted(names, key=lambda one: len(one[0]), reverse=True):  # "rappels" begins other names too
            length = len(name.split())
            if fold(" ".join(words[:length])) == fold(name):
                return each, " ".join(words[length:])
        raise Refused("nudging-kind-unknown", kind=said[:80], kinds=telling.several(self.looking.kinds))

    def _called(self, kind: Kind, reader: Reader) -> str:
        return self._words.text(reader, words_of(kind.spec.kind), {})

    # ------------------------------------------------------------ for the administrator

    async def doctor(self, ctx: Context) -> Sequence[Found]:
        """What keeps the bot from saying anything unasked, and what to do about it."""
        stands, found = await self.stands(ctx), []
        if not stands.release.informed_on:
            found.append(_warning("nudging-doctor-informed", "nudging-doctor-informed-todo"))
        if new := stands.at(""):
            found.append(
                _warning("nudging-doctor-confirmed", "nudging-doctor-confirmed-todo", kinds=telling.several(new))
            )
        if waits := stands.at(rules.WAITS):
            found.append(_warning("nudging-doctor-waits", "nudging-doctor-waits-todo", kinds=telling.several(waits)))
        if stands.paused:
            found.append(
                _warning("nudging-doctor-paused", "nudging-doctor-paused-todo", kinds=telling.several(stands.paused))
            )
        if until := await hushed(ctx.session, ctx.now):
            day = telling.day(ctx.calendar.today(until).isoformat())
            found.append(_warning("nudging-doctor-hush", "nudging-doctor-hush-todo", day=day))
        return found or [Found("fine", Line(id="nudging-doctor-fine"))]


def _warning(id: str, todo: str, /, **args: Any) -> Found:
    return Found("warning", Line(id=id, args=args), Line(id=todo))


async def _quiet(ctx: Context) -> None:
    """Raise Refused in a hush: what would fall due then is dropped."""
    until = await hushed(ctx.session, ctx.now)
    if until is not None:
        raise Refused("nudging-wave-hushed", until=Moment(at=until))


def _ids(kinds: Sequence[Kind]) -> str:
    return " ".join(each.spec.kind for each in kinds)


def declared(capabilities: Sequence[Nudge], words: Words) -> Nudge:
    """The capability as it is declared, where nobody runs it."""

    def nobody() -> Attention:
        raise AssertionError("what is only declared looks at nobody")

    return make(capabilities, words, {}, nobody).nudge


def make(
    capabilities: Sequence[Nudge],
    words: Words,
    settings: Mapping[str, Any],
    attention: Callable[[], Attention],
) -> Nudged:
    """The capability that lets all others speak unasked. settings, attention: as `Looking`."""
    nudge = Nudge(id="nudging", catalogs=Path(__file__).parents[1] / "locales", settings=Nudging)
    nudged = Nudged(Looking(capabilities, settings, attention), words, nudge)
    nudge.command("nudge", by=WHO, aliases=["relance"])(nudged.show)
    nudge.command("nudge preview", by=WHO, aliases=["relance apercu"])(nudged.look)
    Informing(nudged.stands, nudged.status, nudged.free).declare(nudge)
    nudge.command("nudge confirm", by=WHO, aliases=["relance confirmer"])(nudged.confirm)
    nudge.command("nudge wave", by=WHO, aliases=["relance vague"])(nudged.wave)
    nudge.command("nudge go", by=WHO, aliases=["relance continuer"])(nudged.go)
    nudge.command("nudge pause", by=WHO, aliases=["relance pause"])(nudged.pause)
    nudge.command("nudge resume", by=WHO, aliases=["relance reprendre"])(nudged.resume)
    Hushing(nudged.status).declare(nudge, WHO)
    decided.declare(nudge, WHO)
    nudge.doctor = nudged.doctor
    return nudged
