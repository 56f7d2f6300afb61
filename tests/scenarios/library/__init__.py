"""A capability that shows a page: what the spine owes to all that do."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from bot.chat import Command
from bot.nudge import Answer, Browsed, Context, File, Nudge, Page, Refused, Role
from bot.say import Line, Say
from bot.visits import link

READERS = frozenset({Role.ANIMATOR, Role.ADMIN})


def nudge() -> Nudge:
    """The capability."""
    made = Nudge(id="library", catalogs=Path(__file__).parent / "locales", settings=BaseModel)
    made.command("library", aliases=["bibliotheque"])(library)
    made.shows("", by=READERS)(first)
    made.shows("book/", by=READERS)(book)
    made.shows("broken", by=READERS)(broken)
    made.shows("cover.svg", by=READERS)(cover)
    return made


async def library(_event: Command, ctx: Context) -> Answer:
    """Give a link."""
    return Say(lines=(Line(id="library-link", kind="link", url=await link(ctx, "/library/")),))


async def first(asked: Browsed, ctx: Context) -> Page:
    """The first page. It would show what is put into it, were that not text."""
    return Page("first.html", {"who": ctx.actor.name, "wanted": asked.query.get("wanted", "")})


async def book(asked: Browsed, _ctx: Context) -> Page:
    """A page below."""
    if asked.rest != "12":
        raise Refused("library-no-book")
    return Page("first.html", {"who": asked.rest, "wanted": ""})


async def broken(_asked: Browsed, _ctx: Context) -> Page:
    """A page that says what it was not given."""
    return Page("first.html", {"who": "x"})


async def cover(_asked: Browsed, _ctx: Context) -> File:
    """A picture."""
    return File(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "cover.svg")
