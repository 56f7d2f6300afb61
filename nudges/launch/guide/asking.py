"""The guide in the chat, by mail, and where to find it on paper."""

from __future__ import annotations

from urllib.parse import urlencode

from bot.chat import Command, Press
from bot.nudge import Answer, Context, Priority, Refused, To
from bot.say import Line, Pick, Say, say
from bot.visits import link
from nudges.launch.capability import nudge
from nudges.launch.guide import rules, telling
from nudges.launch.guide.telling import Told
from storage import people

CHOSEN_FROM = 10
"""Guides offered as choices; the others can be typed."""


@nudge.command("guide")
async def guide(event: Command, ctx: Context) -> Answer:
    """The guide of one's job; of another one, where it is named."""
    return await _answer(ctx, event.text)


@nudge.choice("guide.show", aliases=["guide voir"])
async def show(event: Press, ctx: Context) -> Answer:
    """The same by a choice."""
    return await _answer(ctx, event.value)


@nudge.choice("guide.others", aliases=["guide autres"])
async def others(_event: Press, ctx: Context) -> Answer:
    """Which guides there are."""
    offered = rules.offered(telling.guides(ctx), telling.reads(ctx))
    if not offered:
        return say("guide-only-one")
    picks = [_pick(each.title) for each in offered[:CHOSEN_FROM]]
    lines = [
        Line(id="guide-which"),
        *(Line(id="guide-is", kind="item", args={"title": each.title}) for each in offered),
    ]
    return Say(lines=tuple(lines), choices=tuple(picks))


@nudge.choice("guide.mail", aliases=["guide courriel"])
async def mail(event: Press, ctx: Context) -> Answer:
    """Send it to the reader's own address, where the company's list has one."""
    told = await _told(ctx, event.value)
    media = await _addresses(ctx)
    if not media:
        raise Refused("guide-no-address")
    await ctx.outbox.tell(
        To(person=ctx.actor.person),
        Say(lines=tuple(telling.lines(ctx, told, ""))),
        name=f"guide:{event.platform}:{event.key}",
        kind="answer",
        priority=Priority.ANSWER,
        media=media,
    )
    return say("guide-mailed")


@nudge.choice("guide.pdf", aliases=["guide imprimer"])
async def pdf(event: Press, ctx: Context) -> Answer:
    """Where it is to be had as a file, to be printed."""
    told = await _told(ctx, event.value)
    query = f"?{urlencode({'guide': told.key})}" if told.key else ""
    lines = (
        Line(id="guide-pdf-link", kind="link", url=await link(ctx, f"/{nudge.id}/guide.pdf{query}")),
        Line(id="guide-pdf-link-once", args={"count": ctx.link_minutes}, kind="note"),
    )
    return Say(lines=lines)


async def _told(ctx: Context, words: str) -> Told:
    """Raises Refused: there is no such guide."""
    try:
        return await telling.theirs(ctx, words, telling.reads(ctx))
    except LookupError:
        raise Refused("guide-unknown", name=words.strip()[:80]) from None


async def _answer(ctx: Context, words: str) -> Say:
    """The guide; where there is none of that name, those there are."""
    try:
        return await _shown(ctx, await telling.theirs(ctx, words, telling.reads(ctx)))
    except LookupError:
        picks = [_pick(each.title) for each in rules.offered(telling.guides(ctx), telling.reads(ctx))[:CHOSEN_FROM]]
        return say("guide-unknown", *picks, name=words.strip()[:80])


async def _shown(ctx: Context, told: Told) -> Say:
    choices = [Pick(label="guide-mail", action="guide.mail", value=told.key)] if await _addresses(ctx) else []
    if ctx.address:
        choices.append(Pick(label="guide-pdf", action="guide.pdf", value=told.key))
    if len(rules.offered(telling.guides(ctx), telling.reads(ctx))) > (told.key != ""):
        choices.append(Pick(label="guide-others", action="guide.others"))
    return Say(lines=tuple(telling.lines(ctx, told, ctx.actor.platform)), choices=tuple(choices))


def _pick(title: str) -> Pick:
    return Pick(label="guide-named", action="guide.show", value=title, args={"title": title[:50]})


async def _addresses(ctx: Context) -> list[str]:
    """The platforms on which the reader has an address."""
    found = await people.addresses(ctx.session, ctx.actor.person, sorted(ctx.addressed))
    return [each.platform for each in found]
