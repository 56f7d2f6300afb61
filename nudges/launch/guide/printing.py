"""The guide on paper: what stands there, and the page of the bot that gives it as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.chat import Block, Run
from bot.nudge import EVERYONE, Browsed, Context, File, Refused, Voice
from bot.paper import Document, Piece, Sheet, typeset
from bot.say import Moment
from nudges.launch.capability import nudge
from nudges.launch.guide import telling
from nudges.launch.guide.telling import Told
from storage.communities import Community

WayTo = Callable[[str, str], str]
"""See `Context.way_to`."""


@nudge.shows("guide.pdf", by=EVERYONE)
async def page(browsed: Browsed, ctx: Context) -> File:
    """The guide as a file; the query names it. Raises Refused: there is none of that name."""
    try:
        told = await telling.theirs(ctx, browsed.query.get("guide", "")[:100], browsed.voice.language, handed_on=True)
    except LookupError as error:
        raise Refused("guide-unknown", name=str(error.args[0])) from None
    made = document(told, browsed.voice, ctx.now, ctx.way_to)
    return File(await asyncio.to_thread(typeset, made, ctx.now), "application/pdf", "guide.pdf")


def document(told: Told, voice: Voice, at: datetime, way_to: WayTo) -> Document:
    """The guide as it is printed. at: when. way_to: where a browser opens a room."""
    title = voice.line(told.title)
    pieces = [
        Piece(kind="title", text=title), *([Piece(kind="note", text=voice.line(told.whose))] if told.whose else []),
        Piece(kind="heading", text=voice("guide-why")), Piece(kind="rich", rich=telling.blocks(told.why, voice)),
        Piece(kind="heading", text=voice("guide-how")), Piece(kind="rich", rich=telling.blocks(told.how, voice)),
        Piece(kind="heading", text=voice("guide-examples")),
    ]  # fmt: skip
    for number, each in enumerate(told.examples, 1):
        name = Block(kind="heading", level=1, runs=(Run(text=voice("guide-example", at=number, title=each.title)),))
        pieces.append(Piece(kind="rich", rich=(name, *telling.blocks(each.text, voice))))
        if each.community is not None:
            pieces.append(_way(each.community, voice, way_to))
    if told.communities:
        pieces.append(Piece(kind="heading", text=voice("guide-begin")))
        pieces += [_way(each, voice, way_to) for each in told.communities]
    foot = voice("guide-printed", at=Moment(at=at, style="date"))
    return Document(title=title, language=voice.language, sheets=(Sheet(pieces=tuple(pieces), foot=foot),))


def _way(community: Community, voice: Voice, way_to: WayTo) -> Piece:
    """How a reader of paper comes to a community: by a code, or by its name."""
    url = way_to(community.platform, community.room)
    if not url:
        return Piece(kind="text", text=voice("guide-community-find", name=community.name))
    return Piece(kind="code", text=community.name, url=url)
