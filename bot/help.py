"""`/parvis`: what one may ask, one's own page, and what the bot may send. Derived from what capabilities declare."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.chat import Command, Event
from bot.lookup import fold
from bot.nudge import Answer, CommandSpec, Context, Nudge, Refused
from bot.say import Line, Names, Pick, Say, Term, say
from bot.words import Reader, Words
from storage.people import Person


class HelpSettings(BaseModel):
    """There is nothing to set."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def make(others: Sequence[Nudge], words: Words) -> Nudge:
    """The capability that speaks of all capabilities. others: the rest of them."""
    nudge = Nudge(id="parvis", catalogs=Path(__file__).parent / "locales", settings=HelpSettings)
    page = _Page(nudge, others, words)
    nudge.command("parvis", aliases=["parvis aide", "help", "aide", "parvis help", "hello", "hi", "bonjour", "salut"])(
        page.help
    )
    nudge.command("parvis me", aliases=["parvis moi", "me", "moi"])(page.me)
    nudge.command("parvis home", aliases=["parvis accueil", "home", "accueil"])(page.home)
    nudge.command("parvis language", aliases=["parvis langue"])(page.language)
    return nudge


def slug(command: CommandSpec) -> str:
    """The catalogs' name of a command's words."""
    return f"command-{'-'.join(command.path)}"


class _Page:
    def __init__(self, own: Nudge, others: Sequence[Nudge], words: Words) -> None:
        self.nudges = (*others, own)
        self.words = words

    async def help(self, _event: Event, ctx: Context) -> Answer:
        """What this person may ask for, in their words, with examples."""
        lines = [Line(id="help-title", kind="title")]
        permitted = [each for nudge in self.nudges for each in nudge.commands if each.by & ctx.actor.roles]
        reader = Reader(ctx.actor.language, ctx.actor.zone)
        for each in permitted:
            usage = Term(term=f"{slug(each)}.usage")
            command = each.shown(self.words.match(reader.language))
            lines.append(
                Line(
                    id="help-command",
                    args={"command": command, "usage": usage, "help": Term(term=f"{slug(each)}.help")},
                    kind="fact",
                )
            )
        examples = [self.words.text(reader, f"{slug(each)}.example", {}) for each in permitted[:3]]
        lines.append(Line(id="help-examples", args={"examples": Names(names=tuple(examples))}, kind="note"))
        language = self.words.match(reader.language)
        # Shown as words to type where a platform has no buttons: hence in the reader's language, as pressed.
        own = next(each for each in permitted if each.path == ("parvis", "me"))
        picks = [
            Pick(label=slug(each), action=each.shown(language).replace(" ", ".")) for each in (*permitted[:3], own)
        ]
        return Say(lines=tuple(lines), choices=tuple(picks))

    async def me(self, _event: Event, ctx: Context) -> Answer:
        """The person's own page."""
        waiting = [line for nudge in self.nudges if nudge.waiting for line in await nudge.waiting(ctx.of(nudge))]
        reader = Reader(ctx.actor.language, ctx.actor.zone)
        roles = tuple(self.words.text(reader, f"role-{role}", {}) for role in sorted(ctx.actor.roles))
        pages = [await nudge.page(ctx.of(nudge)) for nudge in self.nudges if nudge.page]
        lines = (
            Line(id="me-title", kind="title"),
            *(waiting or [Line(id="me-nothing")]),
            Line(id="me-roles", args={"roles": Names(names=roles)}, kind="fact"),
            Line(id="me-language", args={"language": Term(term="language-name")}, kind="fact"),
            *(line for page in pages for line in page.lines),
            Line(id="me-how", kind="note"),
        )
        return Say(lines=lines, choices=tuple(pick for page in pages for pick in page.choices))

    async def home(self, _event: Event, ctx: Context) -> Answer:
        """What a platform's page of the bot shows: what waits, and what each capability has for this person."""
        waiting = [line for nudge in self.nudges if nudge.waiting for line in await nudge.waiting(ctx.of(nudge))]
        pages = [await nudge.home(ctx.of(nudge)) for nudge in self.nudges if nudge.home]
        person = await ctx.session.get(Person, ctx.actor.person)
        stopped = person is not None and person.stopped_at is not None
        other = "start" if stopped else "stop"
        lines = (
            Line(id="home-title", kind="title"),
            *(waiting or [Line(id="me-nothing")]),
            *(line for page in pages for line in page.lines if line not in waiting),
            Line(id="home-how", kind="note"),
        )
        picks = [pick for page in pages for pick in page.choices]
        picks.append(Pick(label="help-button", action="parvis.help"))
        picks.append(Pick(label=f"command-parvis-{other}", action=f"parvis.{other}"))
        return Say(lines=lines, choices=tuple(picks))

    async def language(self, event: Command, ctx: Context) -> Answer:
        """Choose the language of everything said to this person."""
        wanted = fold(event.text.strip())[:2]
        if wanted not in self.words.languages:
            languages = Names(names=tuple(sorted(self.words.languages)))
            raise Refused("language-which", languages=languages)
        person = await self._person(ctx)
        person.language = wanted
        ctx.session.add(person)
        return say("language-set")

    async def _person(self, ctx: Context) -> Person:
        person = await ctx.session.get(Person, ctx.actor.person)
        assert person is not None, "who acts is known"
        return person
