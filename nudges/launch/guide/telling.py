"""What a guide says to somebody, with the communities that it names: those that they may see, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat import Block
from bot.markdown import read
from bot.nudge import Context, Voice
from bot.say import Line, Term, plain
from nudges.launch.guide import rules
from nudges.launch.guide.settings import EXAMPLES, Guide
from nudges.launch.settings import Settings
from storage import communities, roster
from storage.communities import Community

NEAR = 3
"""Communities that the guide for everybody names."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One example. community: the one it is about, if the reader may see it."""

    title: Term | str
    text: Line
    community: Community | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A guide as one reader sees it.

    key: how it is asked for, "" for what their job makes of it. whose: for whom it is, where that must be said.
    communities: where to begin, besides those of the examples.
    """

    key: str
    title: Line
    whose: Line | None
    why: Line
    how: Line
    examples: tuple[Shown, ...]
    communities: tuple[Community, ...] = ()


def guides(ctx: Context) -> Sequence[Guide]:
    """Those that the organisation set."""
    settings: Settings = ctx.settings
    return settings.guides


def reads(ctx: Context) -> str:
    """The language that the guide is shown in: the reader's, or the organisation's."""
    theirs = ctx.actor.language.partition("-")[0].partition("_")[0].lower()
    return theirs or ctx.language


async def job(ctx: Context) -> str:
    """The reader's job, as the roster has it; "" where it has none."""
    person = ctx.actor.person
    line = (await roster.of_people(ctx.session, [person])).get(person)
    return line.job if line is not None else ""


async def theirs(ctx: Context, key: str, language: str, *, handed_on: bool = False) -> Told:
    """The guide asked for; without words the one of the reader's job, or the one for everybody.

    handed_on: others will read it too, so that it names what everybody may see. Raises LookupError: there is none of
    that name.
    """
    session = ctx.session
    seen = await (communities.listed(session) if handed_on else communities.visible(session, ctx.actor.person))
    if key.strip():
        found = rules.called(guides(ctx), key, language)
        if found is None:
            raise LookupError(key)
        return _set(seen, found, None if handed_on else Line(id="guide-for-jobs", kind="note"))
    work = await job(ctx)
    found = rules.of_job(guides(ctx), work, language)
    if found is None:
        return _usual(seen)
    return _set(seen, found, Line(id="guide-for-job", args={"job": work}, kind="note"))


def _set(seen: Sequence[Community], guide: Guide, whose: Line | None) -> Told:
    visible = {each.slug: each for each in seen}
    shown = [Shown(each.title, plain(each.text, "rich"), visible.get(each.community)) for each in guide.examples]
    why, how = plain(guide.why, "rich"), plain(guide.how, "rich")
    return Told(guide.title, plain(guide.title, "title"), whose, why, how, tuple(shown))


def _usual(seen: Sequence[Community]) -> Told:
    """The guide for everybody: in words of the catalogs, and with the communities that most people are in."""
    most = sorted(seen, key=lambda each: (-each.members, each.name))[:NEAR]
    examples = tuple(
        Shown(Term(term=f"guide-usual-{number}"), Line(id=f"guide-usual-{number}-text", kind="rich"))
        for number in range(1, EXAMPLES + 1)
    )
    title, whose = Line(id="guide-usual", kind="title"), Line(id="guide-usual-whose", kind="note")
    why, how = Line(id="guide-usual-why", kind="rich"), Line(id="guide-usual-how", kind="rich")
    return Told("", title, whose, why, how, examples, tuple(most))


# ---------------------------------------------------------------- as lines


def lines(ctx: Context, told: Told, platform: str) -> list[Line]:
    """The guide as a message on a platform; "" for one where nobody can press a room."""
    found = [
        told.title, *((told.whose,) if told.whose else ()),
        Line(id="guide-why", kind="title"), told.why,
        Line(id="guide-how", kind="title"), told.how,
        Line(id="guide-examples", kind="title"),
    ]  # fmt: skip
    for number, each in enumerate(told.examples, 1):
        found += [Line(id="guide-example", args={"at": number, "title": each.title}), each.text]
        if each.community is not None:
            found.append(_way(ctx, each.community, platform))
    if told.communities:
        found.append(Line(id="guide-begin", kind="title"))
        found += [_way(ctx, each, platform) for each in told.communities]
    return found


def _way(ctx: Context, community: Community, platform: str) -> Line:
    if community.platform == platform:
        return Line(id="guide-community", args={"name": community.name}, kind="room", room=community.room)
    url = ctx.way_to(community.platform, community.room)
    id, kind = ("guide-community", "link") if url else ("guide-community-find", "text")
    return Line.model_validate({"id": id, "args": {"name": community.name}, "kind": kind, "url": url})


def blocks(line: Line, voice: Voice) -> tuple[Block, ...]:
    """What a line says in a language, as it is shown."""
    return read(voice.line(line)).blocks
