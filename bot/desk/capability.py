"""`/parvis export`, `/parvis object`, `/parvis erase`, and what `/parvis me` says of what is held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.chat import Command, Press
from bot.config import Config
from bot.desk import erasure, export, home
from bot.desk.alone import ROOM, SEQUENCE, alone, tell
from bot.desk.clocks import days, slug, until
from bot.desk.erasure import Contexts
from bot.nudge import Answer, Context, Nudge, Refused
from bot.say import Arg, Line, Moment, Names, Pick, Say, Term, plain, say
from bot.words import Reader, Words
from storage import disclosing, erasing, roster
from storage.held import HELD
from storage.people import Person


class DeskSettings(BaseModel):
    """There is nothing to set: how long things are kept is `[retention]`, or a setting of who keeps them."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def make(config: Config, others: Sequence[Nudge], contexts: Contexts, words: Words) -> Nudge:
    """The capability. others: whose rows it speaks of. contexts: see `erasure.Contexts`."""
    nudge = Nudge(id="desk", catalogs=Path(__file__).parents[1] / "locales", settings=DeskSettings)
    desk = _Desk(config, others, contexts, words)
    nudge.command("parvis export", aliases=["parvis exporter"], anyone=True)(alone(desk.export))
    nudge.command("parvis object", aliases=["parvis opposition"], anyone=True)(alone(desk.object))
    nudge.command("parvis unobject", aliases=["parvis lever-opposition"], anyone=True)(alone(desk.unobject))
    nudge.command("parvis erase", aliases=["parvis effacer"], anyone=True)(alone(desk.erase))
    nudge.choice("parvis.erase-all", aliases=["parvis tout-effacer"], anyone=True)(alone(desk.erase_all))
    nudge.sequences |= {home.BLANK: home.SEQUENCE, ROOM: SEQUENCE}
    nudge.page = desk.page
    nudge.forgets = desk.forgets
    return nudge


class _Desk:
    def __init__(self, config: Config, others: Sequence[Nudge], contexts: Contexts, words: Words) -> None:
        self._config = config
        self._others = others
        self._contexts = contexts
        self._words = words

    # ------------------------------------------------------------ seeing

    async def page(self, ctx: Context) -> Say:
        """What is held about this person, why and until when; and what they can do about it."""
        kept = days(self._config)
        found = await disclosing.counts(ctx.session, await disclosing.whom(ctx.session, ctx.actor.person))
        lines: list[Line] = [Line(id="desk-title", kind="title"), *await _values(ctx)]
        for group in dict.fromkeys(HELD[name].group for name in found):
            lines.append(Line(id=f"desk-group-{group}"))
            lines += [_held(name, count, kept) for name, count in found.items() if HELD[name].group == group]
            if group == HELD["roster"].group and (columns := await roster.beside(ctx.session, ctx.actor.person)):
                lines.append(Line(id="desk-columns", args={"columns": Names(names=columns)}, kind="item"))
        lines += [*await _objected(ctx), Line(id="desk-others", kind="note"), Line(id="desk-platform", kind="note")]
        person = await ctx.session.get(Person, ctx.actor.person)
        other = "unobject" if person and person.objected_at else "object"
        picks = [
            Pick(label="command-parvis-export", action="parvis.export"),
            Pick(label=f"command-parvis-{other}", action=f"parvis.{other}"),
            Pick(label="command-parvis-erase", action="parvis.erase"),
        ]
        return Say(lines=tuple(lines), choices=tuple(picks))

    async def export(self, event: Command | Press, ctx: Context) -> Answer:
        """Everything, as JSON, into their direct room; it is emptied once it was delivered, as all messages are."""
        reader = Reader(ctx.actor.language, ctx.actor.zone)

        def words(id: str, args: dict[str, Arg]) -> str:
            return self._words.text(reader, id, args)

        text = await export.written(ctx.session, ctx.actor.person, ctx.now, days(self._config), words)
        parts = export.pieces(export.undisturbed(text))
        for number, part in enumerate(parts, 1):
            head = Line(id="desk-export-part", args={"number": number, "of": len(parts)}, kind="note")
            name = f"export:{ctx.actor.person}:{event.key}:{number}"
            await tell(event, ctx, Say(lines=(head, plain(part))), name)
        return say("desk-export", messages=len(parts))

    # ------------------------------------------------------------ objecting

    async def object(self, _event: Command | Press, ctx: Context) -> Answer:
        """Nothing unasked, and nothing of their profile looked at or kept, from now on.

        As other private choices it is kept in their own row alone: an entry in the trail, of whomever, would be seen
        by its number, and its head stands in the log beside the time.
        """
        person = await _person(ctx)
        if person.objected_at is not None:
            return say("desk-object-already", since=Moment(at=person.objected_at, style="date"))
        person.objected_at = ctx.now
        person.stopped_at = person.stopped_at or ctx.now
        ctx.session.add(person)
        await ctx.session.flush()
        about = await disclosing.whom(ctx.session, ctx.actor.person)
        await erasing.object_to(ctx.session, about)
        back = Pick(label="command-parvis-unobject", action="parvis.unobject")
        return say("desk-object", back)

    async def unobject(self, _event: Command | Press, ctx: Context) -> Answer:
        """Their profile counts again. That they want nothing unasked stays until they say otherwise."""
        person = await _person(ctx)
        if person.objected_at is None:
            raise Refused("desk-unobject-none")
        person.objected_at = None
        ctx.session.add(person)
        start = Pick(label="command-parvis-start", action="parvis.start")
        return say("desk-unobject", *([start] if ctx.actor.roles else []))  # who is no member is written to in no case

    # ------------------------------------------------------------ erasing

    async def erase(self, event: Command | Press, ctx: Context) -> Answer:
        """What would go and what would remain; nothing happens before it is confirmed in the direct room."""
        found = await disclosing.counts(ctx.session, await disclosing.whom(ctx.session, ctx.actor.person))
        value = erasure.code(ctx.session, ctx.actor.person, ctx.now)
        confirm = Pick(label="desk-erase-confirm", action="parvis.erase-all", value=value, style="danger")
        shown = erasure.announced(erasure.preview(found)).model_copy(update={"choices": (confirm,)})
        await tell(event, ctx, shown, f"erase:{ctx.actor.person}:{event.key}")
        return None if event.direct else say("desk-erase-there")

    async def erase_all(self, event: Press, ctx: Context) -> Answer:
        """They pressed: everything goes, at once."""
        if not erasure.confirms(ctx.session, ctx.actor.person, ctx.now, event.value):
            raise Refused("desk-erase-over")
        here = event.room if event.direct else ""
        room = await erasure.room_of(ctx.session, ctx.actor.account, here)
        if not room:
            raise Refused("desk-erase-here")
        done = self._words.text(Reader(ctx.actor.language, ctx.actor.zone), "desk-erased")
        await erasure.at_request(ctx, ctx.actor.person, self._others, self._contexts, done)
        await erasure.last_word(ctx, room)
        return None

    async def forgets(self, ctx: Context) -> None:
        """People whose accounts are closed for long are erased; they may come back as anybody else."""
        before = ctx.now - timedelta(days=self._config.retention.gone)
        for person in await erasure.closed(ctx.session, before):
            await erasure.erase(ctx, person, self._others, self._contexts, remember=False)


async def _values(ctx: Context) -> list[Line]:
    """What is known of who they are, in the words in which it is kept; where to see all the rest in its own."""
    person = await ctx.session.get(Person, ctx.actor.person)
    listed = (await roster.of_people(ctx.session, [ctx.actor.person])).get(ctx.actor.person)
    own = (person.name, person.language, person.zone) if person else ()
    known = [*own, *((listed.name, listed.department, listed.job, listed.email) if listed else ())]
    values = tuple(dict.fromkeys(each for each in known if each))
    told = [Line(id="desk-values", kind="fact", args={"values": Names(names=values)})] if values else []
    return [*told, Line(id="desk-words", kind="note")]


def _held(name: str, count: int, kept: dict[str, int]) -> Line:
    what = Term(term=f"held-{slug(name)}")
    why = Term(term=f"held-{slug(name)}.why")
    return Line(
        id="desk-held", args={"what": what, "count": count, "why": why, "until": until(name, kept)}, kind="item"
    )


async def _objected(ctx: Context) -> list[Line]:
    person = await ctx.session.get(Person, ctx.actor.person)
    if person is None or person.objected_at is None:
        return []
    return [Line(id="desk-objected", args={"since": Moment(at=person.objected_at, style="date")})]


async def _person(ctx: Context) -> Person:
    person = await ctx.session.get(Person, ctx.actor.person)
    assert person is not None, "who acts is known"
    return person
